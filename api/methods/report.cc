// Writing reports: draft, submission, new revision.
#include <nlohmann/json.hpp>

#include "api/guard/blobs.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_content.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// The record of a blob that the caller may read: nobody opens another's file by naming its digest.
Result<Evidence> evidence_of(const CommandScope& scope, const Json& item, const std::string& path) {
    const Digest digest(item.is_string() ? item.get<std::string>()
                                         : item.at("digest").get<std::string>());
    const auto blob = open_blob(scope.api, scope.caller, digest);
    if (!blob && blob.error().code == Errc::not_found) {
        return fail(
            Errc::not_found,
            path + ": there is no file " + digest.value + "; upload it with POST /blobs first",
            path);
    }
    if (!blob) return tl::unexpected<Error>(blob.error());
    // A file that is named by its digest alone is called by the beginning of that.
    std::string name = item.is_object() && item.contains("name")
                           ? params::text(item, "name")
                           : digest.value.substr(digest.value.find(':') + 1, 16);
    return Evidence{digest, blob->bytes, blob->media_type, std::move(name)};
}

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
    const auto evidence = scope.params.find("evidence");
    if (evidence == scope.params.end()) return content;
    for (std::size_t at = 0; at < evidence->size(); ++at) {
        auto one = evidence_of(scope, (*evidence)[at], "evidence[" + std::to_string(at) + "]");
        if (!one) return tl::unexpected<Error>(one.error());
        content.evidence.push_back(std::move(*one));
    }
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
    const Schema decimal = form(Form::decimal);
    const Schema value = object(
        {required("indicator", form(Form::name)),
         optional("member", text(0, 100), "Of the indicator's scope."),
         optional("period", form(Form::period), "Without it: the report's period, made coarser."),
         optional("value", text(0, shapes::opinion_max),
                  "A decimal string, yes or no, or words, as the indicator asks."),
         optional("numerator", decimal), optional("denominator", decimal),
         optional("grade", enum_schema<Grade>()), optional("note", shapes::opinion())});
    const Schema digest = form(Form::digest);
    const Schema file =
        object({required("digest", digest),
                optional("name", shapes::title(), "As the file is called where it comes from.")});
    return {
        complete ? required("period", form(Form::period)) : optional("period", form(Form::period)),
        complete ? required("summary", shapes::long_text())
                 : optional("summary", shapes::long_text()),
        optional("problems", shapes::long_text()),
        optional("next_steps", shapes::long_text()),
        optional("values", list(value, 0, values_max)),
        optional("evidence", list(either({digest, file}), 0, evidence_max),
                 "Digests of uploaded files, or {digest, name}.")};
}

// Files are looked up; a report without them asks nothing of the disk.
bool names_files(const Json& params) {
    const auto files = params.find("evidence");
    return files != params.end() && !files->empty();
}

Method with_disk(Method method) {
    method.reads_disk = &names_files;
    return method;
}

}  // namespace

void add_report_methods(Methods& methods) {
    const std::vector<Member> place = {required("task", form(Form::task_id)),
                                       optional("unit", form(Form::unit_code))};
    const Member picks = optional("picks", shapes::picks(),
                                  "Persons for nodes that the route lets the starter name.");
    methods.push_back(with_disk(
        command_method("report.save", "Keeps the unit's draft, which only the unit sees.",
                       with(object(content_members(false)), place), write_report<SaveReport>)));
    methods.push_back(with_disk(command_method(
        "report.submit", "反馈: submits a progress report and opens its approval.",
        with(with(object(content_members(true)), place), {picks}), write_report<SubmitReport>)));
    methods.push_back(with_disk(
        command_method("report.revise", "A new revision of a returned report.",
                       with(object(content_members(true)),
                            {required("report", form(Form::report_id)), picks,
                             optional("note", shapes::opinion(),
                                      "Why it is submitted as it was, where nothing changed.")}),
                       revise)));
}

}  // namespace duban
