#include <gtest/gtest.h>

#include <algorithm>

#include "domain/amendment/amendment_commands.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/route_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "storage/log/event_reader.h"
#include "storage/views/board_view.h"
#include "storage/views/directory_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_rows.h"
#include "storage/views/task_view.h"
#include "tests/storage/random_commands.h"
#include "tests/storage/views/view_test.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class ViewRows : public ViewTest {
protected:
    using Rows = std::vector<std::pair<std::string, std::string>>;
    // The keys of all views' rows that are not among those before.
    std::vector<std::string> changed_rows(const Rows& before) {
        std::vector<std::string> changed;
        for (const auto& row : rows_of(log_.snapshot(), Family::view)) {
            if (std::ranges::find(before, row) == before.end()) changed.push_back(row.first);
        }
        return changed;
    }
    static std::string task_key_of(const std::string& row) {
        return view_key(ViewId::task, ViewGeneration{}, row);
    }
    // Those of them that are a task's own.
    std::vector<std::string> changed_task_rows(const Rows& before) {
        std::vector<std::string> changed = changed_rows(before);
        std::erase_if(changed,
                      [](const std::string& key) { return !key.starts_with(task_key_of("")); });
        return changed;
    }
};

// An event costs what it touches, however much the task has been through.
TEST_F(ViewRows, WriteOnlyTheRowsOfWhatAnEventTouches) {
    log_.issue_and_sign();
    log_.submit_report();
    log_.does("jtj.clerk", Command(draft("2026-10")));
    const auto before = rows_of(log_.snapshot(), Family::view);
    log_.does("jtj.clerk", Command(draft("2026-11")));
    EXPECT_EQ(changed_rows(before),
              (std::vector{task_key_of(task_row_key(first_task, TaskRow::version)),
                           task_key_of(task_row_key(first_task, TaskRow::draft) + "jtj")}));
}

TEST_F(ViewRows, WriteWithADecisionOnlyTheNodeThatItIsAbout) {
    publish({asks("both", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::all),
             adopt()});
    log_.issue_and_sign();
    log_.submit_report();
    const auto before = rows_of(log_.snapshot(), Family::view);
    log_.approve();
    ASSERT_EQ(log_.task().approvals[0].nodes[1].node, "both");
    EXPECT_EQ(changed_task_rows(before),
              (std::vector{task_key_of(task_row_key(first_task, TaskRow::version)),
                           task_key_of(task_row_key(first_task, TaskRow::node, 1, 1))}));
}

TEST_F(ViewRows, WriteWithTheEndOfARoundItsNodeTheNextOneAndWhatItPutDown) {
    log_.issue_and_sign();
    log_.submit_report();
    ASSERT_EQ(log_.task().approvals[0].ended, 1U) << "the first fill";
    const auto before = rows_of(log_.snapshot(), Family::view);
    log_.approve();
    ASSERT_EQ(log_.task().approvals[0].nodes.size(), 3U);
    EXPECT_EQ(changed_task_rows(before),
              (std::vector{task_key_of(task_row_key(first_task, TaskRow::version)),
                           task_key_of(task_row_key(first_task, TaskRow::approval, 1)),
                           task_key_of(task_row_key(first_task, TaskRow::node, 1, 1)),
                           task_key_of(task_row_key(first_task, TaskRow::node, 1, 2)),
                           task_key_of(task_row_key(first_task, TaskRow::round, 1, 2))}));
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

TEST_F(DirectoryView, HoldsAGroupAsItWasPutLast) {
    for (const char* member : {"jtj.head", "jzy.head"}) {
        log_.does(system_actor, Command(PutGroup{Group{"experts", "专家组", {PersonId(member)}}}));
    }
    const auto directory = value_of(read_directory(log_.snapshot()));
    EXPECT_EQ(directory, log_.world().directory());
    ASSERT_EQ(directory.groups.size(), 1U);
    EXPECT_EQ(directory.groups.at("experts").members, std::vector{PersonId("jzy.head")});
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

TEST_F(TaskView, HoldsTheWholeStateOfAnApprovalWithBranches) {
    log_.does("office.head", PublishRoute{branching_route()});
    log_.issue_and_sign();
    const auto expect_read = [&] {
        EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), log_.task());
    };
    log_.submit_report();
    expect_read();
    log_.does("office.clerk", Command(ClaimSlot{{first_task, 1}, "pool", ""}));
    expect_read();
    while (log_.task().approvals[0].state == ApprovalState::running) {
        log_.approve();
        expect_read();
    }
    const Approval& approval = log_.task().approvals[0];
    EXPECT_EQ(approval.state, ApprovalState::passed);
    EXPECT_NE(find_node(approval, "coop@jzy"), nullptr);
    EXPECT_EQ(approval.copies.size(), 1U);
}

TEST_F(TaskView, HoldsAmendmentsThatWereAskedFor) {
    Route route;
    route.route = RouteId("amendment");
    route.subject = SubjectKind::amendment;
    route.title = "任务变更";
    route.starts = {at("lead", Post::head)};
    route.on.pass = {{Effect::amend}};
    route.steps = {asks("decide", {at("office", Post::head)})};
    log_.does("office.head", PublishRoute{route});
    log_.issue_and_sign();
    RequestAmendment request;
    request.task = first_task;
    request.content.changes.title = "任务一（调整）";
    request.content.reason = "上级文件调整";
    log_.does("jtj.head", Command(request));
    log_.approve();
    EXPECT_EQ(log_.task().mandate->title, "任务一（调整）");
    EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), log_.task());
    const auto folded =
        value_of(task_as_of(log_.snapshot(), first_task, log_.log().head().next)).history;
    EXPECT_EQ(value_of(read_task_history(log_.snapshot(), first_task)), folded);
    EXPECT_EQ(value_of(read_amendments(log_.snapshot(), first_task, 1)).amendments,
              folded.amendments);
    ASSERT_EQ(folded.amendments.size(), 1U);
    EXPECT_EQ(folded.amendments[0].content, request.content);
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
    ASSERT_EQ(folded.rounds.size(), 2U);
    EXPECT_EQ(folded.rounds[0].round.node, "fill");
    EXPECT_EQ(folded.rounds[1].round.node, "section");
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

CorrectValue correction_to(const char* number) {
    CorrectValue correct;
    correct.task = first_task;
    correct.period = "2026-09";
    correct.value.indicator = "teachers";
    correct.value.value = number;
    correct.reason = "重复计算";
    return correct;
}

TEST_F(TaskView, HoldsACorrectedValueAndWhatItWas) {
    publish({adopt()});
    log_.issue_and_sign();
    log_.submit_report();
    log_.approve();
    log_.does("office.clerk", Command(correction_to("1")));
    log_.does("office.clerk", Command(correction_to("3")));
    const auto task = value_of(read_task(log_.snapshot(), first_task));
    EXPECT_EQ(task, log_.task());
    ASSERT_EQ(task.accepted->size(), 1U);
    EXPECT_EQ(task.accepted->front().value.value, "3");
    EXPECT_EQ(board_row_1().corrections, 2U);
    const auto folded =
        value_of(task_as_of(log_.snapshot(), first_task, log_.log().head().next)).history;
    ASSERT_EQ(folded.corrections.size(), 2U);
    EXPECT_EQ(folded.corrections[1].from.value, "1");
    EXPECT_EQ(value_of(read_corrections(log_.snapshot(), first_task)).corrections,
              folded.corrections);
    EXPECT_EQ(value_of(read_task_history(log_.snapshot(), first_task)), folded);
    EXPECT_EQ(value_of(read_task_outline(log_.snapshot(), task)), folded);
    EXPECT_TRUE(value_of(read_corrections(log_.snapshot(), {PlanId("p"), 2})).empty());
    log_.reopen();
    EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), task);
}

TEST_F(TaskView, OutlinesATaskWithoutTheContentsOfEarlierRevisions) {
    log_.issue_and_sign();
    log_.submit_report();
    log_.send_back("jtj.section");
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

TEST_F(BoardView, SaysForWhomAnApprovalWaits) {
    log_.issue_and_sign();
    EXPECT_TRUE(board_row_1().waits.empty());
    log_.submit_report();
    for (const Post post : {Post::section, Post::head}) {
        const auto waits = board_row_1().waits;
        ASSERT_EQ(waits.size(), 1U);
        EXPECT_EQ(waits[0].approval, 1U);
        EXPECT_EQ(waits[0].seats, (std::vector{Seat{UnitCode("jtj"), post}}));
        EXPECT_EQ(waits[0].since, log_.now);
        log_.approve();
    }
    log_.send_back("office.clerk");
    const auto waits = board_row_1().waits;
    ASSERT_EQ(waits.size(), 1U);
    EXPECT_EQ(waits[0].kind, DutyKind::revise);
    EXPECT_EQ(waits[0].seats, (std::vector{Seat{UnitCode("jtj"), Post::clerk}}));
}

TEST_F(BoardView, FollowsAReportToItsAcceptance) {
    log_.issue_and_sign();
    log_.submit_report();
    while (log_.task().approvals[0].state == ApprovalState::running) log_.approve();
    const BoardRow row = board_row_1();
    EXPECT_EQ(row.pending_reports, 0);
    EXPECT_EQ(row.accepted_reports, 1);
    EXPECT_EQ(row.open_approvals, 0);
    EXPECT_TRUE(row.waits.empty());
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
