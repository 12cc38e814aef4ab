// Changing the course of an approval from outside its route, urging it and commenting on it.
#include <nlohmann/json.hpp>

#include "api/rpc/acting.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "domain/approval/course_commands.h"

namespace duban {
namespace {

using namespace schema;

Result<PreparedCommand> end(const CommandScope& scope) {
    auto act = acting::act_of<EndApproval>(scope.params);
    act.opinion = params::text(scope.params, "opinion");
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> jump(const CommandScope& scope) {
    return acting::prepared(
        JumpApproval{params::approval(scope.params), params::text(scope.params, "to"),
                     params::text(scope.params, "opinion")},
        scope.params);
}

Result<PreparedCommand> urge(const CommandScope& scope) {
    return acting::prepared(
        UrgeApproval{params::approval(scope.params), params::text(scope.params, "text")},
        scope.params);
}

Result<PreparedCommand> comment(const CommandScope& scope) {
    return acting::prepared(
        CommentApproval{params::approval(scope.params), params::text(scope.params, "text"),
                        params::ids<PersonId>(scope.params, "to")},
        scope.params);
}

}  // namespace

void add_approval_course_methods(Methods& methods) {
    methods.push_back(
        command_method("approval.withdraw", "撤回: by who submitted it, while the route lets him.",
                       object(acting::course_members(false)), acting::course<WithdrawApproval>));
    methods.push_back(command_method(
        "approval.end", "终止: by the office's head, or by who is asked in a node that offers it.",
        with(object(acting::members()), {required("opinion", shapes::opinion())}), end));
    methods.push_back(
        command_method("approval.void", "作废: by the office's head or a leader, in any state.",
                       object(acting::course_members(true)), acting::course<VoidApproval>));
    methods.push_back(command_method(
        "approval.jump", "跳转: by the office's head, to a node or block of the route's own list.",
        with(object(acting::course_members(true)), {required("to", text(1, 200))}), jump));
    const Member approval = required("approval", form(Form::approval_id));
    methods.push_back(command_method(
        "approval.urge", "催办: `urged` names those whom it waits for. Nothing else changes.",
        object({approval, optional("text", shapes::opinion())}), urge));
    methods.push_back(command_method(
        "approval.comment", "附言: in any state; addressed to some, read by all who see it.",
        object({approval, required("text", shapes::opinion()),
                optional("to", list(form(Form::person_id), 0, addressed_max))}),
        comment));
}

}  // namespace duban
