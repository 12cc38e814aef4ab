#include "server/io/byte_budget.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using std::chrono::milliseconds;

constexpr ByteBudget::Moment full{};

TEST(ByteBudget, GivesTheBurstAtOnce) {
    ByteBudget budget(1000, 500, full);
    budget.spend(500, full);
    EXPECT_EQ(budget.wait(full), milliseconds(0));
}

TEST(ByteBudget, NamesTheWaitForWhatCameOverTheBurst) {
    ByteBudget budget(1000, 500, full);
    budget.spend(750, full);
    EXPECT_EQ(budget.wait(full), milliseconds(250));
    EXPECT_EQ(budget.wait(full + milliseconds(249)), milliseconds(1));
    EXPECT_EQ(budget.wait(full + milliseconds(250)), milliseconds(0));
}

TEST(ByteBudget, SavesUpNoMoreThanTheBurst) {
    ByteBudget budget(1000, 500, full);
    const auto later = full + std::chrono::hours(48);
    budget.spend(600, later);
    EXPECT_EQ(budget.wait(later), milliseconds(100));
}

}  // namespace
}  // namespace duban
