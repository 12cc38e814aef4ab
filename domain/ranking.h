// Ranking: how the units of a plan stand beside each other, counted from the tasks themselves.
// Every rate is a count and what it is a part of; nothing is divided before it is shown.
// Not an evaluation: nothing here is stored, and no points are given.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/task.h"

namespace duban {

struct Rate {
    std::int64_t count = 0;
    std::int64_t of = 0;
    bool operator==(const Rate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rate, (), (count, of))

struct UnitStanding {
    std::int32_t rank = 0;  // units that stand alike share one
    UnitCode unit;
    std::int64_t leads = 0;       // tasks that the unit leads
    std::int64_t takes_part = 0;  // tasks in which it cooperates
    Rate sign_in;                 // 签收及时率: of the sign-ins that were made or are late
    std::int64_t objections = 0;  // 退签
    Rate returned;                // 退回率: rounds that were returned, of the revisions submitted
    std::int64_t accepted = 0;    // reports
    std::int64_t red = 0;         // lights of the tasks that it leads, today
    std::int64_t yellow = 0;
    bool operator==(const UnitStanding&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitStanding, (),
                      (rank, unit, leads, takes_part, sign_in, objections, returned, accepted, red,
                       yellow))

// Days, inclusive. Assignments count by the day on which they were given, revisions and decisions
// by their own. Lights are today's whatever the days are.
struct RankingDays {
    std::optional<Date> from;
    std::optional<Date> until;
};

// The share of sign-ins in time, the higher the better; among equals the share of returned
// revisions, the lower the better; among equals the order in which the tasks name the units. A unit
// of which nothing is known in the one stands after those of which something is.
[[nodiscard]] std::vector<UnitStanding> ranking(const std::vector<TaskState>& tasks, Date today,
                                                const RankingDays& days);

}  // namespace duban
