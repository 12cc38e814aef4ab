#include "server/byte_budget.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using std::chrono::milliseconds;

constexpr ByteBudget::Moment start{};

TEST(ByteBudget, GivesTheBurstAtOnce) {
    ByteBudget budget(1000, 500, start);
    budget.spend(500, start);
    EXPECT_EQ(budget.wait(start), milliseconds(0));
}

TEST(ByteBudget, NamesTheWaitForWhatCameOverTheBurst) {
    ByteBudget budget(1000, 500, start);
    budget.spend(750, start);
    EXPECT_EQ(budget.wait(start), milliseconds(250));
    EXPECT_EQ(budget.wait(start + milliseconds(249)), milliseconds(1));
    EXPECT_EQ(budget.wait(start + milliseconds(250)), milliseconds(0));
}

TEST(ByteBudget, SavesUpNoMoreThanTheBurst) {
    ByteBudget budget(1000, 500, start);
    const auto later = start + std::chrono::hours(48);
    budget.spend(600, later);
    EXPECT_EQ(budget.wait(later), milliseconds(100));
}

}  // namespace
}  // namespace duban
