#include "server/http/log_files.h"

#include <utility>

#include "domain/directory/access.h"
#include "server/http/http_exchange.h"
#include "server/io/pool_call.h"
#include "storage/tlog/checkpoint_rows.h"
#include "storage/tlog/log_tree.h"
#include "storage/tlog/tiles.h"

namespace duban {
namespace {

constexpr const char* checkpoint_path = "checkpoint";

Result<std::string> tile_file(const Snapshot& snapshot, std::uint64_t size, const TileId& tile) {
    TreeReader tree(snapshot, size);
    if (tile.level) return tile_bytes(tile, tree.reader());
    std::string bundle;
    for (unsigned i = 0; i < tile.width; ++i) {
        const auto entry = tree.entry(tile.index * tile_width + i);
        if (!entry) return tl::unexpected(entry.error());
        add_entry(bundle, *entry);
    }
    return bundle;
}

HttpResponse file_response(const std::string& path, std::string bytes) {
    HttpResponse response;
    const bool moves = path == checkpoint_path;
    response.content_type = moves ? "text/plain; charset=utf-8" : "application/octet-stream";
    response.fields.emplace_back("Cache-Control",
                                 moves ? "no-cache" : "private, max-age=31536000, immutable");
    response.body = std::move(bytes);
    return response;
}

}  // namespace

Result<std::string> StoredLogFiles::read(const std::string& path, const Caller& caller) {
    const auto directory = head_.directory();
    if (!sees_every_task(access_of(*directory, caller.person, office_date(clock_.now())))) {
        return fail(Errc::forbidden,
                    "The log as a whole is for the office, leaders and auditors without a limit; "
                    "audit.proof.inclusion proves what you may see.");
    }
    const Snapshot snapshot(database_);
    const auto newest = newest_checkpoint(snapshot);
    if (!newest) return tl::unexpected(newest.error());
    if (*newest && path == checkpoint_path) return (*newest)->note;
    const auto tile = parse_tile_path(path);
    if (!*newest || !tile || !has_tile((*newest)->checkpoint.size, *tile)) {
        return fail(Errc::not_found, "The newest checkpoint speaks of no such file.");
    }
    return tile_file(snapshot, (*newest)->checkpoint.size, *tile);
}

void serve_log_file(const ChannelPtr& channel, const std::string& path) {
    if (channel->context().log_files == nullptr) {
        return channel->respond(plain_error(404, "there is nothing here"));
    }
    with_caller(channel, true, [channel, path](Caller caller) {
        ServerContext& context = channel->context();
        const bool taken = call_on_pool(
            context, channel->poster(),
            [&context, path, caller = std::move(caller)] {
                return context.log_files->read(path, caller);
            },
            [channel, path](Result<std::string> bytes) {
                channel->respond(bytes ? file_response(path, std::move(*bytes))
                                       : plain_error(bytes.error()));
            });
        if (!taken) channel->respond(plain_error(503, "the server is overloaded"));
    });
}

}  // namespace duban
