// Clocks of rounds: by when, whom they remind, and what silence leads to. The world begins on
// Tuesday 2026-09-01.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval/approval_time_events.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/stuck.h"
#include "domain/approval/time_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/clock_run.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

GivenTask on(std::vector<RouteNode> nodes) {
    GivenTask world;
    for (CalendarYear year : announced_years()) {
        year.ver = version_of(world.calendars) + 1;
        world.calendars.years[year.year] = year;
    }
    world.publish(route_of(std::move(nodes)));
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    return world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jzy.clerk", SignAssignment{task_1, jzy})
        .does("rsj.clerk", SignAssignment{task_1, rsj})
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
}

DueRule within(std::uint32_t days, Over over) {
    DueRule due;
    due.wd = days;
    due.over = over;
    if (over == Over::escalate) due.to = SeatSelector{"office", Post::head};
    return due;
}

RouteNode timed(RouteNode node, DueRule due) {
    node.due = std::move(due);
    return node;
}

RouteNode lead_head(DueRule due) {
    return timed(asks("head", {at("lead", Post::head)}), std::move(due));
}

RouteNode coop_heads(DueRule due, NodeMode mode = NodeMode::all) {
    auto node = timed(asks("co", {at("coop", Post::head)}, mode), std::move(due));
    node.dissent = Dissent::record;
    return node;
}

NodeDue due(const GivenTask& world, const char* node) {
    return world.node(node).due.value_or(NodeDue{});
}

std::string last_day(const GivenTask& world, const char* node) {
    return to_string(office_date(Timestamp{due(world, node).at.ms - 1}));
}

SlotState slot(const GivenTask& world, const char* node, const char* number) {
    const auto* found = find_slot(world.node(node), number);
    return found == nullptr ? SlotState::idle : found->state;
}

ReviseReport revised(const GivenTask& world) {
    auto content = content_1();
    content.problems = "口径已核对 " + std::to_string(world.position);
    return ReviseReport{report_1, content, {}, {}};
}

// ---- By when -------------------------------------------------------------------------------

TEST(Due, IsFixedWhenTheRoundOpensAndNamesRuleAndCalendar) {
    auto world = on({lead_head(within(2, Over::pass)), adopt()});
    EXPECT_EQ(last_day(world, "head"), "2026-09-03");
    const auto fixed = due(world, "head");
    EXPECT_EQ(fixed.wd, 2U);
    EXPECT_EQ(fixed.from, DueFrom::assigned);
    EXPECT_EQ(fixed.base, date("2026-09-01"));
    EXPECT_EQ(fixed.calendar, 3U);
    EXPECT_FALSE(fixed.provisional);
    world.calendars.years.clear();
    EXPECT_EQ(due(world, "head"), fixed);
}

TEST(Due, CountsHoursToTheMinute) {
    DueRule rule;
    rule.h = 4;
    rule.over = Over::pass;
    const auto world = on({lead_head(rule), adopt()});
    EXPECT_EQ(due(world, "head").at.ms - world.node("head").opened.ms, 4 * 3'600'000);
}

TEST(Due, CountsFromTheEndOfThePeriodOrTheTasksDay) {
    auto rule = within(3, Over::pass);
    rule.from = DueFrom::period_end;
    EXPECT_EQ(last_day(on({lead_head(rule), adopt()}), "head"), "2026-10-10");
    rule.from = DueFrom::task_due;
    const auto world = on({lead_head(rule), adopt()});
    EXPECT_EQ(last_day(world, "head"), "2027-01-05");
    EXPECT_TRUE(due(world, "head").provisional) << "2027 is not published";
}

TEST(Due, CountsFromTheOpeningWhereTheDayIsPast) {
    auto rule = within(1, Over::pass);
    rule.from = DueFrom::period_end;
    auto world = on({asks("first", {at("lead", Post::section)}), lead_head(rule), adopt()});
    world.now = end_of_office_day(date("2026-10-20"));
    world.does("jtj.section", world.approve());
    EXPECT_EQ(due(world, "head").from, DueFrom::assigned);
    EXPECT_EQ(last_day(world, "head"), "2026-10-22");
}

TEST(Due, IsArmedAnewWithEachRound) {
    auto world =
        on({returning(lead_head(within(2, Over::pass)), {"start"}, Resume::jump), adopt()});
    world.does("jtj.head", world.send_back("start"));
    EXPECT_TRUE(timers_of(world.task).empty()) << "a closed round has no clock";
    EXPECT_EQ(run_clock(world, "2026-09-10"), 0U);
    world.does("jtj.clerk", revised(world));
    EXPECT_EQ(world.node("head").round, 2U);
    EXPECT_EQ(last_day(world, "head"), "2026-09-15");
    EXPECT_EQ(run_clock(world, "2026-09-15"), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

// ---- Silence -------------------------------------------------------------------------------

TEST(Over, NothingHappensBeforeTheEndOfTheDay) {
    auto world = on({coop_heads(within(2, Over::deem)), adopt()});
    EXPECT_EQ(run_clock(world, Timestamp{due(world, "co").at.ms - 1}), 0U);
    EXPECT_EQ(world.waiting(), "co: jzy.head rsj.head");
    EXPECT_EQ(run_clock(world, due(world, "co").at), 1U);
    EXPECT_EQ(world.waiting(), "adopt: office.head");
}

TEST(Over, DeemsTheSilentToConsentAndTheNodeWhenNobodySpoke) {
    auto silent = on({coop_heads(within(2, Over::deem)), adopt()});
    auto spoken = silent;
    run_clock(silent, "2026-09-03");
    EXPECT_EQ(silent.state("co"), NodeState::deemed);
    spoken.does("jzy.head", spoken.approve());
    run_clock(spoken, "2026-09-03");
    EXPECT_EQ(spoken.state("co"), NodeState::approved);
    EXPECT_EQ(slot(spoken, "co", "1"), SlotState::approved);
    EXPECT_EQ(slot(spoken, "co", "2"), SlotState::deemed);
    EXPECT_TRUE(find_slot(spoken.node("co"), "2")->by.empty());
    const auto late = spoken.when("rsj.head", spoken.reject("co"));
    late.refused_by("node_not_open");
    EXPECT_THAT(late.detail(), HasSubstr("time for it was up"));
    spoken.when("jzy.head", spoken.approve("co")).refused_by("already_decided");
}

TEST(Over, CountsSilenceForConditions) {
    auto told = asks("told", {at("office", Post::clerk)});
    told.when = compare(ConditionOp::gt, "co.deemed_count", "1");
    auto all = on({coop_heads(within(2, Over::deem)), told, adopt()});
    auto one = all;
    run_clock(all, "2026-09-03");
    EXPECT_EQ(all.waiting(), "told: office.clerk");
    one.does("jzy.head", one.approve());
    run_clock(one, "2026-09-03");
    EXPECT_EQ(one.waiting(), "adopt: office.head");
}

TEST(Over, CountsUnitsThatWereSilentInTheirRuns) {
    auto told = asks("told", {at("office", Post::clerk)});
    told.when = compare(ConditionOp::eq, "units.deemed_count", "1");
    auto inner = timed(asks("op", {at("$u", Post::clerk)}), within(2, Over::deem));
    auto second = timed(asks("sign", {at("$u", Post::head)}), within(2, Over::deem));
    auto world = on({each("units", "all", Dissent::record, {inner, second}), told, adopt()});
    world.does("jzy.clerk", world.approve("op@jzy")).does("jzy.head", world.approve("sign@jzy"));
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.waiting(), "sign@rsj: rsj.head");
    run_clock(world, "2026-09-08");
    EXPECT_EQ(world.waiting(), "told: office.clerk");
    EXPECT_EQ(world.state("units"), NodeState::approved);
}

TEST(Over, PassesOrRefusesAndIsMarkedAsTimedOut) {
    auto world =
        on({coop_heads(within(2, Over::pass)), lead_head(within(2, Over::reject)), adopt()});
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.state("co"), NodeState::approved);
    EXPECT_EQ(slot(world, "co", "1"), SlotState::timed_out);
    EXPECT_EQ(find_slot(world.node("co"), "1")->said, Said::yes);
    run_clock(world, "2026-09-08");
    EXPECT_EQ(world.approval().state, ApprovalState::rejected);
    EXPECT_EQ(find_slot(world.node("head"), "1")->said, Said::no);
    EXPECT_TRUE(timers_of(world.task).empty());
}

TEST(Over, ARefusalByTimeMeetsTheDissentOfTheNode) {
    auto recorded = coop_heads(within(2, Over::reject));
    auto world = on({recorded, adopt()});
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.state("co"), NodeState::dissented);
    recorded.dissent = Dissent::escalate;
    auto asked = on({recorded, adopt()});
    run_clock(asked, "2026-09-03");
    EXPECT_EQ(asked.waiting(), "co: zone.leader");
    EXPECT_TRUE(timers_of(asked.task).empty());
}

TEST(Over, EndsAVoteAndANodeInTurn) {
    auto voting = coop_heads(within(2, Over::deem), NodeMode::vote);
    voting.vote = VoteRule{VoteBy::head, "2/3", Settle::early, {}};
    auto vote = on({voting, adopt()});
    run_clock(vote, "2026-09-03");
    EXPECT_EQ(vote.state("co"), NodeState::deemed);
    auto turn = on({coop_heads(within(2, Over::deem), NodeMode::seq), adopt()});
    turn.does("jzy.head", turn.approve());
    run_clock(turn, "2026-09-03");
    EXPECT_EQ(turn.waiting(), "adopt: office.head");
    EXPECT_EQ(slot(turn, "co", "2"), SlotState::deemed);
}

TEST(Over, ReturnsToTheFirstTargetAndComesBackToTheNode) {
    auto node = returning(lead_head(within(2, Over::return_)), {"start"}, Resume::jump);
    auto world = on({node, adopt()});
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    EXPECT_EQ(world.state("head"), NodeState::returned);
    ASSERT_EQ(world.approval().stack.size(), 1U);
    EXPECT_TRUE(world.approval().stack[0].by.empty());
    EXPECT_TRUE(world.history.rounds.back().round.person.empty());
    world.does("jtj.clerk", revised(world));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
    EXPECT_EQ(world.node("head").round, 2U);
    EXPECT_TRUE(world.approval().stack.empty());
    EXPECT_EQ(timers_of(world.task).size(), 1U);
}

TEST(Over, ReturnsToTheStartWhereTheFirstTargetIsNone) {
    auto node = returning(lead_head(within(2, Over::return_)), {"any", "start"}, Resume::ask);
    auto world = on({node, adopt()});
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.approval().state, ApprovalState::returned);
    EXPECT_EQ(world.approval().stack[0].then, Resume::rerun);
}

TEST(Over, LeavesTheWordOfWhoHadApprovedAndAskedOthersAfterHim) {
    for (const Over over : {Over::deem, Over::pass, Over::reject}) {
        auto node = timed(offers_all(asks("head", {at("lead", Post::head)})), within(2, over));
        node.dissent = Dissent::record;
        auto world = on({node, adopt()});
        world.does("jtj.head", AddSigners{approval_1,
                                          "head",
                                          "",
                                          SignerPos::after,
                                          {PersonId("jtj.section")},
                                          NodeMode::all});
        world.does("jtj.head", world.approve("head"));
        run_clock(world, "2026-09-03");
        const Slot& own = *find_slot(world.node("head"), "1");
        EXPECT_EQ(own.state, SlotState::approved);
        EXPECT_EQ(own.by, PersonId("jtj.head"));
        const bool refused = over == Over::reject;
        EXPECT_EQ(world.state("head"), refused ? NodeState::dissented : NodeState::approved)
            << "only who was silent is counted as the rule says";
    }
}

// ---- Escalation ----------------------------------------------------------------------------

TEST(Escalation, AsksAnotherSeatInTheSameRound) {
    auto world = on({lead_head(within(2, Over::escalate)), adopt()});
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.waiting(), "head: office.head");
    EXPECT_EQ(world.node("head").round, 1U);
    EXPECT_EQ(slot(world, "head", "1"), SlotState::timed_out);
    EXPECT_TRUE(timers_of(world.task).empty()) << "no further due";
    world.when("jtj.head", world.approve("head")).forbidden();
    world.does("office.head", world.approve("head"));
    EXPECT_EQ(world.state("head"), NodeState::approved);
}

TEST(Escalation, DecidesForThoseWhoWereSilent) {
    auto world = on({coop_heads(within(2, Over::escalate)), adopt()});
    world.does("jzy.head", world.reject());
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.waiting(), "co: office.head");
    auto refused = world;
    world.does("office.head", world.approve("co"));
    EXPECT_EQ(world.state("co"), NodeState::dissented) << "what was refused stays a refusal";
    refused.does("office.head", refused.reject("co"));
    EXPECT_EQ(refused.state("co"), NodeState::dissented);
    auto veto = coop_heads(within(2, Over::escalate));
    veto.dissent = Dissent::veto;
    auto vetoed = on({veto, adopt()});
    run_clock(vetoed, "2026-09-03");
    vetoed.does("office.head", vetoed.reject("co"));
    EXPECT_EQ(vetoed.approval().state, ApprovalState::rejected);
}

TEST(Escalation, NeedsNoClaimInAPool) {
    auto pool = timed(asks("pool", {at("lead", Post::section)}, NodeMode::claim),
                      within(2, Over::escalate));
    auto world = on({pool, adopt()});
    run_clock(world, "2026-09-03");
    world.does("office.head", world.approve("pool"));
    EXPECT_EQ(world.state("pool"), NodeState::approved);
}

TEST(Escalation, OfAReturnedStartLetsThatSeatResubmit) {
    auto route = route_of({asks("head", {at("lead", Post::head)}), adopt()});
    route.steps[0].due = within(2, Over::escalate);
    route.steps[0].due->to = SeatSelector{"lead", Post::head};
    auto world = on({adopt()});
    world.task = {};
    world.publish(route).signed_in().does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    world.does("jtj.head", world.send_back("start"));
    EXPECT_EQ(world.waiting(), "fill: jtj.clerk");
    run_clock(world, "2026-09-03");
    EXPECT_EQ(world.waiting(), "fill: jtj.head");
    world.when("jtj.clerk", revised(world)).forbidden();
    world.does("jtj.head", revised(world));
    EXPECT_EQ(world.waiting(), "head: jtj.head");
}

TEST(Escalation, IsStuckAfterAsLongAgain) {
    auto world = on({lead_head(within(2, Over::escalate)), adopt()});
    EXPECT_EQ(stuck_approvals(world.task, end_of_office_day(date("2027-01-01"))), 0);
    run_clock(world, "2026-09-03");
    const auto stuck_at = end_of_office_day(date("2026-09-08"));
    EXPECT_EQ(stuck_approvals(world.task, Timestamp{stuck_at.ms - 1}), 0);
    EXPECT_EQ(stuck_approvals(world.task, stuck_at), 1);
    world.does("office.head", world.approve("head"));
    EXPECT_EQ(stuck_approvals(world.task, end_of_office_day(date("2027-01-01"))), 0);
}

// ---- Reminders -----------------------------------------------------------------------------

std::vector<std::string> reminders(GivenTask& world, const char* until) {
    std::vector<std::string> moments;
    for (;;) {
        const auto before = world.task.version;
        const auto timers = timers_of(world.task);
        if (timers.empty() || timers.front().at > end_of_office_day(date(until))) return moments;
        run_clock(world, timers.front().at);
        EXPECT_EQ(world.task.version, before + 1);
        moments.push_back(to_string(office_date(world.now)));
    }
}

TEST(Reminder, ComesOnTheMorningOfAWorkingDay) {
    auto rule = within(3, Over::remind);
    rule.remind = {-2, 0, 1};
    auto world = on({asks("first", {at("lead", Post::section)}), lead_head(rule), adopt()});
    world.now = end_of_office_day(date("2026-09-28"));
    world.does("jtj.section", world.approve());
    EXPECT_EQ(last_day(world, "head"), "2026-10-09");
    EXPECT_THAT(reminders(world, "2026-12-31"),
                ElementsAre("2026-09-30", "2026-10-09", "2026-10-10"));
    EXPECT_EQ(world.waiting(), "head: jtj.head") << "nothing else happens";
    EXPECT_EQ(due(world, "head").reminded, 3U);
}

TEST(Reminder, IsSentSoOftenAtMost) {
    auto rule = within(5, Over::remind);
    rule.remind = {-4, -3, -2, -1, 0};
    rule.max = 2;
    auto world = on({lead_head(rule), adopt()});
    EXPECT_THAT(reminders(world, "2026-12-31"), ElementsAre("2026-09-02", "2026-09-03"));
}

TEST(Reminder, ComesWhenTimeIsUpWhereTheRuleNamesNoDay) {
    auto world = on({lead_head(within(2, Over::remind)), adopt()});
    EXPECT_THAT(reminders(world, "2026-12-31"), ElementsAre("2026-09-04"));
}

TEST(Reminder, ReachesTheHoldersOfOpenSlots) {
    auto rule = within(2, Over::deem);
    rule.remind = {0};
    auto world = on({coop_heads(rule), adopt()});
    world.does("jzy.head", world.approve());
    const auto timers = timers_of(world.task);
    ASSERT_EQ(timers.size(), 1U);
    world.now = timers[0].at;
    world.when(system_actor, command_of(timers[0]))
        .gives({RoundReminded{approval_1, "co", 1, {PersonId("rsj.head")}}});
}

TEST(Reminder, IsLeftOutWhenTheServerSleptUntilTimeWasUp) {
    auto rule = within(2, Over::deem);
    rule.remind = {-1, 0};
    auto world = on({coop_heads(rule), adopt()});
    const auto timers = timers_of(world.task);
    world.now = end_of_office_day(date("2026-09-20"));
    world.does(system_actor, command_of(timers.at(0)));
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_TRUE(timers_of(world.task).empty());
}

// ---- The command ---------------------------------------------------------------------------

TEST(KeepTime, ActsOnceWhateverIsSentAgain) {
    auto world = on({lead_head(within(2, Over::escalate)), adopt()});
    const Command command = command_of(timers_of(world.task).at(0));
    world.when(system_actor, command).gives({});
    run_clock(world, "2026-09-03");
    world.when(system_actor, command).gives({});
}

TEST(KeepTime, IsForTheServersClockAlone) {
    auto world = on({lead_head(within(2, Over::pass)), adopt()});
    world.when("office.head", command_of(timers_of(world.task).at(0))).forbidden();
}

TEST(KeepTime, LeavesAHeldTaskAlone) {
    auto world = on({lead_head(within(2, Over::pass)), adopt()});
    const Command command = command_of(timers_of(world.task).at(0));
    world.does("office.head", HoldTask{task_1, "等待"});
    EXPECT_TRUE(timers_of(world.task).empty());
    world.now = end_of_office_day(date("2026-09-20"));
    world.when(system_actor, command).gives({});
}

// ---- Waits ---------------------------------------------------------------------------------

RouteNode waits(std::uint32_t wd, std::uint32_t h, const char* until) {
    RouteNode node;
    node.id = "w";
    node.kind = NodeKind::wait;
    node.wd = wd;
    node.h = h;
    node.until = until;
    return node;
}

TEST(Wait, EndsAfterWorkingDaysHoursOrADay) {
    auto days = on({waits(2, 0, ""), adopt()});
    EXPECT_EQ(days.waiting(), "");
    EXPECT_EQ(run_clock(days, "2026-09-02"), 0U);
    EXPECT_EQ(run_clock(days, "2026-09-03"), 1U);
    EXPECT_EQ(days.waiting(), "adopt: office.head");
    auto hours = on({waits(0, 5, ""), adopt()});
    EXPECT_EQ(run_clock(hours, Timestamp{hours.now.ms + 5 * 3'600'000}), 1U);
    EXPECT_EQ(hours.state("w"), NodeState::approved);
    auto until = on({waits(0, 0, "task.due"), adopt()});
    EXPECT_EQ(run_clock(until, "2026-12-30"), 0U);
    EXPECT_EQ(run_clock(until, "2026-12-31"), 1U);
    EXPECT_EQ(until.waiting(), "adopt: office.head");
}

TEST(Wait, AsksAllWhoCouldBePickedWhereNobodyIsThereToPick) {
    auto picked = asks("expert", {Selector{}});
    picked.who[0].pick = PickBy::starter;
    picked.who[0].from = SeatSelector{"lead", Post::head};
    auto world = on({waits(2, 0, ""), picked, adopt()});
    EXPECT_EQ(run_clock(world, "2026-09-03"), 1U);
    EXPECT_EQ(world.waiting(), "expert: jtj.head");
}

// ---- A year --------------------------------------------------------------------------------

// Fifteen working days, then somebody who is silent for three; round and round.
TEST(Year, PassesInSecondsWithATimerForEachOpenClock) {
    auto rule = within(3, Over::deem);
    rule.remind = {-1, 0};
    RouteNode again;
    again.id = "again";
    again.kind = NodeKind::goto_;
    again.to = "#w";
    again.max = 10;
    auto world = on({waits(15, 0, ""), coop_heads(rule), again, adopt()});
    std::size_t fired = 0;
    for (Date day = date("2026-09-01"); day <= date("2027-09-01"); day = add_days(day, 1)) {
        fired += run_clock(world, end_of_office_day(day));
        std::size_t clocks = 0;
        for (const ApprovalNode& node : world.approval().nodes) {
            const bool runs = node.state == NodeState::open && node.due && next_moment(*node.due);
            clocks += runs ? 1 : 0;
        }
        ASSERT_EQ(timers_of(world.task).size(), clocks) << to_string(day);
    }
    EXPECT_EQ(world.waiting(), "adopt: office.head");
    EXPECT_EQ(world.node("co").round, 11U);
    EXPECT_EQ(fired, 11U * 4) << "a wait, two reminders and the end of time in each pass";
}

}  // namespace
}  // namespace duban
