// The commands about a task as a whole.
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>

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

// {"report": route}
std::vector<RouteBinding> routes_of(const Json& params) {
    std::vector<RouteBinding> routes;
    const auto given = params.find("routes");
    if (given == params.end()) return routes;
    for (const auto& [kind, route] : given->items()) {
        const auto known = enum_of<SubjectKind>(kind);
        if (known) routes.push_back({*known, RouteId(route.get<std::string>())});
    }
    return routes;
}

Schema routes_schema() {
    std::vector<Member> kinds;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<SubjectKind>>(
        [&](auto kind) { kinds.push_back(optional(kind.name, form(Form::route_id))); });
    return object(std::move(kinds));
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
    IssueTask command;
    command.task = params::task(scope.params);
    command.due = params::date(scope.params, "due");
    command.sign_by = params::date(scope.params, "sign_by");
    command.report_period = period_of(scope.params);
    if (const auto duties = scope.params.find("duties"); duties != scope.params.end()) {
        auto read = read_described<std::vector<DutyText>>(*duties, "duties");
        if (!read) return tl::unexpected<Error>(read.error());
        command.duties = std::move(*read);
    }
    command.key = params::flag(scope.params, "key", false);
    command.routes = routes_of(scope.params);
    return prepared(std::move(command));
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
    if (scope.params.contains("routes")) command.routes = routes_of(scope.params);
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
                optional("routes", routes_schema(), "For what is submitted from here on."),
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
    const Schema duty =
        object({required("unit", form(Form::unit_code)), required("duty", shapes::opinion())});
    methods.push_back(command_method(
        "task.issue", "交办: gives the task to its units.",
        object({task, optional("due", form(Form::date), "Required unless the mandate has one."),
                optional("sign_by", form(Form::date)),
                optional("report_period", shapes::report_period()),
                optional("duties", list(duty, 0, co_units_max + 1)),
                optional("key", boolean(), "重点任务; routes may ask for it."),
                optional("routes", routes_schema(),
                         "Routes of their own for what is submitted on the task.")}),
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
