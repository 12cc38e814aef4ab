#include "domain/base/decide.h"

#include <optional>
#include <utility>

#include "domain/approval/consequences.h"
#include "domain/approval/sight.h"
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

// 0 when it names none.
std::uint32_t approval_in(const Command& command) {
    const auto approval = command.kind().approval;
    return approval == nullptr ? 0 : approval(command.payload());
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
    const auto sight = sight_of(state, access_of(facts.directory, facts.actor, today_of(facts)));
    if (!sight.any()) return no_such_task(command.kind().task(command.payload()));
    if (const auto no = approval_in(command); no != 0 && !sight.sees_approval(no)) {
        return fail(
            Errc::not_found,
            "There is no approval " + to_string(ApprovalId{state.id, no}) + " that you may see.",
            "approval");
    }
    const auto report = command.kind().report;
    if (report != nullptr && !sight.sees_subject({state.id, 'r', report(command.payload())})) {
        const ReportId id{state.id, report(command.payload())};
        return fail(Errc::not_found, "There is no report " + to_string(id) + " that you may see.",
                    "report");
    }
    return {};
}

// A guest whose slot others have closed learns who was faster, and nothing else.
std::optional<Error> who_was_faster(const TaskState& state, const Command& command,
                                    const Facts& facts) {
    const auto* approval = find_approval(state, approval_in(command));
    if (approval == nullptr) return std::nullopt;
    const auto access = access_of(facts.directory, facts.actor, today_of(facts));
    if (!was_asked(*approval, access)) return std::nullopt;
    auto decision = command.kind().decide(&state, command.payload(), facts);
    if (decision || decision.error().rule != "already_decided") return std::nullopt;
    return std::move(decision.error());
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
    if (auto visible = check_visible(state, command, facts); !visible) {
        auto faster = who_was_faster(state, command, facts);
        return faster ? tl::unexpected<Error>(std::move(*faster)) : refusal(visible);
    }
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
