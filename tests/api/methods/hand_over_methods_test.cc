// Handing over what is on a person's desk, through the dispatcher.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json hand_over(const char* from, const char* to) {
    return {{"from", from}, {"to", to}, {"opinion", "离岗"}};
}

// The section chief's node of p/1/a1 is with the clerk of the unit by name.
void transfer_to_head(ApiBench& bench) {
    const Json who = Json::array({{{"unit", "lead"}, {"post", "section"}}});
    const Json step = {{"id", "check"},
                       {"name", "科长审核"},
                       {"who", who},
                       {"acts", Json::array({"approve", "reject", "transfer"})},
                       {"self", "superior"}};
    bench.ask("office.head", "route.publish",
              {{"route",
                {{"route", "report"},
                 {"subject", "report"},
                 {"title", "进展报告"},
                 {"starts", Json::array({{{"unit", "lead"}, {"post", "clerk"}}})},
                 {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
                 {"steps", Json::array({step})}}}});
    bench.issue_and_sign();
    bench.submit_report();
    bench.ask("jtj.section", "approval.transfer", {{"approval", "p/1/a1"}, {"to", "jtj.head"}});
}

bool has_to_decide(ApiBench& bench, const char* person) {
    const Json rows = bench.ask(person, "inbox.list", {{"box", "todo"}})["items"];
    return std::ranges::any_of(
        rows, [](const Json& row) { return row.value("approval", "") == "p/1/a1"; });
}

TEST(HandOverMethod, SaysWhatMovedAndWhatDidNot) {
    ApiBench bench;
    transfer_to_head(bench);
    const Json kept =
        bench.ask("admin.security", "person.hand_over", hand_over("jtj.head", "jtj.clerk"));
    EXPECT_EQ(kept["moved"], Json::array());
    EXPECT_EQ(kept["left"], Json::array({{{"approval", "p/1/a1"},
                                          {"node", "check"},
                                          {"slot", "2"},
                                          {"reason", "own_report"}}}));
    EXPECT_TRUE(has_to_decide(bench, "jtj.head"));
    const Json gone =
        bench.ask("admin.security", "person.hand_over", hand_over("jtj.head", "jtj.section"));
    EXPECT_EQ(gone["moved"],
              Json::array({{{"approval", "p/1/a1"}, {"node", "check"}, {"slot", "3"}}}));
    EXPECT_EQ(gone["left"], Json::array());
    EXPECT_FALSE(has_to_decide(bench, "jtj.head"));
    EXPECT_TRUE(has_to_decide(bench, "jtj.section"));
}

TEST(HandOverMethod, LeavesWhoDidItInTheApproval) {
    ApiBench bench;
    transfer_to_head(bench);
    bench.ask("admin.security", "person.hand_over", hand_over("jtj.head", "jtj.section"));
    const Json approval = bench.ask("jtj.clerk", "approval.get", {{"approval", "p/1/a1"}});
    const Json slots = approval["nodes"][1]["slots"];
    ASSERT_EQ(slots.size(), 3U);
    EXPECT_EQ(slots[1]["state"], "transferred");
    EXPECT_EQ(slots[1]["by"], "admin.security");
    EXPECT_EQ(slots[1]["opinion"], "离岗");
    EXPECT_EQ(slots[2]["holders"], Json::array({"jtj.section"}));
    EXPECT_EQ(slots[2]["reassigned"], true);
}

TEST(HandOverMethod, IsRefusedWithTheFieldOrTheRight) {
    ApiBench bench;
    transfer_to_head(bench);
    const auto refusal = [&](const char* actor, const char* from, const char* to) {
        return bench.refusal(actor, "person.hand_over", hand_over(from, to));
    };
    EXPECT_EQ(refusal("jtj.section", "jtj.head", "jtj.section"), "forbidden");
    EXPECT_EQ(refusal("admin.security", "nobody", "jtj.section"), "not_found");
    EXPECT_EQ(refusal("admin.security", "jtj.head", "nobody"), "invalid_params:to");
    EXPECT_EQ(bench.refusal("admin.security", "person.hand_over",
                            {{"from", "jtj.head"}, {"to", "jtj.section"}}),
              "invalid_params:opinion");
    EXPECT_TRUE(has_to_decide(bench, "jtj.head"));
}

// The act on the person numbers tasks of several units; each unit hears of its own.
TEST(HandOverMethod, StandsInTheTimelineOfTheTaskWithWhoDidIt) {
    ApiBench bench;
    transfer_to_head(bench);
    bench.ask("admin.security", "person.hand_over", hand_over("jtj.head", "jtj.section"));
    const Json items =
        bench.ask("jzy.clerk", "task.timeline", {{"task", "p/1"}, {"limit", 100}})["items"];
    const Json last = items.back();
    EXPECT_EQ(last["type"], "approval.transferred");
    EXPECT_EQ(last["actor"]["id"], "admin.security");
    EXPECT_EQ(last["event"]["data"]["opinion"], "离岗");
}

}  // namespace
}  // namespace duban
