#include "domain/approval/due.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "domain/approval/route_values.h"
#include "domain/calendar/calendar.h"
#include "domain/indicator/period.h"

namespace duban {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

Timestamp later(Timestamp moment, std::int64_t hours) {
    return {std::min(moment.ms + hours * hour_ms, last_timestamp.ms)};
}

// Counts `due` from its base day.
void count_days(const CalendarBook& calendars, NodeDue& due) {
    const auto counted = add_workdays(calendars, due.base, static_cast<std::int32_t>(due.wd));
    due.at = end_of_office_day(counted.day);
    due.calendar = version_of(calendars);
    due.provisional = counted.provisional;
}

// The day that the rule counts from, where it is not the round's opening and is known.
std::optional<Date> base_of(const Walk& walk, DueFrom from) {
    switch (from) {
        case DueFrom::assigned:
            break;
        case DueFrom::period_end:
            if (const auto* report = walk.report()) {
                if (const auto period = period_named(report->period)) return period->last;
            }
            break;
        case DueFrom::task_due:
            return working_due(walk.task());
    }
    return std::nullopt;
}

NodeDue counted(const Walk& walk, std::uint32_t wd, std::uint32_t h, DueFrom from) {
    const Timestamp now = walk.facts().now;
    const auto base = base_of(walk, from);
    NodeDue due;
    due.wd = wd;
    due.h = h;
    due.from = base ? from : DueFrom::assigned;
    due.base = base.value_or(office_date(now));
    if (wd != 0) {
        count_days(walk.facts().calendars, due);
    } else {
        due.at = later(base ? end_of_office_day(*base) : now, h);
    }
    // A day that is past already would leave no time at all.
    if (base && due.at <= now) return counted(walk, wd, h, DueFrom::assigned);
    return due;
}

// On days in the morning, so that somebody may still act on the day itself.
Timestamp reminder(const CalendarBook& calendars, const NodeDue& due, std::int32_t before) {
    if (due.wd == 0) return later(due.at, before);
    const Date day = office_date(Timestamp{due.at.ms - 1});
    return {end_of_office_day(add_workdays(calendars, day, before).day).ms - day_ms};
}

void plan_reminders(const Walk& walk, const DueRule& rule, NodeDue& due) {
    const Timestamp now = walk.facts().now;
    for (const std::int32_t before : rule.remind) {
        const Timestamp moment = reminder(walk.facts().calendars, due, before);
        if (moment > now) due.remind.push_back(moment);
    }
    // A rule that reminds and says no day reminds when time is up.
    if (rule.remind.empty() && rule.over == Over::remind) due.remind.push_back(due.at);
    std::ranges::sort(due.remind);
    const auto twice = std::ranges::unique(due.remind);
    due.remind.erase(twice.begin(), twice.end());
    const std::size_t left = rule.max > due.reminded ? rule.max - due.reminded : 0;
    if (rule.max != 0 && due.remind.size() > left) due.remind.resize(left);
}

std::optional<NodeDue> end_of_wait(const Walk& walk, const RouteNode& node) {
    if (!node.event.empty()) return std::nullopt;
    NodeDue due;
    if (node.until.empty()) {
        due = counted(walk, node.wd, node.h, DueFrom::assigned);
    } else {
        const auto day = parse_date(values_of(walk)(node.until).value_or(""));
        due.base = day ? *day : office_date(walk.facts().now);
        due.at = day ? end_of_office_day(*day) : walk.facts().now;
    }
    due.over = Over::pass;
    return due;
}

}  // namespace

std::optional<NodeDue> due_of(const Walk& walk, const Spot& spot) {
    const RouteNode& node = walk.node(spot);
    if (node.kind == NodeKind::wait) return end_of_wait(walk, node);
    if (!node.due) return std::nullopt;
    const DueRule& rule = *node.due;
    NodeDue due = counted(walk, rule.wd, rule.h, rule.from);
    due.over = rule.over;
    plan_reminders(walk, rule, due);
    return due;
}

Timestamp stuck_from(const Walk& walk, const DueRule& rule) {
    return counted(walk, rule.wd, rule.h, DueFrom::assigned).at;
}

namespace {

// The working days that are left after the day on which the clock stopped. With none left it is the
// day itself, or the first working day from it on, so it is counted from the day before.
NodeDue with_days_left(const CalendarBook& calendars, NodeDue due, Timestamp stopped,
                       Timestamp now) {
    const Date last = office_date(Timestamp{due.at.ms - 1});
    const std::int32_t left = workdays_between(calendars, office_date(stopped), last);
    due.base = add_days(office_date(now), left == 0 ? -1 : 0);
    due.wd = static_cast<std::uint32_t>(std::max(left, 1));
    count_days(calendars, due);
    return due;
}

bool is_counted(const NodeDue& due) {
    return due.wd != 0 || due.h != 0;
}

NodeDue go_on_from(const CalendarBook& calendars, NodeDue due, Timestamp stopped, Timestamp now) {
    if (due.wd != 0) return with_days_left(calendars, std::move(due), stopped, now);
    due.at.ms = std::min(now.ms + (due.at.ms - stopped.ms), last_timestamp.ms);
    return due;
}

}  // namespace

std::optional<ClocksMoved> moved_by_hold(const Walk& walk, const ApprovalNode& run,
                                         Timestamp stopped) {
    const Timestamp now = walk.facts().now;
    const auto& calendars = walk.facts().calendars;
    // What opened during the hold lost only the time since.
    const Timestamp from = std::max(stopped, run.opened);
    ClocksMoved moved;
    moved.approval = walk.id();
    moved.node = run.node;
    moved.round = run.round;
    const auto& rule = walk.node(walk.spot_of(run.node)).due;
    if (run.due && !run.due->up && is_counted(*run.due) && run.due->at > from) {
        NodeDue due = go_on_from(calendars, *run.due, from, now);
        due.remind.clear();
        if (rule) plan_reminders(walk, *rule, due);
        if (due.at != run.due->at || due.remind != run.due->remind) moved.due = std::move(due);
    }
    for (const Slot& slot : run.slots) {
        const bool waits = slot.escalated && slot.state == SlotState::open && slot.stuck_at > from;
        if (!waits || !rule) continue;
        NodeDue silent;
        silent.at = slot.stuck_at;
        silent.wd = rule->wd;
        silent.h = rule->h;
        moved.slots.push_back({slot.slot, go_on_from(calendars, silent, from, now).at});
    }
    if (!moved.due && moved.slots.empty()) return std::nullopt;
    return moved;
}

void move_clocks(Walk& walk, Timestamp stopped) {
    std::vector<ClocksMoved> moves;
    for (const ApprovalNode& run : walk.approval().nodes) {
        if (run.state != NodeState::open) continue;
        if (auto moved = moved_by_hold(walk, run, stopped)) moves.push_back(std::move(*moved));
    }
    for (ClocksMoved& moved : moves) walk.emit(std::move(moved));
}

std::optional<CountedDay> recounted(const NodeDue& due, const CalendarBook& calendars) {
    if (due.wd == 0 || due.up || due.calendar == version_of(calendars)) return std::nullopt;
    const auto now = add_workdays(calendars, due.base, static_cast<std::int32_t>(due.wd));
    const CountedDay then{office_date(Timestamp{due.at.ms - 1}), due.provisional};
    if (now == then) return std::nullopt;
    return now;
}

void recount_dues(Walk& walk) {
    const auto& calendars = walk.facts().calendars;
    std::vector<ClocksMoved> moves;
    for (const ApprovalNode& run : walk.approval().nodes) {
        if (run.state != NodeState::open || !run.due || !recounted(*run.due, calendars)) continue;
        ClocksMoved moved;
        moved.approval = walk.id();
        moved.node = run.node;
        moved.round = run.round;
        NodeDue due = *run.due;
        count_days(calendars, due);
        due.remind.clear();
        if (const auto& rule = walk.node(walk.spot_of(run.node)).due) {
            plan_reminders(walk, *rule, due);
        }
        moved.due = std::move(due);
        moves.push_back(std::move(moved));
    }
    for (ClocksMoved& moved : moves) walk.emit(std::move(moved));
}

}  // namespace duban
