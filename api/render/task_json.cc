#include "api/render/task_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/render/approval_json.h"
#include "api/render/correction_json.h"
#include "api/render/names.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/subject.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Json mandate_json(const Mandate& mandate, const Directory& directory) {
    Json json = to_json_value(mandate);
    json["lead"] = unit_json(directory, mandate.lead);
    json["co"] = units_json(directory, mandate.co);
    return json;
}

Schema mandate_schema() {
    return with(schema_of<Mandate>(SchemaUse::result),
                {required("lead", shapes::unit()), required("co", list(shapes::unit(), 0, 1000)),
                 optional("due", form(Form::date), "As ordered: days on hold are not in it.")});
}

Json report_json(const TaskId& task, const Report& report, const TaskHistory& history,
                 const TaskViewer& viewer) {
    const auto submitted = revisions_of(history, report.no);
    Json revisions = Json::array();
    for (const SubmittedRevision& one : submitted) {
        revisions.push_back(revision_json(one.revision, viewer.directory));
    }
    Json json = {{"report", to_string(ReportId{task, report.no})},
                 {"no", report.no},
                 {"unit", unit_json(viewer.directory, report.unit)},
                 {"state", std::string(enum_name(report.state))},
                 {"revisions", std::move(revisions)},
                 {"corrections", corrections_json(history, task, viewer.directory,
                                                  [&](const ValueCorrection& one) {
                                                      return one.report == report.no;
                                                  })}};
    if (report.approval != 0) {
        json["approval"] = to_string(ApprovalId{task, report.approval});
    }
    if (!submitted.empty()) json["content"] = to_json_value(*submitted.back().content);
    return json;
}

Schema report_schema() {
    return object({required("report", form(Form::report_id)), required("no", integer(1, 1'000'000)),
                   required("unit", shapes::unit()), required("state", enum_schema<ReportState>()),
                   required("revisions", list(revision_schema(), 0, 100'000)),
                   required("corrections", corrections_schema(),
                            "Of its values, once they were accepted; the revisions stay as they "
                            "were."),
                   optional("approval", form(Form::approval_id)),
                   optional("content", content_schema(), "Of the newest revision.")});
}

Json urge_json(const Urge& urge, const Directory& directory) {
    Json json = to_json_value(urge);
    json["units"] = units_json(directory, urge.units);
    json["by"] = person_json(directory, urge.by);
    return json;
}

Schema urge_schema() {
    return with(
        schema_of<Urge>(SchemaUse::result),
        {required("units", list(shapes::unit(), 0, 1000)), required("by", shapes::person())});
}

Json draft_json(const Draft& draft, const Directory& directory) {
    Json json = to_json_value(draft);
    json["unit"] = unit_json(directory, draft.unit);
    json["author"] = person_json(directory, draft.author);
    return json;
}

Schema draft_schema() {
    return with(schema_of<Draft>(SchemaUse::result),
                {required("unit", shapes::unit()), required("author", shapes::person())});
}

template <class Items, class ToJson>
Json list_json(const Items& items, ToJson to_json) {
    Json list = Json::array();
    for (const auto& item : items) list.push_back(to_json(item));
    return list;
}

}  // namespace

Json revision_json(const Revision& revision, const Directory& directory) {
    return {{"no", revision.no},
            {"digest", revision.digest.value},
            {"author", person_json(directory, revision.author)},
            {"time", to_string(revision.time)}};
}

Schema revision_schema() {
    return object({required("no", integer(1, 1'000'000)), required("digest", form(Form::digest)),
                   required("author", shapes::person()), required("time", form(Form::timestamp))});
}

Schema content_schema() {
    return schema_of<ReportContent>(SchemaUse::result);
}

namespace {

// What subjects of all kinds but reports have in common.
template <class Subject>
Json asked_json(const TaskId& task, SubjectKind kind, const Subject& subject,
                const Directory& directory) {
    Json json = {{"unit", unit_json(directory, subject.unit)},
                 {"state", std::string(enum_name(subject.state))},
                 {"content", to_json_value(subject.content)}};
    name_subject(json, subject_id(task, kind, subject.no));
    if (subject.approval != 0) json["approval"] = to_string(ApprovalId{task, subject.approval});
    return json;
}

template <class Content>
Schema asked_schema(const char* name, Form id) {
    return object(
        {required(name, form(id)), required("unit", shapes::unit()),
         required("state", enum_schema<ReportState>()),
         optional("approval", form(Form::approval_id)),
         required("content", schema_of<Content>(SchemaUse::result), "Of the newest revision.")});
}

}  // namespace

Json extension_json(const TaskId& task, const Extension& extension, const Directory& directory) {
    Json json = asked_json(task, SubjectKind::extension, extension, directory);
    if (extension.moved) json["moved"] = to_json_value(*extension.moved);
    return json;
}

Schema extension_schema() {
    return with(asked_schema<ExtensionContent>("extension", Form::extension_id),
                {optional("moved", schema_of<DueMove>(SchemaUse::result),
                          "The day that it moved, from and to.")});
}

Json closing_json(const TaskId& task, const Closing& closing, const Directory& directory) {
    return asked_json(task, SubjectKind::closing, closing, directory);
}

Schema closing_schema() {
    return asked_schema<ClosingContent>("closing", Form::closing_id);
}

Json amendment_json(const TaskId& task, const Amendment& amendment, const Directory& directory) {
    Json json = asked_json(task, SubjectKind::amendment, amendment, directory);
    json["from"] = to_json_value(amendment.from);
    if (amendment.applied) json["applied"] = to_json_value(*amendment.applied);
    return json;
}

Schema amendment_schema() {
    return with(asked_schema<AmendmentContent>("amendment", Form::amendment_id),
                {required("from", schema_of<MandateChanges>(SchemaUse::result),
                          "What the mandate said of the same members when that was asked for."),
                 optional("applied", schema_of<AppliedChanges>(SchemaUse::result),
                          "What it changed in the mandate, from and to.")});
}

Json issuing_json(const TaskId& task, const Issuing& issuing, const Directory& directory) {
    return asked_json(task, SubjectKind::issue, issuing, directory);
}

Schema issuing_schema() {
    return asked_schema<IssuingContent>("issue", Form::issue_id);
}

Json light_json(const TaskLight& light) {
    return {{"light", std::string(enum_name(light.light))},
            {"label", light.label},
            {"days_left", light.days_left}};
}

Schema light_schema() {
    return object({required("light", enum_schema<Light>()), required("label", text(0, 100)),
                   required("days_left", integer(-1'000'000, 1'000'000))});
}

Json task_json(const TaskRecord& record, const TaskViewer& viewer) {
    const TaskState& task = record.state;
    const TaskHistory& history = record.history;
    const Directory& directory = viewer.directory;
    Json json = {
        {"task", to_string(task.id)},
        {"plan", task.id.plan.value},
        {"no", task.id.no},
        {"state", std::string(enum_name(task.stage))},
        {"held", is_held(task)},
        {"version", task.version},
        {"mandate", mandate_json(*task.mandate, directory)},
        {"registered_at", to_string(task.registered_at)},
        {"light", light_json(task_light(task, viewer.today, default_light_rules()))},
        {"progress", progress_json(task, viewer.today)},
        {"assignments", assignments_json(task, viewer)},
        {"indicators", indicators_json(record, viewer)},
        {"urges", list_json(task.urges, [&](const Urge& u) { return urge_json(u, directory); })},
        {"holds",
         list_json(task.holds, [](const HoldPeriod& hold) { return to_json_value(hold); })},
    };
    if (const auto due = working_due(task)) json["due"] = to_string(*due);
    if (task.issued_at) json["issued_at"] = to_string(*task.issued_at);
    if (!task.returned_reason.empty()) json["returned_reason"] = task.returned_reason;
    if (const auto due = next_report_due(task, viewer.today)) {
        json["next_report_due"] = to_string(*due);
    }
    json["reports"] = list_json(task.reports, [&](const Report& report) {
        return report_json(task.id, report, history, viewer);
    });
    json["approvals"] = list_json(task.approvals, [&](const Approval& approval) {
        return approval_json(task, approval, history, viewer);
    });
    json["extensions"] = list_json(task.extensions, [&](const Extension& extension) {
        return extension_json(task.id, extension, directory);
    });
    json["closings"] = list_json(task.closings, [&](const Closing& closing) {
        return closing_json(task.id, closing, directory);
    });
    json["amendments"] = list_json(task.amendments, [&](const Amendment& amendment) {
        return amendment_json(task.id, amendment, directory);
    });
    json["issues"] = list_json(task.issuings, [&](const Issuing& issuing) {
        return issuing_json(task.id, issuing, directory);
    });
    if (task.finished) json["finished"] = to_string(*task.finished);
    json["past_mandates"] = list_json(history.mandates, [&](const PastMandate& past) {
        return Json{{"mandate", mandate_json(past.mandate, directory)},
                    {"until", to_string(past.until)},
                    {"reason", past.reason}};
    });
    Json drafts = Json::array();
    for (const Draft& draft : task.drafts) {
        if (may_see_draft(viewer.access, draft.unit))
            drafts.push_back(draft_json(draft, directory));
    }
    json["drafts"] = std::move(drafts);
    json["guests"] = codes_json(guest_codes(task, 0, directory));
    return json;
}

Json seen_task_json(TaskRecord record, const TaskSight& sight, const TaskViewer& viewer) {
    if (!sight.is_guest()) return task_json(record, viewer);
    // The light is the task's, though what it stands on is not shown.
    Json light = light_json(task_light(record.state, viewer.today, default_light_rules()));
    Json json = task_json(as_seen(std::move(record), sight), viewer);
    json["light"] = std::move(light);
    json.erase("next_report_due");
    json["guest"] = true;
    return json;
}

Schema task_schema() {
    const Schema past =
        object({required("mandate", mandate_schema()), required("until", form(Form::timestamp)),
                required("reason", text(0, described_text_max))});
    return object({
        required("task", form(Form::task_id)),
        required("plan", form(Form::plan_id)),
        required("no", integer(1, 99'999)),
        required("state", enum_schema<TaskStage>()),
        required("held", boolean()),
        required("version", integer(0, integer_max)),
        required("mandate", mandate_schema()),
        required("registered_at", form(Form::timestamp)),
        optional("due", form(Form::date),
                 "The due day that counts: the mandate's, and the days of the holds since it was "
                 "set. An open hold adds its days when it ends."),
        optional("issued_at", form(Form::timestamp)),
        optional("returned_reason", text(0, described_text_max)),
        optional("next_report_due", form(Form::date)),
        required("light", light_schema()),
        required("progress", progress_schema()),
        required("assignments", list(assignment_schema(), 0, 1000)),
        required("indicators", list(indicator_result_schema(), 0, 1000)),
        required("reports", list(report_schema(), 0, described_list_max)),
        required("approvals", list(approval_schema(), 0, described_list_max)),
        required("extensions", list(extension_schema(), 0, described_list_max)),
        required("closings", list(closing_schema(), 0, described_list_max)),
        required("amendments", list(amendment_schema(), 0, described_list_max)),
        required("issues", list(issuing_schema(), 0, described_list_max),
                 "Approvals of its issue that were asked for."),
        optional("finished", form(Form::date),
                 "done: the day on which the lead asked for the closing."),
        required("urges", list(urge_schema(), 0, described_list_max)),
        required("holds", schema_of<std::vector<HoldPeriod>>(SchemaUse::result)),
        required("past_mandates", list(past, 0, described_list_max)),
        required("drafts", list(draft_schema(), 0, 1000)),
        required("guests", list(text(0, 64), 0, 1000),
                 "Codes of the units outside that see a part of the task, for an approval."),
        optional("guest", boolean(),
                 "The caller is one of them: only what he sees of reports and approvals is here, "
                 "and no values."),
    });
}

}  // namespace duban
