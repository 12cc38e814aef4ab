// Time that passes for a given task: every timer fires at its moment, as the server's runner fires
// it, so that a year takes no longer than its events.
#pragma once

#include <gtest/gtest.h>

#include "domain/task/react.h"
#include "tests/support/given.h"

namespace duban {

// Until then, and not a timer further. How many of them were fired.
inline std::size_t run_clock(GivenTask& world, Timestamp until) {
    std::size_t fired = 0;
    for (;;) {
        const auto timers = timers_of(world.task);
        const auto next = std::min_element(
            timers.begin(), timers.end(),
            [](const Timer& one, const Timer& other) { return one.at < other.at; });
        if (next == timers.end() || next->at > until) break;
        world.now = std::max(world.now, next->at);
        const Command command = command_of(*next);
        const auto outcome = world.when(system_actor, command);
        if (!outcome.accepted() || outcome.result()->events.empty()) {
            ADD_FAILURE() << "the timer " << name_of(*next)
                          << " does nothing: " << outcome.detail();
            break;
        }
        world.fold(*outcome.result(), system_actor);
        ++fired;
    }
    world.now = std::max(world.now, until);
    return fired;
}

// Just past the end of that office day.
inline std::size_t run_clock(GivenTask& world, const char* day) {
    return run_clock(world, Timestamp{end_of_office_day(date(day)).ms + 60'000});
}

}  // namespace duban
