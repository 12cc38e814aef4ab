#include "domain/report/report_preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/given_closing.h"
#include "tests/support/indicator_fixture.h"
#include "tests/support/issued_task.h"

namespace duban {
namespace {

using testing::ElementsAre;

CellEntry brought(std::uint32_t report, const std::string& period, const std::string& number,
                  std::optional<Join> join) {
    CellEntry made = reported(period, entry("once", number), join);
    made.report = report;
    return made;
}

// One indicator with a target of 10 and these accepted values.
TaskState task_with(Indicator indicator, const std::vector<CellEntry>& accepted) {
    TaskState task = issued_task();
    indicator.decimals = 0;
    task.mandate.edit().indicators = {std::move(indicator)};
    task.accepted = accepted;
    return task;
}

ValuePreview preview_one(const TaskState& task, const CellEntry& entry) {
    const auto preview = preview_of(task, {entry}, day("2026-06-01"));
    EXPECT_EQ(preview.values.size(), 1U);
    return preview.values.front();
}

TEST(ReportPreview, AddsASumToWhatIsAccepted) {
    const auto march = brought(1, "2026-03", "4", Join::add);
    const auto task = task_with(target(Operator::ge, {"10"}), {march});
    const auto draft = brought(0, "2026-04", "6", Join::add);
    const auto value = preview_one(task, draft);
    EXPECT_EQ(value.before, "4");
    EXPECT_EQ(value.after, "10");
    EXPECT_THAT(value.joins, ElementsAre(march));
    EXPECT_TRUE(value.replaces.empty());
    EXPECT_TRUE(value.overlaps.empty());
    const auto whole = preview_of(task, {draft}, day("2026-06-01"));
    ASSERT_EQ(whole.indicators.size(), 1U);
    EXPECT_EQ(whole.indicators[0].before.attainment, Attainment::on_schedule);
    EXPECT_EQ(whole.indicators[0].after.attainment, Attainment::met);
    EXPECT_EQ(whole.before.progress_bp, 4000);
    EXPECT_EQ(whole.after.progress_bp, 10000);
}

TEST(ReportPreview, ReplacesAStateOfAnEarlierPeriod) {
    const auto march = brought(1, "2026-03", "4", Join::replace);
    const auto task = task_with(target(Operator::ge, {"10"}), {march});
    const auto value = preview_one(task, brought(0, "2026-04", "6", Join::replace));
    EXPECT_EQ(value.before, "4");
    EXPECT_EQ(value.after, "6");
    EXPECT_THAT(value.replaces, ElementsAre(march));
    EXPECT_TRUE(value.joins.empty());
    EXPECT_TRUE(value.counts);
}

TEST(ReportPreview, SaysThatALateStateDoesNotCount) {
    const auto march = brought(1, "2026-03", "4", Join::replace);
    const auto task = task_with(target(Operator::ge, {"10"}), {march});
    const auto value = preview_one(task, brought(0, "2026-02", "6", Join::replace));
    EXPECT_FALSE(value.counts);
    EXPECT_EQ(value.after, "4");
    EXPECT_TRUE(value.replaces.empty());
    EXPECT_TRUE(value.joins.empty());
}

TEST(ReportPreview, NamesSumsOfPeriodsThatOverlap) {
    const auto january = brought(1, "2026-01", "1", Join::add);
    const auto april = brought(2, "2026-04", "2", Join::add);
    const auto task = task_with(target(Operator::ge, {"10"}), {january, april});
    const auto value = preview_one(task, brought(0, "2026-Q1", "3", Join::add));
    EXPECT_EQ(value.after, "6");
    EXPECT_THAT(value.joins, ElementsAre(january, april));
    EXPECT_THAT(value.overlaps, ElementsAre(january));
}

TEST(ReportPreview, BeginsACellThatHasNoData) {
    const auto task = task_with(target(Operator::ge, {"10"}), {});
    const auto value = preview_one(task, brought(0, "2026-04", "6", std::nullopt));
    EXPECT_EQ(value.before, "");
    EXPECT_EQ(value.after, "6");
}

TEST(ReportPreview, TellsOfARateThatTheReportChanges) {
    Indicator funds = target(Operator::ge, {"2"});
    funds.id = "rate";
    funds.kind = ValueKind::rate_of;
    funds.denominator = "i";
    CellEntry numerator = parts("once", "100", "");
    numerator.value.indicator = "rate";
    auto task = task_with(target(Operator::ge, {"10"}),
                          {brought(1, "2026-03", "10", Join::replace), numerator});
    task.mandate.edit().indicators.push_back(funds);
    const auto preview =
        preview_of(task, {brought(0, "2026-04", "50", Join::replace)}, day("2026-06-01"));
    ASSERT_EQ(preview.indicators.size(), 2U);
    EXPECT_EQ(preview.indicators[1].indicator, "rate");
    EXPECT_EQ(preview.indicators[1].before.actual, "10.00");
    EXPECT_EQ(preview.indicators[1].after.actual, "2.00");
}

TEST(AcceptingEffect, IsTheRoutesOrThatOfANodeThatPassesByItself) {
    auto route = route_of({adopt()});
    EffectSpec accept = effect(Effect::accept_values);
    accept.join = Join::add;
    route.on.pass = {effect(Effect::archive)};
    EXPECT_EQ(accepting_effect(RoutePlan(route)), nullptr);
    RouteNode automatic;
    automatic.id = "a";
    automatic.kind = NodeKind::auto_;
    automatic.result = AutoResult::pass;
    automatic.effects = {accept};
    route.steps.push_back(automatic);
    const RoutePlan by_node(route);
    ASSERT_NE(accepting_effect(by_node), nullptr);
    EXPECT_EQ(*accepting_effect(by_node), accept);
    route.on.pass = {effect(Effect::accept_values)};
    const RoutePlan by_route(route);
    ASSERT_NE(accepting_effect(by_route), nullptr);
    EXPECT_EQ(*accepting_effect(by_route), effect(Effect::accept_values));
}

// What is said before is what is so after.
RC_GTEST_PROP(ReportPreview, SaysWhatTheAcceptanceMakesOfTheTotal, ()) {
    Indicator indicator = target(Operator::ge, {"10"});
    indicator.accumulate =
        *rc::gen::element(Accumulate::sum, Accumulate::last, Accumulate::avg, Accumulate::max);
    const auto some = [](std::uint32_t report) {
        const std::string period = *rc::gen::element<std::string>(
            "2026-01", "2026-02", "2026-Q1", "2026-05", "2026-W14", "2026-T1", "2026-T2", "once");
        const auto join =
            *rc::gen::element<std::optional<Join>>(std::nullopt, Join::add, Join::replace);
        return brought(report, period, std::to_string(*rc::gen::inRange(0, 20)), join);
    };
    auto task = task_with(indicator, {});
    for (std::uint32_t report = 1; report <= 6; ++report) {
        const CellEntry next = some(report);
        const auto preview = preview_of(task, {next}, day("2026-06-01"));
        task.accepted.edit().push_back(next);
        const EvaluationContext context{&task.mandate->indicators, &*task.accepted,
                                        day("2026-06-01"), working_start(task), working_due(task)};
        RC_ASSERT(preview.indicators.front().after ==
                  evaluate(task.mandate->indicators.front(), context).current);
        RC_ASSERT(preview.after == task_progress(context));
        RC_ASSERT(preview.values.front().after == preview.indicators.front().after.actual);
    }
}

}  // namespace
}  // namespace duban
