// The routes that come with the program, played to their ends over WebSocket on a task of all the
// zone's fifteen units. After every act the board, the inboxes of those who are asked, and the
// timeline say the same.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/scenario_stage.h"
#include "tests/e2e/session.h"
#include "tools/cli/builtin_plan.h"

namespace duban {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Persons = std::set<std::string>;

constexpr const char* plan_name = "jiyuan-vocational";
constexpr const char* task_name = "jiyuan-vocational/25";
constexpr const char* lead_unit = "jtj";

// One person's session over WebSocket.
class Line {
public:
    Line(const ServerUrl& url, const std::string& token) {
        EXPECT_TRUE(open_session(socket_, url, token));
        answer_to(0);
    }
    json call(const std::string& method, const json& params) {
        EXPECT_TRUE(socket_.send(call_of(++calls_, method, params).dump()).has_value());
        return answer_to(calls_);
    }

private:
    json answer_to(int id) {
        for (int i = 0; i < 100; ++i) {
            const auto text = socket_.receive(200ms);
            if (!text) continue;
            json message = json::parse(*text);
            if (message.value("id", json()) == id) return message;
        }
        ADD_FAILURE() << "no answer";
        return json::object();
    }

    WebsocketClient socket_;
    int calls_ = 0;
};

// The zone at work: every call goes over its person's own line.
class ShippedRoutes : public testing::Test {
protected:
    void SetUp() override {
        std::string why_not;
        if (!ScenarioStage::can_move_clocks(why_not)) GTEST_SKIP() << why_not;
        stage_ = std::make_unique<ScenarioStage>(ScenarioStage::Clock::movable);
        for (const Unit& unit : builtin_plan().units) {
            if (unit.code.value != lead_unit) co_.push_back(unit.code.value);
        }
        ASSERT_EQ(co_.size(), 14U);
    }

    json ask(const std::string& person, const std::string& method, const json& params) {
        json answer = line(person).call(method, params);
        EXPECT_TRUE(answer.contains("result"))
            << person << " " << method << " " << params << ": " << answer["error"];
        return answer.value("result", json::object());
    }
    json act(const std::string& person, const std::string& method, json params) {
        params["command_id"] = new_command_id();
        return ask(person, method, params);
    }
    // The rule, or the kind, of the refusal.
    std::string refused(const std::string& person, const std::string& method, json params) {
        params["command_id"] = new_command_id();
        const json answer = line(person).call(method, params);
        if (!answer.contains("error")) return "";
        const json& data = answer["error"]["data"];
        return data.value("rule", data.value("kind", ""));
    }

    // A key task of all units, signed by each.
    void issue() {
        const json indicator = {
            {"id", "bases"}, {"name", "教育基地"}, {"op", "ge"}, {"target", {"2"}}};
        act("office.clerk", "task.register",
            {{"task", task_name},
             {"title", "产教融合共同体建设"},
             {"lead", lead_unit},
             {"co", co_},
             {"indicators", json::array({indicator})}});
        act("office.head", "task.approve", {{"task", task_name}, {"decision", "approve"}});
        act("office.clerk", "task.issue",
            {{"task", task_name}, {"due", stage_->day(200)}, {"key", true}});
        act("jtj.clerk", "assignment.sign", {{"task", task_name}});
        for (const auto& unit : co_) act(unit + ".clerk", "assignment.sign", {{"task", task_name}});
    }

    // As the person reads it before he decides.
    json decision(const std::string& person, const std::string& words) {
        const json read = ask(person, "approval.get", {{"approval", approval_}});
        return {{"approval", approval_},
                {"revision", read["revision"]},
                {"revision_digest", read["revision_digest"]},
                {"opinion", words}};
    }
    void decide(const std::string& person, const std::string& act_name,
                const json& more = json::object()) {
        json params = decision(person, act_name == "approve" ? "同意" : "请看意见");
        params.update(more);
        act(person, "approval." + act_name, params);
    }
    void claim_and(const std::string& person, const std::string& act_name,
                   const json& more = json::object()) {
        act(person, "approval.claim", {{"approval", approval_}});
        decide(person, act_name, more);
    }

    json approval() { return ask("office.head", "approval.get", {{"approval", approval_}}); }
    std::string state_of(const std::string& node) {
        const json read = approval();
        for (const json& one : read["nodes"]) {
            if (one["node"] == node) return one["state"];
        }
        return "";
    }

    // Who is asked, by approval.get; the board and the inboxes must agree, and the timeline must
    // end with an event of that type.
    Persons asked(const std::string& last_event) {
        Persons persons;
        std::set<std::string> waits;
        const json read = approval();
        for (const json& one : read["waiting"]) {
            waits.insert(one["node"].get<std::string>() + " " + one["slot"].get<std::string>());
            for (const json& holder : one["holders"]) persons.insert(holder);
        }
        EXPECT_EQ(waits_on_the_board(), waits);
        for (const auto& person : persons) EXPECT_TRUE(has_to_do(person)) << person;
        for (const char* other : {"jtj.section", "jtj.head", "office.clerk", "rsj.head"}) {
            EXPECT_EQ(has_to_do(other), persons.contains(other)) << other;
        }
        EXPECT_TRUE(newest_events(5).contains(last_event)) << last_event;
        return persons;
    }
    std::set<std::string> waits_on_the_board() {
        std::set<std::string> waits;
        const json board = ask("office.head", "plan.board", {{"plan", plan_name}});
        for (const json& row : board["items"]) {
            if (row["task"] != task_name) continue;
            for (const json& one : row["approvals_wait"]) {
                if (one["approval"] != approval_) continue;
                waits.insert(one["node"].get<std::string>() + " " + one["slot"].get<std::string>());
            }
        }
        return waits;
    }
    bool has_to_do(const std::string& person) {
        const json rows = ask(person, "inbox.list", {{"box", "todo"}, {"limit", 200}})["items"];
        return std::ranges::any_of(
            rows, [&](const json& row) { return row.value("approval", "") == approval_; });
    }
    std::set<std::string> newest_events(std::size_t count) {
        std::vector<std::string> types;
        std::string cursor;
        for (int pages = 0; pages < 50; ++pages) {
            json params = {{"task", task_name}, {"limit", 200}};
            if (!cursor.empty()) params["cursor"] = cursor;
            const json page = ask("office.head", "task.timeline", params);
            for (const json& one : page["items"]) types.push_back(one["type"]);
            if (!page.contains("next")) break;
            cursor = page["next"];
        }
        if (types.size() > count) types.erase(types.begin(), types.end() - static_cast<int>(count));
        return {types.begin(), types.end()};
    }

    // Every cooperating unit but these speaks for the report.
    void cosign(const Persons& silent) {
        for (const auto& unit : co_) {
            if (silent.contains(unit)) continue;
            claim_and(unit + ".clerk", "approve");
            decide(unit + ".head", "approve");
        }
    }
    // The clerk, who is the head's proxy, gives the head's slot to the section.
    void refuse_by_a_delegate_of_the_proxy() {
        claim_and("czj.clerk", "approve");
        act("czj.clerk", "approval.delegate",
            {{"approval", approval_},
             {"node", "co_head@czj"},
             {"slot", "1"},
             {"to", "czj.section"},
             {"opinion", "请拟意见"}});
        EXPECT_TRUE(asked("approval.delegated").contains("czj.section"));
        decide("czj.section", "resolve");
        EXPECT_TRUE(asked("approval.resolved").contains("czj.head"));
        decide("czj.head", "reject");
    }
    void confirm_by_all() {
        for (const auto& unit : co_) decide(unit + ".head", "approve");
    }
    // Sessions are opened anew: a clock that was moved ends those that were open.
    void move_past_work_day(int days) {
        stage_->move_clock_past_work_day(days);
        for (const auto& [person, open] : lines_) stage_->forget(person);
        lines_.clear();
    }
    // What the clock does comes a moment after it was moved.
    void wait_for(const std::string& node, const std::string& state) {
        for (int i = 0; i < 100 && state_of(node) != state; ++i) std::this_thread::sleep_for(100ms);
        EXPECT_EQ(state_of(node), state);
    }
    json report(const char* bases, const char* summary) {
        return {{"period", "2026-11"},
                {"summary", summary},
                {"values", json::array({{{"indicator", "bases"}, {"value", bases}}})},
                {"evidence", json::array()}};
    }

    Line& line(const std::string& person) {
        auto& line = lines_[person];
        if (!line) line = std::make_unique<Line>(stage_->url(), stage_->token_of(person));
        return *line;
    }

    std::unique_ptr<ScenarioStage> stage_;
    std::map<std::string, std::unique_ptr<Line>> lines_;
    std::vector<std::string> co_;
    std::string approval_;
};

// ---- reports -------------------------------------------------------------------------------

class ShippedReportRoute : public ShippedRoutes {
protected:
    void submit() {
        act("admin.security", "proxy.set",
            {{"proxy",
              {{"principal", "czj.head"},
               {"deputy", "czj.clerk"},
               {"from", stage_->day(0)},
               {"until", stage_->day(30)}}}});
        json submit = report("2", "建成两个基地");
        submit["task"] = task_name;
        const json submitted = act("jtj.clerk", "report.submit", submit);
        approval_ = submitted["approval"];
        report_ = submitted["report"];
        EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.section"});
    }
    void sign_in_the_lead() {
        // A signer is added in front of the section.
        act("jtj.section", "approval.add_signer",
            {{"approval", approval_}, {"pos", "before"}, {"who", {"czj.section"}}});
        EXPECT_EQ(asked("approval.signers_added"), Persons{"czj.section"});
        EXPECT_EQ(refused("jtj.section", "approval.approve", decision("jtj.section", "同意")),
                  "waits_for_added");
        decide("czj.section", "approve");
        decide("jtj.section", "approve");
        EXPECT_EQ(asked("approval.slot_opened"), Persons{"jtj.head"});
        decide("jtj.head", "approve");
    }
    void cosign_with_a_refusal_and_two_silent_units() {
        // Fourteen units at once: one refuses, two are silent.
        const Persons in_unit_run = asked("approval.round_opened");
        EXPECT_EQ(in_unit_run.size(), 14U);
        refuse_by_a_delegate_of_the_proxy();
        cosign({"swj", "scj", "czj"});
        move_past_work_day(2);
        wait_for("co_op@swj", "deemed");
        wait_for("co_op@scj", "deemed");
        EXPECT_EQ(asked("approval.round_opened"), (Persons{"scj.head", "swj.head"}));
        move_past_work_day(7);
        wait_for("co_head@swj", "deemed");
        wait_for("mediate", "open");
        EXPECT_EQ(state_of("co_head@czj"), "dissented");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.head"});
        decide("jtj.head", "approve");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
    }
    void come_back_by_jump() {
        // Back by jump, and straight to the office again: a new summary is not material.
        claim_and("office.clerk", "return", {{"to", "fill"}, {"then", "jump"}});
        EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.clerk"});
        json revise = report("2", "建成两个基地，名单见附件");
        revise["report"] = report_;
        act("jtj.clerk", "report.revise", revise);
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
        decide("office.clerk", "approve");
        decide("office.head", "return", {{"to", "check"}});
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
    }
    void come_back_by_going_through_all() {
        // Back by going through all again: everybody is asked about the other value.
        claim_and("office.clerk", "return", {{"to", "fill"}, {"then", "rerun"}});
        json revise = report("3", "建成三个基地");
        revise["report"] = report_;
        act("jtj.clerk", "report.revise", revise);
        EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.section"});
        decide("jtj.section", "approve");
        decide("jtj.head", "approve");
        cosign({});
        claim_and("office.clerk", "approve");
        decide("office.head", "approve");
        EXPECT_EQ(asked("approval.closed"), Persons{});
    }
    void expect_what_stays_for_ever() {
        const json passed = approval();
        EXPECT_EQ(passed["state"], "passed");
        const auto at_the_end = std::ranges::count_if(
            passed["copies"], [](const json& copy) { return copy.value("node", "") == "copy"; });
        EXPECT_EQ(at_the_end, 15) << "the leader and fourteen heads";
        std::size_t deemed = 0;
        json chain;
        for (const json& round : passed["history"]) {
            for (const json& slot : round["slots"]) {
                deemed += slot["state"] == "deemed" ? 1U : 0U;
                if (slot.contains("delegation")) chain = slot["delegation"];
            }
        }
        EXPECT_EQ(deemed, 4U) << "two units, in both of their steps";
        ASSERT_EQ(chain.size(), 1U);
        EXPECT_EQ(chain[0]["from"], "czj.head");
        EXPECT_EQ(chain[0]["to"], "czj.section");
        const json task = ask("office.head", "task.get", {{"task", task_name}});
        EXPECT_EQ(task["indicators"][0]["current"]["actual"], "3.00");
    }

    std::string report_;
};

TEST_F(ShippedReportRoute, CarriesAReportThroughFifteenUnits) {
    issue();
    submit();
    sign_in_the_lead();
    cosign_with_a_refusal_and_two_silent_units();
    come_back_by_jump();
    come_back_by_going_through_all();
    expect_what_stays_for_ever();
}

// ---- extensions ----------------------------------------------------------------------------

TEST_F(ShippedRoutes, MoveADayAsFarAsWhoMayGrantIt) {
    issue();
    const json requested =
        act("rsj.head", "extension.request",
            {{"task", task_name}, {"new_due", stage_->day(300)}, {"reason", "设备采购推迟"}});
    approval_ = requested["approval"];
    EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.head"});
    // Nobody answers: the office decides in place of the lead.
    move_past_work_day(2);
    for (int i = 0; i < 100 && !has_to_do("office.clerk"); ++i) std::this_thread::sleep_for(100ms);
    EXPECT_EQ(asked("approval.timed_out"), Persons{"office.clerk"});
    decide("office.clerk", "approve");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
    claim_and("office.clerk", "return");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"rsj.head"});
    act("rsj.head", "extension.revise",
        {{"extension", requested["extension"]},
         {"new_due", stage_->day(310)},
         {"reason", "设备采购推迟，合同见附件"}});
    EXPECT_NE(asked("approval.round_opened").count("jtj.head"), 0U)
        << "another day is material: the lead is asked again";
    decide("jtj.head", "approve");
    claim_and("office.clerk", "approve");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"})
        << "a long one of a key task is the leader's to grant";
    decide("zone.leader", "approve");
    EXPECT_EQ(approval()["state"], "passed");
    EXPECT_EQ(asked("approval.closed"), Persons{});
    const json extension =
        ask("rsj.clerk", "extension.get", {{"extension", requested["extension"]}});
    EXPECT_EQ(extension["state"], "accepted");
    EXPECT_TRUE(extension.contains("moved"));
}

// ---- closings ------------------------------------------------------------------------------

TEST_F(ShippedRoutes, StrikeAKeyTaskOff) {
    issue();
    const json conclusion = {
        {"conclusion", "任务完成"},
        {"evidence", json::array()},
        {"indicators", json::array({{{"indicator", "bases"}, {"explanation", "转入下一年度"}}})}};
    json request = conclusion;
    request["task"] = task_name;
    const json requested = act("jtj.head", "closing.request", request);
    approval_ = requested["approval"];
    EXPECT_EQ(asked("approval.round_opened").size(), 14U);
    for (const auto& unit : co_) {
        if (unit != "swj") decide(unit + ".head", unit == "czj" ? "reject" : "approve");
    }
    move_past_work_day(5);
    wait_for("c1@swj", "deemed");
    wait_for("paper", "open");
    // The papers and the visit go on side by side.
    const json children = approval()["children"];
    ASSERT_EQ(children.size(), 1U);
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
    claim_and("office.clerk", "approve");
    EXPECT_EQ(state_of("paper"), "approved");
    const std::string whole = approval_;
    approval_ = children[0];
    claim_and("office.clerk", "approve");
    EXPECT_EQ(approval()["state"], "passed");
    approval_ = whole;
    // The panel: three voters, one of whom may veto.
    EXPECT_EQ(asked("approval.round_opened"), (Persons{"czj.head", "fgj.head", "office.head"}));
    decide("czj.head", "reject");
    decide("fgj.head", "approve");
    decide("office.head", "approve");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.head"});
    decide("office.head", "approve");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"});
    decide("zone.leader", "approve");
    EXPECT_EQ(approval()["state"], "passed");
    const json task = ask("office.head", "task.get", {{"task", task_name}});
    EXPECT_EQ(task["state"], "done");
    EXPECT_TRUE(task.contains("finished"));
}

}  // namespace
}  // namespace duban
