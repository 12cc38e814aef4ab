// Amendment on request (申请变更): a unit of the task, or the office, asks that its mandate be
// changed, and an approval decides on it. What the office orders by itself is task.amend.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/indicator/indicator.h"
#include "domain/report/report.h"

namespace duban {

// The members that are given replace those of the mandate.
struct MandateChanges {
    std::optional<std::string> title;
    std::optional<std::string> text;
    std::optional<std::string> document_no;
    std::optional<UnitCode> lead;
    std::optional<std::vector<UnitCode>> co;
    std::optional<Date> due;
    std::optional<PeriodKind> report_period;
    std::optional<std::vector<Indicator>> indicators;
    bool operator==(const MandateChanges&) const = default;
};
BOOST_DESCRIBE_STRUCT(MandateChanges, (),
                      (title, text, document_no, lead, co, due, report_period, indicators))

struct AmendmentContent {
    MandateChanges changes;
    std::string reason;
    bool operator==(const AmendmentContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmendmentContent, (), (changes, reason))

// What an amendment did to the mandate when it was granted: the members that it changed, as they
// were (`due`: the day that counted, with the days of holds) and as they are since.
struct AppliedChanges {
    MandateChanges from;
    MandateChanges to;
    Timestamp at;
    bool operator==(const AppliedChanges&) const = default;
};
BOOST_DESCRIBE_STRUCT(AppliedChanges, (), (from, to, at))

// Earlier revisions are history (task_history.h).
struct Amendment : SubjectHead {
    AmendmentContent content;  // of the newest revision
    MandateChanges from;       // what the mandate said of the same members when that was asked for
    std::optional<AppliedChanges> applied;  // while it stands
    bool operator==(const Amendment&) const = default;
};
BOOST_DESCRIBE_STRUCT(Amendment, (SubjectHead), (content, from, applied))

}  // namespace duban
