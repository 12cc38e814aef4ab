// Handing over what is on a person's desk is one command on the streams of several tasks.
#include "domain/approval/hand_over_command.h"

#include <gtest/gtest.h>

#include <future>

#include "api/render/command_reply.h"
#include "domain/approval/route_commands.h"
#include "domain/approval/signer_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "storage/check/rebuild.h"
#include "tests/support/route_builder.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

class HandOverOfDesks : public testing::Test {
protected:
    // In both tasks the clerk of the office is asked by name.
    HandOverOfDesks() {
        node_.set_up_office();
        Selector clerk;
        clerk.user = PersonId("office.clerk");
        accepted("office.head", PublishRoute{route_of({asks("desk", {clerk}), adopt()})});
        submit(1, "jtj");
        submit(2, "rsj");
    }
    json accepted(const std::string& actor, Command command, std::string id = {}) {
        const json reply = node_.run(actor, std::move(command), std::move(id));
        EXPECT_TRUE(reply.contains("result")) << reply;
        return reply.value("result", json::object());
    }
    void submit(std::uint32_t no, const std::string& lead) {
        const TaskId task{PlanId("p"), no};
        IssueTask issue;
        issue.task = task;
        issue.due = Date{20'900};
        accepted("office.clerk", issue);
        accepted(lead + ".clerk", SignAssignment{task, UnitCode(lead)});
        SubmitReport report;
        report.task = task;
        report.unit = UnitCode(lead);
        report.content.period = "2026-09";
        report.content.summary = "本月进展";
        accepted(lead + ".clerk", report);
    }
    static Command to(const char* person) {
        return HandOver{PersonId("office.clerk"), PersonId(person), "离岗"};
    }
    PersonId holder(const char* task) {
        return node_.task(task).approvals[0].nodes[1].slots.back().person;
    }
    static json moved(const char* slot) {
        json list = json::array();
        for (const char* approval : {"p/1/a1", "p/2/a1"}) {
            list.push_back({{"approval", approval}, {"node", "desk"}, {"slot", slot}});
        }
        return list;
    }

    TestDisk disk_;
    TestNode node_{disk_};
};

TEST_F(HandOverOfDesks, MovesTheSlotsOfEveryTaskAtOnce) {
    const json reply = accepted("admin.security", to("office.head"));
    EXPECT_EQ(reply["moved"], moved("2"));
    EXPECT_EQ(reply["left"], json::array());
    EXPECT_EQ(holder("p/1"), PersonId("office.head"));
    EXPECT_EQ(holder("p/2"), PersonId("office.head"));
    node_.stop();
    const auto checked = check_database(node_.database());
    ASSERT_TRUE(checked);
    EXPECT_TRUE(checked->faults.empty());
    const auto rebuilt = rebuild_views(node_.database());
    ASSERT_TRUE(rebuilt);
    EXPECT_TRUE(rebuilt->equal());
}

TEST_F(HandOverOfDesks, AnswersARetryWithWhatMovedThen) {
    const json first = accepted("admin.security", to("office.head"), "hand-over-1");
    const Position before = node_.head().next();
    accepted("admin.security", HandOver{PersonId("office.head"), PersonId("office.clerk"), "回岗"});
    node_.restart();
    const json again = accepted("admin.security", to("office.head"), "hand-over-1");
    EXPECT_EQ(again["duplicate"], true);
    EXPECT_EQ(again["moved"], first["moved"]);
    EXPECT_EQ(again["left"], first["left"]);
    EXPECT_EQ(again["position"], std::to_string(before.value - 1));
    EXPECT_EQ(holder("p/1"), PersonId("office.clerk"));
}

TEST_F(HandOverOfDesks, KnowsTasksThatItReadsFromTheDisk) {
    node_.restart();
    EXPECT_EQ(accepted("admin.security", to("zone.leader"))["moved"], moved("2"));
}

// Both are in the queue before either is decided.
TEST_F(HandOverOfDesks, SeesWhatWasDecidedJustBefore) {
    disk_.hold_syncs();
    std::promise<json> answer;
    node_.committer().submit(
        node_.request(
            "office.head",
            ReassignSlot{{{PlanId("p"), 2}, 1}, "desk", "", PersonId("zone.leader"), "另派"}),
        [](Result<Outcome>, bool) {});
    node_.committer().submit(
        node_.request("admin.security", to("office.head")),
        [&](Result<Outcome> outcome, bool duplicate) {
            answer.set_value(outcome ? command_reply(*outcome, duplicate) : json::object());
        });
    disk_.release_syncs();
    const json reply = answer.get_future().get();
    ASSERT_TRUE(reply.contains("result")) << reply;
    ASSERT_EQ(reply["result"]["moved"].size(), 1U);
    EXPECT_EQ(reply["result"]["moved"][0]["approval"], "p/1/a1");
    EXPECT_EQ(holder("p/2"), PersonId("zone.leader"));
}

}  // namespace
}  // namespace duban
