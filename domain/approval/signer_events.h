// The events of those who give a slot on or ask others beside it: transferring, delegating, adding
// and dropping signers, taking a decision back.
// Past tense; plain data; a change of meaning is a new version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/event.h"

namespace duban {

// For good: the slot is out, and `made` stands right after it for the person, with the signers who
// were added to it. `reassigned`: by somebody else than its holder.
struct SlotTransferred {
    static constexpr EventType type{"approval.transferred", 1, Audience::task_units,
                                    EventRole::act};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    std::string made;
    PersonId to;
    UnitCode unit;  // whose slot it stays, empty when it is the person's own
    bool reassigned = false;
    std::string opinion;
    bool operator==(const SlotTransferred&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotTransferred, (),
                      (approval, node, round, slot, made, to, unit, reassigned, opinion))

// The slot waits for the opinion of another, who may ask a third. `from`: whose place among those
// who were asked he takes, when that is not the actor's.
struct SlotDelegated {
    static constexpr EventType type{"approval.delegated", 1, Audience::task_units, EventRole::act};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    PersonId to;
    std::string opinion;
    PersonId from = {};
    bool operator==(const SlotDelegated&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotDelegated, (), (approval, node, round, slot, to, opinion, from))

// The delegate's opinion; the slot is with the first delegator again.
struct SlotResolved {
    static constexpr EventType type{"approval.resolved", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    bool operator==(const SlotResolved&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotResolved, (),
                      (approval, node, round, slot, revision, revision_digest, opinion))

// The first delegator has it back without an answer.
struct DelegationTakenBack {
    static constexpr EventType type{"approval.delegation_taken_back", 1, Audience::task_units,
                                    EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    bool operator==(const DelegationTakenBack&) const = default;
};
BOOST_DESCRIBE_STRUCT(DelegationTakenBack, (), (approval, node, round, slot))

// A set of persons beside the slot, in the states in which they begin.
struct SignersAdded {
    static constexpr EventType type{"approval.signers_added", 1, Audience::task_units,
                                    EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    SignerPos pos = SignerPos::before;
    std::vector<Slot> signers;
    bool operator==(const SignersAdded&) const = default;
};
BOOST_DESCRIBE_STRUCT(SignersAdded, (), (approval, node, round, slot, pos, signers))

struct SignerDropped {
    static constexpr EventType type{"approval.signer_dropped", 1, Audience::task_units,
                                    EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    bool operator==(const SignerDropped&) const = default;
};
BOOST_DESCRIBE_STRUCT(SignerDropped, (), (approval, node, round, slot))

// What follows for a slot from the signers beside it.
struct SlotSettled {
    static constexpr EventType type{"approval.slot_settled", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    SlotState state = SlotState::idle;
    Said said = Said::nothing;
    bool operator==(const SlotSettled&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotSettled, (), (approval, node, round, slot, state, said))

// Who decided takes it back. `closed`: the decision had ended the node's round, and a new one opens
// as the old one was.
struct SlotReclaimed {
    static constexpr EventType type{"approval.reclaimed", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::string slot;
    bool closed = false;
    bool operator==(const SlotReclaimed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotReclaimed, (), (approval, node, round, slot, closed))

// Nodes stand again as they stood before the decision that was taken back, and the returns that it
// had answered wait again.
struct NodesRestored {
    static constexpr EventType type{"approval.nodes_restored", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::vector<ApprovalNode> nodes;
    std::vector<PendingReturn> stack;
    bool operator==(const NodesRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodesRestored, (), (approval, nodes, stack))

// Each event of the family.
#define DUBAN_SIGNER_EVENTS(EVENT) \
    EVENT(SlotTransferred)         \
    EVENT(SlotDelegated)           \
    EVENT(SlotResolved)            \
    EVENT(DelegationTakenBack)     \
    EVENT(SignersAdded)            \
    EVENT(SignerDropped)           \
    EVENT(SlotSettled)             \
    EVENT(SlotReclaimed)           \
    EVENT(NodesRestored)

DUBAN_SIGNER_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
