#include <algorithm>
#include <set>
#include <utility>

#include "domain/guards.h"
#include "domain/mandate.h"
#include "domain/text_form.h"

namespace duban {
namespace {

constexpr std::size_t plan_tasks_max = 1000;
constexpr std::size_t plan_units_max = 1000;
constexpr const char* basis_list = "list";

Result<Capacity> require_importer(const Facts& facts) {
    if (facts.actor == PersonId(system_actor)) return Capacity{facts.actor, {}, {}};
    return require_office(facts, "import a plan");
}

std::string item(const char* list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "]";
}

Status check_unit(const Unit& unit, std::set<UnitCode>& seen, const std::string& at) {
    if (!is_code(unit.code.value)) {
        return fail(Errc::invalid_argument, code_form, at + ".code");
    }
    if (!seen.insert(unit.code).second) {
        return fail(Errc::invalid_argument, "The list names " + unit.code.value + " twice.",
                    at + ".code");
    }
    if (!is_name(unit.name)) return fail(Errc::invalid_argument, name_form, at + ".name");
    if (unit.kind.empty() || is_name(unit.kind)) return {};
    return fail(Errc::invalid_argument, name_form, at + ".kind");
}

Status check_units(const PlanDocument& document) {
    if (document.units.size() > plan_units_max) {
        return fail(Errc::invalid_argument,
                    "A list has at most " + std::to_string(plan_units_max) + " units.", "units");
    }
    std::set<UnitCode> seen;
    Status checked;
    for (std::size_t i = 0; checked && i < document.units.size(); ++i) {
        checked = check_unit(document.units[i], seen, item("units", i));
    }
    return checked;
}

Status check_head(const PlanDocument& document) {
    const TaskId first{document.plan, 1};
    if (!parse_task_id(to_string(first))) {
        return fail(Errc::invalid_argument, "A plan's id is 1 to 64 of a-z, 0-9 and '-'.", "plan");
    }
    return require_text(document.title, "title", title_characters_max)
        .and_then([&] { return limit_text(document.zone, "zone", title_characters_max); })
        .and_then([&] {
            return limit_text(document.responsibility, "responsibility", title_characters_max);
        })
        .and_then(
            [&] { return limit_text(document.document_no, "document_no", title_characters_max); });
}

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

Status check_tasks(const PlanDocument& document, const Directory& directory) {
    if (document.tasks.empty() || document.tasks.size() > plan_tasks_max) {
        return fail(Errc::invalid_argument,
                    "A list has 1 to " + std::to_string(plan_tasks_max) + " tasks.", "tasks");
    }
    std::set<UnitCode> listed;
    for (const auto& unit : document.units) listed.insert(unit.code);
    const auto known = [&](const UnitCode& unit) {
        return listed.contains(unit) || directory.units.contains(unit);
    };
    std::set<std::uint32_t> numbers;
    for (std::size_t i = 0; i < document.tasks.size(); ++i) {
        const auto& task = document.tasks[i];
        const auto at = item("tasks", i);
        if (!parse_task_id(to_string(TaskId{document.plan, task.no})) ||
            !numbers.insert(task.no).second) {
            return fail(Errc::invalid_argument,
                        "Tasks are numbered 1 to 99999, each number once; " +
                            std::to_string(task.no) + " does not fit.",
                        at + ".no");
        }
        auto checked = check_mandate(mandate_of(document, task), known, at + ".");
        if (!checked) return checked;
    }
    return {};
}

PlanImported imported(const PlanDocument& document, const Digest& content) {
    PlanImported event;
    event.plan = document.plan;
    event.title = document.title;
    event.zone = document.zone;
    event.responsibility = document.responsibility;
    event.document_no = document.document_no;
    event.content = content;
    for (const auto& task : document.tasks) event.tasks.push_back(task.no);
    std::sort(event.tasks.begin(), event.tasks.end());
    return event;
}

void add(NewEvents& events, Event event) {
    auto stream = stream_of(event);
    events.push_back(NewEvent{std::move(stream), std::move(event)});
}

NewEvents import_events(const PlanDocument& document, const Facts& facts) {
    NewEvents events;
    for (const auto& unit : document.units) {
        if (facts.directory.units.contains(unit.code)) continue;
        add(events, DirectoryEvent(UnitPut{unit}));
    }
    add(events, PlanEvent(imported(document, facts.content_digest)));
    for (const auto& task : document.tasks) {
        const TaskId id{document.plan, task.no};
        add(events, TaskEvent(TaskRegistered{id, mandate_of(document, task)}));
        add(events, TaskEvent(TaskApproved{id, "", basis_list}));
    }
    return events;
}

}  // namespace

Result<Decision> decide_import(const ImportPlan& command, const Facts& facts) {
    DUBAN_ASSERT(!facts.content_digest.empty());
    const auto& document = command.document;
    const auto capacity = require_importer(facts);
    if (!capacity) return refusal(capacity);
    const auto known = facts.plans.plans.find(document.plan);
    if (known != facts.plans.plans.end()) {
        if (known->second.content == facts.content_digest) {
            return Decision{{}, capacity->on_behalf_of};
        }
        return refuse("plan_exists",
                      "The plan " + document.plan.value +
                          " is imported already with other content; amend its tasks, or import "
                          "under another id.",
                      "plan");
    }
    auto checked =
        check_head(document).and_then([&] { return check_units(document); }).and_then([&] {
            return check_tasks(document, facts.directory);
        });
    if (!checked) {
        // The list travels as the member "plan" of the command.
        Error error = std::move(checked.error());
        error.field = "plan." + error.field;
        return tl::unexpected(std::move(error));
    }
    return Decision{import_events(document, facts), capacity->on_behalf_of};
}

}  // namespace duban
