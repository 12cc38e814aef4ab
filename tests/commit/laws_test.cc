// The five laws of the design on the whole server below the sockets. Law 3 over real sockets, and
// the laws across kill -9, are in tests/e2e.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "domain/directory/directory_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "storage/beside/access_log.h"
#include "storage/check/rebuild.h"
#include "storage/log/event_reader.h"
#include "storage/views/board_view.h"
#include "storage/views/task_view.h"
#include "tests/support/random_history.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

struct Played {
    int accepted = 0;
    std::set<std::string> refused;  // command ids
};

Played play(TestNode& node, std::uint64_t seed, int commands) {
    std::mt19937_64 random(seed);
    Played played;
    for (int i = 0; i < commands; ++i) {
        RandomCommand next = random_command(random, node.task(random() % 4 == 0 ? "p/2" : "p/1"));
        const std::string id = "random-" + std::to_string(seed) + "-" + std::to_string(i);
        const json reply = node.run(next.actor, std::move(next.command), id, next.content + id);
        if (reply.contains("result")) {
            ++played.accepted;
        } else {
            EXPECT_TRUE(reply.contains("error")) << reply;
            played.refused.insert(id);
        }
        node.clock().advance(std::chrono::minutes(random() % 600));
    }
    return played;
}

TEST(LawsTest, RebuiltViewsEqualLiveViewsAfterRandomCommands) {
    int runs = 0;
    int accepted = 0;
    const bool held = rc::check("rebuilt = live", [&] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        TestDisk disk;
        TestNode node(disk);
        node.set_up_office();
        const Played played = play(node, seed, 120);
        ++runs;
        accepted += played.accepted;
        node.stop();
        const auto checked = check_database(node.database());
        RC_ASSERT(checked.has_value());
        RC_ASSERT(checked->faults.empty());
        const auto rebuilt = rebuild_views(node.database());
        RC_ASSERT(rebuilt.has_value());
        RC_ASSERT(rebuilt->equal());
        RC_ASSERT(rebuilt->events == node.log_bytes().size());
    });
    EXPECT_TRUE(held);
    EXPECT_GT(accepted, runs * 15) << "the histories hardly do anything";
}

TEST(LawsTest, AStateLoadedFromItsViewEqualsTheFoldOfItsStream) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    play(node, 7, 400);
    const Snapshot snapshot(node.database());
    for (const char* name : {"p/1", "p/2"}) {
        const auto id = parse_task_id(name);
        ASSERT_TRUE(id.has_value());
        const auto folded = task_as_of(snapshot, *id, Position(node.head().next().value - 1));
        ASSERT_TRUE(folded.has_value());
        EXPECT_EQ(folded->state, node.task(name));
        const auto history = read_task_history(snapshot, *id);
        ASSERT_TRUE(history.has_value());
        EXPECT_FALSE(history->empty());
        EXPECT_EQ(*history, folded->history);
    }
}

// Every row on the disk, log, views, answers, timers and refusals alike, as family/key -> value.
// Only what names the database itself is left out.
std::map<std::string, std::string> rows_of(TestNode& node) {
    std::map<std::string, std::string> rows;
    const Snapshot snapshot(node.database());
    for (int family = 0; family < family_count; ++family) {
        if (static_cast<Family>(family) == Family::meta) continue;
        const Status read = snapshot.scan(
            static_cast<Family>(family), "", "", [&](std::string_view key, std::string_view value) {
                rows[std::to_string(family) + "/" + std::string(key)] = value;
                return true;
            });
        EXPECT_TRUE(read.has_value()) << family;
    }
    return rows;
}

// The rows that one has and the other has not, or has otherwise: family and key.
std::vector<std::string> differing(const std::map<std::string, std::string>& left,
                                   const std::map<std::string, std::string>& right) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : left) {
        const auto other = right.find(key);
        if (other == right.end() || other->second != value) keys.push_back(key);
    }
    for (const auto& [key, value] : right) {
        if (!left.contains(key)) keys.push_back(key);
    }
    return keys;
}

TEST(LawsTest, ARestartInTheMiddleChangesNothing) {
    TestDisk whole_disk;
    TestDisk broken_disk;
    TestNode whole(whole_disk);
    TestNode broken(broken_disk);
    whole.set_up_office();
    broken.set_up_office();
    for (const std::uint64_t seed : {11U, 12U, 13U, 14U}) {
        const Played played = play(whole, seed, 80);
        EXPECT_GT(played.accepted, 5) << "hardly anything happens after restart " << seed;
        EXPECT_EQ(play(broken, seed, 80).refused, played.refused);
        broken.restart();
    }
    EXPECT_EQ(broken.log_bytes(), whole.log_bytes());
    EXPECT_EQ(differing(rows_of(broken), rows_of(whole)), std::vector<std::string>{});
    broken.stop();
    const auto checked = check_database(broken.database());
    ASSERT_TRUE(checked.has_value());
    EXPECT_TRUE(checked->faults.empty());
}

TEST(LawsTest, RetriedCommandsAreAnsweredTheSameHoweverOften) {
    TestDisk disk;
    std::map<std::string, json> answers;
    {
        TestNode node(disk);
        node.set_up_office();
        std::mt19937_64 random(3);
        for (int i = 0; i < 80; ++i) {
            RandomCommand next = random_command(random, node.task("p/1"));
            const std::string id = "random-" + std::to_string(i);
            const Position before = node.head().next();
            json first = node.run(next.actor, next.command, id, "content " + id);
            const Position after = node.head().next();
            json again = node.run(next.actor, next.command, id, "content " + id);
            EXPECT_EQ(node.head().next(), after) << id << " from " << before.value;
            if (first.contains("result")) {
                first["result"].erase("duplicate");
                again["result"].erase("duplicate");
            }
            EXPECT_EQ(first, again);
            answers[id] = first;
        }
    }
    TestNode node(disk);
    for (const auto& [id, first] : answers) {
        json again = node.run("office.clerk", PutUnit{}, id, "content " + id);
        if (again.contains("result")) again["result"].erase("duplicate");
        EXPECT_EQ(first, again);
    }
}

TEST(LawsTest, RefusalsAreRecordedWithWhoAndWhat) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    const Played played = play(node, 5, 150);
    ASSERT_GT(played.refused.size(), 5U);
    const auto records = read_access_log(Snapshot(node.database()), 0, 10'000);
    ASSERT_TRUE(records.has_value());
    std::set<std::string> recorded;
    for (const AccessRecord& record : *records) {
        EXPECT_FALSE(record.person.empty());
        EXPECT_NE(record.result, "ok");
        recorded.insert(record.command.value);
    }
    EXPECT_EQ(recorded, played.refused);
}

TEST(LawsTest, LatenessStaysVisibleAfterTheWorkIsDone) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    const TaskId id{PlanId("p"), 1};
    node.run("office.clerk", Command(IssueTask{id, Date{20900}, std::nullopt, std::nullopt, {}}));
    node.clock().advance(std::chrono::hours(24 * 10));
    node.run("jtj.clerk", Command(SignAssignment{id, UnitCode("jtj")}));
    const TaskState task = node.task("p/1");
    const Assignment* assignment = find_assignment(task, UnitCode("jtj"));
    ASSERT_NE(assignment, nullptr);
    ASSERT_TRUE(assignment->signed_at.has_value());
    EXPECT_GT(*assignment->signed_at, end_of_office_day(*assignment->sign_by));
}

}  // namespace
}  // namespace duban
