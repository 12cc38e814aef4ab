#include "domain/task/inbox.h"
#include "domain/directory/directory_events.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/issued_task.h"

namespace duban {
namespace {

class OpenDuties : public testing::Test {
protected:
    [[nodiscard]] std::vector<Duty> of(DutyKind kind) const {
        std::vector<Duty> duties = open_duties(task_);
        std::erase_if(duties, [&](const Duty& duty) { return duty.kind != kind; });
        return duties;
    }
    // The seats of the one duty of that kind.
    [[nodiscard]] std::vector<Seat> seats_of(DutyKind kind) const {
        const auto duties = of(kind);
        EXPECT_EQ(duties.size(), 1U);
        return duties.empty() ? std::vector<Seat>{} : duties.front().seats;
    }
    void open_step(const char* node, NodeDo what, const Seat& who) {
        Approval approval;
        approval.no = 1;
        approval.subject = {SubjectKind::report, SubjectId{task_.id, 'r', 1}, UnitCode("jtj")};
        approval.state = what == NodeDo::fill ? ApprovalState::returned : ApprovalState::running;
        Slot slot;
        slot.slot = "1";
        slot.seat = who;
        slot.state = SlotState::open;
        ApprovalNode open;
        open.node = node;
        open.state = NodeState::open;
        open.round = 2;
        open.opened = noon("2026-02-01");
        open.fill = what == NodeDo::fill;
        open.slots = {slot};
        approval.nodes.push_back(open);
        task_.approvals = {approval};
    }
    TaskState task_ = issued_task();
};

TEST_F(OpenDuties, OfATaskBeforeTheIssueAreTheOffices) {
    task_.stage = TaskStage::pending;
    EXPECT_EQ(seats_of(DutyKind::approve_registration), (std::vector{seat("office", Post::head)}));
    EXPECT_EQ(open_duties(task_).front().since, noon("2026-01-10"));
    task_.stage = TaskStage::established;
    EXPECT_EQ(seats_of(DutyKind::issue),
              (std::vector{seat("office", Post::clerk), seat("office", Post::head)}));
    for (const TaskStage stage : {TaskStage::absent, TaskStage::draft}) {
        task_.stage = stage;
        EXPECT_TRUE(open_duties(task_).empty());
    }
}

TEST_F(OpenDuties, AWaitingUnitSignsIn) {
    EXPECT_EQ(seats_of(DutyKind::sign_in), (std::vector{seat("rsj", Post::clerk)}));
    EXPECT_EQ(of(DutyKind::sign_in)[0].unit, UnitCode("rsj"));
    EXPECT_EQ(of(DutyKind::sign_in)[0].since, noon("2026-01-15"));
}

TEST_F(OpenDuties, AnObjectionIsSettledByTheOfficesHead) {
    task_.assignments.edit(1).state = AssignmentState::objected;
    EXPECT_EQ(seats_of(DutyKind::settle_objection), (std::vector{seat("office", Post::head)}));
    EXPECT_TRUE(of(DutyKind::sign_in).empty());
}

TEST_F(OpenDuties, OfTheOfficesOwnTaskAreTheLeaders) {
    task_.mandate.edit().co = {UnitCode("office")};
    task_.assignments.edit(1).state = AssignmentState::objected;
    EXPECT_EQ(seats_of(DutyKind::settle_objection), (std::vector{seat("zone", Post::leader)}));
    task_.stage = TaskStage::pending;
    EXPECT_EQ(seats_of(DutyKind::approve_registration), (std::vector{seat("zone", Post::leader)}));
}

TEST_F(OpenDuties, AHandlerIsNamedAfterSigning) {
    EXPECT_EQ(seats_of(DutyKind::assign),
              (std::vector{seat("jtj", Post::section), seat("jtj", Post::head)}));
    task_.assignments.edit(0).handler = PersonId("jtj.clerk");
    EXPECT_TRUE(of(DutyKind::assign).empty());
    task_.assignments.edit(0) = part("jtj", UnitRole::lead, AssignmentState::working);
    EXPECT_TRUE(of(DutyKind::assign).empty());
}

TEST_F(OpenDuties, TheLeadReportsThroughHandlerOrClerk) {
    EXPECT_EQ(seats_of(DutyKind::report), (std::vector{seat("jtj", Post::clerk)}));
    task_.assignments.edit(0).handler = PersonId("jtj.section");
    EXPECT_EQ(of(DutyKind::report)[0].person, PersonId("jtj.section"));
}

TEST_F(OpenDuties, OfAHandlerWhoLeftTheUnitFallBackToItsSeats) {
    auto office = small_office();
    EXPECT_FALSE(is_with_person(of(DutyKind::report)[0], office.directory)) << "no handler";
    task_.assignments.edit(0).handler = PersonId("jtj.section");
    const Duty duty = of(DutyKind::report)[0];
    EXPECT_TRUE(is_with_person(duty, office.directory));
    EXPECT_EQ(duty.seats, (std::vector{seat("jtj", Post::clerk)}));
    office.post("jtj.section", "rsj", Post::section);
    office.apply(PostRevoked{PersonId("jtj.section"), UnitCode("jtj"), Post::section});
    EXPECT_FALSE(is_with_person(duty, office.directory));
}

TEST_F(OpenDuties, OnlyTheLeadAtWorkReports) {
    task_.assignments.edit(1).state = AssignmentState::working;
    EXPECT_EQ(of(DutyKind::report).size(), 1U);
    task_.assignments.edit(0).state = AssignmentState::waiting;
    EXPECT_TRUE(of(DutyKind::report).empty());
    task_.assignments.edit(0).state = AssignmentState::released;
    EXPECT_TRUE(of(DutyKind::report).empty());
}

TEST_F(OpenDuties, OneReportIsEnoughWithoutAPeriod) {
    add_report(task_, "jtj", "once", ReportState::rejected);
    EXPECT_EQ(of(DutyKind::report).size(), 1U);
    add_report(task_, "jtj", "once", ReportState::accepted);
    EXPECT_TRUE(of(DutyKind::report).empty());
}

TEST_F(OpenDuties, EveryPeriodWantsItsReport) {
    task_.mandate.edit().report_period = PeriodKind::quarter;
    EXPECT_EQ(of(DutyKind::report)[0].since, noon("2026-01-16"));
    add_report(task_, "jtj", "2026-Q1", ReportState::accepted);
    ASSERT_EQ(of(DutyKind::report).size(), 1U);
    EXPECT_EQ(of(DutyKind::report)[0].since, end_of_office_day(day("2026-03-31")));
    for (const char* period : {"2026-Q2", "2026-Q3", "2026-Q4"}) {
        add_report(task_, "jtj", period, ReportState::accepted);
    }
    EXPECT_TRUE(of(DutyKind::report).empty());
}

TEST_F(OpenDuties, AnOpenReportComesFirst) {
    task_.mandate.edit().report_period = PeriodKind::month;
    for (const ReportState state : {ReportState::in_approval, ReportState::returned}) {
        task_.reports.clear();
        add_report(task_, "jtj", "2026-01", state);
        EXPECT_TRUE(of(DutyKind::report).empty());
    }
}

TEST_F(OpenDuties, AnOpenStepIsDecidedByItsSeats) {
    open_step("head", NodeDo::approve, seat("jtj", Post::head));
    ASSERT_EQ(of(DutyKind::decide).size(), 1U);
    Duty expected;
    expected.kind = DutyKind::decide;
    expected.seats = {seat("jtj", Post::head)};
    expected.unit = UnitCode("jtj");
    expected.subject = {task_.id, 'r', 1};
    expected.approval = 1;
    expected.slot = "1";
    expected.node = "head";
    expected.round = 2;
    expected.since = noon("2026-02-01");
    EXPECT_EQ(of(DutyKind::decide)[0], expected);
    EXPECT_TRUE(of(DutyKind::revise).empty());
}

TEST_F(OpenDuties, AReturnedReportIsRevised) {
    open_step("fill", NodeDo::fill, seat("jtj", Post::clerk));
    EXPECT_EQ(seats_of(DutyKind::revise), (std::vector{seat("jtj", Post::clerk)}));
    EXPECT_TRUE(of(DutyKind::decide).empty());
}

TEST_F(OpenDuties, AClosedApprovalAsksForNothing) {
    open_step("head", NodeDo::approve, seat("jtj", Post::head));
    for (const ApprovalState state : {ApprovalState::passed, ApprovalState::rejected}) {
        task_.approvals.edit(0).state = state;
        EXPECT_TRUE(of(DutyKind::decide).empty());
    }
}

TEST_F(OpenDuties, AreInOrderOfKind) {
    open_step("head", NodeDo::approve, seat("jtj", Post::head));
    const auto duties = open_duties(task_);
    EXPECT_EQ(duties.size(), 4U);
    EXPECT_TRUE(std::is_sorted(duties.begin(), duties.end(),
                               [](const Duty& a, const Duty& b) { return a.kind < b.kind; }));
}

TEST_F(OpenDuties, RestDuringAHold) {
    open_step("head", NodeDo::approve, seat("jtj", Post::head));
    hold(task_, "2026-02-01");
    EXPECT_TRUE(open_duties(task_).empty());
    resume(task_, "2026-03-01");
    EXPECT_FALSE(open_duties(task_).empty());
}

}  // namespace
}  // namespace duban
