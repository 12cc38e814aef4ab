// Pains of those who send something back: what returns do to branches, to deadlines and to signers
// who were added.
#include <gtest/gtest.h>

#include "domain/approval/signer_commands.h"
#include "tests/domain/approval/pains.h"
#include "tests/support/clock_run.h"

namespace duban {
namespace {

RouteNode to_any(RouteNode node, Resume then, Branches branches) {
    return returning(std::move(node), {"any", "start"}, then, branches);
}

// The last who is asked approves, until the node is open.
void approve_until_open(GivenTask& world, const std::string& node) {
    for (int step = 0; step < steps_max && world.state(node) != NodeState::open; ++step) {
        const std::string waiting = world.waiting();
        const auto colon = waiting.rfind(": ");
        const auto before = waiting.rfind("; ", colon);
        const auto begin = before == std::string::npos ? 0 : before + 2;
        world.does(waiting.substr(waiting.rfind(' ') + 1),
                   world.approve(waiting.substr(begin, colon - begin)));
    }
}

std::vector<RouteNode> fork_of_many(Resume then, Branches branches) {
    const auto free = [&](RouteNode node) { return to_any(std::move(node), then, branches); };
    return {free(lead_section()),
            block("fork", NodeKind::par,
                  {branch({free(three_heads(NodeMode::all)),
                           free(asks("leader", {at("zone", Post::leader)}))}),
                   branch({each("units", "all", Dissent::veto,
                                {free(asks("op", {at("$u", Post::clerk)})),
                                 free(asks("sign", {at("$u", Post::section)}))})})}),
            free(adopt())};
}

// 1. Whoever returns it, from a branch or from behind the join, and to wherever: nothing vanishes,
// sticks or doubles.
void return_in_parallel() {
    for (const auto then : {Resume::rerun, Resume::jump}) {
        for (const auto branches : {Branches::cancel, Branches::keep}) {
            const auto begun = in_approval(fork_of_many(then, branches));
            for (const auto& [by, from, to] : {std::tuple{"rsj.head", "heads", "section"},
                                               std::tuple{"jzy.section", "sign@jzy", "section"},
                                               std::tuple{"jzy.section", "sign@jzy", "op@jzy"},
                                               std::tuple{"zone.leader", "leader", "heads"},
                                               std::tuple{"office.head", "adopt", "op@rsj"},
                                               std::tuple{"office.head", "adopt", "heads"},
                                               std::tuple{"office.head", "adopt", "section"}}) {
                auto world = begun;
                approve_until_open(world, from);
                world.does(by, on_node(world.send_back(to), from));
                EXPECT_EQ(world.node(to).round, 2U);
                EXPECT_EQ(world.approval().stack.size(), 1U);
                for (int slot = 0; slot < 3 && world.state(to) == NodeState::open; ++slot) {
                    const std::string waiting = world.waiting();
                    const auto name = waiting.find(": ", waiting.find(to)) + 2;
                    world.does(waiting.substr(name, waiting.find_first_of(" ;", name) - name),
                               world.approve(to));
                }
                EXPECT_TRUE(world.approval().stack.empty()) << "answered";
                approve_all(world);
                expect_whole_history(world);
            }
        }
    }
}

// 1. What becomes of the other branches is said by the route: all of it again, or what they have
// decided stands.
void sister_branches() {
    for (const auto then : {Resume::rerun, Resume::jump}) {
        for (const auto branches : {Branches::cancel, Branches::keep}) {
            const bool keeps = branches == Branches::keep;
            auto world = in_approval(fork_of_many(then, branches));
            world.does("jtj.section", world.approve()).does("rsj.clerk", world.approve("op@rsj"));
            world.does("rsj.head", on_node(world.send_back("section"), "heads"));
            EXPECT_EQ(world.waiting(), "section: jtj.section");
            EXPECT_EQ(world.state("fork"),
                      keeps || then == Resume::jump ? NodeState::idle : NodeState::cancelled);
            EXPECT_EQ(world.state("units"), keeps ? NodeState::idle : NodeState::cancelled);
            world.does("jtj.section", world.approve());
            const std::string heads = "heads: jtj.head jzy.head rsj.head; op@jzy: jzy.clerk; ";
            EXPECT_EQ(world.waiting(),
                      heads + (keeps ? "sign@rsj: rsj.section" : "op@rsj: rsj.clerk"));
            EXPECT_EQ(world.node("op@rsj").round, keeps ? 1U : 2U);
            approve_all(world);
            expect_whole_history(world);
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
    ASSERT_EQ(timers_of(world.task).size(), 1U);
    const Command armed = command_of(timers_of(world.task).front());
    world.does("jtj.head", world.send_back());
    EXPECT_EQ(run_clock(world, "2026-09-13"), 0U) << "nothing of the round that has ended";
    world.when(system_actor, armed).gives({});
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

constexpr TableRow pains_of_returns[] = {
    {"ReturnBreaksInParallel", "并行, 会签中退回后任务丢失或重复", return_in_parallel},
    {"SisterBranchesAfterAReturn", "退回后其他分支去向不明", sister_branches},
    {"NoChoiceAfterAReturn", "退回后不能选重走或直达", way_back_is_a_choice},
    {"DeadlinesLostAfterAReturn", "退回后提醒和期限丢失", deadline_after_a_return},
    {"AddedSignersAndReturns", "加签与退回, 驳回, 并行", added_signers_everywhere},
};

INSTANTIATE_TEST_SUITE_P(OfReturns, Pain, testing::ValuesIn(pains_of_returns), name_of_row);

}  // namespace
}  // namespace duban
