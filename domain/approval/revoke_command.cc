#include "domain/approval/revoke_command.h"

#include <utility>

#include "domain/approval/effect_events.h"
#include "domain/approval/effects.h"
#include "domain/approval/seats.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Result<Capacity> require_revoker(const TaskState& task, const Approval& approval,
                                 const Facts& facts) {
    const auto plan = plan_of(approval, facts);
    if (!plan) return refusal(plan);
    const Route& route = (*plan)->route();
    const auto seats =
        seats_meant(route.revoke_after_pass, SeatScope{task, approval.subject.unit, {}});
    if (!seats.empty()) return require_judge(task, facts, seats, "revoke what has passed");
    return fail(Errc::forbidden, "The route " + route.route.value +
                                     " lets nobody revoke what has passed; the office's head may "
                                     "void it.");
}

Status check_revocable(const TaskState& task, const Approval& approval) {
    if (auto runs = require_not_held(task, "revoke anything on it"); !runs) return runs;
    const std::string id = to_string(ApprovalId{task.id, approval.no});
    if (approval.parent) {
        return refuse("not_passed", id + " is part of " +
                                        to_string(ApprovalId{task.id, approval.parent->approval}) +
                                        "; revoke that one.");
    }
    if (approval.state == ApprovalState::passed) return {};
    return refuse("not_passed", "Only what has passed can be revoked; " + id + " is " +
                                    words(approval.state) + ".");
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const RevokeApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto capacity = require_revoker(task, **approval, facts);
    if (!capacity) return refusal(capacity);
    auto checked = check_revocable(task, **approval).and_then([&] {
        return require_text(command.opinion, "opinion", opinion_characters_max);
    });
    if (!checked) return refusal(checked);
    std::vector<Event> events = {ApprovalRevoked{command.approval, command.opinion}};
    for (Event& undone : undo_of(task, **approval, facts)) events.push_back(std::move(undone));
    return decision(*capacity, std::move(events));
}

DUBAN_DEFINE_COMMAND(RevokeApproval)

}  // namespace duban
