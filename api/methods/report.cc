// Writing reports: draft, submission, new revision.
#include <nlohmann/json.hpp>

#include "api/rpc/evidence_param.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/report/report_commands.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<ReportContent> content_of(const CommandScope& scope) {
    ReportContent content;
    content.period = params::text(scope.params, "period");
    content.summary = params::text(scope.params, "summary");
    content.problems = params::text(scope.params, "problems");
    content.next_steps = params::text(scope.params, "next_steps");
    if (const auto values = scope.params.find("values"); values != scope.params.end()) {
        auto read = read_described<std::vector<ReportedValue>>(*values, "values");
        if (!read) return tl::unexpected<Error>(read.error());
        content.values = std::move(*read);
    }
    auto evidence = evidence_in(scope);
    if (!evidence) return tl::unexpected<Error>(evidence.error());
    content.evidence = std::move(*evidence);
    return content;
}

PreparedCommand prepared(Command command, const ReportContent& content, std::string object) {
    return PreparedCommand{std::move(command),
                           digest_of(canonical_json(to_json_value(content))),
                           std::move(object),
                           {}};
}

template <class Writing>
Result<PreparedCommand> write_report(const CommandScope& scope) {
    auto content = content_of(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const TaskId task = params::task(scope.params);
    Writing writing;
    writing.task = task;
    writing.unit = params::id<UnitCode>(scope.params, "unit");
    writing.content = *content;
    if constexpr (requires { writing.picks; }) writing.picks = picks_of(scope.params);
    return prepared(std::move(writing), *content, to_string(task));
}

Result<PreparedCommand> revise(const CommandScope& scope) {
    auto content = content_of(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const ReportId report = params::report(scope.params);
    ReviseReport revising{report, *content, params::text(scope.params, "note"),
                          picks_of(scope.params)};
    return prepared(std::move(revising), *content, to_string(report));
}

std::vector<Member> content_members(bool complete) {
    return {
        complete ? required("period", form(Form::period)) : optional("period", form(Form::period)),
        complete ? required("summary", shapes::long_text())
                 : optional("summary", shapes::long_text()),
        optional("problems", shapes::long_text()),
        optional("next_steps", shapes::long_text()),
        optional("values", shapes::reported_values()),
        evidence_member()};
}

}  // namespace

void add_report_methods(Methods& methods) {
    const std::vector<Member> place = {required("task", form(Form::task_id)),
                                       optional("unit", form(Form::unit_code))};
    const Member picks = optional("picks", shapes::picks(),
                                  "Persons for nodes that the route lets the starter name.");
    methods.push_back(reading_evidence(
        command_method("report.save", "Keeps the unit's draft, which only the unit sees.",
                       with(object(content_members(false)), place), write_report<SaveReport>)));
    methods.push_back(reading_evidence(command_method(
        "report.submit", "反馈: submits a progress report and opens its approval.",
        with(with(object(content_members(true)), place), {picks}), write_report<SubmitReport>)));
    methods.push_back(reading_evidence(
        command_method("report.revise", "A new revision of a returned report.",
                       with(object(content_members(true)),
                            {required("report", form(Form::report_id)), picks,
                             optional("note", shapes::opinion(),
                                      "Why it is submitted as it was, where nothing changed.")}),
                       revise)));
}

}  // namespace duban
