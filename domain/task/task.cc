#include "domain/task/task.h"

#include <algorithm>
#include <utility>

#include "domain/task/task_history.h"

namespace duban {
namespace {

template <class Item>
const Item* find_no(const Parts<Item>& items, std::uint32_t no) {
    const auto found =
        std::find_if(items.begin(), items.end(), [no](const Item& item) { return item.no == no; });
    return found == items.end() ? nullptr : &*found;
}

template <class Item>
const Item* find_unit(const Parts<Item>& items, const UnitCode& unit) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& item) { return item.unit == unit; });
    return found == items.end() ? nullptr : &*found;
}

void add_once(std::vector<UnitCode>& units, const UnitCode& unit) {
    if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(unit);
}

const Indicator* find_indicator(const TaskState& task, const std::string& id) {
    const auto& all = task.mandate->indicators;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Indicator& indicator) { return indicator.id == id; });
    return found == all.end() ? nullptr : &*found;
}

// The day with the days of the holds that ended since it was set.
Date after_holds(const TaskState& task, Date day, Timestamp set_at) {
    for (const HoldPeriod& hold : task.holds) {
        if (!hold.until) continue;
        const Date stopped = office_date(std::max(hold.from, set_at));
        day = add_days(day, std::max(0, office_date(*hold.until).days - stopped.days));
    }
    return day;
}

}  // namespace

bool is_held(const TaskState& task) {
    return !task.holds.empty() && !task.holds.back().until;
}

std::optional<Date> working_due(const TaskState& task) {
    const auto& ordered = task.mandate->due;
    if (!ordered) return std::nullopt;
    return after_holds(task, *ordered, task.due_set_at);
}

std::optional<Date> working_due(const TaskState& task, const UnitCode& unit) {
    const auto due = working_due(task);
    const auto* part = find_assignment(task, unit);
    const auto own = part == nullptr ? std::nullopt : own_working_due(task, *part);
    return due && own ? std::max(*due, *own) : own ? own : due;
}

std::optional<Date> own_working_due(const TaskState& task, const Assignment& part) {
    if (!part.own_due) return std::nullopt;
    return after_holds(task, *part.own_due, part.own_due_set_at);
}

std::optional<Date> working_start(const TaskState& task) {
    if (!task.issued_at) return std::nullopt;
    const Date issued = office_date(*task.issued_at);
    const auto& ordered = task.mandate->due;
    if (!ordered) return issued;
    const Date due = working_due(task).value_or(*ordered);
    return add_days(issued, std::max(0, due.days - ordered->days));
}

const Assignment* find_assignment(const TaskState& task, const UnitCode& unit) {
    return find_unit(task.assignments, unit);
}

bool has_open_part(const TaskState& task, const UnitCode& unit) {
    const auto* part = find_assignment(task, unit);
    return part != nullptr && part->state != AssignmentState::released;
}

bool takes_part(const Mandate& mandate, const UnitCode& unit) {
    return unit == mandate.lead ||
           std::find(mandate.co.begin(), mandate.co.end(), unit) != mandate.co.end();
}

Seat settler_of(const TaskState& task) {
    const UnitCode office(office_unit);
    if (takes_part(*task.mandate, office)) return Seat{UnitCode(zone_unit), Post::leader};
    return Seat{office, Post::head};
}

const Report* find_report(const TaskState& task, std::uint32_t no) {
    return find_no(task.reports, no);
}

const Extension* find_extension(const TaskState& task, std::uint32_t no) {
    return find_no(task.extensions, no);
}

const Closing* find_closing(const TaskState& task, std::uint32_t no) {
    return find_no(task.closings, no);
}

const Amendment* find_amendment(const TaskState& task, std::uint32_t no) {
    return find_no(task.amendments, no);
}

const Issuing* find_issuing(const TaskState& task, std::uint32_t no) {
    return find_no(task.issuings, no);
}

const Issuing* open_issuing(const TaskState& task) {
    for (const Issuing& one : task.issuings) {
        if (is_open(one)) return &one;
    }
    return nullptr;
}

bool goes_on_in_approvals(const TaskState& task) {
    const bool open = task.stage == TaskStage::issued || task.stage == TaskStage::established;
    return open && !is_held(task);
}

const Approval* find_approval(const TaskState& task, std::uint32_t no) {
    return find_no(task.approvals, no);
}

const Draft* find_draft(const TaskState& task, const UnitCode& unit) {
    return find_unit(task.drafts, unit);
}

std::vector<UnitCode> units_of(const TaskState& task) {
    std::vector<UnitCode> units;
    if (!task.mandate->lead.empty()) units.push_back(task.mandate->lead);
    for (const auto& unit : task.mandate->co) add_once(units, unit);
    for (const auto& assignment : task.assignments) {
        if (assignment.state != AssignmentState::released) add_once(units, assignment.unit);
    }
    return units;
}

void sort_by_number(TaskHistory& history) {
    std::ranges::sort(history.revisions, {}, [](const SubmittedRevision& one) {
        return std::pair(one.report, one.revision.no);
    });
    std::ranges::sort(history.extensions, {}, [](const SubmittedExtension& one) {
        return std::pair(one.extension, one.revision.no);
    });
    std::ranges::sort(history.closings, {}, [](const SubmittedClosing& one) {
        return std::pair(one.closing, one.revision.no);
    });
    std::ranges::sort(history.issuings, {}, [](const SubmittedIssuing& one) {
        return std::pair(one.issuing, one.revision.no);
    });
    std::ranges::sort(history.amendments, {}, [](const SubmittedAmendment& one) {
        return std::pair(one.amendment, one.revision.no);
    });
    std::ranges::sort(history.rounds, {},
                      [](const EndedRound& one) { return std::pair(one.approval, one.no); });
    std::ranges::sort(history.comments, {},
                      [](const SaidComment& one) { return std::pair(one.approval, one.no); });
}

std::vector<SubmittedRevision> revisions_of(const TaskHistory& history, std::uint32_t report) {
    std::vector<SubmittedRevision> revisions;
    for (const auto& one : history.revisions) {
        if (one.report == report) revisions.push_back(one);
    }
    return revisions;
}

std::vector<Round> rounds_of(const TaskHistory& history, std::uint32_t approval) {
    std::vector<Round> rounds;
    for (const auto& one : history.rounds) {
        if (one.approval == approval) rounds.push_back(one.round);
    }
    return rounds;
}

std::vector<CellEntry> pending_entries(const TaskState& task) {
    std::vector<CellEntry> entries;
    for (const auto& report : task.reports) {
        if (!is_open(report)) continue;
        for (const auto& value : report.content->values) {
            const auto* indicator = find_indicator(task, value.indicator);
            if (indicator == nullptr) continue;
            const auto period = cell_period(*indicator, report.period, value.period, "values");
            if (!period) continue;
            entries.push_back(CellEntry{*period, report.no, value, report.period});
        }
    }
    return entries;
}

}  // namespace duban
