// The next batch is built while the last one syncs: what that may do, and what it may not show.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>

#include "api/render/command_reply.h"
#include "commit/committer.h"
#include "tests/commit/office_commands.h"
#include "tests/support/eventually.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

// An office whose first batch, which issues task 1, is held in its sync. The disk lets go before
// the committer is stopped, which waits for it.
class CommitterPipeline : public testing::Test {
protected:
    explicit CommitterPipeline(std::size_t batch_commands_max = 512)
        : node_(disk_, options(fatal_, batch_commands_max)) {
        node_.set_up_office();
    }
    ~CommitterPipeline() override {
        disk_.release_syncs();
        node_.stop();
    }

    static CommitterOptions options(std::atomic<int>& fatal, std::size_t batch_commands_max) {
        CommitterOptions options;
        options.batch_commands_max = batch_commands_max;
        options.on_fatal = [&fatal](const Error&) { ++fatal; };
        return options;
    }
    // A command under its name as the id.
    void submit(const std::string& name, const std::string& actor, Command command) {
        node_.committer().submit(
            node_.request(actor, std::move(command), name, name),
            [this, name](const Result<Outcome>& outcome, bool duplicate) {
                const std::lock_guard lock(mutex_);
                json answer = outcome ? command_reply(*outcome, duplicate)
                                      : json{{"failed", static_cast<int>(outcome.error().code)}};
                answer["duplicate"] = duplicate;
                answers_[name].push_back(std::move(answer));
            });
    }
    std::map<std::string, std::vector<json>> answers() {
        const std::lock_guard lock(mutex_);
        return answers_;
    }
    bool all_answered(std::size_t count) {
        return eventually([&] {
            std::size_t answered = 0;
            for (const auto& [name, all] : answers()) answered += all.size();
            return answered >= count;
        });
    }
    void hold_the_first_batch() {
        events_ = node_.log_bytes().size();
        version_ = node_.task("p/1").version;
        disk_.hold_syncs();
        submit("issue", "office.clerk", issue_task());
        ASSERT_TRUE(disk_.wait_for_held_sync());
    }
    // Commands that only make sense on the state that the held batch leads to. They are decided in
    // this order, so the events of the last one tell that all of them were.
    void decide_the_next_batch() {
        const std::uint64_t built = node_.ids().uuids();
        submit("sign", "jtj.clerk", sign("jtj"));
        submit("issue again", "office.clerk", issue_task());
        submit("issue", "office.clerk", issue_task());
        submit("unit", system_actor, put_unit("u"));
        ASSERT_TRUE(eventually([&] { return node_.ids().uuids() == built + 2; }));
    }
    // Nothing beyond these events was shown to anybody.
    void shows_only(std::size_t events) {
        EXPECT_EQ(node_.log_bytes().size(), events);
        EXPECT_EQ(node_.head().next().value, events);
        EXPECT_EQ(node_.ring().next().value, events);
    }
    void acknowledged_nothing() {
        for (const auto& [name, all] : answers()) {
            for (const json& answer : all) {
                EXPECT_EQ(answer["failed"], static_cast<int>(Errc::storage_failed)) << name;
            }
        }
        shows_only(events_);
    }

    TestDisk disk_;
    std::atomic<int> fatal_{0};
    std::mutex mutex_;
    std::map<std::string, std::vector<json>> answers_;  // guarded by mutex_
    std::size_t events_ = 0;                            // before the first batch
    std::uint64_t version_ = 0;                         // of task 1, before the first batch
    TestNode node_;
};

// Each command is a batch: the next one waits for the writer, and one more for its place.
class CommitterPipelineOfSingles : public CommitterPipeline {
protected:
    CommitterPipelineOfSingles() : CommitterPipeline(1) {}
};

TEST_F(CommitterPipeline, DecidesOnTheStateOfABatchWhoseSyncHasNotReturned) {
    ASSERT_NO_FATAL_FAILURE(hold_the_first_batch());
    ASSERT_NO_FATAL_FAILURE(decide_the_next_batch());
    disk_.release_syncs();
    ASSERT_TRUE(all_answered(5));
    auto answered = answers();
    const auto first = std::to_string(events_);
    ASSERT_EQ(answered["issue"].size(), 2U);
    EXPECT_EQ(answered["issue"][0]["result"]["position"], first) << answered["issue"][0];
    EXPECT_EQ(answered["issue"][1]["result"]["position"], first) << answered["issue"][1];
    EXPECT_EQ(answered["issue"][0]["duplicate"], false);
    EXPECT_EQ(answered["issue"][1]["duplicate"], true);
    EXPECT_EQ(answered["sign"][0]["result"]["position"], std::to_string(events_ + 1));
    EXPECT_TRUE(answered["issue again"][0].contains("error")) << answered["issue again"][0];
    EXPECT_EQ(answered["unit"][0]["result"]["position"], std::to_string(events_ + 2));
    shows_only(events_ + 3);
}

TEST_F(CommitterPipeline, ShowsNothingOfABatchBeforeItsOwnSync) {
    ASSERT_NO_FATAL_FAILURE(hold_the_first_batch());
    ASSERT_NO_FATAL_FAILURE(decide_the_next_batch());
    EXPECT_TRUE(answers().empty());
    EXPECT_EQ(node_.task("p/1").version, version_);
    shows_only(events_);

    disk_.let_one_sync_pass();
    ASSERT_TRUE(all_answered(1));
    ASSERT_TRUE(disk_.wait_for_held_sync());
    const auto answered = answers();
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_EQ(answered.at("issue").size(), 1U) << "the retry is of the next batch";
    shows_only(events_ + 1);

    disk_.release_syncs();
    ASSERT_TRUE(all_answered(5));
    shows_only(events_ + 3);
    EXPECT_EQ(fatal_.load(), 0);
}

TEST_F(CommitterPipeline, AcknowledgesNeitherTheBatchNorTheNextWhenTheSyncFails) {
    ASSERT_NO_FATAL_FAILURE(hold_the_first_batch());
    ASSERT_NO_FATAL_FAILURE(decide_the_next_batch());
    disk_.break_syncs();
    disk_.release_syncs();
    ASSERT_TRUE(all_answered(5));
    acknowledged_nothing();
    node_.stop();
    EXPECT_EQ(fatal_.load(), 1);
}

TEST_F(CommitterPipelineOfSingles, AcknowledgesNoBatchThatWaitsForTheWriterWhenTheSyncFails) {
    ASSERT_NO_FATAL_FAILURE(hold_the_first_batch());
    const std::uint64_t built = node_.ids().uuids();
    submit("waits", system_actor, put_unit("u"));
    submit("waits for a place", system_actor, put_unit("v"));
    ASSERT_TRUE(eventually([&] { return node_.ids().uuids() == built + 2; }));
    disk_.break_syncs();
    disk_.release_syncs();
    ASSERT_TRUE(all_answered(3));
    acknowledged_nothing();
}

}  // namespace
}  // namespace duban
