// Walk: the moves of one approval that follow from one command. Each move is an event, applied at
// once by evolve, so that the next move sees what every later reader of the log will see.
// The moves themselves: flow.h (lists and blocks), rounds.h (opening and settling), returns.h.
// Refers to the facts and the plan, which outlive it. Thread-safety: one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route_plan.h"
#include "domain/base/event.h"
#include "domain/base/facts.h"
#include "domain/task/task.h"

namespace duban {

// A node in a running approval: its place in the route and, within an each, whose run.
struct Spot {
    PlaceNo place = no_place;
    UnitCode unit;
    bool operator==(const Spot&) const = default;
};

// Persons whom somebody names for nodes that ask for it, by the nodes' ids.
using Picks = std::map<std::string, std::vector<PersonId>>;

class Walk {
public:
    Walk(const TaskState& task, std::uint32_t approval, const RoutePlan& plan, const Facts& facts,
         PersonId on_behalf_of);

    // As the events so far leave it.
    [[nodiscard]] const TaskState& task() const { return task_; }
    // Requires: it is opened.
    [[nodiscard]] const Approval& approval() const;
    [[nodiscard]] const RoutePlan& plan() const { return plan_; }
    [[nodiscard]] const Facts& facts() const { return facts_; }
    [[nodiscard]] const Directory& directory() const { return facts_.directory; }
    [[nodiscard]] ApprovalId id() const { return {task_.id, no_}; }
    // What it judges, and who wrote the current revision.
    [[nodiscard]] const SubjectHead& subject() const;
    [[nodiscard]] const PersonId& author() const { return subject().newest.author; }
    // nullptr when it judges something else.
    [[nodiscard]] const Report* report() const;

    void emit(Event event);
    // Takes on what another approval's walk, begun on this one's task, has done to it since.
    void absorb(Walk&& other);
    [[nodiscard]] const PersonId& on_behalf_of() const { return stamp_.on_behalf_of; }
    // Everything that was emitted.
    [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

    [[nodiscard]] const RouteNode& node(const Spot& spot) const { return plan_.node(spot.place); }
    [[nodiscard]] std::string address(const Spot& spot) const;
    // nullptr, no_place: there is none.
    [[nodiscard]] const ApprovalNode* run(const Spot& spot) const;
    [[nodiscard]] Spot spot_of(std::string_view address) const;
    [[nodiscard]] NodeState state(const Spot& spot) const;
    // The number of the next pass through the node.
    [[nodiscard]] std::uint32_t next_round(const Spot& spot) const;
    [[nodiscard]] bool closed() const { return !is_open(approval()); }

    // The newest return that waits for the node to be passed.
    [[nodiscard]] std::optional<PendingReturn> pending(const Spot& target) const;

    // Who names persons, in this command.
    void set_picks(Picks picks) { picks_ = std::move(picks); }
    [[nodiscard]] const Picks& picks() const { return picks_; }
    // That a node for nobody is opened with the office's head instead of refusing the command,
    // because nobody sent it for the approval's sake.
    void never_refuse() { refuses_ = false; }
    [[nodiscard]] bool refuses() const { return refuses_; }
    // That nothing is done, but only looked at: seats stay without holders, nobody is picked or
    // drawn, and nothing has effects.
    void suppose() { supposes_ = true; }
    [[nodiscard]] bool supposes() const { return supposes_; }
    // The jump that is on its way to who returned.
    std::optional<PendingReturn> back;

private:
    TaskState task_;
    std::uint32_t no_;
    const RoutePlan& plan_;
    const Facts& facts_;
    Stamp stamp_;
    std::vector<Event> events_;
    Picks picks_;
    bool refuses_ = true;
    bool supposes_ = false;
};

// Whether the person sees the task and this approval of it.
[[nodiscard]] bool sees_task(const Walk& walk, const PersonId& person);
// The block that a spot stands in; place no_place at the top.
[[nodiscard]] Spot parent_of(const RoutePlan& plan, const Spot& spot);

}  // namespace duban
