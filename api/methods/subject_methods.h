// What the methods of extensions, closings, amendments and issues have in common: asking for one, a
// new revision of it, looking at one. What a kind holds stays with its own methods.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/rpc/method.h"
#include "api/schema/schema.h"
#include "domain/task/task_history.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/views/task_view.h"

namespace duban::subject_methods {

// `content` is what the digest of the revision is of.
template <class Content>
[[nodiscard]] PreparedCommand prepared(Command command, const Content& content,
                                       std::string object) {
    return PreparedCommand{std::move(command), digest_of(to_row(content)), std::move(object), {}};
}

// What the caller sees of the task and of what was submitted of the subject. Errors: not_found
// (task); what the rows have.
using SubmissionReader = Result<TaskHistory> (*)(const Snapshot& snapshot, const TaskId& task,
                                                 std::uint32_t no);
[[nodiscard]] Result<TaskRecord> seen_of(const QueryScope& scope, const SubjectId& id,
                                         SubmissionReader read_submissions);

struct AskedRevision {
    const Revision* revision = nullptr;
    const void* content = nullptr;
};
// Adds to the subject's object the revision that the caller wants, else the newest that he sees,
// its content, and the list of all. `asked`: those that he sees, in order.
// Errors: not_found (revision).
[[nodiscard]] Status add_revisions(nlohmann::json& object, const SubjectHead& subject,
                                   const std::vector<AskedRevision>& asked, const Layout& content,
                                   const QueryScope& scope);
template <class Submitted>
[[nodiscard]] Status add_revisions(nlohmann::json& object, const SubjectHead& subject,
                                   const std::vector<Submitted>& asked, const QueryScope& scope) {
    std::vector<AskedRevision> revisions;
    for (const Submitted& one : asked) revisions.push_back({&one.revision, &one.content});
    return add_revisions(object, subject, revisions,
                         layout_of<std::remove_cvref_t<decltype(Submitted::content)>>(), scope);
}

// The members beside the content.
[[nodiscard]] schema::Member picks_member();
[[nodiscard]] std::vector<schema::Member> request_members();
[[nodiscard]] std::vector<schema::Member> revise_members(schema::Member id);
[[nodiscard]] Schema get_schema(schema::Member id);
// `subject`: what the object says of it before add_revisions().
[[nodiscard]] Schema got_schema(const Schema& subject);

}  // namespace duban::subject_methods
