// Guests: who is asked from outside of a task, and what of it that lets him see.
#include "domain/approval/sight.h"

#include <gtest/gtest.h>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/course_commands.h"
#include "domain/directory/directory_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/given_amendment.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

const ApprovalId approval_2{task_1, 2};

// jtj leads and jzy cooperates; rsj is outside.
GivenTask on(std::vector<RouteNode> nodes) {
    GivenTask world;
    world.publish(route_of(std::move(nodes))).submitted();
    return world;
}

RouteNode head() {
    return asks("head", {at("lead", Post::head)});
}
RouteNode outside() {
    return asks("outside", {at("#rsj", Post::head)});
}
RouteNode named(const char* id, const char* person) {
    RouteNode node = asks(id, {});
    node.who.emplace_back().user = PersonId(person);
    return node;
}

ReportContent changed(const char* summary, const char* problems) {
    auto content = content_1();
    content.summary = summary;
    content.problems = problems;
    return content;
}

TaskSight sight(const GivenTask& world, const char* person) {
    return sight_of(world.task, access_of(world.directory, PersonId(person), world.today()));
}

// "all", "" for nothing, else each approval with the revisions of its subject: "a1: 1 2".
std::string seen(const GivenTask& world, const char* person) {
    const auto found = sight(world, person);
    if (found.all) return "all";
    std::string text;
    for (const SeenApproval& one : found.approvals) {
        text += (text.empty() ? "a" : "; a") + std::to_string(one.approval) + ":";
        for (const auto revision : one.revisions) text += " " + std::to_string(revision);
    }
    return text;
}

std::string guests(const GivenTask& world, std::uint32_t approval = 0) {
    std::string text;
    for (const auto& code : guest_codes(world.task, approval, world.directory)) {
        text += (text.empty() ? "" : " ") + code.value;
    }
    return text;
}

TEST(Guest, IsAskedLikeAnyOther) {
    auto world = on({outside(), named("expert", "rsj.section"), adopt()});
    EXPECT_EQ(world.waiting(), "outside: rsj.head");
    world.when("rsj.section", world.approve()).forbidden();
    world.does("rsj.head", world.approve());
    EXPECT_EQ(world.waiting(), "expert: rsj.section");
    world.does("rsj.section", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Guest, SeesTheTaskFromTheOpeningOfItsSlotOn) {
    auto world = on({head(), outside(), adopt()});
    EXPECT_EQ(seen(world, "rsj.head"), "");
    EXPECT_EQ(guests(world), "");
    world.when("rsj.head", world.approve()).refused(Errc::not_found, "task");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    EXPECT_EQ(seen(world, "rsj.clerk"), "a1: 1") << "the slot is its unit's";
    EXPECT_EQ(guests(world), "rsj");
    for (const auto* insider : {"jtj.clerk", "jzy.head", "office.clerk", "zone.leader"}) {
        EXPECT_EQ(seen(world, insider), "all") << insider;
    }
    EXPECT_EQ(seen(world, "admin.system"), "");
}

TEST(Guest, SeesInTurnWhenItsTurnHasCome) {
    auto world =
        on({asks("two", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::seq), adopt()});
    EXPECT_EQ(seen(world, "rsj.head"), "");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
}

TEST(Guest, SeesForEverWhatItDecidedOnAndNothingElse) {
    auto world = on({outside(), adopt()});
    world.does("rsj.head", world.approve()).does("office.head", world.approve());
    ASSERT_EQ(world.approval().state, ApprovalState::passed);
    auto next = content_1();
    next.period = "2026-10";
    world.publish(route_of({head(), adopt()}));
    world.does("jtj.clerk", SubmitReport{task_1, jtj, next});
    ASSERT_EQ(world.task.approvals.size(), 2U);
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    EXPECT_TRUE(sight(world, "rsj.head").sees_subject({task_1, 'r', 1}));
    EXPECT_FALSE(sight(world, "rsj.head").sees_subject({task_1, 'r', 2}));
    auto other = world.approve();
    other.approval = approval_2;
    world.when("rsj.head", other).refused(Errc::not_found, "approval");
    world.when("rsj.head", CopyApproval{approval_2, {PersonId("rsj.head")}})
        .refused(Errc::not_found, "approval");
    world.when("rsj.head", ReviseReport{{task_1, 2}, next}).refused(Errc::not_found, "report");
    world.when("rsj.head", ReviseReport{report_1, next}).forbidden();
    EXPECT_EQ(guests(world), "rsj");
    EXPECT_EQ(guests(world, 1), "rsj");
    EXPECT_EQ(guests(world, 2), "");
}

TEST(Guest, SeesNothingOnceItsSlotHasEndedWithoutItsDecision) {
    auto world =
        on({asks("any", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::any), adopt()});
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(seen(world, "rsj.head"), "");
    EXPECT_EQ(guests(world), "");
    world.when("rsj.head", ReadApproval{approval_1}).refused(Errc::not_found, "task");
}

TEST(Guest, LearnsWhoWasFaster) {
    auto world =
        on({asks("any", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::any), adopt()});
    const auto late = world.approve("any");
    world.does("jtj.head", world.approve());
    world.when("rsj.head", late).refused_by("already_decided");
    world.when("rsj.section", late).refused(Errc::not_found, "task");
    world.when("rsj.head", world.approve("adopt")).refused(Errc::not_found, "task");
}

TEST(Guest, KeepsItsSightOfAPoolThatAnotherHasClaimed) {
    auto world = on(
        {asks("pool", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::claim), adopt()});
    world.does("jtj.head", ClaimSlot{approval_1, "pool", ""});
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    world.when("rsj.head", ClaimSlot{approval_1, "pool", ""}).refused_by("already_claimed");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(seen(world, "rsj.head"), "");
}

TEST(Guest, SeesTheRevisionsForWhichItsDecisionStands) {
    auto world = on({outside(), returning(adopt(), {"start"}, Resume::jump)});
    world.does("rsj.head", world.approve()).does("office.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, changed("two teachers named", "checked")});
    ASSERT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1 2");
    ASSERT_EQ(world.approval().copies.size(), 1U);
    EXPECT_EQ(world.approval().copies[0].to, PersonId("rsj.head"));
    world.does("office.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, changed("three teachers named", "checked")});
    ASSERT_EQ(world.waiting(), "outside: rsj.head") << "what is material is asked again";
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1 2 3");
}

TEST(Guest, SeesNoRevisionForWhichItHasNotDecidedAgain) {
    auto world = on({head(), outside(), adopt()});
    world.does("jtj.head", world.approve()).does("rsj.head", world.send_back());
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1") << "a return is its decision";
    world.does("jtj.clerk", ReviseReport{report_1, changed("more is said", "")});
    ASSERT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1 2");
}

TEST(Guest, SeesTheRevisionOfARoundInWhichItsDecisionIsKept) {
    auto both = asks("both", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::all);
    auto world = on({returning(both, {"start"}, Resume::jump), adopt()});
    world.does("rsj.head", world.approve()).does("jtj.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, changed("two teachers named", "checked")});
    ASSERT_EQ(world.waiting(), "both: jtj.head");
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1 2");
}

TEST(Guest, IsAPersonAloneWhereHeIsAskedByName) {
    auto world = on({named("expert", "rsj.section"), adopt()});
    EXPECT_EQ(seen(world, "rsj.section"), "a1: 1");
    EXPECT_EQ(seen(world, "rsj.head"), "");
    EXPECT_EQ(guests(world), "rsj") << "his unit";
    world.proxy("rsj.section", "rsj.clerk");
    EXPECT_EQ(seen(world, "rsj.clerk"), "a1: 1") << "a proxy sees what his principal sees";
    world.does("rsj.clerk", world.approve());
    EXPECT_EQ(world.approval().nodes[1].slots[0].on_behalf_of, PersonId("rsj.section"));
    EXPECT_EQ(seen(world, "rsj.section"), "a1: 1");
    world.deactivate("rsj.section");
    EXPECT_EQ(seen(world, "rsj.section"), "");
    EXPECT_EQ(guests(world), "");
}

TEST(Guest, IsNobodyWhoSeesTheTaskAnyhow) {
    auto world = on({asks("all", {at("#jzy", Post::head), at("zone", Post::leader)}, NodeMode::all),
                     named("expert", "office.clerk"), adopt()});
    EXPECT_EQ(guests(world), "");
    world.does("jzy.head", world.approve()).does("zone.leader", world.approve());
    ASSERT_EQ(world.waiting(), "expert: office.clerk");
    EXPECT_EQ(guests(world), "");
    EXPECT_EQ(seen(world, "office.clerk"), "all");
}

TEST(Guest, MayBeSentACopyWhileItSeesTheApproval) {
    auto world =
        on({asks("any", {at("lead", Post::head), at("#rsj", Post::head)}, NodeMode::any), adopt()});
    const CopyApproval copy{approval_1, {PersonId("rsj.clerk")}};
    world.when("jtj.clerk", copy).gives({ApprovalCopied{approval_1, {PersonId("rsj.clerk")}}});
    world.does("jtj.head", world.approve());
    world.when("jtj.clerk", copy).refused_by("no_sight");
}

TEST(Guest, IsAUnitThatLeftTheTaskForWhatItDecidedOn) {
    auto world = on({asks("co", {at("#jzy", Post::head)}), adopt()});
    auto never = world;
    world.does("jzy.head", world.approve());
    AmendTask amend;
    amend.task = task_1;
    amend.co = std::vector<UnitCode>{rsj};
    amend.reason = "why";
    for (auto* left : {&world, &never}) left->does("office.head", amend);
    EXPECT_EQ(seen(world, "jzy.head"), "a1: 1");
    EXPECT_EQ(guests(world), "jzy");
    EXPECT_EQ(seen(world, "rsj.clerk"), "all");
    EXPECT_EQ(seen(never, "jzy.head"), "");
    EXPECT_EQ(guests(never), "");
    never.when("jzy.head", never.approve("co")).refused(Errc::not_found, "task");
    auto back = amend;
    back.co = std::vector<UnitCode>{jzy};
    world.does("office.head", back);
    EXPECT_EQ(seen(world, "jzy.head"), "all");
    EXPECT_EQ(guests(world), "");
}

TEST(Guest, IsTheUnitThatSubmittedOnceItHasLeft) {
    auto world = on({adopt()});
    world.does("office.head", world.approve());
    AmendTask amend;
    amend.task = task_1;
    amend.lead = jzy;
    amend.co = std::vector<UnitCode>{rsj};
    amend.reason = "why";
    world.does("office.head", amend);
    EXPECT_EQ(seen(world, "jtj.head"), "a1: 1");
    EXPECT_EQ(guests(world), "jtj");
}

TEST(Guest, IsShownATaskWithoutWhatIsNotForIt) {
    auto world = on({outside(), adopt()});
    world.does("rsj.head", world.approve()).does("office.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, changed("three teachers named", "")});
    world.does("rsj.head", world.reject());
    auto next = content_1();
    next.period = "2026-10";
    world.publish(route_of({head(), adopt()}));
    world.does("jtj.clerk", SubmitReport{task_1, jtj, next}).does("jtj.head", [&] {
        auto approve = world.approve();
        approve.approval = approval_2;
        approve.revision_digest = world.task.approvals[1].revision_digest;
        approve.revision = 1;
        return approve;
    }());
    world.does("jtj.clerk", SaveReport{task_1, jtj, content_1()});
    const TaskRecord whole{world.task, world.history};
    const auto shown = as_seen(whole, sight(world, "rsj.head"));
    ASSERT_EQ(shown.state.reports.size(), 1U);
    ASSERT_EQ(shown.state.approvals.size(), 1U);
    EXPECT_EQ(shown.state.reports[0].newest.no, 2U);
    EXPECT_EQ(revisions_of(shown.history, 1).size(), 2U);
    EXPECT_EQ(revisions_of(shown.history, 2).size(), 0U);
    EXPECT_EQ(rounds_of(shown.history, 1), rounds_of(whole.history, 1));
    EXPECT_EQ(rounds_of(shown.history, 2).size(), 0U);
    EXPECT_TRUE(shown.state.drafts.empty());
    EXPECT_TRUE(shown.state.open_approvals->empty());
    EXPECT_EQ(shown.state.mandate, whole.state.mandate);
    EXPECT_EQ(shown.state.assignments, whole.state.assignments);
    const auto all = as_seen(whole, sight(world, "jzy.clerk"));
    EXPECT_EQ(all.state, whole.state);
    EXPECT_EQ(all.history, whole.history);
}

TEST(Guest, IsToldWhatAnAmendmentMadeOfTheMandateAndNotThatItIsAskedFor) {
    const auto world = on({outside(), adopt()});
    const auto guest = sight(world, "rsj.head");
    ASSERT_TRUE(guest.is_guest());
    const SubjectId asked{task_1, 'm', 1};
    EXPECT_FALSE(shows_event(guest, Event(AmendmentRequested{asked, jtj, {}, {}})));
    EXPECT_FALSE(shows_event(guest, Event(AmendmentRevised{asked, jtj, 2, {}, {}})));
    EXPECT_TRUE(shows_event(guest, Event(AmendmentApplied{asked, mandate_1(), {}})));
    EXPECT_TRUE(shows_event(guest, Event(AmendmentUndone{asked, mandate_1(), {}})));
}

TEST(Guest, IsShownAnAmendmentAsItWasWhenItDecided) {
    GivenTask world;
    auto route = amendment_route({outside(), asks("decide", {at("office", Post::head)})});
    world.publish(route).signed_in();
    auto request = amendment_to(new_title("another title"));
    world.does("jtj.head", request);
    EXPECT_EQ(seen(world, "rsj.head"), "a1: 1");
    world.does("rsj.head", world.approve()).does("office.head", world.send_back());
    ReviseAmendment revise{amendment_1, request.content};
    revise.content.changes.title.reset();
    revise.content.changes.text = "another text";
    world.does("jtj.head", revise).does("jtj.head", WithdrawApproval{approval_1, ""});
    const auto shown =
        as_seen(TaskRecord{world.task, world.history}, sight(world, "rsj.head")).state;
    ASSERT_EQ(shown.amendments.size(), 1U);
    EXPECT_EQ(shown.amendments[0].newest.no, 1U);
    EXPECT_EQ(shown.amendments[0].content, request.content);
    EXPECT_EQ(shown.amendments[0].from, new_title(mandate_1().title.c_str()));
    EXPECT_FALSE(world.task.amendments[0].from.title.has_value());
}

TEST(Guest, IsShownTheNewestRevisionThatItSees) {
    auto world = on({head(), outside(), adopt()});
    world.does("jtj.head", world.approve()).does("rsj.head", world.send_back());
    world.does("jtj.clerk", ReviseReport{report_1, changed("more is said", "")});
    const auto shown = as_seen(TaskRecord{world.task, world.history}, sight(world, "rsj.head"));
    EXPECT_EQ(shown.state.reports[0].newest, revisions_of(world.history, 1)[0].revision);
    EXPECT_EQ(revisions_of(shown.history, 1).size(), 1U);
    EXPECT_TRUE(shown.state.reports[0].content->values.empty());
}

}  // namespace
}  // namespace duban
