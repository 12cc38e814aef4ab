#include "server/http/rpc_rates.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using std::chrono::seconds;

constexpr RpcRates::Moment at_first = RpcRates::Moment{} + std::chrono::hours(1);

TEST(RpcRates, CountAnAddressOverAllItsConnections) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first), 1000U);
    EXPECT_EQ(rates.admit({}, "192.0.2.2", at_first), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first + seconds(1)), 0U);
}

TEST(RpcRates, CountAPersonOverAllHisTokens) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", at_first), 0U);
    EXPECT_EQ(rates.admit_person("t2", "jtj.clerk", at_first), 0U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", at_first), 1000U);
    EXPECT_EQ(rates.admit_person("t3", "jzy.clerk", at_first), 0U);
}

TEST(RpcRates, ChargeAnAddressForTokensThatWereNotTakenBefore) {
    RpcRates rates(1, 1);
    EXPECT_EQ(rates.admit("guess 1", "192.0.2.1", at_first), 0U);
    EXPECT_EQ(rates.admit("guess 2", "192.0.2.1", at_first), 1000U);
    (void)rates.admit_person("good", "jtj.clerk", at_first);
    EXPECT_EQ(rates.admit("good", "192.0.2.1", at_first), 0U) << "not held up by who guesses";
    rates.forget("good");
    EXPECT_EQ(rates.admit("good", "192.0.2.1", at_first), 1000U);
}

TEST(RpcRates, ChargeABatchIntoDebtButNoOtherBeforeItIsPaid) {
    RpcRates rates(10, 20);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", at_first), 0U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", at_first), 0U);
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, at_first), 0U) << "18 are there, 31 are owed";
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, at_first), 3200U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", at_first), 3200U);
    EXPECT_EQ(rates.admit_person("t2", "jzy.clerk", at_first), 0U);
    const auto paid = at_first + std::chrono::milliseconds(3200);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", paid), 0U);
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, paid), 0U) << "who waited as told is taken";
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first), 0U);
    EXPECT_EQ(rates.charge_address("192.0.2.1", 29, at_first), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", at_first), 1100U);
}

TEST(RpcRates, KeepADebtorInMindUntilHeHasPaid) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.charge_address("debtor", 100, at_first), 0U);
    for (std::size_t i = 1; i < RpcRates::entries_max; ++i) {
        ASSERT_EQ(rates.admit({}, "a" + std::to_string(i), at_first), 0U);
    }
    EXPECT_EQ(rates.admit({}, "late", at_first + seconds(60)), 0U) << "the others are forgotten";
    EXPECT_EQ(rates.admit({}, "debtor", at_first + seconds(60)), 39'000U);
}

TEST(RpcRates, BoundTheirMemoryAndLetTheRestShareOneBudget) {
    RpcRates rates(1, 2);
    for (std::size_t i = 0; i < RpcRates::entries_max; ++i) {
        ASSERT_EQ(rates.admit({}, "a" + std::to_string(i), at_first), 0U);
    }
    EXPECT_EQ(rates.admit({}, "late 1", at_first), 0U);
    EXPECT_EQ(rates.admit({}, "late 2", at_first), 0U);
    EXPECT_EQ(rates.admit({}, "late 3", at_first), 1000U);
    EXPECT_EQ(rates.admit({}, "late 4", at_first + seconds(60)), 0U) << "the others have rested";
    EXPECT_EQ(rates.admit({}, "late 5", at_first + seconds(60)), 0U);
}

}  // namespace
}  // namespace duban
