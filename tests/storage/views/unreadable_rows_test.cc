#include <gtest/gtest.h>

#include "domain/task/task_commands.h"
#include "storage/beside/credentials.h"
#include "storage/fold/timers.h"
#include "storage/fold/world.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/board_view.h"
#include "storage/views/calendar_view.h"
#include "storage/views/inbox_rows.h"
#include "storage/views/inbox_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"
#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

const TaskId second_task{PlanId("p"), 2};

class UnreadableRows : public testing::Test {
protected:
    UnreadableRows() {
        log_.set_up();
        for (const TaskId& task : {first_task, second_task}) {
            log_.does("office.clerk",
                      Command(IssueTask{task, Date{20'900}, std::nullopt, std::nullopt, {}}));
        }
    }
    // Puts a date that no reader takes, or no JSON, in the place of each row whose key has `part`.
    std::size_t spoil(Family family, const std::string& part) {
        WriteSet changes(log_.database());
        std::size_t spoilt = 0;
        for (auto [key, value] : rows_of(log_.snapshot(), family)) {
            if (key.find(part) == std::string::npos) continue;
            changes.put(family, key, ++spoilt % 2 == 0 ? "{\"due\":\"10000-01-02\"}" : "{");
        }
        expect_ok(log_.database().write(changes));
        return spoilt;
    }
    static std::string view_part(ViewId view, const std::string& key) {
        return view_key(view, ViewGeneration{}, key);
    }
    static std::string no_key(std::uint32_t no) {
        return std::string("p\0\0\0\0", 5) + static_cast<char>(no);
    }
    [[nodiscard]] std::uint64_t told() const { return log_.snapshot().row_faults().count(); }
    std::vector<BoardRow> board() { return value_of(read_board(log_.snapshot(), PlanId("p"))); }

    TestLog log_;
};

TEST_F(UnreadableRows, OfTheBoardAreMadeFromTheTask) {
    const auto before = board();
    ASSERT_EQ(spoil(Family::view, view_part(ViewId::board, no_key(1))), 1U);
    EXPECT_EQ(board(), before);
    EXPECT_EQ(value_of(read_board_row(log_.snapshot(), first_task)), before[0]);
    EXPECT_EQ(told(), 1U) << "however often the row is met";
}

TEST_F(UnreadableRows, OfATaskCostThatTaskOnly) {
    ASSERT_GT(spoil(Family::view, view_part(ViewId::task, no_key(1))), 1U);
    const auto spoilt = read_task(log_.snapshot(), first_task);
    ASSERT_FALSE(spoilt);
    EXPECT_EQ(spoilt.error().code, Errc::corrupt);
    EXPECT_NE(spoilt.error().detail.find("p/1"), std::string::npos) << spoilt.error().detail;
    EXPECT_TRUE(read_task(log_.snapshot(), second_task));
    EXPECT_EQ(board().size(), 2U);
    EXPECT_FALSE(board()[0].unreadable) << "its row can be read";
    EXPECT_EQ(told(), 1U);
}

TEST_F(UnreadableRows, OfBoardAndTaskAreMarkedAndSeenByNoUnit) {
    spoil(Family::view, view_part(ViewId::board, no_key(1)));
    spoil(Family::view, view_part(ViewId::task, no_key(1)));
    const auto rows = board();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(rows[0].unreadable);
    EXPECT_EQ(rows[0].task, first_task);
    EXPECT_TRUE(rows[0].units.empty());
    EXPECT_FALSE(rows[1].unreadable);
    EXPECT_EQ(told(), 2U);
}

TEST_F(UnreadableRows, OfTheInboxAreCountedAndDoNotHoldUpThePages) {
    const Seat clerk{UnitCode("jtj"), Post::clerk};
    log_.does("office.clerk", Command(UrgeTask{first_task, UrgeLevel::yellow, {}, "请抓紧"}));
    const PersonId person("office.clerk");
    const auto all = value_of(read_person_inbox(log_.snapshot(), InboxBox::done, person, "", 100));
    ASSERT_EQ(all.rows.size(), 3U);
    std::string done = inbox_prefix(InboxBox::done, person_holder(person));
    append_be64(done, all.rows[1].position.value);
    ASSERT_EQ(spoil(Family::view, done), 1U);
    std::vector<InboxRow> rows;
    std::size_t unreadable = 0;
    std::string cursor;
    do {
        const auto page =
            value_of(read_person_inbox(log_.snapshot(), InboxBox::done, person, cursor, 1));
        EXPECT_EQ(page.rows.size() + page.unreadable, 1U);
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        unreadable += page.unreadable;
        cursor = page.next;
    } while (!cursor.empty());
    EXPECT_EQ(rows, (std::vector<InboxRow>{all.rows[0], all.rows[2]}));
    EXPECT_EQ(unreadable, 1U);
    EXPECT_EQ(value_of(read_seat_inbox(log_.snapshot(), clerk, "", 10)).unreadable, 0U);
}

TEST_F(UnreadableRows, OfPlansAndRoutesAreLeftOutOfListsButNotOfDecisions) {
    spoil(Family::view, view_part(ViewId::plan, "p"));
    const auto plans = value_of(read_readable_plans(log_.snapshot()));
    EXPECT_EQ(plans.unreadable, std::vector<PlanId>{PlanId("p")});
    EXPECT_TRUE(plans.book.plans.empty());
    const auto strict = read_plans(log_.snapshot());
    ASSERT_FALSE(strict);
    EXPECT_NE(strict.error().detail.find("duban rebuild"), std::string::npos);
    EXPECT_FALSE(World::load(log_.database()));
    ASSERT_GT(spoil(Family::view, view_part(ViewId::route, "")), 0U);
    EXPECT_TRUE(value_of(read_readable_routes(log_.snapshot())).routes.empty());
    EXPECT_FALSE(read_routes(log_.snapshot()));
}

TEST_F(UnreadableRows, OfTheCalendarStopEveryCount) {
    ASSERT_EQ(value_of(read_calendars(log_.snapshot())).years.size(), 3U);
    ASSERT_GT(spoil(Family::view, view_part(ViewId::calendar, "")), 0U);
    EXPECT_FALSE(read_calendars(log_.snapshot()));
    EXPECT_FALSE(World::load(log_.database()));
}

TEST_F(UnreadableRows, OfTimersStandStillByThemselves) {
    const Timestamp later = end_of_office_day(last_date);
    const auto all = value_of(due_timers(log_.snapshot(), later, 100));
    ASSERT_GT(all.size(), 2U);
    ASSERT_EQ(spoil(Family::timer, "p/1 jtj"), 1U);
    const auto left = value_of(due_timers(log_.snapshot(), later, 100));
    EXPECT_EQ(left.size(), all.size() - 1);
    EXPECT_EQ(value_of(due_timers(log_.snapshot(), later, left.size())), left);
    EXPECT_TRUE(value_of(next_timer(log_.snapshot())));
    EXPECT_EQ(told(), 1U);
}

TEST_F(UnreadableRows, OfSessionsEndAndHoldUpNoOther) {
    const Timestamp now{1'000};
    StoredSession session;
    session.person = PersonId("jtj.clerk");
    session.expires = Timestamp{2'000};
    expect_ok(put_session(log_.database(), "a", session));
    expect_ok(put_session(log_.database(), "b", session));
    session.expires = now;
    expect_ok(put_session(log_.database(), "c", session));
    ASSERT_EQ(spoil(Family::session, "a"), 1U);
    expect_ok(erase_expired_sessions(log_.database(), now));
    EXPECT_EQ(value_of(find_session(log_.database(), "a")), std::nullopt);
    EXPECT_TRUE(value_of(find_session(log_.database(), "b")));
    EXPECT_EQ(value_of(find_session(log_.database(), "c")), std::nullopt);
}

// Days are computed where an order at the end of the calendar is held and resumed.
TEST_F(UnreadableRows, AreNotWrittenAtTheEndOfTheCalendar) {
    const TaskId third{PlanId("p"), 3};
    RegisterTask registers;
    registers.task = third;
    registers.mandate.title = "做事";
    registers.mandate.lead = UnitCode("jtj");
    log_.does("office.clerk", Command(registers));
    log_.does("office.head", Command(ApproveTask{third, RegistrationVerdict::approve, ""}));
    log_.does("office.clerk",
              Command(IssueTask{third, last_date, last_date, PeriodKind::week, {}}));
    log_.does("office.head", Command(HoldTask{third, "等政策"}));
    log_.now.ms += 10 * day_ms;
    log_.does("office.head", Command(ResumeTask{third, ""}));
    const auto task = value_of(read_task(log_.snapshot(), third));
    EXPECT_EQ(task.assignments[0].sign_by, last_date);
    EXPECT_EQ(board().size(), 3U);
    const auto timers = value_of(due_timers(log_.snapshot(), end_of_office_day(last_date), 100));
    EXPECT_EQ(timers.back().task, third);
    log_.reopen();
    EXPECT_EQ(value_of(read_task(log_.snapshot(), third)), task);
    EXPECT_EQ(told(), 0U);
}

}  // namespace
}  // namespace duban
