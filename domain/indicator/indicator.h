// Indicators: quantified targets of a task, the values that reports bring for them and the exact
// attainment of each cell (one indicator in one period).
// No floating point: numbers are Decimals, ratios keep numerator and denominator.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/decimal.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace duban {

// done asks whether something was done (yes or no); judged takes a graded judgement with reasons.
enum class Operator { ge, le, eq, between, done, judged, text };
BOOST_DESCRIBE_ENUM(Operator, ge, le, eq, between, done, judged, text)

// ratio stores two parts; rate_of is a ratio whose denominator is another indicator's value.
enum class ValueKind { count, amount, ratio, rate_of, level };
BOOST_DESCRIBE_ENUM(ValueKind, count, amount, ratio, rate_of, level)

enum class PeriodKind { once, week, month, quarter, term, year };
BOOST_DESCRIBE_ENUM(PeriodKind, once, week, month, quarter, term, year)

enum class Accumulate { sum, last, avg, max };
BOOST_DESCRIBE_ENUM(Accumulate, sum, last, avg, max)

// What is judged by itself: the whole zone, or each member of a named list with a roll-up.
enum class ScopeKind { zone, unit, school, member };
BOOST_DESCRIBE_ENUM(ScopeKind, zone, unit, school, member)
enum class RollUp { all, share, min };
BOOST_DESCRIBE_ENUM(RollUp, all, share, min)
enum class OverRange { ok, flag };
BOOST_DESCRIBE_ENUM(OverRange, ok, flag)
enum class ScheduleKind { none, linear, steps };
BOOST_DESCRIBE_ENUM(ScheduleKind, none, linear, steps)
enum class EvidenceWhen { never, report, closing };
BOOST_DESCRIBE_ENUM(EvidenceWhen, never, report, closing)

struct ScheduleStep {
    Date date;
    std::string value;  // decimal
    bool operator==(const ScheduleStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleStep, (), (date, value))

struct EvidenceNeed {
    std::vector<std::string> kinds;  // media types that count; empty means any
    std::int32_t count_min = 0;
    EvidenceWhen required = EvidenceWhen::never;
    bool operator==(const EvidenceNeed&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvidenceNeed, (), (kinds, count_min, required))

struct Scoring {
    std::string points;   // decimal
    std::string formula;  // words of the issuing document
    std::string cap;      // decimal
    bool veto = false;    // one-vote veto
    bool operator==(const Scoring&) const = default;
};
BOOST_DESCRIBE_STRUCT(Scoring, (), (points, formula, cap, veto))

struct Indicator {
    std::string id;
    std::string name;
    Operator op = Operator::done;
    ValueKind kind = ValueKind::count;
    std::vector<std::string> target;  // one decimal; two for between; none for done, judged, text
    OverRange over = OverRange::ok;   // between: whether more than the upper bound is flagged
    std::string unit;                 // of measure: "名", "%", "元"
    std::int32_t decimals = 2;        // shown
    PeriodKind period = PeriodKind::once;
    Accumulate accumulate = Accumulate::last;
    ScopeKind scope = ScopeKind::zone;
    std::vector<std::string> members;  // scope other than zone: what is judged each by itself
    RollUp roll_up = RollUp::all;
    std::string numerator;    // ratio: what the parts are
    std::string denominator;  // ratio: name; rate_of: id of the other indicator
    std::string base;         // decimals, "" when not given
    std::string start;
    std::string stretch;
    std::optional<Date> valid_from;
    std::optional<Date> valid_until;
    std::vector<std::int32_t> horizon_years;  // "in 3 to 5 years"
    ScheduleKind schedule = ScheduleKind::none;
    std::vector<ScheduleStep> steps;
    EvidenceNeed evidence;
    UnitCode owner;  // reporting unit; empty means the lead
    std::string source;
    std::string check;
    std::optional<Scoring> score;
    bool operator==(const Indicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(Indicator, (),
                      (id, name, op, kind, target, over, unit, decimals, period, accumulate, scope,
                       members, roll_up, numerator, denominator, base, start, stretch, valid_from,
                       valid_until, horizon_years, schedule, steps, evidence, owner, source, check,
                       score))

enum class Grade { met, partly, unmet };
BOOST_DESCRIBE_ENUM(Grade, met, partly, unmet)

// One value of a report. Which members are needed follows from the indicator's op and kind:
// count, amount, level -> value (decimal); ratio -> numerator and denominator; rate_of ->
// numerator; done -> value "yes" or "no"; judged -> grade and note (and the parts when kind is
// ratio); text -> value.
struct ReportedValue {
    std::string indicator;
    std::string member;  // scope other than zone
    std::string period;  // label of the cell; "" means the report's period, made coarser
    std::string value;
    std::string numerator;
    std::string denominator;
    std::optional<Grade> grade;
    std::string note;
    bool operator==(const ReportedValue&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReportedValue, (),
                      (indicator, member, period, value, numerator, denominator, grade, note))

// How a value joins those that stand in its cell already. replace: it is a state, and that of the
// latest period stands; add: it is a sum.
enum class Join { replace, add };
BOOST_DESCRIBE_ENUM(Join, replace, add)

// A value as it stands in a cell, with the report that brought it.
struct CellEntry {
    std::string
        period;  // label of the cell: "once", "2026", "2026-Q1", "2026-03", "2026-T1", "2026-W05"
    std::uint32_t report = 0;
    ReportedValue value;
    std::string reported = {};      // label of the report's period
    std::optional<Join> join = {};  // as the route said; nothing: as the indicator accumulates
    bool operator==(const CellEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(CellEntry, (), (period, report, value, reported, join))

enum class Attainment { met, on_schedule, behind, no_data };
BOOST_DESCRIBE_ENUM(Attainment, met, on_schedule, behind, no_data)

// What a cell (or an indicator, from its newest cell) amounts to.
struct CellResult {
    std::string period;
    std::string actual;  // with the indicator's decimals; members that meet "3/5"; "" without data
    Attainment attainment = Attainment::no_data;
    std::int32_t progress_bp = 0;  // 0 to 10000, rounded down; meaningless with no_data
    bool flagged = false;          // between: above the range although over is flag
    bool operator==(const CellResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(CellResult, (), (period, actual, attainment, progress_bp, flagged))

struct IndicatorResult {
    std::string indicator;
    std::vector<CellResult> cells;  // by period label
    CellResult current;             // the newest cell with data, else no_data
    bool operator==(const IndicatorResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(IndicatorResult, (), (indicator, cells, current))

// Progress of a task: the mean of the indicators that have data, beside how many have none.
struct TaskProgress {
    std::int32_t progress_bp = 0;
    std::int32_t met = 0;
    std::int32_t with_data = 0;
    std::int32_t of = 0;
    bool operator==(const TaskProgress&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskProgress, (), (progress_bp, met, with_data, of))

// Checks a definition. Errors: invalid_argument with the field's path below `path`.
[[nodiscard]] Status check_indicator(const Indicator& indicator, const std::string& path);
// Checks each and all together: unique ids, and every rate_of divides by a plain number of the same
// period (or of the whole task). Errors: invalid_argument with a path such as `<path>[2].id`.
[[nodiscard]] Status check_indicators(const std::vector<Indicator>& indicators,
                                      const std::string& path);

// The label of the cell that a value belongs to: its own period if given, else the report's period
// made as coarse as the indicator's ("2026-03" -> "2026-Q1" or "2026"; any -> "once").
// Errors: invalid_argument when a label is malformed or cannot be made that coarse.
[[nodiscard]] Result<std::string> cell_period(const Indicator& indicator,
                                              const std::string& report_period,
                                              const std::string& value_period,
                                              const std::string& path);
// Kind of a period label. Errors: invalid_argument.
[[nodiscard]] Result<PeriodKind> period_kind(const std::string& label);

// Checks one reported value against its indicator. Errors: invalid_argument with field path.
[[nodiscard]] Status check_value(const Indicator& indicator, const ReportedValue& value,
                                 const std::string& path);

// The result of one indicator from entries (accepted ones, or accepted and pending, as the caller
// chooses), which stand in the order in which they were accepted. `today`, `start` and `due` serve
// the schedule. `others` finds rate_of's denominator.
struct EvaluationContext {
    const std::vector<Indicator>* indicators = nullptr;
    const std::vector<CellEntry>* entries = nullptr;
    Date today;
    std::optional<Date> start;
    std::optional<Date> due;
};
[[nodiscard]] IndicatorResult evaluate(const Indicator& indicator,
                                       const EvaluationContext& context);
[[nodiscard]] TaskProgress task_progress(const EvaluationContext& context);

}  // namespace duban
