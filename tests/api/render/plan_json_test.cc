#include "api/render/plan_json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace duban {
namespace {

using Json = nlohmann::json;

Json issued_list() {
    std::ifstream file("tools/cli/data/jiyuan_plan.json");
    return Json::parse(file);
}

Json small_plan(Json indicator) {
    indicator["id"] = "x";
    indicator["name"] = "指标";
    const Json task = {
        {"no", 1}, {"title", "任务"}, {"lead", "jtj"}, {"indicators", Json::array({indicator})}};
    return {{"plan", "p"}, {"title", "清单"}, {"tasks", Json::array({task})}};
}

Indicator read_indicator(const Json& indicator) {
    const auto plan = parse_plan(small_plan(indicator), "plan");
    EXPECT_TRUE(plan.has_value()) << plan.error().detail;
    return plan ? plan->tasks.at(0).indicators.at(0) : Indicator{};
}

TEST(PlanJson, ReadsTheIssuedListAndWritesItBack) {
    const Json list = issued_list();
    const auto plan = parse_plan(list, "plan");
    ASSERT_TRUE(plan.has_value()) << plan.error().detail;
    EXPECT_EQ(plan->tasks.size(), 24U);
    const auto again = parse_plan(plan_json(*plan), "plan");
    ASSERT_TRUE(again.has_value()) << again.error().detail;
    EXPECT_EQ(*again, *plan);
    EXPECT_EQ(plan_digest(*again), plan_digest(*plan));
}

TEST(PlanJson, ReadsTheTargetAsOneDecimalOrTwo) {
    EXPECT_EQ(read_indicator({{"op", "ge"}, {"value", "16"}}).target,
              std::vector<std::string>{"16"});
    const Indicator between = read_indicator({{"op", "between"}, {"value", {"2", "3"}}});
    EXPECT_EQ(between.target, (std::vector<std::string>{"2", "3"}));
}

TEST(PlanJson, TakesARatioWhenANumeratorIsNamed) {
    EXPECT_EQ(
        read_indicator({{"op", "ge"}, {"value", "1"}, {"numerator", "甲"}, {"denominator", "乙"}})
            .kind,
        ValueKind::ratio);
    EXPECT_EQ(read_indicator({{"op", "ge"}, {"value", "1"}, {"unit", "元"}}).kind,
              ValueKind::count);
    EXPECT_EQ(read_indicator({{"op", "judged"}, {"kind", "level"}}).kind, ValueKind::level);
}

TEST(PlanJson, TakesYesNoForDone) {
    EXPECT_EQ(read_indicator({{"op", "yes_no"}}).op, Operator::done);
    EXPECT_EQ(read_indicator({{"op", "done"}, {"years", {3, 5}}}).horizon_years,
              (std::vector<std::int32_t>{3, 5}));
}

TEST(PlanJson, NamesTheFieldThatIsWrong) {
    const auto plan = parse_plan(small_plan({{"op", "ge"}, {"value", "1,5"}}), "plan");
    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().field, "plan.tasks[0].indicators[0].value");
}

TEST(PlanJson, TakesTheNamesThatTheMethodsOfTasksGive) {
    const Indicator indicator =
        read_indicator({{"op", "done"}, {"target", Json::array()}, {"horizon_years", {3}}});
    EXPECT_EQ(indicator.horizon_years, std::vector<std::int32_t>{3});
    EXPECT_EQ(read_indicator({{"op", "ge"}, {"target", {"16"}}}).target,
              std::vector<std::string>{"16"});
}

TEST(PlanJson, RefusesBothNamesOfOneThing) {
    const auto plan =
        parse_plan(small_plan({{"op", "ge"}, {"value", "1"}, {"target", {"1"}}}), "plan");
    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().field, "plan.tasks[0].indicators[0].target");
}

TEST(PlanJson, RefusesUnderTheNameThatTheListGives) {
    const auto field_of = [](const Json& indicator) {
        const auto plan = parse_plan(small_plan(indicator), "plan");
        return plan ? std::string() : plan.error().field;
    };
    const std::string path = "plan.tasks[0].indicators[0].";
    EXPECT_EQ(field_of({{"op", "between"}, {"value", {"3", "2"}}}), path + "value");
    EXPECT_EQ(field_of({{"op", "between"}, {"target", {"3", "2"}}}), path + "target");
    EXPECT_EQ(field_of({{"op", "done"}, {"years", {5, 3}}}), path + "years[1]");
    EXPECT_EQ(field_of({{"op", "done"}, {"horizon_years", {5, 3}}}), path + "horizon_years[1]");
}

}  // namespace
}  // namespace duban
