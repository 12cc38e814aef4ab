// The parts of a task's JSON: assignments, indicators.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "api/render/correction_json.h"
#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/indicator/cell_value.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

bool contains(const std::vector<UnitCode>& units, const UnitCode& unit) {
    return std::ranges::find(units, unit) != units.end();
}

// Replaces an id by {"id","name"}, or leaves it out when nobody is meant.
void name_person(Json& object, const char* member, const PersonId& person,
                 const Directory& directory) {
    if (person.empty()) {
        object.erase(member);
    } else {
        object[member] = person_json(directory, person);
    }
}

EvaluationContext evaluation_of(const TaskState& task, Date today) {
    EvaluationContext context;
    context.indicators = &task.mandate->indicators;
    context.entries = &*task.accepted;
    context.today = today;
    context.start = working_start(task);
    context.due = working_due(task);
    return context;
}

// Basis points as a percentage.
std::string percent_text(std::int32_t basis_points) {
    return to_string(Decimal{static_cast<std::int64_t>(basis_points) * 10'000});
}

Json entry_json(const CellEntry& entry, const TaskId& task) {
    Json json = {{"period", entry.period},
                 {"report", to_string(ReportId{task, entry.report})},
                 {"value", to_json_value(entry.value)}};
    if (!entry.reported.empty()) json["reported"] = entry.reported;
    return json;
}

Json pending_json(const std::vector<CellEntry>& entries, const std::string& indicator,
                  const TaskId& task) {
    Json list = Json::array();
    for (const CellEntry& entry : entries) {
        if (entry.value.indicator == indicator) list.push_back(entry_json(entry, task));
    }
    return list;
}

// The entries of the indicator on which the values of its cells stand.
std::set<const CellEntry*> counted_of(const Indicator& indicator,
                                      const EvaluationContext& context) {
    std::set<const CellEntry*> counted;
    std::set<std::pair<std::string, std::string>> cells;
    for (const CellEntry& entry : *context.entries) {
        const bool other = entry.value.indicator != indicator.id ||
                           !cells.emplace(entry.period, entry.value.member).second;
        if (other) continue;
        const auto of_cell =
            counted_entries(indicator, context, {indicator.id, entry.period, entry.value.member});
        counted.insert(of_cell.begin(), of_cell.end());
    }
    return counted;
}

Json accepted_json(const Indicator& indicator, const EvaluationContext& context,
                   const TaskRecord& record, const Directory& directory) {
    const TaskId& task = record.state.id;
    const auto counted = counted_of(indicator, context);
    Json list = Json::array();
    for (const CellEntry& entry : *context.entries) {
        if (entry.value.indicator != indicator.id) continue;
        Json json = entry_json(entry, task);
        json["counts"] = counted.contains(&entry);
        json["corrections"] =
            corrections_json(record.history, task, directory, [&](const ValueCorrection& one) {
                return one.report == entry.report && one.period == entry.period &&
                       one.to.indicator == indicator.id && one.to.member == entry.value.member;
            });
        list.push_back(std::move(json));
    }
    return list;
}

Schema entry_schema() {
    return object({required("period", text(0, 32)), required("report", form(Form::report_id)),
                   required("value", schema_of<ReportedValue>(SchemaUse::result)),
                   optional("reported", text(0, 32), "The period of the report.")});
}

Schema accepted_schema() {
    return with(entry_schema(), {required("value", schema_of<ReportedValue>(SchemaUse::result),
                                          "As it counts, corrected or not."),
                                 required("counts", boolean(),
                                          "Not so once a state of a later period has replaced it."),
                                 required("corrections", corrections_schema())});
}

}  // namespace

Json cell_json(const CellResult& cell) {
    Json json = {{"period", cell.period},
                 {"attainment", std::string(enum_name(cell.attainment))},
                 {"flagged", cell.flagged}};
    if (cell.attainment != Attainment::no_data) {
        json["actual"] = cell.actual;
        json["percent"] = percent_text(cell.progress_bp);
    }
    return json;
}

Schema cell_schema() {
    return object({required("period", text(0, 32)),
                   required("attainment", enum_schema<Attainment>()),
                   required("flagged", boolean()), optional("actual", text(0, 10'000)),
                   optional("percent", form(Form::decimal))});
}

Json assignments_json(const TaskState& task, const TaskViewer& viewer) {
    const TaskLight light = task_light(task, viewer.today, default_light_rules());
    Json list = Json::array();
    for (const Assignment& assignment : task.assignments) {
        Json json = to_json_value(assignment);
        json["unit"] = unit_json(viewer.directory, assignment.unit);
        name_person(json, "signed_by", assignment.signed_by, viewer.directory);
        name_person(json, "handler", assignment.handler, viewer.directory);
        for (std::size_t at = 0; at < assignment.parts.size(); ++at) {
            name_person(json["parts"][at], "handler", assignment.parts[at].handler,
                        viewer.directory);
        }
        json.erase("own_due");
        json.erase("own_due_set_at");
        if (const auto due = working_due(task, assignment.unit)) json["due"] = to_string(*due);
        json["sign_in_late"] = contains(light.unsigned_late, assignment.unit);
        json["signed_late"] = contains(light.signed_late, assignment.unit);
        list.push_back(std::move(json));
    }
    return list;
}

Schema assignment_schema() {
    const Schema part =
        with(schema_of<WorkPart>(SchemaUse::result), {optional("handler", shapes::person())});
    return with(without(schema_of<Assignment>(SchemaUse::result), {"own_due", "own_due_set_at"}),
                {required("unit", shapes::unit()), optional("signed_by", shapes::person()),
                 optional("handler", shapes::person()), required("parts", list(part, 0, 1000)),
                 optional("due", form(Form::date),
                          "The unit's own day, if it was moved, or the task's, whichever is "
                          "later."),
                 required("sign_in_late", boolean(), "Not signed in and past the last day."),
                 required("signed_late", boolean(), "Signed in after the last day.")});
}

Json indicators_json(const TaskRecord& record, const TaskViewer& viewer) {
    const TaskState& task = record.state;
    const EvaluationContext context = evaluation_of(task, viewer.today);
    const std::vector<CellEntry> pending = pending_entries(task);
    Json list = Json::array();
    for (const Indicator& indicator : task.mandate->indicators) {
        const IndicatorResult result = evaluate(indicator, context);
        Json cells = Json::array();
        for (const CellResult& cell : result.cells) cells.push_back(cell_json(cell));
        list.push_back({{"indicator", to_json_value(indicator)},
                        {"cells", std::move(cells)},
                        {"current", cell_json(result.current)},
                        {"accepted", accepted_json(indicator, context, record, viewer.directory)},
                        {"pending", pending_json(pending, indicator.id, task.id)}});
    }
    return list;
}

Schema indicator_result_schema() {
    return object({required("indicator", schema_of<Indicator>(SchemaUse::result)),
                   required("cells", list(cell_schema(), 0, described_list_max)),
                   required("current", cell_schema()),
                   required("accepted", list(accepted_schema(), 0, described_list_max)),
                   required("pending", list(entry_schema(), 0, described_list_max),
                            "Values of reports that are not accepted yet; they do not count.")});
}

Json progress_json(const TaskState& task, Date today) {
    return progress_json(task_progress(evaluation_of(task, today)));
}

Json progress_json(const TaskProgress& progress) {
    return {{"percent", percent_text(progress.progress_bp)},
            {"met", progress.met},
            {"with_data", progress.with_data},
            {"of", progress.of}};
}

Schema progress_schema() {
    return object({required("percent", form(Form::decimal)), required("met", integer(0, 1000)),
                   required("with_data", integer(0, 1000)), required("of", integer(0, 1000))});
}

}  // namespace duban
