// Extensions: asking for a later day, a new revision of it, looking at one.
#include <nlohmann/json.hpp>

#include "api/methods/subject_methods.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "domain/extension/extension_commands.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

ExtensionContent extension_content(const Json& params) {
    return {params::date(params, "new_due").value_or(Date{}), params::text(params, "reason")};
}

Result<PreparedCommand> request_extension(const CommandScope& scope) {
    const auto content = extension_content(scope.params);
    const TaskId task = params::task(scope.params);
    RequestExtension command{task, params::id<UnitCode>(scope.params, "unit"), content,
                             picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), content, to_string(task));
}

Result<PreparedCommand> revise_extension(const CommandScope& scope) {
    const auto content = extension_content(scope.params);
    const SubjectId id = params::subject(scope.params, "extension");
    ReviseExtension command{id, content, params::text(scope.params, "note"),
                            picks_of(scope.params)};
    return subject_methods::prepared(std::move(command), content, to_string(id));
}

Result<Json> get_extension(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "extension");
    const auto seen = subject_methods::seen_of(scope, id, read_extensions);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const Extension* extension = find_extension(seen->state, id.no);
    if (extension == nullptr) {
        return fail(Errc::not_found, "there is no extension " + to_string(id), "extension");
    }
    Json json = extension_json(id.task, *extension, scope.directory);
    auto added = subject_methods::add_revisions(json, *extension, seen->history.extensions, scope);
    if (!added) return tl::unexpected<Error>(added.error());
    json["task"] = to_string(id.task);
    json["title"] = seen->state.mandate->title;
    return json;
}

}  // namespace

void add_extension_methods(Methods& methods) {
    const Member id = required("extension", form(Form::extension_id));
    const Schema content =
        object({required("new_due", form(Form::date), "Later than the day that counts."),
                required("reason", shapes::long_text()), subject_methods::picks_member()});
    methods.push_back(command_method(
        "extension.request",
        "延期: asks for a later day. The lead's moves the task's day, a cooperating unit's that of "
        "its own part.",
        with(content, subject_methods::request_members()), request_extension));
    methods.push_back(command_method("extension.revise", "A new revision of a returned extension.",
                                     with(content, subject_methods::revise_members(id)),
                                     revise_extension));
    methods.push_back(query_method("extension.get",
                                   "One revision of an extension; without a number the newest.",
                                   subject_methods::get_schema(id),
                                   subject_methods::got_schema(extension_schema()), get_extension));
}

}  // namespace duban
