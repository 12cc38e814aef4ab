#include "server/ws/websocket_session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "server/http/credential.h"
#include "server/http/server_context.h"
#include "server/io/asio_socket.h"
#include "server/ws/websocket_socket.h"

namespace duban {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
namespace net = boost::asio;
using ErrorCode = boost::system::error_code;
using std::chrono::steady_clock;
using UpgradeRequest = http::request<http::empty_body>;

constexpr std::size_t kept_buffer_bytes = 16 * 1024;
constexpr int messages_during_write_max = 64;
constexpr std::size_t dropped_bytes_max = 1024 * 1024;
constexpr std::chrono::milliseconds reconnect_after{1000};

websocket::close_reason reason_of(std::uint16_t code, const std::string& reason) {
    return {static_cast<websocket::close_code>(code), beast::string_view(reason).substr(0, 120)};
}

class WebsocketSession final : public LiveConnection,
                               public std::enable_shared_from_this<WebsocketSession> {
public:
    WebsocketSession(IoWorker& worker, OwnedSocket owned, TcpSocket socket)
        : worker_(worker),
          context_(worker.context()),
          owned_(std::move(owned)),
          stream_(std::move(socket),
                  ByteBudget(context_.limits.inbound_bytes_per_s,
                             context_.limits.inbound_burst_bytes, context_.clock.steady()),
                  context_.clock) {
        context_.metrics.connection_opened(Metrics::Transport::websocket);
    }
    ~WebsocketSession() override {
        context_.metrics.connection_closed(Metrics::Transport::websocket);
    }

    void accept(const RequestHead& head);

    void on_published() override;
    void on_tick(steady_clock::time_point now) override;
    void on_drain() override;
    void abort() override { drop(); }

private:
    // closing: our close frame is on its way. linger: both sides have said all, or one cannot go
    // on; what still comes is read and dropped.
    enum class Phase { handshake, open, closing, linger, closed };

    // Runs a step of the session; what it throws ends the session with 1011.
    template <class Step>
    void guarded(Step&& step);
    void on_fault(const char* what);
    void opened(std::optional<std::string> token);
    void read();
    void on_read(const ErrorCode& error);
    void take_message();
    void note_log_in();
    void bound_messages();
    void pump();
    std::optional<std::string> next_output();
    void on_written(const ErrorCode& error);
    void watch_write(steady_clock::time_point now);
    void watch_drain(steady_clock::time_point now);
    void ping(steady_clock::time_point now);
    void close_after_output(std::uint16_t code, const std::string& reason);
    void begin_close();
    void linger();
    void discard();
    bool dropped_too_much(std::size_t bytes);
    void drop();
    Connection::Hooks hooks();

    IoWorker& worker_;
    ServerContext& context_;
    OwnedSocket owned_;
    websocket::stream<WebsocketSocket> stream_;
    std::shared_ptr<MessagePeer> peer_;
    UpgradeRequest request_;
    Phase phase_ = Phase::handshake;
    bool authenticated_ = false;
    bool presenting_ = false;  // the token of the upgrade is being handed over

    beast::flat_buffer in_{0};
    bool reading_ = false;
    int messages_during_write_ = 0;
    std::string out_;
    std::string drain_;              // linger: what is dropped
    std::size_t dropped_bytes_ = 0;  // read after the close frame
    bool writing_ = false;
    bool pumping_ = false;
    bool pinging_ = false;
    std::optional<websocket::close_reason> close_wanted_;
    bool close_at_boundary_ = false;  // no further output before the close

    steady_clock::time_point heard_;   // anything from the peer
    steady_clock::time_point pinged_;  // last ping sent
    std::optional<steady_clock::time_point> write_deadline_;
    steady_clock::time_point write_end_;  // of what is being written, however it gets on
    std::optional<steady_clock::time_point> end_deadline_;  // handshake or closing
    std::optional<steady_clock::time_point> drain_at_;
    WebsocketSocket::WriteMark write_mark_;
};

Connection::Hooks WebsocketSession::hooks() {
    Connection::Hooks hooks;
    hooks.post = [post = worker_.poster(), weak = weak_from_this()](std::function<void()> work) {
        post([weak, work = std::move(work)] {
            if (const auto self = weak.lock()) self->guarded(work);
        });
    };
    hooks.wake = [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        // A token that was checked on the pool opens the session from here.
        self->note_log_in();
        self->pump();
    };
    hooks.close = [weak = weak_from_this()](CloseCode code, const std::string& reason) {
        if (const auto self = weak.lock()) {
            // Only a full pool refuses a token before it was looked at.
            const bool overloaded = self->presenting_ && code == CloseCode::token_expired;
            self->close_after_output(
                overloaded ? close_try_again_later : static_cast<std::uint16_t>(code),
                overloaded ? "overloaded" : reason);
        }
    };
    return hooks;
}

template <class Step>
void WebsocketSession::guarded(Step&& step) {
    try {
        step();
    } catch (const std::exception& fault) {
        on_fault(fault.what());
    }
}

// What is still to be sent may be what failed: the close does not wait for it.
void WebsocketSession::on_fault(const char* what) {
    spdlog::error("websocket: a session ended with an exception: {}", what);
    if (phase_ != Phase::open) return drop();
    try {
        close_wanted_ = reason_of(static_cast<std::uint16_t>(CloseCode::internal), "internal");
        begin_close();
    } catch (const std::exception&) {
        drop();
    }
}

void WebsocketSession::accept(const RequestHead& head) {
    heard_ = pinged_ = context_.clock.steady();
    end_deadline_ = heard_ + context_.deadlines.header;
    request_.method(http::verb::get);
    request_.target(head.target);
    request_.version(11);
    for (const HeaderField& field : head.fields) request_.insert(field.name, field.value);
    stream_.set_option(websocket::stream_base::timeout{websocket::stream_base::none(),
                                                       websocket::stream_base::none(), false});
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(
            http::field::sec_websocket_protocol,
            beast::string_view(websocket_subprotocol.data(), websocket_subprotocol.size()));
        response.set(http::field::server, "duban");
    }));
    stream_.auto_fragment(false);
    stream_.text(true);
    stream_.control_callback(
        [this](websocket::frame_type, beast::string_view) { heard_ = context_.clock.steady(); });
    stream_.async_accept(request_,
                         [self = shared_from_this(),
                          token = shown_token(head, context_.origins)](const ErrorCode& error) {
                             if (self->phase_ == Phase::closed) return;
                             if (error) return self->drop();
                             self->guarded([&] { self->opened(token); });
                         });
}

void WebsocketSession::opened(std::optional<std::string> token) {
    phase_ = Phase::open;
    end_deadline_.reset();
    request_ = UpgradeRequest{};
    peer_ = context_.rpc.connect(hooks(), owned_.remote());
    bound_messages();
    presenting_ = true;
    if (token) peer_->authenticate(std::move(*token));
    presenting_ = false;
    spdlog::debug("websocket: opened");
    read();
    pump();
}

void WebsocketSession::read() {
    if (reading_ || (phase_ != Phase::open && phase_ != Phase::closing)) return;
    if (writing_ && messages_during_write_ >= messages_during_write_max) return;
    reading_ = true;
    stream_.async_read(in_, [self = shared_from_this()](const ErrorCode& error, std::size_t) {
        self->reading_ = false;
        if (self->phase_ == Phase::closed) return;
        self->guarded([&] { self->on_read(error); });
    });
}

void WebsocketSession::on_read(const ErrorCode& error) {
    heard_ = context_.clock.steady();
    if (error) {
        // Beast has already sent the close frame for what it refuses itself.
        if (phase_ == Phase::open && error != websocket::error::closed) {
            spdlog::debug("websocket: read ended: {}", error.message());
        }
        if (phase_ == Phase::open) linger();
        return;
    }
    const std::size_t bytes = in_.size();
    const bool dropped = phase_ == Phase::closing;
    take_message();
    if (dropped && dropped_too_much(bytes)) return drop();
    read();
}

void WebsocketSession::take_message() {
    const bool text = stream_.got_text();
    std::string message;
    if (text && phase_ == Phase::open) message = beast::buffers_to_string(in_.data());
    in_.consume(in_.size());
    if (in_.capacity() > kept_buffer_bytes) in_.shrink_to_fit();
    if (phase_ != Phase::open || close_wanted_) return;
    if (!text) {
        return close_after_output(close_unsupported_data, "text messages only");
    }
    if (writing_) ++messages_during_write_;
    peer_->on_message(std::move(message));
    note_log_in();
    pump();
}

void WebsocketSession::note_log_in() {
    if (authenticated_ || !peer_ || !peer_->authenticated()) return;
    authenticated_ = true;
    owned_.pass().authenticated();
    bound_messages();
}

// Also takes effect for a read that is under way: Beast compares at every frame head.
void WebsocketSession::bound_messages() {
    const std::size_t bytes_max = peer_->message_bytes_max();
    stream_.read_message_max(bytes_max);
    in_.max_size(bytes_max + kept_buffer_bytes);
}

void WebsocketSession::pump() {
    if (pumping_ || writing_ || phase_ != Phase::open || !peer_) return;
    if (close_wanted_ && close_at_boundary_) return begin_close();
    std::optional<std::string> next = next_output();
    if (phase_ != Phase::open) return;
    if (!next) {
        if (close_wanted_) begin_close();
        return;
    }
    out_ = std::move(*next);
    writing_ = true;
    messages_during_write_ = 0;
    const auto now = context_.clock.steady();
    write_deadline_ = now + context_.deadlines.write;
    write_end_ = now + write_time(context_.deadlines, context_.limits, out_.size());
    stream_.async_write(net::buffer(out_),
                        [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                            self->writing_ = false;
                            self->write_deadline_.reset();
                            if (self->phase_ == Phase::closed) return;
                            self->guarded([&] { self->on_written(error); });
                        });
}

std::optional<std::string> WebsocketSession::next_output() {
    pumping_ = true;
    try {
        std::optional<std::string> next = peer_->next_output();
        pumping_ = false;
        return next;
    } catch (...) {
        pumping_ = false;
        throw;
    }
}

void WebsocketSession::on_written(const ErrorCode& error) {
    if (error) {
        // A read under way tells what is wrong, after it has sent a close frame where one is due.
        if (phase_ == Phase::open && !reading_) drop();
        return;
    }
    out_.clear();
    if (out_.capacity() > kept_buffer_bytes) out_.shrink_to_fit();
    read();
    pump();
}

void WebsocketSession::on_published() {
    if (phase_ != Phase::open) return;
    guarded([this] {
        peer_->on_published();
        pump();
    });
}

void WebsocketSession::on_tick(steady_clock::time_point now) {
    if (end_deadline_ && now >= *end_deadline_) return drop();
    if (phase_ != Phase::open) return;
    guarded([this, now] {
        watch_write(now);
        if (phase_ != Phase::open) return;
        if (now - heard_ >= context_.deadlines.silence) {
            close_after_output(static_cast<std::uint16_t>(CloseCode::no_heartbeat), "silent");
        }
        watch_drain(now);
        ping(now);
        if (phase_ != Phase::open) return;
        peer_->on_tick(now);
        note_log_in();
        pump();
    });
}

void WebsocketSession::watch_write(steady_clock::time_point now) {
    if (!write_deadline_) return;
    const WebsocketSocket::WriteMark mark = stream_.next_layer().write_mark();
    if (mark != write_mark_) {
        write_mark_ = mark;
        write_deadline_ = now + context_.deadlines.write;
    }
    if (now < std::min(*write_deadline_, write_end_)) return;
    write_deadline_.reset();
    close_wanted_ = reason_of(static_cast<std::uint16_t>(CloseCode::write_deadline), "not reading");
    begin_close();
}

// Events that are not sent are no loss, the client resumes from its cursor; an answer would be one.
void WebsocketSession::watch_drain(steady_clock::time_point now) {
    if (phase_ != Phase::open || !drain_at_ || now < *drain_at_) return;
    if (peer_->busy() && now < *drain_at_ + context_.deadlines.drain_calls) return;
    close_at_boundary_ = true;
    close_after_output(static_cast<std::uint16_t>(CloseCode::restart), "restarting");
}

void WebsocketSession::ping(steady_clock::time_point now) {
    if (pinging_ || phase_ != Phase::open || now - pinged_ < context_.deadlines.ping) return;
    pinged_ = now;
    pinging_ = true;
    stream_.async_ping({},
                       [self = shared_from_this()](const ErrorCode&) { self->pinging_ = false; });
}

void WebsocketSession::on_drain() {
    if (phase_ != Phase::open) return drop();
    const auto notice = context_.deadlines.drain_notice;
    drain_at_ = context_.clock.steady() + notice;
    guarded([this, notice] {
        peer_->on_drain(notice, reconnect_after);
        pump();
    });
}

// The first reason stays: what follows is a consequence of it.
void WebsocketSession::close_after_output(std::uint16_t code, const std::string& reason) {
    if (phase_ != Phase::open || close_wanted_) return;
    close_wanted_ = reason_of(code, reason);
    if (!pumping_) pump();
}

void WebsocketSession::begin_close() {
    phase_ = Phase::closing;
    end_deadline_ = context_.clock.steady() + context_.deadlines.close;
    context_.metrics.websocket_closed(static_cast<std::uint16_t>(close_wanted_->code));
    spdlog::debug("websocket: closing with {}", static_cast<unsigned>(close_wanted_->code));
    stream_.async_close(*close_wanted_, [self = shared_from_this()](const ErrorCode&) {
        self->guarded([&] { self->linger(); });
    });
}

void WebsocketSession::linger() {
    if (phase_ == Phase::linger || phase_ == Phase::closed) return;
    phase_ = Phase::linger;
    if (!end_deadline_) end_deadline_ = context_.clock.steady() + context_.deadlines.close;
    drain_.resize(kept_buffer_bytes);
    discard();
}

void WebsocketSession::discard() {
    stream_.next_layer().async_read_some(
        net::buffer(drain_),
        [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
            if (self->phase_ == Phase::closed) return;
            if (error || self->dropped_too_much(count)) return self->drop();
            self->discard();
        });
}

// A peer that goes on sending may be reset: it had room enough to end its message and read why.
bool WebsocketSession::dropped_too_much(std::size_t bytes) {
    dropped_bytes_ += bytes;
    return dropped_bytes_ > dropped_bytes_max;
}

void WebsocketSession::drop() {
    if (phase_ == Phase::closed) return;
    const auto self = shared_from_this();
    phase_ = Phase::closed;
    end_deadline_.reset();
    ErrorCode ignored;
    stream_.next_layer().close(ignored);
    if (peer_) peer_->on_closed();
    worker_.remove(*this);
}

}  // namespace

void start_websocket_session(IoWorker& worker, OwnedSocket socket, const RequestHead& head) {
    TcpSocket opened = open_socket(worker.io(), socket, worker.context().limits.send_buffer_bytes);
    if (!opened.is_open()) return;
    auto session = std::make_shared<WebsocketSession>(worker, std::move(socket), std::move(opened));
    worker.add(session);
    session->accept(head);
}

}  // namespace duban
