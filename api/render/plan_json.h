// The JSON form in which a list of tasks is handed in, by plan.import and by the importer alike:
// plan, title, zone, responsibility, document_no?, units[code, name, kind], tasks[no, title, text?,
// lead, co, due?, indicators[…]]. An indicator has the fields of domain Indicator, except that its
// target is `value` (a decimal, or two of them for between), its horizon `years`, and that op may
// be written yes_no for done. Without a kind it is a ratio when a numerator is named, else a count.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/schema/schema.h"
#include "domain/plan/plan.h"

namespace duban {

[[nodiscard]] const Schema& plan_schema();
// Checks by the schema and reads. Errors: invalid_argument, with field paths below `path`.
[[nodiscard]] Result<PlanDocument> parse_plan(const nlohmann::json& plan, const std::string& path);
// The same form back, without members that have their default.
[[nodiscard]] nlohmann::json plan_json(const PlanDocument& document);
// Digest of the document's canonical described JSON: Facts::content_digest of an import.
[[nodiscard]] Digest plan_digest(const PlanDocument& document);

}  // namespace duban
