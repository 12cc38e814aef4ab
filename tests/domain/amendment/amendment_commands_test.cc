// Amendments that somebody asks for: who may, what is asked, and what comes of the approval.
#include "domain/amendment/amendment_commands.h"

#include <gtest/gtest.h>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_amendment.h"

namespace duban {
namespace {

// On the newest approval.
ApproveSlot granted(const GivenTask& world) {
    const Approval& approval = world.task.approvals.back();
    ApproveSlot command;
    command.approval = {task_1, approval.no};
    command.revision = approval.revision;
    command.revision_digest = approval.revision_digest;
    return command;
}

MandateChanges new_lead(const UnitCode& lead) {
    MandateChanges changes;
    changes.lead = lead;
    changes.co = std::vector<UnitCode>{jtj};
    return changes;
}

TEST(RequestAmendment, ChangesTheMandateOnceItIsGranted) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")));
    EXPECT_EQ(world.task.mandate->title, mandate_1().title);
    EXPECT_EQ(world.waiting(), "decide: office.head");
    const auto outcome = world.when("office.head", world.approve());
    ASSERT_TRUE(outcome.accepted());
    auto next = *world.task.mandate;
    next.title = "another title";
    EXPECT_EQ(outcome.result()->events.back().event,
              Event(AmendmentApplied{amendment_1, next, std::nullopt}));
    world.does("office.head", world.approve());
    EXPECT_EQ(*world.task.mandate, next);
    const auto& amendment = world.task.amendments.front();
    EXPECT_EQ(amendment.state, ReportState::accepted);
    ASSERT_TRUE(amendment.applied.has_value());
    EXPECT_EQ(amendment.applied->from, new_title(mandate_1().title.c_str()));
    EXPECT_EQ(amendment.applied->to, new_title("another title"));
    ASSERT_EQ(world.history.mandates.size(), 1U);
    EXPECT_EQ(world.history.mandates[0].mandate, mandate_1());
    EXPECT_EQ(world.history.mandates[0].reason, "p/1/m1");
}

TEST(RequestAmendment, GivesUnitsThatJoinTheirPart) {
    auto world = amendable();
    MandateChanges changes;
    changes.co = {jzy, rsj};
    world.does("jtj.head", amendment_to(changes)).does("office.head", granted(world));
    const auto* part = find_assignment(world.task, rsj);
    ASSERT_NE(part, nullptr);
    EXPECT_EQ(part->state, AssignmentState::waiting);
    EXPECT_EQ(part->sign_by, add_days(world.today(), sign_in_days));
}

TEST(RequestAmendment, IsForWhomTheRouteLetsStart) {
    auto world = amendable();
    const auto request = amendment_to(new_title("another title"));
    for (const char* actor : {"jzy.head", "jtj.clerk", "office.head", "zone.leader"}) {
        world.when(actor, request).forbidden();
    }
    world.does("office.clerk", request);
    EXPECT_EQ(world.task.amendments.front().unit, office);
    auto for_lead = request;
    for_lead.unit = jtj;
    world.does("jtj.head", for_lead);
    EXPECT_EQ(world.task.amendments.back().unit, jtj);
}

TEST(RequestAmendment, ComesBackToTheOfficeThatAskedWithoutAPart) {
    auto world = amendable();
    auto request = amendment_to(new_title("another title"));
    world.does("office.clerk", request).does("office.head", world.send_back());
    ReviseAmendment revise{amendment_1, request.content};
    world.when("office.clerk", revise).refused_by("unchanged");
    world.when("jtj.head", revise).forbidden();
    revise.content.changes.title = "a third title";
    world.does("office.clerk", revise);
    EXPECT_EQ(world.waiting(), "decide: office.head");
    EXPECT_EQ(world.task.amendments.front().newest.no, 2U);
    EXPECT_EQ(world.task.amendments.front().content, revise.content);
}

TEST(RequestAmendment, SaysWhatIsWrongAtOnce) {
    auto world = amendable();
    world.when("jtj.head", amendment_to(new_title("another title"), " ")).field("reason");
    world.when("jtj.head", amendment_to({})).field("changes");
    world.when("jtj.head", amendment_to(new_title(mandate_1().title.c_str()))).field("changes");
    world.when("jtj.head", amendment_to(new_lead(UnitCode("nobody")))).field("changes.lead");
    MandateChanges past;
    past.due = date("2026-01-01");
    world.when("jtj.head", amendment_to(past)).field("changes.due");
    world.does("jtj.head", amendment_to(new_title("another title")));
    world.when("jtj.head", amendment_to(new_title("a third title"))).refused_by("amendment_open");
}

TEST(RequestAmendment, NeedsARouteAndAPartThatIsSigned) {
    GivenTask world;
    world.issued();
    const auto request = amendment_to(new_title("another title"));
    world.when("jtj.head", request).refused_by("no_route");
    world.publish(amendment_route());
    world.when("jtj.head", request).refused_by("not_signed");
    GivenTask early;
    early.publish(amendment_route()).established();
    early.when("jtj.head", request).refused_by("not_issued");
}

// Unit and lead of what is not decided cannot change; what stands in the way may end.
TEST(RequestAmendment, IsGrantedOnlyWhenTheTaskBearsIt) {
    auto world = amendable();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jtj.head", amendment_to(new_lead(jzy)));
    world.when("office.head", granted(world)).refused_by("report_in_approval");
    EXPECT_EQ(world.task.mandate->lead, jtj);
    world.does("jtj.section", world.approve("section"))
        .does("jtj.head", world.approve("head"))
        .does("office.clerk", world.approve("check"))
        .does("office.head", world.reject("adopt"))
        .does("office.head", granted(world));
    EXPECT_EQ(world.task.mandate->lead, jzy);
    EXPECT_EQ(world.task.amendments.front().state, ReportState::accepted);
}

TEST(RequestAmendment, KeepsTheLeadWhileItIsOpen) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")));
    AmendTask amend;
    amend.task = task_1;
    amend.lead = jzy;
    amend.reason = "ordered";
    world.when("office.head", amend).refused_by("report_in_approval");
}

TEST(RequestAmendment, ChangesNothingWhereTheMandateSaysSoAlready) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")));
    AmendTask amend;
    amend.task = task_1;
    amend.title = "another title";
    amend.reason = "ordered";
    world.does("office.head", amend).does("office.head", granted(world));
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::passed);
    EXPECT_EQ(world.task.amended, 1U);
    EXPECT_FALSE(world.task.amendments.front().applied.has_value());
}

TEST(RequestAmendment, IsNotedWhereTimePassesWhatTheTaskDoesNotBear) {
    auto node = asks("decide", {at("office", Post::head)});
    node.due = DueRule{};
    node.due->wd = 2;
    node.due->over = Over::pass;
    GivenTask world;
    world.publish(amendment_route({node})).signed_in();
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jtj.head", amendment_to(new_lead(jzy)));
    run_clock(world, "2026-09-10");
    const Approval& approval = world.task.approvals.back();
    EXPECT_EQ(approval.state, ApprovalState::passed);
    EXPECT_EQ(world.task.mandate->lead, jtj);
    ASSERT_EQ(approval.effects.size(), 1U);
    EXPECT_EQ(approval.effects[0].key, "not_amended");
    EXPECT_NE(approval.effects[0].why.find("jtj"), std::string::npos);
}

TEST(RequestAmendment, LeavesTheMandateWhenRefused) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")))
        .does("office.head", world.reject());
    EXPECT_EQ(*world.task.mandate, mandate_1());
    EXPECT_EQ(world.task.amendments.front().state, ReportState::rejected);
    EXPECT_TRUE(world.history.mandates.empty());
}

TEST(RequestAmendment, NamesTheUnitWhereTheStarterMayForSeveral) {
    auto world = amendable();
    world.grant("jtj.head", office, Post::clerk);
    auto request = amendment_to(new_title("another title"));
    world.when("jtj.head", request).field("unit");
    request.unit = office;
    world.does("jtj.head", request);
    EXPECT_EQ(world.task.amendments.front().unit, office);
}

TEST(AmendmentConditions, TellWhatWouldChange) {
    const auto goes_to = [](const MandateChanges& changes) {
        GivenTask world;
        const auto flag = [](const char* path) { return compare(ConditionOp::eq, path, "true"); };
        world
            .publish(amendment_route(
                {block("who", NodeKind::choose,
                       {branch_when(flag("amendment.changes_units"),
                                    {asks("units", {at("zone", Post::leader)})}),
                        branch_when(flag("amendment.changes_indicators"),
                                    {asks("indicators", {at("zone", Post::leader)})}),
                        branch_when(compare(ConditionOp::gt, "amendment.workdays", "5"),
                                    {asks("late", {at("zone", Post::leader)})}),
                        branch_when(flag("amendment.changes_due"),
                                    {asks("due", {at("office", Post::head)})}),
                        otherwise({asks("words", {at("office", Post::clerk)})})})}))
            .signed_in();
        world.does("jtj.head", amendment_to(changes));
        return world.waiting();
    };
    EXPECT_EQ(goes_to(new_lead(jzy)), "units: zone.leader");
    MandateChanges changes;
    changes.indicators = std::vector<Indicator>{};
    EXPECT_EQ(goes_to(changes), "indicators: zone.leader");
    changes = new_title("another title");
    EXPECT_EQ(goes_to(changes), "words: office.clerk");
    changes.lead = mandate_1().lead;
    EXPECT_EQ(goes_to(changes), "words: office.clerk") << "the same lead is no change";
    changes = {};
    changes.due = date("2027-01-05");
    EXPECT_EQ(goes_to(changes), "due: office.head");
    changes.due = date("2027-03-31");
    EXPECT_EQ(goes_to(changes), "late: zone.leader");
}

AmendTask ordered(MandateChanges changes) {
    AmendTask amend;
    static_cast<MandateChanges&>(amend) = std::move(changes);
    amend.task = task_1;
    amend.reason = "ordered";
    return amend;
}

TEST(StaleAmendment, IsNotGrantedOverWhatWasChangedSince) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")))
        .does("office.head", ordered(new_title("as ordered")));
    const auto refused = world.when("office.head", granted(world));
    refused.refused_by("mandate_changed");
    EXPECT_NE(refused.detail().find("(title)"), std::string::npos) << refused.detail();
    EXPECT_EQ(world.task.mandate->title, "as ordered");
    auto revise = ReviseAmendment{amendment_1, world.task.amendments.front().content};
    world.does("office.head", world.send_back());
    revise.content.reason = "still wanted";
    world.does("jtj.head", revise);
    EXPECT_EQ(world.task.amendments.front().from, new_title("as ordered"));
    world.does("office.head", granted(world));
    EXPECT_EQ(world.task.mandate->title, "another title");
}

// The same words do not say that he knows of the change.
TEST(StaleAmendment, StaysSoWhenItIsRepeated) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")))
        .does("office.head", ordered(new_title("as ordered")))
        .does("office.head", world.send_back());
    ReviseAmendment repeat{amendment_1, world.task.amendments.front().content};
    repeat.note = "as it was";
    world.does("jtj.head", repeat);
    world.when("office.head", granted(world)).refused_by("mandate_changed");
}

TEST(StaleAmendment, IsAskedOfAllAgainWhereTheMandateMovedBelowIt) {
    GivenTask world;
    world
        .publish(amendment_route(
            {asks("first", {at("office", Post::clerk)}),
             returning(asks("second", {at("office", Post::head)}), {"start"}, Resume::jump)}))
        .signed_in();
    world.does("jtj.head", amendment_to(new_title("another title")))
        .does("office.clerk", granted(world))
        .does("office.head", ordered(new_title("as ordered")))
        .does("office.head", world.send_back());
    ReviseAmendment revise{amendment_1, world.task.amendments.front().content};
    revise.content.reason = "still wanted";
    world.does("jtj.head", revise);
    EXPECT_EQ(world.waiting(), "first: office.clerk");
}

TEST(StaleAmendment, DoesNotStandInTheWayOfOtherMembers) {
    auto world = amendable();
    MandateChanges text;
    text.text = "as ordered";
    world.does("jtj.head", amendment_to(new_title("another title")))
        .does("office.head", ordered(text))
        .does("office.head", granted(world));
    EXPECT_EQ(world.task.mandate->title, "another title");
    EXPECT_EQ(world.task.mandate->text, "as ordered");
}

TEST(StaleAmendment, IsRefusedByRuleWhenItsDayHasPassed) {
    auto world = amendable();
    MandateChanges changes;
    changes.due = add_days(world.today(), 3);
    world.does("jtj.head", amendment_to(changes));
    world.pass_days(10);
    world.when("office.head", granted(world)).refused_by("amendment_outdated");
}

TEST(RevokedAmendment, PutsTheMandateBack) {
    auto world = amendable();
    MandateChanges changes = new_title("another title");
    changes.co = std::vector<UnitCode>{jzy, rsj};
    world.does("jtj.head", amendment_to(changes)).does("office.head", granted(world));
    const RevokeApproval revoke{approval_1, "有误"};
    const auto outcome = world.when("zone.leader", revoke);
    ASSERT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.result()->events.back().event,
              Event(AmendmentUndone{amendment_1, mandate_1(), std::nullopt}));
    world.does("zone.leader", revoke);
    EXPECT_EQ(*world.task.mandate, mandate_1());
    EXPECT_EQ(find_assignment(world.task, rsj)->state, AssignmentState::released);
    EXPECT_EQ(world.task.amendments.front().state, ReportState::revoked);
    EXPECT_FALSE(world.task.amendments.front().applied.has_value());
    EXPECT_EQ(world.history.mandates.size(), 2U) << "nothing is forgotten";
}

TEST(RevokedAmendment, LeavesWhatWasChangedSince) {
    auto world = amendable();
    MandateChanges changes = new_title("another title");
    changes.text = "another text";
    world.does("jtj.head", amendment_to(changes))
        .does("office.head", granted(world))
        .does("office.head", ordered(new_title("as ordered")))
        .does("office.head", VoidApproval{approval_1, "有误"});
    EXPECT_EQ(world.task.mandate->title, "as ordered");
    EXPECT_EQ(world.task.mandate->text, mandate_1().text);
}

TEST(RevokedAmendment, GivesTheDayBackWithTheDaysOfHolds) {
    auto world = amendable();
    MandateChanges changes;
    changes.due = date("2027-06-30");
    world.does("jtj.head", amendment_to(changes)).does("office.head", granted(world));
    world.does("office.head", HoldTask{task_1, "等待批复"});
    world.pass_days(10);
    world.does("office.head", ResumeTask{task_1, ""});
    EXPECT_EQ(working_due(world.task), date("2027-07-10"));
    world.does("zone.leader", RevokeApproval{approval_1, "有误"});
    EXPECT_EQ(working_due(world.task), date("2027-01-10"));
}

// A report of the new lead stands on it.
TEST(RevokedAmendment, IsNotedWhereTheTaskDoesNotBearTheMandateOfBefore) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_lead(jzy))).does("office.head", granted(world));
    world.does("jzy.clerk", SubmitReport{task_1, jzy, content_1()})
        .does("zone.leader", RevokeApproval{approval_1, "有误"});
    EXPECT_EQ(world.task.mandate->lead, jzy);
    EXPECT_EQ(world.approval().state, ApprovalState::revoked);
    ASSERT_EQ(world.approval().effects.size(), 1U);
    EXPECT_EQ(world.approval().effects[0].key, "not_restored");
    EXPECT_NE(world.approval().effects[0].why.find("jzy"), std::string::npos);
}

}  // namespace
}  // namespace duban
