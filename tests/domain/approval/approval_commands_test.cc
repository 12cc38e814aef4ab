// Deciding on reports: approving, rejecting, returning, and who comes too late.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Digest digest_1 = digest_of(content_1());
const std::vector<Seat> fill_seats{{jtj, Post::clerk}};
const std::vector<Seat> section_seats{{jtj, Post::section}};
const std::vector<Seat> head_seats{{jtj, Post::head}};
const std::vector<Seat> check_seats{{office, Post::clerk}};
const std::vector<Seat> adopt_seats{{office, Post::head}};

GivenTask at(const std::string& node) {
    GivenTask world;
    world.approved_to(node);
    return world;
}

SlotApproved approved(const char* node, std::uint32_t round = 1) {
    return {approval_1, node, round, "1", 1, digest_1, ""};
}

SlotRejected refused(const char* node) {
    return {approval_1, node, 1, "1", 1, digest_1, "not good enough"};
}

SlotReturned returned(const char* node, const char* to) {
    return {approval_1,       node,  1, "1",      to,        Resume::rerun,
            Branches::cancel, false, 1, digest_1, "say more"};
}

RoundOpened opened(const char* node, std::uint32_t round, const std::vector<Seat>& who,
                   const char* except = "") {
    RoundOpened event;
    event.approval = approval_1;
    event.node = node;
    event.round = round;
    event.except = PersonId(except);
    for (const Seat& seat : who) {
        Slot slot;
        slot.slot = std::to_string(event.slots.size() + 1);
        slot.seat = seat;
        slot.state = SlotState::open;
        event.slots.push_back(std::move(slot));
    }
    return event;
}

RoundOpened fill_opened(std::uint32_t round, const std::vector<Seat>& who) {
    auto event = opened("fill", round, who);
    event.fill = true;
    return event;
}

RoundEnded ended(const char* node, NodeState end, std::uint32_t round = 1) {
    return {approval_1, node, round, false, end, "1", "", ""};
}

NodesReset reset(std::vector<std::string> nodes) {
    return {approval_1, std::move(nodes), {}};
}

std::vector<Seat> seats_of(const ApprovalNode& node) {
    std::vector<Seat> seats;
    for (const Slot& slot : node.slots) seats.push_back(slot.seat.value_or(Seat{}));
    return seats;
}

ReviseReport revision() {
    auto content = content_1();
    content.summary = "more is said";
    return {report_1, content, {}, {}};
}

TEST(ApproveSlot, OpensTheNextStep) {
    at("section")
        .when("jtj.section", at("section").approve())
        .gives({approved("section"), ended("section", NodeState::approved),
                opened("head", 1, head_seats)});
    const auto world = at("head");
    world.when("jtj.head", world.approve())
        .gives({approved("head"), ended("head", NodeState::approved),
                opened("check", 1, check_seats)});
}

TEST(ApproveSlot, IsTheLeadersWhereTheOfficeWouldJudgeItsOwnWork) {
    auto mandate = mandate_1();
    mandate.co = {office};
    GivenTask world;
    world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("zone.leader", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1(), {}});
    world.does("jtj.section", world.approve());
    world.does("jtj.head", world.approve());
    const std::vector<Seat> leader{{zone, Post::leader}};
    EXPECT_EQ(seats_of(world.node("check")), leader);
    world.when("office.clerk", world.approve("check")).forbidden();
    world.does("zone.leader", world.approve("check"));
    world.when("office.head", world.approve("adopt")).forbidden();
    world.does("zone.leader", world.approve("adopt"));
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::passed);
}

TEST(ApproveSlot, IsStillOfTheUnitsOwnPostsWhenTheOfficeLeads) {
    auto mandate = mandate_1();
    mandate.lead = office;
    GivenTask world;
    world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("zone.leader", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}})
        .does("office.clerk", SignAssignment{task_1, office})
        .does("office.clerk", SubmitReport{task_1, office, content_1(), {}});
    world.does("office.head", world.approve("head"));
    EXPECT_EQ(seats_of(world.node("check")), (std::vector<Seat>{{zone, Post::leader}}));
}

TEST(ApproveSlot, EndsTheApprovalAfterTheLastStep) {
    auto world = at("adopt");
    const CellEntry cell{"once", 1, content_1().values[0], "2026-09"};
    world.when("office.head", world.approve())
        .gives({approved("adopt"), ended("adopt", NodeState::approved),
                ApprovalClosed{approval_1, ApprovalResult::passed},
                ReportAccepted{report_1, 1, digest_1, {cell}}});
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::passed);
    EXPECT_EQ(world.waiting(), "");
    EXPECT_EQ(world.task.reports.front().state, ReportState::accepted);
    EXPECT_EQ(*world.task.accepted, std::vector<CellEntry>{cell});
    EXPECT_TRUE(pending_entries(world.task).empty());
}

TEST(ApproveSlot, CountsValuesAsPendingUntilThen) {
    const auto world = at("adopt");
    EXPECT_EQ(pending_entries(world.task),
              (std::vector<CellEntry>{{"once", 1, content_1().values[0], "2026-09"}}));
    EXPECT_TRUE(world.task.accepted->empty());
}

TEST(ApproveSlot, MayAcceptNothingWhenTheRouteSaysSo) {
    GivenTask world;
    auto route = route_in_turn();
    route.ver = 2;
    route.on.pass.clear();
    route.steps.resize(2);
    world.publish(route).submitted();
    world.when("jtj.section", world.approve())
        .gives({approved("section"), ended("section", NodeState::approved),
                ApprovalClosed{approval_1, ApprovalResult::passed}});
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.task.reports.front().state, ReportState::accepted);
    EXPECT_TRUE(world.task.accepted->empty());
}

TEST(ApproveSlot, IsForTheHoldersOfTheOpenStep) {
    const auto world = at("section");
    for (const auto* actor :
         {"jtj.clerk", "jtj.head", "jzy.section", "office.clerk", "office.head", "zone.leader"}) {
        world.when(actor, world.approve()).forbidden();
    }
    EXPECT_THAT(world.when("jtj.head", world.approve()).detail(), HasSubstr("section of jtj"));
    const auto late = at("adopt");
    late.when("office.clerk", late.approve("adopt")).forbidden();
    late.when("office.clerk", late.approve()).refused_by("already_decided");
}

TEST(ApproveSlot, MayBeDoneByAnyHolder) {
    auto world = at("section");
    world.grant("jtj.head", jtj, Post::section);
    EXPECT_TRUE(world.when("jtj.head", world.approve()).accepted());
    EXPECT_TRUE(world.when("jtj.section", world.approve()).accepted());
}

TEST(ApproveSlot, MayBeDoneByAProxyAndSaysForWhom) {
    auto world = at("section");
    world.proxy("jtj.section", "rsj.head");
    world.when("rsj.head", world.approve())
        .gives_for("jtj.section", {approved("section"), ended("section", NodeState::approved),
                                   opened("head", 1, head_seats)});
    world.does("rsj.head", world.approve());
    const Round& round = world.history.rounds.back().round;
    EXPECT_EQ(round.node, "section");
    EXPECT_EQ(round.person, PersonId("rsj.head"));
    EXPECT_EQ(round.on_behalf_of, PersonId("jtj.section"));
}

TEST(ApproveSlot, IsNotForTheAuthorUnlessTheNodeAllowsIt) {
    auto world = at("section");
    world.grant("jtj.clerk", jtj, Post::section).grant("jtj.clerk", jtj, Post::head);
    world.when("jtj.clerk", world.approve()).forbidden();
    world.does("jtj.section", world.approve());
    EXPECT_TRUE(world.when("jtj.clerk", world.approve()).accepted()) << "head: self allow";
}

TEST(ApproveSlot, IsNotForTheAuthorThroughAProxyEither) {
    auto world = at("section");
    world.proxy("jtj.section", "jtj.clerk");
    world.when("jtj.clerk", world.approve()).forbidden();
    auto lent = at("section");
    lent.grant("jtj.clerk", jtj, Post::section)
        .revoke("jtj.section", jtj, Post::section)
        .proxy("jtj.clerk", "jtj.section");
    lent.when("jtj.section", lent.approve()).forbidden();
}

TEST(ApproveSlot, IsNotForAProxyWhoWroteTheReportWhateverTheNodeAllows) {
    auto world = at("head");
    world.proxy("jtj.head", "jtj.clerk");
    world.when("jtj.clerk", world.approve()).forbidden();
    world.proxy("jtj.head", "jtj.section");
    EXPECT_TRUE(world.when("jtj.section", world.approve()).accepted());
}

TEST(ApproveSlot, IsNotForAProxyWhoseOwnUnitHasAPart) {
    for (const char* deputy : {"jtj.head", "jzy.head"}) {
        auto world = at("adopt");
        world.proxy("office.head", deputy);
        world.when(deputy, world.approve("adopt")).forbidden();
        world.when(deputy, world.reject("adopt")).forbidden();
        auto back = world.send_back();
        back.node = "adopt";
        world.when(deputy, back).forbidden();
    }
    auto world = at("adopt");
    world.proxy("office.head", "rsj.head");
    EXPECT_TRUE(world.when("rsj.head", world.approve()).accepted());
}

TEST(ApproveSlot, IsRefusedWhenTheNextStepHasNoHolder) {
    auto world = at("head");
    world.deactivate("office.clerk");
    const auto outcome = world.when("jtj.head", world.approve());
    outcome.refused_by("no_holder");
    EXPECT_THAT(outcome.detail(), AllOf(HasSubstr("check"), HasSubstr("clerk of office")));
    world.grant("rsj.clerk", office, Post::clerk);
    EXPECT_TRUE(world.when("jtj.head", world.approve()).accepted());
}

TEST(ApproveSlot, NamesTheRevisionThatWasRead) {
    const auto world = at("section");
    auto command = world.approve();
    command.revision = 2;
    world.when("jtj.section", command).refused_by("wrong_revision");
    command = world.approve();
    command.revision_digest = Digest("sha256:other");
    const auto outcome = world.when("jtj.section", command);
    outcome.refused_by("wrong_revision");
    EXPECT_THAT(outcome.detail(), AllOf(HasSubstr("revision 1"), HasSubstr(digest_1.value)));
}

TEST(ApproveSlot, TellsTheSecondWhoWasFaster) {
    auto world = at("check");
    world.grant("rsj.clerk", office, Post::clerk);
    const auto command = world.approve("check");
    const auto time = world.now;
    world.does("office.clerk", command);
    const auto outcome = world.when("rsj.clerk", command);
    outcome.refused_by("already_decided");
    EXPECT_THAT(outcome.detail(),
                AllOf(HasSubstr("Already decided by name of office.clerk (office.clerk)"),
                      HasSubstr(to_string(time)), HasSubstr("approved")));
    world.when("jzy.head", command).forbidden();
    world.does("office.head", world.approve());
    world.when("rsj.clerk", command).refused_by("already_decided");
}

TEST(ApproveSlot, RefusesAnEarlierRevisionAfterAReturn) {
    auto world = at("section");
    const auto stale = world.approve("section");
    world.does("jtj.section", world.send_back()).does("jtj.clerk", revision());
    world.when("jtj.section", stale).refused_by("wrong_revision");
    EXPECT_TRUE(world.when("jtj.section", world.approve("section")).accepted());
}

TEST(ApproveSlot, AwaitsItsTurnInANewRound) {
    auto world = at("check");
    world.does("office.clerk", world.send_back()).does("jtj.clerk", revision());
    world.when("jtj.head", world.approve("head")).refused_by("node_not_open");
}

TEST(ApproveSlot, NeedsARunningApproval) {
    auto world = at("section");
    world.does("jtj.section", world.send_back());
    world.when("jtj.section", world.approve()).refused_by("already_decided");
    world.when("jtj.head", world.approve("head")).refused_by("approval_not_running");
    world.when("jtj.clerk", world.approve("fill")).refused_by("approval_not_running");
    auto passed = at("end");
    passed.when("office.head", passed.approve()).refused_by("already_decided");
}

TEST(ApproveSlot, NeedsAnOpenNodeOfTheRoute) {
    const auto world = at("section");
    world.when("office.clerk", world.approve("check")).refused_by("node_not_open");
    world.when("office.clerk", world.approve("nowhere")).field("node");
    auto elsewhere = world.approve();
    elsewhere.approval.no = 9;
    world.when("jtj.section", elsewhere).refused(Errc::not_found, "approval");
}

TEST(ApproveSlot, AsksForAnOpinionWhereTheNodeDoes) {
    GivenTask world;
    auto route = route_in_turn();
    route.ver = 2;
    route.steps[1].opinion.approve = OpinionNeed::must;
    world.publish(route).submitted();
    world.when("jtj.section", world.approve()).field("opinion");
    auto command = world.approve();
    command.opinion = std::string(4001, 'x');
    world.when("jtj.section", command).field("opinion");
    command.opinion = "good";
    EXPECT_TRUE(world.when("jtj.section", command).accepted());
}

TEST(RejectSlot, EndsTheApproval) {
    auto world = at("head");
    world.when("jtj.head", world.reject())
        .gives({refused("head"), ended("head", NodeState::rejected),
                ApprovalClosed{approval_1, ApprovalResult::rejected}, ReportRejected{report_1, 1}});
    world.does("jtj.head", world.reject());
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::rejected);
    EXPECT_EQ(world.history.rounds.back().round.opinion, "not good enough");
    EXPECT_EQ(world.task.reports.front().state, ReportState::rejected);
    EXPECT_TRUE(world.task.accepted->empty());
}

TEST(RejectSlot, IsRefused) {
    auto world = at("head");
    for (const auto* actor : {"jtj.clerk", "jtj.section", "office.head"}) {
        world.when(actor, world.reject("head")).forbidden();
    }
    auto silent = world.reject();
    silent.opinion.clear();
    world.when("jtj.head", silent).field("opinion");
    auto stale = world.reject();
    stale.revision = 9;
    world.when("jtj.head", stale).refused_by("wrong_revision");
    const auto first = at("section");
    first.when("jtj.section", first.reject()).refused_by("act_not_offered");
    world.does("jtj.head", world.reject());
    world.when("jtj.head", world.reject()).refused_by("already_decided");
}

TEST(RejectSlot, MayBeDoneByAProxy) {
    auto world = at("adopt");
    world.proxy("office.head", "zone.leader");
    world.when("zone.leader", world.reject())
        .gives_for("office.head", {refused("adopt"), ended("adopt", NodeState::rejected),
                                   ApprovalClosed{approval_1, ApprovalResult::rejected},
                                   ReportRejected{report_1, 1}});
}

TEST(ReturnSlot, ToTheStartAsksForARevision) {
    auto world = at("check");
    for (const auto* to : {"", "start", "fill", "#fill"}) {
        world.when("office.clerk", world.send_back(to))
            .gives({returned("check", "fill"), ended("check", NodeState::returned),
                    reset({"section", "head", "fill"}), fill_opened(2, fill_seats)});
    }
    world.does("office.clerk", world.send_back());
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    EXPECT_EQ(world.waiting(), "fill: jtj.clerk");
    const Round& round = world.history.rounds.back().round;
    ASSERT_TRUE(round.returned);
    EXPECT_EQ(round.returned->to, "fill");
    EXPECT_EQ(round.opinion, "say more");
    EXPECT_EQ(world.task.reports.front().state, ReportState::returned);
}

TEST(ReturnSlot, RunsThroughEveryStepAgain) {
    auto world = at("check");
    world.does("office.clerk", world.send_back()).does("jtj.clerk", revision());
    world.does("jtj.section", world.approve()).does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "check: office.clerk");
    EXPECT_EQ(world.node("check").round, 2U);
    EXPECT_EQ(world.history.rounds.size(), 7U) << "two of fill, section and head, one of check";
}

TEST(ReturnSlot, ToAnEarlierNodeKeepsTheApprovalRunning) {
    auto world = at("adopt");
    world.when("office.head", world.send_back("head"))
        .gives({returned("adopt", "head"), ended("adopt", NodeState::returned),
                reset({"check", "head"}), opened("head", 2, head_seats)});
    world.does("office.head", world.send_back("head"));
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::running);
    EXPECT_EQ(world.task.reports.front().state, ReportState::in_approval);
    world.when("jtj.head", world.approve())
        .gives({approved("head", 2), ended("head", NodeState::approved, 2),
                opened("check", 2, check_seats)});
    world.does("jtj.head", world.approve()).does("office.clerk", world.approve());
    EXPECT_EQ(world.node("adopt").round, 2U);
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.approvals.front().state, ApprovalState::passed);
}

TEST(ReturnSlot, ToThePreviousNodePassesBySkippedOnes) {
    auto world = at("head");
    world.when("jtj.head", world.send_back("prev"))
        .gives({returned("head", "section"), ended("head", NodeState::returned), reset({"section"}),
                opened("section", 2, section_seats, "jtj.clerk")});
    GivenTask skipping;
    skipping.signed_in().deactivate("jtj.section");
    skipping.does("jtj.clerk", SubmitReport{task_1, {}, content_1(), {}});
    skipping.when("jtj.head", skipping.send_back("prev"))
        .gives({returned("head", "fill"), ended("head", NodeState::returned),
                reset({"section", "fill"}), fill_opened(2, fill_seats)});
}

TEST(ReturnSlot, RefusesTargetsThatTheNodeDoesNotName) {
    const auto section = at("section");
    for (const auto* to : {"prev!", "head", "section", "check", "any", "nowhere"}) {
        section.when("jtj.section", section.send_back(to)).refused_by("return_target");
    }
    const auto head = at("head");
    EXPECT_TRUE(head.when("jtj.head", head.send_back("section")).accepted()) << "it is prev";
    const auto adopt = at("adopt");
    adopt.when("office.head", adopt.send_back("adopt")).refused_by("return_target");
}

TEST(ReturnSlot, RefusesASkippedTarget) {
    GivenTask world;
    world.signed_in().deactivate("jtj.section");
    world.does("jtj.clerk", SubmitReport{task_1, {}, content_1(), {}});
    world.does("jtj.head", world.approve());
    world.when("office.clerk", world.send_back("section")).refused_by("return_target");
}

TEST(ReturnSlot, IsRefused) {
    auto world = at("check");
    for (const auto* actor : {"jtj.head", "office.head", "jzy.head"}) {
        auto back = world.send_back();
        back.node = "check";
        world.when(actor, back).forbidden();
    }
    auto silent = world.send_back();
    silent.opinion.clear();
    world.when("office.clerk", silent).field("opinion");
    auto stale = world.send_back();
    stale.revision_digest = Digest("sha256:other");
    world.when("office.clerk", stale).refused_by("wrong_revision");
    world.does("office.clerk", world.send_back());
    world.when("office.clerk", world.send_back()).refused_by("already_decided");
}

TEST(ReturnSlot, IsRefusedWhereTheNodeOffersNone) {
    GivenTask world;
    auto route = route_in_turn();
    route.ver = 2;
    route.steps[1].acts = {Act::approve};
    world.publish(route).submitted();
    world.when("jtj.section", world.send_back()).refused_by("act_not_offered");
}

TEST(ReturnSlot, IsRefusedWhenTheTargetHasNoHolderLeft) {
    auto world = at("adopt");
    world.deactivate("jtj.head");
    world.when("office.head", world.send_back("head")).refused_by("no_holder");
    EXPECT_TRUE(world.when("office.head", world.send_back("check")).accepted());
}

TEST(ReturnSlot, OpensTheFillStepForTheAuthorsOwnSeatToo) {
    GivenTask world;
    world.signed_in().does("jtj.head", AssignHandler{task_1, {}, PersonId("jtj.section")});
    world.does("jtj.section", SubmitReport{task_1, {}, content_1(), {}});
    world.when("jtj.head", world.send_back("start"))
        .gives({returned("head", "fill"), ended("head", NodeState::returned),
                reset({"section", "fill"}),
                fill_opened(2, {{jtj, Post::clerk}, {jtj, Post::section}})});
}

TEST(ReturnSlot, MayBeDoneByAProxy) {
    auto world = at("check");
    world.proxy("office.clerk", "office.head");
    world.when("office.head", world.send_back())
        .gives_for("office.clerk",
                   {returned("check", "fill"), ended("check", NodeState::returned),
                    reset({"section", "head", "fill"}), fill_opened(2, fill_seats)});
}

}  // namespace
}  // namespace duban
