#include "api/render/board_json.h"

#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/stuck.h"

namespace duban {

using namespace schema;
using Json = nlohmann::json;

namespace {

// For whom an approval waits; `vacant`: nobody holds it by himself and the office's head has it.
Json wait_json(const TaskId& task, const Duty& duty, const Directory& directory) {
    Json json = {{"approval", to_string(ApprovalId{task, duty.approval})},
                 {"node", duty.node},
                 {"slot", duty.slot},
                 {"since", to_string(duty.since)},
                 {"vacant", is_vacant(duty, directory)}};
    if (!duty.seats.empty()) json["seat"] = seat_json(directory, duty.seats.front());
    if (!duty.person.empty()) json["person"] = person_json(directory, duty.person);
    return json;
}

Schema wait_schema() {
    return object({required("approval", form(Form::approval_id)), required("node", text(0, 200)),
                   required("slot", text(0, 64)), required("since", form(Form::timestamp)),
                   required("vacant", boolean(),
                            "Nobody holds it: it is with the head of the office, or the leader."),
                   optional("seat", shapes::seat()), optional("person", shapes::person())});
}

}  // namespace

Json board_row_json(const BoardRow& row, const TaskState& task, const TaskViewer& viewer) {
    Json json = {
        {"task", to_string(row.task)},
        {"no", row.task.no},
        {"title", row.title},
        {"lead", unit_json(viewer.directory, row.lead)},
        {"co", units_json(viewer.directory, row.co)},
        {"state", std::string(enum_name(row.stage))},
        {"held", row.held},
        {"version", task.version},
        {"progress", progress_json(task, viewer.today)},
        {"light", light_json(task_light(task, viewer.today, default_light_rules()))},
        {"open_approvals", row.open_approvals},
        {"stuck_approvals", stuck_approvals(task, viewer.now)},
        {"counts",
         {{"assignments", row.assignments},
          {"waiting", row.waiting},
          {"objected", row.objected},
          {"accepted_reports", row.accepted_reports},
          {"pending_reports", row.pending_reports},
          {"returned_reports", row.returned_reports},
          {"corrections", row.corrections}}},
        {"changed", to_string(task.changed)},
    };
    Json waits = Json::array();
    for (const Duty& duty : row.waits) waits.push_back(wait_json(row.task, duty, viewer.directory));
    json["approvals_wait"] = std::move(waits);
    if (row.due) json["due"] = to_string(*row.due);
    if (task.mandate->due && task.mandate->due != row.due) {
        json["ordered_due"] = to_string(*task.mandate->due);
    }
    if (const auto due = next_report_due(task, viewer.today)) {
        json["next_report_due"] = to_string(*due);
    }
    return json;
}

Json seen_row_json(const BoardRow& row, const TaskState& task, const TaskSight& sight,
                   const TaskViewer& viewer) {
    if (!sight.is_guest()) return board_row_json(row, task, viewer);
    const TaskRecord seen = as_seen(TaskRecord{task, {}}, sight);
    Json json = board_row_json(board_row(seen.state), seen.state, viewer);
    json["light"] = light_json(task_light(task, viewer.today, default_light_rules()));
    json.erase("next_report_due");
    json["guest"] = true;
    return json;
}

Schema board_row_schema() {
    const Schema count = integer(0, 1'000'000);
    return object(
        {required("task", form(Form::task_id)), required("no", integer(1, 99'999)),
         required("title", text(0, 10'000)), required("lead", shapes::unit()),
         required("co", list(shapes::unit(), 0, 1000)), required("state", enum_schema<TaskStage>()),
         required("held", boolean()), required("version", integer(0, integer_max)),
         required("progress", progress_schema()), required("light", light_schema()),
         optional("due", form(Form::date), "The day that counts, with the days of ended holds."),
         optional("ordered_due", form(Form::date), "The mandate's day, where holds moved `due`."),
         optional("next_report_due", form(Form::date)), required("open_approvals", count),
         required("stuck_approvals", count, "Escalated, and silent for as long again."),
         required("counts",
                  object({required("assignments", count), required("waiting", count),
                          required("objected", count), required("accepted_reports", count),
                          required("pending_reports", count), required("returned_reports", count),
                          required("corrections", count, "Of accepted values.")})),
         required("approvals_wait", list(wait_schema(), 0, described_list_max)),
         optional("guest", boolean(), "The caller sees a part of the task, for an approval."),
         required("changed", form(Form::timestamp), "Time of the task's last event.")});
}

}  // namespace duban
