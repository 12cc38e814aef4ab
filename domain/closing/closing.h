// Closing (办结销号): the lead asks that the task be struck off the list.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "domain/report/report.h"

namespace duban {

// Why an indicator that is not met may stand as it is.
struct ExplainedIndicator {
    std::string indicator;
    std::string explanation;
    bool operator==(const ExplainedIndicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExplainedIndicator, (), (indicator, explanation))

struct ClosingContent {
    std::string conclusion;
    std::vector<ExplainedIndicator> indicators;
    std::vector<Evidence> evidence;
    bool operator==(const ClosingContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClosingContent, (), (conclusion, indicators, evidence))

// Earlier revisions are history (task_history.h).
struct Closing : SubjectHead {
    ClosingContent content;  // of the newest revision
    bool operator==(const Closing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Closing, (SubjectHead), (content))

}  // namespace duban
