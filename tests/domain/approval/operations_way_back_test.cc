// Operations that go back: returning and how it comes forward again, withdrawing, revoking, taking
// one's own decision back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/course_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/signer_commands.h"
#include "tests/domain/approval/operations.h"
#include "tests/support/given_approval.h"

namespace duban {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

ReturnSlot sent_to(const GivenTask& world, const char* node, const char* to) {
    return on_node(world.send_back(to), node);
}

// One signer's right, whatever the mode: to the node before, to who submitted, or to any node that
// was passed; the others of his round are closed, and it is open for them anew.
void return_of_one() {
    auto asked = in_approval(
        {lead_section(), lead_head(),
         returning(three_heads(NodeMode::all, "all"), {"prev", "start", "any"}, Resume::rerun),
         adopt()});
    asked.does("jtj.section", asked.approve()).does("jtj.head", asked.approve("head"));
    asked.does("jtj.head", asked.approve("all"));
    asked.when("jzy.head", sent_to(asked, "all", "adopt")).refused_by("return_target");
    asked.when("jtj.clerk", sent_to(asked, "all", "start")).forbidden();
    for (const auto& [to, opened] :
         {std::pair{"prev", "head: jtj.head"}, std::pair{"start", "fill: jtj.clerk"},
          std::pair{"#section", "section: jtj.section"}}) {
        auto world = asked;
        world.does("jzy.head", sent_to(world, "all", to));
        EXPECT_EQ(world.waiting(), opened) << to;
        const Round& left = world.history.rounds.back().round;
        EXPECT_EQ(left.node, "all");
        EXPECT_EQ(left.end, NodeState::returned);
        EXPECT_EQ(left.slots[0].state, SlotState::approved) << "one signer's word was enough";
        EXPECT_EQ(left.slots[1].state, SlotState::returned);
        EXPECT_EQ(left.slots[2].state, SlotState::cancelled);
    }
    auto world = asked;
    world.does("jzy.head", sent_to(world, "all", "prev")).does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "all: jtj.head jzy.head rsj.head");
    EXPECT_EQ(world.node("all").round, 2U);
}

GivenTask returned_from_the_office(Resume then) {
    auto world = in_approval({lead_section(), lead_head(), returning(adopt(), {"start"}, then)});
    return world.does("jtj.section", world.approve())
        .does("jtj.head", world.approve())
        .does("office.head", world.send_back());
}

// Submitted again, it goes through every node between once more.
void rerun_step_by_step() {
    auto world = returned_from_the_office(Resume::rerun);
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    world.does("jtj.clerk", revised_words());
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    for (const char* node : {"section", "head", "adopt"}) {
        EXPECT_EQ(world.node(node).round, 2U) << node;
    }
}

// Submitted again, it comes straight to who returned it; what was decided between stands, and who
// decided it is shown what changed.
void jump_back() {
    auto world = returned_from_the_office(Resume::jump);
    world.does("jtj.clerk", revised_words());
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("adopt").round, 2U);
    for (const char* node : {"section", "head"}) {
        EXPECT_EQ(world.node(node).round, 1U) << node;
        EXPECT_EQ(world.state(node), NodeState::approved) << node;
    }
    ASSERT_THAT(copied_to(world), ElementsAre("jtj.section", "jtj.head"));
    EXPECT_EQ(world.approval().copies[0].diff, (RevisionRange{1, 2}));
    auto material = returned_from_the_office(Resume::jump);
    material.does("jtj.clerk", revised_summary());
    EXPECT_EQ(material.waiting(), "section: jtj.section") << "nobody has agreed to that";
    EXPECT_THAT(copied_to(material), IsEmpty());
}

// Who started it takes the whole of it back, and may submit it again.
void withdraw() {
    const WithdrawApproval back{approval_1, "口径有误"};
    auto world = in_approval({lead_section(), three_heads(NodeMode::all), adopt()});
    world.does("jtj.section", world.approve()).does("jzy.head", world.approve());
    world.when("jzy.head", back).forbidden();
    world.when("jtj.section", back).forbidden();
    world.does("jtj.clerk", back);
    EXPECT_EQ(world.approval().state, ApprovalState::withdrawn);
    EXPECT_EQ(world.task.reports[0].state, ReportState::withdrawn);
    EXPECT_EQ(world.waiting(), "");
    EXPECT_THAT(closed_rounds(world), Contains("heads 1 cancelled"));
    EXPECT_EQ(slot_states(world, "heads"), "cancelled approved cancelled") << "opinions stay";
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    EXPECT_EQ(world.task.approvals.size(), 2U);
}

// A state of its own for what had passed, and its effects are undone.
void revoke_after_pass() {
    auto route = route_of({adopt()});
    route.revoke_after_pass = {at("zone", Post::leader)};
    const RevokeApproval revoke{approval_1, "数据有误"};
    auto world = in_approval(route);
    world.when("zone.leader", revoke).refused_by("not_passed");
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.accepted->size(), 1U);
    world.when("office.head", revoke).forbidden();
    world.when("jtj.clerk", WithdrawApproval{approval_1, ""}).refused_by("approval_not_running");
    world.does("zone.leader", revoke);
    EXPECT_EQ(world.approval().state, ApprovalState::revoked);
    EXPECT_TRUE(world.task.accepted->empty());
    EXPECT_THAT(closed_rounds(world), Contains("adopt 1 approved")) << "what was decided stays";
}

// The last to decide takes his own decision back, until who follows has acted.
void reclaim() {
    auto route = route_of({lead_section(), offers_all(lead_head()), adopt()});
    route.reclaim = true;
    const ReclaimSlot back{approval_1, "section", ""};
    auto world = in_approval(route);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    auto late = world;
    late.does("jtj.head", late.approve());
    late.when("jtj.section", back).refused_by("too_late");
    auto lent = world;
    lent.does("jtj.head", DelegateSlot{approval_1, "head", "", PersonId("jtj.clerk"), "请核实"});
    lent.when("jtj.section", back).refused_by("too_late");
    world.when("jtj.head", back).forbidden();
    world.does("jtj.section", back);
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    EXPECT_EQ(world.state("head"), NodeState::cancelled);
    ASSERT_EQ(world.node("section").slots[0].taken_back.size(), 1U);
    EXPECT_EQ(world.node("section").slots[0].taken_back[0].by, PersonId("jtj.section"));
    EXPECT_THAT(closed_rounds(world), Contains("section 1 approved"));
    world.does("jtj.section", world.reject());
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
}

constexpr TableRow ways_back[] = {
    {"Return", "退回上一步, 发起人, 任意已办节点", return_of_one},
    {"RerunStepByStep", "重新提交后逐级重走", rerun_step_by_step},
    {"JumpBack", "重新提交后直达退回人", jump_back},
    {"Withdraw", "撤销, 撤回", withdraw},
    {"RevokeAfterPass", "通过后撤销", revoke_after_pass},
    {"Reclaim", "拿回, 取回", reclaim},
};

INSTANTIATE_TEST_SUITE_P(OfTheWayBack, Operation, testing::ValuesIn(ways_back), name_of_row);

}  // namespace
}  // namespace duban
