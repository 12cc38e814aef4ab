#include "server/ops/node.h"

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

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

}  // namespace

Result<std::unique_ptr<Node>> Node::open(NodeOptions options) {
    std::unique_ptr<Node> node(new Node());
    if (Status opened = node->open_parts(std::move(options)); !opened) {
        return tl::unexpected(opened.error());
    }
    return node;
}

Status Node::open_parts(NodeOptions options) {
    if (options.create) {
        if (Status made = make_directory(options.data); !made) return made;
    }
    Result<std::unique_ptr<Database>> database =
        Database::open({options.data, options.create, nullptr});
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    blobs_ = std::make_unique<BlobStore>(*database_);
    if (Status cleaned = blobs_->discard_unfinished(); !cleaned) return cleaned;

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
