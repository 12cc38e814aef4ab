#include "server/ops/node.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "storage/tlog/checkpoint_rows.h"
#include "storage/tlog/log_key.h"

namespace duban {
namespace {

// What was not acknowledged may be lost; what was is on disk. A restart recovers.
void end_process(const Error& error) {
    spdlog::critical("log: the disk failed, the process ends: {}", error.detail);
    spdlog::shutdown();
    std::_Exit(70);
}

Status make_directory(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error) return {};
    return fail(Errc::storage_failed, "making the directory " + path + ": " + error.message());
}

Status check_log(const Database& database) {
    return check_log_end(Snapshot(database));
}

// Whether the log is what was signed about it.
Status check_signed(const Database& database) {
    const Snapshot snapshot(database);
    const auto head = read_head(snapshot);
    if (!head) return tl::unexpected(head.error());
    return check_newest_checkpoint(snapshot, head->next.value);
}

// All that an opening reads, so that what it cannot read stays as it is.
Status check_all(const Database& database) {
    if (auto ok = check_log(database); !ok) return ok;
    if (auto ok = check_signed(database); !ok) return ok;
    if (auto world = World::load(database); !world) return tl::unexpected(world.error());
    if (auto views = present_generation(Snapshot(database)); !views) {
        return tl::unexpected(views.error());
    }
    if (auto access = AccessLog::open(database); !access) return tl::unexpected(access.error());
    return {};
}

}  // namespace

RoomFloors room_floors(std::uint64_t reserve_bytes, std::uint64_t disk_bytes) {
    const std::uint64_t reserve = std::min(reserve_bytes, disk_bytes / 4);
    return {reserve, reserve / 8, reserve / 16};
}

DatabaseOptions data_options(const std::string& data, std::uint64_t reserve_bytes) {
    DatabaseOptions options;
    options.path = data;
    std::error_code error;
    const auto space = std::filesystem::space(data, error);
    options.floors = room_floors(reserve_bytes, error ? 0 : space.capacity);
    options.verify = check_log;
    options.on_failure = end_process;
    options.on_word = [](const std::string& word) { spdlog::warn("store: {}", word); };
    return options;
}

Result<std::unique_ptr<Node>> Node::open(NodeOptions options) {
    std::unique_ptr<Node> node(new Node());
    if (Status opened = node->open_parts(std::move(options)); !opened) {
        return tl::unexpected(opened.error());
    }
    return node;
}

Status Node::open_database(const NodeOptions& options, bool& writable) {
    DatabaseOptions wanted = data_options(options.data, options.reserve_bytes);
    wanted.create = options.create;
    wanted.verify = [&options](const Database& database) -> Status {
        if (auto ok = check_all(database); !ok) return ok;
        const auto key = read_log_key(options.data + "/" + log_key_file);
        const bool whole = key || key.error().code == Errc::not_found;
        return whole ? Status{} : tl::unexpected(key.error());
    };
    wanted.open_files_max = options.store_files_max;
    Result<std::unique_ptr<Database>> database = Database::open(wanted);
    if (!database && options.read_when_unwritable &&
        database.error().code == Errc::storage_unavailable) {
        spdlog::warn("node: {}; the record is open for reading only", database.error().detail);
        wanted.read_only = true;
        writable = false;
        database = Database::open(wanted);
    }
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    return {};
}

Status Node::open_parts(NodeOptions options) {
    if (options.create) {
        if (Status made = make_directory(options.data); !made) return made;
    }
    bool writable = true;
    if (Status opened = open_database(options, writable); !opened) return opened;
    if (writable) {
        auto signer = open_log_key(options.data, log_key_name(database_->log_id()));
        if (!signer) return tl::unexpected(signer.error());
        signer_ = std::move(*signer);
    }
    blobs_ = std::make_unique<BlobStore>(*database_);
    // What cannot be removed for want of room is removed at a later start.
    Status cleaned = blobs_->discard_unfinished();
    if (!cleaned && cleaned.error().code != Errc::storage_unavailable) return cleaned;

    Result<World> world = World::load(*database_);
    if (!world) return tl::unexpected(world.error());
    const auto directory = world->shared_directory();
    const Result<ViewGeneration> generation = present_generation(Snapshot(*database_));
    if (!generation) return tl::unexpected(generation.error());
    projection_ = std::make_unique<Projection>(std::move(*world), *generation);

    Result<AccessLog> access = AccessLog::open(*database_);
    if (!access) return tl::unexpected(access.error());
    applier_ = std::make_unique<CommitApplier>(*projection_, *access);
    Result<std::unique_ptr<EmbeddedLog>> log = EmbeddedLog::open(*database_, *applier_);
    if (!log) return tl::unexpected(log.error());
    log_ = std::move(*log);

    const Position next = log_->head().next;
    ring_ = std::make_unique<EventRing>(next, options.ring_bytes_max);
    head_ = std::make_unique<DurableHead>(next, directory);
    CommitterOptions committer;
    committer.on_fatal = end_process;
    committer.on_commit = std::move(options.on_commit);
    committer_ = std::make_unique<Committer>(
        Committer::Parts{*database_, *log_, *projection_, *applier_, *ring_, *head_, clock_, ids_},
        std::move(committer));
    committer_->start();
    spdlog::info("node: log {} open at position {}", database_->log_id(), next.value);
    return {};
}

Node::~Node() {
    stop();
}

void Node::stop() {
    if (committer_) committer_->stop();
}

}  // namespace duban
