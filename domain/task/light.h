// Lights and lateness: computed from the task and the present day, never stored.
// The rules are data (a table of condition, colour and label); the light is the worst that applies.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/task/task.h"

namespace duban {

// From good to bad, after none.
enum class Light { none, green, yellow, red };
BOOST_DESCRIBE_ENUM(Light, none, green, yellow, red)

enum class LightCondition {
    overdue,
    sign_in_late,
    report_late,
    due_soon,
    behind_schedule,
    on_schedule
};
BOOST_DESCRIBE_ENUM(LightCondition, overdue, sign_in_late, report_late, due_soon, behind_schedule,
                    on_schedule)

struct LightRule {
    LightCondition when = LightCondition::on_schedule;
    Light colour = Light::green;
    const char* label = "";  // shown to people
};

// 绿/黄/红 of the common scheme.
[[nodiscard]] const std::vector<LightRule>& default_light_rules();

inline constexpr int due_soon_days = 7;

// What decides a light, for people to read.
struct TaskLight {
    Light light = Light::none;
    std::string label;
    std::int32_t days_left = 0;           // to working_due; negative when past; 0 without one
    std::vector<UnitCode> unsigned_late;  // units whose sign-in is late
    std::vector<UnitCode> signed_late;  // units that signed in after their last day, for ever shown
    bool operator==(const TaskLight&) const = default;
};

// Not issued or held: none. Done: as late as it was on the day on which it was finished. `today` is
// the office's civil day.
[[nodiscard]] TaskLight task_light(const TaskState& task, Date today,
                                   const std::vector<LightRule>& rules);
// The last day of the oldest report period that the lead has not reported for, if the task has a
// report period; capped by working_due.
[[nodiscard]] std::optional<Date> next_report_due(const TaskState& task, Date today);

}  // namespace duban
