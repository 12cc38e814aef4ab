#include "domain/closing/closing_content.h"

#include <algorithm>
#include <set>
#include <string>

#include "domain/report/report_content.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

std::string indicator_at(std::size_t index) {
    return "indicators[" + std::to_string(index) + "]";
}

Status check_explanations(const ClosingContent& content, const Mandate& mandate) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < content.indicators.size(); ++i) {
        const auto& one = content.indicators[i];
        const bool known = std::ranges::any_of(mandate.indicators, [&](const Indicator& indicator) {
            return indicator.id == one.indicator;
        });
        if (!known) {
            return fail(Errc::invalid_argument,
                        "The task has no indicator \"" + one.indicator + "\"; name one of its own.",
                        indicator_at(i) + ".indicator");
        }
        if (!seen.insert(one.indicator).second) {
            return fail(Errc::invalid_argument, "This indicator is named twice; explain it once.",
                        indicator_at(i) + ".indicator");
        }
        auto checked =
            require_text(one.explanation, indicator_at(i) + ".explanation", opinion_characters_max);
        if (!checked) return checked;
    }
    return {};
}

bool is_explained(const ClosingContent& content, const std::string& indicator) {
    return std::ranges::any_of(content.indicators, [&](const ExplainedIndicator& one) {
        return one.indicator == indicator;
    });
}

}  // namespace

Status check_closing_content(const ClosingContent& content, const Mandate& mandate) {
    return require_text(content.conclusion, "conclusion", text_characters_max)
        .and_then([&] { return check_explanations(content, mandate); })
        .and_then([&] { return check_evidence(content.evidence); });
}

std::uint32_t met_or_explained(const TaskState& task, const ClosingContent& content, Date today) {
    const EvaluationContext context{&task.mandate->indicators, &*task.accepted, today,
                                    working_start(task), working_due(task)};
    return static_cast<std::uint32_t>(
        std::ranges::count_if(task.mandate->indicators, [&](const Indicator& indicator) {
            return is_explained(content, indicator.id) ||
                   evaluate(indicator, context).current.attainment == Attainment::met;
        }));
}

std::uint32_t missing_evidence(const TaskState& task, const ClosingContent& content) {
    std::uint32_t missing = 0;
    for (const Indicator& indicator : task.mandate->indicators) {
        const EvidenceNeed& need = indicator.evidence;
        if (need.required != EvidenceWhen::closing) continue;
        const auto given = count_of_kinds(content.evidence, need);
        if (given < need.count_min) missing += static_cast<std::uint32_t>(need.count_min - given);
    }
    return missing;
}

}  // namespace duban
