#include "domain/ranking.h"

#include <algorithm>
#include <compare>
#include <map>

#include "domain/decimal.h"
#include "domain/light.h"

namespace duban {
namespace {

bool lies_in(const RankingDays& days, Timestamp time) {
    const Date day = office_date(time);
    return (!days.from || day >= *days.from) && (!days.until || day <= *days.until);
}

// One standing for each unit, in the order in which the tasks name them.
class Standings {
public:
    UnitStanding& of(const UnitCode& unit) {
        const auto [place, added] = places_.try_emplace(unit, all_.size());
        if (added) {
            all_.emplace_back();
            all_.back().unit = unit;
        }
        return all_[place->second];
    }
    [[nodiscard]] std::vector<UnitStanding> take() { return std::move(all_); }

private:
    std::map<UnitCode, std::size_t> places_;
    std::vector<UnitStanding> all_;
};

void count_mandate(const TaskState& task, Date today, Standings& standings) {
    UnitStanding& lead = standings.of(task.mandate.lead);
    ++lead.leads;
    const Light light = task_light(task, today, default_light_rules()).light;
    if (light == Light::red) ++lead.red;
    if (light == Light::yellow) ++lead.yellow;
    for (const UnitCode& unit : task.mandate.co) ++standings.of(unit).takes_part;
}

void count_assignment(const Assignment& part, Date today, UnitStanding& standing) {
    if (!part.objection.empty()) ++standing.objections;
    if (part.state == AssignmentState::released || !part.sign_by) return;
    const Date shown = part.signed_at ? office_date(*part.signed_at) : today;
    const bool in_time = part.signed_at && shown <= *part.sign_by;
    if (in_time) ++standing.sign_in.count;
    if (part.signed_at || shown > *part.sign_by) ++standing.sign_in.of;
}

void count_reports(const TaskState& task, const RankingDays& days, Standings& standings) {
    for (const Report& report : task.reports) {
        for (const Revision& revision : report.revisions) {
            if (lies_in(days, revision.time)) ++standings.of(report.unit).returned.of;
        }
    }
    for (const Approval& approval : task.approvals) {
        for (const StepRecord& record : approval.history) {
            const bool returned = record.end == StepEnd::returned && lies_in(days, record.time);
            if (returned) ++standings.of(approval.unit).returned.count;
        }
        const bool accepted = approval.state == ApprovalState::passed &&
                              !approval.history.empty() &&
                              lies_in(days, approval.history.back().time);
        if (accepted) ++standings.of(approval.unit).accepted;
    }
}

// Less is worse; nothing known is worst.
std::strong_ordering compare_rates(const Rate& a, const Rate& b) {
    if (a.of == 0 || b.of == 0) return (a.of != 0) <=> (b.of != 0);
    return Int128{a.count} * b.of <=> Int128{b.count} * a.of;
}

// Greater stands higher.
std::strong_ordering compare_standings(const UnitStanding& a, const UnitStanding& b) {
    const auto by_sign_in = compare_rates(a.sign_in, b.sign_in);
    if (by_sign_in != 0) return by_sign_in;
    const auto kept = [](const Rate& returned) {
        return Rate{returned.of - returned.count, returned.of};
    };
    return compare_rates(kept(a.returned), kept(b.returned));
}

}  // namespace

std::vector<UnitStanding> ranking(const std::vector<TaskState>& tasks, Date today,
                                  const RankingDays& days) {
    Standings standings;
    for (const TaskState& task : tasks) {
        count_mandate(task, today, standings);
        for (const Assignment& part : task.assignments) {
            if (lies_in(days, part.given)) count_assignment(part, today, standings.of(part.unit));
        }
        count_reports(task, days, standings);
    }
    auto all = standings.take();
    for (UnitStanding& standing : all) {
        const auto better = std::ranges::count_if(
            all, [&](const UnitStanding& other) { return compare_standings(other, standing) > 0; });
        standing.rank = static_cast<std::int32_t>(better) + 1;
    }
    // A unit keeps its place among its equals.
    std::multimap<std::int32_t, UnitStanding> by_rank;
    for (UnitStanding& standing : all) by_rank.emplace(standing.rank, std::move(standing));
    std::vector<UnitStanding> ranked;
    for (auto& [rank, standing] : by_rank) ranked.push_back(std::move(standing));
    return ranked;
}

}  // namespace duban
