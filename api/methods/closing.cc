// Closings: asking that a task be struck off, a new revision of it, looking at one.
#include <nlohmann/json.hpp>

#include "api/methods/subject_methods.h"
#include "api/render/task_json.h"
#include "api/rpc/evidence_param.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/base/limits.h"
#include "domain/closing/closing_commands.h"
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

Result<PreparedCommand> request_closing(const CommandScope& scope) {
    const auto content = closing_content(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const TaskId task = params::task(scope.params);
    RequestClosing command{task, params::id<UnitCode>(scope.params, "unit"), *content,
                           picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), *content, to_string(task));
}

Result<PreparedCommand> revise_closing(const CommandScope& scope) {
    const auto content = closing_content(scope);
    if (!content) return tl::unexpected<Error>(content.error());
    const SubjectId id = params::subject(scope.params, "closing");
    ReviseClosing command{id, *content, params::text(scope.params, "note"), picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), *content, to_string(id));
}

Result<Json> get_closing(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "closing");
    const auto seen = subject_methods::seen_of(scope, id, read_closings);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const Closing* closing = find_closing(seen->state, id.no);
    if (closing == nullptr) {
        return fail(Errc::not_found, "there is no closing " + to_string(id), "closing");
    }
    Json json = closing_json(id.task, *closing, scope.directory);
    auto added = subject_methods::add_revisions(json, *closing, seen->history.closings, scope);
    if (!added) return tl::unexpected<Error>(added.error());
    json["task"] = to_string(id.task);
    json["title"] = seen->state.mandate->title;
    return json;
}

}  // namespace

void add_closing_methods(Methods& methods) {
    const Member id = required("closing", form(Form::closing_id));
    const Schema explained = object(
        {required("indicator", form(Form::name)), required("explanation", shapes::opinion())});
    const Schema content = object({required("conclusion", shapes::long_text()),
                                   optional("indicators", list(explained, 0, indicators_max),
                                            "Why an indicator that is not met may stand as it is."),
                                   evidence_member(), subject_methods::picks_member()});
    methods.push_back(reading_evidence(
        command_method("closing.request", "办结: the lead asks that the task be struck off.",
                       with(content, subject_methods::request_members()), request_closing)));
    methods.push_back(reading_evidence(
        command_method("closing.revise", "A new revision of a returned closing.",
                       with(content, subject_methods::revise_members(id)), revise_closing)));
    methods.push_back(query_method("closing.get",
                                   "One revision of a closing; without a number the newest.",
                                   subject_methods::get_schema(id),
                                   subject_methods::got_schema(closing_schema()), get_closing));
}

}  // namespace duban
