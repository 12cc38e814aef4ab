#include "domain/approval/approval_flow.h"
#include "domain/approval/approval_events.h"
#include "domain/report/report_events.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/report/report_content.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

UnitCode unit_meant(const Selector& selector, const TaskState& task) {
    if (selector.unit == "lead") return task.mandate->lead;
    if (selector.unit.starts_with('#')) return UnitCode(selector.unit.substr(1));
    return UnitCode(selector.unit);
}

std::set<PersonId> holders_of(const Directory& directory, const std::vector<Seat>& seats) {
    std::set<PersonId> persons;
    for (const auto& seat : seats) {
        for (auto& person : holders(directory, seat)) persons.insert(std::move(person));
    }
    return persons;
}

ApprovalId id_of(const Course& course) {
    return ApprovalId{course.task.id, course.approval.no};
}

std::optional<SkipReason> skip_reason(const Course& course, const RouteNode& node,
                                      const std::set<PersonId>& persons) {
    if (persons.empty() && node.empty == OnEmpty::skip) return SkipReason::empty;
    if (node.self == OnSelf::skip && persons == std::set<PersonId>{course.author}) {
        return SkipReason::self;
    }
    return std::nullopt;
}

// The terminal event and the effects of a pass.
Result<std::vector<Event>> close_passed(const Course& course) {
    std::vector<Event> events{ApprovalClosed{id_of(course), ApprovalResult::passed}};
    for (const auto& effect : course.route.on.pass) {
        switch (effect.do_) {
            case Effect::accept_values: {
                const auto& approval = course.approval;
                auto cells = cells_of(course.content, *course.task.mandate, approval.report);
                if (!cells) return refusal(cells);
                events.push_back(ReportAccepted{ReportId{course.task.id, approval.report},
                                                approval.revision, approval.revision_digest,
                                                std::move(*cells)});
                break;
            }
        }
    }
    return events;
}

// The last ended round of a node; nullptr when none has ended.
const StepRecord* last_round(const Approval& approval, const std::string& node) {
    const auto last = std::find_if(approval.last.begin(), approval.last.end(),
                                   [&](const StepRecord& record) { return record.node == node; });
    return last == approval.last.end() ? nullptr : &*last;
}

bool was_skipped(const Approval& approval, const std::string& node) {
    const auto* last = last_round(approval, node);
    return last != nullptr && last->end == StepEnd::skipped;
}

// The nearest earlier node that somebody passed; the first node is never skipped.
std::size_t previous(const Route& route, const Approval& approval, std::size_t from) {
    std::size_t index = from - 1;
    while (index > 0 && was_skipped(approval, route.steps[index].id)) --index;
    return index;
}

std::string without_hash(const std::string& text) {
    return text.starts_with('#') ? text.substr(1) : text;
}

// The node that an entry of a route's list, or a command, names; "any" means the start.
std::optional<std::size_t> meant(const Route& route, const Approval& approval, std::size_t from,
                                 const std::string& to) {
    if (to == "start" || to == "any") return 0;
    if (to == "prev") return previous(route, approval, from);
    return index_of(route, without_hash(to));
}

bool allows(const Route& route, const Approval& approval, std::size_t from, std::size_t target) {
    const auto& list = route.steps[from].return_.to;
    return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
        return entry == "any" || meant(route, approval, from, entry) == target;
    });
}

}  // namespace

Result<const Route*> route_of(const Approval& approval, const Facts& facts) {
    const auto* route = find_route(facts.routes, approval.route, approval.route_version);
    if (route != nullptr) return route;
    return fail(Errc::corrupt, "The record has no version " +
                                   std::to_string(approval.route_version) + " of the route " +
                                   approval.route.value + ".");
}

std::vector<Seat> resolve(const std::vector<Selector>& selectors, const TaskState& task) {
    std::vector<Seat> seats;
    for (const auto& selector : selectors) {
        const Seat seat{unit_meant(selector, task), selector.post};
        if (std::find(seats.begin(), seats.end(), seat) == seats.end()) seats.push_back(seat);
    }
    return seats;
}

std::vector<Seat> judges_of(const RouteNode& node, const TaskState& task) {
    auto who = node.who;
    if (takes_part(*task.mandate, UnitCode(office_unit))) {
        for (auto& selector : who) {
            // "lead" stays: those are the steps that the unit takes before the office.
            if (selector.unit == "lead" || unit_meant(selector, task).value != office_unit)
                continue;
            selector = Selector{zone_unit, Post::leader};
        }
    }
    return resolve(who, task);
}

std::optional<std::size_t> index_of(const Route& route, const std::string& node) {
    const auto found = std::find_if(route.steps.begin(), route.steps.end(),
                                    [&](const RouteNode& step) { return step.id == node; });
    if (found == route.steps.end()) return std::nullopt;
    return static_cast<std::size_t>(found - route.steps.begin());
}

std::uint32_t next_round(const Approval& approval, const std::string& node) {
    const auto* last = last_round(approval, node);
    return last == nullptr ? 1 : last->round + 1;
}

Result<std::vector<Event>> advance(const Course& course, std::size_t index) {
    std::vector<Event> events;
    for (; index < course.route.steps.size(); ++index) {
        const auto& node = course.route.steps[index];
        auto seats = judges_of(node, course.task);
        const auto persons = holders_of(course.facts.directory, seats);
        const auto round = next_round(course.approval, node.id);
        if (const auto reason = skip_reason(course, node, persons)) {
            events.push_back(StepSkipped{id_of(course), node.id, round, *reason});
            continue;
        }
        if (persons.empty()) {
            return refuse("no_holder", "Nobody holds the next step, " + node.name + " (" + node.id +
                                           "): it needs the " + describe(seats) +
                                           ". Fill that post first.");
        }
        events.push_back(StepOpened{id_of(course), node.id, round, std::move(seats), node.do_});
        return events;
    }
    auto closing = close_passed(course);
    if (!closing) return closing;
    events.insert(events.end(), closing->begin(), closing->end());
    return events;
}

StepOpened reopen_fill(const Course& course, const RouteNode& fill) {
    const auto& unit = course.approval.unit;
    std::vector<Seat> seats;
    for (const auto& seat : resolve(course.route.starts, course.task)) {
        if (seat.unit == unit) seats.push_back(seat);
    }
    if (const auto* author = find_person(course.facts.directory, course.author)) {
        for (const auto& held : author->posts) {
            const Seat seat{held.unit, held.post};
            const bool known = std::find(seats.begin(), seats.end(), seat) != seats.end();
            if (held.unit == unit && !known) seats.push_back(seat);
        }
    }
    return StepOpened{id_of(course), fill.id, next_round(course.approval, fill.id),
                      std::move(seats), NodeDo::fill};
}

std::vector<Event> close_rejected(const TaskState& task, const Approval& approval) {
    return {ApprovalClosed{ApprovalId{task.id, approval.no}, ApprovalResult::rejected},
            ReportRejected{ReportId{task.id, approval.report}, approval.revision}};
}

Result<std::size_t> return_target(const Route& route, const Approval& approval, std::size_t from,
                                  const std::string& to) {
    const auto& node = route.steps[from];
    if (node.return_.to.empty()) {
        return refuse("return_target", node.name + " names no node to return to.", "to");
    }
    const auto target = meant(route, approval, from, to.empty() ? node.return_.to.front() : to);
    const bool passed = target && *target < from && !was_skipped(approval, route.steps[*target].id);
    if (to != "any" && passed && allows(route, approval, from, *target)) return *target;
    std::string names;
    for (const auto& entry : node.return_.to) names += (names.empty() ? "" : ", ") + entry;
    return refuse("return_target",
                  node.name + " may return to " + names +
                      ", and only to an earlier node that was not skipped.",
                  "to");
}

}  // namespace duban
