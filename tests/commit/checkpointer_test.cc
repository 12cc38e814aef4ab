// Checkpoints that a running log signs.
#include "commit/checkpointer.h"

#include <gtest/gtest.h>

#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "storage/log/embedded_log.h"
#include "storage/tlog/log_tree.h"
#include "tests/support/eventually.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

class CheckpointerTest : public testing::Test {
protected:
    void SetUp() override { node_->set_up_office(); }

    [[nodiscard]] Checkpointer checkpointer() {
        return Checkpointer(node_->database(), node_->head(), *signer_);
    }
    void issue() {
        const Command command =
            IssueTask{TaskId{PlanId("p"), 1}, Date{20900}, Date{20710}, std::nullopt, {}};
        ASSERT_TRUE(node_->run("office.clerk", command).contains("result"));
    }
    void restart() {
        node_.reset();
        node_ = std::make_unique<TestNode>(disk_);
    }
    [[nodiscard]] std::optional<StoredCheckpoint> stored() {
        return newest_checkpoint(Snapshot(node_->database())).value();
    }
    [[nodiscard]] Hash root(std::uint64_t size) {
        const Snapshot snapshot(node_->database());
        return tree_root(size, TreeReader(snapshot, size).reader()).value();
    }

    TestDisk disk_;
    std::unique_ptr<TestNode> node_ = std::make_unique<TestNode>(disk_);
    std::unique_ptr<NoteSigner> signer_ = *parse_signer(make_signer_text("duban/test"));
};

TEST_F(CheckpointerTest, SignsForEverythingThatIsDurableAndKeepsIt) {
    Checkpointer signs = checkpointer();
    const auto first = signs.sign();
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_EQ(first->checkpoint.size, node_->head().next().value);
    EXPECT_EQ(first->checkpoint.root, root(first->checkpoint.size));
    const auto note = parse_note(first->note);
    ASSERT_TRUE(note);
    EXPECT_TRUE(verify_note(*note, {signer_->verifier()}));
    EXPECT_EQ(parse_checkpoint(note->text), first->checkpoint);
    EXPECT_EQ(stored()->note, first->note);
    issue();
    const auto second = signs.sign();
    ASSERT_TRUE(second);
    EXPECT_GT(second->checkpoint.size, first->checkpoint.size);
    const auto kept = checkpoint_of(Snapshot(node_->database()), first->checkpoint.size);
    ASSERT_TRUE(kept && *kept);
    EXPECT_EQ((*kept)->note, first->note) << "whoever was given it may ask about it again";
}

TEST_F(CheckpointerTest, SignsNothingTwiceAndGoesOnAfterARestart) {
    const auto first = checkpointer().sign();
    ASSERT_TRUE(first);
    restart();
    const auto again = checkpointer().sign();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->note, first->note);
    EXPECT_TRUE(check_newest_checkpoint(Snapshot(node_->database()), first->checkpoint.size));
}

TEST_F(CheckpointerTest, NeverSignsForWhatIsNotSynced) {
    Checkpointer signs = checkpointer();
    const auto before = signs.sign();
    ASSERT_TRUE(before);
    disk_.hold_syncs();
    auto request = node_->request(
        "office.clerk",
        IssueTask{TaskId{PlanId("p"), 1}, Date{20900}, Date{20710}, std::nullopt, {}});
    std::atomic<bool> answered = false;
    node_->committer().submit(std::move(request), [&](const auto&, bool) { answered = true; });
    ASSERT_TRUE(disk_.wait_for_held_sync());
    const auto meanwhile = signs.sign();
    ASSERT_TRUE(meanwhile);
    EXPECT_EQ(meanwhile->note, before->note);
    disk_.release_syncs();
    EXPECT_TRUE(eventually([&] { return answered.load(); }));
    EXPECT_GT(signs.sign()->checkpoint.size, before->checkpoint.size);
}

TEST_F(CheckpointerTest, SignsByItselfWhileItRuns) {
    Checkpointer signs = checkpointer();
    signs.start();
    issue();
    const auto size = node_->head().next().value;
    EXPECT_TRUE(eventually([&] { return stored() && stored()->checkpoint.size == size; }));
    signs.stop();
}

TEST_F(CheckpointerTest, ALogThatIsShorterOrAnotherThanWhatWasSignedIsNoticed) {
    const auto known = checkpointer().sign();
    ASSERT_TRUE(known);
    const std::uint64_t size = known->checkpoint.size;
    const auto shorter = check_newest_checkpoint(Snapshot(node_->database()), size - 1);
    ASSERT_FALSE(shorter);
    EXPECT_EQ(shorter.error().code, Errc::corrupt);
    EXPECT_NE(shorter.error().detail.find("its end was lost"), std::string::npos);
    Checkpoint other = known->checkpoint;
    other.root[0] ^= 1;
    WriteSet changes(node_->database());
    put_checkpoint(changes, size, signer_->sign(checkpoint_text(other)));
    ASSERT_TRUE(node_->database().write(changes));
    const auto another = check_newest_checkpoint(Snapshot(node_->database()), size);
    ASSERT_FALSE(another);
    EXPECT_NE(another.error().detail.find("are others"), std::string::npos);
}

TEST_F(CheckpointerTest, FindsTheSmallestThatHasAnEvent) {
    Checkpointer signs = checkpointer();
    const auto first = signs.sign();
    issue();
    const auto second = signs.sign();
    ASSERT_TRUE(first && second);
    const Snapshot snapshot(node_->database());
    EXPECT_EQ((*checkpoint_over(snapshot, 0))->checkpoint.size, first->checkpoint.size);
    EXPECT_EQ((*checkpoint_over(snapshot, first->checkpoint.size))->checkpoint.size,
              second->checkpoint.size);
    EXPECT_FALSE(*checkpoint_over(snapshot, second->checkpoint.size));
}

}  // namespace
}  // namespace duban
