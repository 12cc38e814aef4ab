// Saving, submitting and revising reports: who may, when, and which steps open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

using testing::HasSubstr;

SubmitReport submission(ReportContent content = content_1(), const UnitCode& unit = {}) {
    return {task_1, unit, std::move(content)};
}

ReportContent better_content() {
    auto content = content_1();
    content.summary = "two teachers named, with their courses";
    return content;
}

ReportSubmitted report_submitted(const ReportContent& content = content_1()) {
    return {report_1, jtj, digest_of(content), content};
}

ApprovalOpened approval_opened(const ReportContent& content = content_1()) {
    ApprovalOpened opened;
    opened.approval = approval_1;
    opened.route = RouteId("report");
    opened.route_version = 1;
    opened.subject = {SubjectKind::report, SubjectId{task_1, 'r', 1}, jtj};
    opened.revision = 1;
    opened.revision_digest = digest_of(content);
    return opened;
}

// The first fill, passed by who submits.
RoundEnded filled(std::uint32_t round, const char* note = "") {
    return {approval_1, "fill", round, true, NodeState::approved, "", "", note};
}

Slot open_slot(const Seat& seat) {
    Slot slot;
    slot.slot = "1";
    slot.seat = seat;
    slot.state = SlotState::open;
    return slot;
}

RoundOpened section_opened(std::uint32_t round, const char* author = "jtj.clerk") {
    return {approval_1,
            "section",
            round,
            false,
            NodeMode::one,
            PersonId(author),
            {open_slot({jtj, Post::section})}};
}

const RoundOpened head_opened{
    approval_1, "head", 1, false, NodeMode::one, {}, {open_slot({jtj, Post::head})}};

NodeSkipped section_skipped(SkipReason reason) {
    Slot slot = open_slot({jtj, Post::section});
    slot.state = SlotState::skipped;
    slot.reason = reason;
    return {approval_1, "section", 1, reason, {slot}};
}

GivenTask signed_in() {
    GivenTask world;
    world.signed_in();
    return world;
}

GivenTask returned() {
    GivenTask world;
    world.submitted().does("jtj.section", world.send_back());
    return world;
}

TEST(SaveReport, KeepsADraftOfTheUnit) {
    auto world = signed_in();
    const SaveReport command{task_1, {}, content_1()};
    world.when("jtj.clerk", command).gives({ReportDrafted{task_1, jtj, content_1()}});
    world.does("jtj.clerk", command).does("jtj.clerk", SaveReport{task_1, {}, better_content()});
    ASSERT_EQ(world.task.drafts.size(), 1U);
    EXPECT_EQ(world.task.drafts.front().content, better_content());
    EXPECT_EQ(world.task.drafts.front().author, PersonId("jtj.clerk"));
}

TEST(SaveReport, IsForThoseWhoMaySubmit) {
    auto world = signed_in();
    const SaveReport command{task_1, {}, content_1()};
    for (const auto* actor : {"jtj.section", "jtj.head", "jzy.clerk", "office.clerk"}) {
        world.when(actor, command).forbidden();
    }
    world.proxy("jtj.clerk", "jtj.section");
    world.when("jtj.section", command)
        .gives_for("jtj.clerk", {ReportDrafted{task_1, jtj, content_1()}});
}

TEST(SaveReport, TakesUnfinishedWork) {
    const auto world = signed_in();
    ReportContent empty;
    EXPECT_TRUE(world.when("jtj.clerk", SaveReport{task_1, {}, empty}).accepted());
    auto unknown = content_1();
    unknown.values[0].indicator = "other";
    EXPECT_TRUE(world.when("jtj.clerk", SaveReport{task_1, {}, unknown}).accepted());
}

TEST(SaveReport, ChecksLengthsAndLabels) {
    const auto world = signed_in();
    auto content = content_1();
    content.period = "soon";
    world.when("jtj.clerk", SaveReport{task_1, {}, content}).field("period");
    content = content_1();
    content.problems = std::string(20001, 'x');
    world.when("jtj.clerk", SaveReport{task_1, {}, content}).field("problems");
}

TEST(SaveReport, NeedsAnIssuedTaskWithAPart) {
    GivenTask world;
    world.established();
    world.when("jtj.clerk", SaveReport{task_1, {}, content_1()}).refused_by("not_issued");
}

TEST(SubmitReport, OpensTheFirstStepOfTheRoute) {
    const auto world = signed_in();
    world.when("jtj.clerk", submission())
        .gives({report_submitted(), approval_opened(), filled(1), section_opened(1)});
}

TEST(SubmitReport, UsesUpTheDraftAndPutsTheReportInApproval) {
    auto world = signed_in();
    world.does("jtj.clerk", SaveReport{task_1, {}, better_content()});
    const auto time = world.now;
    world.does("jtj.clerk", submission());
    EXPECT_TRUE(world.task.drafts.empty());
    ASSERT_EQ(world.task.reports.size(), 1U);
    const auto& report = world.task.reports.front();
    EXPECT_EQ(report.state, ReportState::in_approval);
    EXPECT_EQ(report.approval, 1U);
    EXPECT_EQ(report.newest, (Revision{1, digest_of(content_1()), PersonId("jtj.clerk"), time}));
    EXPECT_EQ(*report.content, content_1());
    EXPECT_EQ(world.history.revisions,
              (std::vector<SubmittedRevision>{{1, report.newest, content_1()}}));
    const auto& approval = world.task.approvals.front();
    EXPECT_EQ(approval.starter, PersonId("jtj.clerk"));
    EXPECT_EQ(approval.started, time);
    EXPECT_EQ(world.node("fill").state, NodeState::approved);
    EXPECT_EQ(world.node("section").opened, time);
    EXPECT_EQ(world.waiting(), "section: jtj.section");
}

TEST(SubmitReport, IsForTheStartersOfTheRoute) {
    auto world = signed_in();
    for (const auto* actor :
         {"jtj.section", "jtj.head", "jzy.clerk", "jzy.head", "office.clerk", "zone.leader"}) {
        world.when(actor, submission()).forbidden();
    }
    EXPECT_THAT(world.when("jtj.head", submission()).detail(), HasSubstr("clerk of jtj"));
    world.proxy("jtj.clerk", "jzy.clerk");
    world.when("jzy.clerk", submission())
        .gives_for("jtj.clerk", {report_submitted(), approval_opened(), filled(1),
                                 section_opened(1, "jzy.clerk")});
}

TEST(SubmitReport, IsForTheNamedHandlerToo) {
    auto world = signed_in();
    world.does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.section")});
    EXPECT_TRUE(world.when("jtj.section", submission()).accepted());
    world.does("jzy.head", AssignHandler{task_1, {}, PersonId("jzy.clerk")});
    auto without_values = content_1();
    without_values.values.clear();
    const auto outcome = world.when("jzy.clerk", submission(without_values));
    ASSERT_TRUE(outcome.accepted());
    const auto* made = outcome.result()->events.front().event.get_if<ReportSubmitted>();
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->unit, jzy);
}

TEST(SubmitReport, PassesFromAHandlerWhoLeftTheUnitToItsOthers) {
    auto world = signed_in();
    world.does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.section")})
        .grant("jtj.section", jzy, Post::clerk)
        .revoke("jtj.section", jtj, Post::section);
    auto command = submission();
    command.unit = jtj;
    world.when("jtj.section", command).forbidden();
    world.proxy("jtj.section", "jzy.head");
    world.when("jzy.head", command).forbidden();
    EXPECT_TRUE(world.when("jtj.clerk", submission()).accepted());
    world.does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.head")});
    EXPECT_TRUE(world.when("jtj.head", submission()).accepted());
}

TEST(SubmitReport, SkipsAStepThatNobodyHolds) {
    auto world = signed_in();
    world.revoke("jtj.section", jtj, Post::section);
    world.when("jtj.clerk", submission())
        .gives({report_submitted(), approval_opened(), filled(1),
                section_skipped(SkipReason::empty), head_opened});
    world.does("jtj.clerk", submission());
    EXPECT_EQ(world.history.rounds.back().round.end, NodeState::skipped);
    EXPECT_EQ(world.history.rounds.back().round.person, PersonId());
}

TEST(SubmitReport, SkipsAStepThatOnlyTheSubmitterHolds) {
    auto world = signed_in();
    world.revoke("jtj.section", jtj, Post::section).grant("jtj.clerk", jtj, Post::section);
    world.when("jtj.clerk", submission())
        .gives({report_submitted(), approval_opened(), filled(1), section_skipped(SkipReason::self),
                head_opened});
}

TEST(SubmitReport, IsRefusedWhenTheNextStepHasNoHolder) {
    auto world = signed_in();
    world.deactivate("jtj.section").deactivate("jtj.head");
    const auto outcome = world.when("jtj.clerk", submission());
    outcome.refused_by("no_holder");
    EXPECT_THAT(outcome.detail(), HasSubstr("head of jtj"));
}

TEST(SubmitReport, NeedsARunningTaskAndASignedPart) {
    GivenTask world;
    world.established();
    world.when("jtj.clerk", submission()).refused_by("not_issued");
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    world.when("jtj.clerk", submission()).refused_by("not_signed");
    auto working = signed_in();
    working.does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.section")});
    EXPECT_TRUE(working.when("jtj.clerk", submission()).accepted());
}

TEST(SubmitReport, WaitsForTheUnitsOpenReport) {
    GivenTask world;
    world.submitted();
    auto next = content_1();
    next.period = "2026-10";
    world.when("jtj.clerk", submission(next)).refused_by("report_open");
    returned().when("jtj.clerk", submission(next)).refused_by("report_open");
}

TEST(SubmitReport, TakesAPeriodOnce) {
    GivenTask world;
    world.approved_to("end");
    world.when("jtj.clerk", submission(better_content())).refused_by("period_accepted");
    auto next = content_1();
    next.period = "2026-10";
    EXPECT_TRUE(world.when("jtj.clerk", submission(next)).accepted());
}

TEST(SubmitReport, MayComeAgainAfterARejection) {
    GivenTask world;
    world.approved_to("head").does("jtj.head", world.reject());
    EXPECT_EQ(world.task.reports.front().state, ReportState::rejected);
    world.does("jtj.clerk", submission(better_content()));
    EXPECT_EQ(world.task.reports.back().no, 2U);
    EXPECT_EQ(world.task.approvals.back().no, 2U);
}

TEST(SubmitReport, NeedsAPublishedRoute) {
    auto world = signed_in();
    world.routes = {};
    world.when("jtj.clerk", submission()).refused_by("no_route");
}

TEST(SubmitReport, FollowsTheNewestRouteWhileOldApprovalsKeepTheirs) {
    GivenTask world;
    world.submitted();
    auto shorter = route_in_turn();
    shorter.ver = 2;
    shorter.steps.resize(2);
    world.publish(shorter);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(ReviseReport, GoesThroughTheStepsAgain) {
    auto world = returned();
    const auto digest = digest_of(better_content());
    const ReviseReport command{report_1, better_content()};
    world.when("jtj.clerk", command)
        .gives({ReportRevised{report_1, jtj, 2, digest, better_content()},
                ApprovalResubmitted{approval_1, 2, digest}, filled(2), section_opened(2)});
    world.does("jtj.clerk", command);
    const auto& approval = world.task.approvals.front();
    EXPECT_EQ(approval.state, ApprovalState::running);
    EXPECT_EQ(approval.revision, 2U);
    EXPECT_EQ(approval.revision_digest, digest);
    EXPECT_EQ(world.task.reports.front().state, ReportState::in_approval);
    EXPECT_EQ(approval.ended, 3U) << "fill, section, fill";
    const auto rounds = rounds_of(world.history, 1);
    ASSERT_EQ(rounds.size(), 3U);
    EXPECT_EQ(rounds.back().node, "fill");
    EXPECT_EQ(rounds.back().end, NodeState::approved);
    EXPECT_EQ(rounds.back().person, PersonId("jtj.clerk"));
}

TEST(ReviseReport, PassesUnchangedWithANoteAsTheSameRevision) {
    auto world = returned();
    const ReviseReport command{report_1, content_1(), "checked, as it was"};
    world.when("jtj.clerk", command)
        .gives({ReportRepeated{report_1, jtj, 1, "checked, as it was"},
                ApprovalResubmitted{approval_1, 1, digest_of(content_1())},
                filled(2, "checked, as it was"), section_opened(2)});
    world.does("jtj.clerk", command);
    EXPECT_EQ(world.task.reports.front().newest.no, 1U);
    EXPECT_EQ(world.history.rounds.back().round.opinion, "checked, as it was");
    EXPECT_EQ(world.history.revisions.size(), 1U);
}

TEST(SubmitReport, TakesTheRouteThatTheOfficeHasBoundToTheTask) {
    auto world = signed_in();
    auto own = route_in_turn();
    own.route = RouteId("own");
    own.steps.erase(own.steps.begin() + 1);
    world.publish(own);
    world.task.routes = {{SubjectKind::report, RouteId("own")}};
    world.does("jtj.clerk", submission());
    EXPECT_EQ(world.approval().route, RouteId("own"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world = signed_in();
    world.task.routes = {{SubjectKind::report, RouteId("gone")}};
    world.when("jtj.clerk", submission()).refused_by("no_route");
}

TEST(ReviseReport, UsesUpTheDraft) {
    auto world = returned();
    world.does("jtj.clerk", SaveReport{task_1, {}, better_content()})
        .does("jtj.clerk", ReviseReport{report_1, better_content()});
    EXPECT_TRUE(world.task.drafts.empty());
}

TEST(ReviseReport, IsForStartersHandlersAndTheAuthor) {
    auto world = returned();
    const ReviseReport command{report_1, better_content()};
    for (const auto* actor : {"jtj.section", "jtj.head", "jzy.clerk", "office.head"}) {
        world.when(actor, command).forbidden();
    }
    auto handled = world;
    handled.does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.section")});
    EXPECT_TRUE(handled.when("jtj.section", command).accepted());
    auto proxied = world;
    proxied.proxy("jtj.clerk", "jtj.section");
    const auto outcome = proxied.when("jtj.section", command);
    ASSERT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.result()->on_behalf_of, PersonId("jtj.clerk"));
    world.grant("jtj.clerk", jtj, Post::section).revoke("jtj.clerk", jtj, Post::clerk);
    EXPECT_TRUE(world.when("jtj.clerk", command).accepted()) << "the author, in another post";
}

TEST(ReviseReport, IsRefused) {
    GivenTask world;
    world.submitted();
    const ReviseReport command{report_1, better_content()};
    world.when("jtj.clerk", command).refused_by("report_not_returned");
    world.when("jtj.clerk", ReviseReport{{task_1, 7}, better_content()})
        .refused(Errc::not_found, "report");
    returned().when("jtj.clerk", ReviseReport{report_1, content_1()}).refused_by("unchanged");
    returned()
        .when("jtj.clerk", ReviseReport{report_1, content_1(), std::string(2001, 'x')})
        .field("note");
    auto bad = better_content();
    bad.summary = "";
    returned().when("jtj.clerk", ReviseReport{report_1, bad}).field("summary");
}

TEST(ReviseReport, CannotMoveToAPeriodThatIsAccepted) {
    GivenTask world;
    world.approved_to("end");
    auto october = content_1();
    october.period = "2026-10";
    world.does("jtj.clerk", submission(october))
        .does("jtj.section",
              ReturnSlot{{task_1, 2}, "", "", 1, digest_of(october), "start", {}, "wrong month"});
    world.when("jtj.clerk", ReviseReport{{task_1, 2}, better_content()})
        .refused_by("period_accepted");
}

TEST(ReviseReport, IsRefusedWhenTheNextStepHasNoHolder) {
    auto world = returned();
    world.deactivate("jtj.section").deactivate("jtj.head");
    world.when("jtj.clerk", ReviseReport{report_1, better_content()}).refused_by("no_holder");
}

}  // namespace
}  // namespace duban
