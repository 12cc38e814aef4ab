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

#include "domain/base/civil_time.h"
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

    static json indicators(const char* bases) {
        const json indicator = {
            {"id", "bases"}, {"name", "教育基地"}, {"op", "ge"}, {"target", {bases}}};
        return json::array({indicator});
    }
    void establish(const std::vector<std::string>& co) {
        act("office.clerk", "task.register",
            {{"task", task_name},
             {"title", "产教融合共同体建设"},
             {"lead", lead_unit},
             {"co", co},
             {"indicators", indicators("2")}});
        act("office.head", "task.approve", {{"task", task_name}, {"decision", "approve"}});
    }
    // Signed by each of its units.
    void issue_to(const std::vector<std::string>& co, bool key) {
        establish(co);
        act("office.clerk", "task.issue",
            {{"task", task_name}, {"due", stage_->day(200)}, {"key", key}});
        act("jtj.clerk", "assignment.sign", {{"task", task_name}});
        for (const auto& unit : co) act(unit + ".clerk", "assignment.sign", {{"task", task_name}});
    }
    // A key task of all units.
    void issue() { issue_to(co_, true); }
    json task() { return ask("office.head", "task.get", {{"task", task_name}}); }
    json board_row() {
        const json board = ask("office.head", "plan.board", {{"plan", plan_name}});
        for (const json& row : board["items"]) {
            if (row["task"] == task_name) return row;
        }
        return {};
    }
    // What the person is asked to do about the task besides deciding.
    Persons duties(const std::string& person) {
        Persons kinds;
        const json rows = ask(person, "inbox.list", {{"box", "todo"}, {"limit", 200}})["items"];
        for (const json& row : rows) {
            if (row["task"] == task_name) kinds.insert(row["duty"].get<std::string>());
        }
        return kinds;
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
        const json row = board_row();
        for (const json& one : row["approvals_wait"]) {
            if (one["approval"] != approval_) continue;
            waits.insert(one["node"].get<std::string>() + " " + one["slot"].get<std::string>());
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
        EXPECT_EQ(task()["indicators"][0]["current"]["actual"], "3.00");
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
    const json closed = task();
    EXPECT_EQ(closed["state"], "done");
    EXPECT_TRUE(closed.contains("finished"));
}

// ---- amendments ----------------------------------------------------------------------------

class ShippedAmendmentRoute : public ShippedRoutes {
protected:
    std::vector<std::string> all_but(const std::string& unit) {
        std::vector<std::string> others = co_;
        std::erase(others, unit);
        return others;
    }
    void request(const std::string& person, const json& changes, const char* reason) {
        const json requested = act(person, "amend.request",
                                   {{"task", task_name}, {"changes", changes}, {"reason", reason}});
        approval_ = requested["approval"];
        amendment_ = requested["amendment"];
    }
    json amendment() { return ask("rsj.clerk", "amend.get", {{"amendment", amendment_}}); }
    Persons heads_but(const Persons& units) {
        Persons heads;
        for (const auto& unit : co_) {
            if (!units.contains(unit)) heads.insert(unit + ".head");
        }
        return heads;
    }
    void expect_passed() {
        EXPECT_EQ(approval()["state"], "passed");
        EXPECT_EQ(asked("approval.closed"), Persons{});
        EXPECT_TRUE(newest_events(5).contains("amendment.applied"));
        EXPECT_EQ(amendment()["state"], "accepted");
    }

    // A later day and one unit more: through the lead, the office and the units to the leader.
    void take_a_unit_in() {
        const std::string before = task()["due"];
        const std::string later = stage_->day(300);
        request("rsj.head", {{"due", later}, {"co", co_}}, "增加配合单位，时限顺延");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"jtj.head"});
        decide("jtj.head", "approve");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
        claim_and("office.clerk", "approve");
        EXPECT_EQ(asked("approval.round_opened"), heads_but({"swj", "rsj"}))
            << "neither the one that would join nor the one that asks";
        for (const auto& person : heads_but({"swj", "rsj", "scj"})) decide(person, "approve");
        move_past_work_day(3);
        wait_for("heard@scj", "deemed");
        wait_for("leader", "open");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"})
            << "nobody objects, but the day moves far";
        decide("zone.leader", "return", {{"to", "first"}});
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
        claim_and("office.clerk", "approve");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"}) << "straight back";
        EXPECT_EQ(task()["due"], before) << "nothing changes before it is granted";
        EXPECT_EQ(duties("swj.clerk"), Persons{});
        decide("zone.leader", "approve");
        expect_passed();
        EXPECT_EQ(amendment()["applied"]["from"]["due"], before);
        EXPECT_EQ(amendment()["applied"]["to"]["due"], later);
        EXPECT_EQ(task()["due"], later);
        EXPECT_EQ(board_row()["due"], later);
        EXPECT_EQ(board_row()["co"].size(), 14U);
        EXPECT_EQ(duties("swj.clerk"), Persons{"sign_in"});
        act("swj.clerk", "assignment.sign", {{"task", task_name}});
    }
    // Another target, to which one unit objects: the leader decides whether it stands.
    void raise_a_target_against_an_objection() {
        request("jtj.head", {{"indicators", indicators("4")}}, "上级提高目标");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"})
            << "the lead need not agree with itself";
        claim_and("office.clerk", "approve");
        EXPECT_EQ(asked("approval.round_opened"), heads_but({})) << "the one that joined as well";
        for (const auto& person : heads_but({"czj"})) decide(person, "approve");
        decide("czj.head", "reject");
        EXPECT_EQ(state_of("heard@czj"), "dissented");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"});
        decide("zone.leader", "approve");
        expect_passed();
        EXPECT_EQ(task()["indicators"][0]["indicator"]["target"], json::array({"4"}));
    }
    // A short one: no unit is heard, and the head of the office grants it.
    void move_a_day_a_little() {
        const std::string later =
            to_string(add_days(parse_date(task()["due"].get<std::string>()).value_or(Date{}), 3));
        request("jtj.head", {{"due", later}}, "会议改期");
        claim_and("office.clerk", "approve");
        EXPECT_EQ(state_of("hear"), "skipped");
        EXPECT_EQ(asked("approval.round_opened"), Persons{"office.head"});
        decide("office.head", "approve");
        expect_passed();
        EXPECT_EQ(task()["due"], later);
    }

    std::string amendment_;
};

TEST_F(ShippedAmendmentRoute, ChangesAMandateAsFarAsWhoMayGrantIt) {
    issue_to(all_but("swj"), false);
    take_a_unit_in();
    raise_a_target_against_an_objection();
    move_a_day_a_little();
}

// ---- issues --------------------------------------------------------------------------------

TEST_F(ShippedRoutes, IssueAKeyTaskWithTheLeadersConsent) {
    establish(co_);
    json terms = {{"task", task_name}, {"due", stage_->day(200)}, {"key", true}};
    const json requested = act("office.clerk", "issue.request", terms);
    approval_ = requested["approval"];
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.head"});
    EXPECT_EQ(refused("office.clerk", "task.issue", terms), "issue_open");
    decide("office.head", "return");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.clerk"});
    const std::string later = stage_->day(210);
    const json duty = {{"unit", "rsj"}, {"duty", "负责人才招引"}};
    act("office.clerk", "issue.revise",
        {{"issue", requested["issue"]},
         {"due", later},
         {"key", true},
         {"duties", json::array({duty})}});
    EXPECT_EQ(asked("approval.round_opened"), Persons{"office.head"});
    decide("office.head", "approve");
    EXPECT_EQ(asked("approval.round_opened"), Persons{"zone.leader"})
        << "a key task is the leader's to issue";
    EXPECT_EQ(task()["state"], "established");
    EXPECT_EQ(duties("rsj.clerk"), Persons{});
    decide("zone.leader", "approve");
    EXPECT_EQ(approval()["state"], "passed");
    EXPECT_EQ(asked("approval.closed"), Persons{});
    EXPECT_TRUE(newest_events(5).contains("task.issued"));
    const json issued = task();
    EXPECT_EQ(issued["state"], "issued");
    EXPECT_EQ(issued["due"], later);
    EXPECT_EQ(board_row()["counts"]["waiting"], 15);
    for (const auto& unit : co_) EXPECT_EQ(duties(unit + ".clerk"), Persons{"sign_in"}) << unit;
    const auto& parts = issued["assignments"];
    const auto given =
        std::ranges::find_if(parts, [](const json& part) { return part["unit"]["code"] == "rsj"; });
    ASSERT_NE(given, parts.end());
    EXPECT_EQ((*given)["duty"], "负责人才招引");
    act("rsj.clerk", "assignment.sign", {{"task", task_name}});
    EXPECT_EQ(ask("office.clerk", "issue.get", {{"issue", requested["issue"]}})["revisions"].size(),
              2U);
}

}  // namespace
}  // namespace duban
