#include "api/methods/subject_methods.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/schema/shapes.h"
#include "domain/approval/sight.h"

namespace duban::subject_methods {

using namespace schema;
using Json = nlohmann::json;

Result<TaskRecord> seen_of(const QueryScope& scope, const SubjectId& id,
                           SubmissionReader read_submissions) {
    auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    auto asked = read_submissions(scope.snapshot, id.task, id.no);
    if (!asked) return tl::unexpected<Error>(asked.error());
    const TaskSight sight = sight_of(*task, scope.access);
    return as_seen(TaskRecord{std::move(*task), std::move(*asked)}, sight);
}

Status add_revisions(Json& object, const SubjectHead& subject,
                     const std::vector<AskedRevision>& asked, const Layout& content,
                     const QueryScope& scope) {
    const auto wanted = params::number(scope.params, "revision", subject.newest.no);
    Json revisions = Json::array();
    bool found = false;
    for (const AskedRevision& one : asked) {
        revisions.push_back(revision_json(*one.revision, scope.directory));
        if (one.revision->no != wanted) continue;
        found = true;
        object["revision"] = revisions.back();
        object["content"] = json_of(one.content, content);
    }
    if (!found) {
        return fail(Errc::not_found,
                    "there is no such revision that you may see; leave `revision` out for the "
                    "newest",
                    "revision");
    }
    object["revisions"] = std::move(revisions);
    return {};
}

Member picks_member() {
    return optional("picks", shapes::picks(),
                    "Persons for nodes that the route lets the starter name.");
}

std::vector<Member> request_members() {
    return {required("task", form(Form::task_id)), optional("unit", form(Form::unit_code))};
}

std::vector<Member> revise_members(Member id) {
    return {std::move(id), optional("note", shapes::opinion(),
                                    "Why it is submitted as it was, where nothing changed.")};
}

Schema get_schema(Member id) {
    return object({std::move(id), optional("revision", integer(1, 1'000'000))});
}

Schema got_schema(const Schema& subject) {
    return with(subject, {required("task", form(Form::task_id)), required("title", text(0, 10'000)),
                          required("revision", revision_schema()),
                          required("revisions", list(revision_schema(), 0, 100'000))});
}

}  // namespace duban::subject_methods
