#include "api/rpc/access_note.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "api/schema/schema_form.h"

namespace duban {
namespace {

using Json = nlohmann::json;

struct NamedObject {
    const char* name;
    Form form;
};
constexpr NamedObject named_objects[] = {
    {"report", Form::report_id},   {"extension", Form::extension_id},
    {"closing", Form::closing_id}, {"amendment", Form::amendment_id},
    {"issue", Form::issue_id},     {"approval", Form::approval_id},
    {"task", Form::task_id}};

std::string text_at(const Json& params, const char* name) {
    if (!params.is_object()) return {};
    const auto found = params.find(name);
    return found == params.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

void add_names(const Json& described, std::set<std::string>& names) {
    for (const auto& [key, value] : described.items()) {
        if (described.is_object() && key == "properties") {
            for (const auto& member : value.items()) names.insert(member.key());
        }
        if (value.is_structured()) add_names(value, names);
    }
}

bool is_index(std::string_view text) {
    return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
           std::ranges::all_of(text.substr(1, text.size() - 2),
                               [](char c) { return c >= '0' && c <= '9'; });
}

// "values[0]" of which the schema knows "values".
bool is_known(std::string_view step, const std::set<std::string>& names) {
    const std::size_t bracket = step.find('[');
    const bool named = names.contains(std::string(step.substr(0, bracket)));
    return named && (bracket == std::string_view::npos || is_index(step.substr(bracket)));
}

}  // namespace

std::string noted_object(const Json& params, const Directory& directory) {
    for (const NamedObject& object : named_objects) {
        const std::string text = text_at(params, object.name);
        if (form_info(object.form).check(text)) return text;
    }
    const std::string person = text_at(params, "person");
    return find_person(directory, PersonId(person)) == nullptr ? std::string() : person;
}

std::string noted_object(const std::string& object, const Directory& directory) {
    const bool known = object.find('/') != std::string::npos ||
                       find_person(directory, PersonId(object)) != nullptr ||
                       directory.units.contains(UnitCode(object));
    return known ? object : std::string();
}

CommandId noted_command(const Json& params) {
    const std::string id = text_at(params, "command_id");
    return form_info(Form::uuid).check(id) ? CommandId(id) : CommandId();
}

std::string noted_detail(const Error& error, const Schema& params) {
    std::set<std::string> names{"params"};
    add_names(params.describe(), names);
    std::string field;
    std::string_view left = error.field;
    while (!left.empty()) {
        const std::size_t dot = left.find('.');
        const std::string_view step = left.substr(0, dot);
        if (!is_known(step, names)) break;
        field += (field.empty() ? "" : ".") + std::string(step);
        left = dot == std::string_view::npos ? std::string_view() : left.substr(dot + 1);
    }
    if (error.rule.empty() || field.empty()) return error.rule + field;
    return error.rule + " " + field;
}

}  // namespace duban
