// The commands about one unit's part of a task.
#include <nlohmann/json.hpp>

#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/task/assignment_commands.h"

namespace duban {
namespace {

using namespace schema;

PreparedCommand task_command(Command command) {
    const std::string object = to_string(*command.task());
    return PreparedCommand{std::move(command), {}, object, {}};
}

Result<PreparedCommand> sign(const CommandScope& scope) {
    return task_command(
        SignAssignment{params::task(scope.params), params::id<UnitCode>(scope.params, "unit")});
}

Result<PreparedCommand> object_to(const CommandScope& scope) {
    return task_command(ObjectAssignment{params::task(scope.params),
                                         params::id<UnitCode>(scope.params, "unit"),
                                         params::text(scope.params, "reason")});
}

Result<PreparedCommand> settle(const CommandScope& scope) {
    const auto outcome = enum_of<Settlement>(params::text(scope.params, "outcome"));
    return task_command(SettleObjection{
        params::task(scope.params), params::id<UnitCode>(scope.params, "unit"),
        outcome.value_or(Settlement::confirm), params::id<UnitCode>(scope.params, "to"),
        params::text(scope.params, "reason")});
}

Result<PreparedCommand> assign_handler(const CommandScope& scope) {
    return task_command(AssignHandler{params::task(scope.params),
                                      params::id<UnitCode>(scope.params, "unit"),
                                      params::id<PersonId>(scope.params, "handler")});
}

Result<PreparedCommand> break_down(const CommandScope& scope) {
    auto parts = read_described<std::vector<WorkPart>>(scope.params.at("parts"), "parts");
    if (!parts) return tl::unexpected<Error>(parts.error());
    return task_command(BreakDown{params::task(scope.params),
                                  params::id<UnitCode>(scope.params, "unit"), std::move(*parts)});
}

schema::Member own_unit() {
    return optional("unit", form(Form::unit_code),
                    "Without it: the one unit of the task in which the caller holds a post.");
}

}  // namespace

void add_assignment_methods(Methods& methods) {
    const auto task = required("task", form(Form::task_id));
    methods.push_back(command_method("assignment.sign", "签收: the unit takes its part.",
                                     object({task, own_unit()}), sign));
    methods.push_back(command_method(
        "assignment.object", "退签: the unit objects to its part.",
        object({task, own_unit(), required("reason", shapes::reason())}), object_to));
    methods.push_back(command_method(
        "assignment.settle", "退签裁定: the office decides on an objection.",
        object({task, optional("unit", form(Form::unit_code)),
                required("outcome", enum_schema<Settlement>()),
                optional("to", form(Form::unit_code), "reassign: the unit that takes over."),
                optional("reason", shapes::opinion())}),
        settle));
    methods.push_back(command_method(
        "assignment.assign_handler", "指派: names who handles the unit's part.",
        object({task, own_unit(), required("handler", form(Form::person_id))}), assign_handler));
    const Schema part =
        object({required("title", shapes::title()), optional("handler", form(Form::person_id)),
                optional("due", form(Form::date))});
    methods.push_back(command_method(
        "assignment.break_down", "分解: the pieces of the unit's work; replaces an earlier list.",
        object({task, own_unit(), required("parts", list(part, 1, parts_max))}), break_down));
}

}  // namespace duban
