#include "domain/approval/walk.h"

#include "domain/approval/sight.h"
#include "domain/approval/subject.h"
#include "domain/directory/access.h"

namespace duban {

Walk::Walk(const TaskState& task, std::uint32_t approval, const RoutePlan& plan, const Facts& facts,
           PersonId on_behalf_of)
    : task_(task), no_(approval), plan_(plan), facts_(facts) {
    stamp_.time = facts.now;
    stamp_.actor = facts.actor;
    stamp_.on_behalf_of = std::move(on_behalf_of);
}

const Approval& Walk::approval() const {
    const auto* approval = find_approval(task_, no_);
    DUBAN_ASSERT(approval != nullptr);
    return *approval;
}

const SubjectHead& Walk::subject() const {
    const auto* subject = find_subject(task_, approval().subject.id);
    DUBAN_ASSERT(subject != nullptr);
    return *subject;
}

const Report* Walk::report() const {
    const auto& id = approval().subject.id;
    return kind_of(id) == SubjectKind::report ? find_report(task_, id.no) : nullptr;
}

void Walk::emit(Event event) {
    task_ = evolve(std::move(task_), event, stamp_);
    events_.push_back(std::move(event));
}

void Walk::absorb(Walk&& other) {
    task_ = std::move(other.task_);
    for (Event& event : other.events_) events_.push_back(std::move(event));
}

std::string Walk::address(const Spot& spot) const {
    return address_of(node(spot).id, spot.unit);
}

const ApprovalNode* Walk::run(const Spot& spot) const {
    return find_node(approval(), address(spot));
}

Spot Walk::spot_of(std::string_view address) const {
    auto parsed = parse_address(address);
    const PlaceNo place = plan_.find(parsed.id);
    if (place == no_place || (plan_[place].each == no_place) != parsed.unit.empty()) return {};
    return {place, std::move(parsed.unit)};
}

NodeState Walk::state(const Spot& spot) const {
    const auto* known = run(spot);
    return known == nullptr ? NodeState::idle : known->state;
}

std::uint32_t Walk::next_round(const Spot& spot) const {
    const auto* known = run(spot);
    return known == nullptr ? 1 : known->round + 1;
}

std::optional<PendingReturn> Walk::pending(const Spot& target) const {
    const auto& stack = approval().stack;
    const auto name = address(target);
    for (auto one = stack.rbegin(); one != stack.rend(); ++one) {
        if (one->to == name) return *one;
    }
    return std::nullopt;
}

bool sees_task(const Walk& walk, const PersonId& person) {
    const auto access = access_of(walk.directory(), person, office_date(walk.facts().now));
    return sight_of(walk.task(), access).sees_approval(walk.id().no);
}

Spot parent_of(const RoutePlan& plan, const Spot& spot) {
    const PlaceNo parent = plan[spot.place].parent;
    if (parent == no_place) return {};
    return {parent, plan.node(parent).kind == NodeKind::each ? UnitCode() : spot.unit};
}

}  // namespace duban
