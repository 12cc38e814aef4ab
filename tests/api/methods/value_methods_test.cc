// Corrections of accepted values, through the dispatcher.
#include <gtest/gtest.h>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json values(const char* teachers) {
    return Json::array({{{"indicator", "teachers"}, {"value", teachers}}});
}

void approve_all(ApiBench& bench, const std::string& approval) {
    for (const char* who : {"jtj.section", "jtj.head", "office.clerk", "office.head"}) {
        bench.decide(who, "approve", approval);
    }
}

// A report of jtj for the month with that many teachers, accepted.
void accept(ApiBench& bench, const char* period, const char* teachers) {
    const Json made = bench.ask(
        "jtj.clerk", "report.submit",
        {{"task", "p/1"}, {"period", period}, {"summary", "进展"}, {"values", values(teachers)}});
    approve_all(bench, made.at("approval"));
}

Json correction(const char* teachers) {
    return {{"task", "p/1"},
            {"indicator", "teachers"},
            {"period", "2026-09"},
            {"value", teachers},
            {"reason", "一人重复计算"}};
}

Json teachers_of(const Json& task) {
    for (const Json& one : task.at("indicators")) {
        if (one.at("indicator").at("id") == "teachers") return one;
    }
    return {};
}

TEST(ValueCorrect, ShowsBothValuesWhereverTheValueIsShown) {
    ApiBench bench;
    bench.issue_and_sign();
    accept(bench, "2026-09", "2");
    const Json before = bench.ask("office.clerk", "report.get", {{"report", "p/1/r1"}});
    EXPECT_TRUE(before["corrections"].empty());
    const Json made = bench.ask("office.clerk", "value.correct", correction("1"));
    EXPECT_EQ(made["duplicate"], false);

    const Json shown = teachers_of(bench.ask("jzy.clerk", "task.get", {{"task", "p/1"}}));
    EXPECT_EQ(shown["current"]["actual"], "1.00");
    ASSERT_EQ(shown["accepted"].size(), 1U);
    EXPECT_EQ(shown["accepted"][0]["value"]["value"], "1");
    EXPECT_EQ(shown["accepted"][0]["counts"], true);
    ASSERT_EQ(shown["accepted"][0]["corrections"].size(), 1U);
    const Json& corrected = shown["accepted"][0]["corrections"][0];
    EXPECT_EQ(corrected["from"]["value"], "2");
    EXPECT_EQ(corrected["to"]["value"], "1");
    EXPECT_EQ(corrected["by"]["id"], "office.clerk");
    EXPECT_EQ(corrected["report"], "p/1/r1");
    EXPECT_EQ(corrected["reason"], "一人重复计算");

    const Json report = bench.ask("jtj.clerk", "report.get", {{"report", "p/1/r1"}});
    EXPECT_EQ(report["content"], before["content"]) << "the report keeps what it said";
    EXPECT_EQ(report["revision"], before["revision"]);
    ASSERT_EQ(report["corrections"].size(), 1U);
    EXPECT_EQ(report["corrections"][0], corrected);

    const Json row = bench.ask("office.clerk", "plan.board", {{"plan", "p"}})["items"][0];
    EXPECT_EQ(row["counts"]["corrections"], 1);
    const Json events =
        bench.ask("audit.auditor", "task.timeline", {{"task", "p/1"}, {"limit", 500}})["items"];
    const Json& last = events.back().contains("event") ? events.back()["event"] : events.back();
    EXPECT_EQ(last["type"], "report.value_corrected");
    EXPECT_EQ(last["data"]["from"]["value"], "2");
    EXPECT_EQ(last["data"]["to"]["value"], "1");
}

TEST(ValueCorrect, IsShownAsItStoodThen) {
    ApiBench bench;
    bench.issue_and_sign();
    accept(bench, "2026-09", "2");
    const Json made = bench.ask("office.clerk", "value.correct", correction("1"));
    bench.ask("office.clerk", "value.correct", correction("3"));
    const Json then = teachers_of(bench.ask(
        "jtj.clerk", "task.get", {{"task", "p/1"}, {"at", {{"position", made["position"]}}}}));
    EXPECT_EQ(then["current"]["actual"], "1.00");
    EXPECT_EQ(then["accepted"][0]["corrections"].size(), 1U);
    const Json now = teachers_of(bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}}));
    EXPECT_EQ(now["current"]["actual"], "3.00");
    EXPECT_EQ(now["accepted"][0]["corrections"].size(), 2U);
}

TEST(ValueCorrect, RefusesWithTheFieldThatIsWrong) {
    ApiBench bench;
    bench.issue_and_sign();
    const auto refusal = [&](const char* member, const Json& value) {
        Json params = correction("1");
        params[member] = value;
        return bench.refusal("office.clerk", "value.correct", params);
    };
    EXPECT_EQ(bench.refusal("office.clerk", "value.correct", correction("1")),
              "rule_violation:not_accepted");
    accept(bench, "2026-09", "2");
    EXPECT_EQ(refusal("value", "2.0"), "rule_violation:unchanged");
    EXPECT_EQ(refusal("value", "2 名"), "invalid_params:value");
    EXPECT_EQ(refusal("value", "1.234"), "invalid_params:value");
    EXPECT_EQ(refusal("numerator", "1"), "invalid_params:numerator");
    EXPECT_EQ(refusal("reason", ""), "invalid_params:reason");
    EXPECT_EQ(refusal("indicator", "none"), "invalid_params:indicator");
    EXPECT_EQ(refusal("report", "p/2/r1"), "invalid_params:report");
    EXPECT_EQ(refusal("unit", "jzy"), "rule_violation:not_accepted");
    EXPECT_EQ(refusal("expect", {{"version", 1}}), "version_conflict");
    EXPECT_EQ(bench.refusal("jtj.head", "value.correct", correction("1")), "forbidden");
    EXPECT_EQ(bench.refusal("rsj.head", "value.correct", correction("1")), "not_found");
    EXPECT_EQ(bench.refusal("office.clerk", "value.correct", correction("1")), "");
}

}  // namespace
}  // namespace duban
