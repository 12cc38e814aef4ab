#include "domain/task/mandate_changes.h"

#include <algorithm>

#include "domain/approval/subject.h"
#include "domain/task/guards.h"
#include "domain/task/mandate.h"

namespace duban {
namespace {

// An approval on its way stands on the lead and the indicators that it began with.
Status check_approvals(const TaskState& task, const Mandate& next, const SubjectId& asked) {
    const bool same_lead = next.lead == task.mandate->lead;
    for (const auto& unit : units_of(task)) {
        if ((same_lead && takes_part(next, unit)) || !has_open_subject(task, unit, asked)) continue;
        return refuse("report_in_approval",
                      "Something of " + unit.value +
                          " is not decided yet in an approval; the lead and that unit can only "
                          "change once it is.");
    }
    for (const auto& report : task.reports) {
        if (!is_open(report) || next.indicators == task.mandate->indicators) continue;
        return refuse(
            "report_in_approval",
            to_string(ReportId{task.id, report.no}) + " of " + report.unit.value +
                " is not decided yet; the indicators can only change once it is accepted or "
                "rejected.");
    }
    return {};
}

// Whether the value still belongs to a cell of the indicator and is judged as it was meant.
bool keeps_value(const Indicator& before, const Indicator& after, const ReportedValue& value) {
    const auto& members = after.members;
    return after.op == before.op && after.kind == before.kind && after.period == before.period &&
           after.scope == before.scope &&
           (after.scope == ScopeKind::zone ||
            std::find(members.begin(), members.end(), value.member) != members.end());
}

Status check_values_kept(const TaskState& task, const Mandate& next) {
    for (const auto& entry : *task.accepted) {
        const auto& id = entry.value.indicator;
        const auto named = [&](const Indicator& indicator) { return indicator.id == id; };
        const auto& old = task.mandate->indicators;
        const auto before = std::find_if(old.begin(), old.end(), named);
        const auto after = std::find_if(next.indicators.begin(), next.indicators.end(), named);
        if (after != next.indicators.end() &&
            (before == old.end() || keeps_value(*before, *after, entry.value))) {
            continue;
        }
        return refuse("indicator_has_values",
                      "The indicator \"" + id +
                          "\" has accepted values: it cannot be removed, and its op, kind, "
                          "period, scope and the members with values stay; change its target, or "
                          "add an indicator under another id.",
                      "indicators");
    }
    return {};
}

Status check_known(const Mandate& next, const std::string& path, const Facts& facts) {
    const auto known = [&](const UnitCode& unit) { return facts.directory.units.contains(unit); };
    return check_mandate(next, known, path);
}

// A part of a unit's work may not be due after the task.
Status check_parts_in_time(const TaskState& task, const Mandate& next, const std::string& field) {
    if (!next.due || next.due == task.mandate->due) return {};
    const Date due = *next.due;
    for (const auto& assignment : task.assignments) {
        if (assignment.state == AssignmentState::released) continue;
        for (const auto& part : assignment.parts) {
            const Date last = std::max(due, assignment.own_due.value_or(due));
            if (!part.due || *part.due <= last) continue;
            return refuse("part_due_later",
                          assignment.unit.value + " has broken its work down, and \"" + part.title +
                              "\" is due on " + to_string(*part.due) +
                              "; name that day or a later one, or have the part moved first.",
                          field);
        }
    }
    return {};
}

template <class Member>
void put(Member& member, const std::optional<Member>& value) {
    if (value) member = *value;
}
template <class Member>
void put(std::optional<Member>& member, const std::optional<Member>& value) {
    member = value;
}

// Visits each member that can change with its name.
template <class Visit>
void each_member(const Visit& visit) {
    visit("title", &MandateChanges::title, &Mandate::title);
    visit("text", &MandateChanges::text, &Mandate::text);
    visit("document_no", &MandateChanges::document_no, &Mandate::document_no);
    visit("lead", &MandateChanges::lead, &Mandate::lead);
    visit("co", &MandateChanges::co, &Mandate::co);
    visit("due", &MandateChanges::due, &Mandate::due);
    visit("report_period", &MandateChanges::report_period, &Mandate::report_period);
    visit("indicators", &MandateChanges::indicators, &Mandate::indicators);
}

bool somebody_joins(const TaskState& task, const Mandate& next) {
    const auto has_part = [&](const UnitCode& unit) { return has_open_part(task, unit); };
    return !has_part(next.lead) || !std::all_of(next.co.begin(), next.co.end(), has_part);
}

}  // namespace

Mandate changed(Mandate mandate, const MandateChanges& changes) {
    each_member([&](const char* /*name*/, auto change, auto member) {
        if (changes.*change) mandate.*member = *(changes.*change);
    });
    return mandate;
}

MandateChanges said_by(const Mandate& mandate, const MandateChanges& named) {
    MandateChanges said;
    each_member([&](const char* /*name*/, auto change, auto member) {
        if (named.*change) said.*change = mandate.*member;
    });
    return said;
}

MandateChanges difference(const Mandate& before, const Mandate& next) {
    MandateChanges changes;
    each_member([&](const char* /*name*/, auto change, auto member) {
        if (before.*member != next.*member) changes.*change = next.*member;
    });
    return changes;
}

std::string moved_on(const Mandate& mandate, const MandateChanges& from, const MandateChanges& to) {
    std::string names;
    each_member([&](const char* name, auto change, auto member) {
        if (!(to.*change) || mandate.*member == from.*change || mandate.*member == to.*change) {
            return;
        }
        names += (names.empty() ? "" : ", ") + std::string(name);
    });
    return names;
}

Mandate put_back(Mandate mandate, const MandateChanges& from, const MandateChanges& to) {
    each_member([&](const char* /*name*/, auto change, auto member) {
        if (to.*change && mandate.*member == to.*change) put(mandate.*member, from.*change);
    });
    return mandate;
}

Status check_borne(const TaskState& task, const Mandate& next, const SubjectId& asked) {
    return check_approvals(task, next, asked).and_then([&] {
        return check_values_kept(task, next);
    });
}

Status check_form(const TaskState& task, const Mandate& next, const std::string& path,
                  const Facts& facts) {
    return check_known(next, path, facts).and_then([&] {
        return check_parts_in_time(task, next, path + "due");
    });
}

Status check_next(const TaskState& task, const Mandate& next, const std::string& path,
                  const Facts& facts) {
    return check_known(next, path, facts)
        .and_then([&]() -> Status {
            if (!next.due || next.due == task.mandate->due) return {};
            return require_not_past(*next.due, today_of(facts), path + "due");
        })
        .and_then([&] { return check_parts_in_time(task, next, path + "due"); });
}

std::optional<Date> sign_by_of_joining(const TaskState& task, const Mandate& next, Date today) {
    if (task.stage != TaskStage::issued || !somebody_joins(task, next)) return std::nullopt;
    const bool same_due = next.due == task.mandate->due;
    return default_sign_by(today, same_due ? working_due(task) : next.due);
}

}  // namespace duban
