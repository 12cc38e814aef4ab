// What approvals ask of one person goes to another, in one act.
#include "domain/approval/hand_over_command.h"

#include <gtest/gtest.h>

#include "domain/approval/course_commands.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/signer_events.h"
#include "domain/directory/access.h"
#include "domain/directory/directory_events.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

constexpr const char* hander = "admin.security";
constexpr const char* why = "离岗";

// The section chief's work is handed over to whoever is named.
HandOver to(const char* person, const char* from = "jtj.section") {
    return {PersonId(from), PersonId(person), why};
}

GivenTask with(std::vector<RouteNode> nodes) {
    GivenTask world;
    world.fold(Event(PersonPut{PersonId(hander), "安全管理员", true}), system_actor);
    world.grant(hander, UnitCode(admin_unit), Post::security_admin);
    world.fold(Event(PersonPut{PersonId("jtj.dept"), "科员", true}), system_actor);
    world.grant("jtj.dept", jtj, Post::deputy);
    world.publish(route_of(std::move(nodes))).submitted();
    return world;
}

GivenTask at_head() {
    return with({offers_all(asks("head", {at("lead", Post::head)})), adopt()});
}

TransferSlot transfer(const char* to_whom, const char* slot = "") {
    return {approval_1, "head", slot, PersonId(to_whom), ""};
}
DelegateSlot delegate(const char* to_whom) {
    return {approval_1, "head", "", PersonId(to_whom), "请核实"};
}
ResolveSlot resolve(const GivenTask& world, const char* slot = "") {
    const auto& approval = world.approval();
    return {approval_1, "head", slot, approval.revision, approval.revision_digest, "属实"};
}
AddSigners add(SignerPos pos, const char* person, const char* slot = "") {
    return {approval_1, "head", slot, pos, {PersonId(person)}, NodeMode::all};
}

PersonHandedOver handed(const HandOver& command, std::vector<MovedSlot> moved,
                        std::vector<LeftSlot> left = {}) {
    return {command.from, command.to, why, std::move(moved), std::move(left)};
}

Selector person_named(const char* person) {
    Selector selector;
    selector.user = PersonId(person);
    return selector;
}

TEST(HandOver, GivesThePersonsSlotToTheOther) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section"));
    world.when(hander, to("jtj.dept"))
        .gives({handed(to("jtj.dept"), {{approval_1, "head", "3"}}),
                SlotTransferred{approval_1, "head", 1, "2", "3", PersonId("jtj.dept"), jtj, true,
                                why}});
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
    const auto& slots = world.node("head").slots;
    EXPECT_EQ(slots[1].state, SlotState::transferred);
    EXPECT_EQ(slots[1].by, PersonId(hander));
    EXPECT_EQ(slots[1].opinion, why);
    EXPECT_TRUE(slots[2].reassigned);
    world.when("jtj.section", world.approve("head")).forbidden();
    world.does("jtj.dept", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(HandOver, LeavesSeatsToTheirPosts) {
    auto world = at_head();
    world.when(hander, to("jtj.dept", "jtj.head")).gives({handed(to("jtj.dept", "jtj.head"), {})});
}

TEST(HandOver, GivesWhatThePersonHasClaimed) {
    auto world =
        with({offers_all(asks("head", {at("lead", Post::section)}, NodeMode::claim)), adopt()});
    world.grant("jtj.head", jtj, Post::section);
    world.when(hander, to("jtj.dept")).gives({handed(to("jtj.dept"), {})});
    world.does("jtj.section", ClaimSlot{approval_1, "head", ""});
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
    world.when("jtj.head", world.approve("head")).forbidden();
    world.does("jtj.dept", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(HandOver, LeavesAClaimThatFellBackToTheSeat) {
    auto world =
        with({offers_all(asks("head", {at("lead", Post::section)}, NodeMode::claim)), adopt()});
    world.does("jtj.section", ClaimSlot{approval_1, "head", ""});
    world.revoke("jtj.section", jtj, Post::section).grant("jtj.section", jtj, Post::clerk);
    world.when(hander, to("jtj.dept")).gives({handed(to("jtj.dept"), {})});
}

TEST(HandOver, PutsTheOtherInTheDelegatesPlace) {
    auto world = at_head();
    world.does("jtj.head", delegate("jtj.section"));
    world.when(hander, to("jtj.dept"))
        .gives({handed(to("jtj.dept"), {{approval_1, "head", "1"}}),
                SlotDelegated{approval_1, "head", 1, "1", PersonId("jtj.dept"), why,
                              PersonId("jtj.section")}});
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
    const auto& chain = world.node("head").slots[0].delegation;
    ASSERT_EQ(chain.size(), 2U);
    EXPECT_EQ(chain[1].from, PersonId("jtj.section"));
    world.when("jtj.section", resolve(world)).forbidden();
    world.does("jtj.dept", resolve(world));
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "it comes back to who asked first";
}

TEST(HandOver, GivesWhatTheFirstDelegatorWaitsFor) {
    auto world = at_head();
    world.does("jtj.head", delegate("jtj.section"));
    world.does(hander, to("jtj.dept", "jtj.head"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
    world.when("jtj.section", resolve(world)).forbidden();
    world.when("jtj.head", world.approve("head")).forbidden();
    world.does("jtj.dept", world.approve("head"));
}

TEST(HandOver, TakesADelegationWithoutItsDelegateAsTakenBack) {
    auto world = at_head();
    world.does("jtj.head", delegate("jtj.section"));
    world.deactivate("jtj.section");
    world.when(hander, to("jtj.dept")).gives({handed(to("jtj.dept"), {})});
    world.does(hander, to("jtj.dept", "jtj.head"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept") << "it was bound to who had lent it";
}

TEST(HandOver, KeepsWhatWaitsForSignersAheadWaiting) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section"));
    world.does("jtj.section", add(SignerPos::before, "jtj.clerk"));
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.clerk");
    world.does("jtj.clerk", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
}

TEST(HandOver, LeavesWhatThePersonApprovedAndWaitsForSignersBehind) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section"));
    world.does("jtj.section", add(SignerPos::after, "jtj.clerk"));
    world.does("jtj.section", world.approve("head"));
    world.when(hander, to("jtj.dept")).gives({handed(to("jtj.dept"), {})});
    world.does("jtj.clerk", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(HandOver, GivesASignersTurnThatIsYetToCome) {
    auto world = at_head();
    world.does("jtj.head", add(SignerPos::after, "jtj.section"));
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    world.does("jtj.head", world.approve("head"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
}

TEST(HandOver, GoesOnOverHolds) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section"));
    world.does("office.head", HoldApproval{approval_1, "", "", "等待批复"});
    world.does("office.head", HoldTask{task_1, "等待批复"});
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.node("head").slots[2].person, PersonId("jtj.dept"));
    EXPECT_EQ(world.approval().state, ApprovalState::held);
}

TEST(HandOver, ListsWhatTheOtherMayNotTake) {
    auto node = offers_all(asks("head", {at("lead", Post::head)}));
    node.self = OnSelf::superior;
    auto world = with({node, adopt()});
    world.does("jtj.head", transfer("jtj.section"));
    const auto leaves = [&](const char* person, const char* reason) {
        world.when(hander, to(person))
            .gives({handed(to(person), {}, {{approval_1, "head", "2", reason}})});
    };
    leaves("jtj.clerk", "own_report");
    leaves("jzy.head", "other_unit");
    leaves("rsj.head", "no_sight");
    leaves(hander, "no_sight");
    world.does("jtj.section", add(SignerPos::before, "jtj.dept"));
    leaves("jtj.dept", "already_signer");
    EXPECT_EQ(world.waiting(), "head: jtj.dept");
}

TEST(HandOver, GivesOneSlotOfANodeToTheOther) {
    auto world =
        with({offers_all(asks("head", {at("lead", Post::section), person_named("jtj.section")},
                              NodeMode::all)),
              adopt()});
    auto ask = delegate("jtj.dept");
    ask.slot = "1";
    world.does("jtj.section", ask);
    world.does("jtj.dept", resolve(world, "1"));
    world.when(hander, to("jtj.clerk"))
        .gives({handed(to("jtj.clerk"), {{approval_1, "head", "3"}},
                       {{approval_1, "head", "2", "already_signer"}}),
                SlotTransferred{approval_1, "head", 1, "1", "3", PersonId("jtj.clerk"), jtj, true,
                                why}});
}

TEST(HandOver, LeavesProxiesAsTheyAre) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section")).proxy("jtj.section", "jtj.clerk");
    const auto proxies = world.directory.proxies;
    world.when(hander, to("jtj.dept", "jtj.clerk"))
        .gives({handed(to("jtj.dept", "jtj.clerk"), {})});
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.directory.proxies, proxies);
    auto as_proxy = world.approve("head");
    as_proxy.slot = "3";
    world.when("jtj.clerk", as_proxy).forbidden();
}

TEST(HandOver, IsForTheSecurityAdministratorAndWhoHeadsAllOfThePersonsUnits) {
    auto world = at_head();
    world.does("jtj.head", transfer("jtj.section"));
    for (const char* actor :
         {"jtj.section", "jtj.clerk", "jzy.head", "office.head", "zone.leader", "admin.system"}) {
        world.when(actor, to("jtj.dept")).forbidden();
    }
    world.proxy("jtj.head", "jtj.clerk").when("jtj.clerk", to("jtj.dept")).forbidden();
    EXPECT_TRUE(world.when("jtj.head", to("jtj.dept")).accepted());
    world.grant("jtj.section", jzy, Post::clerk);
    world.when("jtj.head", to("jtj.dept")).forbidden();
    world.grant("jtj.head", jzy, Post::head);
    EXPECT_TRUE(world.when("jtj.head", to("jtj.dept")).accepted());
    world.revoke("jtj.section", jtj, Post::section).revoke("jtj.section", jzy, Post::clerk);
    world.when("jtj.head", to("jtj.dept")).forbidden();
    world.does(hander, to("jtj.dept"));
    EXPECT_EQ(world.waiting(), "head: jtj.dept") << "who has left the unit can be relieved";
}

TEST(HandOver, IsToldToThoseWhoSeeEveryTask) {
    const auto world = at_head();
    const Event event(handed(to("jtj.dept"), {{approval_1, "head", "3"}}));
    const auto sees = [&](const char* person) {
        const auto access = access_of(world.directory, PersonId(person), world.today());
        return may_see_event(access, event, std::vector<UnitCode>{});
    };
    EXPECT_TRUE(sees("office.clerk"));
    EXPECT_TRUE(sees("zone.leader"));
    EXPECT_FALSE(sees("jtj.head"));
    EXPECT_FALSE(sees("admin.system"));
}

TEST(HandOver, NamesWhatIsWrong) {
    auto world = at_head();
    world.deactivate("jtj.clerk");
    world.when(hander, to("jtj.dept", "nobody")).refused(Errc::not_found, "from");
    world.when(hander, to("nobody")).field("to");
    world.when(hander, to("jtj.clerk")).field("to");
    world.when(hander, to("jtj.section")).field("to");
    auto silent = to("jtj.dept");
    silent.opinion = " ";
    world.when(hander, silent).field("opinion");
}

TEST(HandOver, IsBoundedInTasks) {
    auto world = at_head();
    auto facts = world.facts(hander);
    std::size_t asked = 0;
    facts.desk = [&](const PersonId& person, std::size_t tasks_max) {
        EXPECT_EQ(person, PersonId("jtj.section"));
        asked = tasks_max;
        return Result<std::vector<TaskState>>(std::vector<TaskState>(tasks_max + 1, world.task));
    };
    const auto decided = decide(Command(to("jtj.dept")), facts);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().rule, "too_many_tasks");
    EXPECT_EQ(asked, handed_tasks_max);
}

}  // namespace
}  // namespace duban
