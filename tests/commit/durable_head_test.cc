#include "commit/durable_head.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

using Moment = std::chrono::steady_clock::time_point;

TEST(DurableHead, EndsAllWaitsWhenItIsClosed) {
    const auto directory = std::make_shared<const Directory>();
    DurableHead head(Position(5), directory);
    std::vector<bool> answers;
    const auto then = [&answers](bool reached) { answers.push_back(reached); };
    head.when_at_least(Position(5), Moment::max(), then);
    head.when_at_least(Position(9), Moment::max(), then);
    EXPECT_TRUE(answers.empty());
    head.close();
    EXPECT_EQ(answers, (std::vector{false, false}));
    head.when_at_least(Position(5), Moment::max(), then);
    EXPECT_EQ(answers, (std::vector{false, false, false}));
    head.when_at_least(Position(4), Moment::max(), then);
    EXPECT_EQ(answers, (std::vector{false, false, false, true}));
    head.advance(Position(10), directory);
    head.expire(Moment::max());
    head.close();
    EXPECT_EQ(answers.size(), 4U);
}

}  // namespace
}  // namespace duban
