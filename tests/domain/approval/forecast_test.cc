// What an approval would go through when everybody approves.
#include "domain/approval/forecast.h"

#include <gtest/gtest.h>

#include "domain/approval/route_plan.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/given_amendment.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

// jtj leads, jzy and rsj cooperate; issued, and signed for by the lead.
GivenTask issued_with(std::vector<RouteNode> nodes, Dedupe dedupe = Dedupe::none) {
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    Route route = route_of(std::move(nodes));
    route.dedupe = dedupe;
    GivenTask world;
    world.publish(std::move(route));
    world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj});
    return world;
}

std::string holders_text(const ForecastStep& step) {
    std::string text;
    for (const ForecastSlot& slot : step.slots) {
        std::string persons;
        for (const auto& person : slot.holders)
            persons += (persons.empty() ? "" : "|") + person.value;
        text += " " + (persons.empty() ? "-" : persons);
    }
    return text;
}

// "head: jtj.head; skip section empty: -; …", the open ones in brackets.
std::string text_of(const Result<Forecast>& forecast) {
    if (!forecast) return forecast.error().detail;
    std::string text;
    for (const ForecastStep& step : forecast->steps) {
        std::string node = step.node;
        if (step.state == ForecastState::open) node = "[" + node + "]";
        if (step.state == ForecastState::would_skip) {
            node = "skip " + node + " " + std::string(enum_name(step.reason));
        }
        text += (text.empty() ? "" : "; ") + node + (step.slots.empty() ? "" : ":") +
                holders_text(step);
    }
    return text;
}

std::string simulated(const GivenTask& world, SupposedReport report = {}) {
    if (report.starter.empty()) report.starter = PersonId("jtj.clerk");
    if (report.content == ReportContent{}) report.content = content_1();
    const auto* plan = newest_route(world.routes, RouteId("report"));
    return text_of(simulate(world.task, *plan, report, world.facts("office.head")));
}

std::string foreseen(const GivenTask& world) {
    const auto* plan = newest_route(world.routes, RouteId("report"));
    return text_of(forecast(world.task, world.approval(), *plan, world.facts("office.head")));
}

RouteNode head_of_lead() {
    return asks("head", {at("lead", Post::head)});
}

TEST(Simulation, ListsNodesInTheOrderInWhichTheyOpen) {
    RouteNode deputy = asks("deputy", {at("lead", Post::deputy)});
    deputy.empty = OnEmpty::skip;
    const auto world = issued_with(
        {deputy, head_of_lead(),
         each("e", "all", Dissent::veto,
              {asks("op", {at("$u", Post::clerk)}), asks("sign", {at("$u", Post::head)})}),
         adopt()});
    EXPECT_EQ(simulated(world),
              "skip deputy empty: -; head: jtj.head; op@jzy: jzy.clerk; op@rsj: rsj.clerk; "
              "sign@jzy: jzy.head; sign@rsj: rsj.head; adopt: office.head");
    EXPECT_TRUE(world.task.approvals.empty());
    EXPECT_TRUE(world.task.reports.empty());
}

TEST(Simulation, FollowsTheConditionsOfWhatWouldBeSubmitted) {
    const auto world = issued_with(
        {block("c", NodeKind::choose,
               {branch_when(compare(ConditionOp::eq, "report.period", "2026-09"), {head_of_lead()}),
                otherwise({asks("other", {at("lead", Post::section)})})}),
         adopt()});
    EXPECT_EQ(simulated(world), "head: jtj.head; adopt: office.head");
    ReportContent october;
    october.period = "2026-10";
    EXPECT_EQ(simulated(world, {PersonId("jtj.clerk"), jtj, october}),
              "other: jtj.section; adopt: office.head");
}

TEST(Simulation, ShowsWhatPassesByItself) {
    RouteNode told;
    told.id = "told";
    told.kind = NodeKind::cc;
    told.who = {at("zone", Post::leader)};
    RouteNode waits;
    waits.id = "waits";
    waits.kind = NodeKind::wait;
    waits.event = "task.urged";
    RouteNode never = asks("never", {at("zone", Post::leader)});
    never.when = compare(ConditionOp::gt, "task.coop_count", "9");
    EXPECT_EQ(simulated(issued_with({told, waits, never, adopt()})),
              "told: zone.leader; waits; skip never when; adopt: office.head");
}

TEST(Simulation, ApprovesSlotAfterSlotAsTheModeAsks) {
    const std::vector<Selector> both = {at("lead", Post::head), at("zone", Post::leader)};
    RouteNode votes = asks("v", both, NodeMode::vote);
    votes.vote = VoteRule{VoteBy::head, "1/2", Settle::early, {}};
    EXPECT_EQ(simulated(issued_with({asks("s", both, NodeMode::seq), asks("a", both, NodeMode::all),
                                     asks("one", both), asks("c", both, NodeMode::claim), votes,
                                     asks("r", both, NodeMode::random), adopt()})),
              "s: jtj.head zone.leader; a: jtj.head zone.leader; one: jtj.head zone.leader; "
              "c: jtj.head zone.leader; v: jtj.head zone.leader; r: jtj.head zone.leader; "
              "adopt: office.head");
}

TEST(Simulation, PassesOverWhoWouldHaveApproved) {
    const std::vector<Selector> both = {at("office", Post::head), at("zone", Post::leader)};
    const auto world = issued_with(
        {adopt(), asks("again", {at("office", Post::head)}), asks("s", both, NodeMode::seq)},
        Dedupe::once);
    EXPECT_EQ(simulated(world), "adopt: office.head; skip again dedupe: -; s: - zone.leader");
}

TEST(Simulation, DoesNotGuessWhichOfSeveralHoldersWouldApprove) {
    auto world = issued_with({adopt(), asks("again", {at("office", Post::head)})}, Dedupe::once);
    world.grant("zone.leader", office, Post::head);
    EXPECT_EQ(simulated(world), "adopt: office.head|zone.leader; again: office.head|zone.leader");
}

TEST(Simulation, LeavesASeatWithoutHoldersAsItIs) {
    const auto world = issued_with({asks("deputy", {at("lead", Post::deputy)}), adopt()});
    EXPECT_EQ(simulated(world), "deputy: -; adopt: office.head");
}

TEST(Simulation, ShowsAllWhoCouldBePicked) {
    Selector picked;
    picked.pick = PickBy::prev;
    picked.from = SeatSelector{"office", Post::clerk};
    const auto world = issued_with({head_of_lead(), asks("handler", {picked}), adopt()});
    EXPECT_EQ(simulated(world), "head: jtj.head; handler: office.clerk; adopt: office.head");
}

TEST(Simulation, EndsWhereAGotoWouldGoRoundForEver) {
    RouteNode back;
    back.id = "back";
    back.kind = NodeKind::goto_;
    back.to = "#head";
    back.when = compare(ConditionOp::ge, "revision", "1");
    back.max = 2;
    EXPECT_EQ(simulated(issued_with({head_of_lead(), back, adopt()})),
              "head: jtj.head; back; head: jtj.head; back; head: jtj.head; back; "
              "adopt: office.head");
    back.max = 100'000;
    const auto world = issued_with({head_of_lead(), back, adopt()});
    const auto* plan = newest_route(world.routes, RouteId("report"));
    const auto made = simulate(world.task, *plan, {PersonId("jtj.clerk"), jtj, content_1()},
                               world.facts("office.head"));
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->cut);
    EXPECT_EQ(made->steps.size(), forecast_steps_max);
}

TEST(Simulation, IsOfSomebodyWhoMaySubmit) {
    const auto world = issued_with({adopt()});
    const auto* plan = newest_route(world.routes, RouteId("report"));
    const auto field = [&](const char* starter, const UnitCode& unit, const char* period) {
        SupposedReport report{PersonId(starter), unit, content_1()};
        report.content.period = period;
        const auto made = simulate(world.task, *plan, report, world.facts("office.head"));
        EXPECT_EQ(made ? Errc::invalid_argument : made.error().code, Errc::invalid_argument);
        return made ? "" : made.error().field;
    };
    EXPECT_EQ(field("jtj.clerk", jtj, "2026-09"), "");
    EXPECT_EQ(field("nobody", jtj, "2026-09"), "starter");
    EXPECT_EQ(field("jtj.head", jtj, "2026-09"), "starter");
    EXPECT_EQ(field("office.head", {}, "2026-09"), "starter");
    EXPECT_EQ(field("jtj.clerk", jtj, "September"), "content.period");
}

TEST(Simulation, WantsAnIssuedTask) {
    GivenTask world;
    world.established();
    const auto* plan = newest_route(world.routes, RouteId("report"));
    const auto made = simulate(world.task, *plan, {PersonId("jtj.clerk"), jtj, content_1()},
                               world.facts("office.head"));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().rule, "not_issued");
}

TEST(Simulation, OfAnIssueIsTheOfficesOnAnEstablishedTask) {
    GivenTask world;
    Route route = route_of({});
    route.route = RouteId("issue");
    route.subject = SubjectKind::issue;
    route.starts = {at("office", Post::clerk)};
    route.material = {};
    route.on.pass = {{Effect::issue_task}};
    route.steps = {asks("leader", {at("zone", Post::leader)}), adopt()};
    world.publish(route).established();
    const auto shown = [&](const char* starter) {
        const auto* plan = newest_route(world.routes, RouteId("issue"));
        const SupposedReport report{PersonId(starter), {}, content_1()};
        return simulate(world.task, *plan, report, world.facts("office.head"));
    };
    EXPECT_EQ(text_of(shown("office.clerk")), "leader: zone.leader; adopt: office.head");
    ASSERT_FALSE(shown("jtj.clerk"));
    EXPECT_EQ(shown("jtj.clerk").error().field, "starter");
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    ASSERT_FALSE(shown("office.clerk"));
    EXPECT_EQ(shown("office.clerk").error().rule, "task_not_established");
}

TEST(Simulation, OfAnAmendmentMayBeStartedByTheOffice) {
    auto world = amendable();
    const auto* plan = newest_route(world.routes, RouteId("amendment"));
    const SupposedReport report{PersonId("office.clerk"), {}, content_1()};
    EXPECT_EQ(text_of(simulate(world.task, *plan, report, world.facts("office.head"))),
              "decide: office.head");
}

TEST(Forecast, OfAnAmendmentChangesNothing) {
    auto world = amendable();
    world.does("jtj.head", amendment_to(new_title("another title")));
    const auto* plan = newest_route(world.routes, RouteId("amendment"));
    EXPECT_EQ(text_of(forecast(world.task, world.approval(), *plan, world.facts("office.head"))),
              "[decide]: office.head");
    EXPECT_EQ(world.task.mandate->title, mandate_1().title);
}

TEST(Forecast, BeginsWithWhatIsOpen) {
    auto world = issued_with({head_of_lead(),
                              block("p", NodeKind::par,
                                    {branch({asks("a", {at("lead", Post::section)}),
                                             asks("b", {at("zone", Post::leader)})}),
                                     branch({asks("c", {at("#rsj", Post::head)})})}),
                              adopt()});
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    EXPECT_EQ(foreseen(world),
              "[head]: jtj.head; a: jtj.section; c: rsj.head; b: zone.leader; adopt: office.head");
    world.does("jtj.head", world.approve());
    EXPECT_EQ(foreseen(world),
              "[a]: jtj.section; [c]: rsj.head; b: zone.leader; adopt: office.head");
    const auto before = world.task;
    EXPECT_EQ(foreseen(world), foreseen(world));
    EXPECT_EQ(world.task, before) << "nothing is written";
}

TEST(Forecast, ComesBackFromAReturnAsTheRouteSays) {
    auto world = issued_with({asks("section", {at("lead", Post::section)}), head_of_lead(),
                              returning(adopt(), {"start"}, Resume::jump)});
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jtj.section", world.approve())
        .does("jtj.head", world.approve());
    auto returned = world;
    returned.does("office.head", returned.send_back());
    EXPECT_EQ(foreseen(returned), "[fill]: jtj.clerk; adopt: office.head");
    EXPECT_EQ(foreseen(world), "[adopt]: office.head");
}

TEST(Forecast, LeavesOutWhoHasSpokenInTheOpenRound) {
    auto world = issued_with(
        {asks("all", {at("lead", Post::head), at("zone", Post::leader)}, NodeMode::all), adopt()});
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("jtj.head", world.approve());
    EXPECT_EQ(foreseen(world), "[all]: zone.leader; adopt: office.head");
}

TEST(Forecast, IsEmptyOnceTheApprovalIsClosed) {
    auto world = issued_with({adopt()});
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()})
        .does("office.head", world.approve());
    EXPECT_EQ(foreseen(world), "");
}

}  // namespace
}  // namespace duban
