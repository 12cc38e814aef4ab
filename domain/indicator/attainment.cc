#include <algorithm>
#include <set>

#include "domain/indicator/cell_value.h"
#include "domain/indicator/indicator.h"
#include "domain/indicator/reached.h"
#include "domain/indicator/schedule.h"

namespace duban {
namespace {

CellResult judge(const Indicator& indicator, const EvaluationContext& context, const CellKey& key) {
    CellResult result;
    result.period = key.period;
    const auto reached = reached_in(indicator, context, key);
    if (!reached) return result;
    result.actual = reached->actual;
    result.progress_bp = reached->progress_bp;
    result.flagged = reached->flagged;
    if (reached->met) {
        result.attainment = Attainment::met;
    } else {
        const bool in_time = is_on_schedule(indicator, reached->number,
                                            work_span(key.period, context), context.today);
        result.attainment = in_time ? Attainment::on_schedule : Attainment::behind;
    }
    return result;
}

bool is_worse(const CellResult& a, const CellResult& b) {
    const bool a_met = a.attainment == Attainment::met;
    const bool b_met = b.attainment == Attainment::met;
    return a_met != b_met ? b_met : a.progress_bp < b.progress_bp;
}

// Members without a value count as 0 and not met once another member has one.
CellResult roll_up(const Indicator& indicator, const std::vector<CellResult>& members,
                   bool silent_in_time, const std::string& period) {
    CellResult result;
    result.period = period;
    std::int64_t total_bp = 0;
    std::int64_t met = 0;
    bool behind = false;
    bool any_data = false;
    for (const CellResult& member : members) {
        const bool data = member.attainment != Attainment::no_data;
        any_data = any_data || data;
        total_bp += member.progress_bp;
        met += member.attainment == Attainment::met ? 1 : 0;
        behind = behind || member.attainment == Attainment::behind || (!data && !silent_in_time);
        result.flagged = result.flagged || member.flagged;
    }
    if (!any_data) return result;
    const auto count = static_cast<std::int64_t>(members.size());
    result.attainment = met == count ? Attainment::met
                        : behind     ? Attainment::behind
                                     : Attainment::on_schedule;
    result.actual = std::to_string(met) + "/" + std::to_string(count);
    result.progress_bp = static_cast<std::int32_t>(
        indicator.roll_up == RollUp::share ? met * whole_bp / count : total_bp / count);
    if (indicator.roll_up == RollUp::min) {
        const CellResult& worst = *std::min_element(members.begin(), members.end(), is_worse);
        result.actual = worst.actual;
        result.progress_bp = worst.progress_bp;
    }
    return result;
}

CellResult evaluate_cell(const Indicator& indicator, const EvaluationContext& context,
                         const std::string& period) {
    if (indicator.scope == ScopeKind::zone)
        return judge(indicator, context, {indicator.id, period, ""});
    std::vector<CellResult> members;
    members.reserve(indicator.members.size());
    for (const std::string& member : indicator.members) {
        members.push_back(judge(indicator, context, {indicator.id, period, member}));
    }
    const bool silent_in_time =
        is_on_schedule(indicator, std::nullopt, work_span(period, context), context.today);
    return roll_up(indicator, members, silent_in_time, period);
}

// Labels of one kind are in order of time when they are in order of text.
std::set<std::string> labels_of(const Indicator& indicator, const EvaluationContext& context) {
    std::set<std::string> labels;
    if (context.entries == nullptr) return labels;
    for (const CellEntry& entry : *context.entries) {
        if (entry.value.indicator != indicator.id) continue;
        const auto kind = period_kind(entry.period);
        if (kind && *kind == indicator.period) labels.insert(entry.period);
    }
    return labels;
}

}  // namespace

IndicatorResult evaluate(const Indicator& indicator, const EvaluationContext& context) {
    IndicatorResult result;
    result.indicator = indicator.id;
    for (const std::string& label : labels_of(indicator, context)) {
        result.cells.push_back(evaluate_cell(indicator, context, label));
        if (result.cells.back().attainment != Attainment::no_data) {
            result.current = result.cells.back();
        }
    }
    return result;
}

TaskProgress task_progress(const EvaluationContext& context) {
    TaskProgress progress;
    if (context.indicators == nullptr) return progress;
    std::int64_t total_bp = 0;
    for (const Indicator& indicator : *context.indicators) {
        const CellResult current = evaluate(indicator, context).current;
        ++progress.of;
        if (current.attainment == Attainment::no_data) continue;
        ++progress.with_data;
        progress.met += current.attainment == Attainment::met ? 1 : 0;
        total_bp += current.progress_bp;
    }
    if (progress.with_data > 0) {
        progress.progress_bp = static_cast<std::int32_t>(total_bp / progress.with_data);
    }
    return progress;
}

}  // namespace duban
