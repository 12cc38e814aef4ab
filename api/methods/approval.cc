// Deciding on approvals, and looking at one.
#include <nlohmann/json.hpp>

#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "domain/approval/approval_commands.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

template <class Step>
Step step_of(const Json& params) {
    Step step;
    step.approval = params::approval(params);
    step.node = params::text(params, "node");
    step.revision = params::number(params, "revision", 0);
    step.revision_digest = params::id<Digest>(params, "revision_digest");
    step.opinion = params::text(params, "opinion");
    return step;
}

PreparedCommand prepared(Command command, const Json& params) {
    return PreparedCommand{std::move(command), {}, params::text(params, "approval"), {}};
}

Result<PreparedCommand> approve(const CommandScope& scope) {
    return prepared(step_of<ApproveStep>(scope.params), scope.params);
}

Result<PreparedCommand> reject(const CommandScope& scope) {
    return prepared(step_of<RejectStep>(scope.params), scope.params);
}

Result<PreparedCommand> return_to(const CommandScope& scope) {
    auto step = step_of<ReturnStep>(scope.params);
    step.to = params::text(scope.params, "to");
    return prepared(std::move(step), scope.params);
}

Result<Json> get_approval(const QueryScope& scope) {
    const ApprovalId id = params::approval(scope.params);
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    const Approval* approval =
        may_see_task(scope.access, units_of(*task)) ? find_approval(*task, id.no) : nullptr;
    if (approval == nullptr) {
        return fail(Errc::not_found, "there is no approval " + to_string(id), "approval");
    }
    const auto routes = read_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    const auto rounds = read_rounds(scope.snapshot, id.task, id.no);
    if (!rounds) return tl::unexpected<Error>(rounds.error());
    const TaskViewer viewer{scope.directory, scope.access, scope.today, &*routes};
    Json json = approval_json(task->id, *approval, *rounds, viewer);
    json["task"] = to_string(task->id);
    json["title"] = task->mandate->title;
    json["version"] = task->version;
    return json;
}

std::vector<Member> step_members() {
    return {required("approval", form(Form::approval_id)),
            optional("node", form(Form::name), "Without it: the node that is open."),
            required("revision", integer(1, 1'000'000), "What was read."),
            required("revision_digest", form(Form::digest), "What was read."),
            optional("opinion", shapes::opinion())};
}

}  // namespace

void add_approval_methods(Methods& methods) {
    methods.push_back(command_method("approval.approve", "同意: passes the open node.",
                                     object(step_members()), approve));
    methods.push_back(command_method("approval.reject", "不同意: ends the approval.",
                                     object(step_members()), reject));
    methods.push_back(command_method(
        "approval.return", "退回: sends it back to an earlier node.",
        with(object(step_members()),
             {optional("to", form(Form::name), "start, prev or a node; see the route.")}),
        return_to));
    methods.push_back(query_method(
        "approval.get", "One approval with its rounds.",
        object({required("approval", form(Form::approval_id))}),
        with(approval_schema(),
             {required("task", form(Form::task_id)), required("title", text(0, 10'000)),
              required("version", integer(0, integer_max))}),
        get_approval));
}

}  // namespace duban
