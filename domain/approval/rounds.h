// Rounds of a task node: opening one (who is asked, who is passed over), and what the decisions in
// it make of it, by the node's mode.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <functional>
#include <string>

#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

// What has become of the slots of a round.
enum class RoundOutcome {
    waiting,
    passed,
    dissented,  // goes on although somebody refused
    refused,    // and the refusal decides
};

// Whether a slot that has not spoken may still veto.
using SilentVeto = std::function<bool(const Slot& slot)>;
// By the decisions alone; of the directory nothing is asked but what `silent_veto` does.
[[nodiscard]] RoundOutcome outcome_of(const RouteNode& node, const ApprovalNode& run,
                                      const SilentVeto& silent_veto);

// Opens a new round, or passes the node over when nobody is to be asked. A pending jump that comes
// back here opens it as it was interrupted. Errors: rule no_holder, pick.
[[nodiscard]] Status open_round(Walk& walk, const Spot& spot);
// Time was up in the open round, and the seat that its due names is asked instead.
[[nodiscard]] Status open_escalated(Walk& walk, const Spot& spot);
// Opens the first fill for those who may submit for the unit, and for the author.
void open_fill(Walk& walk, const Spot& spot);
// The same round again from an earlier slot on, of a node in turn.
[[nodiscard]] Status reopen_in_turn(Walk& walk, const Spot& spot, const std::string& from);

// A new round as the newest one was before it ended, with that slot open again for that person
// ("": for nobody in particular). Errors: rule no_holder.
[[nodiscard]] Status open_again(Walk& walk, const Spot& spot, const std::string& slot,
                                const PersonId& person);

// After a decision in the node, or when a slot is waited for no longer: opens whose turn it is, or
// ends the round and goes on. `slot`: whose decision it was, "" when nobody's.
[[nodiscard]] Status settle(Walk& walk, const Spot& spot, const std::string& slot);

}  // namespace duban
