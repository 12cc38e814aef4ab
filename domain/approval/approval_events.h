// The events of approvals: what persons did, and what followed of it by the route. A decision and
// the end of its round are two events. Past tense; plain data; a change of meaning is a new
// version. Nodes are named by their addresses. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/event.h"

namespace duban {

struct ApprovalOpened {
    static constexpr EventType type{"approval.opened", 1, Audience::task_units, EventRole::follows};
    ApprovalId approval;
    RouteId route;
    std::int32_t route_version = 0;
    ApprovalSubject subject;
    std::uint32_t revision = 0;
    Digest revision_digest;
    bool reclaim = false;  // whether the route lets decisions be taken back
    std::optional<ParentNode> parent = std::nullopt;
    bool operator==(const ApprovalOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalOpened, (),
                      (approval, route, route_version, subject, revision, revision_digest, reclaim,
                       parent))

// The open first fill is passed with this revision, a new one or, with a note, the same.
struct ApprovalResubmitted {
    static constexpr EventType type{"approval.resubmitted", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::uint32_t revision = 0;
    Digest revision_digest;
    bool operator==(const ApprovalResubmitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalResubmitted, (), (approval, revision, revision_digest))

// A new round of a node. The slots come in the states in which they begin; of one that is `kept`
// the node's round before has the decision.
struct RoundOpened {
    static constexpr EventType type{"approval.round_opened", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    bool fill = false;
    NodeMode mode = NodeMode::one;
    PersonId except;
    std::vector<Slot> slots;
    std::optional<NodeDue> due = std::nullopt;
    bool operator==(const RoundOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoundOpened, (), (approval, node, round, fill, mode, except, slots, due))

// A pass through a node in which nobody was asked.
struct NodeSkipped {
    static constexpr EventType type{"approval.node_skipped", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    SkipReason reason = SkipReason::none;
    std::vector<Slot> slots;
    bool operator==(const NodeSkipped&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeSkipped, (), (approval, node, round, reason, slots))

// In an open round: its turn has come, or it was added.
struct SlotOpened {
    static constexpr EventType type{"approval.slot_opened", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    Slot slot;
    bool operator==(const SlotOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotOpened, (), (approval, node, round, slot))

// In an open round: it is not asked, or waited for no longer.
struct SlotClosed {
    static constexpr EventType type{"approval.slot_closed", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    SlotState state = SlotState::idle;  // skipped, cancelled
    SkipReason reason = SkipReason::none;
    bool operator==(const SlotClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotClosed, (), (approval, node, round, slot, state, reason))

// A pool's work is `person`'s alone, until he releases it.
struct SlotClaimed {
    static constexpr EventType type{"approval.claimed", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    PersonId person;
    bool operator==(const SlotClaimed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotClaimed, (), (approval, node, round, slot, person))

struct SlotReleased {
    static constexpr EventType type{"approval.released", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    bool operator==(const SlotReleased&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotReleased, (), (approval, node, round, slot))

struct SlotApproved {
    static constexpr EventType type{"approval.approved", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const SlotApproved&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotApproved, (),
                      (approval, node, round, slot, revision, revision_digest, opinion))

struct SlotRejected {
    static constexpr EventType type{"approval.rejected", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool veto = false;  // by a seat of his that may, in a vote
    bool operator==(const SlotRejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotRejected, (),
                      (approval, node, round, slot, revision, revision_digest, opinion, veto))

struct SlotReturned {
    static constexpr EventType type{"approval.returned", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    std::string to;  // address of the node that opens again
    Resume then = Resume::rerun;
    Branches branches = Branches::cancel;
    // Within a node in turn: back to an earlier slot, which comes back by itself.
    bool within = false;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const SlotReturned&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotReturned, (),
                      (approval, node, round, slot, to, then, branches, within, revision,
                       revision_digest, opinion))

// The open slots of the round become cancelled. A node without slots ends in the pass in which it
// is reached.
struct RoundEnded {
    static constexpr EventType type{"approval.round_ended", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    bool fill = false;  // the first fill, passed by submitting
    NodeState end = NodeState::idle;
    std::string slot;     // whose decision ended it
    std::string reason;   // why, where no decision did
    std::string opinion;  // of a fill: the note with which it was passed
    bool operator==(const RoundEnded&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoundEnded, (), (approval, node, round, fill, end, slot, reason, opinion))

// A block is in progress. resumed: in the same round, with the same branches and units, after a
// return that left it.
struct BlockEntered {
    static constexpr EventType type{"approval.block_entered", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    bool resumed = false;
    std::vector<std::uint32_t> branches;
    std::vector<UnitCode> units;
    bool operator==(const BlockEntered&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlockEntered, (), (approval, node, round, resumed, branches, units))

// A unit's run in an each came to an end, or is open again.
struct UnitRunChanged {
    static constexpr EventType type{"approval.unit_run_changed", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    UnitCode unit;
    UnitRunState state = UnitRunState::open;
    bool operator==(const UnitRunChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitRunChanged, (), (approval, node, unit, state))

struct GotoTaken {
    static constexpr EventType type{"approval.goto_taken", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    std::string to;
    bool operator==(const GotoTaken&) const = default;
};
BOOST_DESCRIBE_STRUCT(GotoTaken, (), (approval, node, to))

// Nodes that the flow is to reach again. `suspended`: blocks that keep their branches and units.
struct NodesReset {
    static constexpr EventType type{"approval.nodes_reset", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::vector<std::string> nodes;
    std::vector<std::string> suspended;
    bool operator==(const NodesReset&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodesReset, (), (approval, nodes, suspended))

enum class JumpRefusal { material };
BOOST_DESCRIBE_ENUM(JumpRefusal, material)

// Every pending jump and keep goes the whole way instead.
struct JumpRefused {
    static constexpr EventType type{"approval.jump_refused", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    JumpRefusal reason = JumpRefusal::material;
    bool operator==(const JumpRefused&) const = default;
};
BOOST_DESCRIBE_STRUCT(JumpRefused, (), (approval, reason))

// What a return waited for was passed in a block in which others are still asked: it goes on to
// wait for `to`, the block. The rest is the return as it was.
struct ReturnDeferred {
    static constexpr EventType type{"approval.return_deferred", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    PendingReturn back;
    bool operator==(const ReturnDeferred&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReturnDeferred, (), (approval, back))

// By the route, or to those whose decisions stand on another revision.
struct CopiesSent {
    static constexpr EventType type{"approval.copies_sent", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::vector<PersonId> to;
    CopyReason reason = CopyReason::node;
    std::string node;
    std::optional<RevisionRange> diff;
    bool operator==(const CopiesSent&) const = default;
};
BOOST_DESCRIBE_STRUCT(CopiesSent, (), (approval, to, reason, node, diff))

struct ApprovalCopied {
    static constexpr EventType type{"approval.copied", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::vector<PersonId> to;
    bool operator==(const ApprovalCopied&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalCopied, (), (approval, to))

// The actor has read the copies that he had not.
struct ApprovalRead {
    static constexpr EventType type{"approval.read", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    bool operator==(const ApprovalRead&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalRead, (), (approval))

enum class ApprovalResult { passed, rejected, withdrawn, ended, voided };
BOOST_DESCRIBE_ENUM(ApprovalResult, passed, rejected, withdrawn, ended, voided)

// The one terminal event of an approval.
struct ApprovalClosed {
    static constexpr EventType type{"approval.closed", 1, Audience::task_units, EventRole::follows};
    ApprovalId approval;
    ApprovalResult result = ApprovalResult::passed;
    std::string reason = {};  // of an end that followed: task_closed, parent
    bool operator==(const ApprovalClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalClosed, (), (approval, result, reason))

// It runs another version of its route from here on.
struct ApprovalMigrated {
    static constexpr EventType type{"approval.migrated", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::string opinion;
    bool operator==(const ApprovalMigrated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalMigrated, (), (approval, from, to, opinion))

// Each event of the family.
#define DUBAN_APPROVAL_EVENTS(EVENT) \
    EVENT(ApprovalOpened)            \
    EVENT(ApprovalResubmitted)       \
    EVENT(RoundOpened)               \
    EVENT(NodeSkipped)               \
    EVENT(SlotOpened)                \
    EVENT(SlotClosed)                \
    EVENT(SlotClaimed)               \
    EVENT(SlotReleased)              \
    EVENT(SlotApproved)              \
    EVENT(SlotRejected)              \
    EVENT(SlotReturned)              \
    EVENT(RoundEnded)                \
    EVENT(BlockEntered)              \
    EVENT(UnitRunChanged)            \
    EVENT(GotoTaken)                 \
    EVENT(NodesReset)                \
    EVENT(JumpRefused)               \
    EVENT(ReturnDeferred)            \
    EVENT(CopiesSent)                \
    EVENT(ApprovalCopied)            \
    EVENT(ApprovalRead)              \
    EVENT(ApprovalClosed)            \
    EVENT(ApprovalMigrated)

DUBAN_APPROVAL_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
