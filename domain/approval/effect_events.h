// The events of effects that are neither a report's, an extension's nor a closing's own, and of
// taking back what an approval did after it had passed. Past tense; plain data.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>

#include "domain/approval/route.h"
#include "domain/base/event.h"
#include "domain/task/task.h"

namespace duban {

// reopen, issue, flag, archive: kept with the approval.
struct EffectRecorded {
    static constexpr EventType type{"approval.effect_recorded", 1, Audience::task_units,
                                    EventRole::follows};
    ApprovalId approval;
    EffectSpec effect;
    bool operator==(const EffectRecorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(EffectRecorded, (), (approval, effect))

// 通过后撤销.
struct ApprovalRevoked {
    static constexpr EventType type{"approval.revoked", 1, Audience::task_units, EventRole::act};
    ApprovalId approval;
    std::string opinion;
    bool operator==(const ApprovalRevoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalRevoked, (), (approval, opinion))

// The values of the report count no longer.
struct ValuesWithdrawn {
    static constexpr EventType type{"report.values_withdrawn", 1, Audience::task_units,
                                    EventRole::follows};
    ReportId report;
    bool operator==(const ValuesWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValuesWithdrawn, (), (report))

// The day that stood before the extension stands again, with the days of the holds since.
struct DueRestored {
    static constexpr EventType type{"extension.due_restored", 1, Audience::task_units,
                                    EventRole::follows};
    SubjectId subject;
    UnitCode unit;
    UnitRole role = UnitRole::lead;
    Date from;
    Date to;
    bool operator==(const DueRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueRestored, (), (subject, unit, role, from, to))

// Each event of the family.
#define DUBAN_EFFECT_EVENTS(EVENT) \
    EVENT(EffectRecorded)          \
    EVENT(ApprovalRevoked)         \
    EVENT(ValuesWithdrawn)         \
    EVENT(DueRestored)

DUBAN_EFFECT_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
