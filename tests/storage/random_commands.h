// Random commands on the tasks of a TestLog, chosen by its present state so that many are accepted.
// Thread-safety: one thread at a time.
#pragma once

#include <random>

#include "domain/approval/route.h"
#include "tests/storage/test_log.h"

namespace duban {

// Version 2 of the route for reports: steps in turn beside a pool, a run of every cooperating unit,
// a choice, a way back and copies, with returns that jump back and keep what was decided.
[[nodiscard]] Route branching_route();
// The routes of amendments and issues on request. Where they are published, the random commands
// ask for both, revise what was returned and revoke amendments that were granted.
[[nodiscard]] Route random_amendment_route();
[[nodiscard]] Route random_issue_route();

// One command, accepted or refused.
void run_random(TestLog& log, std::mt19937_64& random);
// So many of them, in batches of one to three commands.
void run_random_history(TestLog& log, std::uint64_t seed, int commands);

}  // namespace duban
