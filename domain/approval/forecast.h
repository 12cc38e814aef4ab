// Forecast: which nodes an approval would go through, and who would be asked in them, when
// everybody approves. Plays the approval on a copy of the task; nothing of it is an event of the
// record. Where somebody has yet to be picked or drawn, everybody stands there who could be; a seat
// without holders stands there without them, although the approval could not get that far.
// Thread-safety: safe for concurrent use (no state of its own). Takes time with the number of
// nodes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route_plan.h"
#include "domain/base/facts.h"
#include "domain/base/result.h"
#include "domain/report/report.h"
#include "domain/task/task.h"

namespace duban {

inline constexpr std::size_t forecast_steps_max = 1000;

enum class ForecastState { open, would_open, would_skip };
BOOST_DESCRIBE_ENUM(ForecastState, open, would_open, would_skip)

struct ForecastSlot {
    Slot slot;                      // in the state in which it opens
    std::vector<PersonId> holders;  // today's, ordered
};

// A pass through a node. A block is one only when it is passed over.
struct ForecastStep {
    std::string node;  // address
    ForecastState state = ForecastState::would_open;
    SkipReason reason = SkipReason::none;
    std::vector<ForecastSlot> slots;
};

// In the order in which they open.
struct Forecast {
    std::vector<ForecastStep> steps;
    bool cut = false;  // more than forecast_steps_max
};

// Begins with what is open; nothing when the approval is closed.
[[nodiscard]] Result<Forecast> forecast(const TaskState& task, const Approval& approval,
                                        const RoutePlan& plan, const Facts& facts);

struct SupposedReport {
    PersonId starter;
    UnitCode unit;          // empty: the one for which the starter may submit
    ReportContent content;  // may be incomplete: a condition on what is missing does not hold
};

// From a submission on, which is itself no step. The task is issued, or established where the route
// is one of issues.
// Errors: invalid_argument (starter, unit, content members); rules not_issued,
// task_not_established.
[[nodiscard]] Result<Forecast> simulate(const TaskState& task, const RoutePlan& plan,
                                        const SupposedReport& report, const Facts& facts);

}  // namespace duban
