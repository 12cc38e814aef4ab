#include "domain/report/report_content.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "domain/task/guards.h"

namespace duban {
namespace {

constexpr std::size_t period_label_characters_max = std::string_view("2026-W05").size();
constexpr std::size_t decimal_characters_max = 20;

std::string at(const char* list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "]";
}

Status check_label(const std::string& label) {
    const auto kind = period_kind(label);
    if (kind) return {};
    return fail(Errc::invalid_argument, kind.error().detail, "period");
}

bool is_digest(const std::string& text) {
    constexpr std::string_view prefix = "sha256:";
    return text.starts_with(prefix) && text.size() == prefix.size() + 64 &&
           std::all_of(text.begin() + prefix.size(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Status check_limits(const ReportContent& content) {
    if (content.values.size() > values_max) {
        return fail(Errc::invalid_argument,
                    "A report has at most " + std::to_string(values_max) + " values.", "values");
    }
    return limit_text(content.summary, "summary", text_characters_max)
        .and_then([&] { return limit_text(content.problems, "problems", text_characters_max); })
        .and_then(
            [&] { return limit_text(content.next_steps, "next_steps", text_characters_max); });
}

// A draft's values may be unfinished, but they are kept and shown as they are.
Status check_value_texts(const std::vector<ReportedValue>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& value = values[i];
        const std::tuple<const char*, const std::string*, std::size_t> texts[] = {
            {".indicator", &value.indicator, code_bytes_max},
            {".member", &value.member, title_characters_max},
            {".period", &value.period, period_label_characters_max},
            {".value", &value.value, opinion_characters_max},
            {".numerator", &value.numerator, decimal_characters_max},
            {".denominator", &value.denominator, decimal_characters_max},
            {".note", &value.note, opinion_characters_max}};
        for (const auto& [name, text, characters_max] : texts) {
            if (auto limited = limit_text(*text, at("values", i) + name, characters_max);
                !limited) {
                return limited;
            }
        }
    }
    return {};
}

const Indicator* find_indicator(const Mandate& mandate, const std::string& id) {
    const auto found = std::find_if(mandate.indicators.begin(), mandate.indicators.end(),
                                    [&](const Indicator& indicator) { return indicator.id == id; });
    return found == mandate.indicators.end() ? nullptr : &*found;
}

tl::unexpected<Error> unknown_indicator(const std::string& id, std::size_t index) {
    return fail(Errc::invalid_argument, "The task has no indicator \"" + id + "\".",
                at("values", index) + ".indicator");
}

// The lead reports for all; another unit reports on the indicators that it owns.
Status check_owner(const Indicator& indicator, const Mandate& mandate, const UnitCode& unit,
                   std::size_t index) {
    if (unit == mandate.lead || unit == indicator.owner) return {};
    const auto& owner = indicator.owner.empty() ? mandate.lead : indicator.owner;
    return fail(
        Errc::invalid_argument,
        "\"" + indicator.id + "\" is reported by " + owner.value + ", not by " + unit.value + ".",
        at("values", index) + ".indicator");
}

Status check_fit(const ReportContent& content, const Mandate& mandate, const UnitCode& unit) {
    for (std::size_t i = 0; i < content.values.size(); ++i) {
        const auto& value = content.values[i];
        const auto* indicator = find_indicator(mandate, value.indicator);
        if (indicator == nullptr) return unknown_indicator(value.indicator, i);
        auto checked = check_owner(*indicator, mandate, unit, i).and_then([&] {
            return check_value(*indicator, value, at("values", i));
        });
        if (!checked) return checked;
    }
    return {};
}

Status check_cells(const ReportContent& content, const Mandate& mandate) {
    const auto cells = cells_of(content, mandate, 0);
    if (!cells) return refusal(cells);
    std::set<std::tuple<std::string, std::string, std::string>> seen;
    for (std::size_t i = 0; i < cells->size(); ++i) {
        const auto& entry = (*cells)[i];
        if (seen.emplace(entry.value.indicator, entry.value.member, entry.period).second) continue;
        return fail(Errc::invalid_argument,
                    "Two values are given for \"" + entry.value.indicator + "\" in the cell " +
                        entry.period + "; give one.",
                    at("values", i));
    }
    return {};
}

Status check_evidence_needs(const ReportContent& content, const Mandate& mandate) {
    for (const auto& value : content.values) {
        const auto* indicator = find_indicator(mandate, value.indicator);
        if (indicator == nullptr) continue;
        const auto& need = indicator->evidence;
        if (need.required != EvidenceWhen::report) continue;
        const auto count = count_of_kinds(content.evidence, need);
        if (count >= need.count_min) continue;
        return refuse("evidence_missing",
                      "The indicator \"" + indicator->id + "\" needs at least " +
                          std::to_string(need.count_min) + " attachments of its kinds; " +
                          std::to_string(count) + " are given.",
                      "evidence");
    }
    return {};
}

}  // namespace

Status check_evidence(const std::vector<Evidence>& evidence) {
    if (evidence.size() > evidence_max) {
        return fail(Errc::invalid_argument,
                    "A report has at most " + std::to_string(evidence_max) + " attachments.",
                    "evidence");
    }
    std::set<Digest> seen;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        const auto& one = evidence[i];
        if (!is_digest(one.digest.value)) {
            return fail(Errc::invalid_argument,
                        "A digest is \"sha256:\" and 64 lower-case hex digits, as the upload "
                        "answered.",
                        at("evidence", i) + ".digest");
        }
        if (!seen.insert(one.digest).second) {
            return fail(Errc::invalid_argument, "The same file is attached twice.",
                        at("evidence", i) + ".digest");
        }
        if (!is_file_name(one.name)) {
            return fail(Errc::invalid_argument, file_name_form, at("evidence", i) + ".name");
        }
        if (!one.media_type.empty() && !is_name(one.media_type)) {
            return fail(Errc::invalid_argument, name_form, at("evidence", i) + ".media_type");
        }
    }
    return {};
}

std::int32_t count_of_kinds(const std::vector<Evidence>& evidence, const EvidenceNeed& need) {
    const auto counts = [&](const Evidence& one) {
        return need.kinds.empty() ||
               std::ranges::find(need.kinds, one.media_type) != need.kinds.end();
    };
    return static_cast<std::int32_t>(std::ranges::count_if(evidence, counts));
}

Status check_draft(const ReportContent& content) {
    if (!content.period.empty()) {
        auto label = check_label(content.period);
        if (!label) return label;
    }
    return check_limits(content)
        .and_then([&] { return check_value_texts(content.values); })
        .and_then([&] { return check_evidence(content.evidence); });
}

Status check_values(const ReportContent& content, const Mandate& mandate, const UnitCode& unit) {
    return check_label(content.period)
        .and_then([&] { return check_limits(content); })
        .and_then([&] { return check_fit(content, mandate, unit); })
        .and_then([&] { return check_cells(content, mandate); });
}

Status check_period_free(const TaskState& task, const UnitCode& unit, const std::string& period) {
    for (const auto& report : task.reports) {
        if (report.unit != unit || report.state != ReportState::accepted ||
            report.period != period) {
            continue;
        }
        return refuse("period_accepted",
                      "The report of " + unit.value + " for " + period + " is accepted already (" +
                          to_string(ReportId{task.id, report.no}) +
                          "), and its values are not added once more; a wrong one is corrected by "
                          "the office.",
                      "period");
    }
    return {};
}

Status check_content(const ReportContent& content, const Mandate& mandate, const UnitCode& unit) {
    return check_label(content.period)
        .and_then([&] { return require_text(content.summary, "summary", text_characters_max); })
        .and_then([&] { return check_limits(content); })
        .and_then([&] { return check_fit(content, mandate, unit); })
        .and_then([&] { return check_cells(content, mandate); })
        .and_then([&] { return check_evidence(content.evidence); })
        .and_then([&] { return check_evidence_needs(content, mandate); });
}

Result<std::vector<CellEntry>> cells_of(const ReportContent& content, const Mandate& mandate,
                                        std::uint32_t report) {
    std::vector<CellEntry> cells;
    for (std::size_t i = 0; i < content.values.size(); ++i) {
        const auto& value = content.values[i];
        const auto* indicator = find_indicator(mandate, value.indicator);
        if (indicator == nullptr) return unknown_indicator(value.indicator, i);
        auto period =
            cell_period(*indicator, content.period, value.period, at("values", i) + ".period");
        if (!period) return refusal(period);
        cells.push_back(CellEntry{std::move(*period), report, value, content.period});
    }
    return cells;
}

}  // namespace duban
