// The events of plans. Each task of a plan has a stream of its own. Past tense; plain data; a
// change of meaning is a new version. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/base/ids.h"

namespace duban {

struct PlanImported {
    static constexpr EventType type{"plan.imported", 1, Audience::all_tasks, EventRole::act};
    PlanId plan;
    std::string title;
    std::string zone;
    std::string responsibility;
    std::string document_no;
    Digest content;  // of the canonical PlanDocument: the same list again changes nothing
    std::vector<std::uint32_t> tasks;
    [[nodiscard]] StreamId stream() const { return plan_stream(plan); }
    bool operator==(const PlanImported&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanImported, (),
                      (plan, title, zone, responsibility, document_no, content, tasks))

// A task registered one by one joins its plan's list through this event on the plan's stream.
struct PlanTaskAdded {
    static constexpr EventType type{"plan.task_added", 1, Audience::all_tasks, EventRole::act};
    PlanId plan;
    std::uint32_t no = 0;
    [[nodiscard]] StreamId stream() const { return plan_stream(plan); }
    bool operator==(const PlanTaskAdded&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanTaskAdded, (), (plan, no))

// Each event of the family.
#define DUBAN_PLAN_EVENTS(EVENT) \
    EVENT(PlanImported)          \
    EVENT(PlanTaskAdded)

DUBAN_PLAN_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
