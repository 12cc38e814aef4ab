#include "domain/approval/route_values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "domain/amendment/amendment_change.h"
#include "domain/approval/blocks.h"
#include "domain/approval/subject.h"
#include "domain/closing/closing_content.h"
#include "domain/extension/extension_due.h"
#include "domain/report/report.h"
#include "domain/task/mandate_changes.h"

namespace duban {
namespace {

std::uint32_t refusals(const ApprovalNode& run) {
    return static_cast<std::uint32_t>(std::ranges::count(run.slots, Said::no, &Slot::said));
}

std::uint32_t silences(const ApprovalNode& run) {
    return static_cast<std::uint32_t>(
        std::ranges::count(run.slots, SlotState::deemed, &Slot::state));
}

// Of the slots of a task node, or of the units of an each.
template <class InRun, class OfUnit>
std::uint32_t count_in(const Walk& walk, PlaceNo place, const InRun& in_run,
                       const OfUnit& of_unit) {
    if (walk.plan().node(place).kind != NodeKind::each) {
        std::uint32_t all = 0;
        for (const ApprovalNode& run : walk.approval().nodes) {
            if (walk.spot_of(run.node).place == place) all += in_run(run);
        }
        return all;
    }
    const Spot each{place, {}};
    const auto* run = walk.run(each);
    if (run == nullptr) return 0;
    return static_cast<std::uint32_t>(std::ranges::count_if(
        run->units, [&](const UnitRun& one) { return of_unit(walk, each, one.unit); }));
}

using CountOfNode = std::uint32_t (*)(const Walk& walk, PlaceNo place);

// "<node>.dissent_count" and "<node>.deemed_count"; nothing for any other path.
std::optional<std::string> count_value(const Walk& walk, std::string_view path) {
    constexpr std::array<std::pair<std::string_view, CountOfNode>, 2> counts = {
        {{".dissent_count", &dissents_in}, {".deemed_count", &deemed_in}}};
    for (const auto& [suffix, count] : counts) {
        if (!path.ends_with(suffix)) continue;
        const PlaceNo place = walk.plan().find(path.substr(0, path.size() - suffix.size()));
        if (place == no_place) return std::nullopt;
        return std::to_string(count(walk, place));
    }
    return std::nullopt;
}

std::string count_text(std::size_t count) {
    return std::to_string(count);
}

std::string flag_text(bool flag) {
    return flag ? "true" : "false";
}

std::optional<std::string> starter_value(const Walk& walk, std::string_view path) {
    const auto& unit = walk.approval().subject.unit;
    if (path == "starter.unit") return unit.value;
    const Mandate& mandate = *walk.task().mandate;
    if (unit == mandate.lead) return "lead";
    // The office asks for issues and amendments without a part in the task.
    return takes_part(mandate, unit) ? "coop" : "office";
}

std::optional<std::string> task_value(const Walk& walk, std::string_view path) {
    const TaskState& task = walk.task();
    if (path == "task.no") return std::to_string(task.id.no);
    if (path == "task.lead") return task.mandate->lead.value;
    if (path == "task.coop_count") return count_text(task.mandate->co.size());
    if (path == "task.key") return flag_text(task.key);
    const auto due = working_due(task);
    if (path != "task.due" || !due) return std::nullopt;
    return to_string(*due);
}

std::optional<std::string> report_value(const Walk& walk, std::string_view path) {
    const Report* report = walk.report();
    if (report == nullptr) return std::nullopt;
    if (path == "report.period") return report->period;
    if (path == "report.values_count") return count_text(report->content->values.size());
    if (path == "report.evidence_count") return count_text(report->content->evidence.size());
    return std::nullopt;
}

std::optional<std::string> extension_value(const Walk& walk, std::string_view path) {
    const auto& id = walk.approval().subject.id;
    const bool meant = kind_of(id) == SubjectKind::extension;
    const auto* extension = meant ? find_extension(walk.task(), id.no) : nullptr;
    if (extension == nullptr) return std::nullopt;
    if (path == "extension.count") return std::to_string(count_of(walk.task(), *extension));
    if (path == "extension.workdays") {
        return std::to_string(workdays_asked(walk.task(), *extension));
    }
    return std::nullopt;
}

// Of what would change, as the mandate stands: what it says already does not.
std::optional<std::string> amendment_value(const Walk& walk, std::string_view path) {
    const auto& id = walk.approval().subject.id;
    const bool meant = kind_of(id) == SubjectKind::amendment;
    const auto* amendment = meant ? find_amendment(walk.task(), id.no) : nullptr;
    if (amendment == nullptr) return std::nullopt;
    const Mandate& mandate = *walk.task().mandate;
    const auto changes = difference(mandate, changed(mandate, amendment->content.changes));
    if (path == "amendment.changes_units") return flag_text(changes.lead || changes.co);
    if (path == "amendment.changes_due") return flag_text(changes.due.has_value());
    if (path == "amendment.changes_indicators") return flag_text(changes.indicators.has_value());
    if (path != "amendment.workdays") return std::nullopt;
    return std::to_string(workdays_asked(walk.task(), *amendment));
}

std::optional<std::string> issue_value(const Walk& walk, std::string_view path) {
    const auto& id = walk.approval().subject.id;
    const bool meant = kind_of(id) == SubjectKind::issue;
    const auto* issuing = meant ? find_issuing(walk.task(), id.no) : nullptr;
    if (issuing == nullptr) return std::nullopt;
    const IssueTerms& terms = issuing->content.terms;
    if (path == "issue.key") return flag_text(terms.key);
    const auto due = terms.due ? terms.due : walk.task().mandate->due;
    if (path != "issue.due" || !due) return std::nullopt;
    return to_string(*due);
}

std::optional<std::string> closing_value(const Walk& walk, std::string_view path) {
    const auto& id = walk.approval().subject.id;
    const bool meant = kind_of(id) == SubjectKind::closing;
    const auto* closing = meant ? find_closing(walk.task(), id.no) : nullptr;
    if (closing == nullptr) return std::nullopt;
    const TaskState& task = walk.task();
    if (path == "evidence.missing") return count_text(missing_evidence(task, closing->content));
    const Date today = office_date(walk.facts().now);
    return count_text(met_or_explained(task, closing->content, today));
}

std::optional<std::string> other_value(const Walk& walk, std::string_view path) {
    if (path == "indicators.met_or_explained" || path == "evidence.missing") {
        return closing_value(walk, path);
    }
    if (path == "revision") return std::to_string(walk.approval().revision);
    if (path == "submitted_at") return to_string(office_date(walk.approval().started));
    if (path == "indicators.count") return count_text(walk.task().mandate->indicators.size());
    return std::nullopt;
}

}  // namespace

std::uint32_t dissents_in(const Walk& walk, PlaceNo place) {
    return count_in(walk, place, &refusals, &has_refusal);
}

std::uint32_t deemed_in(const Walk& walk, PlaceNo place) {
    return count_in(walk, place, &silences, &has_silence);
}

PathValues values_of(const Walk& walk) {
    return [&walk](std::string_view path) -> std::optional<std::string> {
        // A node may have the name of a subject.
        if (auto count = count_value(walk, path)) return count;
        if (path.starts_with("starter.")) return starter_value(walk, path);
        if (path.starts_with("task.")) return task_value(walk, path);
        if (path.starts_with("report.")) return report_value(walk, path);
        if (path.starts_with("extension.")) return extension_value(walk, path);
        if (path.starts_with("amendment.")) return amendment_value(walk, path);
        if (path.starts_with("issue.")) return issue_value(walk, path);
        return other_value(walk, path);
    };
}

}  // namespace duban
