#include <algorithm>
#include <utility>

#include "domain/approval/blocks.h"
#include "domain/approval/return_path.h"
#include "domain/approval/returns.h"

namespace duban {
namespace {

bool acted(const Slot& slot) {
    return slot.state == SlotState::approved || slot.state == SlotState::rejected ||
           slot.state == SlotState::kept;
}

// The nearest before it, among those that are asked one after the other with it, in which somebody
// acted.
std::string acted_before(const ApprovalNode& run, const Slot& own) {
    std::string earlier;
    for (const Slot& one : run.slots) {
        if (one.slot == own.slot) break;
        const bool beside = one.pos == own.pos && one.parent == own.parent && one.set == own.set;
        if (beside && acted(one)) earlier = one.slot;
    }
    return earlier;
}

// The nearest earlier slot of a node in turn in which somebody acted. Who was added in turn has
// those of his set before him, and then those before the one beside whom they stand.
std::string slot_before(const Walk& walk, const Spot& from, const std::string& slot) {
    const auto& run = *walk.run(from);
    if (walk.node(from).mode != NodeMode::seq) return {};
    for (const Slot* own = find_slot(run, slot); own != nullptr;
         own = find_slot(run, own->parent)) {
        const bool added = own->pos != SignerPos::none;
        if (added && own->set_mode != NodeMode::seq) continue;
        auto earlier = acted_before(run, *own);
        if (!earlier.empty() || !added) return earlier;
    }
    return {};
}

bool was_decided(const Walk& walk, const Spot& spot) {
    if (spot.place == RoutePlan::start()) return !walk.approval().parent;
    const auto* run = walk.run(spot);
    const bool passed =
        run != nullptr && (run->state == NodeState::approved || run->state == NodeState::dissented);
    return passed && std::ranges::any_of(run->slots, acted);
}

// The nearest node of a list, from `at` backwards, that a person decided; place no_place when the
// way back is ambiguous or there is none. Sets `ambiguous` behind par, inc and each.
Spot decided_before(const Walk& walk, Spot at, bool& ambiguous);

// The last decided node of the branch that a choose took.
Spot decided_in_choose(const Walk& walk, const Spot& block, bool& ambiguous) {
    const auto* run = walk.run(block);
    if (run == nullptr || run->branches.empty()) return {};
    Spot last;
    for (PlaceNo at = walk.plan().first_in(block.place, run->branches.front()); at != no_place;
         at = walk.plan()[at].next) {
        last = {at, block.unit};
    }
    return last.place == no_place ? Spot{} : decided_before(walk, last, ambiguous);
}

Spot decided_before(const Walk& walk, Spot at, bool& ambiguous) {
    while (at.place != no_place && !ambiguous) {
        const NodeKind kind = walk.node(at).kind;
        if (kind == NodeKind::task && was_decided(walk, at)) return at;
        if (kind == NodeKind::choose) {
            Spot inner = decided_in_choose(walk, at, ambiguous);
            if (inner.place != no_place) return inner;
        } else if (is_block(kind) && walk.state(at) != NodeState::skipped) {
            ambiguous = true;
        }
        at.place = walk.plan()[at.place].prev;
    }
    return {};
}

// In the same list, else before the block.
Spot previous(const Walk& walk, Spot from, bool& ambiguous) {
    while (from.place != no_place) {
        const Spot at{walk.plan()[from.place].prev, from.unit};
        if (at.place != no_place) {
            Spot found = decided_before(walk, at, ambiguous);
            if (found.place != no_place || ambiguous) return found;
        }
        from = parent_of(walk.plan(), from);
    }
    return {};
}

// In an each, a node without a unit is the run's own, when that is where one comes from.
Spot named(const Walk& walk, const Spot& from, std::string_view to) {
    const auto address = parse_address(target_id(to));
    const PlaceNo place = walk.plan().find(address.id);
    if (place == no_place) return {};
    const PlaceNo each = walk.plan()[place].each;
    if (each == no_place) return address.unit.empty() ? Spot{place, {}} : Spot{};
    if (!address.unit.empty()) return {place, address.unit};
    return each == walk.plan()[from.place].each ? Spot{place, from.unit} : Spot{};
}

bool allowed(const Walk& walk, const Spot& from, const Spot& target) {
    const auto& list = walk.node(from).return_.to;
    return std::ranges::any_of(list, [&](const std::string& entry) {
        if (entry == "any") return true;
        if (entry == "start") return target.place == RoutePlan::start();
        if (entry != "prev") return walk.node(target).id == target_id(entry);
        bool ambiguous = false;
        return previous(walk, from, ambiguous) == target;
    });
}

// Passed before `from` in the flow, and not in another branch.
bool comes_before(const Walk& walk, const Spot& from, const Spot& target) {
    const auto* run = walk.run(target);
    if (run == nullptr || walk.node(target).kind != NodeKind::task) return false;
    const bool asked_again = run->state == NodeState::rejected && !target.unit.empty();
    const bool passed = run->state == NodeState::approved || run->state == NodeState::dissented;
    if (!passed && !asked_again) return false;
    return path_between(walk, target, from).has_value();
}

tl::unexpected<Error> wrong_target(const Walk& walk, const Spot& from, const std::string& why) {
    std::string names;
    for (const auto& entry : walk.node(from).return_.to) {
        names += (names.empty() ? "" : ", ") + entry;
    }
    return refuse("return_target",
                  name_of(walk.node(from)) + " may return to " + names + ", " + why, "to");
}

constexpr const char* passed_only = "and only to an earlier step that somebody has decided.";

}  // namespace

Result<ReturnTarget> return_target(const Walk& walk, const Spot& from, const std::string& slot,
                                   const std::string& to) {
    const auto& list = walk.node(from).return_.to;
    if (list.empty()) {
        return refuse("return_target", name_of(walk.node(from)) + " names no step to return to.",
                      "to");
    }
    const std::string wanted = to.empty() ? list.front() : to;
    if (wanted == "any") {
        return wrong_target(walk, from, "and this return must name one of the earlier steps.");
    }
    // What is submitted is the parent's; a return inside does not leave the sub-route.
    if (walk.approval().parent && wanted == "start") {
        return wrong_target(walk, from, "and a sub-route has no first fill of its own.");
    }
    if (wanted == "start") {
        const Spot start{RoutePlan::start(), {}};
        if (allowed(walk, from, start)) return ReturnTarget{start, {}};
        return wrong_target(walk, from, passed_only);
    }
    if (wanted == "prev") {
        const bool offered = std::ranges::find(list, "prev") != list.end() ||
                             std::ranges::find(list, "any") != list.end();
        if (!offered) return wrong_target(walk, from, passed_only);
        auto earlier = slot_before(walk, from, slot);
        if (!earlier.empty()) return ReturnTarget{from, std::move(earlier)};
        bool ambiguous = false;
        Spot target = previous(walk, from, ambiguous);
        if (ambiguous) {
            return wrong_target(walk, from, "and several branches lie before it: name the step.");
        }
        if (target.place == no_place) return wrong_target(walk, from, passed_only);
        return ReturnTarget{std::move(target), {}};
    }
    Spot target = named(walk, from, wanted);
    if (target.place == no_place || !comes_before(walk, from, target) ||
        !allowed(walk, from, target)) {
        return wrong_target(walk, from, passed_only);
    }
    return ReturnTarget{std::move(target), {}};
}

}  // namespace duban
