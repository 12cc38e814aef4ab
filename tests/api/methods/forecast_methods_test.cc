// Looking ahead in routes and approvals, and moving them to another version, through the
// dispatcher.
#include <gtest/gtest.h>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json who_of(const char* unit, const char* post) {
    return Json::array({{{"unit", unit}, {"post", post}}});
}

Json step_of(const char* id, const char* unit, const char* post) {
    return {{"id", id}, {"name", std::string("step ") + id}, {"who", who_of(unit, post)}};
}

Json definition(const char* id, int version, const std::vector<Json>& steps) {
    Json route = {
        {"route", id},
        {"ver", version},
        {"title", "进展报告"},
        {"starts", who_of("lead", "clerk")},
        {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
        {"steps",
         Json::array({{{"id", "fill"}, {"do", "fill"}, {"who", who_of("lead", "clerk")}}})}};
    for (const Json& step : steps) route["steps"].push_back(step);
    return route;
}

std::vector<std::string> steps_in(const Json& forecast) {
    std::vector<std::string> steps;
    for (const Json& step : forecast["steps"]) {
        steps.push_back(step["node"].get<std::string>() + " " + step["state"].get<std::string>());
    }
    return steps;
}

using Steps = std::vector<std::string>;

TEST(RouteSimulate, ShowsThePublishedRouteOnATask) {
    ApiBench bench;
    bench.issue_and_sign();
    const Json made = bench.ask("office.clerk", "route.simulate",
                                {{"route", "report"}, {"task", "p/1"}, {"starter", "jtj.clerk"}});
    EXPECT_EQ(steps_in(made), (Steps{"section would_open", "head would_open", "check would_open",
                                     "adopt would_open"}));
    const Json head = made["steps"][1];
    EXPECT_EQ(head["kind"], "task");
    EXPECT_EQ(head["slots"][0]["slot"], "1");
    EXPECT_EQ(head["slots"][0]["seat"], (Json{{"unit", "jtj"}, {"post", "head"}}));
    EXPECT_EQ(head["slots"][0]["holders"], Json::array({"jtj.head"}));
    EXPECT_EQ(bench.refusal("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}}), "not_found")
        << "nothing was opened";
}

TEST(RouteSimulate, TriesADefinitionThatIsNotPublished) {
    ApiBench bench;
    bench.issue_and_sign();
    Json early = step_of("early", "zone", "leader");
    early["when"] = Json::array({"eq", "report.period", "2026-03"});
    const Json route = definition("draft", 1, {early, step_of("last", "office", "head")});
    Json params = {{"definition", route}, {"task", "p/1"}, {"starter", "jtj.clerk"}};
    const Json without = bench.ask("office.head", "route.simulate", params);
    EXPECT_EQ(steps_in(without), (Steps{"early would_skip", "last would_open"}));
    EXPECT_EQ(without["steps"][0]["reason"], "when");
    params["content"] = {{"period", "2026-03"}, {"summary", "x"}};
    EXPECT_EQ(steps_in(bench.ask("office.head", "route.simulate", params)),
              (Steps{"early would_open", "last would_open"}));
    EXPECT_EQ(bench.refusal("office.head", "route.get", {{"route", "draft"}}), "not_found");
}

TEST(RouteSimulate, NamesWhatIsWrongWhereItStands) {
    ApiBench bench;
    bench.issue_and_sign();
    const Json route = definition("draft", 1, {step_of("last", "office", "head")});
    const Json params = {{"definition", route}, {"task", "p/1"}, {"starter", "jtj.clerk"}};
    const auto refusal = [&](const char* where, Json value) {
        Json spoiled = params;
        spoiled[Json::json_pointer(where)] = std::move(value);
        return bench.refusal("office.head", "route.simulate", spoiled);
    };
    EXPECT_EQ(refusal("/definition/steps/1/mode", "dice"),
              "invalid_params:definition.steps[1].mode");
    EXPECT_EQ(refusal("/definition/steps/1/when", Json::array({"near", "revision", 1})),
              "invalid_params:definition.steps[1].when");
    EXPECT_EQ(refusal("/definition/steps/1/who/0/unit", "#none"),
              "invalid_params:definition.steps[1].who[0].unit");
    EXPECT_EQ(refusal("/route", "report"), "invalid_params:route");
    EXPECT_EQ(refusal("/ver", 1), "invalid_params:ver");
    EXPECT_EQ(refusal("/starter", "jtj.head"), "invalid_params:starter");
    EXPECT_EQ(refusal("/starter", "nobody"), "invalid_params:starter");
    EXPECT_EQ(refusal("/task", "p/99"), "not_found");
    EXPECT_EQ(refusal("/content", {{"period", "2026-03"}, {"colour", "red"}}),
              "invalid_params:content.colour");
}

TEST(ApprovalForecast, BeginsWithWhatIsOpenAndIsForThoseWhoSeeTheTask) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "approve", "p/1/a1");
    const Json act = {{"approval", "p/1/a1"}};
    const Json made = bench.ask("jtj.clerk", "approval.forecast", act);
    EXPECT_EQ(steps_in(made), (Steps{"head open", "check would_open", "adopt would_open"}));
    EXPECT_EQ(made["steps"][0]["slots"][0]["holders"], Json::array({"jtj.head"}));
    EXPECT_EQ(bench.refusal("jtj.clerk", "approval.forecast", {{"approval", "p/1/a9"}}),
              "not_found");
    EXPECT_EQ(bench.refusal("rsj.clerk", "approval.forecast", act), "not_found");
    EXPECT_EQ(
        bench.refusal("rsj.clerk", "approval.migration", {{"approval", "p/1/a1"}, {"ver", 2}}),
        "not_found");
}

TEST(ApprovalMigrate, MovesWhatTheDryRunAllows) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("jtj.section", "approve", "p/1/a1");
    const auto published = [&](int version, const std::vector<Json>& steps) {
        bench.ask("office.head", "route.publish",
                  {{"route", definition("report", version, steps)}});
    };
    published(2, {step_of("fresh", "zone", "leader"), step_of("adopt", "office", "head")});
    published(3, {step_of("fresh", "zone", "leader"), step_of("head", "lead", "head")});
    Json params = {{"approval", "p/1/a1"}, {"ver", 2}};
    const Json blocked = bench.ask("office.clerk", "approval.migration", params);
    EXPECT_EQ(blocked["allowed"], false);
    EXPECT_EQ(blocked["blocked"], Json::array({{{"node", "head"}, {"reason", "open"}}}));
    params["opinion"] = "new route";
    EXPECT_EQ(bench.refusal("office.head", "approval.migrate", params),
              "rule_violation:migrate_blocked");
    const Json free =
        bench.ask("office.clerk", "approval.migration", {{"approval", "p/1/a1"}, {"ver", 3}});
    EXPECT_EQ(free["from"], 1);
    EXPECT_EQ(free["to"], 3);
    EXPECT_EQ(free["allowed"], true);
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}})["ver"], 1);
    params["ver"] = 3;
    EXPECT_EQ(bench.refusal("office.clerk", "approval.migrate", params), "forbidden");
    bench.ask("office.head", "approval.migrate", params);
    const Json approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    EXPECT_EQ(approval["ver"], 3);
    EXPECT_EQ(approval["waiting"][0]["node"], "head");
    EXPECT_EQ(approval["nodes"][1]["node"], "fresh");
    EXPECT_EQ(approval["nodes"][1]["reason"], "migrated");
    ASSERT_EQ(approval["history"].size(), 3U);
    EXPECT_EQ(approval["history"][1]["node"], "section");
    EXPECT_EQ(approval["history"][1]["name"], "科长审核") << "as the version before has it";
    EXPECT_EQ(approval["history"][2]["reason"], "migrated");
    bench.decide("jtj.head", "approve", "p/1/a1");
    EXPECT_EQ(bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}})["state"], "passed");
}

}  // namespace
}  // namespace duban
