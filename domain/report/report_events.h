// The events of reports. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/report/report.h"

namespace duban {

struct ReportDrafted {
    static constexpr EventType type{"report.drafted", 1, Audience::own_unit, EventRole::draft};
    TaskId task;
    UnitCode unit;
    ReportContent content;
    bool operator==(const ReportDrafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportDrafted, (), (task, unit, content))

// The first revision of a report. A draft of the unit is used up by it.
struct ReportSubmitted {
    static constexpr EventType type{"report.submitted", 1, Audience::task_units, EventRole::act};
    ReportId report;
    UnitCode unit;
    Digest revision_digest;
    ReportContent content;
    bool operator==(const ReportSubmitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportSubmitted, (), (report, unit, revision_digest, content))

struct ReportRevised {
    static constexpr EventType type{"report.revised", 1, Audience::task_units, EventRole::act};
    ReportId report;
    UnitCode unit;
    std::uint32_t revision = 0;
    Digest revision_digest;
    ReportContent content;
    bool operator==(const ReportRevised&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportRevised, (), (report, unit, revision, revision_digest, content))

// 原样再报: a returned report is submitted again as it was, with the reason.
struct ReportRepeated {
    static constexpr EventType type{"report.repeated", 1, Audience::task_units, EventRole::act};
    ReportId report;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string note;
    bool operator==(const ReportRepeated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportRepeated, (), (report, unit, revision, note))

// The effect accept_values: these values count from here on.
struct ReportAccepted {
    static constexpr EventType type{"report.accepted", 1, Audience::task_units, EventRole::follows};
    ReportId report;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::vector<CellEntry> values;
    bool operator==(const ReportAccepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportAccepted, (), (report, revision, revision_digest, values))

struct ReportRejected {
    static constexpr EventType type{"report.rejected", 1, Audience::task_units, EventRole::follows};
    ReportId report;
    std::uint32_t revision = 0;
    bool operator==(const ReportRejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportRejected, (), (report, revision))

// 更正: what was accepted from that revision of the report counts as `to` from here on. The report
// keeps what it said.
struct ValueCorrected {
    static constexpr EventType type{"report.value_corrected", 1, Audience::task_units,
                                    EventRole::act};
    ReportId report;
    UnitCode unit;
    std::uint32_t revision = 0;
    std::string period;  // label of the cell
    ReportedValue from;
    ReportedValue to;
    std::string reason;
    bool operator==(const ValueCorrected&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValueCorrected, (), (report, unit, revision, period, from, to, reason))

// Each event of the family.
#define DUBAN_REPORT_EVENTS(EVENT) \
    EVENT(ReportDrafted)           \
    EVENT(ReportSubmitted)         \
    EVENT(ReportRevised)           \
    EVENT(ReportRepeated)          \
    EVENT(ReportAccepted)          \
    EVENT(ReportRejected)          \
    EVENT(ValueCorrected)

DUBAN_REPORT_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
