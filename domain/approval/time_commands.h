// What the clock of an open round leads to: a reminder, or what its route says for when time is up.
// Sent by the actor `system` when a timer is due (react.h).
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstdint>
#include <string>

#include "domain/approval/walk.h"
#include "domain/base/command.h"
#include "domain/base/result.h"

namespace duban {

// `at` is the moment for which the timer was armed: the command does nothing once the round has
// ended, or its clock stands otherwise.
struct KeepTime {
    static constexpr bool of_system = true;
    ApprovalId approval;
    std::string node;
    std::uint32_t round = 0;
    Timestamp at;
};
DUBAN_DECLARE_COMMAND(KeepTime)

}  // namespace duban
