// Reading checked params: the schema has passed them, so what is there has the right type.
// Included by .cc files of methods. Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"

namespace duban::params {

// "" when absent.
[[nodiscard]] std::string text(const nlohmann::json& params, const char* name);
[[nodiscard]] bool flag(const nlohmann::json& params, const char* name, bool otherwise);
[[nodiscard]] std::uint32_t number(const nlohmann::json& params, const char* name,
                                   std::uint32_t otherwise);
[[nodiscard]] std::vector<std::string> texts(const nlohmann::json& params, const char* name);
[[nodiscard]] std::optional<Date> date(const nlohmann::json& params, const char* name);
// Require: present and of the form that their schema checks.
[[nodiscard]] TaskId task(const nlohmann::json& params, const char* name = "task");
[[nodiscard]] ReportId report(const nlohmann::json& params, const char* name = "report");
// Of an extension.
[[nodiscard]] SubjectId subject(const nlohmann::json& params, const char* name);
[[nodiscard]] ApprovalId approval(const nlohmann::json& params, const char* name = "approval");

template <class Id>
[[nodiscard]] Id id(const nlohmann::json& params, const char* name) {
    return Id(text(params, name));
}
template <class Id>
[[nodiscard]] std::vector<Id> ids(const nlohmann::json& params, const char* name) {
    std::vector<Id> ids;
    for (auto& text : texts(params, name)) ids.emplace_back(std::move(text));
    return ids;
}

}  // namespace duban::params
