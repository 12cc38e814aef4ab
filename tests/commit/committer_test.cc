#include "commit/committer.h"
#include "domain/approval/route_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/plan/plan_commands.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "storage/beside/access_log.h"
#include "storage/check/rebuild.h"
#include "tests/commit/office_commands.h"
#include "tests/support/route_builder.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using nlohmann::json;

TEST(Committer, AnswersWithThePositionOfTheLastEventAndTheNewVersion) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    const json reply = node.run("office.clerk", issue_task());
    ASSERT_TRUE(reply.contains("result")) << reply;
    EXPECT_EQ(reply["result"]["position"], std::to_string(node.head().next().value - 1));
    EXPECT_EQ(reply["result"]["version"], node.task("p/1").version);
    EXPECT_EQ(reply["result"]["duplicate"], false);
}

TEST(Committer, AnswersARetryTheSameAndDoesNothing) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    json first = node.run("office.clerk", issue_task(), "retry-1");
    const Position before = node.head().next();
    json second = node.run("office.clerk", issue_task(), "retry-1");
    EXPECT_EQ(node.head().next(), before);
    EXPECT_EQ(second["result"]["duplicate"], true);
    first["result"].erase("duplicate");
    second["result"].erase("duplicate");
    EXPECT_EQ(first, second);
}

TEST(Committer, AnswersARetryTheSameAfterARestart) {
    TestDisk disk;
    json first;
    json refused;
    {
        TestNode node(disk);
        node.set_up_office();
        first = node.run("office.clerk", issue_task(), "retry-2");
        refused = node.run("rsj.clerk", sign("rsj"), "retry-3");
        ASSERT_TRUE(refused.contains("error")) << refused;
    }
    TestNode node(disk);
    const Position before = node.head().next();
    const json second = node.run("office.clerk", issue_task(), "retry-2");
    EXPECT_EQ(second["result"]["position"], first["result"]["position"]);
    EXPECT_EQ(second["result"]["duplicate"], true);
    EXPECT_EQ(node.run("rsj.clerk", sign("rsj"), "retry-3")["error"], refused["error"]);
    EXPECT_EQ(node.head().next(), before);
}

TEST(Committer, RefusesACommandIdWithOtherContent) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    node.run("office.clerk", issue_task(), "used", "first");
    const json reply = node.run("office.clerk", issue_task(), "used", "second");
    EXPECT_EQ(reply["failed"], static_cast<int>(Errc::command_id_reused));
}

TEST(Committer, RefusesAnOldVersionAndNamesTheCurrentOne) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    CommandRequest old = node.request("office.clerk", issue_task());
    old.expect_version = 1;
    const json reply = node.wait_for(old);
    EXPECT_EQ(reply["error"]["data"]["kind"], "version_conflict") << reply;
    EXPECT_EQ(reply["error"]["data"]["current"], node.task("p/1").version);
}

TEST(Committer, TellsNoVersionToWhoeverMayNotSeeTheTask) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    CommandRequest blind = node.request("rsj.clerk", sign("rsj"));
    blind.expect_version = 99;
    EXPECT_EQ(node.wait_for(blind)["error"]["data"]["kind"], "not_found");
}

TEST(Committer, TellsNoVersionToWhoeverMayNotDoWhatHeAsks) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    PlanDocument list;
    list.plan = PlanId("p");
    const std::vector<Command> commands = {
        ImportPlan{list}, PublishRoute{route_in_turn()}, put_unit("jtj"),
        Command(RevokePost{PersonId("rsj.clerk"), UnitCode("rsj"), Post::clerk}),
        Command(SetProxy{{PersonId("rsj.head"), PersonId("jtj.clerk"), {}, {}}})};
    for (const Command& command : commands) {
        for (const std::uint64_t version : {0U, 1U, 2U, 3U, 99U}) {
            CommandRequest blind = node.request("jtj.clerk", command);
            blind.expect_version = version;
            EXPECT_EQ(node.wait_for(blind)["error"]["data"]["kind"], "forbidden")
                << command.stream().value << " at " << version;
        }
    }
    CommandRequest known = node.request("office.head", ImportPlan{list});
    known.expect_version = 99;
    EXPECT_EQ(node.wait_for(known)["error"]["data"]["kind"], "version_conflict");
}

TEST(Committer, RecordsEveryRefusalInTheAccessLog) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    node.run("rsj.clerk", issue_task(), "refused-1");
    const auto records = read_access_log(Snapshot(node.database()), 0, 100);
    ASSERT_TRUE(records.has_value());
    ASSERT_EQ(records->size(), 1U);
    EXPECT_EQ(records->front().person, PersonId("rsj.clerk"));
    EXPECT_EQ(records->front().command, CommandId("refused-1"));
    EXPECT_NE(records->front().result, "ok");
}

TEST(Committer, GivesGaplessPositionsToManyWritersAndASubscriberSeesEachOnce) {
    TestDisk disk;
    TestNode node(disk);
    std::vector<std::uint64_t> seen;
    std::mutex mutex;
    Position cursor(0);
    (void)node.ring().add_listener([&] {
        const std::lock_guard lock(mutex);
        const auto events = node.ring().read(cursor, 10'000, 1U << 30U);
        ASSERT_TRUE(events.has_value());
        for (const SharedEvent& event : *events) {
            seen.push_back(event->record.envelope.position.value);
            cursor = event->record.envelope.position.next();
        }
    });
    constexpr int writers = 8;
    constexpr int each = 200;
    std::vector<std::thread> threads;
    std::mutex acks_mutex;
    std::set<std::string> acknowledged;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            for (int i = 0; i < each; ++i) {
                const std::string code = "u" + std::to_string(writer) + "-" + std::to_string(i);
                const json reply = node.run(system_actor, put_unit(code));
                const std::lock_guard lock(acks_mutex);
                acknowledged.insert(reply["result"]["position"].get<std::string>());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    node.stop();
    ASSERT_EQ(seen.size(), std::size_t{writers * each});
    for (std::size_t i = 0; i < seen.size(); ++i) ASSERT_EQ(seen[i], i);
    EXPECT_EQ(acknowledged.size(), seen.size());
    EXPECT_EQ(node.log_bytes().size(), seen.size());
}

TEST(Committer, NeverPublishesBeforeTheEventCanBeRead) {
    TestDisk disk;
    TestNode node(disk);
    std::atomic<int> unreadable{0};
    (void)node.ring().add_listener([&] {
        if (node.log_bytes().size() < node.ring().next().value) ++unreadable;
    });
    for (int i = 0; i < 50; ++i) node.run(system_actor, put_unit("u" + std::to_string(i)));
    node.stop();
    EXPECT_EQ(unreadable.load(), 0);
}

TEST(Committer, StopsForGoodWhenASyncFails) {
    TestDisk disk;
    std::atomic<int> fatal{0};
    CommitterOptions options;
    options.on_fatal = [&](const Error&) { ++fatal; };
    TestNode node(disk, std::move(options));
    node.run(system_actor, put_unit("before"));
    const Position before = node.head().next();
    disk.break_syncs();
    EXPECT_TRUE(node.run(system_actor, put_unit("during")).contains("failed"));
    EXPECT_TRUE(node.run(system_actor, put_unit("after")).contains("failed"));
    EXPECT_EQ(fatal.load(), 1);
    EXPECT_EQ(node.head().next(), before);
    EXPECT_EQ(node.ring().next(), before);
}

// A kill keeps what the system holds in memory, so a sync that is left out would not show.
TEST(Committer, LosesNothingThatItAcknowledgedWhenThePowerGoes) {
    TestDisk disk;
    std::vector<std::string> events;
    {
        TestNode node(disk);
        node.set_up_office();
        ASSERT_TRUE(node.run("office.clerk", issue_task()).contains("result"));
        events = node.log_bytes();
    }
    disk.lose_power();
    TestNode node(disk);
    EXPECT_EQ(node.log_bytes(), events);
    EXPECT_TRUE(node.run("jtj.clerk", sign("jtj")).contains("result"));
    const auto checked = check_database(node.database());
    ASSERT_TRUE(checked.has_value());
    EXPECT_TRUE(checked->faults.empty());
}

TEST(Committer, AnswersOverloadedWhenTheQueueIsFull) {
    TestDisk disk;
    CommitterOptions options;
    options.queue_max = 0;
    TestNode node(disk, std::move(options));
    EXPECT_EQ(node.run(system_actor, put_unit("u"))["failed"], static_cast<int>(Errc::overloaded));
}

CommandRequest of_bytes(TestNode& node, std::size_t bytes) {
    static int made = 0;
    CommandRequest request = node.request(system_actor, put_unit("b" + std::to_string(++made)));
    request.content_bytes = bytes;
    return request;
}

TEST(Committer, AnswersOverloadedWhenTheQueueHoldsTooManyBytes) {
    TestDisk disk;
    std::promise<void> release;
    std::promise<void> written;
    CommitterOptions options;
    options.queue_bytes_max = 1000;
    options.batch_commands_max = 1;
    options.on_commit = [&, once = std::make_shared<std::once_flag>()](const CommitStats&) {
        std::call_once(*once, [&] {
            written.set_value();
            release.get_future().wait();
        });
    };
    TestNode node(disk, std::move(options));
    EXPECT_EQ(node.wait_for(of_bytes(node, 1001))["failed"], static_cast<int>(Errc::overloaded));
    std::atomic<int> overloaded{0};
    std::atomic<int> accepted{0};
    const auto submit = [&] {
        node.committer().submit(of_bytes(node, 400), [&](const Result<Outcome>& outcome, bool) {
            if (outcome) ++accepted;
            if (!outcome && outcome.error().code == Errc::overloaded) {
                ++overloaded;
            }
        });
    };
    submit();
    written.get_future().wait();
    // One waits for the writer, one for its place; two more fit into the queue.
    constexpr int more = 10;
    for (int i = 0; i < more; ++i) submit();
    EXPECT_GE(overloaded.load(), more - 4);
    release.set_value();
    node.stop();
    EXPECT_EQ(accepted + overloaded, 1 + more);
    EXPECT_GE(accepted.load(), 3);
}

TEST(Committer, TakesBytesAgainOnceTheQueueIsWorkedOff) {
    TestDisk disk;
    CommitterOptions options;
    options.queue_bytes_max = 1000;
    TestNode node(disk, std::move(options));
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(node.wait_for(of_bytes(node, 1000)).contains("result"));
    }
}

TEST(Committer, DecidesNothingForOneWhoMayActNoMore) {
    TestDisk disk;
    TestNode node(disk);
    std::atomic<bool> may{false};
    const auto asked = [&](const char* id) {
        CommandRequest request = node.request(system_actor, put_unit("a"), id, "content");
        request.may_act = [&may] { return may.load(); };
        return node.wait_for(std::move(request));
    };
    EXPECT_EQ(asked("one")["failed"], static_cast<int>(Errc::unauthenticated));
    EXPECT_TRUE(node.log_bytes().empty());
    may = true;
    EXPECT_TRUE(asked("one").contains("result")) << "nothing was settled under the id";
    may = false;
    EXPECT_EQ(asked("one")["failed"], static_cast<int>(Errc::unauthenticated)) << "nor is it told";
}

// The record of an end is what its answer waits for.
TEST(Committer, MakesWhatWasDecidedDurableBeforeTheRecordOfTheEnd) {
    TestDisk disk;
    TestNode node(disk);
    std::atomic<bool> may{true};
    std::mutex mutex;
    std::vector<std::string> order;
    const auto told = [&](const std::string& what) {
        const std::lock_guard lock(mutex);
        order.push_back(what);
    };
    const auto submit = [&](const std::string& name) {
        CommandRequest request = node.request(system_actor, put_unit(name));
        request.may_act = [&may] { return may.load(); };
        node.committer().submit(std::move(request),
                                [&told, name](const Result<Outcome>& outcome, bool) {
                                    told(name + (outcome ? " done" : " refused"));
                                });
    };
    disk.hold_syncs();
    submit("a");
    ASSERT_TRUE(disk.wait_for_held_sync());
    may = false;
    submit("b");
    node.committer().record({}, [&told](const Status&) { told("end"); });
    disk.release_syncs();
    node.stop();
    EXPECT_EQ(order, (std::vector<std::string>{"a done", "b refused", "end"}));
}

TEST(Committer, AnswersEverythingThatWasSubmittedBeforeStop) {
    TestDisk disk;
    TestNode node(disk);
    std::atomic<int> answered{0};
    for (int i = 0; i < 300; ++i) {
        node.committer().submit(node.request(system_actor, put_unit("u" + std::to_string(i))),
                                [&](const Result<Outcome>&, bool) { ++answered; });
    }
    node.stop();
    EXPECT_EQ(answered.load(), 300);
    EXPECT_EQ(node.run(system_actor, put_unit("late"))["failed"], static_cast<int>(Errc::draining));
}

TEST(Committer, KeepsRecordedTimeFromGoingBackWhenTheClockDoes) {
    TestDisk disk;
    TestNode node(disk);
    node.run(system_actor, put_unit("a"));
    node.clock().jump(std::chrono::hours(-2));
    node.run(system_actor, put_unit("b"));
    std::string last;
    for (const std::string& bytes : node.log_bytes()) {
        const auto recorded = json::parse(bytes)["recordedtime"].get<std::string>();
        EXPECT_GE(recorded, last);
        last = recorded;
    }
    const auto checked = check_database(node.database());
    ASSERT_TRUE(checked.has_value());
    EXPECT_TRUE(checked->faults.empty());
}

TEST(Committer, WritesNothingForARepeatedImport) {
    TestDisk disk;
    TestNode node(disk);
    node.set_up_office();
    const Position before = node.head().next();
    PlanDocument same;
    same.plan = PlanId("p");
    const json reply = node.run("office.head", ImportPlan{same}, "import-again", "plan p");
    EXPECT_TRUE(reply.contains("result")) << reply;
    EXPECT_EQ(node.head().next(), before);
}

}  // namespace
}  // namespace duban
