// The commands about a task as a whole.
#include <nlohmann/json.hpp>

#include "api/methods/issue_params.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/task/task_commands.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

PreparedCommand prepared(Command command) {
    std::string object = to_string(*command.task());
    return PreparedCommand{std::move(command), {}, std::move(object), {}};
}

std::optional<PeriodKind> period_of(const Json& params) {
    const auto found = params.find("report_period");
    if (found == params.end()) return std::nullopt;
    return enum_of<PeriodKind>(found->get_ref<const std::string&>());
}

Result<std::vector<Indicator>> indicators_of(const Json& params) {
    const auto found = params.find("indicators");
    if (found == params.end()) return std::vector<Indicator>();
    return read_described<std::vector<Indicator>>(*found, "indicators");
}

Result<PreparedCommand> register_task(const CommandScope& scope) {
    auto indicators = indicators_of(scope.params);
    if (!indicators) return tl::unexpected<Error>(indicators.error());
    Mandate mandate;
    mandate.title = params::text(scope.params, "title");
    mandate.text = params::text(scope.params, "text");
    mandate.source = params::text(scope.params, "source");
    mandate.document_no = params::text(scope.params, "document_no");
    mandate.lead = params::id<UnitCode>(scope.params, "lead");
    mandate.co = params::ids<UnitCode>(scope.params, "co");
    mandate.due = params::date(scope.params, "due");
    mandate.report_period = period_of(scope.params);
    mandate.indicators = std::move(*indicators);
    return prepared(RegisterTask{params::task(scope.params), std::move(mandate)});
}

Result<PreparedCommand> approve_task(const CommandScope& scope) {
    const auto verdict = enum_of<RegistrationVerdict>(params::text(scope.params, "decision"));
    return prepared(ApproveTask{params::task(scope.params),
                                verdict.value_or(RegistrationVerdict::return_),
                                params::text(scope.params, "opinion")});
}

Result<PreparedCommand> issue_task(const CommandScope& scope) {
    auto terms = issue_params::terms_of(scope.params);
    if (!terms) return tl::unexpected<Error>(terms.error());
    return prepared(IssueTask{params::task(scope.params), terms->due, terms->sign_by,
                              terms->report_period, std::move(terms->duties), terms->key,
                              std::move(terms->routes)});
}

std::optional<std::string> given_text(const Json& params, const char* name) {
    if (!params.contains(name)) return std::nullopt;
    return params::text(params, name);
}

Result<PreparedCommand> amend_task(const CommandScope& scope) {
    AmendTask command;
    command.task = params::task(scope.params);
    command.title = given_text(scope.params, "title");
    command.text = given_text(scope.params, "text");
    command.document_no = given_text(scope.params, "document_no");
    if (scope.params.contains("lead")) command.lead = params::id<UnitCode>(scope.params, "lead");
    if (scope.params.contains("co")) command.co = params::ids<UnitCode>(scope.params, "co");
    command.due = params::date(scope.params, "due");
    command.report_period = period_of(scope.params);
    if (scope.params.contains("indicators")) {
        auto indicators = indicators_of(scope.params);
        if (!indicators) return tl::unexpected<Error>(indicators.error());
        command.indicators = std::move(*indicators);
    }
    if (scope.params.contains("routes")) command.routes = issue_params::routes_of(scope.params);
    command.reason = params::text(scope.params, "reason");
    return prepared(std::move(command));
}

Result<PreparedCommand> hold_task(const CommandScope& scope) {
    return prepared(HoldTask{params::task(scope.params), params::text(scope.params, "reason")});
}

Result<PreparedCommand> resume_task(const CommandScope& scope) {
    return prepared(ResumeTask{params::task(scope.params), params::text(scope.params, "opinion")});
}

Result<PreparedCommand> urge_task(const CommandScope& scope) {
    const auto level = enum_of<UrgeLevel>(params::text(scope.params, "level"));
    return prepared(UrgeTask{params::task(scope.params), level.value_or(UrgeLevel::blue),
                             params::ids<UnitCode>(scope.params, "units"),
                             params::text(scope.params, "text")});
}

void add_mandate_methods(Methods& methods, const schema::Member& task) {
    const Schema indicators = list(shapes::indicator(), 0, indicators_max);
    methods.push_back(command_method(
        "task.register", "立项登记: puts a task on its plan's list.",
        object({task, required("title", shapes::title()), optional("text", shapes::long_text()),
                optional("source", shapes::optional_title()),
                optional("document_no", shapes::optional_title()),
                required("lead", form(Form::unit_code)), optional("co", shapes::co_units()),
                optional("due", form(Form::date)),
                optional("report_period", shapes::report_period()),
                optional("indicators", indicators)}),
        register_task));
    methods.push_back(command_method(
        "task.amend", "变更: replaces the given parts of the mandate; the old one is kept.",
        object({task, optional("title", shapes::title()), optional("text", shapes::long_text()),
                optional("document_no", shapes::optional_title()),
                optional("lead", form(Form::unit_code)), optional("co", shapes::co_units()),
                optional("due", form(Form::date),
                         "Another day than the mandate's counts as it is: holds until then add "
                         "nothing to it."),
                optional("report_period", shapes::report_period()),
                optional("indicators", indicators),
                optional("routes", issue_params::routes_schema(),
                         "For what is submitted from here on."),
                required("reason", shapes::reason())}),
        amend_task));
}

}  // namespace

void add_task_methods(Methods& methods) {
    const auto task = required("task", form(Form::task_id));
    add_mandate_methods(methods, task);
    methods.push_back(
        command_method("task.approve", "立项审批: establishes the task or sends it back.",
                       object({task, required("decision", enum_schema<RegistrationVerdict>()),
                               optional("opinion", shapes::opinion(), "Required for return.")}),
                       approve_task));
    methods.push_back(command_method("task.issue", "交办: gives the task to its units.",
                                     with(object({task}), issue_params::issue_members()),
                                     issue_task));
    methods.push_back(command_method("task.hold", "挂起: stops all clocks of the task.",
                                     object({task, required("reason", shapes::reason())}),
                                     hold_task));
    methods.push_back(command_method("task.resume", "恢复: ends the hold.",
                                     object({task, optional("opinion", shapes::opinion())}),
                                     resume_task));
    methods.push_back(command_method(
        "task.urge", "催办: urges units that have an open part.",
        object({task, optional("level", enum_schema<UrgeLevel>(), "blue when left out."),
                optional("units", shapes::units(co_units_max + 1),
                         "Without it: all with an open part."),
                optional("text", shapes::opinion())}),
        urge_task));
}

}  // namespace duban
