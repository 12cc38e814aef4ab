#include "api/guard/refusal_budget.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using std::chrono::seconds;

int admitted(RefusalBudget& budget, const std::string& remote, int tries,
             RefusalBudget::Moment now) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += budget.admit(remote, now) ? 1 : 0;
    return count;
}

TEST(RefusalBudget, GivesEachAddressItsBurstAndASlowRefill) {
    RefusalBudget budget;
    const RefusalBudget::Moment now{};
    EXPECT_EQ(admitted(budget, "a", 100, now), 20);
    EXPECT_EQ(admitted(budget, "b", 100, now), 20);
    EXPECT_EQ(admitted(budget, "a", 100, now + seconds(3)), 3);
}

TEST(RefusalBudget, TellsHowManyWereLeftOutAndOnce) {
    RefusalBudget budget;
    const RefusalBudget::Moment now{};
    admitted(budget, "a", 57, now);
    EXPECT_EQ(budget.admit("a", now + seconds(1)), 37U);
    EXPECT_EQ(budget.admit("a", now + seconds(2)), 0U);
}

TEST(RefusalBudget, BoundsAllAddressesTogether) {
    RefusalBudget budget;
    const RefusalBudget::Moment now{};
    int count = 0;
    for (int i = 0; i < 20'000; ++i) count += admitted(budget, std::to_string(i), 1, now);
    EXPECT_EQ(count, 200);
}

}  // namespace
}  // namespace duban
