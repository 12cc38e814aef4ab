#include "commit/committer.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "commit/commit_builder.h"

namespace duban {
namespace {

// Taken from the queue at a time, so that the batch's limit in bytes is looked at in between.
constexpr std::size_t taken_at_once_max = 32;

struct AccessItem {
    AccessRecord record;
    std::function<void(Status)> done;
};
struct CommandItem {
    CommandRequest request;
    CommandDone done;
};
using Item = std::variant<CommandItem, AccessItem>;

Error stopped(Errc code) {
    return code == Errc::storage_failed
               ? Error{code, "The disk failed; the server has to be started again.", {}, {}, 0}
           : code == Errc::draining
               ? Error{code, "The server is stopping; send the command again later.", {}, {}, 0}
               : Error{code, "Too many commands wait; send the command again later.", {}, {}, 0};
}

std::size_t content_bytes(const Item& item) {
    if (const auto* command = std::get_if<CommandItem>(&item)) {
        return command->request.content_bytes;
    }
    const AccessRecord& record = std::get<AccessItem>(item).record;
    return record.object.size() + record.detail.size();
}

void reject(Item& item, Errc code) {
    if (auto* command = std::get_if<CommandItem>(&item)) {
        command->done(tl::unexpected<Error>(stopped(code)), false);
    } else {
        std::get<AccessItem>(item).done(tl::unexpected<Error>(stopped(code)));
    }
}

}  // namespace

struct Committer::State {
    State(Parts given, CommitterOptions chosen)
        : parts(given), options(std::move(chosen)), builder(parts) {}

    void enqueue(Item item);
    void decide_loop();
    void write_loop();
    void build(PendingCommit& commit);
    // Waits until the place before the writer is free; false when the writer failed.
    bool hand_over(PendingCommit commit);
    Status write(PendingCommit& commit);
    void finish(PendingCommit& commit);
    void fail_all(PendingCommit commit, const Error& error);

    Parts parts;
    CommitterOptions options;
    CommitBuilder builder;  // deciding thread only

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Item> queue;               // guarded by mutex
    std::size_t queue_bytes = 0;          // guarded by mutex: content of the queue
    std::optional<PendingCommit> handed;  // guarded by mutex: waits for the writer
    bool writing = false;                 // guarded by mutex
    bool stopping = false;                // guarded by mutex
    bool decided_all = false;             // guarded by mutex: the deciding thread has ended
    bool failed = false;                  // guarded by mutex
    std::thread decider;
    std::thread writer;
};

Committer::Committer(Parts parts, CommitterOptions options)
    : state_(std::make_unique<State>(parts, std::move(options))) {}

Committer::~Committer() {
    stop();
}

void Committer::start() {
    state_->decider = std::thread([state = state_.get()] { state->decide_loop(); });
    state_->writer = std::thread([state = state_.get()] { state->write_loop(); });
}

void Committer::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_all();
    if (state_->decider.joinable()) state_->decider.join();
    if (state_->writer.joinable()) state_->writer.join();
}

void Committer::submit(CommandRequest request, CommandDone done) {
    state_->enqueue(CommandItem{std::move(request), std::move(done)});
}

void Committer::record(AccessRecord access, std::function<void(Status)> done) {
    state_->enqueue(AccessItem{std::move(access), std::move(done)});
}

void Committer::State::enqueue(Item item) {
    Errc refused = Errc::internal;
    const std::size_t bytes = content_bytes(item);
    {
        const std::lock_guard lock(mutex);
        if (failed) {
            refused = Errc::storage_failed;
        } else if (stopping) {
            refused = Errc::draining;
        } else if (queue.size() >= options.queue_max ||
                   queue_bytes + bytes > options.queue_bytes_max) {
            refused = Errc::overloaded;
        } else {
            queue_bytes += bytes;
            queue.push_back(std::move(item));
            changed.notify_all();
            return;
        }
    }
    reject(item, refused);
}

void Committer::State::decide_loop() {
    PendingCommit commit = builder.begin();
    while (true) {
        build(commit);
        if (commit.empty()) break;  // stopped, and nothing is left to decide
        builder.seal(commit);
        if (!hand_over(std::move(commit))) break;
        commit = builder.begin();
    }
    std::deque<Item> left;
    {
        const std::lock_guard lock(mutex);
        decided_all = true;
        left.swap(queue);
        queue_bytes = 0;
    }
    changed.notify_all();
    for (Item& item : left) reject(item, Errc::storage_failed);
}

// Goes on adding to the commit while the writer is busy with the one before.
void Committer::State::build(PendingCommit& commit) {
    std::deque<Item> items;
    while (commit.commands < options.batch_commands_max && commit.bytes < options.batch_bytes_max) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] {
                const bool writer_free = !writing && !handed;
                return !queue.empty() || stopping || failed || (!commit.empty() && writer_free);
            });
            if (queue.empty() || failed) return;
            const std::size_t room =
                std::min(taken_at_once_max, options.batch_commands_max - commit.commands);
            while (!queue.empty() && items.size() < room) {
                queue_bytes -= content_bytes(queue.front());
                items.push_back(std::move(queue.front()));
                queue.pop_front();
            }
        }
        for (Item& item : items) {
            if (auto* command = std::get_if<CommandItem>(&item)) {
                builder.add(commit, std::move(command->request), std::move(command->done));
            } else {
                auto& access = std::get<AccessItem>(item);
                builder.add(commit, std::move(access.record), std::move(access.done));
            }
        }
        items.clear();
        const std::lock_guard lock(mutex);
        if (!writing && !handed) return;
    }
}

bool Committer::State::hand_over(PendingCommit commit) {
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !handed || failed; });
        if (!failed) {
            handed = std::move(commit);
            changed.notify_all();
            return true;
        }
    }
    fail_all(std::move(commit), stopped(Errc::storage_failed));
    return false;
}

void Committer::State::write_loop() {
    while (true) {
        std::optional<PendingCommit> commit;
        {
            std::unique_lock lock(mutex);
            writing = false;
            changed.notify_all();
            changed.wait(lock, [&] { return handed || decided_all; });
            if (!handed) return;
            commit = std::exchange(handed, std::nullopt);
            writing = true;
            changed.notify_all();
        }
        const auto began = parts.clock.steady();
        const Status written = write(*commit);
        if (!written) {
            {
                const std::lock_guard lock(mutex);
                failed = true;
            }
            changed.notify_all();
            if (options.on_fatal) options.on_fatal(written.error());
            fail_all(std::move(*commit), stopped(Errc::storage_failed));
            continue;
        }
        if (options.on_commit) {
            options.on_commit(CommitStats{commit->commands, commit->batch.events.size(),
                                          parts.clock.steady() - began});
        }
        finish(*commit);
    }
}

Status Committer::State::write(PendingCommit& commit) {
    {
        // A commit that was handed over before a failure must not be written after it.
        const std::lock_guard lock(mutex);
        if (failed) return tl::unexpected<Error>(stopped(Errc::storage_failed));
    }
    if (commit.has_batch()) {
        parts.applier.stage(commit.batch.seq, std::move(commit.access));
        return parts.log.append(BatchSeq(commit.batch.seq.value - 1), commit.batch);
    }
    if (commit.access.empty()) return {};
    WriteSet changes(parts.database);
    parts.applier.add_access(commit.access, changes);
    return parts.database.write(changes);
}

void Committer::State::finish(PendingCommit& commit) {
    const Position next(commit.batch.base.value + commit.batch.events.size());
    std::vector<SharedEvent> events;
    events.reserve(commit.batch.events.size());
    for (std::size_t i = 0; i < commit.batch.events.size(); ++i) {
        events.push_back(std::make_shared<const PublishedEvent>(
            PublishedEvent{std::move(commit.batch.events[i]), std::move(commit.units[i])}));
    }
    if (commit.has_batch()) builder.mark_durable(commit.batch.seq);
    // The rights come first: whoever reads an event from the ring judges it by what followed from
    // it.
    parts.head.advance(next, commit.directory);
    parts.ring.publish(std::move(events));
    for (auto& answer : commit.answers) answer();
}

void Committer::State::fail_all(PendingCommit commit, const Error& error) {
    for (auto& failure : commit.failures) failure(error);
}

}  // namespace duban
