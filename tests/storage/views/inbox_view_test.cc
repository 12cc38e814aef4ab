#include "storage/views/inbox_view.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/approval/approval_commands.h"
#include "domain/approval/course_commands.h"
#include "domain/issuing/issuing_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/task_commands.h"
#include "storage/views/task_view.h"
#include "tests/storage/views/view_test.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class InboxView : public ViewTest {
protected:
    std::vector<InboxRow> seat(const char* unit, Post post) {
        return value_of(read_seat_inbox(log_.snapshot(), {UnitCode(unit), post}, "", 100)).rows;
    }
    std::vector<InboxRow> person(InboxBox box, const char* id) {
        return value_of(read_person_inbox(log_.snapshot(), box, PersonId(id), "", 100)).rows;
    }
    std::vector<InboxRow> vacant() {
        return value_of(read_vacant_inbox(log_.snapshot(), log_.world().directory(), "", 100)).rows;
    }
};

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

// Before the task is issued its approval is in the inboxes like any other.
TEST_F(InboxView, AnIssueThatIsAskedForIsWithWhoDecidesAndNotWithTheOffice) {
    Route route;
    route.route = RouteId("issue");
    route.subject = SubjectKind::issue;
    route.title = "交办审批";
    route.starts = {at("office", Post::clerk)};
    route.on.pass = {{Effect::issue_task}};
    route.steps = {asks("decide", {at("zone", Post::leader)})};
    log_.does("office.head", PublishRoute{route});
    EXPECT_EQ(seat("office", Post::clerk).size(), 2U);
    RequestIssue request;
    request.task = first_task;
    request.content.terms.due = Date{20'900};
    log_.does("office.clerk", Command(request));
    EXPECT_EQ(seat("office", Post::clerk).size(), 1U) << "the other task's";
    const auto decides = seat("zone", Post::leader);
    ASSERT_EQ(decides.size(), 1U);
    EXPECT_EQ(decides[0].duty.kind, DutyKind::decide);
    EXPECT_EQ(decides[0].subject, (SubjectId{first_task, 'i', 1}));
    log_.send_back("zone.leader");
    EXPECT_TRUE(seat("zone", Post::leader).empty());
    log_.does("office.clerk", Command(WithdrawApproval{{first_task, 1}, ""}));
    EXPECT_EQ(seat("office", Post::clerk).size(), 2U);
    log_.does("office.clerk", Command(request));
    log_.approve(2);
    EXPECT_TRUE(seat("zone", Post::leader).empty());
    EXPECT_EQ(seat("office", Post::clerk).size(), 1U);
    ASSERT_EQ(seat("jtj", Post::clerk).size(), 1U);
    EXPECT_EQ(seat("jtj", Post::clerk)[0].duty.kind, DutyKind::sign_in);
    EXPECT_EQ(value_of(read_task(log_.snapshot(), first_task)), log_.task());
}

TEST_F(InboxView, AnApprovalGoesFromSeatToSeat) {
    log_.issue_and_sign();
    log_.submit_report();
    std::vector<std::string> nodes;
    while (log_.task().approvals[0].state == ApprovalState::running) {
        const auto open = approval_duties(log_.task().approvals[0]);
        ASSERT_EQ(open.size(), 1U);
        const Seat who = open[0].seats.at(0);
        nodes.push_back(open[0].node);
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
    log_.submit_report();
    EXPECT_FALSE(seat("jzy", Post::clerk).empty());
    const auto decisions = seat("jtj", Post::section);
    EXPECT_TRUE(std::ranges::any_of(
        decisions, [](const InboxRow& row) { return row.duty.kind == DutyKind::decide; }));
    log_.does("office.head", Command(HoldTask{first_task, "等待批复"}));
    EXPECT_TRUE(seat("jzy", Post::clerk).empty());
    EXPECT_TRUE(seat("jtj", Post::section).empty());
    log_.now.ms += 30 * day_ms;
    log_.does("zone.leader", Command(ResumeTask{first_task, "继续"}));
    EXPECT_FALSE(seat("jzy", Post::clerk).empty());
    EXPECT_EQ(seat("jtj", Post::section).size(), decisions.size());
}

TEST_F(InboxView, AReturnedReportIsWithTheSeatsThatMayRevise) {
    log_.issue_and_sign();
    log_.submit_report();
    log_.send_back("jtj.section");
    const auto revises = [&] {
        const auto rows = seat("jtj", Post::clerk);
        return std::ranges::count_if(
            rows, [](const InboxRow& row) { return row.duty.kind == DutyKind::revise; });
    };
    EXPECT_EQ(revises(), 1);
    EXPECT_TRUE(std::ranges::none_of(seat("jtj", Post::section), [](const InboxRow& row) {
        return row.duty.kind == DutyKind::decide;
    }));
    ReviseReport revise;
    revise.report = {first_task, 1};
    revise.content.period = "2026-09";
    revise.content.summary = "补充后的进展";
    log_.does("jtj.clerk", Command(revise));
    EXPECT_EQ(revises(), 0);
}

TEST_F(InboxView, APoolsWorkIsWithItsClaimerUntilHeReleasesIt) {
    publish({asks("pool", {at("office", Post::clerk), at("office", Post::head)}, NodeMode::claim),
             adopt()});
    log_.issue_and_sign();
    log_.submit_report();
    const auto of_pool = [](std::vector<InboxRow> rows) {
        std::erase_if(rows, [](const InboxRow& row) { return row.duty.node != "pool"; });
        return rows;
    };
    const auto expect_free = [&] {
        for (const Post post : {Post::clerk, Post::head}) {
            const auto rows = of_pool(seat("office", post));
            ASSERT_EQ(rows.size(), 1U);
            EXPECT_EQ(rows[0].duty.kind, DutyKind::claim);
        }
        EXPECT_TRUE(of_pool(person(InboxBox::todo, "office.clerk")).empty());
    };
    expect_free();
    log_.does("office.clerk", Command(ClaimSlot{{first_task, 1}, "", ""}));
    const auto rows = of_pool(person(InboxBox::todo, "office.clerk"));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].duty.kind, DutyKind::decide);
    EXPECT_TRUE(of_pool(seat("office", Post::head)).empty());
    log_.does("office.clerk", Command(ReleaseSlot{{first_task, 1}, "", ""}));
    expect_free();
}

TEST_F(InboxView, ACopyIsToBeReadByThePersonWhomItWasSentTo) {
    RouteNode told;
    told.id = "told";
    told.kind = NodeKind::cc;
    told.who = {at("zone", Post::leader)};
    publish({told, adopt()});
    log_.issue_and_sign();
    EXPECT_TRUE(person(InboxBox::to_read, "zone.leader").empty());
    log_.submit_report();
    const auto rows = person(InboxBox::to_read, "zone.leader");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].task, first_task);
    EXPECT_EQ(rows[0].approval, 1U);
    EXPECT_EQ(rows[0].subject, (SubjectId{first_task, 'r', 1}));
    EXPECT_EQ(rows[0].since, log_.now);
    EXPECT_TRUE(person(InboxBox::to_read, "office.head").empty());
    log_.approve();
    EXPECT_EQ(log_.task().approvals[0].state, ApprovalState::passed);
    EXPECT_EQ(person(InboxBox::to_read, "zone.leader"), rows) << "the end of it is no reading";
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
    EXPECT_EQ(decided.subject, (SubjectId{first_task, 'r', 1}));
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
    EXPECT_EQ(started[0].subject, (SubjectId{first_task, 'r', 1}));
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

using VacantDuties = InboxView;

TEST_F(VacantDuties, AreThoseOfApprovalsWhoseSeatsNobodyHolds) {
    log_.issue_and_sign();
    log_.submit_report();
    EXPECT_TRUE(vacant().empty());
    revoke("jzy.clerk", "jzy", Post::clerk);
    EXPECT_TRUE(vacant().empty()) << "to sign in is no duty of an approval";
    revoke("jtj.section", "jtj", Post::section);
    const auto rows = vacant();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].task, first_task);
    EXPECT_EQ(rows[0].duty.node, "section");
    EXPECT_EQ(rows[0].duty.seats, (std::vector{Seat{UnitCode("jtj"), Post::section}}));
    grant("jtj.clerk", "jtj", Post::section);
    EXPECT_EQ(vacant(), rows) << "the author passes his own report over to others";
    grant("jtj.head", "jtj", Post::section);
    EXPECT_TRUE(vacant().empty());
}

TEST_F(VacantDuties, AreThoseOfPersonsWhoLeft) {
    Selector by_name;
    by_name.user = PersonId("jzy.head");
    publish({asks("expert", {by_name}), adopt()});
    log_.issue_and_sign();
    log_.submit_report();
    EXPECT_TRUE(vacant().empty());
    log_.does(system_actor, Command(PutPerson{PersonId("jzy.head"), "jzy.head", false}));
    const auto rows = vacant();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].duty.person, PersonId("jzy.head"));
}

TEST_F(VacantDuties, AreThoseWhoseOnlyHolderIsTheAuthor) {
    RouteNode peer = asks("peer", {at("lead", Post::clerk)});
    peer.self = OnSelf::superior;
    publish({peer, adopt()});
    grant("jtj.section", "jtj", Post::clerk);
    log_.issue_and_sign();
    log_.submit_report();
    EXPECT_TRUE(vacant().empty());
    revoke("jtj.section", "jtj", Post::clerk);
    const auto rows = vacant();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].duty.except, PersonId("jtj.clerk"));
    grant("jtj.head", "jtj", Post::clerk);
    EXPECT_TRUE(vacant().empty());
}

// The seat of the sign-in that is still open stands between the two in the order of the rows.
TEST_F(VacantDuties, ComeInPagesAcrossTheSeatsThatAreHeld) {
    publish({asks("both", {at("lead", Post::section), at("#jzy", Post::head)}, NodeMode::all),
             adopt()});
    log_.issue_and_sign();
    log_.submit_report();
    revoke("jtj.section", "jtj", Post::section);
    revoke("jzy.head", "jzy", Post::head);
    ASSERT_FALSE(seat("jzy", Post::clerk).empty());
    const auto whole = vacant();
    ASSERT_EQ(whole.size(), 2U);
    std::vector<InboxRow> rows;
    std::string cursor;
    do {
        const auto page =
            value_of(read_vacant_inbox(log_.snapshot(), log_.world().directory(), cursor, 1));
        ASSERT_EQ(page.rows.size(), 1U);
        rows.push_back(page.rows[0]);
        cursor = page.next;
    } while (!cursor.empty() && rows.size() < whole.size());
    EXPECT_EQ(rows, whole);
    EXPECT_EQ(cursor, "");
    const auto wrong = read_vacant_inbox(log_.snapshot(), log_.world().directory(), "zz", 1);
    EXPECT_EQ(wrong.error().code, Errc::invalid_argument);
}

}  // namespace
}  // namespace duban
