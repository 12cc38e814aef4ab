// The registry of methods. To add a method: its family's file under api/methods/; to add a family:
// one declaration and one line in registry.cc.
// Thread-safety: safe for concurrent use (built once, then immutable).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/rpc/method.h"

namespace duban {

using Methods = std::vector<Method>;

// The families.
void add_account_methods(Methods& methods);
void add_amendment_methods(Methods& methods);
void add_approval_course_methods(Methods& methods);
void add_approval_methods(Methods& methods);
void add_approval_signer_methods(Methods& methods);
void add_assignment_methods(Methods& methods);
void add_audit_proof_methods(Methods& methods);
void add_calendar_methods(Methods& methods);
void add_description_methods(Methods& methods);
void add_directory_methods(Methods& methods);
void add_forecast_methods(Methods& methods);
void add_closing_methods(Methods& methods);
void add_extension_methods(Methods& methods);
void add_inbox_methods(Methods& methods);
void add_issuing_methods(Methods& methods);
void add_migration_methods(Methods& methods);
void add_plan_methods(Methods& methods);
void add_ranking_method(Methods& methods);
void add_report_methods(Methods& methods);
void add_report_preview(Methods& methods);
void add_report_queries(Methods& methods);
void add_route_methods(Methods& methods);
void add_session_methods(Methods& methods);
void add_task_methods(Methods& methods);
void add_task_queries(Methods& methods);
void add_value_methods(Methods& methods);

// Ordered by name.
[[nodiscard]] const Methods& all_methods();
// nullptr when there is none of that name.
[[nodiscard]] const Method* find_method(std::string_view name);
// The known name that differs least from a mistyped one.
[[nodiscard]] std::string nearest_method(std::string_view name);

}  // namespace duban
