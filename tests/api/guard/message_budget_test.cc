#include "api/guard/message_budget.h"

#include <gtest/gtest.h>

#include <vector>

namespace duban {
namespace {

using Owner = MessageBudget::Owner;

const Owner li{"person li", 0};
const Owner li_over_7{"person li", 7};
const Owner li_over_8{"person li", 8};
const Owner wang{"person wang", 9};

MessageBudget::Limits limits() {
    MessageBudget::Limits limits;
    limits.connection_bytes_max = 100;
    limits.owner_bytes_max = 150;
    limits.all_bytes_max = 200;
    limits.small_bytes = 10;
    return limits;
}

Errc refusal(MessageBudget& budget, const Owner& owner, std::size_t bytes) {
    const auto share = budget.take(owner, bytes);
    EXPECT_FALSE(share);
    return share ? Errc::internal : share.error().code;
}

TEST(MessageBudget, BoundsAConnectionAnOwnerAndAll) {
    MessageBudget budget(limits());
    std::vector<MessageBudget::Share> held;
    const auto take = [&](const Owner& owner, std::size_t bytes) {
        auto share = budget.take(owner, bytes);
        if (share) held.push_back(*share);
        return share.has_value();
    };
    EXPECT_TRUE(take(li_over_7, 100));
    EXPECT_EQ(refusal(budget, li_over_7, 11), Errc::rate_limited) << "the connection";
    EXPECT_TRUE(take(li_over_8, 50));
    EXPECT_EQ(refusal(budget, li_over_8, 11), Errc::rate_limited) << "the person";
    EXPECT_EQ(refusal(budget, li, 11), Errc::rate_limited) << "over POST too";
    EXPECT_TRUE(take(wang, 50));
    EXPECT_EQ(refusal(budget, wang, 11), Errc::overloaded) << "all";
    EXPECT_EQ(budget.taken(), 200U);
    EXPECT_TRUE(take(li_over_7, 10)) << "small ones are bounded by their number";
    EXPECT_EQ(budget.taken(), 200U);
}

TEST(MessageBudget, GivesBackWithTheLastHolder) {
    MessageBudget budget(limits());
    {
        MessageBudget::Share copy;
        {
            const auto share = budget.take(li_over_7, 100);
            ASSERT_TRUE(share);
            copy = *share;
        }
        EXPECT_EQ(budget.taken(), 100U);
        EXPECT_FALSE(budget.admit(li_over_7));
        EXPECT_TRUE(budget.admit(li_over_8));
    }
    EXPECT_EQ(budget.taken(), 0U);
    EXPECT_TRUE(budget.admit(li_over_7));
    EXPECT_TRUE(budget.take(li_over_7, 100));
}

TEST(MessageBudget, CountsNothingForWhatItRefuses) {
    MessageBudget budget(limits());
    EXPECT_EQ(refusal(budget, li, 1000), Errc::rate_limited);
    EXPECT_EQ(refusal(budget, li_over_7, 101), Errc::rate_limited);
    EXPECT_EQ(budget.taken(), 0U);
}

TEST(MessageBudget, MayGoBeforeItsShares) {
    MessageBudget::Share share;
    {
        MessageBudget budget(limits());
        share = budget.take(li, 100).value_or(nullptr);
    }
    EXPECT_TRUE(share);
}

}  // namespace
}  // namespace duban
