#include "api/command_reply.h"
#include "domain/approval_events.h"
#include "domain/plan_events.h"
#include "domain/report_events.h"
#include "domain/task_events.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace duban {
namespace {

using Json = nlohmann::json;

EventRecord record_of(Event event) {
    return {{}, std::move(event), {}};
}

TEST(CommandReply, NamesWhatTheEventsMade) {
    const TaskId task{PlanId("p"), 1};
    ReportSubmitted submitted;
    submitted.report = ReportId{task, 2};
    ApprovalOpened opened;
    opened.approval = ApprovalId{task, 3};
    const Json reply = Json::parse(
        success_reply({record_of(Event(submitted)), record_of(Event(opened))}, Position(41), 9));
    const Json expected = {{"position", "41"},   {"version", 9},  {"duplicate", false},
                           {"report", "p/1/r2"}, {"revision", 1}, {"approval", "p/1/a3"}};
    EXPECT_EQ(reply, (Json{{"result", expected}}));
}

TEST(CommandReply, NamesThePlanOfAnImportAndNotItsTasks) {
    PlanImported imported;
    imported.plan = PlanId("p");
    TaskRegistered registered;
    registered.task = TaskId{PlanId("p"), 1};
    const Json reply = Json::parse(
        success_reply({record_of(Event(imported)), record_of(Event(registered))}, Position(1), 1));
    EXPECT_EQ(reply["result"]["plan"], "p");
    EXPECT_FALSE(reply["result"].contains("task"));
}

TEST(CommandReply, MarksASuccessGivenAgain) {
    const std::string first = success_reply({}, Position(4), 2);
    EXPECT_EQ(Json::parse(duplicate_reply(first))["result"]["duplicate"], true);
    EXPECT_EQ(Json::parse(first)["result"]["duplicate"], false);
}

TEST(CommandReply, GivesARefusalAgainUnchanged) {
    const std::string refusal = refusal_reply(Error{Errc::rule_violation, "no", "", "closed", 0});
    EXPECT_EQ(duplicate_reply(refusal), refusal);
    EXPECT_EQ(Json::parse(refusal)["error"]["data"]["rule"], "closed");
}

}  // namespace
}  // namespace duban
