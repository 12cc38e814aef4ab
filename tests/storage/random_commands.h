// Random commands on the tasks of a TestLog, chosen by its present state so that many are accepted.
// Thread-safety: one thread at a time.
#pragma once

#include <random>

#include "tests/storage/test_log.h"

namespace duban {

// One command, accepted or refused.
void run_random(TestLog& log, std::mt19937_64& random);
// So many of them, in batches of one to three commands.
void run_random_history(TestLog& log, std::uint64_t seed, int commands);

}  // namespace duban
