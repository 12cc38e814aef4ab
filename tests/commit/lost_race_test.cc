// Another node on the same log: its batch may take the place of ours, and then what we decided is
// decided again on what it wrote.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "commit/committer.h"
#include "storage/beside/access_log.h"
#include "storage/check/rebuild.h"
#include "tests/commit/office_commands.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

class LostRace : public testing::Test {
protected:
    LostRace() {
        node_.set_up_office();
        node_.run("office.clerk", issue_task());
        cursor_ = node_.ring().next();
        first_ = cursor_;
        (void)node_.ring().add_listener([this] {
            const auto events = node_.ring().read(cursor_, 10'000, 1U << 30U);
            ASSERT_TRUE(events.has_value());
            for (const SharedEvent& event : *events) {
                EXPECT_EQ(event->record.envelope.position, cursor_);
                cursor_ = cursor_.next();
                units_[event->record.envelope.position] = event->to.units;
            }
        });
    }
    // Lets the other node's batch with that command in before our next append.
    void other_is_faster_with(CommandRequest request) {
        node_.log().other = [this, request = std::move(request),
                             done = false]() mutable -> std::optional<LogBatch> {
            if (std::exchange(done, true)) return std::nullopt;
            return node_.batch_of_another_node(request);
        };
    }
    // The record is whole, and so is what follows from it.
    void expect_sound() {
        node_.stop();
        EXPECT_EQ(cursor_, node_.log().head().next) << "subscribers have seen every event";
        const auto report = check_database(node_.database());
        ASSERT_TRUE(report.has_value());
        for (const CheckFault& fault : report->faults) ADD_FAILURE() << fault.what << fault.detail;
        const auto rebuilt = rebuild_views(node_.database());
        ASSERT_TRUE(rebuilt.has_value());
        EXPECT_EQ(rebuilt->verdict(), RebuildVerdict::equal);
    }
    std::size_t access_records() {
        return read_access_log(Snapshot(node_.database()), 0, 100'000).value().size();
    }

    TestDisk disk_;
    TestNode node_{disk_};
    Position first_;
    Position cursor_;
    std::map<Position, std::vector<UnitCode>> units_;
};

TEST_F(LostRace, IsDecidedAgainOnWhatTheOtherNodeWrote) {
    other_is_faster_with(node_.request("jtj.clerk", sign("jtj"), "theirs"));
    const json reply = node_.run("jtj.clerk", sign("jtj"), "ours");
    EXPECT_TRUE(reply.contains("error")) << "it is signed already: " << reply;
    EXPECT_EQ(access_records(), 1U);
    EXPECT_EQ(units_[first_], (std::vector<UnitCode>{UnitCode("jtj"), UnitCode("jzy")}));
    EXPECT_TRUE(node_.run("jzy.clerk", sign("jzy")).contains("result"));
    expect_sound();
}

TEST_F(LostRace, IsOnlyAMatterOfOrderWhereTheCommandsAgree) {
    other_is_faster_with(node_.request("jzy.clerk", sign("jzy"), "theirs"));
    const json reply = node_.run("jtj.clerk", sign("jtj"), "ours");
    ASSERT_TRUE(reply.contains("result")) << reply;
    EXPECT_EQ(reply["result"]["position"], std::to_string(first_.value + 1));
    EXPECT_EQ(reply["result"]["version"], node_.task("p/1").version);
    expect_sound();
}

TEST_F(LostRace, GivesTheOutcomeOfACommandThatTheOtherNodeDecided) {
    const CommandRequest request = node_.request("jtj.clerk", sign("jtj"), "same", "same");
    other_is_faster_with(request);
    const json reply = node_.wait_for(request);
    ASSERT_TRUE(reply.contains("result")) << reply;
    EXPECT_EQ(reply["result"]["duplicate"], true);
    EXPECT_EQ(reply["result"]["position"], std::to_string(first_.value));
    EXPECT_EQ(node_.log().head().next, first_.next());
    expect_sound();
}

TEST_F(LostRace, TakesEffectOnTheRightsOfThoseWhoFollow) {
    other_is_faster_with(node_.request(
        system_actor, Command(RevokePost{PersonId("jtj.clerk"), UnitCode("jtj"), Post::clerk})));
    EXPECT_EQ(node_.run("jtj.clerk", sign("jtj"))["error"]["data"]["kind"], "not_found");
    EXPECT_FALSE(
        holds(*node_.head().directory(), PersonId("jtj.clerk"), {UnitCode("jtj"), Post::clerk}));
    expect_sound();
}

TEST_F(LostRace, LosesNoCommandOfManyWriters) {
    std::atomic<int> appends{0};
    node_.log().other = [&]() -> std::optional<LogBatch> {
        const int now = ++appends;
        if (now % 3 != 0) return std::nullopt;
        return node_.batch_of_another_node(
            node_.request(system_actor, put_unit("other" + std::to_string(now))));
    };
    constexpr int writers = 4;
    constexpr int each = 60;
    std::atomic<int> refused{0};
    std::mutex mutex;
    std::set<std::string> acknowledged;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            for (int i = 0; i < each; ++i) {
                const std::string code = "u" + std::to_string(writer) + "-" + std::to_string(i);
                const bool allowed = i % 5 != 0;
                const json reply =
                    node_.run(allowed ? system_actor : "rsj.clerk", put_unit(code), code);
                if (!allowed) {
                    EXPECT_TRUE(reply.contains("error"));
                    ++refused;
                    continue;
                }
                const std::lock_guard lock(mutex);
                EXPECT_TRUE(
                    acknowledged.insert(reply["result"]["position"].get<std::string>()).second);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const auto foreign = static_cast<std::size_t>(appends.load() / 3);
    EXPECT_GT(foreign, 10U) << "hardly a race";
    EXPECT_EQ(acknowledged.size() + foreign, node_.log().head().next.value - first_.value);
    EXPECT_EQ(access_records(), static_cast<std::size_t>(refused.load()));
    EXPECT_EQ(node_.head().directory()->units.size(), acknowledged.size() + foreign + 7U);
    expect_sound();
}

}  // namespace
}  // namespace duban
