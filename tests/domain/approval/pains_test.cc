// What people complain about in other approval systems, each as a row: what has to hold here so
// that they need not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "domain/approval/course_commands.h"
#include "domain/approval/signer_commands.h"
#include "domain/closing/closing_content.h"
#include "domain/task/light.h"
#include "tests/support/clock_run.h"
#include "tests/support/given_approval.h"
#include "tests/support/given_closing.h"
#include "tests/support/table_row.h"

namespace duban {

class Pain : public testing::TestWithParam<TableRow> {};

TEST_P(Pain, IsNotThere) {
    GetParam().holds();
}

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int steps_max = 40;

// Everybody who is asked approves, the first first, until nobody is. In how many steps.
int approve_all(GivenTask& world) {
    for (int steps = 0; steps < steps_max; ++steps) {
        const std::string waiting = world.waiting();
        if (waiting.empty()) return steps;
        const auto colon = waiting.find(": ");
        const auto end = waiting.find_first_of(" ;", colon + 2);
        const std::string person = waiting.substr(colon + 2, end - colon - 2);
        world.does(person, world.approve(waiting.substr(0, colon)));
    }
    ADD_FAILURE() << "it comes to no end: " << world.waiting();
    return steps_max;
}

// Every round in which somebody was asked closed once, none is missing, and nothing is open beside
// them.
void expect_whole_history(const GivenTask& world) {
    std::map<std::string, std::set<std::uint32_t>> closed;
    for (const Round& round : rounds_of(world.history, 1)) {
        EXPECT_TRUE(closed[round.node].insert(round.round).second)
            << round.node << " closed its round " << round.round << " twice";
    }
    for (const ApprovalNode& node : world.approval().nodes) {
        if (!node.slots.empty()) {
            EXPECT_EQ(closed[node.node].size(), node.round) << node.node;
        }
        EXPECT_NE(node.state, NodeState::open) << node.node;
    }
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
    EXPECT_TRUE(world.approval().stack.empty());
}

RouteNode to_any(RouteNode node, Resume then, Branches branches) {
    return returning(std::move(node), {"any", "start"}, then, branches);
}

// 1. Whoever returns it, from a branch or from behind the join, and to wherever: nothing vanishes,
// sticks or doubles.
void return_in_parallel() {
    for (const auto then : {Resume::rerun, Resume::jump}) {
        for (const auto branches : {Branches::cancel, Branches::keep}) {
            const auto begun = in_approval(
                {to_any(lead_section(), then, branches),
                 block(
                     "fork", NodeKind::par,
                     {branch({to_any(three_heads(NodeMode::all), then, branches),
                              to_any(asks("leader", {at("zone", Post::leader)}), then, branches)}),
                      branch({each(
                          "units", "all", Dissent::veto,
                          {to_any(asks("op", {at("$u", Post::clerk)}), then, branches),
                           to_any(asks("sign", {at("$u", Post::section)}), then, branches)})})}),
                 to_any(adopt(), then, branches)});
            for (const auto& [by, from, to] : {std::tuple{"rsj.head", "heads", "section"},
                                               std::tuple{"jzy.section", "sign@jzy", "section"},
                                               std::tuple{"jzy.section", "sign@jzy", "op@jzy"},
                                               std::tuple{"zone.leader", "leader", "heads"},
                                               std::tuple{"office.head", "adopt", "op@rsj"},
                                               std::tuple{"office.head", "adopt", "heads"},
                                               std::tuple{"office.head", "adopt", "section"}}) {
                auto world = begun;
                for (int step = 0; step < steps_max && world.state(from) != NodeState::open;
                     ++step) {
                    const std::string waiting = world.waiting();
                    const auto colon = waiting.rfind(": ");
                    const auto node = waiting.rfind("; ", colon);
                    const auto begin = node == std::string::npos ? 0 : node + 2;
                    const auto name = waiting.rfind(' ');
                    world.does(waiting.substr(name + 1),
                               world.approve(waiting.substr(begin, colon - begin)));
                }
                world.does(by, on_node(world.send_back(to), from));
                EXPECT_EQ(world.node(to).state, NodeState::open);
                EXPECT_EQ(world.node(to).round, 2U);
                approve_all(world);
                expect_whole_history(world);
            }
        }
    }
}

// 2. How it comes back after a return is a choice, of the route or of who returns.
void way_back_is_a_choice() {
    const auto asked =
        in_approval({lead_section(), lead_head(), returning(adopt(), {"start"}, Resume::ask)})
            .does("jtj.section",
                  ApproveSlot{approval_1, "section", "", 1, digest_of(content_1()), ""})
            .does("jtj.head", ApproveSlot{approval_1, "head", "", 1, digest_of(content_1()), ""});
    asked.when("office.head", asked.send_back()).field("then");
    for (const auto& [then, waits] : {std::pair{Resume::rerun, "section: jtj.section"},
                                      std::pair{Resume::jump, "adopt: office.head"}}) {
        auto world = asked;
        auto command = world.send_back();
        command.then = then;
        world.does("office.head", command).does("jtj.clerk", revised_words());
        EXPECT_EQ(world.waiting(), waits);
    }
}

// 3. A new round has its own days and its own reminders.
void deadline_after_a_return() {
    auto node = returning(lead_head(), {"start"}, Resume::jump);
    node.due = DueRule{};
    node.due->wd = 3;
    node.due->remind = {-1, 0};
    node.due->over = Over::pass;
    auto world = in_approval({node, adopt()});
    EXPECT_EQ(run_clock(world, "2026-09-02"), 1U) << "a reminder of the first round";
    world.does("jtj.head", world.send_back());
    EXPECT_EQ(run_clock(world, "2026-09-13"), 0U) << "nothing of the round that has ended";
    world.does("jtj.clerk", revised_words());
    const NodeDue due = world.node("head").due.value_or(NodeDue{});
    EXPECT_EQ(due.base, date("2026-09-14"));
    EXPECT_EQ(due.remind.size(), 2U);
    EXPECT_EQ(run_clock(world, "2026-09-15"), 1U);
    EXPECT_EQ(run_clock(world, "2026-09-16"), 1U);
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(run_clock(world, "2026-09-17"), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// 4. Two who sign at the same moment, on the same state: both count, in either order; of two who
// share a seat the second is told whose word it was.
void two_at_once() {
    const auto asked =
        in_approval({three_heads(NodeMode::all), adopt()})
            .does("jtj.head", ApproveSlot{approval_1, "heads", "", 1, digest_of(content_1()), ""});
    for (const auto& [first, second] :
         {std::pair{"jzy.head", "rsj.head"}, std::pair{"rsj.head", "jzy.head"}}) {
        auto world = asked;
        const auto one = world.when(first, world.approve("heads"));
        const auto other = world.when(second, world.approve("heads"));
        ASSERT_TRUE(one.accepted());
        ASSERT_TRUE(other.accepted()) << "neither knows of the other";
        world.fold(*one.result(), first);
        world.does(second, world.approve("heads"));
        EXPECT_EQ(slot_states(world, "heads"), "approved approved approved");
        EXPECT_EQ(world.waiting(), "adopt: office.head");
    }
    auto shared = in_approval({lead_head(), adopt()});
    shared.grant("jtj.section", jtj, Post::head);
    const auto at_the_same_time = shared.approve("head");
    ASSERT_TRUE(shared.when("jtj.section", at_the_same_time).accepted());
    shared.does("jtj.head", at_the_same_time);
    const auto late = shared.when("jtj.section", at_the_same_time);
    late.refused_by("already_decided");
    EXPECT_THAT(late.detail(), HasSubstr("jtj.head"));
}

// 5. Signers who were added refuse, return and stand in a branch like any other.
void added_signers_everywhere() {
    const auto asked =
        in_approval({lead_section(),
                     block("fork", NodeKind::par,
                           {branch({returning(offers_all(lead_head()), {"section", "start"},
                                              Resume::jump, Branches::keep)}),
                            branch({asks("other", {at("#rsj", Post::head)})})}),
                     adopt()})
            .does("jtj.section",
                  ApproveSlot{approval_1, "section", "", 1, digest_of(content_1()), ""})
            .does("jtj.head", AddSigners{approval_1,
                                         "head",
                                         "",
                                         SignerPos::before,
                                         {PersonId("jtj.clerk"), PersonId("jzy.head")},
                                         NodeMode::all});
    auto refused = asked;
    refused.does("jzy.head", refused.reject("head"));
    EXPECT_EQ(refused.approval().state, ApprovalState::rejected);
    EXPECT_EQ(refused.state("other"), NodeState::cancelled);
    auto world = asked;
    world.does("rsj.head", world.approve("other")).does("jtj.clerk", world.approve("head"));
    world.does("jzy.head", on_node(world.send_back("section"), "head"));
    EXPECT_EQ(world.waiting(), "section: jtj.section");
    world.does("jtj.section", world.approve("section"));
    EXPECT_EQ(world.waiting(), "head: jzy.head");
    EXPECT_EQ(slot_states(world, "head"), "waiting kept open");
    EXPECT_EQ(world.node("other").round, 1U) << "the sister branch stands";
    EXPECT_EQ(approve_all(world), 3);
    expect_whole_history(world);
}

// 6. A signature among others is taken back and its words stay on record; copies and comments, also
// after the end, leave the form as it is.
void taken_back_among_others() {
    auto route = route_of({three_heads(NodeMode::all), adopt()});
    route.reclaim = true;
    auto world = in_approval(route);
    auto agreed = world.approve("heads");
    agreed.opinion = "拟同意";
    world.does("jzy.head", agreed);
    world.does("office.clerk", CopyApproval{approval_1, {PersonId("jtj.section")}});
    world.does("jzy.head", ReclaimSlot{approval_1, "heads", ""});
    EXPECT_EQ(world.waiting(), "heads: jtj.head jzy.head rsj.head");
    const auto& taken = world.node("heads").slots[1].taken_back;
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].opinion, "拟同意");
    EXPECT_EQ(taken[0].by, PersonId("jzy.head"));
    EXPECT_THAT(copied_to(world), ElementsAre("jtj.section"));
    approve_all(world);
    expect_whole_history(world);
    const auto form = world.approval().nodes;
    const auto rounds = world.history.rounds;
    EXPECT_EQ(rounds[1].round.slots[1].taken_back, taken);
    world.does("rsj.head", CommentApproval{approval_1, "补充意见", {}});
    EXPECT_EQ(world.approval().nodes, form);
    EXPECT_EQ(world.history.rounds, rounds);
    EXPECT_EQ(world.history.comments.size(), 1U);
}

// 7. Only who holds it now may act, and the record names who did, when, and in whose right.
void who_really_did_it() {
    auto world = in_approval({offers_all(lead_head()), lead_section(), adopt()});
    world.when("office.clerk", world.approve("head")).forbidden();
    auto moved_on = world;
    moved_on.revoke("jtj.head", jtj, Post::head).grant("jtj.section", jtj, Post::head);
    moved_on.when("jtj.head", moved_on.approve("head")).refused(Errc::not_found);
    moved_on.does("jtj.section", moved_on.approve("head"));
    EXPECT_EQ(moved_on.node("head").slots[0].by, PersonId("jtj.section"));
    const auto given = world.now;
    world.does("office.head",
               ReassignSlot{approval_1, "head", "", PersonId("jtj.clerk"), "负责人出差"});
    world.when("jtj.head", world.approve("head")).forbidden();
    const auto decided = world.now;
    world.does("jtj.clerk", world.approve("head"));
    const Round& round = world.history.rounds.back().round;
    ASSERT_EQ(round.slots.size(), 2U);
    EXPECT_EQ(round.slots[0].state, SlotState::transferred);
    EXPECT_EQ(round.slots[0].by, PersonId("office.head"));
    EXPECT_EQ(round.slots[0].at, given);
    EXPECT_EQ(round.slots[0].opinion, "负责人出差");
    EXPECT_TRUE(round.slots[1].reassigned);
    EXPECT_EQ(round.slots[1].by, PersonId("jtj.clerk"));
    EXPECT_EQ(round.slots[1].at, decided);
    EXPECT_EQ(round.person, PersonId("jtj.clerk"));
    world.proxy("jtj.section", "jtj.head");
    world.does("jtj.head", world.approve("section"));
    EXPECT_EQ(world.history.rounds.back().round.person, PersonId("jtj.head"));
    EXPECT_EQ(world.history.rounds.back().round.on_behalf_of, PersonId("jtj.section"));
}

// 8. Nobody is there: it goes to somebody, at the opening and later; two heads are no trouble.
void nobody_left_to_sign() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    world.deactivate("jtj.head");
    world.when("jtj.section", world.approve()).refused_by("no_holder");
    world.grant("jtj.clerk", jtj, Post::head);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.clerk");
    world.revoke("jtj.clerk", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "head: office.head");
    world.grant("rsj.section", jtj, Post::head).grant("jtj.section", jtj, Post::head);
    EXPECT_EQ(world.waiting(), "head: jtj.section rsj.section");
    world.when("office.head", world.approve("head")).forbidden();
    world.does("rsj.section", world.approve("head"));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// 9. Days are working days; what was late stays late once it is done; who decides nothing can still
// ask for something.
void working_days_and_lateness() {
    auto node = lead_head();
    node.due = DueRule{};
    node.due->wd = 3;
    node.due->over = Over::pass;
    auto world = in_approval({lead_section(), node, adopt()});
    world.now = *parse_timestamp("2026-09-30T02:00:00.000Z");
    world.does("jtj.section", world.approve());
    run_clock(world, "2026-10-09");
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "the first week is free, the 10th is worked";
    run_clock(world, "2026-10-10");
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_TRUE(world.when("jtj.clerk", UrgeApproval{approval_1, "请尽快"}).accepted());
    EXPECT_TRUE(world.when("jzy.head", CommentApproval{approval_1, "请退回", {}}).accepted());
    auto closed = closable();
    closed.now = *parse_timestamp("2027-01-12T02:00:00.000Z");
    closed.does("jtj.head", closing_request()).does("office.head", closed.approve());
    ASSERT_EQ(closed.task.stage, TaskStage::done);
    for (const char* today : {"2027-01-12", "2027-06-30"}) {
        const TaskLight light = task_light(closed.task, date(today), default_light_rules());
        EXPECT_EQ(light.light, Light::red) << today;
        EXPECT_EQ(light.days_left, -12) << today;
    }
}

// 10. Filled in once: a return asks for what changed and nothing else, others get the difference,
// and what was accepted counts for the closing without being typed again.
void filled_in_once() {
    auto world = in_approval({lead_section(), returning(adopt(), {"start"}, Resume::jump)});
    world.does("jtj.section", world.approve()).does("office.head", world.send_back());
    world.when("jtj.clerk", ReviseReport{report_1, content_1(), "", {}}).refused_by("unchanged");
    world.does("jtj.clerk", revised_words());
    EXPECT_EQ(world.task.reports.size(), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_THAT(copied_to(world), ElementsAre("jtj.section"));
    EXPECT_EQ(world.approval().copies[0].diff, (RevisionRange{1, 2}));
    world.does("office.head", world.approve());
    EXPECT_EQ(world.task.accepted->size(), 1U);
    world.when("jtj.clerk", SubmitReport{task_1, jtj, content_1()}).refused_by("period_accepted");
    auto gate = adopt();
    gate.when = compare(ConditionOp::ge, "indicators.met_or_explained", "1");
    auto close = world;
    close.publish(closing_route({gate, asks("close", {at("zone", Post::leader)})}));
    close.does("jtj.head", closing_request());
    ASSERT_EQ(close.task.approvals.size(), 2U);
    EXPECT_EQ(find_node(close.task.approvals.back(), "adopt")->state, NodeState::open);
}

// Also: a new version of a route changes nothing that is under way.
void route_changed_under_way() {
    auto world = in_approval({lead_section(), lead_head(), adopt()});
    auto shorter = route_of({lead_section(), adopt()});
    shorter.ver = 3;
    world.publish(shorter);
    world.does("jtj.section", world.approve());
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.approval().route_version, 2);
    auto moved = world;
    world.does("jtj.head", world.approve()).does("office.head", world.approve());
    EXPECT_EQ(world.approval().state, ApprovalState::passed);
    moved.when("office.head", MigrateApproval{approval_1, 3, "启用新流程"})
        .refused_by("migrate_blocked");
    shorter = route_of(
        {lead_section(), lead_head(), asks("leader", {at("zone", Post::leader)}), adopt()});
    shorter.ver = 4;
    moved.publish(shorter).does("office.head", MigrateApproval{approval_1, 4, "启用新流程"});
    moved.does("jtj.head", moved.approve());
    EXPECT_EQ(moved.waiting(), "leader: zone.leader");
}

constexpr TableRow pains[] = {
    {"ReturnBreaksInParallel", "并行, 会签中退回后任务丢失或重复", return_in_parallel},
    {"NoChoiceAfterAReturn", "退回后不能选重走或直达", way_back_is_a_choice},
    {"DeadlinesLostAfterAReturn", "退回后提醒和期限丢失", deadline_after_a_return},
    {"TwoSignersAtOnce", "两人同时会签", two_at_once},
    {"AddedSignersAndReturns", "加签与退回, 驳回, 并行", added_signers_everywhere},
    {"TakingBackACountersignature", "会签取回, 意见丢失", taken_back_among_others},
    {"WhoReallyDidIt", "谁真正办理", who_really_did_it},
    {"NobodyLeftToSign", "审批人不在或为空", nobody_left_to_sign},
    {"WorkingDaysAndLateness", "工作日期限, 办结后看似按时", working_days_and_lateness},
    {"FilledInTwice", "重复填报", filled_in_once},
    {"RouteChangedUnderWay", "流程改版影响在办", route_changed_under_way},
};

INSTANTIATE_TEST_SUITE_P(Of, Pain, testing::ValuesIn(pains), name_of_row);

}  // namespace
}  // namespace duban
