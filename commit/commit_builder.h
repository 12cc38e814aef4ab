// CommitBuilder: decides commands one after the other and collects what they lead to in one commit.
// The deciding half of the committer, without threads or disk writes.
// Thread-safety: one thread at a time; mark_durable is safe for concurrent use with it.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "commit/committer.h"

namespace duban {

// One commit on its way to the disk, with those who wait for it.
struct PendingCommit {
    LogBatch batch;
    std::vector<std::vector<UnitCode>> units;  // per event: the task's units after it
    std::vector<AccessRecord> access;
    std::shared_ptr<const Directory> directory;               // after the batch
    std::size_t commands = 0;                                 // items taken, answered or not
    std::size_t bytes = 0;                                    // of events and outcomes
    std::vector<std::function<void()>> answers;               // once durable
    std::vector<std::function<void(const Error&)>> failures;  // instead, when it cannot be written

    // Whether the log gets a batch; otherwise only access records and waiting answers.
    [[nodiscard]] bool has_batch() const;
    [[nodiscard]] bool empty() const { return commands == 0; }
};

class CommitBuilder {
public:
    explicit CommitBuilder(const Committer::Parts& parts);

    [[nodiscard]] PendingCommit begin();
    void add(PendingCommit& commit, CommandRequest request, CommandDone done);
    void add(PendingCommit& commit, AccessRecord access, std::function<void(Status)> done);
    // Ends the commit: numbers the batch and closes the projection's changes for it.
    void seal(PendingCommit& commit);

    void mark_durable(BatchSeq seq) { durable_.store(seq.value); }

private:
    struct StreamHead {
        StreamRev next;
        std::string hash;  // of the last event; first_prev_hash() for an empty stream
        BatchSeq touched;
    };
    struct Answered {
        Outcome outcome;
        BatchSeq seq;
    };

    // The outcome that this command id had before, durable or not.
    [[nodiscard]] Result<std::optional<Outcome>> known_outcome(const CommandId& id) const;
    [[nodiscard]] Result<Decision> decide_request(const CommandRequest& request, Timestamp now);
    // Whatever version the request expects.
    [[nodiscard]] Result<Decision> decide_command(const CommandRequest& request, Timestamp now);
    // Brings every task that the events concern into the world.
    [[nodiscard]] Status load_tasks(const Decision& decision);
    // The envelopes and bytes of a decision's events; nothing is folded yet.
    [[nodiscard]] Result<std::vector<EventRecord>> encode(const PendingCommit& commit,
                                                          const CommandRequest& request,
                                                          Decision decision, Timestamp now);
    void fold(PendingCommit& commit, std::vector<EventRecord> records);
    void refuse(PendingCommit& commit, CommandRequest request, CommandDone done,
                const Error& error);
    void settle(PendingCommit& commit, CommandId id, Outcome outcome, CommandDone done);
    void answer_error(PendingCommit& commit, CommandDone done, const Error& error);
    [[nodiscard]] Result<StreamHead> stream_head(const StreamId& stream);
    [[nodiscard]] Result<std::uint64_t> version_of(const StreamId& stream);
    [[nodiscard]] UnitCode source_of(const Event& event, const PersonId& person) const;
    void forget_durable();

    Committer::Parts parts_;
    BatchSeq next_seq_;
    Position next_position_;
    Digest last_hash_;
    Timestamp last_recorded_;
    std::unordered_map<std::string, StreamHead> heads_;
    std::unordered_map<std::string, Answered> answered_;  // outcomes that may not be durable yet
    std::deque<std::pair<BatchSeq, std::string>> answered_order_;
    std::atomic<std::uint64_t> durable_{0};
};

}  // namespace duban
