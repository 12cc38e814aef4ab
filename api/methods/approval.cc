// Deciding on approvals, and looking at one.
#include <nlohmann/json.hpp>

#include "api/render/approval_json.h"
#include "api/rpc/acting.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/sight.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

template <class Deciding>
Deciding decision_of(const Json& params) {
    auto act = acting::act_of<Deciding>(params);
    act.revision = params::number(params, "revision", 0);
    act.revision_digest = params::id<Digest>(params, "revision_digest");
    act.opinion = params::text(params, "opinion");
    return act;
}

Result<PreparedCommand> approve(const CommandScope& scope) {
    auto act = decision_of<ApproveSlot>(scope.params);
    act.picks = picks_of(scope.params);
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> reject(const CommandScope& scope) {
    return acting::prepared(decision_of<RejectSlot>(scope.params), scope.params);
}

Result<PreparedCommand> return_to(const CommandScope& scope) {
    auto act = decision_of<ReturnSlot>(scope.params);
    act.to = params::text(scope.params, "to");
    if (scope.params.contains("then"))
        act.then = enum_of<Resume>(params::text(scope.params, "then"));
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> hold(const CommandScope& scope) {
    auto act = acting::act_of<HoldApproval>(scope.params);
    act.opinion = params::text(scope.params, "opinion");
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> move_due(const CommandScope& scope) {
    return acting::prepared(MoveDue{params::approval(scope.params)}, scope.params);
}

Result<PreparedCommand> copy(const CommandScope& scope) {
    return acting::prepared(
        CopyApproval{params::approval(scope.params), params::ids<PersonId>(scope.params, "to")},
        scope.params);
}

Result<PreparedCommand> read(const CommandScope& scope) {
    return acting::prepared(ReadApproval{params::approval(scope.params)}, scope.params);
}

Result<Json> get_approval(const QueryScope& scope) {
    const ApprovalId id = params::approval(scope.params);
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    const bool seen = sight_of(*task, scope.access).sees_approval(id.no);
    const Approval* approval = seen ? find_approval(*task, id.no) : nullptr;
    if (approval == nullptr) {
        return fail(Errc::not_found, "there is no approval " + to_string(id), "approval");
    }
    const auto routes = read_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    const auto rounds = read_rounds(scope.snapshot, id.task, id.no);
    if (!rounds) return tl::unexpected<Error>(rounds.error());
    const auto comments = read_comments(scope.snapshot, id.task, id.no);
    if (!comments) return tl::unexpected<Error>(comments.error());
    const TaskViewer viewer{scope.directory, scope.access, scope.today, &*routes, scope.now};
    TaskHistory history = *rounds;
    history.comments = comments->comments;
    Json json = approval_json(*task, *approval, history, viewer);
    json["task"] = to_string(task->id);
    json["title"] = task->mandate->title;
    json["version"] = task->version;
    return json;
}

Schema decision_schema() {
    return with(object(acting::members()),
                {required("revision", integer(1, 1'000'000), "What was read."),
                 required("revision_digest", form(Form::digest), "What was read."),
                 optional("opinion", shapes::opinion())});
}

}  // namespace

void add_approval_methods(Methods& methods) {
    methods.push_back(
        command_method("approval.approve", "同意: for the caller's slot.",
                       with(decision_schema(),
                            {optional("picks", shapes::picks(),
                                      "Persons for nodes that the route lets the caller name.")}),
                       approve));
    methods.push_back(command_method("approval.reject", "不同意: for the caller's slot.",
                                     decision_schema(), reject));
    methods.push_back(command_method(
        "approval.return", "退回: sends it back to an earlier node.",
        with(decision_schema(),
             {optional("to", text(0, 200), "start, prev or a node; see the route."),
              optional("then", choice({"rerun", "jump"}),
                       "Where the route asks: every step again, or straight back.")}),
        return_to));
    methods.push_back(command_method("approval.claim",
                                     "认领: takes a pool's work for the caller alone.",
                                     object(acting::members()), acting::act<ClaimSlot>));
    methods.push_back(command_method("approval.release",
                                     "释放: gives claimed work back to the pool.",
                                     object(acting::members()), acting::act<ReleaseSlot>));
    methods.push_back(command_method(
        "approval.revoke",
        "通过后撤销: takes back what has passed; for those whom the route names. What it did is "
        "undone.",
        object(acting::course_members(true)), acting::course<RevokeApproval>));
    methods.push_back(command_method(
        "approval.hold", "挂起: stops the approval and its clocks.",
        with(object(acting::members()), {required("opinion", shapes::opinion())}), hold));
    const Member approval = required("approval", form(Form::approval_id));
    methods.push_back(
        command_method("approval.move_due",
                       "Counts its open due days anew on the present calendar; see calendar.moves.",
                       object({approval}), move_due));
    methods.push_back(command_method(
        "approval.resume", "恢复: ends the hold; what was left of its clocks is left.",
        object(acting::course_members(false)), acting::course<ResumeApproval>));
    methods.push_back(command_method(
        "approval.copy", "抄送: to persons who see the task; `copied` names those who had no copy.",
        object({approval, required("to", list(form(Form::person_id), 1, copies_at_once_max))}),
        copy));
    methods.push_back(command_method("approval.read", "已阅: marks the caller's copies as read.",
                                     object({approval}), read));
    methods.push_back(query_method(
        "approval.get",
        "One approval: its nodes with who holds them today, its closed rounds, its copies.",
        object({required("approval", form(Form::approval_id))}),
        with(approval_schema(),
             {required("task", form(Form::task_id)), required("title", text(0, 10'000)),
              required("version", integer(0, integer_max))}),
        get_approval));
}

}  // namespace duban
