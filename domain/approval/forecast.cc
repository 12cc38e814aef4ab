#include "domain/approval/forecast.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/approval/approval_events.h"
#include "domain/approval/flow.h"
#include "domain/approval/returns.h"
#include "domain/approval/rounds.h"
#include "domain/approval/seats.h"
#include "domain/approval/submission.h"
#include "domain/approval/walk.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"
#include "domain/task/unit_right.h"

namespace duban {
namespace {

Facts facts_of(const Facts& facts, const PersonId& actor) {
    return Facts{facts.now,    actor, facts.directory, facts.plans,
                 facts.routes, {},    facts.chance,    facts.calendars};
}

bool is_to_speak(const Slot& slot) {
    switch (slot.state) {
        case SlotState::approved:
        case SlotState::rejected:
        case SlotState::returned:
        case SlotState::cancelled:
        case SlotState::skipped:
        case SlotState::kept:
        case SlotState::deemed:
        case SlotState::timed_out:
            return false;
        default:
            return slot.said == Said::nothing;
    }
}

// Plays one approval, of which each move is made by another person.
class Play {
public:
    Play(const TaskState& task, std::uint32_t approval, const RoutePlan& plan, const Facts& facts)
        : task_(task), no_(approval), plan_(plan), facts_(facts) {}

    [[nodiscard]] const Approval* approval() const { return find_approval(task_, no_); }

    // Makes the moves in `actor`'s name and keeps what opened and was passed over by them.
    template <class Moves>
    Status move(const PersonId& actor, const Moves& moves) {
        const Facts facts = facts_of(facts_, actor);
        Walk walk(task_, no_, plan_, facts, {});
        walk.suppose();
        if (auto moved = moves(walk); !moved) return moved;
        task_ = walk.task();
        for (const Event& event : walk.take()) look_at(event);
        return {};
    }

    // What is open already, in the route's order.
    void begin_with_open() {
        std::vector<std::pair<PlaceNo, const ApprovalNode*>> open;
        for (const ApprovalNode& run : approval()->nodes) {
            const PlaceNo place = plan_.find(parse_address(run.node).id);
            const bool step = place != no_place && !is_block(plan_.node(place).kind);
            if (run.state != NodeState::open || !step) continue;
            const auto behind = std::ranges::upper_bound(
                open, place, {}, &std::pair<PlaceNo, const ApprovalNode*>::first);
            open.emplace(behind, place, &run);
        }
        for (const auto& [place, run] : open) {
            ForecastStep step{run->node, ForecastState::open, SkipReason::none, {}};
            for (const Slot& slot : run->slots) {
                if (!is_to_speak(slot)) continue;
                step.slots.push_back(
                    {slot, slot_holders(slot, run->except, task_, facts_.directory)});
            }
            forecast_.steps.push_back(std::move(step));
        }
    }

    // Approves what opened first, until nothing is open.
    Status run_to_the_end() {
        while (approval() != nullptr && is_open(*approval())) {
            const auto* run = first_open();
            if (run == nullptr) break;
            if (forecast_.steps.size() > forecast_steps_max) {
                forecast_.steps.resize(forecast_steps_max);
                forecast_.cut = true;
                break;
            }
            if (auto passed = pass(*run); !passed) return passed;
        }
        return {};
    }

    [[nodiscard]] Forecast take() { return std::move(forecast_); }

private:
    const ApprovalNode* first_open() const {
        for (const ForecastStep& step : forecast_.steps) {
            const auto* run = find_node(*approval(), step.node);
            if (run != nullptr && run->state == NodeState::open) return run;
        }
        return nullptr;
    }

    Status pass(const ApprovalNode& run) {
        const std::string address = run.node;
        const auto round = run.round;
        if (run.fill) return resubmit();
        const auto slot = std::ranges::find_if(
            run.slots, [](const Slot& one) { return one.state == SlotState::open; });
        const auto next =
            slot == run.slots.end() ? std::ranges::find_if(run.slots, is_to_speak) : slot;
        if (next == run.slots.end()) return end_round(address, round);
        return approve(run, *next);
    }

    // One of several holders is nobody in particular: it cannot be said what he has approved
    // before.
    Status approve(const ApprovalNode& run, const Slot& slot) {
        const auto persons = slot_holders(slot, run.except, task_, facts_.directory);
        const PersonId actor = persons.size() == 1 ? persons.front() : PersonId();
        SlotApproved event;
        event.approval = {task_.id, no_};
        event.node = run.node;
        event.round = run.round;
        event.slot = slot.slot;
        event.revision = approval()->revision;
        event.revision_digest = approval()->revision_digest;
        return move(actor, [&](Walk& walk) {
            walk.emit(event);
            return settle(walk, walk.spot_of(event.node), event.slot);
        });
    }

    // The answer to a return changes what it is about, and nothing material.
    Status resubmit() {
        return move(approval()->starter, [&](Walk& walk) {
            const auto& current = walk.approval();
            walk.emit(
                ApprovalResubmitted{walk.id(), current.revision + 1, current.revision_digest});
            return pass_start(walk, false, false, {});
        });
    }

    // What waits for something else than a decision.
    Status end_round(const std::string& address, std::uint32_t round) {
        return move(PersonId(system_actor), [&](Walk& walk) {
            const Spot spot = walk.spot_of(address);
            const auto back = walk.pending(spot);
            walk.emit(
                RoundEnded{walk.id(), address, round, false, NodeState::approved, {}, {}, {}});
            return go_on(walk, spot, back);
        });
    }

    [[nodiscard]] bool is_mine(const ApprovalId& approval) const { return approval.no == no_; }

    void look_at(const Event& event) {
        if (const auto* opened = event.get_if<RoundOpened>()) {
            if (is_mine(opened->approval)) add_opened(*opened);
        } else if (const auto* skipped = event.get_if<NodeSkipped>()) {
            if (is_mine(skipped->approval)) add_skipped(*skipped);
        } else if (const auto* ended = event.get_if<RoundEnded>()) {
            if (is_mine(ended->approval)) add_passed(*ended);
        } else if (const auto* slot = event.get_if<SlotClosed>()) {
            if (is_mine(slot->approval)) close_slot(*slot);
        }
    }

    ForecastSlot seen(const Slot& slot, const PersonId& except) const {
        const bool asked = is_to_speak(slot);
        return {slot, asked ? live_holders(slot, except, task_, facts_.directory)
                            : std::vector<PersonId>()};
    }

    void add_opened(const RoundOpened& event) {
        ForecastStep step{event.node, ForecastState::would_open, SkipReason::none, {}};
        for (const Slot& slot : event.slots) step.slots.push_back(seen(slot, event.except));
        forecast_.steps.push_back(std::move(step));
    }

    void add_skipped(const NodeSkipped& event) {
        ForecastStep step{event.node, ForecastState::would_skip, event.reason, {}};
        for (const Slot& slot : event.slots) step.slots.push_back(seen(slot, {}));
        forecast_.steps.push_back(std::move(step));
    }

    // A node that was reached and passed at once, and so never opened.
    void add_passed(const RoundEnded& event) {
        const PlaceNo place = plan_.find(parse_address(event.node).id);
        const bool passes = place != no_place && place != RoutePlan::start() &&
                            plan_.node(place).kind != NodeKind::task &&
                            plan_.node(place).kind != NodeKind::wait &&
                            !is_block(plan_.node(place).kind);
        if (!passes || event.end == NodeState::cancelled) return;
        ForecastStep step{event.node, ForecastState::would_open, SkipReason::none, {}};
        Walk walk(task_, no_, plan_, facts_, {});
        walk.suppose();
        if (auto slots = slots_meant(walk, walk.spot_of(event.node))) {
            for (const Slot& slot : *slots) step.slots.push_back(seen(slot, {}));
        }
        forecast_.steps.push_back(std::move(step));
    }

    // Whose turn came, and who was passed over then.
    void close_slot(const SlotClosed& event) {
        if (event.state != SlotState::skipped) return;
        for (auto step = forecast_.steps.rbegin(); step != forecast_.steps.rend(); ++step) {
            if (step->node != event.node) continue;
            for (ForecastSlot& one : step->slots) {
                if (one.slot.slot != event.slot) continue;
                one.slot.state = event.state;
                one.slot.reason = event.reason;
                one.holders.clear();
            }
            return;
        }
    }

    TaskState task_;
    std::uint32_t no_;
    const RoutePlan& plan_;
    const Facts& facts_;
    Forecast forecast_;
};

// The unit for which the starter may submit.
Result<UnitCode> unit_of(const TaskState& task, const RoutePlan& plan, const SupposedReport& report,
                         const Facts& facts) {
    if (find_person(facts.directory, report.starter) == nullptr) {
        return fail(Errc::invalid_argument, "There is no person " + report.starter.value + ".",
                    "starter");
    }
    const UnitRule rule{[&](const UnitCode& unit) { return start_seats(plan, task, unit); }, true};
    const auto kind = plan.route().subject;
    const bool of_task = kind == SubjectKind::amendment || kind == SubjectKind::issue;
    auto units = of_task ? askers(task) : units_of(task);
    if (!report.unit.empty()) units = {report.unit};
    const auto right =
        require_right(task, facts_of(facts, report.starter), units, rule, "submit its report");
    if (right) return right->unit;
    const bool unit = right.error().field == "unit";
    return fail(Errc::invalid_argument, right.error().detail, unit ? "unit" : "starter");
}

template <class Item>
std::uint32_t number_after(const Parts<Item>& items) {
    return items.empty() ? 1 : items.back().no + 1;
}

}  // namespace

Result<Forecast> forecast(const TaskState& task, const Approval& approval, const RoutePlan& plan,
                          const Facts& facts) {
    if (!is_open(approval)) return Forecast{};
    Play play(task, approval.no, plan, facts);
    play.begin_with_open();
    if (auto run = play.run_to_the_end(); !run) return refusal(run);
    return play.take();
}

Result<Forecast> simulate(const TaskState& task, const RoutePlan& plan,
                          const SupposedReport& report, const Facts& facts) {
    auto ready =
        plan.route().subject == SubjectKind::issue
            ? require_stage(task, TaskStage::established, "task_not_established",
                            "ask that it be issued")
            : require_stage(task, TaskStage::issued, "not_issued", "submit anything on it");
    if (!ready) return refusal(ready);
    const auto unit = unit_of(task, plan, report, facts);
    if (!unit) return refusal(unit);
    if (auto checked = check_draft(report.content); !checked) {
        Error error = checked.error();
        error.field = "content." + error.field;
        return tl::unexpected<Error>(std::move(error));
    }
    const ReportId id{task.id, number_after(task.reports)};
    Play play(task, number_after(task.approvals), plan, facts);
    auto begun = play.move(report.starter, [&](Walk& walk) {
        walk.emit(ReportSubmitted{id, *unit, {}, report.content});
        walk.emit(ApprovalOpened{walk.id(),
                                 plan.route().route,
                                 plan.route().ver,
                                 {SubjectKind::report, SubjectId{task.id, 'r', id.no}, *unit},
                                 1,
                                 {}});
        return begin_flow(walk);
    });
    if (!begun) return refusal(begun);
    if (auto run = play.run_to_the_end(); !run) return refusal(run);
    return play.take();
}

}  // namespace duban
