#include "api/rpc/method_params.h"

#include <nlohmann/json.hpp>

namespace duban::params {

using Json = nlohmann::json;

std::string text(const Json& params, const char* name) {
    const auto found = params.find(name);
    return found == params.end() ? std::string() : found->get<std::string>();
}

bool flag(const Json& params, const char* name, bool otherwise) {
    const auto found = params.find(name);
    return found == params.end() ? otherwise : found->get<bool>();
}

std::uint32_t number(const Json& params, const char* name, std::uint32_t otherwise) {
    const auto found = params.find(name);
    return found == params.end() ? otherwise : found->get<std::uint32_t>();
}

std::vector<std::string> texts(const Json& params, const char* name) {
    const auto found = params.find(name);
    return found == params.end() ? std::vector<std::string>()
                                 : found->get<std::vector<std::string>>();
}

std::optional<Date> date(const Json& params, const char* name) {
    const auto found = params.find(name);
    if (found == params.end()) return std::nullopt;
    const auto date = parse_date(found->get_ref<const std::string&>());
    DUBAN_ASSERT(date.has_value());
    return *date;
}

TaskId task(const Json& params, const char* name) {
    auto id = parse_task_id(text(params, name));
    DUBAN_ASSERT(id.has_value());
    return *id;
}

ReportId report(const Json& params, const char* name) {
    auto id = parse_report_id(text(params, name));
    DUBAN_ASSERT(id.has_value());
    return *id;
}

SubjectId subject(const Json& params, const char* name) {
    auto id = parse_subject_id(text(params, name));
    DUBAN_ASSERT(id.has_value());
    return *id;
}

ApprovalId approval(const Json& params, const char* name) {
    auto id = parse_approval_id(text(params, name));
    DUBAN_ASSERT(id.has_value());
    return *id;
}

}  // namespace duban::params
