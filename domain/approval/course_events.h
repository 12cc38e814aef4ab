// The events of those who change the course of an approval from outside its route: withdrawing,
// ending, voiding, jumping; and of those who only speak: urging, commenting.
// Past tense; plain data; a change of meaning is a new version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/base/ids.h"

namespace duban {

// Each of the three is followed by approval.closed, unless the approval is closed already.
struct ApprovalWithdrawn {
    static constexpr EventType type{"approval.withdrawn", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalWithdrawn, (), (approval, opinion))

struct ApprovalEnded {
    static constexpr EventType type{"approval.ended", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalEnded&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalEnded, (), (approval, opinion))

// Also after its end: then it is a mark on what was closed.
struct ApprovalVoided {
    static constexpr EventType type{"approval.voided", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalVoided&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalVoided, (), (approval, opinion))

// It goes on at that node. Returns that waited for an answer wait no longer.
struct ApprovalJumped {
    static constexpr EventType type{"approval.jumped", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string to;  // address
    std::string opinion;
    bool operator==(const ApprovalJumped&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalJumped, (), (approval, to, opinion))

// Those whom it waits for are asked to hurry.
struct ApprovalUrged {
    static constexpr EventType type{"approval.urged", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string text;
    std::vector<PersonId> to;
    bool operator==(const ApprovalUrged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalUrged, (), (approval, text, to))

struct ApprovalCommented {
    static constexpr EventType type{"approval.commented", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string text;
    std::vector<PersonId> to;
    bool operator==(const ApprovalCommented&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalCommented, (), (approval, text, to))

// Each event of the family.
#define DUBAN_COURSE_EVENTS(EVENT) \
    EVENT(ApprovalWithdrawn)       \
    EVENT(ApprovalEnded)           \
    EVENT(ApprovalVoided)          \
    EVENT(ApprovalJumped)          \
    EVENT(ApprovalUrged)           \
    EVENT(ApprovalCommented)

DUBAN_COURSE_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
