#include <algorithm>

#include "domain/base/event_kind.ipp"
#include "domain/plan/plan.h"
#include "domain/plan/plan_events.h"

namespace duban {
static void apply(PlanBook& book, const PlanImported& event, const Stamp& /*stamp*/) {
    std::vector<std::uint32_t> tasks = event.tasks;
    std::sort(tasks.begin(), tasks.end());
    book.plans[event.plan] =
        Plan{event.plan,        event.title,   event.zone,      event.responsibility,
             event.document_no, event.content, std::move(tasks)};
}

static void apply(PlanBook& book, const PlanTaskAdded& event, const Stamp& /*stamp*/) {
    auto& plan = book.plans[event.plan];
    plan.plan = event.plan;
    const auto place = std::lower_bound(plan.tasks.begin(), plan.tasks.end(), event.no);
    if (place == plan.tasks.end() || *place != event.no) plan.tasks.insert(place, event.no);
}

PlanBook evolve(PlanBook state, const Event& event, const Stamp& stamp) {
    if (!event.of(EventFamily::plan)) return state;
    event.kind().apply(&state, event.payload(), stamp);
    return state;
}

DUBAN_PLAN_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
