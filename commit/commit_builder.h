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
#include <variant>
#include <vector>

#include "commit/committer.h"

namespace duban {

struct CommandItem {
    CommandRequest request;
    CommandDone done;
};
struct AccessItem {
    AccessRecord record;
    std::function<void(Status)> done;
};
// What waits for the committer.
using CommitItem = std::variant<CommandItem, AccessItem>;

// An item that a commit has taken. It keeps what was asked, so that it can be decided anew when
// another node's batch takes the place of this one.
struct TakenItem {
    CommitItem item;
    Result<Outcome> outcome;  // of a command, once durable
    bool duplicate = false;
};

// One commit on its way to the disk, with those who wait for it.
struct PendingCommit {
    LogBatch batch;
    std::vector<Addressees> to;  // per event
    std::vector<AccessRecord> access;
    std::shared_ptr<const Directory> directory;  // after the batch
    std::vector<TakenItem> taken;                // in order, answered or not
    std::size_t bytes = 0;                       // of events and outcomes

    // Whether the log gets a batch; otherwise only access records and waiting answers.
    [[nodiscard]] bool has_batch() const;
    [[nodiscard]] bool empty() const { return taken.empty(); }
};

class CommitBuilder {
public:
    explicit CommitBuilder(const Committer::Parts& parts);

    [[nodiscard]] PendingCommit begin();
    void add(PendingCommit& commit, CommitItem item);
    // Ends the commit: hashes the batch and closes the projection's changes for it.
    void seal(PendingCommit& commit);
    // Forgets every commit that is not durable and goes on from the log's present head, which
    // another node may have moved. Requires: nothing is being appended. Errors: those of loading
    // the World.
    [[nodiscard]] Status roll_back();

    // Whether the command was settled before, so that adding it writes nothing.
    [[nodiscard]] bool repeats(const CommandRequest& request) const;

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
    // What becomes of a command; `duplicate` is set when an earlier outcome is given again.
    [[nodiscard]] Result<Outcome> outcome_of(PendingCommit& commit, const CommandRequest& request,
                                             bool& duplicate);
    [[nodiscard]] Result<Outcome> accept(PendingCommit& commit, const CommandRequest& request,
                                         Decision decision, Timestamp now);
    [[nodiscard]] Result<Outcome> refuse(PendingCommit& commit, const CommandRequest& request,
                                         const Error& error);
    [[nodiscard]] Outcome settle(PendingCommit& commit, const CommandId& id, Outcome outcome);
    void go_on_from(const LogHead& head);
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
