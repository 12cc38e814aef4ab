// Reports: their contents, their immutable revisions, and what hangs on them; what a report shares
// with the other subjects of approvals. A report's row in a view is what is described of it,
// without the content. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/part.h"
#include "domain/indicator/indicator.h"

namespace duban {

// An attachment: the record holds what it is; the bytes are kept beside it by digest.
struct Evidence {
    Digest digest;
    std::uint64_t bytes = 0;
    std::string media_type;
    std::string name;
    bool operator==(const Evidence&) const = default;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (digest, bytes, media_type, name))

struct ReportContent {
    std::string period;  // label: "2026-03", "2026-Q1", "2026", "2026-T1", "2026-W05" or "once"
    std::string summary;
    std::string problems;
    std::string next_steps;
    std::vector<ReportedValue> values;
    std::vector<Evidence> evidence;
    bool operator==(const ReportContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportContent, (), (period, summary, problems, next_steps, values, evidence))

// Numbered from 1; never changed. The digest is of the canonical bytes of the content.
struct Revision {
    std::uint32_t no = 0;
    Digest digest;
    PersonId author;
    Timestamp time;
    bool operator==(const Revision&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revision, (), (no, digest, author, time))

// withdrawn, ended, revoked, voided: its approval was, before or after its end.
enum class ReportState {
    in_approval,
    returned,
    accepted,
    rejected,
    withdrawn,
    ended,
    revoked,
    voided
};
BOOST_DESCRIBE_ENUM(ReportState, in_approval, returned, accepted, rejected, withdrawn, ended,
                    revoked, voided)

// What is known of every subject of an approval, whatever its kind. A kind adds what it holds.
struct SubjectHead {
    std::uint32_t no = 0;
    UnitCode unit;
    ReportState state = ReportState::in_approval;
    std::uint32_t approval = 0;     // number of the approval that judges it
    Timestamp submitted;            // time of revision 1
    std::vector<PersonId> authors;  // of all revisions, each once, the first first
    Revision newest;
    bool operator==(const SubjectHead&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubjectHead, (), (no, unit, state, approval, submitted, authors, newest))

// What decisions ask of a report. Its earlier revisions are history (task_history.h).
struct Report : SubjectHead {
    std::string period;           // of the newest content
    Part<ReportContent> content;  // the newest, while the report is open; then history alone has it
    bool operator==(const Report&) const = default;
};
BOOST_DESCRIBE_STRUCT(Report, (SubjectHead), (period))

// In approval or returned: not decided yet.
[[nodiscard]] inline bool is_open(const SubjectHead& subject) {
    return subject.state == ReportState::in_approval || subject.state == ReportState::returned;
}

// A unit's unsent work. Only the unit's own persons see it.
struct Draft {
    UnitCode unit;
    PersonId author;
    Timestamp time;
    ReportContent content;
    bool operator==(const Draft&) const = default;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (unit, author, time, content))

}  // namespace duban
