// Pain: what people complain about in other approval systems. The rows stand in pains_test.cc,
// which has the test that plays them, and pains_of_returns_test.cc. Thread-safety: safe for
// concurrent use (no state).
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/support/given_approval.h"
#include "tests/support/table_row.h"

namespace duban {

class Pain : public testing::TestWithParam<TableRow> {};

inline constexpr int steps_max = 40;

// Everybody who is asked approves, the first first, until nobody is. In how many steps.
inline int approve_all(GivenTask& world) {
    for (int steps = 0; steps < steps_max; ++steps) {
        const std::string waiting = world.waiting();
        if (waiting.empty()) return steps;
        const auto colon = waiting.find(": ");
        const auto end = waiting.find_first_of(" ;", colon + 2);
        const std::string person = waiting.substr(colon + 2, end - colon - 2);
        world.does(person, world.approve(waiting.substr(0, colon)));
    }
    ADD_FAILURE() << "it comes to no end: " << world.waiting();
    return steps_max;
}

// Every round in which somebody was asked closed once, none is missing, and nothing is open beside
// them.
inline void expect_whole_history(const GivenTask& world) {
    std::map<std::string, std::set<std::uint32_t>> closed;
    for (const Round& round : rounds_of(world.history, 1)) {
        EXPECT_TRUE(closed[round.node].insert(round.round).second)
            << round.node << " closed its round " << round.round << " twice";
    }
    for (const ApprovalNode& node : world.approval().nodes) {
        if (!node.slots.empty()) {
            EXPECT_EQ(closed[node.node].size(), node.round) << node.node;
        }
        EXPECT_NE(node.state, NodeState::open) << node.node;
    }
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
    EXPECT_TRUE(world.approval().stack.empty());
}

}  // namespace duban
