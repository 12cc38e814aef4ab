#include "domain/decide.h"

#include "domain/access.h"
#include "domain/guards.h"
#include "domain/task_deciders.h"

namespace duban {
namespace {

template <class One>
StreamId stream_named_by(const One& event) {
    if constexpr (requires { event.task; }) {
        return task_stream(event.task);
    } else if constexpr (requires { event.approval; }) {
        return task_stream(event.approval.task);
    } else {
        return task_stream(event.report.task);
    }
}

StreamId stream_named_by(const UnitPut& event) {
    return unit_stream(event.unit.code);
}
StreamId stream_named_by(const PersonPut& event) {
    return person_stream(event.person);
}
StreamId stream_named_by(const PostGranted& event) {
    return person_stream(event.person);
}
StreamId stream_named_by(const PostRevoked& event) {
    return person_stream(event.person);
}
StreamId stream_named_by(const ProxySet& event) {
    return person_stream(event.proxy.principal);
}
StreamId stream_named_by(const PlanImported& event) {
    return plan_stream(event.plan);
}
StreamId stream_named_by(const PlanTaskAdded& event) {
    return plan_stream(event.plan);
}
StreamId stream_named_by(const RoutePublished& event) {
    return route_stream(event.route.route);
}

tl::unexpected<Error> no_such_task(const TaskId& task) {
    return fail(Errc::not_found, "There is no task " + to_string(task) + " that you may see.",
                "task");
}

// The timers' actor holds no post: it may do the timers' work and nothing else.
Status check_system(const TaskCommand& command, const Facts& facts) {
    const bool timer_work = std::holds_alternative<UrgeUnsigned>(command);
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

Status check_visible(const TaskState& state, const TaskCommand& command, const Facts& facts) {
    if (facts.actor != PersonId(system_actor) && std::holds_alternative<RegisterTask>(command)) {
        return check_registrar(facts);
    }
    if (state.stage == TaskStage::absent) {
        if (std::holds_alternative<RegisterTask>(command)) return {};
        return no_such_task(task_of(command));
    }
    if (facts.actor == PersonId(system_actor)) return {};
    const auto access = access_of(facts.directory, facts.actor, today_of(facts));
    if (may_see_task(access, units_of(state))) return {};
    return no_such_task(task_of(command));
}

}  // namespace

StreamId stream_of(const Event& event) {
    return std::visit(
        [](const auto& family) {
            return std::visit([](const auto& one) { return stream_named_by(one); }, family);
        },
        event);
}

Result<Decision> decide(const TaskState& state, const TaskCommand& command, const Facts& facts) {
    if (auto visible = check_visible(state, command, facts); !visible) return refusal(visible);
    if (auto system = check_system(command, facts); !system) return refusal(system);
    return std::visit([&](const auto& one) { return decide_one(state, one, facts); }, command);
}

}  // namespace duban
