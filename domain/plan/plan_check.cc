#include "domain/plan/plan_check.h"

#include <set>

#include "domain/directory/unit_check.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

std::string item_of(const std::string& path, const char* list, std::size_t index) {
    return path + list + "[" + std::to_string(index) + "]";
}

struct SeenUnits {
    std::set<UnitCode> codes;
    std::set<std::string> names;
};

Status check_listed_unit(const Unit& unit, SeenUnits& seen, const std::string& at) {
    if (auto checked = check_unit(unit, at + "."); !checked) return checked;
    if (!seen.codes.insert(unit.code).second) {
        return fail(Errc::invalid_argument, "The list names " + unit.code.value + " twice.",
                    at + ".code");
    }
    if (seen.names.insert(unit.name).second) return {};
    return fail(Errc::invalid_argument,
                "The list has two units of this name; name each by its own.", at + ".name");
}

Status check_units(const PlanDocument& document, const std::string& path) {
    if (document.units.size() > plan_units_max) {
        return fail(Errc::invalid_argument,
                    "A list has at most " + std::to_string(plan_units_max) + " units.",
                    path + "units");
    }
    SeenUnits seen;
    Status checked;
    for (std::size_t i = 0; checked && i < document.units.size(); ++i) {
        checked = check_listed_unit(document.units[i], seen, item_of(path, "units", i));
    }
    return checked;
}

Status check_head(const PlanDocument& document, const std::string& path) {
    const TaskId first{document.plan, 1};
    if (!parse_task_id(to_string(first))) {
        return fail(Errc::invalid_argument, "A plan's id is 1 to 64 of a-z, 0-9 and '-'.",
                    path + "plan");
    }
    return require_name(document.title, path + "title")
        .and_then([&] { return limit_name(document.zone, path + "zone"); })
        .and_then([&] { return limit_name(document.responsibility, path + "responsibility"); })
        .and_then([&] { return limit_name(document.document_no, path + "document_no"); });
}

Status check_tasks(const PlanDocument& document, const KnownUnit& known, const std::string& path) {
    if (document.tasks.empty() || document.tasks.size() > plan_tasks_max) {
        return fail(Errc::invalid_argument,
                    "A list has 1 to " + std::to_string(plan_tasks_max) + " tasks.",
                    path + "tasks");
    }
    std::set<UnitCode> listed;
    for (const auto& unit : document.units) listed.insert(unit.code);
    const auto listed_or_known = [&](const UnitCode& unit) {
        return listed.contains(unit) || known(unit);
    };
    std::set<std::uint32_t> numbers;
    for (std::size_t i = 0; i < document.tasks.size(); ++i) {
        const auto& task = document.tasks[i];
        const auto at = item_of(path, "tasks", i);
        if (!parse_task_id(to_string(TaskId{document.plan, task.no})) ||
            !numbers.insert(task.no).second) {
            return fail(Errc::invalid_argument,
                        "Tasks are numbered 1 to 99999, each number once; " +
                            std::to_string(task.no) + " does not fit.",
                        at + ".no");
        }
        auto checked = check_mandate(mandate_of(document, task), listed_or_known, at + ".");
        if (!checked) return checked;
    }
    return {};
}

}  // namespace

Mandate mandate_of(const PlanDocument& document, const PlannedTask& task) {
    Mandate mandate;
    mandate.title = task.title;
    mandate.text = task.text;
    mandate.source = document.title;
    mandate.document_no = document.document_no;
    mandate.lead = task.lead;
    mandate.co = task.co;
    mandate.due = task.due;
    mandate.indicators = task.indicators;
    return mandate;
}

Status check_plan(const PlanDocument& document, const KnownUnit& known, const std::string& path) {
    return check_head(document, path)
        .and_then([&] { return check_units(document, path); })
        .and_then([&] { return check_tasks(document, known, path); });
}

}  // namespace duban
