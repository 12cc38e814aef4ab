#include "server/http/blob_transfer.h"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "domain/base/text_form.h"
#include "server/http/http_exchange.h"
#include "server/http/server_context.h"
#include "server/io/pool_call.h"

namespace duban {
namespace {

// Large enough to recognise a file by its first piece.
constexpr std::size_t piece_bytes = 64 * 1024;

struct Ending {
    std::string_view media_type;
    std::string_view ending;
};
constexpr std::array<Ending, 12> endings = {{
    {"application/msword", ".doc"},
    {"application/pdf", ".pdf"},
    {"application/vnd.ms-excel", ".xls"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/zip", ".zip"},
    {"image/jpeg", ".jpg"},
    {"image/png", ".png"},
    {"text/csv", ".csv"},
    {"text/plain", ".txt"},
    {"video/mp4", ".mp4"},
}};

// An upload under way. The store's handle is used by the pool and ends its life there: giving up
// removes what was written, which waits for the disk.
class Receiver : public std::enable_shared_from_this<Receiver> {
public:
    Receiver(ChannelPtr channel, BlobStore::Upload upload, Caller caller)
        : channel_(std::move(channel)),
          context_(channel_->context()),
          caller_(std::move(caller)),
          upload_(std::make_shared<BlobStore::Upload>(std::move(upload))) {}

    ~Receiver() {
        if (!upload_) return;
        auto upload = std::make_shared<std::shared_ptr<BlobStore::Upload>>(std::move(upload_));
        // When the pool is full the handle ends here instead.
        (void)context_.run_blocking([upload] { upload->reset(); });
    }

    void next() {
        if (channel_->body_left() == 0) return finish();
        channel_->read_piece(piece_bytes, [self = shared_from_this()](std::string piece) {
            self->add(std::move(piece));
        });
    }

private:
    void add(std::string piece) {
        const std::size_t bytes = piece.size();
        const bool taken = call_on_pool(
            context_, channel_->poster(),
            [upload = upload_, piece = std::move(piece)] { return upload->add(piece); },
            [self = shared_from_this(), bytes](Status added) {
                if (!added) return self->channel_->respond(plain_error(added.error()));
                self->context_.metrics.blob_received(bytes);
                self->next();
            });
        if (!taken) overloaded();
    }

    void finish() {
        const bool taken = call_on_pool(
            context_, channel_->poster(),
            [&context = context_, upload = upload_, caller = caller_] {
                return keep(context, caller, *upload);
            },
            [self = shared_from_this()](Result<BlobInfo> blob) {
                self->channel_->respond(blob ? described(*blob) : plain_error(blob.error()));
            });
        if (!taken) overloaded();
    }

    // On the pool. Sending took its time: who may not bring files by now brings none.
    static Result<BlobInfo> keep(ServerContext& context, const Caller& caller,
                                 BlobStore::Upload& upload) {
        if (auto allowed = context.blob_access.may_upload(caller); !allowed) {
            return tl::unexpected<Error>(allowed.error());
        }
        const auto act = SessionLife::act(caller.life);
        if (!act) return tl::unexpected<Error>(act.error());
        return upload.finish(context.clock.now());
    }

    void overloaded() { channel_->respond(plain_error(503, "the server is overloaded")); }

    static HttpResponse described(const BlobInfo& blob) {
        const nlohmann::json body = {
            {"digest", blob.digest.value}, {"size", blob.bytes}, {"media_type", blob.media_type}};
        HttpResponse response;
        response.status = 201;
        response.body = body.dump() + "\n";
        response.fields.emplace_back("Location", "/blobs/" + blob.digest.value);
        return response;
    }

    ChannelPtr channel_;
    ServerContext& context_;
    Caller caller_;
    std::shared_ptr<BlobStore::Upload> upload_;
};

void receive(const ChannelPtr& channel, const std::string& media_type, Caller caller) {
    ServerContext& context = channel->context();
    auto upload = context.blobs.begin(media_type, caller.person, context.limits.blob_bytes_max);
    std::make_shared<Receiver>(channel, std::move(upload), std::move(caller))->next();
}

class Sender : public std::enable_shared_from_this<Sender> {
public:
    // `held` is the place of a piece at a time.
    Sender(ChannelPtr channel, ReadableBlob blob, SessionLifePtr life, MessageBudget::Share held)
        : channel_(std::move(channel)),
          context_(channel_->context()),
          blob_(std::move(blob.info)),
          name_(std::move(blob.name)),
          life_(std::move(life)),
          held_(std::move(held)) {}

    void start() {
        HttpResponse response;
        response.content_type = blob_.media_type;
        response.fields.emplace_back("Content-Disposition",
                                     blob_disposition(blob_.digest, blob_.media_type, name_));
        response.fields.emplace_back("Cache-Control", "private, no-cache");
        response.fields.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
        response.fields.emplace_back("ETag", "\"" + blob_.digest.value + "\"");
        channel_->begin_response(std::move(response), blob_.bytes,
                                 [self = shared_from_this()] { self->next(); });
    }

private:
    void next() {
        if (sent_ >= blob_.bytes || channel_->head().method == "HEAD") {
            return channel_->end_response();
        }
        if (has_ended(life_)) return channel_->break_off();
        const bool taken = call_on_pool(
            context_, channel_->poster(),
            [&store = context_.blobs, blob = blob_, chunk = chunk_] {
                return store.read_chunk(blob, chunk);
            },
            [self = shared_from_this()](Result<std::string> piece) {
                if (!piece || piece->empty()) return self->channel_->break_off();
                self->send(std::move(*piece));
            });
        if (!taken) channel_->break_off();
    }

    void send(std::string piece) {
        ++chunk_;
        sent_ += piece.size();
        context_.metrics.blob_sent(piece.size());
        channel_->write_piece(std::move(piece), [self = shared_from_this()] { self->next(); });
    }

    ChannelPtr channel_;
    ServerContext& context_;
    BlobInfo blob_;
    std::string name_;
    SessionLifePtr life_;
    MessageBudget::Share held_;
    std::uint64_t chunk_ = 0;
    std::uint64_t sent_ = 0;
};

std::string media_type_of(const RequestHead& head) {
    const std::string* declared = head.find("content-type");
    if (declared == nullptr) return "";
    std::string type = declared->substr(0, declared->find(';'));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return type;
}

// RFC 8187: what is no attr-char becomes bytes in hex.
std::string percent_encoded(const std::string& name) {
    constexpr std::string_view kept = "!#$&+-.^_`|~";
    constexpr const char* hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || kept.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', hex[byte >> 4U], hex[byte & 0xfU]};
    }
    return out;
}

}  // namespace

std::string blob_disposition(const Digest& digest, const std::string& media_type,
                             const std::string& name) {
    const auto known = std::find_if(endings.begin(), endings.end(), [&](const Ending& ending) {
        return ending.media_type == media_type;
    });
    const std::string_view hex = std::string_view(digest.value).substr(7, 16);
    const std::string plain = "attachment; filename=\"" + std::string(hex) +
                              std::string(known == endings.end() ? ".bin" : known->ending) + "\"";
    // Names of old reports were not checked.
    return is_file_name(name) ? plain + "; filename*=UTF-8''" + percent_encoded(name) : plain;
}

void serve_upload(const ChannelPtr& channel) {
    with_caller(channel, true, [channel](const Caller& caller) {
        const std::string media_type = media_type_of(channel->head());
        if (media_type.empty()) {
            return channel->respond(plain_error(400, "Content-Type must name the media type"));
        }
        ServerContext& context = channel->context();
        const bool taken = call_on_pool(
            context, channel->poster(),
            [&context, caller, bytes = channel->body_left()]() -> Status {
                if (Status may = context.blob_access.may_upload(caller); !may) return may;
                return context.blobs.room_for(bytes);
            },
            [channel, media_type, caller](Status allowed) {
                if (!allowed) return channel->respond(plain_error(allowed.error()));
                receive(channel, media_type, caller);
            });
        if (!taken) channel->respond(plain_error(503, "the server is overloaded"));
    });
}

void serve_download(const ChannelPtr& channel, const Digest& digest) {
    with_caller(channel, true, [channel, digest](Caller caller) {
        ServerContext& context = channel->context();
        const SessionLifePtr life = caller.life;
        const auto held = context.messages.take(owner_of(caller), blob_chunk_bytes);
        if (!held) return channel->respond(plain_error(held.error()));
        const bool taken = call_on_pool(
            context, channel->poster(),
            [&context, digest, caller = std::move(caller)] {
                return context.blob_access.open(digest, caller);
            },
            [channel, life, held = *held](Result<ReadableBlob> blob) {
                if (!blob) return channel->respond(plain_error(blob.error()));
                std::make_shared<Sender>(channel, std::move(*blob), life, held)->start();
            });
        if (!taken) channel->respond(plain_error(503, "the server is overloaded"));
    });
}

}  // namespace duban
