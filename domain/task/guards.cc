#include "domain/task/guards.h"

#include <algorithm>
#include <utility>

#include "domain/approval/route_plan.h"

namespace duban {

Date today_of(const Facts& facts) {
    return office_date(facts.now);
}

Date default_sign_by(Date today, const std::optional<Date>& due) {
    const Date latest = add_days(today, sign_in_days);
    return due && *due >= today ? std::min(latest, *due) : latest;
}

Seat seat_of(const char* unit, Post post) {
    return Seat{UnitCode(unit), post};
}

Result<Capacity> require_seat(const Facts& facts, const std::vector<Seat>& seats,
                              const std::string& act) {
    auto capacity = capacity_for(facts.directory, facts.actor, seats, today_of(facts));
    if (capacity) return *capacity;
    return fail(Errc::forbidden, "Only the " + describe(seats) + " may " + act + ".");
}

Result<Capacity> require_office(const Facts& facts, const std::string& act) {
    return require_seat(facts,
                        {seat_of(office_unit, Post::clerk), seat_of(office_unit, Post::head)}, act);
}

Result<Capacity> require_judge(const TaskState& task, const Facts& facts,
                               const std::vector<Seat>& seats, const std::string& act) {
    auto capacity = require_seat(facts, seats, act);
    if (!capacity || capacity->on_behalf_of.empty() ||
        takes_part(*task.mandate, capacity->seat.unit)) {
        return capacity;
    }
    for (const auto& unit : units_of(task)) {
        if (!takes_part(*task.mandate, unit) || !works_in(facts.directory, facts.actor, unit)) {
            continue;
        }
        return fail(Errc::forbidden, "A proxy may not " + act + " where his own unit, " +
                                         unit.value + ", has a part; " +
                                         name_of(facts.directory, capacity->on_behalf_of) +
                                         " or another holder of that post must.");
    }
    return capacity;
}

Result<Capacity> require_impartial(const TaskState& task, const Facts& facts,
                                   const std::string& act) {
    const Seat leader = seat_of(zone_unit, Post::leader);
    if (takes_part(*task.mandate, UnitCode(office_unit))) {
        return require_judge(task, facts, {leader}, act + " in which the office itself has a part");
    }
    return require_judge(task, facts, {seat_of(office_unit, Post::head), leader}, act);
}

Result<Capacity> require_desk(const TaskState& task, const Facts& facts, const std::string& act) {
    if (takes_part(*task.mandate, UnitCode(office_unit))) {
        return require_impartial(task, facts, act);
    }
    return require_judge(task, facts,
                         {seat_of(office_unit, Post::clerk), seat_of(office_unit, Post::head),
                          seat_of(zone_unit, Post::leader)},
                         act);
}

bool works_in(const Directory& directory, const PersonId& person, const UnitCode& unit) {
    const auto* found = find_person(directory, person);
    return found != nullptr && found->active &&
           std::any_of(found->posts.begin(), found->posts.end(),
                       [&](const HeldPost& post) { return post.unit == unit; });
}

std::string name_of(const Directory& directory, const PersonId& person) {
    const auto* found = find_person(directory, person);
    return found == nullptr ? person.value : found->name + " (" + person.value + ")";
}

std::string words(TaskStage stage) {
    switch (stage) {
        case TaskStage::absent:
            return "not registered";
        case TaskStage::draft:
            return "a draft that was sent back";
        case TaskStage::pending:
            return "waiting for approval";
        case TaskStage::established:
            return "established";
        case TaskStage::issued:
            return "issued";
        case TaskStage::done:
            return "closed";
    }
    return {};
}

Status require_stage(const TaskState& task, TaskStage stage, const char* rule,
                     const std::string& act) {
    if (task.stage == stage) return {};
    return refuse(rule, "To " + act + " the task must be " + words(stage) + "; " +
                            to_string(task.id) + " is " + words(task.stage) + ".");
}

Status require_running(const TaskState& task, const std::string& act) {
    if (task.stage == TaskStage::done) {
        return refuse("task_done", to_string(task.id) + " is closed; nobody can " + act +
                                       " unless its closing is revoked.");
    }
    if (auto issued = require_stage(task, TaskStage::issued, "not_issued", act); !issued) {
        return issued;
    }
    return require_not_held(task, act);
}

Status require_under_way(const TaskState& task, const std::string& act) {
    return task.stage == TaskStage::established ? Status{} : require_running(task, act);
}

Status require_not_held(const TaskState& task, const std::string& act) {
    if (!is_held(task)) return {};
    return refuse("task_held", "The task is on hold (" + task.holds.back().reason +
                                   "). It must be resumed before anybody can " + act + ".");
}

Status require_no_issue_asked(const TaskState& task, const std::string& act) {
    const auto* asked = open_issuing(task);
    if (asked == nullptr) return {};
    return refuse("issue_open",
                  "It was asked for in " + to_string(SubjectId{task.id, 'i', asked->no}) +
                      " that the task be issued as it stands; to " + act +
                      ", withdraw or end that approval first, or wait for its decision.");
}

Status limit_text(const std::string& text, const std::string& field, std::size_t characters_max) {
    if (!is_plain(text)) return fail(Errc::invalid_argument, plain_form, field);
    const std::size_t length = characters(text);
    if (length <= characters_max) return {};
    return fail(Errc::invalid_argument,
                "The text has " + std::to_string(length) + " characters; at most " +
                    std::to_string(characters_max) + " are taken.",
                field);
}

Status require_text(const std::string& text, const std::string& field, std::size_t characters_max) {
    if (is_blank(text)) {
        return fail(Errc::invalid_argument, "This text is required and may not be blank.", field);
    }
    return limit_text(text, field, characters_max);
}

Status limit_name(const std::string& text, const std::string& field) {
    if (text.empty() || is_name(text)) return {};
    const Status limited = limit_text(text, field, title_characters_max);
    return limited ? fail(Errc::invalid_argument, name_form, field) : limited;
}

Status require_name(const std::string& text, const std::string& field) {
    if (is_blank(text)) {
        return fail(Errc::invalid_argument, "This text is required and may not be blank.", field);
    }
    return limit_name(text, field);
}

Status require_not_past(Date date, Date today, const std::string& field) {
    if (date >= today) return {};
    return fail(Errc::invalid_argument,
                to_string(date) + " is past; name a day from " + to_string(today) + " on.", field);
}

tl::unexpected<Error> unknown_unit(const UnitCode& unit, const std::string& field) {
    return fail(Errc::invalid_argument,
                unit.empty() ? "A unit is required here; name one by its code."
                             : "The directory has no unit " + unit.value + ".",
                field);
}

tl::unexpected<Error> repeated_unit(const UnitCode& unit, const std::string& field) {
    return fail(Errc::invalid_argument,
                "The unit " + unit.value + " is named twice; name each unit once.", field);
}

Status check_bindings(const std::vector<RouteBinding>& routes, const Facts& facts) {
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const std::string field = "routes." + std::string(enum_name(routes[i].kind));
        const auto* plan = newest_route(facts.routes, routes[i].route);
        if (plan == nullptr) {
            return fail(Errc::invalid_argument,
                        "There is no route " + routes[i].route.value + "; publish it first.",
                        field);
        }
        if (plan->route().subject != routes[i].kind) {
            return fail(Errc::invalid_argument,
                        "The route " + routes[i].route.value + " judges another kind of subject.",
                        field);
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (routes[j].kind != routes[i].kind) continue;
            return fail(Errc::invalid_argument, "Bind one route to a kind of subject.", field);
        }
    }
    return {};
}

Decision decision(const Capacity& capacity, std::vector<Event> events) {
    return decision_of(std::move(events), capacity.on_behalf_of);
}

}  // namespace duban
