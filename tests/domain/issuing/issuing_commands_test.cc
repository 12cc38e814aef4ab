// Issues that the office asks for: the task is given to its units once the approval has passed.
#include "domain/issuing/issuing_commands.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/approval/approval_commands.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/route_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/clock_run.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

const SubjectId issue_1{task_1, 'i', 1};

Route issue_route(std::vector<RouteNode> nodes) {
    Route route;
    route.route = RouteId("issue");
    route.ver = 1;
    route.subject = SubjectKind::issue;
    route.title = "交办审批";
    route.starts = {at("office", Post::clerk)};
    route.material = {"terms"};
    route.on.pass = {{Effect::issue_task}};
    route.steps = std::move(nodes);
    return route;
}

GivenTask established(RouteNode node = asks("decide", {at("zone", Post::leader)})) {
    GivenTask world;
    world.publish(issue_route({std::move(node)})).established();
    return world;
}

RequestIssue request(const char* due = "2026-12-15") {
    RequestIssue made;
    made.task = task_1;
    made.content.terms.due = date(due);
    made.content.terms.duties = {{jzy, "会签"}};
    made.content.terms.key = true;
    return made;
}

TEST(RequestIssue, IssuesTheTaskOnceItIsGranted) {
    auto world = established();
    world.does("office.clerk", request());
    EXPECT_EQ(world.task.stage, TaskStage::established);
    EXPECT_EQ(world.waiting(), "decide: zone.leader");
    const auto duties = open_duties(world.task);
    ASSERT_EQ(duties.size(), 1U) << "the office waits for the decision";
    EXPECT_EQ(duties[0].kind, DutyKind::decide);
    world.does("zone.leader", world.approve());
    EXPECT_EQ(world.task.stage, TaskStage::issued);
    EXPECT_EQ(world.task.mandate->due, date("2026-12-15"));
    EXPECT_TRUE(world.task.key);
    EXPECT_EQ(find_assignment(world.task, jzy)->duty, "会签");
    EXPECT_EQ(find_assignment(world.task, jtj)->sign_by, add_days(world.today(), sign_in_days));
    EXPECT_EQ(world.task.issuings.front().state, ReportState::accepted);
}

TEST(RequestIssue, IsForTheOfficeOnAnEstablishedTask) {
    auto world = established();
    for (const char* actor : {"jtj.head", "office.head", "zone.leader"}) {
        world.when(actor, request()).forbidden();
    }
    GivenTask pending;
    pending.publish(issue_route({asks("decide", {at("zone", Post::leader)})})).registered();
    pending.when("office.clerk", request()).refused_by("task_not_established");
    world.does("office.clerk", request());
    world.when("office.clerk", request()).refused_by("issue_open");
}

TEST(RequestIssue, SaysWhatIsWrongWithTheTermsAtOnce) {
    auto world = established();
    world.when("office.clerk", request("2026-01-01")).field("due");
    auto foreign = request();
    foreign.content.terms.duties = {{rsj, "会签"}};
    world.when("office.clerk", foreign).field("duties[0].unit");
    auto late = request();
    late.content.terms.sign_by = date("2027-01-01");
    world.when("office.clerk", late).field("sign_by");
}

TEST(RequestIssue, StandsBeforeAnIssueAtOnce) {
    auto world = established();
    world.does("office.clerk", request());
    world.when("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}}).refused_by("issue_open");
    world.does("office.clerk", WithdrawApproval{approval_1, ""});
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}});
    EXPECT_EQ(world.task.stage, TaskStage::issued);
}

TEST(RequestIssue, ComesBackAndIsAskedAgain) {
    auto world = established();
    world.does("office.clerk", request()).does("zone.leader", world.send_back());
    auto revise = ReviseIssue{issue_1, request().content};
    world.when("office.clerk", revise).refused_by("unchanged");
    revise.content.terms.due = date("2026-11-30");
    world.does("office.clerk", revise).does("zone.leader", world.approve());
    EXPECT_EQ(world.task.mandate->due, date("2026-11-30"));
}

TEST(RequestIssue, IsNotGrantedOnADayThatHasPassed) {
    auto world = established();
    world.does("office.clerk", request("2026-09-03"));
    world.pass_days(10);
    world.when("zone.leader", world.approve()).refused_by("issue_outdated");
    EXPECT_EQ(world.task.stage, TaskStage::established);
}

TEST(RequestIssue, KeepsTheMandateAsItWillBeIssued) {
    auto world = established();
    AmendTask amend;
    amend.task = task_1;
    amend.title = "another title";
    amend.reason = "ordered";
    world.does("office.clerk", request());
    world.when("office.head", amend).refused_by("issue_open");
    world.does("zone.leader", world.send_back());
    world.when("office.head", amend).refused_by("issue_open");
    world.does("office.clerk", WithdrawApproval{approval_1, ""}).does("office.head", amend);
    EXPECT_EQ(world.task.mandate->title, "another title");
}

TEST(RequestIssue, IsAskedForOnceAtATime) {
    auto route = issue_route({asks("decide", {at("office", Post::head)})});
    route.starts.push_back(at("zone", Post::leader));
    GivenTask world;
    world.publish(route).established();
    world.does("office.clerk", request());
    world.when("zone.leader", request()).refused_by("issue_open");
    world.does("office.head", world.reject()).does("zone.leader", request());
    EXPECT_EQ(world.task.issuings.back().unit, zone);
}

TEST(RequestIssue, IsTheLeadersWhereTheOfficeHasAPart) {
    GivenTask world;
    world.publish(issue_route({asks("decide", {at("audit", Post::auditor)})})).registered();
    AmendTask amend;
    amend.task = task_1;
    amend.co = std::vector<UnitCode>{jzy, office};
    amend.reason = "ordered";
    world.does("office.head", amend).does("zone.leader", ApproveTask{task_1, {}, ""});
    world.when("office.clerk", request()).forbidden();
    world.does("zone.leader", request()).does("audit.auditor", world.send_back());
    ReviseIssue revise{issue_1, request().content};
    revise.content.reason = "as was asked";
    world.does("zone.leader", revise).does("audit.auditor", world.approve());
    EXPECT_EQ(world.task.stage, TaskStage::issued);
    EXPECT_NE(find_assignment(world.task, office), nullptr);
}

// Nothing is issued yet, and the acts of an approval go on all the same.
TEST(RequestIssue, CanBeHeldResumedAndCopied) {
    auto world = established();
    world.does("office.clerk", request())
        .does("office.head", HoldApproval{approval_1, "", "", "等待批复"});
    world.when("zone.leader", world.approve()).refused_by("held");
    world.does("office.head", ResumeApproval{approval_1, ""})
        .does("office.clerk", CopyApproval{approval_1, {PersonId("audit.auditor")}})
        .does("office.clerk", MoveDue{approval_1})
        .does("zone.leader", world.approve());
    EXPECT_EQ(world.task.stage, TaskStage::issued);
}

TEST(RequestIssue, StaysWhatItDidWhenItIsRevoked) {
    auto route = issue_route({asks("decide", {at("zone", Post::leader)})});
    route.revoke_after_pass = {at("zone", Post::leader)};
    GivenTask world;
    world.publish(route).established();
    world.does("office.clerk", request())
        .does("zone.leader", world.approve())
        .does("zone.leader", RevokeApproval{approval_1, "有误"});
    EXPECT_EQ(world.task.stage, TaskStage::issued) << "its units have their parts";
    EXPECT_EQ(world.task.issuings.front().state, ReportState::revoked);
}

TEST(IssueConditions, ReadWhatIsAskedFor) {
    const auto goes_to = [](const RequestIssue& made) {
        GivenTask world;
        world
            .publish(
                issue_route({block("who", NodeKind::choose,
                                   {branch_when(compare(ConditionOp::eq, "issue.key", "true"),
                                                {asks("key", {at("zone", Post::leader)})}),
                                    branch_when(compare(ConditionOp::gt, "issue.due", "2026-12-31"),
                                                {asks("next_year", {at("zone", Post::leader)})}),
                                    otherwise({asks("plain", {at("office", Post::head)})})})}))
            .established();
        world.does("office.clerk", made);
        return world.waiting();
    };
    auto made = request();
    EXPECT_EQ(goes_to(made), "key: zone.leader");
    made.content.terms.key = false;
    EXPECT_EQ(goes_to(made), "plain: office.head");
    made.content.terms.due.reset();
    EXPECT_EQ(goes_to(made), "plain: office.head") << "the mandate's day";
    made.content.terms.due = date("2027-01-31");
    EXPECT_EQ(goes_to(made), "next_year: zone.leader");
}

// A node that passes the approval by itself may say the effect too, in other words.
TEST(RequestIssue, IssuesTheTaskOnce) {
    RouteNode end;
    end.id = "end";
    end.kind = NodeKind::auto_;
    end.result = AutoResult::pass;
    end.effects = {{Effect::issue_task}};
    end.effects[0].why = "decided above";
    GivenTask world;
    world.publish(issue_route({asks("decide", {at("zone", Post::leader)}), end})).established();
    world.does("office.clerk", request());
    const auto outcome = world.when("zone.leader", world.approve());
    ASSERT_TRUE(outcome.accepted()) << outcome.detail();
    const auto issued = std::ranges::count_if(outcome.result()->events, [](const NewEvent& made) {
        return made.event.get_if<TaskIssued>() != nullptr;
    });
    EXPECT_EQ(issued, 1);
}

TEST(IssueRoute, NamesWhatSettlesItOnce) {
    const GivenTask world;
    auto route = issue_route({asks("decide", {at("zone", Post::leader)})});
    route.on.pass.push_back({Effect::issue_task});
    route.on.pass[1].why = "in other words";
    world.when("office.head", PublishRoute{route}).field("route.on.pass[0]");
}

TEST(IssueRoute, IsStartedByTheOfficeOrTheLeaders) {
    const GivenTask world;
    auto route = issue_route({asks("decide", {at("zone", Post::leader)})});
    route.starts = {at("office", Post::clerk), at("lead", Post::head)};
    world.when("office.head", PublishRoute{route}).field("route.starts[1].unit");
    route.starts[1] = at("#zone", Post::leader);
    EXPECT_TRUE(world.when("office.head", PublishRoute{route}).accepted());
}

TEST(RequestIssue, KeepsItsTimeBeforeTheTaskIsIssued) {
    auto node = asks("decide", {at("zone", Post::leader)});
    DueRule due;
    due.wd = 1;
    due.over = Over::pass;
    node.due = due;
    auto world = established(node);
    world.does("office.clerk", request());
    run_clock(world, "2026-09-05");
    EXPECT_EQ(world.task.stage, TaskStage::issued);
}

}  // namespace
}  // namespace duban
