#include "domain/base/decide.h"

#include "domain/approval/consequences.h"
#include "domain/base/facts.h"
#include "domain/directory/access.h"
#include "domain/task/guards.h"
#include "domain/task/task.h"

namespace duban {
namespace {

tl::unexpected<Error> no_such_task(const TaskId& task) {
    return fail(Errc::not_found, "There is no task " + to_string(task) + " that you may see.",
                "task");
}

// The timers' actor holds no post: it may do the timers' work and nothing else.
Status check_system(const Command& command, const Facts& facts) {
    const bool timer_work = command.kind().of_system;
    const bool system = facts.actor == PersonId(system_actor);
    if (timer_work == system) return {};
    return fail(Errc::forbidden, timer_work ? "Only the server's own clock may send this."
                                            : "The actor system holds no post; a person of the "
                                              "office or of a unit must do this.");
}

// Registering names a task that need not be there: who may not register must not learn from the
// refusal whether it is. Who may sees every task.
Status check_registrar(const Facts& facts) {
    const auto capacity = require_office(facts, "register a task");
    return capacity ? Status{} : refusal(capacity);
}

Status check_visible(const TaskState& state, const Command& command, const Facts& facts) {
    if (facts.actor != PersonId(system_actor) && command.kind().makes_task) {
        return check_registrar(facts);
    }
    if (state.stage == TaskStage::absent) {
        if (command.kind().makes_task) return {};
        return no_such_task(command.kind().task(command.payload()));
    }
    if (facts.actor == PersonId(system_actor)) return {};
    const auto access = access_of(facts.directory, facts.actor, today_of(facts));
    if (may_see_task(access, units_of(state))) return {};
    return no_such_task(command.kind().task(command.payload()));
}

}  // namespace

Decision decision_of(std::vector<Event> events, PersonId on_behalf_of) {
    Decision made;
    made.on_behalf_of = std::move(on_behalf_of);
    made.events.reserve(events.size());
    for (Event& event : events) made.events.push_back({event.stream(), std::move(event)});
    return made;
}

Result<Decision> decide(const TaskState& state, const Command& command, const Facts& facts) {
    DUBAN_ASSERT(command.kind().of_task);
    if (auto visible = check_visible(state, command, facts); !visible) return refusal(visible);
    if (auto system = check_system(command, facts); !system) return refusal(system);
    auto decision = command.kind().decide(&state, command.payload(), facts);
    // Only what an open approval asks for can follow from the act of another.
    if (!decision || decision->events.empty() || state.open_approvals->empty()) return decision;
    if (auto added = add_consequences(state, facts, *decision); !added) return refusal(added);
    return decision;
}

Result<Decision> decide(const Command& command, const Facts& facts) {
    DUBAN_ASSERT(!command.kind().of_task);
    return command.kind().decide(nullptr, command.payload(), facts);
}

}  // namespace duban
