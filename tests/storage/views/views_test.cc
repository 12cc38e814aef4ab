#include <gtest/gtest.h>

#include <algorithm>

#include "domain/approval/approval_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "storage/log/event_reader.h"
#include "storage/views/board_view.h"
#include "storage/views/directory_view.h"
#include "storage/views/inbox_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_rows.h"
#include "storage/views/task_view.h"
#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class ViewTest : public testing::Test {
protected:
    ViewTest() { log_.set_up(); }
    std::vector<InboxRow> seat(const char* unit, Post post) {
        return value_of(read_seat_inbox(log_.snapshot(), {UnitCode(unit), post}, "", 100)).rows;
    }
    std::vector<InboxRow> person(InboxBox box, const char* id) {
        return value_of(read_person_inbox(log_.snapshot(), box, PersonId(id), "", 100)).rows;
    }
    BoardRow board_row_1() { return value_of(read_board(log_.snapshot(), PlanId("p"))).at(0); }

    static SaveReport draft(const char* period) {
        SaveReport save;
        save.task = first_task;
        save.unit = UnitCode("jtj");
        save.content.period = period;
        return save;
    }
    using Rows = std::vector<std::pair<std::string, std::string>>;
    // The keys of all views' rows that are not among those before.
    std::vector<std::string> changed_rows(const Rows& before) {
        std::vector<std::string> changed;
        for (const auto& row : rows_of(log_.snapshot(), Family::view)) {
            if (std::ranges::find(before, row) == before.end()) changed.push_back(row.first);
        }
        return changed;
    }

    TestLog log_;
};

// An event costs what it touches, however much the task has been through.
TEST_F(ViewTest, WriteOnlyTheRowsOfWhatAnEventTouches) {
    log_.issue_and_sign();
    log_.submit_report();
    log_.does("jtj.clerk", Command(draft("2026-10")));
    const auto before = rows_of(log_.snapshot(), Family::view);
    log_.does("jtj.clerk", Command(draft("2026-11")));
    const auto key = [](const std::string& row) {
        return view_key(ViewId::task, ViewGeneration{}, row);
    };
    EXPECT_EQ(changed_rows(before),
              (std::vector{key(task_row_key(first_task, TaskRow::version)),
                           key(task_row_key(first_task, TaskRow::draft) + "jtj")}));
}

using DirectoryView = ViewTest;

TEST_F(DirectoryView, HoldsTheWholeDirectory) {
    EXPECT_EQ(value_of(read_directory(log_.snapshot())), log_.world().directory());
    EXPECT_GT(log_.world().directory().units.size(), 5U);
}

TEST_F(DirectoryView, KeepsTheOrderOfProxies) {
    const Date today = office_date(log_.now);
    for (const char* deputy : {"jtj.section", "jtj.clerk", "jzy.clerk"}) {
        const Proxy proxy{PersonId("jtj.head"), PersonId(deputy), today, add_days(today, 9)};
        log_.does("jtj.head", Command(SetProxy{proxy}));
    }
    EXPECT_EQ(log_.world().directory().proxies.size(), 3U);
    EXPECT_EQ(value_of(read_directory(log_.snapshot())), log_.world().directory());
    log_.reopen();
    EXPECT_EQ(value_of(read_directory(log_.snapshot())), log_.world().directory());
}

TEST_F(DirectoryView, FollowsARevocation) {
    log_.does(system_actor,
              Command(RevokePost{PersonId("jtj.clerk"), UnitCode("jtj"), Post::clerk}));
    const auto directory = value_of(read_directory(log_.snapshot()));
    EXPECT_FALSE(holds(directory, PersonId("jtj.clerk"), {UnitCode("jtj"), Post::clerk}));
    EXPECT_EQ(directory, log_.world().directory());
}

using PlanView = ViewTest;

TEST_F(PlanView, HoldsPlansAndRoutes) {
    EXPECT_EQ(value_of(read_plans(log_.snapshot())), log_.world().plans());
    EXPECT_EQ(log_.world().plans().plans.size(), 1U);
    EXPECT_EQ(value_of(read_routes(log_.snapshot())), log_.world().routes());
    EXPECT_EQ(log_.world().routes().routes.size(), 1U);
}

using TaskView = ViewTest;

TEST_F(TaskView, HoldsTheWholeState) {
    log_.issue_and_sign();
    log_.submit_report();
    EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), log_.task());
    EXPECT_EQ(value_of(read_task(log_.snapshot(), {PlanId("p"), 9})).stage, TaskStage::absent);
}

TEST_F(TaskView, HoldsWhatIsOverBesideTheState) {
    log_.issue_and_sign();
    log_.submit_report();
    log_.approve();
    AmendTask amend;
    amend.task = first_task;
    amend.title = "任务一（调整）";
    amend.reason = "调整";
    log_.does("office.head", Command(amend));
    const auto folded =
        value_of(task_as_of(log_.snapshot(), first_task, log_.log().head().next)).history;
    EXPECT_EQ(value_of(read_task_history(log_.snapshot(), first_task)), folded);
    EXPECT_EQ(value_of(read_task_outline(log_.snapshot(), log_.task())), folded)
        << "the only revision is the newest";
    ASSERT_EQ(folded.revisions.size(), 1U);
    ASSERT_EQ(folded.rounds.size(), 1U);
    ASSERT_EQ(folded.mandates.size(), 1U);
    EXPECT_EQ(folded.mandates[0].mandate.title, "任务一");
    const auto revisions = value_of(read_revisions(log_.snapshot(), first_task, 1)).revisions;
    ASSERT_EQ(revisions.size(), 1U);
    EXPECT_EQ(revisions[0].revision, folded.revisions[0].revision);
    EXPECT_EQ(value_of(read_content(log_.snapshot(), {first_task, 1}, 1)),
              *folded.revisions[0].content);
    EXPECT_EQ(value_of(read_content(log_.snapshot(), {first_task, 1}, 2)), std::nullopt);
    EXPECT_EQ(value_of(read_rounds(log_.snapshot(), first_task, 1)).rounds, folded.rounds);
    EXPECT_TRUE(value_of(read_rounds(log_.snapshot(), first_task, 2)).empty());
    EXPECT_TRUE(value_of(read_revisions(log_.snapshot(), first_task, 2)).empty());
}

TEST_F(TaskView, OutlinesATaskWithoutTheContentsOfEarlierRevisions) {
    log_.issue_and_sign();
    log_.submit_report();
    const Approval approval = log_.task().approvals[0];
    log_.does("jtj.section",
              Command(ReturnStep{
                  {first_task, 1}, "", approval.revision, approval.revision_digest, "", "请补充"}));
    ReviseReport revise;
    revise.report = {first_task, 1};
    revise.content.period = "2026-09";
    revise.content.summary = "补充后的进展";
    log_.does("jtj.clerk", Command(revise));
    const auto whole = value_of(read_task_history(log_.snapshot(), first_task));
    const auto outline = value_of(read_task_outline(log_.snapshot(), log_.task()));
    ASSERT_EQ(outline.revisions.size(), 2U);
    EXPECT_EQ(outline.revisions[0].revision, whole.revisions[0].revision);
    EXPECT_NE(*whole.revisions[0].content, ReportContent());
    EXPECT_EQ(*outline.revisions[0].content, ReportContent());
    EXPECT_EQ(*outline.revisions[1].content, revise.content);
    EXPECT_EQ(outline.rounds, whole.rounds);
    EXPECT_EQ(log_.task().reports[0].newest.no, 2U);
    EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), log_.task());
}

TEST_F(TaskView, HoldsTheContentOfAReportOnlyWhileItIsOpen) {
    log_.issue_and_sign();
    log_.submit_report();
    EXPECT_FALSE(
        value_of(read_task(log_.snapshot(), first_task)).reports[0].content->period.empty());
    while (log_.task().approvals[0].state == ApprovalState::running) log_.approve();
    const auto closed = value_of(read_task(log_.snapshot(), first_task));
    EXPECT_EQ(closed, log_.task());
    EXPECT_EQ(*closed.reports[0].content, ReportContent());
    EXPECT_EQ(closed.reports[0].period, "2026-09");
}

using BoardView = ViewTest;

TEST_F(BoardView, CountsWhatATaskWaitsFor) {
    EXPECT_EQ(board_row_1().stage, TaskStage::established);
    log_.issue_and_sign();
    BoardRow row = board_row_1();
    EXPECT_EQ(row.stage, TaskStage::issued);
    EXPECT_EQ(row.assignments, 2);
    EXPECT_EQ(row.waiting, 1);
    EXPECT_EQ(row.due, Date{20'900});
    EXPECT_EQ(row.units, (std::vector<UnitCode>{UnitCode("jtj"), UnitCode("jzy")}));
    log_.submit_report();
    row = board_row_1();
    EXPECT_EQ(row.pending_reports, 1);
    EXPECT_EQ(row.open_approvals, 1);
}

TEST_F(BoardView, FollowsAReportToItsAcceptance) {
    log_.issue_and_sign();
    log_.submit_report();
    while (log_.task().approvals[0].state == ApprovalState::running) log_.approve();
    const BoardRow row = board_row_1();
    EXPECT_EQ(row.pending_reports, 0);
    EXPECT_EQ(row.accepted_reports, 1);
    EXPECT_EQ(row.open_approvals, 0);
}

TEST_F(BoardView, HoldsTheRowsOfOnePlanInOrder) {
    const auto rows = value_of(read_board(log_.snapshot(), PlanId("p")));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].task.no, 1U);
    EXPECT_EQ(rows[1].task.no, 2U);
    EXPECT_TRUE(value_of(read_board(log_.snapshot(), PlanId("q"))).empty());
}

TEST_F(BoardView, ShowsTheDueDayThatCounts) {
    log_.issue_and_sign();
    log_.does("office.head", Command(HoldTask{first_task, "等待批复"}));
    log_.now.ms += 30 * day_ms;
    EXPECT_EQ(board_row_1().due, Date{20'900});
    log_.does("zone.leader", Command(ResumeTask{first_task, "继续"}));
    EXPECT_EQ(board_row_1().due, Date{20'930});
    EXPECT_EQ(log_.task().mandate->due, Date{20'900});
}

using InboxView = ViewTest;

TEST_F(InboxView, ADutyStandsUntilItIsDone) {
    EXPECT_EQ(seat("office", Post::clerk).size(), 2U);
    log_.does("office.clerk",
              Command(IssueTask{first_task, Date{20'900}, std::nullopt, std::nullopt, {}}));
    EXPECT_EQ(seat("office", Post::clerk).size(), 1U);
    const auto duties = seat("jtj", Post::clerk);
    ASSERT_EQ(duties.size(), 1U);
    EXPECT_EQ(duties[0].duty.kind, DutyKind::sign_in);
    EXPECT_EQ(duties[0].task, first_task);
    EXPECT_EQ(duties[0].unit, UnitCode("jtj"));
    EXPECT_EQ(duties[0].since, log_.now);
    log_.does("jtj.clerk", Command(SignAssignment{first_task, UnitCode("jtj")}));
    for (const auto& row : seat("jtj", Post::clerk)) EXPECT_NE(row.duty.kind, DutyKind::sign_in);
}

TEST_F(InboxView, AnApprovalGoesFromSeatToSeat) {
    log_.issue_and_sign();
    log_.submit_report();
    std::vector<std::string> nodes;
    while (log_.task().approvals[0].state == ApprovalState::running) {
        const auto& open = log_.task().approvals[0].open.at(0);
        const Seat who = open.who.at(0);
        nodes.push_back(open.node);
        const auto decides = [&] {
            const auto rows = seat(who.unit.value.c_str(), who.post);
            return std::count_if(rows.begin(), rows.end(), [&](const InboxRow& row) {
                return row.duty.kind == DutyKind::decide && row.duty.node == nodes.back();
            });
        };
        EXPECT_EQ(decides(), 1);
        log_.approve();
        EXPECT_EQ(decides(), 0);
    }
    EXPECT_GE(nodes.size(), 4U);
}

// What the rows of a task share stands in its board row, so that an amendment or a slip leaves the
// rows of its duties as they are.
TEST_F(InboxView, ARowStaysAsItCameWhileItsDutyStands) {
    log_.does("office.clerk",
              Command(IssueTask{first_task, Date{20'900}, std::nullopt, std::nullopt, {}}));
    const auto opened = seat("jtj", Post::clerk);
    ASSERT_EQ(opened.size(), 1U);
    log_.does("office.clerk", Command(UrgeTask{first_task, UrgeLevel::blue, {}, "请抓紧"}));
    AmendTask amend;
    amend.task = first_task;
    amend.title = "任务一（调整）";
    amend.due = Date{20'950};
    amend.reason = "调整";
    log_.does("office.head", Command(amend));
    EXPECT_EQ(seat("jtj", Post::clerk), opened);
    const BoardRow task = board_row_1();
    EXPECT_EQ(task.title, "任务一（调整）");
    EXPECT_EQ(task.due, Date{20'950});
    EXPECT_EQ(urges_of(task, UnitCode("jtj")), 1U);
    EXPECT_EQ(urges_of(task, UnitCode("rsj")), 0U);
}

TEST_F(InboxView, AHeldTaskAsksForNothing) {
    log_.issue_and_sign();
    EXPECT_FALSE(seat("jzy", Post::clerk).empty());
    log_.does("office.head", Command(HoldTask{first_task, "等待批复"}));
    EXPECT_TRUE(seat("jzy", Post::clerk).empty());
    log_.now.ms += 30 * day_ms;
    log_.does("zone.leader", Command(ResumeTask{first_task, "继续"}));
    EXPECT_FALSE(seat("jzy", Post::clerk).empty());
}

TEST_F(InboxView, NotesWhatAPersonDidAndNotWhatFollowed) {
    log_.issue_and_sign();
    log_.submit_report();
    const auto acts = [&](const char* id) {
        std::vector<std::string> names;
        for (const auto& row : person(InboxBox::done, id)) names.push_back(row.act);
        return names;
    };
    EXPECT_EQ(acts("jtj.clerk"),
              (std::vector<std::string>{"assignment.signed", "report.submitted"}));
    log_.approve();
    EXPECT_EQ(acts("jtj.section"), (std::vector<std::string>{"approval.approved"}));
    const auto decided = person(InboxBox::done, "jtj.section").at(0);
    EXPECT_EQ(decided.approval, 1U);
    EXPECT_EQ(decided.report, 1U);
    EXPECT_TRUE(acts(system_actor).empty());
}

TEST_F(InboxView, ADraftIsNotYetAnAct) {
    log_.issue_and_sign();
    log_.does("jtj.clerk", Command(draft("2026-09")));
    EXPECT_EQ(person(InboxBox::done, "jtj.clerk").size(), 1U);
}

TEST_F(InboxView, AReportIsFollowedByWhoStartedIt) {
    log_.issue_and_sign();
    log_.submit_report();
    auto started = person(InboxBox::started, "jtj.clerk");
    ASSERT_EQ(started.size(), 1U);
    EXPECT_EQ(started[0].state, "in_approval");
    EXPECT_EQ(started[0].report, 1U);
    while (log_.task().approvals[0].state == ApprovalState::running) log_.approve();
    started = person(InboxBox::started, "jtj.clerk");
    ASSERT_EQ(started.size(), 1U);
    EXPECT_EQ(started[0].state, "accepted");
}

TEST_F(InboxView, ComesInPages) {
    log_.issue_and_sign();
    log_.submit_report();
    const auto whole = person(InboxBox::done, "office.head");
    ASSERT_GE(whole.size(), 4U);
    std::vector<InboxRow> rows;
    std::string cursor;
    do {
        auto page = value_of(
            read_person_inbox(log_.snapshot(), InboxBox::done, PersonId("office.head"), cursor, 3));
        EXPECT_LE(page.rows.size(), 3U);
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        cursor = page.next;
    } while (!cursor.empty());
    EXPECT_EQ(rows, whole);
    const auto wrong = read_person_inbox(log_.snapshot(), InboxBox::done, PersonId("x"), "zz", 3);
    EXPECT_EQ(wrong.error().code, Errc::invalid_argument);
}

TEST_F(InboxView, DoesNotMixPersonsWithLikeNames) {
    log_.issue_and_sign();
    EXPECT_TRUE(person(InboxBox::done, "jtj").empty());
    EXPECT_TRUE(person(InboxBox::done, "jtj.clerk2").empty());
}

TEST_F(ViewTest, AreNotReadInVersionsOfAnotherBuild) {
    const auto generation = value_of(present_generation(log_.snapshot()));
    EXPECT_EQ(generation.number, 1U);
    WriteSet changes(log_.database());
    changes.put(Family::meta, "generation", R"({"number":1,"views":[]})");
    expect_ok(log_.database().write(changes));
    EXPECT_EQ(present_generation(log_.snapshot()).error().code, Errc::unsupported);
    EXPECT_EQ(read_board(log_.snapshot(), PlanId("p")).error().code, Errc::unsupported);
}

}  // namespace
}  // namespace duban
