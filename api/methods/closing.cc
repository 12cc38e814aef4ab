// Closings: asking that a task be struck off, a new revision of it, looking at one.
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/rpc/evidence_param.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/sight.h"
#include "domain/base/limits.h"
#include "domain/closing/closing_commands.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<ClosingContent> closing_content(const CommandScope& scope) {
    ClosingContent content;
    content.conclusion = params::text(scope.params, "conclusion");
    if (const auto given = scope.params.find("indicators"); given != scope.params.end()) {
        auto read = read_described<std::vector<ExplainedIndicator>>(*given, "indicators");
        if (!read) return tl::unexpected<Error>(read.error());
        content.indicators = std::move(*read);
    }
    auto evidence = evidence_in(scope);
    if (!evidence) return tl::unexpected<Error>(evidence.error());
    content.evidence = std::move(*evidence);
    return content;
}

PreparedCommand prepared_closing(Command command, const ClosingContent& content,
                                 std::string object) {
    return PreparedCommand{std::move(command),
                           digest_of(canonical_json(to_json_value(content))),
                           std::move(object),
                           {}};
}

Result<PreparedCommand> request_closing(const CommandScope& scope) {
    const auto content = closing_content(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const TaskId task = params::task(scope.params);
    RequestClosing command{task, params::id<UnitCode>(scope.params, "unit"), *content,
                           picks_of(scope.params)};
    return prepared_closing(std::move(command), *content, to_string(task));
}

Result<PreparedCommand> revise_closing(const CommandScope& scope) {
    const auto content = closing_content(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const SubjectId id = params::subject(scope.params, "closing");
    ReviseClosing command{id, *content, params::text(scope.params, "note"), picks_of(scope.params)};
    return prepared_closing(std::move(command), *content, to_string(id));
}

Result<Json> get_closing(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "closing");
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    auto asked = read_closings(scope.snapshot, id.task, id.no);
    if (!asked) return tl::unexpected<Error>(asked.error());
    const TaskRecord seen =
        as_seen(TaskRecord{*task, std::move(*asked)}, sight_of(*task, scope.access));
    const Closing* closing = find_closing(seen.state, id.no);
    if (closing == nullptr) {
        return fail(Errc::not_found, "there is no closing " + to_string(id), "closing");
    }
    const auto wanted = params::number(scope.params, "revision", closing->newest.no);
    Json json = closing_json(id.task, *closing, scope.directory);
    Json revisions = Json::array();
    bool found = false;
    for (const SubmittedClosing& one : seen.history.closings) {
        revisions.push_back(revision_json(one.revision, scope.directory));
        if (one.revision.no != wanted) continue;
        found = true;
        json["revision"] = revision_json(one.revision, scope.directory);
        json["content"] = to_json_value(one.content);
    }
    if (!found) {
        return fail(Errc::not_found,
                    "the closing has no such revision that you may see; leave `revision` out for "
                    "the newest",
                    "revision");
    }
    json["revisions"] = std::move(revisions);
    json["task"] = to_string(id.task);
    json["title"] = task->mandate->title;
    return json;
}

}  // namespace

void add_closing_methods(Methods& methods) {
    const Member picks = optional("picks", shapes::picks(),
                                  "Persons for nodes that the route lets the starter name.");
    const Member id = required("closing", form(Form::closing_id));
    const Schema explained = object(
        {required("indicator", form(Form::name)), required("explanation", shapes::opinion())});
    const Schema content = object({required("conclusion", shapes::long_text()),
                                   optional("indicators", list(explained, 0, indicators_max),
                                            "Why an indicator that is not met may stand as it is."),
                                   evidence_member(), picks});
    methods.push_back(reading_evidence(command_method(
        "closing.request", "办结: the lead asks that the task be struck off.",
        with(content,
             {required("task", form(Form::task_id)), optional("unit", form(Form::unit_code))}),
        request_closing)));
    methods.push_back(reading_evidence(
        command_method("closing.revise", "A new revision of a returned closing.",
                       with(content, {id, optional("note", shapes::opinion(),
                                                   "Why it is submitted as it was, where nothing "
                                                   "changed.")}),
                       revise_closing)));
    methods.push_back(query_method(
        "closing.get", "One revision of a closing; without a number the newest.",
        object({id, optional("revision", integer(1, 1'000'000))}),
        with(closing_schema(),
             {required("task", form(Form::task_id)), required("title", text(0, 10'000)),
              required("revision", revision_schema()),
              required("revisions", list(revision_schema(), 0, 100'000))}),
        get_closing));
}

}  // namespace duban
