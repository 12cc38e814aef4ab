#include "domain/plan.h"

#include <algorithm>

namespace duban {
namespace {

void apply(PlanBook& book, const PlanImported& event) {
    std::vector<std::uint32_t> tasks = event.tasks;
    std::sort(tasks.begin(), tasks.end());
    book.plans[event.plan] =
        Plan{event.plan,        event.title,   event.zone,      event.responsibility,
             event.document_no, event.content, std::move(tasks)};
}

void apply(PlanBook& book, const PlanTaskAdded& event) {
    auto& plan = book.plans[event.plan];
    plan.plan = event.plan;
    const auto place = std::lower_bound(plan.tasks.begin(), plan.tasks.end(), event.no);
    if (place == plan.tasks.end() || *place != event.no) plan.tasks.insert(place, event.no);
}

}  // namespace

PlanBook evolve(PlanBook state, const PlanEvent& event, const Stamp&) {
    std::visit([&](const auto& one) { apply(state, one); }, event);
    return state;
}

}  // namespace duban
