#include "domain/report/report_preview.h"

#include <algorithm>
#include <utility>

#include "domain/indicator/cell_value.h"
#include "domain/indicator/period.h"
#include "domain/indicator/reached.h"

namespace duban {
namespace {

const EffectSpec* accepting_among(const std::vector<EffectSpec>& effects) {
    const auto found = std::ranges::find(effects, Effect::accept_values, &EffectSpec::do_);
    return found == effects.end() ? nullptr : &*found;
}

// Before and after, which differ in the report's entries at the end alone.
struct Comparison {
    EvaluationContext before;
    EvaluationContext after;
};

std::string amount_of(const Indicator& indicator, const EvaluationContext& context,
                      const CellKey& key) {
    const auto reached = reached_in(indicator, context, key);
    return reached ? reached->actual : std::string();
}

std::vector<CellEntry> counted(const Indicator& indicator, const EvaluationContext& context,
                               const CellKey& key) {
    std::vector<CellEntry> entries;
    for (const CellEntry* entry : counted_entries(indicator, context, key)) {
        entries.push_back(*entry);
    }
    return entries;
}

ValuePreview value_preview(const Indicator& indicator, const Comparison& compared,
                           const CellEntry& entry) {
    const CellKey key{indicator.id, entry.period, entry.value.member};
    ValuePreview preview;
    preview.entry = entry;
    preview.before = amount_of(indicator, compared.before, key);
    preview.after = amount_of(indicator, compared.after, key);
    auto counting = counted(indicator, compared.after, key);
    const auto own = std::ranges::find(counting, entry);
    preview.counts = own != counting.end();
    if (preview.counts) counting.erase(own);
    for (CellEntry& old : counted(indicator, compared.before, key)) {
        if (std::ranges::find(counting, old) == counting.end()) {
            preview.replaces.push_back(std::move(old));
        } else if (preview.counts) {
            if (overlap(old.reported, entry.reported)) preview.overlaps.push_back(old);
            preview.joins.push_back(std::move(old));
        }
    }
    return preview;
}

}  // namespace

const EffectSpec* accepting_effect(const RoutePlan& plan) {
    if (const auto* effect = accepting_among(plan.route().on.pass)) return effect;
    for (PlaceNo place = 0; place < plan.size(); ++place) {
        const RouteNode& node = plan.node(place);
        if (node.kind != NodeKind::auto_ || node.result != AutoResult::pass) continue;
        if (const auto* effect = accepting_among(node.effects)) return effect;
    }
    return nullptr;
}

ReportPreview preview_of(const TaskState& task, const std::vector<CellEntry>& cells, Date today) {
    std::vector<CellEntry> all = *task.accepted;
    all.insert(all.end(), cells.begin(), cells.end());
    const auto& indicators = task.mandate->indicators;
    const auto context = [&](const std::vector<CellEntry>& entries) {
        return EvaluationContext{&indicators, &entries, today, working_start(task),
                                 working_due(task)};
    };
    const Comparison compared{context(*task.accepted), context(all)};
    ReportPreview preview;
    preview.before = task_progress(compared.before);
    preview.after = task_progress(compared.after);
    for (const CellEntry& entry : cells) {
        const auto of = std::ranges::find(indicators, entry.value.indicator,
                                          [](const Indicator& one) { return one.id; });
        DUBAN_ASSERT(of != indicators.end());
        preview.values.push_back(value_preview(*of, compared, entry));
    }
    for (const Indicator& indicator : indicators) {
        IndicatorPreview one{indicator.id, evaluate(indicator, compared.before).current,
                             evaluate(indicator, compared.after).current};
        const bool reported = std::ranges::any_of(
            cells, [&](const CellEntry& entry) { return entry.value.indicator == indicator.id; });
        if (reported || one.before != one.after) preview.indicators.push_back(std::move(one));
    }
    return preview;
}

}  // namespace duban
