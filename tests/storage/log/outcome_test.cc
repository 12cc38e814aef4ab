#include "storage/log/outcome.h"

#include <gtest/gtest.h>

#include "domain/approval/approval_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"
#include "domain/task/task_events.h"
#include "storage/codec/described_json.h"

namespace duban {
namespace {

EventRecord record_of(Event event) {
    return {{}, std::move(event), {}};
}

TEST(Outcome, NamesWhatTheEventsMade) {
    const TaskId task{PlanId("p"), 1};
    ReportSubmitted submitted;
    submitted.report = ReportId{task, 2};
    ApprovalOpened opened;
    opened.approval = ApprovalId{task, 3};
    const MadeIds made = made_by({record_of(Event(submitted)), record_of(Event(opened))});
    MadeIds expected;
    expected.report = ReportId{task, 2};
    expected.revision = 1;
    expected.approval = ApprovalId{task, 3};
    EXPECT_EQ(made, expected);
}

TEST(Outcome, NamesTheReportThatWasSubmittedAgainAsItWas) {
    ReportRepeated repeated;
    repeated.report = ReportId{TaskId{PlanId("p"), 1}, 2};
    repeated.revision = 3;
    const MadeIds made = made_by({record_of(Event(repeated))});
    EXPECT_EQ(made.report, repeated.report);
    EXPECT_EQ(made.revision, 3U);
}

TEST(Outcome, NamesThePlanOfAnImportAndNotItsTasks) {
    PlanImported imported;
    imported.plan = PlanId("p");
    TaskRegistered registered;
    registered.task = TaskId{PlanId("p"), 1};
    const MadeIds made = made_by({record_of(Event(imported)), record_of(Event(registered))});
    EXPECT_EQ(made.plan, PlanId("p"));
    EXPECT_EQ(made.task, std::nullopt);
}

TEST(Outcome, NamesWhatWentToAnotherAndWhatDidNot) {
    const ApprovalId approval{TaskId{PlanId("p"), 1}, 2};
    PersonHandedOver handed;
    handed.moved = {{approval, "head", "3"}};
    const MadeIds made = made_by({record_of(Event(handed))});
    EXPECT_EQ(made.moved, handed.moved);
    EXPECT_EQ(made.left, std::vector<LeftSlot>()) << "nothing is an answer too";
    EXPECT_EQ(made_by({}).moved, std::nullopt);
}

TEST(Outcome, KeepsARefusalWhole) {
    const Error error{Errc::version_conflict, "read it again", "expect.version", "", 7};
    const Error again = error_of(refused_outcome(error));
    EXPECT_EQ(again.code, error.code);
    EXPECT_EQ(again.detail, error.detail);
    EXPECT_EQ(again.field, error.field);
    EXPECT_EQ(again.rule, error.rule);
    EXPECT_EQ(again.current, error.current);
}

// The bytes are hashed into the batch: they stay.
TEST(Outcome, IsStoredInNobodysForm) {
    Outcome accepted;
    accepted.content = Digest("sha256:00");
    accepted.accepted = AcceptedOutcome{Position(41), 9, {}};
    accepted.accepted->made.task = TaskId{PlanId("p"), 1};
    EXPECT_EQ(command_outcome(CommandId("c"), accepted).row,
              R"({"accepted":{"made":{"task":"p/1"},"position":"41","version":9},)"
              R"("content":"sha256:00"})");
    Outcome refused;
    refused.content = Digest("sha256:00");
    refused.refused = refused_outcome({Errc::rule_violation, "It is closed.", "", "closed", 0});
    const std::string row = command_outcome(CommandId("c"), refused).row;
    EXPECT_EQ(row, R"({"content":"sha256:00","refused":{"current":0,"detail":"It is closed.",)"
                   R"("error":"rule_violation","field":"","rule":"closed"}})");
    const auto read = from_row<Outcome>(row);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, refused);
}

}  // namespace
}  // namespace duban
