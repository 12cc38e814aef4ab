#include "api/stream/subscription.h"

#include <gtest/gtest.h>

#include <random>

#include "storage/log/event_reader.h"
#include "tests/api/wire_client.h"
#include "tests/support/random_history.h"

namespace duban {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;

std::string kind(const Json& answer) {
    return answer.contains("error") ? answer["error"]["data"]["kind"] : "";
}

void random_history(ApiBench& bench, std::uint64_t seed, int commands) {
    std::mt19937_64 random(seed);
    for (int i = 0; i < commands; ++i) {
        const auto made = random_command(random, bench.node().task(i % 2 == 0 ? "p/1" : "p/2"));
        (void)bench.node().run(made.actor, made.command, {}, made.content);
    }
}

// What that person may see of the log, judged event by event.
std::vector<std::uint64_t> visible(ApiBench& bench, const std::string& person) {
    const auto directory = bench.node().head().directory();
    const Access access =
        access_of(*directory, PersonId(person), office_date(bench.node().clock().now()));
    std::map<std::string, TaskState> tasks;
    std::vector<std::uint64_t> positions;
    for (const std::string& bytes : bench.node().log_bytes()) {
        const auto record = decode_event(bytes);
        Addressees to;
        if (record->event.of(EventFamily::task)) {
            TaskState& task = tasks[record->envelope.stream.value];
            const TaskState before = task;
            task = evolve(std::move(task), record->event, stamp_of(record->envelope));
            to = addressees_of(before, task, record->event);
        }
        if (may_see_event(access, record->event, to)) {
            positions.push_back(record->envelope.position.value);
        }
    }
    return positions;
}

TEST(Subscription, StartsAtExactlyOnePlace) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    const auto refused = [&](const Json& start) { return kind(client.open_sub("x", start)); };
    EXPECT_EQ(refused(Json::object()), "bad_filter");
    EXPECT_EQ(refused({{"live", true}, {"earliest", true}}), "bad_filter");
    EXPECT_EQ(refused({{"live", false}}), "bad_filter");
    EXPECT_EQ(refused({{"snapshot", true}}), "bad_filter");
    EXPECT_EQ(refused({{"after", "5"}, {"log", "another"}}), "log_mismatch");
    EXPECT_EQ(refused({{"after", "999999"}}), "position_ahead");
    EXPECT_EQ(refused({{"after", "x"}}), "invalid_params");
    const std::string log = bench.node().database().log_id();
    EXPECT_EQ(refused({{"after", "-1"}, {"log", log}}), "");
    EXPECT_EQ(refused({{"live", true}}), "sub_exists");
    EXPECT_EQ(kind(client.open_sub("y", {{"live", true}}, {{"type", {"a*b"}}})), "bad_filter");
}

TEST(Subscription, LimitsHowManyAreOpen) {
    ApiLimits limits;
    limits.subscriptions_max = 2;
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("jtj.clerk");
    client.open_sub("a", {{"live", true}});
    client.open_sub("b", {{"live", true}});
    EXPECT_EQ(kind(client.open_sub("c", {{"live", true}})), "too_many_subs");
    const Json closed = client.call("sub.close", {{"sub", "a"}});
    EXPECT_EQ(closed["result"]["cursor"], std::to_string(bench.node().head().next().value - 1));
    EXPECT_EQ(kind(client.open_sub("c", {{"live", true}})), "");
    EXPECT_EQ(kind(client.call("sub.close", {{"sub", "a"}})), "not_found");
}

TEST(Subscription, ReadsTheWholeLogAndThenGoesLive) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"earliest", true}});
    const auto states = client.pushed("sub.state");
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states[0]["state"], "live");
    bench.issue_and_sign();
    bench.submit_report();
    client.connection().on_published();
    client.pump();
    EXPECT_EQ(client.positions("a"), visible(bench, "office.clerk"));
    EXPECT_EQ(client.positions("a").size(), bench.node().head().next().value);
}

TEST(Subscription, SendsTheEventsAsTheyStandInTheLog) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"earliest", true}});
    const auto frames = client.pushed("events");
    const auto log = bench.node().log_bytes();
    std::size_t at = 0;
    for (const Json& frame : frames) {
        for (const Json& event : frame["events"]) EXPECT_EQ(event, Json::parse(log.at(at++)));
    }
    EXPECT_EQ(at, log.size());
}

TEST(Subscription, ResumesAfterItsCursorWithoutLossOrRepetition) {
    ApiBench bench;
    std::string cursor;
    std::vector<std::uint64_t> seen;
    for (int round = 0; round < 5; ++round) {
        random_history(bench, static_cast<std::uint64_t>(round), 20);
        WireClient client(bench);
        client.open("jtj.clerk");
        client.open_sub("a", round == 0 ? Json{{"earliest", true}} : Json{{"after", cursor}});
        client.take(static_cast<std::size_t>(round));
        client.pump();
        cursor = client.cursor("a");
        const auto& more = client.positions("a");
        seen.insert(seen.end(), more.begin(), more.end());
    }
    EXPECT_EQ(seen, visible(bench, "jtj.clerk"));
}

// Each reader once from the ring and once from disk.
class Delivery : public testing::TestWithParam<const char*> {};

TEST_P(Delivery, IsTheSameFromTheRingAndFromDisk) {
    ApiBench bench;
    random_history(bench, 7, 150);
    EventRing empty(bench.node().head().next(), 1024);
    const auto directory = bench.node().head().directory();
    const Access access =
        access_of(*directory, PersonId(GetParam()), office_date(bench.node().clock().now()));
    const std::vector<Json> filters = {
        Json::object(),
        {{"task", {"p/1"}}},
        {{"task", {"p/1", "p/2"}}, {"type", {"task.*"}}},
        {{"unit", {"jtj"}}},
        {{"actor", {"jtj.clerk", "office.clerk"}}},
        {{"type", {"assignment.signed", "task.urged"}}},
        {{"type", {"report.*"}}},
    };
    for (const Json& json : filters) {
        const Filter filter = *Filter::parse(json, "filter");
        const auto read = [&](const EventRing& ring) {
            Subscription sub("a", filter, Position(0), {}, {});
            const Position head = bench.node().head().next();
            const Subscription::View view{ring, access, head, {}, 4096};
            std::string events;
            for (;;) {
                if (const auto text = sub.next_output(view)) {
                    const Json message = Json::parse(*text);
                    if (message["method"] != "events") continue;
                    for (const Json& event : message["params"]["events"]) {
                        events += event["sequence"].get<std::string>() + " ";
                    }
                    continue;
                }
                const auto step = sub.disk_step(view);
                if (!step) break;
                const Snapshot snapshot(bench.node().database());
                sub.disk_done(*read_catch_up(snapshot, access, *step));
            }
            EXPECT_EQ(sub.told(), head);
            return events;
        };
        EXPECT_EQ(read(bench.node().ring()), read(empty)) << GetParam() << " " << json;
    }
}

INSTANTIATE_TEST_SUITE_P(Readers, Delivery,
                         testing::Values("office.clerk", "jtj.clerk", "jzy.head", "rsj.clerk",
                                         "audit.clerk", "admin.system"));

// Somebody of two units acts on a task of one of them: the other unit sees nothing of it, from the
// ring or from disk.
TEST(Subscription, HidesTheActsOfColleaguesOnTasksOfOtherUnits) {
    ApiBench bench;
    bench.ask("admin.security", "post.grant",
              {{"person", "rsj.clerk"}, {"post", {{"unit", "jtj"}, {"post", "section"}}}});
    bench.issue_and_sign();
    bench.submit_report();
    bench.decide("rsj.clerk", "approve", "p/1/a1");
    const auto directory = bench.node().head().directory();
    const Access access =
        access_of(*directory, PersonId("rsj.head"), office_date(bench.node().clock().now()));
    const Snapshot snapshot(bench.node().database());
    const CatchUpStep step{*Filter::parse({{"task", {"p/1"}}}, "filter"), Position(0),
                           bench.node().head().next(), 1 << 20};
    EXPECT_EQ(read_catch_up(snapshot, access, step)->events, "");
}

TEST(Subscription, DeliversExactlyWhatTheReaderMaySee) {
    ApiBench bench;
    random_history(bench, 11, 150);
    for (const char* person : {"jtj.clerk", "jzy.clerk", "rsj.clerk", "audit.clerk"}) {
        WireClient client(bench);
        client.open(person);
        client.open_sub("a", {{"earliest", true}});
        EXPECT_EQ(client.positions("a"), visible(bench, person)) << person;
    }
}

TEST(Subscription, JudgesByTheRightsAtDelivery) {
    ApiBench bench;
    WireClient client(bench);
    client.open("rsj.clerk");
    client.open_sub("a", {{"live", true}}, {{"task", {"p/1"}}});
    bench.ask("admin.security", "post.grant",
              {{"person", "rsj.clerk"}, {"post", {{"unit", "jtj"}, {"post", "clerk"}}}});
    bench.issue_and_sign();
    client.pump();
    EXPECT_EQ(client.positions("a").size(), 3U);
    bench.ask("admin.security", "post.revoke",
              {{"person", "rsj.clerk"}, {"unit", "jtj"}, {"post", "clerk"}});
    bench.submit_report();
    client.pump();
    EXPECT_EQ(client.positions("a").size(), 3U);
}

// A reader whose ring holds nothing, so that everything comes from disk, and of whom the moments
// between the reading and the sending can be taken apart.
class DiskReader {
public:
    DiskReader(ApiBench& bench, const std::string& person)
        : ring_(bench.node().head().next(), 1024),
          context_(with_ring(bench.context(), ring_)),
          dispatcher_(context_),
          client_(bench, context_, dispatcher_) {
        client_.open(person);
        client_.send(R"({"jsonrpc":"2.0","id":900,"method":"sub.open",)"
                     R"("params":{"sub":"a","start":{"earliest":true}}})");
        client_.take(2);  // the answer, then the step is asked for
    }
    WireClient& client() { return client_; }
    // What the person may see before the place where the ring begins.
    std::vector<std::uint64_t> expected(ApiBench& bench, const std::string& person) {
        auto positions = visible(bench, person);
        std::erase_if(positions, [&](std::uint64_t p) { return p >= ring_.next().value; });
        return positions;
    }

private:
    static ApiContext with_ring(const ApiContext& of, EventRing& ring) {
        return ApiContext{of.database, of.blobs, of.commands,     ring,     of.head,
                          of.clock,    of.ids,   of.run_blocking, of.limits};
    }
    EventRing ring_;
    ApiContext context_;
    Dispatcher dispatcher_;
    WireClient client_;
};

TEST(Subscription, DropsWhatWasReadFromDiskUnderRightsThatAreGone) {
    ApiBench bench;
    bench.ask("admin.security", "post.grant",
              {{"person", "rsj.clerk"}, {"post", {{"unit", "jtj"}, {"post", "clerk"}}}});
    bench.issue_and_sign();
    bench.ask("office.clerk", "task.issue", {{"task", "p/2"}, {"due", "2026-12-31"}});
    const std::size_t before = visible(bench, "rsj.clerk").size();
    DiskReader reader(bench, "rsj.clerk");
    reader.client().run_posted();
    ASSERT_TRUE(reader.client().positions("a").empty());
    bench.ask("admin.security", "post.revoke",
              {{"person", "rsj.clerk"}, {"unit", "jtj"}, {"post", "clerk"}});
    reader.client().pump();
    const auto expected = reader.expected(bench, "rsj.clerk");
    EXPECT_LT(expected.size(), before);
    EXPECT_EQ(reader.client().positions("a"), expected);
}

TEST(Subscription, DropsWhatWasReadFromDiskBeforeTheProxyEnded) {
    for (const bool read_before : {true, false}) {
        ApiBench bench;
        bench.ask("jtj.section", "proxy.set",
                  {{"proxy",
                    {{"principal", "jtj.section"},
                     {"deputy", "rsj.clerk"},
                     {"from", "2026-09-01"},
                     {"until", "2026-09-01"}}}});
        bench.issue_and_sign();
        const std::size_t before = visible(bench, "rsj.clerk").size();
        DiskReader reader(bench, "rsj.clerk");
        if (read_before) reader.client().run_posted();
        bench.node().clock().advance(std::chrono::hours(24));
        reader.client().pump();
        const auto expected = reader.expected(bench, "rsj.clerk");
        EXPECT_LT(expected.size(), before);
        EXPECT_EQ(reader.client().positions("a"), expected) << read_before;
    }
}

TEST(Subscription, EndsWhenTheReaderLosesAllBusiness) {
    ApiBench bench;
    WireClient client(bench);
    client.open("rsj.clerk");
    client.open_sub("a", {{"live", true}});
    bench.ask("admin.security", "post.revoke",
              {{"person", "rsj.clerk"}, {"unit", "rsj"}, {"post", "clerk"}});
    client.pump();
    const auto ended = client.pushed("sub.ended");
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0]["error"]["code"], 40303);
    EXPECT_FALSE(client.closed());
}

TEST(Subscription, TellsASlowReaderThatItIsBehindAndLosesNothing) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"live", true}});
    (void)client.pushed("sub.state");
    const auto begin = bench.node().head().next().value;
    bench.issue_and_sign();
    client.pass(seconds(3));
    bench.submit_report();
    client.pump();
    const auto states = client.pushed("sub.state");
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0]["state"], "behind");
    EXPECT_EQ(states[0]["reason"], "slow_reader");
    EXPECT_EQ(states[1]["state"], "live");
    EXPECT_EQ(client.positions("a").size(), bench.node().head().next().value - begin);
}

TEST(Subscription, StopsAtTheWindowUntilTheReaderAcknowledges) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    const Json opened = client.call(
        "sub.open",
        {{"sub", "a"}, {"start", {{"live", true}}}, {"window", {{"events", 1}, {"bytes", 1024}}}});
    ASSERT_TRUE(opened.contains("result")) << opened;
    bench.issue_and_sign();
    client.pump();
    auto frames = client.pushed("events");
    ASSERT_EQ(frames.size(), 1U);
    bench.submit_report();
    client.pump();
    EXPECT_TRUE(client.pushed("events").empty());
    EXPECT_EQ(kind(client.call("sub.ack", {{"sub", "a"}, {"to", "999999"}})), "invalid_params");
    EXPECT_EQ(kind(client.call("sub.ack", {{"sub", "a"}, {"to", frames[0]["to"]}})), "");
    client.pump();
    EXPECT_EQ(client.pushed("events").size(), 1U);
}

std::string ack_text(const Json& params) {
    return Json{{"jsonrpc", "2.0"}, {"method", "sub.ack"}, {"params", params}}.dump();
}

// Takes frames and acknowledges each, until nothing comes any more.
void follow_with_acks(WireClient& client, int rounds_max) {
    for (int round = 0; round < rounds_max; ++round) {
        client.pump();
        const auto frames = client.pushed("events");
        if (frames.empty()) return;
        for (const Json& frame : frames) {
            client.send(ack_text({{"sub", frame.at("sub")}, {"to", frame.at("to")}}));
        }
    }
}

TEST(Subscription, TakesEveryAckThatMovesItOnWhateverTheRate) {
    ApiLimits limits;
    limits.calls_per_s = 1;
    limits.calls_burst = 12;
    limits.frame_bytes_soft = 1;  // an event a frame
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("office.clerk");
    random_history(bench, 3, 30);
    for (int i = 0; i < 10; ++i) {
        const Json opened = client.call("sub.open", {{"sub", "s" + std::to_string(i)},
                                                     {"start", {{"earliest", true}}},
                                                     {"window", {{"events", 1}}}});
        ASSERT_TRUE(opened.contains("result")) << opened;
    }
    const auto all = visible(bench, "office.clerk");
    ASSERT_GT(all.size(), 20U) << "ten times more acks than calls are taken";
    follow_with_acks(client, static_cast<int>(all.size()) + 2);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(client.positions("s" + std::to_string(i)), all);
    EXPECT_TRUE(client.pushed("sub.ended").empty());
    EXPECT_FALSE(client.closed());
}

TEST(Subscription, ChargesAcksThatTellNothingNewAsCalls) {
    ApiLimits limits;
    limits.calls_per_s = 1;
    limits.calls_burst = 5;
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"earliest", true}});
    const Json params = {{"sub", "a"}, {"to", client.cursor("a")}};
    EXPECT_EQ(kind(client.call("sub.ack", params)), "") << "the first tells something";
    std::string last;
    for (int i = 0; i < 6; ++i) last = kind(client.call("sub.ack", params));
    EXPECT_EQ(last, "rate_limited");
    bench.issue_and_sign();
    client.pump();
    EXPECT_EQ(kind(client.call("sub.ack", {{"sub", "a"}, {"to", client.cursor("a")}})), "");
}

TEST(Subscription, SaysThatItWaitsForAnAck) {
    ApiLimits limits;
    limits.frame_bytes_soft = 1;  // an event a frame
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("office.clerk");
    const Json opened = client.call(
        "sub.open", {{"sub", "a"}, {"start", {{"earliest", true}}}, {"window", {{"events", 1}}}});
    ASSERT_TRUE(opened.contains("result")) << opened;
    client.pump();
    ASSERT_EQ(client.pushed("events").size(), 1U);
    bench.issue_and_sign();
    client.pump();
    EXPECT_TRUE(client.pushed("sub.state").empty()) << "not for so short a while";
    client.pass(seconds(2));
    client.pump();
    const auto stalled = client.pushed("sub.state");
    ASSERT_EQ(stalled.size(), 1U);
    EXPECT_EQ(stalled[0]["state"], "stalled");
    EXPECT_EQ(stalled[0]["reason"], "window");
    EXPECT_EQ(stalled[0]["cursor"], client.cursor("a"));
    client.pass(seconds(20));
    client.pump();
    EXPECT_TRUE(client.pushed("sub.state").empty()) << "told once";
    client.send(ack_text({{"sub", "a"}, {"to", client.cursor("a")}}));
    follow_with_acks(client, 1000);
    const auto live = client.pushed("sub.state");
    ASSERT_EQ(live.size(), 1U);
    EXPECT_EQ(live[0]["state"], "live");
    EXPECT_EQ(client.positions("a"), visible(bench, "office.clerk"));
}

TEST(Subscription, SaysThatAnAckWithoutAnAnswerWasRefused) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"earliest", true}});
    (void)client.pushed("sub.state");
    const std::vector<Json> wrong = {{{"sub", "a"}, {"to", "999999"}},
                                     {{"sub", "a"}, {"to", "x"}},
                                     {{"sub", "a"}, {"to", 7}},
                                     {{"sub", "a"}},
                                     {{"sub", "a"}, {"to", client.cursor("a")}, {"more", 1}}};
    for (const Json& params : wrong) {
        client.send(ack_text(params));
        client.send(ack_text(params));
        client.pump();
        const auto told = client.pushed("sub.state");
        ASSERT_EQ(told.size(), 1U) << params << " is told, and two at once are told as one";
        EXPECT_EQ(told[0]["state"], "live");
        EXPECT_EQ(told[0]["reason"], "ack_refused");
        EXPECT_EQ(told[0]["cursor"], client.cursor("a"));
    }
    client.send(ack_text({{"sub", "unknown"}, {"to", "0"}}));
    client.send(ack_text(Json::array()));
    client.pump();
    EXPECT_TRUE(client.pushed("sub.state").empty());
    EXPECT_EQ(kind(client.call("sub.ack", {{"sub", "a"}, {"to", "999999"}})), "invalid_params");
    client.pump();
    EXPECT_TRUE(client.pushed("sub.state").empty()) << "a call is answered";
}

TEST(Subscription, TellsAFilteredReaderHowFarItWasJudged) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"live", true}}, {{"type", {"route.published"}}});
    (void)client.pushed("checkpoint");
    bench.issue_and_sign();
    client.pump();
    EXPECT_TRUE(client.pushed("checkpoint").empty()) << "not yet";
    client.pass(seconds(5));
    client.pump();
    const auto checkpoints = client.pushed("checkpoint");
    ASSERT_EQ(checkpoints.size(), 1U);
    EXPECT_EQ(checkpoints[0]["to"], std::to_string(bench.node().head().next().value - 1));
    client.pass(seconds(5));
    client.pump();
    EXPECT_TRUE(client.pushed("checkpoint").empty()) << "no progress, no checkpoint";
}

TEST(Subscription, SharesTheLineWithTheOthers) {
    ApiLimits limits;
    limits.frame_bytes_soft = 1024;
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("office.clerk");
    client.send(
        R"({"jsonrpc":"2.0","method":"sub.open","params":{"sub":"a","start":{"earliest":true}}})");
    client.send(
        R"({"jsonrpc":"2.0","method":"sub.open","params":{"sub":"b","start":{"earliest":true}}})");
    std::string order;
    for (int i = 0; i < 6; ++i) {
        const auto text = client.connection().next_output();
        ASSERT_TRUE(text.has_value());
        order += Json::parse(*text)["params"]["sub"].get<std::string>();
    }
    EXPECT_EQ(order, "ababab");
}

}  // namespace
}  // namespace duban
