// Standing: which slot of an approval somebody's act is about, and in whose right he acts: the
// guards that all acts in an approval share, in the order in which they speak.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/walk.h"
#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/base/result.h"
#include "domain/task/task.h"

namespace duban {

struct Standing {
    const Approval* approval = nullptr;
    const RoutePlan* plan = nullptr;
    Spot spot;
    std::string address;
    const ApprovalNode* run = nullptr;  // nullptr when the node was never reached
    const Slot* slot = nullptr;         // of the run; nullptr when it has none for the actor
    PersonId on_behalf_of;

    [[nodiscard]] const RouteNode& node() const { return plan->node(spot.place); }
    [[nodiscard]] bool is_open() const { return run != nullptr && run->state == NodeState::open; }
};

// The very version that the approval began with. Errors: corrupt when the book lacks it.
[[nodiscard]] Result<const RoutePlan*> plan_of(const Approval& approval, const Facts& facts);
// Errors: not_found.
[[nodiscard]] Result<const Approval*> require_approval(const TaskState& task,
                                                       const ApprovalId& approval);

// What the actor means by the names, and his right to it. `pool`: whoever may claim the node has
// it, though another has claimed it. `act` completes "Only … may ".
// Errors: not_found, invalid_argument (node, slot), forbidden.
[[nodiscard]] Result<Standing> require_standing(const TaskState& task, const ApprovalId& approval,
                                                const std::string& node, const std::string& slot,
                                                bool pool, const std::string& act,
                                                const Facts& facts);

// Somebody was faster, or one has decided already, on that very revision. Rule already_decided.
[[nodiscard]] Status check_undecided(const Standing& standing, std::uint32_t revision,
                                     const Facts& facts);
// The same on whatever revision is current.
[[nodiscard]] inline Status check_undecided(const Standing& standing, const Facts& facts) {
    return check_undecided(standing, standing.approval->revision, facts);
}
// That it is neither closed nor on hold; it may be returned. Rules approval_not_running, held.
[[nodiscard]] Status check_approval_unheld(const TaskState& task, const Approval& approval);
// That it is not closed. Rule approval_not_running.
[[nodiscard]] Status check_approval_open(const TaskState& task, const Approval& approval);
// Rules approval_not_running, held.
[[nodiscard]] Status check_approval_running(const TaskState& task, const Approval& approval);
// Rule wrong_revision.
[[nodiscard]] Status check_revision(const Approval& approval, std::uint32_t revision,
                                    const Digest& digest);
// Rules node_not_open, claim_first, delegated, waits_for_added, not_your_turn.
[[nodiscard]] Status check_slot(const TaskState& task, const Standing& standing, bool claims,
                                const Facts& facts);
// Rule act_not_offered.
[[nodiscard]] Status check_offered(const Standing& standing, Act act);
[[nodiscard]] Status check_opinion(const Standing& standing, Act act, const std::string& opinion);

[[nodiscard]] std::string words(ApprovalState state);
[[nodiscard]] const char* words(Act act);

}  // namespace duban
