#include "tools/cli/import/plan_file.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "api/render/json_text.h"
#include "api/render/plan_json.h"
#include "domain/plan/plan_check.h"
#include "tools/cli/import/file_text.h"
#include "tools/cli/import/issued_document.h"
#include "tools/cli/import/json_lines.h"
#include "tools/cli/import/listed_table.h"

namespace duban {
namespace {

// What an import would refuse for its content is refused here.
Result<PlanDocument> checked_plan(PlanDocument plan, const std::vector<Unit>& units) {
    std::set<UnitCode> known;
    for (const Unit& unit : units) known.insert(unit.code);
    const Status checked =
        check_plan(plan, [&known](const UnitCode& unit) { return known.contains(unit); }, "plan.");
    if (!checked) return tl::unexpected(checked.error());
    return plan;
}

// Puts the line of the task that is to blame before the reason.
Error at_line(Error error, const std::vector<std::size_t>& task_lines) {
    constexpr std::string_view task = "plan.tasks[";
    if (error.field.compare(0, task.size(), task) != 0) return error;
    std::size_t index = 0;
    const char* const end = error.field.data() + error.field.size();
    const auto read = std::from_chars(error.field.data() + task.size(), end, index);
    if (read.ec != std::errc() || index >= task_lines.size()) return error;
    error.detail = line_error(task_lines[index], error.detail).value().detail;
    return error;
}

Result<PlanDocument> parse_json_plan(std::string_view text, const PlanNaming& naming,
                                     const std::vector<Unit>& units) {
    Result<nlohmann::json> value = parse_json_text(text);
    if (!value) return tl::unexpected(value.error());
    if (!naming.plan.empty()) (*value)["plan"] = naming.plan;
    if (!naming.title.empty()) (*value)["title"] = naming.title;
    return parse_plan(*value, "plan")
        .and_then([&](PlanDocument plan) { return checked_plan(std::move(plan), units); })
        .map_error(
            [&](Error error) { return at_line(std::move(error), item_lines(text, "tasks")); });
}

Result<PlanDocument> parse_listed_plan(const Result<ListedPlan>& listed, const PlanNaming& naming,
                                       const std::vector<Unit>& units) {
    if (!listed) return tl::unexpected(listed.error());
    return to_plan(*listed, naming, units)
        .and_then([&](PlanDocument plan) { return checked_plan(std::move(plan), units); })
        .map_error([&](Error error) {
            std::vector<std::size_t> lines;
            for (const ListedTask& task : listed->tasks) lines.push_back(task.line);
            return at_line(std::move(error), lines);
        });
}

// Whether the file's name says that it is a table, whatever stands in it.
bool is_named_table(const std::string& path) {
    constexpr std::string_view ending = ".csv";
    return path.size() >= ending.size() &&
           path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

std::string target_of(const Indicator& indicator) {
    switch (indicator.op) {
        case Operator::ge:
            return "≥" + indicator.target.at(0) + indicator.unit;
        case Operator::le:
            return "≤" + indicator.target.at(0) + indicator.unit;
        case Operator::eq:
            return "=" + indicator.target.at(0) + indicator.unit;
        case Operator::between:
            return indicator.target.at(0) + "–" + indicator.target.at(1) + indicator.unit;
        case Operator::done:
            return "完成";
        case Operator::judged:
            return "评定";
        case Operator::text:
            return "文字";
    }
    return "";
}

}  // namespace

PlanForm detect_form(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && text[first] == '{') return PlanForm::json;
    return table_delimiter(text) ? PlanForm::table : PlanForm::document;
}

Result<PlanDocument> parse_plan_text(std::string_view bytes, const PlanNaming& naming,
                                     const std::vector<Unit>& units, const std::string& path) {
    const Result<std::string> text = text_of_file(bytes, path);
    if (!text) return tl::unexpected(text.error());
    if (detect_form(*text) == PlanForm::json) return parse_json_plan(*text, naming, units);
    const UnitNames names(units);
    std::optional<char> delimiter = table_delimiter(*text);
    if (!delimiter && is_named_table(path)) delimiter = ',';
    return parse_listed_plan(delimiter ? parse_listed_table(*text, *delimiter, names)
                                       : parse_issued_document(*text, names),
                             naming, units);
}

Result<PlanDocument> read_plan_file(const std::string& path, const PlanNaming& naming,
                                    const std::vector<Unit>& units) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Errc::invalid_argument, path + ": cannot be read");
    std::string text;
    text.reserve(64 * 1024);
    for (std::istreambuf_iterator<char> at(file), end; at != end; ++at) {
        if (text.size() >= plan_file_bytes_max) {
            return fail(Errc::too_large, path + ": larger than 4 MiB");
        }
        text += *at;
    }
    Result<PlanDocument> plan = parse_plan_text(text, naming, units, path);
    if (!plan) plan.error().detail = path + ": " + plan.error().detail;
    return plan;
}

std::string print_plan(const PlanDocument& plan, const std::vector<Unit>& units) {
    std::map<UnitCode, std::string> names;
    for (const Unit& unit : plan.units) names.emplace(unit.code, unit.name);
    for (const Unit& unit : units) names.emplace(unit.code, unit.name);
    const auto name = [&names](const UnitCode& code) {
        const auto found = names.find(code);
        return found == names.end() ? code.value : found->second;
    };
    std::string out = plan.title + " (" + plan.plan.value + ")\n";
    std::size_t parts = 0;
    std::size_t targets = 0;
    for (const PlannedTask& task : plan.tasks) {
        out += "\n" + std::to_string(task.no) + ". " + task.title + "\n   牵头: " + name(task.lead);
        if (task.due) out += "  时限: " + to_string(*task.due);
        out += "\n";
        std::string co;
        for (const UnitCode& unit : task.co) co += (co.empty() ? "" : "、") + name(unit);
        if (!co.empty()) out += "   配合: " + co + "\n";
        for (const Indicator& indicator : task.indicators) {
            out += "   - " + indicator.name + " " + target_of(indicator) + "\n";
        }
        parts += 1 + task.co.size();
        targets += task.indicators.size();
    }
    out += "\n" + std::to_string(plan.tasks.size()) + " tasks, " +
           std::to_string(plan.units.size()) + " units, " + std::to_string(parts) +
           " assignments, " + std::to_string(targets) + " targets\n";
    return out;
}

}  // namespace duban
