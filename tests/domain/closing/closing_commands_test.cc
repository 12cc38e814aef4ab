// Closing a task.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/approval/revoke_command.h"
#include "domain/closing/closing_content.h"
#include "domain/closing/closing_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/light.h"
#include "domain/task/task_commands.h"
#include "tests/support/given_closing.h"
#include "tests/support/given_extension.h"

namespace duban {
namespace {

TEST(RequestClosing, IsForTheLeadAndOneAtATime) {
    auto world = closable();
    world.when("jtj.clerk", closing_request()).forbidden();
    world.when("jzy.head", closing_request()).forbidden();
    world.does("jtj.head", closing_request());
    EXPECT_EQ(world.approval().subject, (ApprovalSubject{SubjectKind::closing, closing_1, jtj}));
    EXPECT_EQ(world.waiting(), "close: office.head");
    world.when("jtj.head", closing_request()).refused_by("closing_open");
}

TEST(RequestClosing, IsRefusedToACooperatingUnitWhateverTheRouteSays) {
    auto route = closing_route();
    route.starts.push_back(at("coop", Post::head));
    GivenTask world;
    world.publish(route).signed_in();
    world.when("jzy.head", closing_request()).forbidden();
}

TEST(RequestClosing, ChecksWhatItHolds) {
    const auto world = closable();
    auto command = closing_request();
    command.content.conclusion = " ";
    world.when("jtj.head", command).field("conclusion");
    world.when("jtj.head", closing_request({{"nothing", "why"}})).field("indicators[0].indicator");
    world.when("jtj.head", closing_request({{"base", ""}})).field("indicators[0].explanation");
    world.when("jtj.head", closing_request({{"base", "later"}, {"base", "again"}}))
        .field("indicators[1].indicator");
    command = closing_request();
    command.content.evidence = {Evidence{Digest("x"), 1, "text/plain", "a.txt"}};
    world.when("jtj.head", command).field("evidence[0].digest");
}

TEST(ReviseClosing, PassesTheFillAgain) {
    auto world = closable();
    world.does("jtj.head", closing_request()).does("office.head", world.send_back());
    world.when("jtj.head", ReviseClosing{closing_1, closing_request().content})
        .refused_by("unchanged");
    world.does("jtj.head", ReviseClosing{closing_1, {"with the list", {}, {}}});
    EXPECT_EQ(world.task.closings.front().newest.no, 2U);
    EXPECT_EQ(world.history.closings.size(), 2U);
    EXPECT_EQ(world.waiting(), "close: office.head");
}

TEST(CloseTask, MakesTheTaskDoneAfterTheEndOfItsApproval) {
    auto world = closable();
    world.does("jtj.head", closing_request());
    const auto outcome = world.when("office.head", world.approve());
    ASSERT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.result()->events.back().event, Event(TaskClosed{closing_1, world.today()}));
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.stage, TaskStage::done);
    EXPECT_EQ(world.task.closings.front().state, ReportState::accepted);
    EXPECT_TRUE(open_duties(world.task).empty());
    world.when("jtj.clerk", SubmitReport{task_1, jtj, content_1()}).refused_by("task_done");
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "too late";
    amend.title = "another title";
    world.when("office.head", amend).refused_by("task_done");
}

TEST(CloseTask, TellsWhoDecidesSecondWhoWasFaster) {
    GivenTask world = closable();
    world.does("jtj.head", closing_request());
    const auto approve = world.approve();
    world.grant("zone.leader", office, Post::head).does("office.head", approve);
    world.when("zone.leader", approve).refused_by("already_decided");
}

TEST(CloseTask, EndsTheOtherOpenApprovals) {
    GivenTask world;
    world.publish(closing_route()).publish(extension_route()).signed_in();
    world.does("jtj.head", closing_request())
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jzy.head", extension_to("2027-01-15"))
        .does("office.head", world.approve());
    EXPECT_TRUE(world.task.open_approvals->empty());
    for (const std::uint32_t no : {2U, 3U}) {
        const auto* other = find_approval(world.task, no);
        EXPECT_EQ(other->state, ApprovalState::ended);
        EXPECT_EQ(other->ended_reason, "task_closed");
    }
    EXPECT_EQ(world.task.reports.front().state, ReportState::ended);
    EXPECT_EQ(world.task.extensions.front().state, ReportState::ended);
    EXPECT_TRUE(world.task.accepted->empty());
}

TEST(CloseTask, KeepsHowLateTheTaskWas) {
    const auto light_of = [](const GivenTask& world) {
        return task_light(world.task, add_days(date("2027-06-01"), 0), default_light_rules());
    };
    auto in_time = closed_task();
    EXPECT_EQ(light_of(in_time).light, Light::green);
    EXPECT_EQ(light_of(in_time).days_left, date("2026-12-31").days - in_time.today().days);
    auto late = closable();
    late.pass_days(date("2027-01-05").days - late.today().days);
    late.does("jtj.head", closing_request());
    late.pass_days(30);
    late.does("office.head", late.approve());
    EXPECT_EQ(light_of(late).light, Light::red);
    EXPECT_EQ(light_of(late).label, "逾期办结");
    EXPECT_EQ(light_of(late).days_left, -5);
}

TEST(CloseTask, LeavesARejectedTaskAtWork) {
    auto route = closing_route();
    route.on.reject = {effect(Effect::reopen)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.head", closing_request()).does("office.head", world.reject());
    EXPECT_EQ(world.task.stage, TaskStage::issued);
    EXPECT_EQ(world.task.closings.front().state, ReportState::rejected);
    ASSERT_EQ(world.approval().effects.size(), 1U);
    EXPECT_EQ(world.approval().effects.front().do_, Effect::reopen);
    EXPECT_TRUE(world.when("jtj.head", closing_request()).accepted());
}

TEST(ClosingValues, CountWhatIsMetOrExplained) {
    auto world = closable();
    const auto counted = [&](std::vector<ExplainedIndicator> explained) {
        return met_or_explained(world.task, closing_request(std::move(explained)).content,
                                world.today());
    };
    EXPECT_EQ(counted({}), 0U);
    EXPECT_EQ(counted({{"base", "next year"}}), 1U);
    ReportedValue value;
    value.indicator = "teachers";
    value.value = "2";
    world.task.accepted = std::vector<CellEntry>{{"once", 1, value}};
    EXPECT_EQ(counted({{"base", "next year"}}), 2U);
    EXPECT_EQ(counted({{"base", "next year"}, {"teachers", "more will come"}}), 2U);
}

TEST(ClosingValues, CountTheAttachmentsThatAreMissing) {
    auto world = closable();
    auto& indicators = world.task.mandate.edit().indicators;
    indicators[0].evidence = {{"application/pdf"}, 2, EvidenceWhen::closing};
    indicators[1].evidence = {{}, 1, EvidenceWhen::closing};
    indicators[2].evidence = {{}, 3, EvidenceWhen::report};
    auto content = closing_request().content;
    EXPECT_EQ(missing_evidence(world.task, content), 3U);
    content.evidence = {Evidence{Digest("a"), 1, "application/pdf", "a.pdf"}};
    EXPECT_EQ(missing_evidence(world.task, content), 1U);
}

TEST(ClosingValues, DecideWhereAGateRejects) {
    RouteNode stop;
    stop.id = "stop";
    stop.kind = NodeKind::auto_;
    stop.result = AutoResult::reject;
    stop.why = "not complete";
    Condition lacking;
    lacking.op = ConditionOp::lt;
    lacking.path = "indicators.met_or_explained";
    lacking.ref = "indicators.count";
    GivenTask world;
    world
        .publish(closing_route(
            {block("gate", NodeKind::choose, {branch_when(lacking, {stop}), otherwise()}),
             asks("close", {at("office", Post::head)})}))
        .signed_in();
    auto refused = world;
    refused.does("jtj.head", closing_request());
    EXPECT_EQ(refused.approval().state, ApprovalState::rejected);
    world.does("jtj.head",
               closing_request({{"base", "later"}, {"courses", "later"}, {"teachers", "later"}}));
    EXPECT_EQ(world.waiting(), "close: office.head");
}

}  // namespace
}  // namespace duban
