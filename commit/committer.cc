#include "commit/committer.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "commit/commit_builder.h"

namespace duban {
namespace {

// Taken from the queue at a time, so that the batch's limit in bytes is looked at in between.
constexpr std::size_t taken_at_once_max = 32;

Error stopped(Errc code) {
    return code == Errc::storage_failed
               ? Error{code, "The disk failed; the server has to be started again.", {}, {}, 0}
           : code == Errc::draining
               ? Error{code, "The server is stopping; send the command again later.", {}, {}, 0}
               : Error{code, "Too many commands wait; send the command again later.", {}, {}, 0};
}

std::size_t content_bytes(const CommitItem& item) {
    if (const auto* command = std::get_if<CommandItem>(&item)) {
        return command->request.content_bytes;
    }
    const AccessRecord& record = std::get<AccessItem>(item).record;
    return record.object.size() + record.detail.size();
}

void reject(CommitItem& item, const Error& error) {
    if (auto* command = std::get_if<CommandItem>(&item)) {
        command->done(tl::unexpected<Error>(error), false);
    } else {
        std::get<AccessItem>(item).done(tl::unexpected<Error>(error));
    }
}
void reject(CommitItem& item, Errc code) {
    reject(item, stopped(code));
}

}  // namespace

struct Committer::State {
    State(Parts given, CommitterOptions chosen)
        : parts(given),
          options(std::move(chosen)),
          builder(parts),
          published(parts.log.head().seq) {}

    void enqueue(CommitItem item);
    void decide_loop();
    void build(PendingCommit& commit);
    // Adds the items; those for which the disk has no room are answered at once.
    void take(PendingCommit& commit, std::deque<CommitItem>& items);
    // Waits until the place before the writer is free and gives the commit away; false when the
    // writer failed or lost a race, and then the commit stays.
    bool hand_over(PendingCommit& commit);
    // After a lost race: puts what the commit took back in front of the queue and begins anew.
    // False when no race was lost.
    bool begin_anew(PendingCommit& commit);
    // Waits until the writer has nothing to do; false when there is something to decide again.
    bool wrote_all();
    void fail(const Error& error);

    void write_loop();
    Status write(PendingCommit& commit);
    void finish(PendingCommit& commit);
    void publish(LogBatch& batch, std::vector<Addressees> to,
                 std::shared_ptr<const Directory> directory);
    // Another node's batch stands where this commit was to stand.
    Status lose_race(PendingCommit commit);
    Status publish_foreign();

    Parts parts;
    CommitterOptions options;
    CommitBuilder builder;  // deciding thread only

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<CommitItem> queue;         // guarded by mutex
    std::size_t queue_bytes = 0;          // guarded by mutex: content of the queue
    std::optional<PendingCommit> handed;  // guarded by mutex: waits for the writer
    std::deque<CommitItem> lost;          // guarded by mutex: to be decided again, before the queue
    bool race_lost = false;               // guarded by mutex: until the deciding thread begins anew
    bool writing = false;                 // guarded by mutex
    bool stopping = false;                // guarded by mutex
    bool decided_all = false;             // guarded by mutex: the deciding thread has ended
    bool failed = false;                  // guarded by mutex
    BatchSeq published;                   // writing thread only: the last batch that was
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

void Committer::State::enqueue(CommitItem item) {
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
        if (begin_anew(commit)) continue;
        // Stopped or failed, and nothing is left to decide unless the writer loses a race yet.
        if (commit.empty()) {
            if (wrote_all()) break;
            continue;
        }
        builder.seal(commit);
        if (hand_over(commit)) {
            commit = builder.begin();
        } else if (!begin_anew(commit)) {
            for (TakenItem& taken : commit.taken) reject(taken.item, Errc::storage_failed);
            break;
        }
    }
    std::deque<CommitItem> left;
    {
        const std::lock_guard lock(mutex);
        decided_all = true;
        left.swap(lost);
        left.insert(left.end(), std::make_move_iterator(queue.begin()),
                    std::make_move_iterator(queue.end()));
        queue.clear();
        queue_bytes = 0;
    }
    changed.notify_all();
    for (CommitItem& item : left) reject(item, Errc::storage_failed);
}

// Goes on adding to the commit while the writer is busy with the one before.
void Committer::State::build(PendingCommit& commit) {
    std::deque<CommitItem> items;
    while (commit.taken.size() < options.batch_commands_max &&
           commit.bytes < options.batch_bytes_max) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] {
                const bool writer_free = !writing && !handed;
                return !queue.empty() || stopping || failed || race_lost ||
                       (!commit.empty() && writer_free);
            });
            if (queue.empty() || failed || race_lost) return;
            const std::size_t room =
                std::min(taken_at_once_max, options.batch_commands_max - commit.taken.size());
            while (!queue.empty() && items.size() < room) {
                queue_bytes -= content_bytes(queue.front());
                items.push_back(std::move(queue.front()));
                queue.pop_front();
            }
        }
        take(commit, items);
        // An empty commit would mean that there is nothing left to decide.
        if (commit.empty()) continue;
        const std::lock_guard lock(mutex);
        if (!writing && !handed) return;
    }
}

// Room is asked for before anything is decided, so that no write has to be given up half-way. A
// command that was answered before costs nothing and gets its answer again.
void Committer::State::take(PendingCommit& commit, std::deque<CommitItem>& items) {
    std::size_t bytes = commit.bytes;
    for (const CommitItem& item : items) bytes += content_bytes(item);
    const Status all = parts.database.room_for(Room::command, bytes);
    for (CommitItem& item : items) {
        const auto* command = std::get_if<CommandItem>(&item);
        const Status room =
            all || command != nullptr ? all : parts.database.room_for(Room::upkeep, bytes);
        if (room || (command != nullptr && builder.repeats(command->request))) {
            builder.add(commit, std::move(item));
        } else {
            reject(item, room.error());
        }
    }
    items.clear();
}

bool Committer::State::hand_over(PendingCommit& commit) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !handed || failed || race_lost; });
    if (failed || race_lost) return false;
    handed = std::move(commit);
    changed.notify_all();
    return true;
}

// What was decided on a state that will never be is decided again on the one that is. The order of
// the commands stays: first those of the commit that lost, then those that were built on it, then
// those that wait.
bool Committer::State::begin_anew(PendingCommit& commit) {
    {
        const std::lock_guard lock(mutex);
        if (!race_lost || failed) return false;
        for (TakenItem& taken : commit.taken) lost.push_back(std::move(taken.item));
        for (const CommitItem& item : lost) queue_bytes += content_bytes(item);
        queue.insert(queue.begin(), std::make_move_iterator(lost.begin()),
                     std::make_move_iterator(lost.end()));
        lost.clear();
        race_lost = false;
    }
    commit = {};
    if (const Status rolled = builder.roll_back(); !rolled) {
        fail(rolled.error());
    } else {
        commit = builder.begin();
    }
    return true;
}

bool Committer::State::wrote_all() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return (!writing && !handed) || failed || race_lost; });
    return failed || !race_lost;
}

void Committer::State::fail(const Error& error) {
    bool first = false;
    {
        const std::lock_guard lock(mutex);
        first = !std::exchange(failed, true);
    }
    changed.notify_all();
    if (first && options.on_fatal) options.on_fatal(error);
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
        Status written = write(*commit);
        if (!written && written.error().code == Errc::version_conflict) {
            written = lose_race(std::move(*commit));
            if (written) continue;
        }
        if (!written) {
            fail(written.error());
            for (TakenItem& taken : commit->taken) reject(taken.item, Errc::storage_failed);
            continue;
        }
        if (options.on_commit) {
            options.on_commit(CommitStats{commit->taken.size(), commit->batch.events.size(),
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
        parts.applier.stage(commit.batch.hash, commit.access);
        return parts.log.append(BatchSeq(commit.batch.seq.value - 1), commit.batch);
    }
    if (commit.access.empty()) return {};
    WriteSet changes(parts.database);
    parts.applier.add_access(commit.access, changes);
    return parts.database.write(changes, Room::admitted);
}

void Committer::State::finish(PendingCommit& commit) {
    if (commit.has_batch()) builder.mark_durable(commit.batch.seq);
    publish(commit.batch, std::move(commit.to), std::move(commit.directory));
    for (TakenItem& taken : commit.taken) {
        if (auto* command = std::get_if<CommandItem>(&taken.item)) {
            command->done(std::move(taken.outcome), taken.duplicate);
        } else {
            std::get<AccessItem>(taken.item).done({});
        }
    }
}

void Committer::State::publish(LogBatch& batch, std::vector<Addressees> to,
                               std::shared_ptr<const Directory> directory) {
    const Position next(batch.base.value + batch.events.size());
    std::vector<SharedEvent> events;
    events.reserve(batch.events.size());
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        events.push_back(std::make_shared<const PublishedEvent>(
            PublishedEvent{std::move(batch.events[i]), std::move(to[i])}));
    }
    if (!batch.hash.empty()) published = batch.seq;
    // The rights come first: whoever reads an event from the ring judges it by what followed from
    // it.
    parts.head.advance(next, std::move(directory));
    parts.ring.publish(std::move(events));
}

// Subscribers get the other node's events before anything is decided on them.
Status Committer::State::lose_race(PendingCommit commit) {
    parts.applier.unstage(commit.batch.hash);
    const Status caught_up = publish_foreign();
    const std::lock_guard lock(mutex);
    for (TakenItem& taken : commit.taken) lost.push_back(std::move(taken.item));
    if (handed) {
        for (TakenItem& taken : handed->taken) lost.push_back(std::move(taken.item));
        handed.reset();
    }
    race_lost = true;
    changed.notify_all();
    return caught_up;
}

Status Committer::State::publish_foreign() {
    return parts.log.tail(published.next(), [&](const LogBatch& batch) {
        LogBatch copy = batch;
        auto folded = parts.projection.take_folded(copy);
        DUBAN_ASSERT(folded.has_value());
        publish(copy, std::move(folded->to), std::move(folded->directory));
        return true;
    });
}

}  // namespace duban
