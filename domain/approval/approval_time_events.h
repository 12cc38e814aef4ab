// The events of an approval's clocks. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/event.h"

namespace duban {

// Those whom an open round waits for were told that it does.
struct RoundReminded {
    static constexpr EventType type{"approval.reminded", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::vector<PersonId> to;
    bool operator==(const RoundReminded&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoundReminded, (), (approval, node, round, to))

// The time of an open round was up. `over` says what becomes of the slots that were not decided.
// `returned`: the round goes back, and where to.
struct RoundTimedOut {
    static constexpr EventType type{"approval.timed_out", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    Over over = Over::pass;
    std::optional<ReturnedTo> returned;
    bool operator==(const RoundTimedOut&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoundTimedOut, (), (approval, node, round, over, returned))

struct ApprovalHeld {
    static constexpr EventType type{"approval.held", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalHeld&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalHeld, (), (approval, opinion))

struct ApprovalResumed {
    static constexpr EventType type{"approval.resumed", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalResumed&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalResumed, (), (approval, opinion))

// Since when a slot that was escalated is stuck.
struct SlotClock {
    std::string slot;
    Timestamp stuck_at;
    bool operator==(const SlotClock&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlotClock, (), (slot, stuck_at))

// The clocks of an open round go on after a hold with what was left of them, or its day was counted
// anew on another calendar.
struct ClocksMoved {
    static constexpr EventType type{"approval.due_moved", 1, Audience::task_units,
                                    EventRole::follows};
    static constexpr bool sparse = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    std::optional<NodeDue> due;
    std::vector<SlotClock> slots;
    bool operator==(const ClocksMoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClocksMoved, (), (approval, node, round, due, slots))

// Each event of the family.
#define DUBAN_APPROVAL_TIME_EVENTS(EVENT) \
    EVENT(RoundReminded)                  \
    EVENT(RoundTimedOut)                  \
    EVENT(ApprovalHeld)                   \
    EVENT(ApprovalResumed)                \
    EVENT(ClocksMoved)

DUBAN_APPROVAL_TIME_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
