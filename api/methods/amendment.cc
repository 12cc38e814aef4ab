// Amendments on request: asking for one, a new revision of it, looking at one.
#include <nlohmann/json.hpp>

#include "api/methods/subject_methods.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/amendment/amendment_commands.h"
#include "domain/base/limits.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<AmendmentContent> amendment_content(const Json& params) {
    auto changes = read_described<MandateChanges>(params.at("changes"), "changes");
    if (!changes) return tl::unexpected<Error>(changes.error());
    return AmendmentContent{std::move(*changes), params::text(params, "reason")};
}

Result<PreparedCommand> request_amendment(const CommandScope& scope) {
    const auto content = amendment_content(scope.params);
    if (!content) return tl::unexpected<Error>(content.error());
    const TaskId task = params::task(scope.params);
    RequestAmendment command{task, params::id<UnitCode>(scope.params, "unit"), *content,
                             picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), *content, to_string(task));
}

Result<PreparedCommand> revise_amendment(const CommandScope& scope) {
    const auto content = amendment_content(scope.params);
    if (!content) return tl::unexpected<Error>(content.error());
    const SubjectId id = params::subject(scope.params, "amendment");
    ReviseAmendment command{id, *content, params::text(scope.params, "note"),
                            picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), *content, to_string(id));
}

Result<Json> get_amendment(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "amendment");
    const auto seen = subject_methods::seen_of(scope, id, read_amendments);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const Amendment* amendment = find_amendment(seen->state, id.no);
    if (amendment == nullptr) {
        return fail(Errc::not_found, "there is no amendment " + to_string(id), "amendment");
    }
    Json json = amendment_json(id.task, *amendment, scope.directory);
    auto added = subject_methods::add_revisions(json, *amendment, seen->history.amendments, scope);
    if (!added) return tl::unexpected<Error>(added.error());
    json["task"] = to_string(id.task);
    json["title"] = seen->state.mandate->title;
    return json;
}

Schema changes_schema() {
    return object({optional("title", shapes::title()), optional("text", shapes::long_text()),
                   optional("document_no", shapes::optional_title()),
                   optional("lead", form(Form::unit_code)), optional("co", shapes::co_units()),
                   optional("due", form(Form::date)),
                   optional("report_period", shapes::report_period()),
                   optional("indicators", list(shapes::indicator(), 0, indicators_max))});
}

}  // namespace

void add_amendment_methods(Methods& methods) {
    const Member id = required("amendment", form(Form::amendment_id));
    const Schema content = object(
        {required("changes", changes_schema(), "What is given replaces that of the mandate."),
         required("reason", shapes::long_text()), subject_methods::picks_member()});
    methods.push_back(command_method(
        "amend.request",
        "申请变更: a unit of the task, or the office, asks that the mandate be changed.",
        with(content, subject_methods::request_members()), request_amendment));
    methods.push_back(command_method("amend.revise", "A new revision of a returned amendment.",
                                     with(content, subject_methods::revise_members(id)),
                                     revise_amendment));
    methods.push_back(query_method("amend.get",
                                   "One revision of an amendment; without a number the newest.",
                                   subject_methods::get_schema(id),
                                   subject_methods::got_schema(amendment_schema()), get_amendment));
}

}  // namespace duban
