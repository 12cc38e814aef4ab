// Extension (延期): a unit asks for a later day. The lead's moves the task's day, a cooperating
// unit's only that of its own part.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "domain/base/civil_time.h"
#include "domain/report/report.h"

namespace duban {

struct ExtensionContent {
    Date new_due;
    std::string reason;
    bool operator==(const ExtensionContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExtensionContent, (), (new_due, reason))

// A day that was moved: from the one that counted to the new one.
struct DueMove {
    Date from;
    Date to;
    Timestamp at;
    bool operator==(const DueMove&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueMove, (), (from, to, at))

// Earlier revisions are history (task_history.h).
struct Extension : SubjectHead {
    ExtensionContent content;      // of the newest revision
    std::optional<DueMove> moved;  // what it has moved
    bool operator==(const Extension&) const = default;
};
BOOST_DESCRIBE_STRUCT(Extension, (SubjectHead), (content, moved))

}  // namespace duban
