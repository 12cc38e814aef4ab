// Issues on request: asking for one, a new revision of it, looking at one.
#include <nlohmann/json.hpp>

#include "api/methods/issue_params.h"
#include "api/methods/subject_methods.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "domain/issuing/issuing_commands.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<IssuingContent> issuing_content(const Json& params) {
    auto terms = issue_params::terms_of(params);
    if (!terms) return tl::unexpected<Error>(terms.error());
    return IssuingContent{std::move(*terms), params::text(params, "reason")};
}

Result<PreparedCommand> request_issue(const CommandScope& scope) {
    const auto content = issuing_content(scope.params);
    if (!content) return tl::unexpected<Error>(content.error());
    const TaskId task = params::task(scope.params);
    return subject_methods::prepared(RequestIssue{task, *content, picks_of(scope.params)}, *content,
                                     to_string(task));
}

Result<PreparedCommand> revise_issue(const CommandScope& scope) {
    const auto content = issuing_content(scope.params);
    if (!content) return tl::unexpected<Error>(content.error());
    const SubjectId id = params::subject(scope.params, "issue");
    ReviseIssue command{id, *content, params::text(scope.params, "note"), picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), *content, to_string(id));
}

Result<Json> get_issue(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "issue");
    const auto seen = subject_methods::seen_of(scope, id, read_issuings);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const Issuing* issuing = find_issuing(seen->state, id.no);
    if (issuing == nullptr) {
        return fail(Errc::not_found, "there is no issue " + to_string(id), "issue");
    }
    Json json = issuing_json(id.task, *issuing, scope.directory);
    auto added = subject_methods::add_revisions(json, *issuing, seen->history.issuings, scope);
    if (!added) return tl::unexpected<Error>(added.error());
    json["task"] = to_string(id.task);
    json["title"] = seen->state.mandate->title;
    return json;
}

}  // namespace

void add_issuing_methods(Methods& methods) {
    const Member id = required("issue", form(Form::issue_id));
    const Schema content =
        with(object(issue_params::issue_members()),
             {optional("reason", shapes::long_text()), subject_methods::picks_member()});
    methods.push_back(command_method(
        "issue.request", "交办审批: asks that an established task be issued on these terms.",
        with(content, {required("task", form(Form::task_id))}), request_issue));
    methods.push_back(command_method("issue.revise", "A new revision of a returned issue.",
                                     with(content, subject_methods::revise_members(id)),
                                     revise_issue));
    methods.push_back(query_method(
        "issue.get", "One revision of an issue; without a number the newest.",
        subject_methods::get_schema(id), subject_methods::got_schema(issuing_schema()), get_issue));
}

}  // namespace duban
