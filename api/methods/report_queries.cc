// Looking at reports: one revision, and what changed between two.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "api/render/correction_json.h"
#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/sight.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

struct SeenReport {
    ReportId id;
    std::string title;
    Report report;
    std::vector<SubmittedRevision> revisions;  // those that the caller sees, without contents
};

Result<SeenReport> visible_report(const QueryScope& scope) {
    const ReportId id = params::report(scope.params);
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    const TaskSight sight = sight_of(*task, scope.access);
    const Report* report =
        sight.sees_subject({id.task, 'r', id.no}) ? find_report(*task, id.no) : nullptr;
    if (report == nullptr) {
        return fail(Errc::not_found, "there is no report " + to_string(id), "report");
    }
    auto history = read_revisions(scope.snapshot, id.task, id.no);
    if (!history) return tl::unexpected<Error>(history.error());
    std::erase_if(history->revisions, [&](const SubmittedRevision& one) {
        return !sight.sees_revision({id.task, 'r', id.no}, one.revision.no);
    });
    if (history->revisions.empty()) {
        return fail(Errc::corrupt, "the view lacks the revisions of a report");
    }
    return SeenReport{id, task->mandate->title, *report, std::move(history->revisions)};
}

struct SeenRevision {
    Revision revision;
    ReportContent content;
};

Result<SeenRevision> revision_of(const QueryScope& scope, const SeenReport& seen, std::uint32_t no,
                                 const char* field) {
    const auto found = std::ranges::find(
        seen.revisions, no, [](const SubmittedRevision& one) { return one.revision.no; });
    if (found == seen.revisions.end()) {
        std::string numbers;
        for (const SubmittedRevision& one : seen.revisions) {
            numbers += (numbers.empty() ? "" : ", ") + std::to_string(one.revision.no);
        }
        return fail(Errc::not_found, "of the report you may see the revisions " + numbers, field);
    }
    auto content = read_content(scope.snapshot, seen.id, no);
    if (!content) return tl::unexpected<Error>(content.error());
    if (!*content) return fail(Errc::corrupt, "the view lacks the content of a revision");
    return SeenRevision{found->revision, std::move(**content)};
}

Result<Json> get(const QueryScope& scope) {
    const auto seen = visible_report(scope);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const Report& report = seen->report;
    const auto wanted =
        params::number(scope.params, "revision", seen->revisions.back().revision.no);
    const auto revision = revision_of(scope, *seen, wanted, "revision");
    if (!revision) return tl::unexpected<Error>(revision.error());
    Json revisions = Json::array();
    for (const SubmittedRevision& one : seen->revisions) {
        revisions.push_back(revision_json(one.revision, scope.directory));
    }
    Json json = {{"report", to_string(seen->id)},
                 {"task", to_string(seen->id.task)},
                 {"title", seen->title},
                 {"unit", unit_json(scope.directory, report.unit)},
                 {"state", std::string(enum_name(report.state))},
                 {"revision", revision_json(revision->revision, scope.directory)},
                 {"content", to_json_value(revision->content)},
                 {"revisions", std::move(revisions)}};
    if (report.approval != 0) {
        json["approval"] = to_string(ApprovalId{seen->id.task, report.approval});
    }
    const auto corrected = read_corrections(scope.snapshot, seen->id.task);
    if (!corrected) return tl::unexpected<Error>(corrected.error());
    json["corrections"] = corrections_json(
        *corrected, seen->id.task, scope.directory, [&](const ValueCorrection& one) {
            return one.report == seen->id.no &&
                   std::ranges::any_of(seen->revisions, [&](const SubmittedRevision& submitted) {
                       return submitted.revision.no == one.revision;
                   });
        });
    return json;
}

Json changed_texts(const ReportContent& from, const ReportContent& to) {
    Json changes = Json::array();
    const auto compare = [&](const char* field, const std::string& a, const std::string& b) {
        if (a != b) changes.push_back({{"field", field}, {"from", a}, {"to", b}});
    };
    compare("period", from.period, to.period);
    compare("summary", from.summary, to.summary);
    compare("problems", from.problems, to.problems);
    compare("next_steps", from.next_steps, to.next_steps);
    return changes;
}

using CellKey = std::tuple<std::string, std::string, std::string>;

std::map<CellKey, const ReportedValue*> by_cell(const ReportContent& content) {
    std::map<CellKey, const ReportedValue*> cells;
    for (const ReportedValue& value : content.values) {
        cells[{value.indicator, value.member, value.period}] = &value;
    }
    return cells;
}

Json changed_values(const ReportContent& from, const ReportContent& to) {
    const auto old_cells = by_cell(from);
    const auto new_cells = by_cell(to);
    auto keys = old_cells;
    keys.insert(new_cells.begin(), new_cells.end());
    Json changes = Json::array();
    for (const auto& [key, unused] : keys) {
        const auto was = old_cells.find(key);
        const auto is = new_cells.find(key);
        if (was != old_cells.end() && is != new_cells.end() && *was->second == *is->second) {
            continue;
        }
        const auto& [indicator, member, period] = key;
        Json change = {{"indicator", indicator}, {"member", member}, {"period", period}};
        if (was != old_cells.end()) change["from"] = to_json_value(*was->second);
        if (is != new_cells.end()) change["to"] = to_json_value(*is->second);
        changes.push_back(std::move(change));
    }
    return changes;
}

Json missing_in(const std::vector<Evidence>& there, const std::vector<Evidence>& here) {
    Json list = Json::array();
    for (const Evidence& one : here) {
        if (std::ranges::find(there, one) == there.end()) list.push_back(to_json_value(one));
    }
    return list;
}

Result<Json> diff(const QueryScope& scope) {
    const auto seen = visible_report(scope);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const auto from = revision_of(scope, *seen, params::number(scope.params, "from", 0), "from");
    if (!from) return tl::unexpected<Error>(from.error());
    const auto to = revision_of(scope, *seen, params::number(scope.params, "to", 0), "to");
    if (!to) return tl::unexpected<Error>(to.error());
    const ReportContent& a = from->content;
    const ReportContent& b = to->content;
    return Json{{"report", to_string(seen->id)},
                {"from", revision_json(from->revision, scope.directory)},
                {"to", revision_json(to->revision, scope.directory)},
                {"texts", changed_texts(a, b)},
                {"values", changed_values(a, b)},
                {"evidence",
                 {{"added", missing_in(a.evidence, b.evidence)},
                  {"removed", missing_in(b.evidence, a.evidence)}}}};
}

Schema get_result() {
    return object({required("report", form(Form::report_id)), required("task", form(Form::task_id)),
                   required("title", text(0, 10'000)), required("unit", shapes::unit()),
                   required("state", enum_schema<ReportState>()),
                   required("revision", revision_schema()), required("content", content_schema()),
                   required("revisions", list(revision_schema(), 0, 100'000)),
                   optional("approval", form(Form::approval_id)),
                   required("corrections", corrections_schema(),
                            "Of the values that were accepted from these revisions.")});
}

Schema diff_result() {
    const Schema words = text(0, 100'000);
    const Schema value = schema_of<ReportedValue>(SchemaUse::result);
    const Schema files = schema_of<std::vector<Evidence>>(SchemaUse::result);
    const Schema text_change =
        object({required("field", words), required("from", words), required("to", words)});
    const Schema value_change =
        object({required("indicator", words), required("member", words), required("period", words),
                optional("from", value), optional("to", value)});
    return object(
        {required("report", form(Form::report_id)), required("from", revision_schema()),
         required("to", revision_schema()), required("texts", list(text_change, 0, 10)),
         required("values", list(value_change, 0, 100'000)),
         required("evidence", object({required("added", files), required("removed", files)}))});
}

}  // namespace

void add_report_queries(Methods& methods) {
    const auto report = required("report", form(Form::report_id));
    const Schema number = integer(1, 1'000'000);
    methods.push_back(
        query_method("report.get", "One revision of a report; without a number the newest.",
                     object({report, optional("revision", number)}), get_result(), get));
    methods.push_back(query_method(
        "report.diff", "What changed between two revisions.",
        object({report, required("from", number), required("to", number)}), diff_result(), diff));
}

}  // namespace duban
