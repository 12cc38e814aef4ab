// Approval: a running instance of a route, bound to one revision of its subject. Its nodes are
// parts of their own, so that a decision copies and writes the node that it is about.
// Closed rounds are history (task_history.h), from which nothing is ever removed; a node keeps of
// its newest round what decides how the approval goes on.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/part.h"
#include "domain/directory/directory.h"

namespace duban {

// held: stands still until it is resumed. Of those that are closed: withdrawn by who started it,
// ended before its end, revoked after it had passed, voided at any time.
enum class ApprovalState {
    running,
    returned,
    passed,
    rejected,
    held,
    withdrawn,
    ended,
    revoked,
    voided
};
BOOST_DESCRIBE_ENUM(ApprovalState, running, returned, passed, rejected, held, withdrawn, ended,
                    revoked, voided)

// idle: not reached in this pass. The rest after open: how the newest round ended. dissented: it
// went on although somebody refused. deemed: passed, and nobody in it spoke.
enum class NodeState {
    idle,
    open,
    approved,
    dissented,
    rejected,
    returned,
    skipped,
    cancelled,
    deemed
};
BOOST_DESCRIBE_ENUM(NodeState, idle, open, approved, dissented, rejected, returned, skipped,
                    cancelled, deemed)

enum class SkipReason { none, empty, self, dedupe, when, goto_, left, jump, migrated };
BOOST_DESCRIBE_ENUM(SkipReason, none, empty, self, dedupe, when, goto_, left, jump, migrated)

// idle: not its turn. waiting: for a delegate, or for signers who were added before it. passing:
// approved, and waits for signers who were added. kept: what was decided in the round before
// stands. cancelled: decided without it. timed_out, deemed: time decided it. dropped: was added and
// taken out again.
enum class SlotState {
    idle,
    open,
    approved,
    rejected,
    returned,
    cancelled,
    skipped,
    kept,
    waiting,
    passing,
    transferred,
    timed_out,
    deemed,
    dropped
};
BOOST_DESCRIBE_ENUM(SlotState, idle, open, approved, rejected, returned, cancelled, skipped, kept,
                    waiting, passing, transferred, timed_out, deemed, dropped)

enum class Said { nothing, yes, no };
BOOST_DESCRIBE_ENUM(Said, nothing, yes, no)

// How signers who were added stand to the slot that they were added to.
enum class SignerPos { none, before, with, after };
BOOST_DESCRIBE_ENUM(SignerPos, none, before, with, after)

// Somebody asked another for his opinion, and who may answer with it.
struct Delegation {
    static constexpr bool sparse = true;
    PersonId from;
    PersonId to;
    std::string question;
    std::string opinion;  // the answer
    Timestamp at;
    bool operator==(const Delegation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delegation, (), (from, to, question, opinion, at))

// A decision that was taken back by who had made it.
struct TakenBack {
    static constexpr bool sparse = true;
    PersonId by;
    PersonId on_behalf_of;
    Said said = Said::nothing;
    std::string opinion;
    Timestamp decided;
    Timestamp at;
    bool operator==(const TakenBack&) const = default;
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (by, on_behalf_of, said, opinion, decided, at))

// Who must speak in a round: a seat, any holder of which may, or a person.
struct Slot {
    static constexpr bool sparse = true;
    std::string slot;  // "1", "2", …
    std::optional<Seat> seat;
    PersonId person;           // instead of a seat
    UnitCode unit;             // whose seat it came from, when a person has it
    PersonId bound;            // of a seat: its alone while he is active and holds it
    std::uint32_t weight = 0;  // in a vote by weight; 0 means 1
    bool veto = false;         // its refusal fails a vote
    bool superior = false;     // was asked because of a refusal, and decides instead
    SlotState state = SlotState::idle;
    SkipReason reason = SkipReason::none;
    bool interrupted = false;   // was cancelled by the end of its round
    Said said = Said::nothing;  // once it counts
    PersonId by;
    PersonId on_behalf_of;
    std::string opinion;
    std::uint32_t revision = 0;  // on which it was decided
    Timestamp at;
    // Of a signer who was added: to which slot, in which set of it, how that set passes, by whom.
    std::string parent;
    SignerPos pos = SignerPos::none;
    std::uint32_t set = 0;
    NodeMode set_mode = NodeMode::one;
    PersonId added_by;
    bool reassigned = false;  // given to the person by somebody else than its holder
    PersonId delegator;       // of the open delegation, the first; empty when there is none
    PersonId delegate;        // who may answer
    std::vector<Delegation> delegation;
    std::vector<TakenBack> taken_back;
    bool escalated = false;  // was asked because time was up, and decides for those who were silent
    Timestamp stuck_at;      // of an escalated one: open from here on it is stuck
    bool operator==(const Slot&) const = default;
};
BOOST_DESCRIBE_STRUCT(Slot, (),
                      (slot, seat, person, unit, bound, weight, veto, superior, state, reason,
                       interrupted, said, by, on_behalf_of, opinion, revision, at, parent, pos, set,
                       set_mode, added_by, reassigned, delegator, delegate, delegation, taken_back,
                       escalated, stuck_at))

// By when a round is to be decided, or a wait ends: fixed when it opened.
struct NodeDue {
    static constexpr bool sparse = true;
    Timestamp at;                      // the first moment after
    std::uint32_t wd = 0;              // the working days after `base` that were counted, or
    std::uint32_t h = 0;               // the hours of the rule; neither: a given day
    DueFrom from = DueFrom::assigned;  // what the days were counted from
    Date base;
    std::uint32_t calendar = 0;     // version of the calendar that was counted on
    bool provisional = false;       // counted through a year that is not published
    Over over = Over::remind;       // what happens at `at`
    std::vector<Timestamp> remind;  // to come, in order
    std::uint32_t reminded = 0;     // how often it was
    bool up = false;                // time was up
    bool operator==(const NodeDue&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeDue, (),
                      (at, wd, h, from, base, calendar, provisional, over, remind, reminded, up))

// One unit's run in an each.
enum class UnitRunState { open, consented, dissented, failed, cancelled };
BOOST_DESCRIBE_ENUM(UnitRunState, open, consented, dissented, failed, cancelled)
struct UnitRun {
    UnitCode unit;
    UnitRunState state = UnitRunState::open;
    bool operator==(const UnitRun&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitRun, (), (unit, state))

// How a round was returned.
struct ReturnedTo {
    static constexpr bool sparse = true;
    std::string to;  // address
    Resume then = Resume::rerun;
    Branches branches = Branches::cancel;
    bool operator==(const ReturnedTo&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReturnedTo, (), (to, then, branches))

// A node, by its address, that was reached at least once. Those that never were are not kept.
struct ApprovalNode {
    static constexpr bool sparse = true;
    std::string node;  // "id", in an each "id@unit"
    NodeState state = NodeState::idle;
    std::uint32_t round = 0;  // passes through it; the newest one's number
    SkipReason reason = SkipReason::none;
    Timestamp opened;
    bool fill = false;  // the first fill: waits for a new revision
    NodeMode mode = NodeMode::one;
    PersonId except;          // who may not act: the author, where the node says so
    std::vector<Slot> slots;  // of the newest round
    std::optional<ReturnedTo> returned;
    std::vector<std::uint32_t> branches;  // choose, par, inc: those that were entered
    std::vector<UnitRun> units;           // each
    std::uint32_t taken = 0;              // goto: how often
    std::optional<NodeDue> due;           // of the newest round
    bool operator==(const ApprovalNode&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalNode, (),
                      (node, state, round, reason, opened, fill, mode, except, slots, returned,
                       branches, units, taken, due))

// A closed round, as it was when it closed. `person` ended it; absent: nobody did, it was skipped
// or passed by itself.
struct Round {
    static constexpr bool sparse = true;
    std::string node;
    std::uint32_t round = 0;
    NodeState end = NodeState::idle;
    std::string reason;  // of a skip, or why an automatic node closed
    PersonId person;
    PersonId on_behalf_of;
    std::string opinion;
    std::optional<ReturnedTo> returned;
    std::uint32_t revision = 0;
    Digest revision_digest;
    Timestamp opened;
    Timestamp time;
    std::vector<Slot> slots;
    bool operator==(const Round&) const = default;
};
BOOST_DESCRIBE_STRUCT(Round, (),
                      (node, round, end, reason, person, on_behalf_of, opinion, returned, revision,
                       revision_digest, opened, time, slots))

struct ApprovalSubject {
    SubjectKind kind = SubjectKind::report;
    SubjectId id;
    UnitCode unit;  // whose it is
    bool operator==(const ApprovalSubject&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalSubject, (), (kind, id, unit))

// A return whose target is not yet passed.
struct PendingReturn {
    std::string from;  // address of the node that was left
    std::string slot;  // of who returned
    PersonId by;       // or for whom he did, as a proxy
    std::string to;    // what it waits for: its target, then the block in which that was passed
    Resume then = Resume::rerun;
    Branches branches = Branches::cancel;
    std::uint32_t revision = 0;  // at the return
    bool operator==(const PendingReturn&) const = default;
};
BOOST_DESCRIBE_STRUCT(PendingReturn, (), (from, slot, by, to, then, branches, revision))
// Whatever it waits for.
[[nodiscard]] bool is_same_return(const PendingReturn& one, const PendingReturn& other);

enum class CopyReason { node, jump, keep, manual, notify };
BOOST_DESCRIBE_ENUM(CopyReason, node, jump, keep, manual, notify)

struct RevisionRange {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    bool operator==(const RevisionRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(RevisionRange, (), (from, to))

struct Copy {
    static constexpr bool sparse = true;
    PersonId to;
    PersonId by;  // who copied; for others, whose act had it as its consequence
    CopyReason reason = CopyReason::node;
    std::string node;
    Timestamp at;
    std::optional<RevisionRange> diff;
    std::optional<Timestamp> read_at;
    bool operator==(const Copy&) const = default;
};
BOOST_DESCRIBE_STRUCT(Copy, (), (to, by, reason, node, at, diff, read_at))

// 附言. `to` addresses; everybody who sees the approval reads it.
struct ApprovalComment {
    static constexpr bool sparse = true;
    PersonId by;
    PersonId on_behalf_of;
    std::string text;
    std::vector<PersonId> to;
    Timestamp at;
    bool operator==(const ApprovalComment&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalComment, (), (by, on_behalf_of, text, to, at))
// Who decided, and the revisions of the subject on which he did or for which what he decided stood:
// what he sees of it for ever, whether or not he sees the task otherwise.
struct Spoken {
    Party party;
    std::vector<std::uint32_t> revisions;  // ascending
    bool operator==(const Spoken&) const = default;
};
BOOST_DESCRIBE_STRUCT(Spoken, (), (party, revisions))
// Whose node started it, of a sub-route.
struct ParentNode {
    std::uint32_t approval = 0;
    std::string node;
    bool waits = true;  // the node is passed and rejected with it
    bool operator==(const ParentNode&) const = default;
};
BOOST_DESCRIBE_STRUCT(ParentNode, (), (approval, node, waits))
// 挂起: nobody decides until somebody resumes it.
struct ApprovalHold {
    PersonId by;
    Timestamp at;
    ApprovalState before = ApprovalState::running;  // what it goes back to
    bool operator==(const ApprovalHold&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalHold, (), (by, at, before))

struct ApprovalHeader {
    std::uint32_t no = 0;
    RouteId route;
    std::int32_t route_version = 0;
    ApprovalSubject subject;
    PersonId starter;
    Timestamp started;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ApprovalState state = ApprovalState::running;
    std::uint32_t ended = 0;           // closed rounds
    std::vector<PendingReturn> stack;  // newest last
    std::uint32_t comments = 0;        // how many there are
    bool reclaim = false;              // decisions may be taken back
    std::vector<Spoken> spoken;        // in the order in which they first did
    std::optional<ParentNode> parent;
    std::vector<EffectSpec> effects;  // that were recorded: issued, flagged, archived, sent back
    std::string ended_reason;
    std::optional<ApprovalHold> hold;  // while it is held
    // Since when its clocks stand still, because it or its task is held.
    std::optional<Timestamp> stopped;
    bool operator==(const ApprovalHeader&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalHeader, (),
                      (no, route, route_version, subject, starter, started, revision,
                       revision_digest, state, ended, stack, comments, reclaim, spoken, parent,
                       effects, ended_reason, hold, stopped))

// What a decision changed beside its own slot, for as long as nobody has touched any of it: then
// whoever decided may take it back. Kept where the route lets him.
struct Undo {
    static constexpr bool sparse = true;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    PersonId by;
    Timestamp at;
    std::vector<ApprovalNode> before;     // nodes that it changed, as they were
    std::vector<PendingReturn> answered;  // returns that it answered
    bool operator==(const Undo&) const = default;
};
BOOST_DESCRIBE_STRUCT(Undo, (), (node, round, slot, by, at, before, answered))

struct Approval : ApprovalHeader {
    Parts<ApprovalNode> nodes;      // in the order in which they were first reached
    Parts<Copy> copies;             // in order
    Part<std::vector<Undo>> undos;  // the newest last
    bool operator==(const Approval&) const = default;
};

// Neither closed in any way nor held: somebody is asked.
[[nodiscard]] inline bool is_asking(const Approval& approval) {
    return approval.state == ApprovalState::running || approval.state == ApprovalState::returned;
}
// Not closed in any way.
[[nodiscard]] inline bool is_open(const Approval& approval) {
    return is_asking(approval) || approval.state == ApprovalState::held;
}
// approved, dissented, deemed or skipped: the flow has gone past it.
[[nodiscard]] inline bool is_passed(NodeState state) {
    return state == NodeState::approved || state == NodeState::dissented ||
           state == NodeState::skipped || state == NodeState::deemed;
}
// Asked, or to be asked: its word still matters to the round.
[[nodiscard]] inline bool is_undecided(SlotState state) {
    return state == SlotState::open || state == SlotState::idle || state == SlotState::waiting ||
           state == SlotState::passing;
}
// Open to a pool of persons of whom nobody has claimed it.
[[nodiscard]] bool is_pooled(const ApprovalNode& node, const Slot& slot);
// When the clock of an open round goes off next; nothing when it does not.
[[nodiscard]] std::optional<Timestamp> next_moment(const NodeDue& due);
// nullptr when the node was never reached.
[[nodiscard]] const ApprovalNode* find_node(const Approval& approval, std::string_view address);
[[nodiscard]] const Slot* find_slot(const ApprovalNode& node, std::string_view slot);
}  // namespace duban
