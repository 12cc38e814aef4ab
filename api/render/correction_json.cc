#include "api/render/correction_json.h"

#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"

namespace duban {

using namespace schema;
using Json = nlohmann::json;

Json corrections_json(const TaskHistory& history, const TaskId& task, const Directory& directory,
                      const std::function<bool(const ValueCorrection&)>& takes) {
    Json list = Json::array();
    for (const ValueCorrection& one : history.corrections) {
        if (!takes(one)) continue;
        Json json = {{"no", one.no},
                     {"report", to_string(ReportId{task, one.report})},
                     {"revision", one.revision},
                     {"indicator", one.to.indicator},
                     {"period", one.period},
                     {"from", to_json_value(one.from)},
                     {"to", to_json_value(one.to)},
                     {"reason", one.reason},
                     {"by", person_json(directory, one.by)},
                     {"time", to_string(one.time)}};
        if (!one.on_behalf_of.empty()) {
            json["on_behalf_of"] = person_json(directory, one.on_behalf_of);
        }
        list.push_back(std::move(json));
    }
    return list;
}

Schema corrections_schema() {
    const Schema value = schema_of<ReportedValue>(SchemaUse::result);
    return list(
        object({required("no", integer(1, 1'000'000), "Of the task's corrections."),
                required("report", form(Form::report_id)),
                required("revision", integer(1, 1'000'000), "That was accepted."),
                required("indicator", text(0, 100)),
                required("period", text(0, 32), "Of the cell."), required("from", value),
                required("to", value), required("reason", text(0, described_text_max)),
                required("by", shapes::person()), optional("on_behalf_of", shapes::person()),
                required("time", form(Form::timestamp))}),
        0, described_list_max);
}

}  // namespace duban
