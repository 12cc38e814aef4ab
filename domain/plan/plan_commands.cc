#include <algorithm>
#include <utility>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/directory/directory_events.h"
#include "domain/directory/unit_check.h"
#include "domain/plan/plan_check.h"
#include "domain/plan/plan_commands.h"
#include "domain/plan/plan_events.h"
#include "domain/task/guards.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

constexpr const char* basis_list = "list";

Result<Capacity> require_importer(const Facts& facts) {
    if (facts.actor == PersonId(system_actor)) return Capacity{facts.actor, {}, {}};
    return require_office(facts, "import a plan");
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

// Units that the directory has keep its names, whatever the list calls them.
Status check_new_names(const PlanDocument& document, const Directory& directory) {
    for (std::size_t i = 0; i < document.units.size(); ++i) {
        const Unit& unit = document.units[i];
        if (directory.units.contains(unit.code)) continue;
        const std::string at = "plan.units[" + std::to_string(i) + "].";
        if (auto free = check_unit_name(unit, directory, at); !free) return free;
    }
    return {};
}

std::vector<Event> import_events(const PlanDocument& document, const Facts& facts) {
    std::vector<Event> events;
    for (const auto& unit : document.units) {
        if (facts.directory.units.contains(unit.code)) continue;
        events.emplace_back(UnitPut{unit});
    }
    events.emplace_back(imported(document, facts.content_digest));
    for (const auto& task : document.tasks) {
        const TaskId id{document.plan, task.no};
        events.emplace_back(TaskRegistered{id, mandate_of(document, task)});
        events.emplace_back(TaskApproved{id, "", basis_list});
    }
    return events;
}

}  // namespace

static Result<Decision> decide_one(const ImportPlan& command, const Facts& facts) {
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
    // The list travels as the member "plan" of the command.
    const auto checked = check_plan(
        document, [&](const UnitCode& unit) { return facts.directory.units.contains(unit); },
        "plan.");
    if (!checked) return refusal(checked);
    if (const auto free = check_new_names(document, facts.directory); !free) return refusal(free);
    return decision_of(import_events(document, facts), capacity->on_behalf_of);
}

DUBAN_DEFINE_COMMAND(ImportPlan)

}  // namespace duban
