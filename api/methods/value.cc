// 更正: correcting accepted values.
#include <nlohmann/json.hpp>

#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/report/report_commands.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr const char* value_parts[] = {"indicator", "member",      "value", "numerator",
                                       "grade",     "denominator", "note"};

Result<PreparedCommand> correct_value(const CommandScope& scope) {
    CorrectValue command;
    command.task = params::task(scope.params);
    command.unit = params::id<UnitCode>(scope.params, "unit");
    command.period = params::text(scope.params, "period");
    command.reason = params::text(scope.params, "reason");
    if (scope.params.contains("report")) {
        const ReportId report = params::report(scope.params);
        if (report.task != command.task) {
            return fail(Errc::invalid_argument,
                        to_string(report) + " is a report on another task; name one on " +
                            to_string(command.task) + ".",
                        "report");
        }
        command.report = report.no;
    }
    Json value = Json::object();
    for (const char* part : value_parts) {
        if (const auto given = scope.params.find(part); given != scope.params.end()) {
            value[part] = *given;
        }
    }
    auto read = read_described<ReportedValue>(value, "");
    if (!read) return tl::unexpected<Error>(read.error());
    command.value = std::move(*read);
    const std::string object = to_string(command.task);
    return PreparedCommand{Command(std::move(command)), {}, object, {}};
}

}  // namespace

void add_value_methods(Methods& methods) {
    const Schema decimal = form(Form::decimal);
    methods.push_back(command_method(
        "value.correct",
        "更正: the office puts another value in the place of an accepted one. Both stay on record, "
        "the report keeps what it said, and totals follow.",
        object({required("task", form(Form::task_id)), required("indicator", form(Form::name)),
                optional("member", text(0, 100), "Of the indicator's scope."),
                required("period", form(Form::period), "Of the cell, or of the report."),
                optional("unit", form(Form::unit_code), "That reported the value."),
                optional("report", form(Form::report_id),
                         "Where several reports brought values that are meant."),
                optional("value", text(0, shapes::opinion_max),
                         "A decimal string, yes or no, or words, as the indicator asks."),
                optional("numerator", decimal), optional("denominator", decimal),
                optional("grade", enum_schema<Grade>()), optional("note", shapes::opinion()),
                required("reason", shapes::reason())}),
        correct_value));
}

}  // namespace duban
