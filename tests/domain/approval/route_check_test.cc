#include <gtest/gtest.h>

#include <functional>

#include "domain/approval/route.h"
#include "tests/support/print.h"

namespace duban {
namespace {

struct Spoiled {
    const char* field;
    std::function<void(Route&)> spoil;
};

void expect_refused(const std::vector<Spoiled>& cases) {
    for (const auto& [field, spoil] : cases) {
        Route route = default_report_route();
        spoil(route);
        const auto checked = check_route(route);
        ASSERT_FALSE(checked) << field;
        EXPECT_EQ(checked.error().code, Errc::invalid_argument);
        EXPECT_EQ(checked.error().field, field);
        EXPECT_FALSE(checked.error().detail.empty());
    }
}

TEST(CheckRoute, ChecksTheHead) {
    expect_refused({
        {"route.route", [](Route& route) { route.route = RouteId("Report"); }},
        {"route.ver", [](Route& route) { route.ver = 0; }},
        {"route.title", [](Route& route) { route.title = ""; }},
        {"route.starts", [](Route& route) { route.starts.clear(); }},
        {"route.starts[0].unit", [](Route& route) { route.starts[0].unit = "coop"; }},
        {"route.material[1]", [](Route& route) { route.material[1] = "colour"; }},
        {"route.material[0]", [](Route& route) { route.material = {"period", "period"}; }},
        {"route.on.pass", [](Route& route) { route.on.pass.clear(); }},
        {"route.on.pass[0]", [](Route& route) { route.on.pass.push_back(route.on.pass[0]); }},
    });
}

TEST(CheckRoute, HasTwoToFiftySteps) {
    expect_refused({
        {"route.steps", [](Route& route) { route.steps.clear(); }},
        {"route.steps", [](Route& route) { route.steps.resize(1); }},
        {"route.steps", [](Route& route) { route.steps.resize(51, route.steps.back()); }},
    });
}

TEST(CheckRoute, BeginsWithTheOneFillStep) {
    expect_refused({
        {"route.steps[0].do", [](Route& route) { route.steps[0].do_ = NodeDo::approve; }},
        {"route.steps[2].do", [](Route& route) { route.steps[2].do_ = NodeDo::fill; }},
        {"route.steps[0].acts", [](Route& route) { route.steps[0].acts = {Act::approve}; }},
        {"route.steps[0].return", [](Route& route) { route.steps[0].return_.to = {"start"}; }},
    });
}

TEST(CheckRoute, NamesEveryStepAndItsPersons) {
    expect_refused({
        {"route.steps[1].id", [](Route& route) { route.steps[1].id = "Section"; }},
        {"route.steps[1].id", [](Route& route) { route.steps[1].id = "1st"; }},
        {"route.steps[3].id", [](Route& route) { route.steps[3].id = "fill"; }},
        {"route.steps[1].name", [](Route& route) { route.steps[1].name = ""; }},
        {"route.steps[1].who", [](Route& route) { route.steps[1].who.clear(); }},
        {"route.steps[1].who[0].unit", [](Route& route) { route.steps[1].who[0].unit = "#"; }},
        {"route.steps[1].who[0].unit", [](Route& route) { route.steps[1].who[0].unit = "jtj"; }},
        {"route.steps[1].who[0].post",
         [](Route& route) { route.steps[1].who[0].post = Post::audit_admin; }},
    });
}

TEST(CheckRoute, KnowsTheUnitsOfSelectors) {
    for (const char* unit : {"lead", "office", "zone", "audit", "#jtj", "#jtj-2"}) {
        Route route = default_report_route();
        route.steps[1].who[0].unit = unit;
        EXPECT_TRUE(check_route(route)) << unit;
    }
}

TEST(CheckRoute, ActsAndTheReturnRuleAgree) {
    expect_refused({
        {"route.steps[1].acts", [](Route& route) { route.steps[1].acts.clear(); }},
        {"route.steps[1].acts", [](Route& route) { route.steps[1].acts = {Act::return_}; }},
        {"route.steps[1].acts[0]",
         [](Route& route) { route.steps[1].acts = {Act::approve, Act::approve, Act::return_}; }},
        {"route.steps[1].return", [](Route& route) { route.steps[1].return_.to.clear(); }},
        {"route.steps[1].return", [](Route& route) { route.steps[1].acts = {Act::approve}; }},
    });
}

TEST(CheckRoute, ReturnsGoToEarlierSteps) {
    expect_refused({
        {"route.steps[2].return.to[0]",
         [](Route& route) { route.steps[2].return_.to = {"#adopt"}; }},
        {"route.steps[2].return.to[0]",
         [](Route& route) { route.steps[2].return_.to = {"#head"}; }},
        {"route.steps[2].return.to[1]",
         [](Route& route) { route.steps[2].return_.to = {"any", "section"}; }},
        {"route.steps[2].return.to[0]", [](Route& route) { route.steps[2].return_.to = {""}; }},
    });
    Route route = default_report_route();
    route.steps[2].return_.to = {"#section", "#fill", "prev", "start", "any"};
    EXPECT_TRUE(check_route(route));
}

}  // namespace
}  // namespace duban
