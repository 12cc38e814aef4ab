// The params of an issue, which task.issue and issue.request share.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "api/schema/schema.h"
#include "domain/issuing/issuing.h"

namespace duban::issue_params {

// The members due, sign_by, report_period, duties, key and routes.
[[nodiscard]] std::vector<schema::Member> issue_members();
// Errors: invalid_argument (duties).
[[nodiscard]] Result<IssueTerms> terms_of(const nlohmann::json& params);

// {"report": route}, for each kind of subject.
[[nodiscard]] Schema routes_schema();
[[nodiscard]] std::vector<RouteBinding> routes_of(const nlohmann::json& params);

}  // namespace duban::issue_params
