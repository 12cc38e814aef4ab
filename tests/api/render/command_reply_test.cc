#include "api/render/command_reply.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace duban {
namespace {

using Json = nlohmann::json;

Outcome accepted(MadeIds made) {
    Outcome outcome;
    outcome.accepted = AcceptedOutcome{Position(41), 9, std::move(made)};
    return outcome;
}

TEST(CommandReply, NamesPositionVersionAndWhatWasMade) {
    const TaskId task{PlanId("p"), 1};
    MadeIds made;
    made.report = ReportId{task, 2};
    made.revision = 1;
    made.approval = ApprovalId{task, 3};
    const Json expected = {{"position", "41"},   {"version", 9},  {"duplicate", false},
                           {"report", "p/1/r2"}, {"revision", 1}, {"approval", "p/1/a3"}};
    EXPECT_EQ(command_reply(accepted(made), false), (Json{{"result", expected}}));
}

TEST(CommandReply, MarksASuccessGivenAgain) {
    EXPECT_EQ(command_reply(accepted({}), true)["result"]["duplicate"], true);
    EXPECT_EQ(command_reply(accepted({}), false)["result"]["duplicate"], false);
}

TEST(CommandReply, GivesARefusalAgainUnchanged) {
    Outcome refused;
    refused.refused = refused_outcome({Errc::rule_violation, "no", "", "closed", 0});
    const Json first = command_reply(refused, false);
    EXPECT_EQ(command_reply(refused, true), first);
    EXPECT_EQ(first["error"]["data"]["rule"], "closed");
    EXPECT_EQ(first["error"]["code"], 42201);
}

}  // namespace
}  // namespace duban
