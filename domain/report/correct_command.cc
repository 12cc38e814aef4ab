// 更正: the office corrects a value that was accepted. The report keeps what it said.
#include <utility>
#include <vector>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

constexpr std::size_t values_named_max = 10;

Result<const Indicator*> require_indicator(const Mandate& mandate, const std::string& id) {
    for (const Indicator& indicator : mandate.indicators) {
        if (indicator.id == id) return &indicator;
    }
    return fail(Errc::invalid_argument,
                "The task has no indicator \"" + id + "\"; name one of its own.", "indicator");
}

UnitCode unit_of(const TaskState& task, const CellEntry& entry) {
    const Report* report = find_report(task, entry.report);
    return report == nullptr ? UnitCode{} : report->unit;
}

// "2026-09 of jtj (p/1/r1)", for those who have to name one of them.
std::string named(const TaskState& task, const std::vector<const CellEntry*>& entries) {
    std::string text;
    for (std::size_t i = 0; i < entries.size() && i < values_named_max; ++i) {
        const CellEntry& entry = *entries[i];
        text += (text.empty() ? "" : ", ") +
                (entry.reported.empty() ? entry.period : entry.reported) + " of " +
                unit_of(task, entry).value + " (" + to_string(ReportId{task.id, entry.report}) +
                ")";
    }
    return text + (entries.size() > values_named_max ? ", …" : "");
}

// The period of the cell, or that for which the report was.
bool is_meant(const TaskState& task, const CellEntry& entry, const CorrectValue& command) {
    return (command.period == entry.period || command.period == entry.reported) &&
           (command.report == 0 || command.report == entry.report) &&
           (command.unit.empty() || command.unit == unit_of(task, entry));
}

Result<const CellEntry*> require_accepted(const TaskState& task, const CorrectValue& command) {
    std::vector<const CellEntry*> there;
    std::vector<const CellEntry*> meant;
    for (const CellEntry& entry : *task.accepted) {
        if (entry.value.indicator != command.value.indicator ||
            entry.value.member != command.value.member ||
            find_report(task, entry.report) == nullptr) {
            continue;
        }
        there.push_back(&entry);
        if (is_meant(task, entry, command)) meant.push_back(&entry);
    }
    if (meant.size() == 1) return meant.front();
    if (!meant.empty()) {
        return fail(
            Errc::invalid_argument,
            "Several accepted values are meant: " + named(task, meant) + "; name the report.",
            "report");
    }
    const std::string known =
        there.empty() ? "none is accepted" : "accepted is " + named(task, there);
    return refuse("not_accepted",
                  "There is no accepted value of \"" + command.value.indicator + "\" for " +
                      command.period + " that this names: " + known +
                      ". What is not accepted yet is changed in its report.",
                  "period");
}

bool has_plain_number(const Indicator& indicator) {
    const bool number = indicator.op == Operator::ge || indicator.op == Operator::le ||
                        indicator.op == Operator::eq || indicator.op == Operator::between;
    return number && indicator.kind != ValueKind::ratio && indicator.kind != ValueKind::rate_of;
}

std::size_t decimals_of(const std::string& number) {
    const std::string text = to_string(parse_decimal(number).value_or(Decimal{}));
    const auto point = text.find('.');
    return point == std::string::npos ? 0 : text.size() - point - 1;
}

Status check_corrected(const Indicator& indicator, const ReportedValue& value) {
    auto checked = check_value(indicator, value, "");
    if (!checked) {
        // The parts of the value stand beside the indicator's id.
        Error error = checked.error();
        if (error.field.starts_with('.')) error.field.erase(0, 1);
        return tl::unexpected<Error>(std::move(error));
    }
    if (!has_plain_number(indicator)) return {};
    if (decimals_of(value.value) <= static_cast<std::size_t>(indicator.decimals)) return {};
    return fail(Errc::invalid_argument,
                "\"" + indicator.id + "\" is shown with " + std::to_string(indicator.decimals) +
                    " decimals; give no more, or what was corrected would not be seen.",
                "value");
}

bool same_text(const std::string& a, const std::string& b) {
    if (a == b) return true;
    const auto one = parse_decimal(a);
    const auto two = parse_decimal(b);
    return one && two && *one == *two;
}

// Reasons belong to a judgement; a note beside a number says nothing that counts.
bool says_the_same(const Indicator& indicator, const ReportedValue& a, const ReportedValue& b) {
    const bool judged = indicator.op == Operator::judged;
    return same_text(a.value, b.value) && same_text(a.numerator, b.numerator) &&
           same_text(a.denominator, b.denominator) && a.grade == b.grade &&
           (!judged || a.note == b.note);
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const CorrectValue& command,
                                   const Facts& facts) {
    const auto capacity = require_desk(task, facts, "correct accepted values of a task");
    if (!capacity) return refusal(capacity);
    const auto indicator = require_indicator(*task.mandate, command.value.indicator);
    auto checked = require_not_held(task, "correct a value of it")
                       .and_then([&] {
                           return require_text(command.reason, "reason", opinion_characters_max);
                       })
                       .and_then([&]() -> Status {
                           if (indicator) return {};
                           return refusal(indicator);
                       })
                       .and_then([&] { return check_corrected(**indicator, command.value); });
    if (!checked) return refusal(checked);
    const auto found = require_accepted(task, command);
    if (!found) return refusal(found);
    const CellEntry& entry = **found;
    if (says_the_same(**indicator, entry.value, command.value)) {
        return refuse("unchanged",
                      "This is the value that is accepted already; give the right one.", "value");
    }
    const Report* report = find_report(task, entry.report);
    DUBAN_ASSERT(report != nullptr);
    ReportedValue to = command.value;
    to.period = entry.value.period;
    return decision(
        *capacity, {ValueCorrected{ReportId{task.id, entry.report}, report->unit, report->newest.no,
                                   entry.period, entry.value, std::move(to), command.reason}});
}

DUBAN_DEFINE_COMMAND(CorrectValue)

}  // namespace duban
