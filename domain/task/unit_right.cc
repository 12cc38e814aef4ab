#include "domain/task/unit_right.h"

#include <algorithm>
#include <utility>

#include "domain/task/guards.h"

namespace duban {
namespace {

// The handler of the unit's part acts for himself or through a proxy, as long as he works there.
std::optional<Capacity> handler_capacity(const TaskState& task, const Facts& facts,
                                         const UnitCode& unit) {
    const auto* part = find_assignment(task, unit);
    if (part == nullptr || part->handler.empty() ||
        !works_in(facts.directory, part->handler, unit)) {
        return std::nullopt;
    }
    if (part->handler == facts.actor) return Capacity{facts.actor, {}, {unit, Post::clerk}};
    const auto principals = principals_of(facts.directory, facts.actor, today_of(facts));
    if (std::find(principals.begin(), principals.end(), part->handler) == principals.end()) {
        return std::nullopt;
    }
    return Capacity{facts.actor, part->handler, {unit, Post::clerk}};
}

std::optional<Capacity> fitting(const TaskState& task, const Facts& facts, const UnitCode& unit,
                                const UnitRule& rule) {
    auto seated = capacity_for(facts.directory, facts.actor, rule.seats(unit), today_of(facts));
    const bool himself = seated && seated->on_behalf_of.empty();
    if (himself || !rule.handler) return seated;
    auto handling = handler_capacity(task, facts, unit);
    return handling && (!seated || handling->on_behalf_of.empty()) ? handling : seated;
}

tl::unexpected<Error> forbidden(const std::vector<UnitCode>& units, const UnitRule& rule,
                                const std::string& act) {
    std::vector<Seat> seats;
    for (const auto& unit : units) {
        for (const auto& seat : rule.seats(unit)) seats.push_back(seat);
    }
    std::string who = seats.empty() ? "" : "the " + describe(seats);
    if (rule.handler) who += who.empty() ? "the named handler" : ", or the named handler,";
    return fail(Errc::forbidden, "Only " + who + " may " + act + ".");
}

}  // namespace

UnitRule posts_of_unit(std::vector<Post> posts) {
    return UnitRule{[posts = std::move(posts)](const UnitCode& unit) {
                        std::vector<Seat> seats;
                        for (const auto post : posts) seats.push_back(Seat{unit, post});
                        return seats;
                    },
                    false};
}

Result<UnitRight> require_right(const TaskState& task, const Facts& facts, const UnitCode& unit,
                                const UnitRule& rule, const std::string& act) {
    const auto units = unit.empty() ? units_of(task) : std::vector<UnitCode>{unit};
    return require_right(task, facts, units, rule, act);
}

Result<UnitRight> require_right(const TaskState& task, const Facts& facts,
                                const std::vector<UnitCode>& units, const UnitRule& rule,
                                const std::string& act) {
    std::vector<UnitRight> rights;
    for (const auto& candidate : units) {
        if (auto capacity = fitting(task, facts, candidate, rule)) {
            rights.push_back(UnitRight{candidate, *capacity});
        }
    }
    if (rights.empty()) return forbidden(units, rule, act);
    if (rights.size() == 1) return rights.front();
    std::string names;
    for (const auto& right : rights) names += (names.empty() ? "" : ", ") + right.unit.value;
    return fail(Errc::invalid_argument,
                "You may act for several units here (" + names + "); name one.", "unit");
}

Result<const Assignment*> require_part(const TaskState& task, const UnitCode& unit) {
    const auto* part = find_assignment(task, unit);
    if (part == nullptr) {
        return refuse("no_part", unit.value + " has no part in " + to_string(task.id) + ".",
                      "unit");
    }
    if (part->state == AssignmentState::released) {
        return refuse("part_released",
                      unit.value + " was released from " + to_string(task.id) +
                          " and has no further part in it.",
                      "unit");
    }
    return part;
}

}  // namespace duban
