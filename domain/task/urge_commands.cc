#include <algorithm>
#include <utility>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

constexpr std::int64_t urge_pause_ms = 60LL * 60 * 1000;
constexpr const char* sign_in_overdue_text = "签收逾期，请尽快签收";

std::vector<Seat> urging_seats(UrgeLevel level) {
    std::vector<Seat> seats;
    if (level != UrgeLevel::red) seats.push_back(seat_of(office_unit, Post::clerk));
    seats.push_back(seat_of(office_unit, Post::head));
    seats.push_back(seat_of(zone_unit, Post::leader));
    return seats;
}

// The lead urges the units that cooperate with it, on the lightest slip.
Result<Capacity> lead_may_urge(const TaskState& task, const UrgeTask& command, const Facts& facts) {
    const auto& lead = task.mandate->lead;
    auto capacity = require_seat(facts, {Seat{lead, Post::head}}, "urge as the lead");
    if (!capacity) return capacity;
    const bool itself =
        std::find(command.units.begin(), command.units.end(), lead) != command.units.end();
    if (command.level == UrgeLevel::blue && !itself) return capacity;
    return fail(Errc::forbidden,
                "The head of the lead unit may urge the cooperating units only, and only with a "
                "blue slip.");
}

Result<Capacity> require_urger(const TaskState& task, const UrgeTask& command, const Facts& facts,
                               bool& as_lead) {
    const auto seats = urging_seats(command.level);
    if (auto capacity = require_seat(facts, seats, "urge")) return capacity;
    const Seat lead_head{task.mandate->lead, Post::head};
    as_lead = capacity_for(facts.directory, facts.actor, {lead_head}, today_of(facts)).has_value();
    if (as_lead) return lead_may_urge(task, command, facts);
    std::string who = "Only the " + describe(seats) + " may urge with this slip";
    if (command.level == UrgeLevel::blue) {
        who += ", and the " + describe({lead_head}) + " the cooperating units";
    }
    return fail(Errc::forbidden, who + ".");
}

std::vector<UnitCode> units_to_urge(const TaskState& task, const UrgeTask& command, bool as_lead) {
    if (!command.units.empty()) return command.units;
    std::vector<UnitCode> units;
    for (const auto& part : task.assignments) {
        const bool skipped = as_lead && part.role == UnitRole::lead;
        if (part.state != AssignmentState::released && !skipped) units.push_back(part.unit);
    }
    return units;
}

Status check_urged_units(const TaskState& task, const std::vector<UnitCode>& units) {
    if (units.empty()) {
        return refuse("no_part", "No unit has an open part that could be urged.", "units");
    }
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto at = "units[" + std::to_string(i) + "]";
        if (!has_open_part(task, units[i])) {
            return refuse("no_part",
                          units[i].value + " has no open part in " + to_string(task.id) + ".", at);
        }
        if (std::count(units.begin(), units.end(), units[i]) > 1) {
            return repeated_unit(units[i], at);
        }
    }
    return {};
}

// Everybody's inbox counts the slips: more of them within the hour would say nothing more. A
// heavier one says more.
Status check_not_urged_lately(const TaskState& task, const std::vector<UnitCode>& units,
                              UrgeLevel level, const Facts& facts) {
    for (const Urge& past : task.urges) {
        const bool counts = past.by == facts.actor && past.level >= level &&
                            facts.now.ms - past.time.ms < urge_pause_ms;
        if (!counts) continue;
        for (const UnitCode& unit : units) {
            if (std::find(past.units.begin(), past.units.end(), unit) == past.units.end()) continue;
            return refuse("urged_lately",
                          "You urged " + unit.value + " at " + to_string(past.time) +
                              "; urge it with a heavier slip, or again an hour later.",
                          "units");
        }
    }
    return {};
}

// Whether the clock has already urged the unit for this very last day.
bool is_late(const TaskState& task, const UrgeUnsigned& command, Timestamp now) {
    const auto* part = find_assignment(task, command.unit);
    return part != nullptr && part->state == AssignmentState::waiting && !part->sign_in_urged &&
           part->sign_by == command.sign_by && now >= end_of_office_day(command.sign_by) &&
           !is_held(task);
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const UrgeTask& command,
                                   const Facts& facts) {
    bool as_lead = false;
    const auto capacity = require_urger(task, command, facts, as_lead);
    if (!capacity) return refusal(capacity);
    auto units = units_to_urge(task, command, as_lead);
    auto checked =
        require_running(task, "urge its units")
            .and_then([&] { return check_urged_units(task, units); })
            .and_then([&] { return check_not_urged_lately(task, units, command.level, facts); })
            .and_then([&] { return limit_text(command.text, "text", opinion_characters_max); });
    if (!checked) return refusal(checked);
    return decision(*capacity, {TaskUrged{task.id, command.level, std::move(units), command.text}});
}

static Result<Decision> decide_one(const TaskState& task, const UrgeUnsigned& command,
                                   const Facts& facts) {
    if (!is_late(task, command, facts.now)) return Decision{};
    return decision(Capacity{facts.actor, {}, {}},
                    {TaskUrged{task.id, UrgeLevel::blue, {command.unit}, sign_in_overdue_text}});
}

DUBAN_DEFINE_COMMAND(UrgeTask)
DUBAN_DEFINE_COMMAND(UrgeUnsigned)

}  // namespace duban
