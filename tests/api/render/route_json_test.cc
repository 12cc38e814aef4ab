#include "api/render/route_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace duban {
namespace {

using Json = nlohmann::json;

Json step_named(const std::string& id) {
    return {{"id", id}, {"who", Json::array({{{"unit", "lead"}, {"post", "head"}}})}};
}

// fill, one step, and a par whose second branch has an each.
Json route_to_spoil() {
    Json fill = step_named("fill");
    fill["do"] = "fill";
    const Json runs = {{"id", "runs"},
                       {"kind", "each"},
                       {"in", "units"},
                       {"steps", Json::array({step_named("inner")})}};
    const Json both = {{"id", "both"},
                       {"kind", "par"},
                       {"branches", Json::array({{{"steps", Json::array({step_named("one")})}},
                                                 {{"steps", Json::array({runs})}}})}};
    return {{"route", "r"},
            {"title", "流程"},
            {"starts", Json::array({{{"unit", "lead"}, {"post", "clerk"}}})},
            {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
            {"steps", Json::array({fill, step_named("head"), both})}};
}

// The field that is named when `value` stands at `where`.
std::string field_with(const char* where, Json value) {
    Json json = route_to_spoil();
    json[Json::json_pointer(where)] = std::move(value);
    const auto route = route_from_json(json);
    return route ? "" : route.error().field;
}

TEST(RouteJson, ReadsARouteWithBlocks) {
    const auto route = route_from_json(route_to_spoil());
    ASSERT_TRUE(route) << route.error().detail;
    EXPECT_EQ(route->steps[2].branches[1].steps[0].steps[0].id, "inner");
}

TEST(RouteJson, RefusesUnknownWordsWhereTheyStand) {
    EXPECT_EQ(field_with("/steps/1/kind", "circle"), "route.steps[1].kind");
    EXPECT_EQ(field_with("/steps/1/mode", "dice"), "route.steps[1].mode");
    EXPECT_EQ(field_with("/steps/1/do", "dance"), "route.steps[1].do");
    EXPECT_EQ(field_with("/steps/1/dissent", "shrug"), "route.steps[1].dissent");
    EXPECT_EQ(field_with("/steps/1/empty", "wait"), "route.steps[1].empty");
    EXPECT_EQ(field_with("/steps/1/self", "maybe"), "route.steps[1].self");
    EXPECT_EQ(field_with("/steps/1/colour", "red"), "route.steps[1].colour");
    EXPECT_EQ(field_with("/steps/1/acts", {"approve", "fly"}), "route.steps[1].acts[1]");
    EXPECT_EQ(field_with("/steps/1/who/0/post", "king"), "route.steps[1].who[0].post");
    EXPECT_EQ(field_with("/steps/1/return", {{"to", {"start"}}, {"then", "dance"}}),
              "route.steps[1].return.then");
    EXPECT_EQ(field_with("/steps/1/due", {{"wd", 1}, {"over", "forget"}}),
              "route.steps[1].due.over");
    EXPECT_EQ(field_with("/on/pass/0/do", "fly"), "route.on.pass[0].do");
    EXPECT_EQ(field_with("/on/later", Json::array()), "route.on.later");
    EXPECT_EQ(field_with("/dedupe", "twice"), "route.dedupe");
    EXPECT_EQ(field_with("/withdraw", "sometimes"), "route.withdraw");
    EXPECT_EQ(field_with("/subject", "weather"), "route.subject");
    EXPECT_EQ(field_with("/colour", "red"), "route.colour");
}

TEST(RouteJson, RefusesThemInBlocksToo) {
    EXPECT_EQ(field_with("/steps/2/branches/1/steps/0/in", "countries"),
              "route.steps[2].branches[1].steps[0].in");
    EXPECT_EQ(field_with("/steps/2/branches/1/steps/0/steps/0/mode", "dice"),
              "route.steps[2].branches[1].steps[0].steps[0].mode");
    EXPECT_EQ(field_with("/steps/2/branches/0/colour", "red"), "route.steps[2].branches[0].colour");
    EXPECT_EQ(field_with("/steps/2/branches/0/steps/0/when", {"near", "revision", 1}),
              "route.steps[2].branches[0].steps[0].when");
}

TEST(RouteJson, RefusesNamesThatLookLikeOthers) {
    EXPECT_EQ(field_with("/steps/1/name", "re\u0301sume\u0301"), "route.steps[1].name");
    EXPECT_EQ(field_with("/steps/2/branches/0/steps/0/name", "re\u0301sume\u0301"),
              "route.steps[2].branches[0].steps[0].name");
    EXPECT_EQ(field_with("/steps/1/name", "r\u00e9sum\u00e9"), "");
}

TEST(RouteJson, RefusesConditionsOfAnotherForm) {
    for (const Json& when : {Json("always"), Json::array(), Json::array({"gt", "revision"}),
                             Json::array({"gt", "revision", 1.5}),
                             Json::array({"all", "revision", 1}), Json{{"some", Json::array()}},
                             Json{{"all", Json::object()}}, Json{{"any", Json::array({"gt"})}}}) {
        EXPECT_EQ(field_with("/steps/1/when", when), "route.steps[1].when") << when.dump();
    }
}

TEST(RouteJson, TakesNoEmptyListForOneThatWasLeftOut) {
    EXPECT_EQ(field_with("/steps/1/acts", Json::array()), "route.steps[1].acts");
    EXPECT_EQ(field_with("/steps/2/branches/0/steps/0/acts", Json::array()),
              "route.steps[2].branches[0].steps[0].acts");
    EXPECT_EQ(field_with("/steps/1/return", Json::object()), "route.steps[1].return");
    EXPECT_EQ(field_with("/steps/1/return", {{"to", Json::array()}}), "route.steps[1].return");
}

}  // namespace
}  // namespace duban
