// What the committer does while the disk has no room: commands are refused before they are decided,
// what was settled before is told again, and nothing has to be taken back.
#include <gtest/gtest.h>

#include <future>

#include "commit/committer.h"
#include "storage/beside/access_log.h"
#include "storage/check/rebuild.h"
#include "tests/commit/office_commands.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

class CommitterRoom : public testing::Test {
protected:
    CommitterRoom() : node_(disk_) { node_.set_up_office(); }

    void expect_no_room(const json& reply) {
        EXPECT_EQ(reply["failed"], static_cast<int>(Errc::storage_unavailable)) << reply;
    }
    Status record() {
        std::promise<Status> done;
        node_.committer().record(AccessRecord{}, [&](Status written) { done.set_value(written); });
        return done.get_future().get();
    }

    TestDisk disk_;
    TestNode node_;
};

TEST_F(CommitterRoom, RefusesCommandsBeforeTheyAreDecidedAndTakesThemLater) {
    const auto events = node_.log_bytes();
    disk_.leave_free(test_floors.command - 1);
    expect_no_room(node_.run("office.clerk", issue_task(), "issue"));
    expect_no_room(node_.run("rsj.clerk", sign("rsj"), "not allowed"));
    EXPECT_EQ(node_.log_bytes(), events);
    disk_.leave_free(test_floors.upload);
    const json reply = node_.run("office.clerk", issue_task(), "issue");
    ASSERT_TRUE(reply.contains("result")) << reply;
    EXPECT_EQ(reply["result"]["duplicate"], false);
    EXPECT_EQ(reply["result"]["position"], std::to_string(events.size()));
}

TEST_F(CommitterRoom, TellsAgainWhatWasSettledBefore) {
    const json issued = node_.run("office.clerk", issue_task(), "issue");
    const json refused = node_.run("rsj.clerk", sign("rsj"), "refused");
    ASSERT_TRUE(refused.contains("error")) << refused;
    const auto events = node_.log_bytes();
    disk_.leave_free(0);
    const json again = node_.run("office.clerk", issue_task(), "issue");
    EXPECT_EQ(again["result"]["duplicate"], true);
    EXPECT_EQ(again["result"]["position"], issued["result"]["position"]);
    EXPECT_EQ(node_.run("rsj.clerk", sign("rsj"), "refused")["error"], refused["error"]);
    expect_no_room(node_.run("office.clerk", issue_task(), "issue", "other content"));
    EXPECT_EQ(node_.log_bytes(), events);
}

TEST_F(CommitterRoom, TakesRefusalsLongerThanCommands) {
    node_.restart();  // what is in memory counts as well
    disk_.leave_free(test_floors.command - 1);
    EXPECT_TRUE(record());
    disk_.leave_free(test_floors.upkeep - 1);
    const Status refused = record();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::storage_unavailable);
}

TEST_F(CommitterRoom, LeavesNothingBehindThatACheckFinds) {
    for (int i = 0; i < 30; ++i) {
        disk_.leave_free(i % 3 == 0 ? test_floors.command - 1 : ~0ULL);
        const json reply = node_.run(system_actor, put_unit("u" + std::to_string(i)));
        EXPECT_EQ(reply.contains("failed"), i % 3 == 0) << reply;
    }
    disk_.leave_free(~0ULL);
    node_.restart();
    const auto report = check_database(node_.database());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->faults.empty());
}

}  // namespace
}  // namespace duban
