// The ranking of a plan's units: what each has done with the parts that were given to it, as counts
// with what they are counted of, never as a bare percentage, and the order that follows. Closing
// has no figure here: tasks are not closed by anybody yet.
// A pure function of the tasks and what is over in them; contents of reports are not read.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/task/task_history.h"

namespace duban {

// From the first to the last day inclusive; open where no day is given.
struct RankingPeriod {
    std::optional<Date> from;
    std::optional<Date> until;
    bool operator==(const RankingPeriod&) const = default;
};

struct Share {
    std::int32_t numerator = 0;
    std::int32_t denominator = 0;
    bool operator==(const Share&) const = default;
};
BOOST_DESCRIBE_STRUCT(Share, (), (numerator, denominator))

// A part counts in the period in which it was given, a sign-in in that of its last day, a revision
// in that of its submission, a report in that of its first revision.
struct UnitFigures {
    UnitCode unit;
    std::int32_t place = 0;       // from 1; the same for equals
    std::int32_t led = 0;         // tasks in which it has the lead
    std::int32_t taken_part = 0;  // tasks in which it cooperates
    // 签收及时率, of those that were due: signed in, or not signed in and past the last day, where
    // a hold that is still open has stopped the clock. A part that was taken back unsigned is not.
    Share signed_in_time;
    Share objections;          // 退签: parts that it objected to, of the parts given
    Share returned_revisions;  // 退回率: revisions that were returned by anyone, each once
    Share accepted_reports;    // of the reports submitted
    Share red;                 // tasks by the lights of the day, of those led and taken part in
    Share yellow;
    bool operator==(const UnitFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitFigures, (),
                      (unit, place, led, taken_part, signed_in_time, objections, returned_revisions,
                       accepted_reports, red, yellow))

// One row for every unit that the tasks name, ordered by signed_in_time, the greater rate first,
// then by returned_revisions, the smaller rate first, then as the tasks name them, the lead before
// the others. A rate of nothing is a full one for sign-ins and none for returns.
[[nodiscard]] std::vector<UnitFigures> rank_units(const std::vector<TaskRecord>& tasks,
                                                  const RankingPeriod& period, Date today);

}  // namespace duban
