#include "server/ops/descriptors.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(Descriptors, AreSharedWithinTheLimit) {
    for (const std::uint64_t limit : {192ULL, 256ULL, 1024ULL, 4096ULL, 65536ULL, 1048576ULL}) {
        for (const std::size_t wanted : {1UL, 50UL, 20'000UL, 1'000'000UL}) {
            const auto shared = share_descriptors(limit, wanted);
            ASSERT_TRUE(shared);
            EXPECT_LE(shared->connections, wanted);
            EXPECT_GE(shared->connections, 1U);
            EXPECT_GE(shared->store, 48);
            EXPECT_LE(static_cast<std::uint64_t>(shared->store) + shared->connections + 96, limit);
        }
    }
}

TEST(Descriptors, LetTheStoreHaveAllThatItWantsWhenThereAreMany) {
    EXPECT_EQ(share_descriptors(65'536, 20'000), (DescriptorBudget{65'536, 1024, 20'000}));
    EXPECT_EQ(share_descriptors(1024, 20'000), (DescriptorBudget{1024, 464, 464}));
}

TEST(Descriptors, AreAskedForWhenThereAreTooFew) {
    const auto refused = share_descriptors(descriptors_min - 1, 1);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("ulimit -n"), std::string::npos);
    EXPECT_TRUE(share_descriptors(descriptors_min, 1));
}

TEST(Descriptors, AreTakenFromThisProcess) {
    const auto taken = take_descriptors(100);
    ASSERT_TRUE(taken);
    EXPECT_LE(taken->connections, 100U);
}

}  // namespace
}  // namespace duban
