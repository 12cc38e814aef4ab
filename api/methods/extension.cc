// Extensions: asking for a later day, a new revision of it, looking at one.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/picks.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/sight.h"
#include "domain/extension/extension_commands.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

ExtensionContent extension_content(const Json& params) {
    return {params::date(params, "new_due").value_or(Date{}), params::text(params, "reason")};
}

PreparedCommand prepared_extension(Command command, const ExtensionContent& content,
                                   std::string object) {
    return PreparedCommand{std::move(command),
                           digest_of(canonical_json(to_json_value(content))),
                           std::move(object),
                           {}};
}

Result<PreparedCommand> request_extension(const CommandScope& scope) {
    const auto content = extension_content(scope.params);
    const TaskId task = params::task(scope.params);
    RequestExtension command{task, params::id<UnitCode>(scope.params, "unit"), content,
                             picks_of(scope.params)};
    return prepared_extension(std::move(command), content, to_string(task));
}

Result<PreparedCommand> revise_extension(const CommandScope& scope) {
    const auto content = extension_content(scope.params);
    const SubjectId id = params::subject(scope.params, "extension");
    ReviseExtension command{id, content, params::text(scope.params, "note"),
                            picks_of(scope.params)};
    return prepared_extension(std::move(command), content, to_string(id));
}

Result<Json> get_extension(const QueryScope& scope) {
    const SubjectId id = params::subject(scope.params, "extension");
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    auto asked = read_extensions(scope.snapshot, id.task, id.no);
    if (!asked) return tl::unexpected<Error>(asked.error());
    const TaskRecord seen =
        as_seen(TaskRecord{*task, std::move(*asked)}, sight_of(*task, scope.access));
    const Extension* extension = find_extension(seen.state, id.no);
    if (extension == nullptr) {
        return fail(Errc::not_found, "there is no extension " + to_string(id), "extension");
    }
    const auto wanted = params::number(scope.params, "revision", extension->newest.no);
    Json json = extension_json(id.task, *extension, scope.directory);
    Json revisions = Json::array();
    bool found = false;
    for (const SubmittedExtension& one : seen.history.extensions) {
        revisions.push_back(revision_json(one.revision, scope.directory));
        if (one.revision.no != wanted) continue;
        found = true;
        json["revision"] = revision_json(one.revision, scope.directory);
        json["content"] = to_json_value(one.content);
    }
    if (!found) {
        return fail(Errc::not_found,
                    "the extension has no such revision that you may see; leave `revision` out for "
                    "the newest",
                    "revision");
    }
    json["revisions"] = std::move(revisions);
    json["task"] = to_string(id.task);
    json["title"] = task->mandate->title;
    return json;
}

}  // namespace

void add_extension_methods(Methods& methods) {
    const Member picks = optional("picks", shapes::picks(),
                                  "Persons for nodes that the route lets the starter name.");
    const Member id = required("extension", form(Form::extension_id));
    const Schema content =
        object({required("new_due", form(Form::date), "Later than the day that counts."),
                required("reason", shapes::long_text()), picks});
    methods.push_back(command_method(
        "extension.request",
        "延期: asks for a later day. The lead's moves the task's day, a cooperating unit's that of "
        "its own part.",
        with(content,
             {required("task", form(Form::task_id)), optional("unit", form(Form::unit_code))}),
        request_extension));
    methods.push_back(
        command_method("extension.revise", "A new revision of a returned extension.",
                       with(content, {id, optional("note", shapes::opinion(),
                                                   "Why it is submitted as it was, where nothing "
                                                   "changed.")}),
                       revise_extension));
    methods.push_back(query_method(
        "extension.get", "One revision of an extension; without a number the newest.",
        object({id, optional("revision", integer(1, 1'000'000))}),
        with(extension_schema(),
             {required("task", form(Form::task_id)), required("title", text(0, 10'000)),
              required("revision", revision_schema()),
              required("revisions", list(revision_schema(), 0, 100'000))}),
        get_extension));
}

}  // namespace duban
