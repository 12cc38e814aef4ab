// Operations that bring other hands to a slot: given on, lent, stood in for, signed by more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/sight.h"
#include "domain/approval/signer_commands.h"
#include "domain/directory/access.h"
#include "domain/directory/directory_events.h"
#include "tests/domain/approval/operations.h"
#include "tests/support/given_approval.h"

namespace duban {
namespace {

// The lead's head is asked, with every act; then the office.
GivenTask head_with_all_acts() {
    return in_approval({offers_all(lead_head()), adopt()});
}

AddSigners signers(SignerPos pos, std::vector<PersonId> who, NodeMode mode = NodeMode::all) {
    return {approval_1, "head", "", pos, std::move(who), mode};
}

// Another takes the slot for good: his word moves it on, and it never comes back to who gave it.
void transfer() {
    auto world =
        in_approval({offers_all(lead_head()), returning(adopt(), {"head", "start"}, Resume::jump)});
    world.does("jtj.head", TransferSlot{approval_1, "head", "", PersonId("jtj.section"), "出差"});
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    EXPECT_EQ(slot_states(world, "head"), "transferred open");
    world.when("jtj.head", world.approve("head")).forbidden();
    world.does("jtj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("head").slots[0].by, PersonId("jtj.head"));
    EXPECT_EQ(world.node("head").slots[1].by, PersonId("jtj.section"));
    EXPECT_TRUE(world.node("head").slots[1].on_behalf_of.empty()) << "in his own right";
}

// Another gives his opinion, whoever he asks in turn, and it is the first one's to decide again.
void delegate() {
    auto world = head_with_all_acts();
    world.grant("jtj.clerk", jtj, Post::deputy);
    const auto lend = [](const char* to) {
        return DelegateSlot{approval_1, "head", "", PersonId(to), "请核实"};
    };
    const auto answer = [&](const char* opinion) {
        const auto& approval = world.approval();
        return ResolveSlot{approval_1, "head", "", approval.revision, approval.revision_digest,
                           opinion};
    };
    world.does("jtj.head", lend("jtj.section"));
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    world.when("jtj.section", world.approve("head")).refused_by("delegated");
    world.when("jtj.head", world.approve("head")).refused_by("delegated");
    world.does("jtj.section", lend("jtj.clerk"));
    EXPECT_EQ(world.waiting(), "head: jtj.clerk");
    world.when("jtj.section", answer("属实")).forbidden();
    world.does("jtj.clerk", answer("数据属实"));
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "to the first and not to the one before";
    ASSERT_EQ(world.node("head").slots[0].delegation.size(), 2U);
    EXPECT_EQ(world.node("head").slots[0].delegation[1].opinion, "数据属实");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("head").slots[0].by, PersonId("jtj.head"));
}

// For a time another may act for him; both see it, and the record shows who acted for whom.
void proxy() {
    GivenTask world;
    world.publish(route_of({adopt()})).submitted();
    const auto sees = [](const GivenTask& one, const char* person) {
        const Access access = access_of(one.directory, PersonId(person), one.today());
        return sight_of(one.task, access).sees_approval(1);
    };
    const auto deputised = [&](const char* from, const char* to) {
        auto made = world;
        const Proxy period{PersonId("office.head"), PersonId("rsj.head"), date(from), date(to)};
        made.fold(Event(ProxySet{period}), system_actor);
        return made;
    };
    for (const GivenTask& without : {world, deputised("2026-07-01", "2026-08-31")}) {
        EXPECT_FALSE(sees(without, "rsj.head"));
        without.when("rsj.head", without.approve("adopt")).refused(Errc::not_found);
    }
    auto stood_in = deputised("2026-09-01", "2026-09-30");
    auto himself = stood_in;
    EXPECT_TRUE(sees(stood_in, "rsj.head"));
    EXPECT_TRUE(sees(stood_in, "office.head"));
    stood_in.does("rsj.head", stood_in.approve("adopt"));
    EXPECT_EQ(stood_in.approval().state, ApprovalState::passed);
    EXPECT_EQ(stood_in.node("adopt").slots[0].by, PersonId("rsj.head"));
    EXPECT_EQ(stood_in.node("adopt").slots[0].on_behalf_of, PersonId("office.head"));
    himself.does("office.head", himself.approve("adopt"));
    EXPECT_EQ(himself.node("adopt").slots[0].by, PersonId("office.head"));
    EXPECT_TRUE(himself.node("adopt").slots[0].on_behalf_of.empty());
}

// Those who were added sign first; then it is the adder's again.
void add_before() {
    auto world = head_with_all_acts();
    world.does("jtj.head",
               signers(SignerPos::before, {PersonId("jtj.section"), PersonId("jzy.head")}));
    EXPECT_EQ(world.waiting(), "head: jtj.section jzy.head");
    world.when("jtj.head", world.approve("head")).refused_by("waits_for_added");
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.section");
    world.does("jtj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// Those who were added are asked at once with the others, and the node needs them too.
void add_with() {
    auto world = head_with_all_acts();
    world.does("jtj.head", signers(SignerPos::with, {PersonId("jzy.head")}));
    EXPECT_EQ(world.waiting(), "head: jtj.head jzy.head");
    auto other_way = world;
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    world.does("jzy.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    other_way.does("jzy.head", other_way.approve("head"));
    EXPECT_EQ(other_way.waiting(), "head: jtj.head");
}

// The adder's approval is held back until those who were added approve, as any, all or in turn.
void add_after() {
    const std::vector<PersonId> two = {PersonId("jtj.section"), PersonId("jzy.head")};
    for (const auto& [mode, asked, left] :
         {std::tuple{NodeMode::any, "head: jtj.section jzy.head", "adopt: office.head"},
          std::tuple{NodeMode::all, "head: jtj.section jzy.head", "head: jzy.head"},
          std::tuple{NodeMode::seq, "head: jtj.section", "head: jzy.head"}}) {
        auto world = head_with_all_acts();
        world.does("jtj.head", signers(SignerPos::after, two, mode));
        EXPECT_EQ(world.waiting(), "head: jtj.head") << "not before he has approved";
        world.does("jtj.head", world.approve("head"));
        EXPECT_EQ(slot_state(world, "head", "1"), SlotState::passing);
        EXPECT_EQ(world.waiting(), asked);
        world.does("jtj.section", world.approve("head"));
        EXPECT_EQ(world.waiting(), left);
        if (mode == NodeMode::any) continue;
        world.does("jzy.head", world.approve("head"));
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
}

// Who was added is taken out again by who added him, until he acts; nobody else is.
void drop_signer() {
    const auto drop = [](const char* slot) { return DropSigner{approval_1, "head", slot}; };
    auto world = head_with_all_acts();
    world.does("jtj.head",
               signers(SignerPos::before, {PersonId("jtj.section"), PersonId("jzy.head")}));
    world.when("jtj.head", drop("1")).refused_by("not_added");
    world.when("jzy.head", drop("1.1")).refused_by("not_added");
    world.does("jtj.section", world.approve("head"));
    world.when("jtj.head", drop("1.1")).refused_by("already_decided");
    world.does("jtj.head", drop("1.2"));
    EXPECT_EQ(slot_state(world, "head", "1.2"), SlotState::dropped);
    world.when("jzy.head", world.approve("head")).forbidden();
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

constexpr TableRow other_hands[] = {
    {"Transfer", "转办, 转交", transfer},
    {"Delegate", "委派", delegate},
    {"Proxy", "代理", proxy},
    {"AddBefore", "前加签", add_before},
    {"AddWith", "并加签", add_with},
    {"AddAfter", "后加签", add_after},
    {"DropSigner", "减签", drop_signer},
};

INSTANTIATE_TEST_SUITE_P(OfOtherHands, Operation, testing::ValuesIn(other_hands), name_of_row);

}  // namespace
}  // namespace duban
