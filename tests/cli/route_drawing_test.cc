#include "tools/cli/route_drawing.h"
#include "tools/cli/shipped_routes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "domain/approval/condition.h"
#include "domain/approval/route.h"
#include "domain/base/layout.h"
#include "tests/support/duban_process.h"

namespace duban {
namespace {

const std::string head_of_route =
    R"("route": "r", "title": "流程", "starts": [{"unit": "lead", "post": "clerk"}],
       "on": {"pass": [{"do": "accept_values"}]}, )";

std::string definition_of(const std::string& steps) {
    return "{" + head_of_route +
           R"("steps": [{"id": "fill", "do": "fill", "who": [{"unit": "lead", "post": "clerk"}]})" +
           (steps.empty() ? "" : ", " + steps) + "]}";
}

std::string drawn(const std::string& steps) {
    const auto route = route_of_text(definition_of(steps), "r.json");
    EXPECT_TRUE(route) << route.error().field << ": " << route.error().detail;
    return route ? drawing_of(*route) : "";
}

std::string refused_field(const std::string& text) {
    const auto route = route_of_text(text, "r.json");
    EXPECT_FALSE(route);
    return route ? "" : route.error().field;
}

TEST(RouteDrawing, ShowsStepsReturnsAndDueRules) {
    EXPECT_EQ(drawn(R"({"id": "head", "name": "签发", "who": [{"unit": "lead", "post": "head"}],
                        "acts": ["approve", "return"], "return": {"to": ["start"], "then": "jump"},
                        "due": {"wd": 2, "remind": [-1, 0], "max": 2, "over": "escalate",
                                "to": {"unit": "zone", "post": "leader"}}})"),
              "flowchart TD\n"
              "    n0[\"fill<br/>lead clerk<br/>does: fill\"]\n"
              "    n1[\"签发<br/>lead head<br/>due 2 working days after opening, reminders -1 0, "
              "then to zone leader\"]\n"
              "    passed([\"passed<br/>accept_values\"])\n"
              "    n0 --> n1\n"
              "    n1 --> passed\n"
              "    n1 -.->|\"jump\"| n0\n");
}

TEST(RouteDrawing, FramesBlocksAndWritesConditionsOnEdges) {
    EXPECT_EQ(drawn(R"({"id": "c", "kind": "choose", "branches": [
                          {"when": ["gt", "task.coop_count", 0], "steps": [
                            {"id": "e", "kind": "each", "in": "coop_units", "steps": [
                              {"id": "sign", "who": [{"unit": "$u", "post": "head"}]}]}]},
                          {"default": true, "steps": []}]},
                        {"id": "key", "who": [{"unit": "zone", "post": "leader"}],
                         "when": {"not": ["eq", "task.key", false]}})"),
              "flowchart TD\n"
              "    n0[\"fill<br/>lead clerk<br/>does: fill\"]\n"
              "    subgraph b1[\"c\"]\n"
              "        n1{\"c<br/>the first that holds\"}\n"
              "        subgraph b2[\"e<br/>each cooperating unit, need all\"]\n"
              "            n3[\"sign<br/>the unit's head\"]\n"
              "        end\n"
              "    end\n"
              "    n4[\"key<br/>zone leader\"]\n"
              "    passed([\"passed<br/>accept_values\"])\n"
              "    n0 --> n1\n"
              "    n1 -->|\"task.coop_count #gt; 0\"| n3\n"
              "    n3 -->|\"not (task.key = false)\"| n4\n"
              "    n1 -->|\"otherwise; not (task.key = false)\"| n4\n"
              "    n4 --> passed\n"
              "    n3 -->|\"otherwise\"| passed\n"
              "    n1 -->|\"otherwise; otherwise\"| passed\n");
}

TEST(RouteDrawing, JoinsBranchesAndFollowsWhatMovesByItself) {
    EXPECT_EQ(drawn(R"({"id": "p", "kind": "par", "branches": [
                          {"steps": [{"id": "a", "who": [{"unit": "#jtj", "post": "head"}]}]},
                          {"steps": [{"id": "told", "kind": "cc",
                                      "who": [{"unit": "zone", "post": "leader"}]}]}]},
                        {"id": "again", "kind": "goto", "to": "#p", "max": 2,
                         "when": ["eq", "revision", 1]},
                        {"id": "no", "kind": "auto", "result": "reject", "why": "too \"late\""})"),
              "flowchart TD\n"
              "    n0[\"fill<br/>lead clerk<br/>does: fill\"]\n"
              "    subgraph b1[\"p\"]\n"
              "        n1{\"p<br/>all of them\"}\n"
              "        n2[\"a<br/>#35;jtj head\"]\n"
              "        n3>\"told<br/>copy to zone leader\"]\n"
              "        j1((\"all\"))\n"
              "    end\n"
              "    n4{{\"again<br/>at most 2 times\"}}\n"
              "    n5[[\"no<br/>reject by itself<br/>too #quot;late#quot;\"]]\n"
              "    passed([\"passed<br/>accept_values\"])\n"
              "    rejected([\"rejected\"])\n"
              "    n0 --> n1\n"
              "    n1 --> n2\n"
              "    n1 --> n3\n"
              "    n2 --> j1\n"
              "    n3 --> j1\n"
              "    j1 -->|\"revision = 1\"| n4\n"
              "    n4 --> n1\n"
              "    n4 -->|\"after that\"| n5\n"
              "    j1 -->|\"otherwise\"| n5\n"
              "    n5 --> rejected\n");
}

TEST(RouteDrawing, NamesWhatIsWrongInADefinition) {
    EXPECT_EQ(refused_field(definition_of(R"({"id": "x", "mode": "dice"})")),
              "route.steps[1].mode");
    EXPECT_EQ(refused_field(definition_of(R"({"id": "x"})")), "route.steps[1].who");
    EXPECT_EQ(refused_field(definition_of(R"({"id": "fill",
                                              "who": [{"unit": "lead", "post": "head"}]})")),
              "route.steps[1].id");
    EXPECT_EQ(refused_field("{" + head_of_route + R"("colour": "red",
                "steps": [{"id": "fill", "do": "fill", "who": [{"unit": "lead", "post": "clerk"}]}]})"),
              "route.colour");
    EXPECT_FALSE(route_of_text("{\"route\": ", "r.json"));
    EXPECT_FALSE(route_of_text("{\"a\": 1, \"a\": 2}", "r.json"));
    EXPECT_TRUE(route_of_text("{\"route\": " + definition_of("") + "}", "r.json"))
        << "the parameters of route.publish";
}

std::string written(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
}

TEST(RouteDrawing, IsPrintedByTheProgram) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("duban-route-" + std::to_string(::getpid()) + ".json");
    const auto drawn_file = run_duban({"route", "draw", written(file, definition_of(""))});
    EXPECT_EQ(drawn_file.code, 0);
    EXPECT_EQ(drawn_file.output, drawn(""));
    const auto refused = run_duban(
        {"route", "draw", written(file, definition_of(R"({"id": "x", "mode": "dice"})"))});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("route.steps[1].mode"), std::string::npos) << refused.output;
    std::filesystem::remove(file);
    EXPECT_EQ(run_duban({"route", "draw", file.string()}).code, 1);
    EXPECT_EQ(run_duban({"route"}).code, 2);
}

// ---- docs/approvals.md ---------------------------------------------------------------------

std::string handbook() {
    std::ifstream file("docs/approvals.md", std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_FALSE(text.empty());
    return text;
}

TEST(RouteHandbook, HasThePicturesThatTheProgramDraws) {
    const std::string text = handbook();
    std::size_t pictures = 0;
    for (const Route& route : shipped_routes()) {
        const std::string picture = "```mermaid\n" + drawing_of(route) + "```\n";
        EXPECT_NE(text.find(picture), std::string::npos)
            << "put the picture of " << route.route.value << " into docs/approvals.md:\n"
            << picture;
        ++pictures;
    }
    std::size_t found = 0;
    for (auto at = text.find("```mermaid"); at != std::string::npos;
         at = text.find("```mermaid", at + 1)) {
        ++found;
    }
    EXPECT_EQ(found, pictures) << "a picture is of no route that is shipped";
}

std::string plain(std::string name) {
    if (name.ends_with('_')) name.pop_back();
    return name;
}

void expect_named(const std::string& text, const std::string& name) {
    EXPECT_NE(text.find("`" + plain(name) + "`"), std::string::npos)
        << "docs/approvals.md has no sentence with `" << plain(name) << "`";
}

template <class T>
void expect_members(const std::string& text, const std::set<std::string>& left_out = {}) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            if (!left_out.contains(member.name)) expect_named(text, member.name);
        });
}

template <class E>
void expect_values(const std::string& text, const std::set<std::string>& left_out = {}) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto value) {
        if (!left_out.contains(value.name)) expect_named(text, value.name);
    });
}

TEST(RouteHandbook, HasASentenceForEveryElementOfARoute) {
    const std::string text = handbook();
    expect_members<Route>(text);
    expect_members<Effects>(text);
    expect_members<EffectSpec>(text);
    expect_members<RouteNode>(text, {"stand_in"});
    expect_members<RouteBranch>(text);
    expect_members<Selector>(text);
    expect_members<ReturnRule>(text);
    expect_members<OpinionRule>(text);
    expect_members<VoteRule>(text);
    expect_members<DueRule>(text);
    expect_values<SubjectKind>(text);
    expect_values<NodeKind>(text);
    expect_values<NodeDo>(text);
    expect_values<NodeMode>(text);
    expect_values<Dissent>(text);
    expect_values<OnEmpty>(text, {"seat"});
    expect_values<OnSelf>(text);
    expect_values<Dedupe>(text);
    expect_values<Act>(text);
    expect_values<OpinionNeed>(text, {"usual"});
    expect_values<Resume>(text);
    expect_values<Branches>(text);
    expect_values<PickBy>(text, {"nobody"});
    expect_values<VoteBy>(text);
    expect_values<Settle>(text);
    expect_values<EachIn>(text);
    expect_values<AutoResult>(text, {"none"});
    expect_values<WithdrawRule>(text);
    expect_values<Effect>(text);
    expect_values<Join>(text);
    expect_values<DueFrom>(text);
    expect_values<Over>(text);
    expect_values<ConditionOp>(text);
}

}  // namespace
}  // namespace duban
