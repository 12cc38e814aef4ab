// Effects of routes, and taking back what has passed.
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/approval/effect_events.h"
#include "domain/approval/effects.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/route_check.h"
#include "domain/closing/closing_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given_closing.h"
#include "tests/support/given_extension.h"

namespace duban {
namespace {

RevokeApproval revoke_of(std::uint32_t no) {
    return {{task_1, no}, "an error was found"};
}

GivenTask accepted_report() {
    auto route = route_of({adopt()});
    route.revoke_after_pass = {at("zone", Post::leader)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("office.head", world.approve());
    return world;
}

TEST(Effects, OfAPassAreRecordedToldAndKept) {
    auto route = route_of({adopt()});
    EffectSpec issue = effect(Effect::issue);
    issue.form = "slip";
    EffectSpec notify = effect(Effect::notify);
    notify.to = NotifyWhom::coop;
    route.on.pass.push_back(issue);
    route.on.pass.push_back(notify);
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("office.head", world.approve());
    EXPECT_EQ(world.approval().effects, std::vector{issue});
    ASSERT_EQ(world.approval().copies.size(), 2U);
    EXPECT_EQ(world.approval().copies[0].to, PersonId("jzy.head"));
    EXPECT_EQ(world.approval().copies[1].to, PersonId("jzy.clerk"));
    EXPECT_EQ(world.approval().copies[1].reason, CopyReason::notify);
    EXPECT_EQ(world.task.accepted->size(), 1U);
}

TEST(Effects, OfAnAutomaticNodeRunOnTheWay) {
    RouteNode mark;
    mark.id = "mark";
    mark.kind = NodeKind::auto_;
    EffectSpec flag = effect(Effect::flag);
    flag.key = "late_request";
    mark.effects = {flag};
    GivenTask world;
    world.publish(route_of({mark, adopt()})).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    EXPECT_EQ(world.approval().effects, std::vector{flag});
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Effects, MustFitTheSubjectAndThePlace) {
    const GivenTask world;
    const auto field = [&](const Route& route) {
        const auto checked = check_route(route, {world.directory, &world.routes});
        return checked ? std::string() : checked.error().field;
    };
    auto route = route_of({adopt()});
    route.on.pass = {effect(Effect::set_due)};
    EXPECT_EQ(field(route), "route.on.pass[0].do");
    route.on.pass = {effect(Effect::accept_values), effect(Effect::flag)};
    EXPECT_EQ(field(route), "route.on.pass[1].key");
    route.on.pass = {effect(Effect::accept_values)};
    route.on.reject = {effect(Effect::accept_values)};
    EXPECT_EQ(field(route), "route.on.reject[0].do");
    route.on.reject = {effect(Effect::issue)};
    EXPECT_EQ(field(route), "route.on.reject[0].form");
    route.on.reject = {effect(Effect::archive)};
    RouteNode automatic;
    automatic.id = "a";
    automatic.kind = NodeKind::auto_;
    automatic.effects = {effect(Effect::accept_values)};
    route.steps.push_back(automatic);
    EXPECT_EQ(field(route), "route.steps[2].effects[0].do");
    route.steps.back().result = AutoResult::pass;
    EXPECT_EQ(field(route), "");
}

EffectSpec accepting(Join join) {
    EffectSpec spec = effect(Effect::accept_values);
    spec.join = join;
    return spec;
}

TEST(AcceptValues, KeepsHowTheRouteJoinsThem) {
    auto route = route_of({adopt()});
    route.on.pass = {accepting(Join::replace)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("office.head", world.approve());
    EXPECT_EQ(
        *world.task.accepted,
        (std::vector<CellEntry>{{"once", 1, content_1().values[0], "2026-09", Join::replace}}));
}

TEST(AcceptValues, HappensOnceAsTheNodeThatPassesByItselfSays) {
    auto route = route_of({});
    RouteNode automatic;
    automatic.id = "a";
    automatic.kind = NodeKind::auto_;
    automatic.result = AutoResult::pass;
    automatic.effects = {accepting(Join::add)};
    route.steps.push_back(automatic);
    route.on.pass = {accepting(Join::replace), effect(Effect::archive)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    ASSERT_EQ(world.task.accepted->size(), 1U);
    EXPECT_EQ(world.task.accepted->front().join, Join::add);
    EXPECT_EQ(world.approval().effects, std::vector{effect(Effect::archive)});
}

TEST(AcceptValues, AloneSaysHowValuesJoinAndIsNamedOnce) {
    const GivenTask world;
    const auto field = [&](const Route& route) {
        const auto checked = check_route(route, {world.directory, &world.routes});
        return checked ? std::string() : checked.error().field;
    };
    auto route = route_of({adopt()});
    route.on.pass = {accepting(Join::replace)};
    EXPECT_EQ(field(route), "");
    route.on.pass = {accepting(Join::replace), accepting(Join::add)};
    EXPECT_EQ(field(route), "route.on.pass[0]");
    EffectSpec archive = effect(Effect::archive);
    archive.join = Join::add;
    route.on.pass = {effect(Effect::accept_values), archive};
    EXPECT_EQ(field(route), "route.on.pass[1].join");
    auto closing = closing_route();
    closing.on.pass = {effect(Effect::close_task), accepting(Join::add)};
    EXPECT_EQ(field(closing), "route.on.pass[1].join");
}

TEST(RevokeApproval, LetsTheStateBeforeStandAgain) {
    auto route = route_of({adopt()});
    route.revoke_after_pass = {at("zone", Post::leader)};
    route.on.pass = {accepting(Join::replace)};
    GivenTask world;
    world.publish(route).signed_in();
    const auto teachers = [&] {
        const EvaluationContext context{&world.task.mandate->indicators, &*world.task.accepted,
                                        world.today(), std::nullopt, std::nullopt};
        return evaluate(world.task.mandate->indicators.front(), context).current.actual;
    };
    auto content = content_1();
    for (const char* period : {"2026-09", "2026-10"}) {
        content.period = period;
        world.does("jtj.clerk", SubmitReport{task_1, jtj, content});
        auto approve = world.approve();
        approve.approval.no = world.task.approvals.back().no;
        approve.revision_digest = world.task.approvals.back().revision_digest;
        world.does("office.head", approve);
        content.values[0].value = "3";
    }
    EXPECT_EQ(teachers(), "3.00") << "a state is not added to itself";
    world.does("zone.leader", revoke_of(2));
    EXPECT_EQ(teachers(), "2.00");
}

TEST(RevokeApproval, IsForThoseWhomTheRouteNamesOnceItHasPassed) {
    auto world = accepted_report();
    world.when("office.head", revoke_of(1)).forbidden();
    world.when("zone.leader", RevokeApproval{approval_1, " "}).field("opinion");
    world.does("zone.leader", revoke_of(1));
    EXPECT_EQ(world.approval().state, ApprovalState::revoked);
    world.when("zone.leader", revoke_of(1)).refused_by("not_passed");
    world.when("zone.leader", revoke_of(7)).refused(Errc::not_found, "approval");
}

TEST(RevokeApproval, IsNotForWhatStillRuns) {
    auto route = route_of({adopt()});
    route.revoke_after_pass = {at("zone", Post::leader)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    world.when("zone.leader", revoke_of(1)).refused_by("not_passed");
}

TEST(RevokeApproval, WithdrawsTheValuesAndFreesThePeriod) {
    auto world = accepted_report();
    ASSERT_EQ(world.task.accepted->size(), 1U);
    world.when("zone.leader", revoke_of(1))
        .gives({ApprovalRevoked{approval_1, "an error was found"}, ValuesWithdrawn{report_1}});
    world.does("zone.leader", revoke_of(1));
    EXPECT_TRUE(world.task.accepted->empty());
    EXPECT_EQ(world.task.reports.front().state, ReportState::revoked);
    EXPECT_TRUE(world.when("jtj.clerk", SubmitReport{task_1, jtj, content_1()}).accepted());
}

GivenTask extended(const char* head) {
    auto route = extension_route();
    route.revoke_after_pass = {at("zone", Post::leader)};
    GivenTask world;
    world.publish(route).signed_in();
    world.does(head, extension_to("2027-01-15")).does("office.clerk", approve_newest(world));
    return world;
}

TEST(RevokeApproval, RestoresTheDayThatStoodBefore) {
    auto lead = extended("jtj.head");
    lead.does("zone.leader", revoke_of(1));
    EXPECT_EQ(working_due(lead.task), date("2026-12-31"));
    EXPECT_EQ(lead.task.extensions.front().moved, std::nullopt);
    auto coop = extended("jzy.head");
    coop.does("zone.leader", revoke_of(1));
    EXPECT_EQ(working_due(coop.task, jzy), date("2026-12-31"));
}

TEST(RevokeApproval, RestoresTheDayWithTheHoldsSince) {
    auto world = extended("jtj.head");
    world.does("office.head", HoldTask{task_1, "policy"});
    world.when("zone.leader", revoke_of(1)).refused_by("task_held");
    world.pass_days(5);
    world.does("office.head", ResumeTask{task_1, ""}).does("zone.leader", revoke_of(1));
    EXPECT_EQ(working_due(world.task), date("2027-01-05"));
}

TEST(RevokeApproval, LeavesADayThatWasSetSince) {
    auto world = extended("jtj.head");
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "ordered from above";
    amend.due = date("2027-02-01");
    world.does("office.head", amend);
    world.when("zone.leader", revoke_of(1))
        .gives({ApprovalRevoked{approval_1, "an error was found"}});
    world.does("zone.leader", revoke_of(1));
    EXPECT_EQ(working_due(world.task), date("2027-02-01"));
}

TEST(RevokeApproval, OpensAClosedTaskAgain) {
    auto world = closed_task();
    world.when("zone.leader", revoke_of(1))
        .gives({ApprovalRevoked{approval_1, "an error was found"}, TaskReopened{closing_1}});
    world.does("zone.leader", revoke_of(1));
    EXPECT_EQ(world.task.stage, TaskStage::issued);
    EXPECT_EQ(world.task.finished, std::nullopt);
    EXPECT_TRUE(world.when("jtj.head", closing_request()).accepted());
}

}  // namespace
}  // namespace duban
