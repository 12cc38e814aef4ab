// Corrections of accepted values, and what a report will make of totals, through the dispatcher.
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
        bench.ask("office.clerk", "task.timeline", {{"task", "p/1"}, {"limit", 500}})["items"];
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

TEST(ReportPreview, ShowsTheClerkWhatTheTotalBecomes) {
    ApiBench bench;
    bench.issue_and_sign();
    accept(bench, "2026-09", "2");
    const Json ahead = bench.ask("jtj.clerk", "report.preview",
                                 {{"task", "p/1"}, {"period", "2026-10"}, {"values", values("2")}});
    EXPECT_EQ(ahead["unit"]["code"], "jtj");
    EXPECT_EQ(ahead["accepts"], true);
    EXPECT_FALSE(ahead.contains("join"));
    ASSERT_EQ(ahead["values"].size(), 1U);
    const Json& value = ahead["values"][0];
    EXPECT_EQ(value["before"], "2.00");
    EXPECT_EQ(value["after"], "4.00");
    EXPECT_EQ(value["joins"][0]["report"], "p/1/r1");
    EXPECT_EQ(value["joins"][0]["period"], "2026-09");
    EXPECT_EQ(ahead["indicators"][0]["before"]["actual"], "2.00");
    EXPECT_EQ(ahead["indicators"][0]["after"]["actual"], "4.00");
    EXPECT_EQ(ahead["progress"]["before"], ahead["progress"]["after"]) << "it was met before";
    accept(bench, "2026-10", "2");
    EXPECT_EQ(teachers_of(bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}}))["current"],
              ahead["indicators"][0]["after"])
        << "as it was said before";
}

TEST(ReportPreview, GoesByTheJoinOfTheRoute) {
    ApiBench bench;
    bench.issue_and_sign();
    Json route = bench.ask("office.head", "route.get", {{"route", "report"}})["route"];
    route["on"]["pass"] = Json::array({{{"do", "accept_values"}, {"join", "replace"}}});
    route.erase("ver");
    bench.ask("office.head", "route.publish", {{"route", route}});
    accept(bench, "2026-09", "2");
    const auto preview = [&](const char* period) {
        return bench.ask("jtj.clerk", "report.preview",
                         {{"task", "p/1"}, {"period", period}, {"values", values("3")}});
    };
    const Json later = preview("2026-10");
    EXPECT_EQ(later["join"], "replace");
    EXPECT_EQ(later["values"][0]["after"], "3.00");
    EXPECT_EQ(later["values"][0]["replaces"][0]["report"], "p/1/r1");
    const Json late = preview("2026-08");
    EXPECT_EQ(late["values"][0]["after"], "2.00");
    EXPECT_EQ(late["values"][0]["counts"], false);
}

TEST(ReportPreview, TakesTheDraftAndTheReportThatIsUnderWay) {
    ApiBench bench;
    bench.issue_and_sign();
    EXPECT_EQ(bench.refusal("jtj.clerk", "report.preview", {{"task", "p/1"}}), "not_found");
    bench.ask("jtj.clerk", "report.save",
              {{"task", "p/1"}, {"period", "2026-09"}, {"values", values("1")}});
    EXPECT_EQ(bench.ask("jtj.clerk", "report.preview", {{"task", "p/1"}})["values"][0]["after"],
              "1.00");
    EXPECT_EQ(bench.refusal("jzy.clerk", "report.preview", {{"task", "p/1"}, {"unit", "jtj"}}),
              "not_found")
        << "a draft is its unit's own";
    bench.submit_report();
    const Json head = bench.ask("office.head", "report.preview", {{"report", "p/1/r1"}});
    EXPECT_EQ(head["report"], "p/1/r1");
    EXPECT_EQ(head["values"].size(), 3U);
    EXPECT_EQ(head["values"][0]["after"], "2.00");
    approve_all(bench, "p/1/a1");
    EXPECT_EQ(bench.refusal("office.head", "report.preview", {{"report", "p/1/r1"}}),
              "rule_violation:report_not_open");
}

TEST(ReportPreview, RefusesWhatCouldNotBeSubmitted) {
    ApiBench bench;
    bench.issue_and_sign();
    accept(bench, "2026-09", "2");
    const auto refusal = [&](const char* who, const Json& params) {
        return bench.refusal(who, "report.preview", params);
    };
    const Json whole = {{"task", "p/1"}, {"period", "2026-09"}, {"values", values("2")}};
    EXPECT_EQ(refusal("jtj.clerk", whole), "rule_violation:period_accepted");
    Json wrong = whole;
    wrong["values"] = values("many");
    EXPECT_EQ(refusal("jtj.clerk", wrong), "invalid_params:values[0].value");
    wrong = whole;
    wrong.erase("period");
    EXPECT_EQ(refusal("jtj.clerk", wrong), "invalid_params:period");
    EXPECT_EQ(refusal("office.clerk", whole), "invalid_params:unit");
    EXPECT_EQ(refusal("rsj.clerk", whole), "not_found");
    EXPECT_EQ(refusal("jtj.clerk", {{"values", values("2")}}), "invalid_params:task");
    EXPECT_EQ(refusal("jtj.clerk", {{"task", "p/1"}, {"report", "p/1/r1"}}), "invalid_params:task");
}

}  // namespace
}  // namespace duban
