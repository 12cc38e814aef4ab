// Issue on request (交办审批): the office asks that an established task be given to its units on
// these terms, and an approval decides on it. What needs no approval is task.issue.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/civil_time.h"
#include "domain/indicator/indicator.h"
#include "domain/report/report.h"

namespace duban {

struct DutyText {
    UnitCode unit;
    std::string duty;
    bool operator==(const DutyText&) const = default;
};
BOOST_DESCRIBE_STRUCT(DutyText, (), (unit, duty))

struct IssueTerms {
    std::optional<Date> due;      // required unless the mandate has one
    std::optional<Date> sign_by;  // default: sign_in_days after the day of the issue
    std::optional<PeriodKind> report_period;
    std::vector<DutyText> duties;
    bool key = false;
    std::vector<RouteBinding> routes;
    bool operator==(const IssueTerms&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssueTerms, (), (due, sign_by, report_period, duties, key, routes))

struct IssuingContent {
    IssueTerms terms;
    std::string reason;
    bool operator==(const IssuingContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuingContent, (), (terms, reason))

// Earlier revisions are history (task_history.h).
struct Issuing : SubjectHead {
    IssuingContent content;  // of the newest revision
    bool operator==(const Issuing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Issuing, (SubjectHead), (content))

}  // namespace duban
