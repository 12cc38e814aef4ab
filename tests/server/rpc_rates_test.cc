#include "server/rpc_rates.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using std::chrono::seconds;

constexpr RpcRates::Moment start = RpcRates::Moment{} + std::chrono::hours(1);

TEST(RpcRates, CountAnAddressOverAllItsConnections) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start), 1000U);
    EXPECT_EQ(rates.admit({}, "192.0.2.2", start), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start + seconds(1)), 0U);
}

TEST(RpcRates, CountAPersonOverAllHisTokens) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", start), 0U);
    EXPECT_EQ(rates.admit_person("t2", "jtj.clerk", start), 0U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", start), 1000U);
    EXPECT_EQ(rates.admit_person("t3", "jzy.clerk", start), 0U);
}

TEST(RpcRates, ChargeAnAddressForTokensThatWereNotTakenBefore) {
    RpcRates rates(1, 1);
    EXPECT_EQ(rates.admit("guess 1", "192.0.2.1", start), 0U);
    EXPECT_EQ(rates.admit("guess 2", "192.0.2.1", start), 1000U);
    (void)rates.admit_person("good", "jtj.clerk", start);
    EXPECT_EQ(rates.admit("good", "192.0.2.1", start), 0U) << "not held up by who guesses";
    rates.forget("good");
    EXPECT_EQ(rates.admit("good", "192.0.2.1", start), 1000U);
}

TEST(RpcRates, ChargeABatchIntoDebtButNoOtherBeforeItIsPaid) {
    RpcRates rates(10, 20);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", start), 0U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", start), 0U);
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, start), 0U) << "18 are there, 31 are owed";
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, start), 3200U);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", start), 3200U);
    EXPECT_EQ(rates.admit_person("t2", "jzy.clerk", start), 0U);
    const auto paid = start + std::chrono::milliseconds(3200);
    EXPECT_EQ(rates.admit_person("t1", "jtj.clerk", paid), 0U);
    EXPECT_EQ(rates.charge_person("jtj.clerk", 49, paid), 0U) << "who waited as told is taken";
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start), 0U);
    EXPECT_EQ(rates.charge_address("192.0.2.1", 29, start), 0U);
    EXPECT_EQ(rates.admit({}, "192.0.2.1", start), 1100U);
}

TEST(RpcRates, KeepADebtorInMindUntilHeHasPaid) {
    RpcRates rates(1, 2);
    EXPECT_EQ(rates.charge_address("debtor", 100, start), 0U);
    for (std::size_t i = 1; i < RpcRates::entries_max; ++i) {
        ASSERT_EQ(rates.admit({}, "a" + std::to_string(i), start), 0U);
    }
    EXPECT_EQ(rates.admit({}, "late", start + seconds(60)), 0U) << "the others are forgotten";
    EXPECT_EQ(rates.admit({}, "debtor", start + seconds(60)), 39'000U);
}

TEST(RpcRates, BoundTheirMemoryAndLetTheRestShareOneBudget) {
    RpcRates rates(1, 2);
    for (std::size_t i = 0; i < RpcRates::entries_max; ++i) {
        ASSERT_EQ(rates.admit({}, "a" + std::to_string(i), start), 0U);
    }
    EXPECT_EQ(rates.admit({}, "late 1", start), 0U);
    EXPECT_EQ(rates.admit({}, "late 2", start), 0U);
    EXPECT_EQ(rates.admit({}, "late 3", start), 1000U);
    EXPECT_EQ(rates.admit({}, "late 4", start + seconds(60)), 0U) << "the others have rested";
    EXPECT_EQ(rates.admit({}, "late 5", start + seconds(60)), 0U);
}

}  // namespace
}  // namespace duban
