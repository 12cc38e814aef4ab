#include "api/stream/connection.h"

#include <gtest/gtest.h>

#include "api/render/position_text.h"
#include "storage/beside/credentials.h"
#include "tests/api/wire_client.h"

namespace duban {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

int error_code(const Json& answer) {
    return answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
}

TEST(Connection, OpensASessionAndAnnouncesItsLimits) {
    ApiBench bench;
    WireClient client(bench);
    EXPECT_EQ(client.connection().message_bytes_max(), 4096U);
    const Json answer = client.call("session.open", {{"token", bench.token("jtj.clerk")}});
    EXPECT_EQ(answer["result"]["person"]["id"], "jtj.clerk");
    EXPECT_EQ(answer["result"]["log"], bench.node().database().log_id());
    EXPECT_EQ(answer["result"]["limits"]["subscriptions"], 64);
    EXPECT_EQ(answer["result"]["limits"]["sessions"], 20);
    EXPECT_EQ(answer["result"]["position"], before_text(bench.node().head().next()));
    EXPECT_EQ(client.connection().message_bytes_max(), 262144U);
    EXPECT_EQ(client.call("auth.me", Json::object())["result"]["person"]["id"], "jtj.clerk");
}

TEST(Connection, TakesOnlyLogInBeforeTheSessionIsOpen) {
    ApiBench bench;
    WireClient client(bench);
    EXPECT_EQ(error_code(client.call("auth.me", Json::object())), 40101);
    EXPECT_EQ(error_code(client.call("sub.open", {{"sub", "a"}, {"start", {{"live", true}}}})),
              40101);
    EXPECT_EQ(error_code(client.call("session.open", {{"token", "unknown"}})), 40101);
    EXPECT_EQ(error_code(client.call("nope", Json::object())), -32601);
    EXPECT_EQ(client.call("rpc.discover", Json::object())["result"]["openrpc"], "1.3.2");
    EXPECT_EQ(error_code(client.call("auth.login", {{"person", "x"}, {"password", "y"}})), 40101);
    EXPECT_FALSE(client.closed());
}

TEST(Connection, LimitsTheSessionsOfOnePerson) {
    ApiLimits limits;
    limits.sessions_max = 2;
    ApiBench bench(limits);
    WireClient first(bench);
    first.open("jtj.clerk");
    WireClient other(bench);
    other.open("jzy.clerk");
    WireClient third(bench);
    {
        WireClient second(bench);
        second.open("jtj.clerk");
        const Json answer = third.call("session.open", {{"token", bench.token("jtj.clerk")}});
        EXPECT_EQ(error_code(answer), 42901);
        EXPECT_EQ(answer["error"]["data"]["retry"], "after_ms");
    }
    EXPECT_FALSE(third.closed());
    third.open("jtj.clerk");
}

TEST(Connection, TakesWhatIsSentBehindSessionOpenWithoutWaiting) {
    ApiBench bench;
    WireClient client(bench);
    const Json open = {{"jsonrpc", "2.0"},
                       {"id", 101},
                       {"method", "session.open"},
                       {"params", {{"token", bench.token("jtj.clerk")}}}};
    client.send(open.dump());
    const Json answer = client.call("auth.me", Json::object());
    EXPECT_EQ(answer["result"]["person"]["id"], "jtj.clerk");
    EXPECT_TRUE(client.answers().at(101).contains("result"));
}

TEST(Connection, TakesTheTokenOfTheUpgradeRequest) {
    ApiBench bench;
    WireClient client(bench);
    client.connection().authenticate(bench.token("jtj.clerk"));
    const Json answer = client.call("session.open", Json::object());
    EXPECT_EQ(answer["result"]["person"]["id"], "jtj.clerk");
    WireClient stranger(bench);
    stranger.connection().authenticate("unknown");
    stranger.pump();
    EXPECT_EQ(stranger.closed(), CloseCode::token_expired);
}

TEST(Connection, AnswersBadInputAndLivesOn) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    client.send("{");
    client.send("[]");
    client.send("7");
    client.send(std::string(300'000, 'x'));
    client.send(R"({"jsonrpc":"2.0","id":7,"method":"auth.me"})" + std::string("\0{}", 3));
    client.pump();
    ASSERT_EQ(client.faults().size(), 5U);
    EXPECT_EQ(error_code(client.faults()[0]), -32700);
    EXPECT_EQ(error_code(client.faults()[1]), -32600);
    EXPECT_EQ(error_code(client.faults()[2]), -32600);
    EXPECT_EQ(error_code(client.faults()[3]), 41301);
    EXPECT_EQ(error_code(client.faults()[4]), -32700) << "nothing follows a document";
    EXPECT_TRUE(client.call("auth.me", Json::object()).contains("result"));
}

// Fails when it is asked, as something deep inside may.
class BrokenClock final : public Clock {
public:
    explicit BrokenClock(const Clock& clock) : clock_(clock) {}
    [[nodiscard]] Timestamp now() const override {
        if (wall_broken) throw std::runtime_error("broken \xff");
        return clock_.now();
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        if (steady_broken) throw std::runtime_error("broken");
        return clock_.steady();
    }
    bool wall_broken = false;
    bool steady_broken = false;

private:
    const Clock& clock_;
};

TEST(Connection, AnswersOnceWhateverIsThrown) {
    ApiBench bench;
    BrokenClock clock(bench.node().clock());
    const ApiContext& of = bench.context();
    ApiContext context{of.database, of.blobs, of.commands,     of.ring,  of.head,
                       clock,       of.ids,   of.run_blocking, of.limits};
    Dispatcher dispatcher(context);
    WireClient client(bench, context, dispatcher);
    clock.wall_broken = true;
    EXPECT_EQ(error_code(client.call("session.open", {{"token", bench.token("jtj.clerk")}})),
              -32603);
    clock.wall_broken = false;
    clock.steady_broken = true;
    EXPECT_EQ(error_code(client.call("auth.me", Json::object())), -32603);
    clock.steady_broken = false;
    client.open("jtj.clerk");
    EXPECT_TRUE(client.call("auth.me", Json::object()).contains("result"));
    EXPECT_TRUE(client.faults().empty());
}

TEST(Connection, LivesOnWhenThePoolFails) {
    ApiBench bench;
    WireClient client(bench);
    const auto pool = bench.context().run_blocking;
    bench.context().run_blocking = [](const std::function<void()>&) -> bool {
        throw std::runtime_error("no thread");
    };
    EXPECT_EQ(error_code(client.call("session.open", {{"token", bench.token("jtj.clerk")}})),
              50302);
    bench.context().run_blocking = pool;
    client.open("jtj.clerk");
}

TEST(Connection, ClosesWhenNoSessionIsOpenedInTime) {
    ApiBench bench;
    WireClient client(bench);
    client.pass(seconds(4));
    EXPECT_FALSE(client.closed());
    client.pass(seconds(2));
    EXPECT_EQ(client.closed(), CloseCode::open_timeout);
}

TEST(Connection, LimitsTheRateAndSaysWhenToTryAgain) {
    ApiLimits limits;
    limits.calls_per_s = 10;
    limits.calls_burst = 5;
    ApiBench bench(limits);
    WireClient client(bench);
    client.open("jtj.clerk");
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(error_code(client.call("auth.me", Json::object())), 0);
    }
    const Json refused = client.call("auth.me", Json::object());
    EXPECT_EQ(error_code(refused), 42901);
    EXPECT_EQ(refused["error"]["data"]["after_ms"], 100);
    client.pass(milliseconds(100));
    EXPECT_EQ(error_code(client.call("auth.me", Json::object())), 0);
}

TEST(Connection, BoundsTheRepliesThatNobodyReads) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    for (int i = 0; i < 1000; ++i) client.send("{");
    EXPECT_EQ(client.closed(), CloseCode::rate);
}

TEST(Connection, BoundsTheBytesOfAnswersThatNobodyReads) {
    ApiBench bench;
    MessageBudget::Limits limits;
    limits.connection_bytes_max = 12'000;
    limits.small_bytes = 500;
    bench.context().messages = std::make_shared<MessageBudget>(limits);
    WireClient client(bench);
    client.open("office.clerk");
    const auto ask = [&](int id) {
        const Json call = {{"jsonrpc", "2.0"},
                           {"id", id},
                           {"method", "task.timeline"},
                           {"params", {{"task", "p/1"}}}};
        client.send(call.dump());
        client.run_posted();
        EXPECT_LE(bench.context().messages->taken(), limits.connection_bytes_max);
    };
    for (int id = 101; id < 131; ++id) ask(id);
    EXPECT_GT(bench.context().messages->taken(), 0U);
    WireClient other(bench);
    other.open("office.clerk");
    EXPECT_EQ(error_code(other.call("task.timeline", {{"task", "p/1"}})), 0)
        << "another connection of the same person";
    client.pump();
    int given = 0;
    for (int id = 101; id < 131; ++id) {
        const int code = error_code(client.answers().at(id));
        EXPECT_TRUE(code == 0 || code == 42901) << client.answers().at(id);
        given += code == 0 ? 1 : 0;
    }
    EXPECT_GT(given, 0);
    EXPECT_LT(given, 30);
    EXPECT_EQ(bench.context().messages->taken(), 0U) << "all were taken";
    EXPECT_EQ(error_code(client.call("task.timeline", {{"task", "p/1"}})), 0);
    ask(131);
    client.connection().on_closed();
    EXPECT_EQ(bench.context().messages->taken(), 0U) << "and with the connection all are gone";
}

TEST(Connection, RenewsInPlaceAndKeepsItsSubscriptions) {
    ApiBench bench;
    WireClient client(bench);
    const Json opened =
        client.call("session.open", {{"token", bench.token("jtj.clerk", seconds(90))}});
    EXPECT_EQ(opened["result"]["token_expires_in_ms"], 90'000);
    client.open_sub("a", {{"live", true}});
    client.pass(seconds(31));
    client.pump();
    EXPECT_EQ(client.pushed("session.expiring").size(), 1U);
    const Json other = client.call("session.renew", {{"token", bench.token("jzy.clerk")}});
    EXPECT_EQ(error_code(other), 40301);
    const Json renewed = client.call("session.renew", {{"token", bench.token("jtj.clerk")}});
    EXPECT_EQ(renewed["result"]["token_expires_in_ms"], 12 * 3600 * 1000);
    client.pass(seconds(61));
    EXPECT_FALSE(client.closed());
    bench.issue_and_sign();
    client.pump();
    EXPECT_EQ(client.positions("a").size(), 3U);
}

TEST(Connection, ClosesWhenTheTokenEnds) {
    ApiBench bench;
    WireClient client(bench);
    (void)client.call("session.open", {{"token", bench.token("jtj.clerk", seconds(90))}});
    client.open_sub("a", {{"live", true}});
    client.pass(seconds(91));
    client.pump();
    EXPECT_EQ(client.closed(), CloseCode::token_expired);
    EXPECT_EQ(client.pushed("sub.ended").size(), 1U);
}

TEST(Connection, EndsWithItsSession) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    EXPECT_TRUE(client.call("auth.logout", Json::object()).contains("result"));
    client.pass(milliseconds(100));
    client.pump();
    EXPECT_EQ(client.closed(), CloseCode::token_expired);
}

TEST(Connection, EndsWhenThePersonBecomesInactive) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    client.open_sub("a", {{"live", true}});
    bench.ask("admin.system", "person.put",
              {{"person", "jtj.clerk"}, {"name", "x"}, {"active", false}});
    client.pump();
    EXPECT_EQ(client.closed(), CloseCode::forbidden);
    const auto ended = client.pushed("sub.ended");
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0]["error"]["kind"], "access_revoked");
    EXPECT_EQ(ended[0]["error"]["code"], 40303);
}

TEST(Connection, SaysThatItDrains) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    client.connection().on_drain(milliseconds(1000), milliseconds(1200));
    EXPECT_EQ(error_code(client.call("auth.me", Json::object())), 50301);
    EXPECT_EQ(client.pushed("session.drain")[0]["reconnect_after_ms"], 1200);
}

TEST(Connection, BeatsWithTheHeadAndTheCursors) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    const Json opened = client.open_sub("a", {{"earliest", true}});
    EXPECT_EQ(opened["result"]["position"], before_text(bench.node().head().next()));
    client.pass(seconds(20));
    client.pump();
    const auto beats = client.pushed("hb");
    ASSERT_EQ(beats.size(), 1U);
    EXPECT_EQ(beats[0]["head"], beats[0]["subs"]["a"]);
    client.pass(seconds(19));
    client.pump();
    EXPECT_TRUE(client.pushed("hb").empty());
}

TEST(Connection, IsBusyUntilTheAnswerOfEveryCallIsTaken) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    EXPECT_FALSE(client.connection().busy());
    const Json call = {{"jsonrpc", "2.0"}, {"id", 900}, {"method", "auth.me"}};
    client.send(call.dump());
    EXPECT_TRUE(client.connection().busy());
    client.run_posted();
    EXPECT_TRUE(client.connection().busy()) << "answered, but not taken";
    client.pump();
    EXPECT_TRUE(client.answers().contains(900));
    EXPECT_FALSE(client.connection().busy());
}

TEST(Connection, IsBusyWhileARenewalIsUnderWay) {
    ApiBench bench;
    WireClient client(bench);
    client.open("jtj.clerk");
    std::deque<std::function<void()>> pool;
    bench.context().run_blocking = [&pool](std::function<void()> work) {
        pool.push_back(std::move(work));
        return true;
    };
    for (const int id : {901, 902}) {
        const Json params = {{"token", bench.token("jtj.clerk")}};
        const Json call = {
            {"jsonrpc", "2.0"}, {"id", id}, {"method", "session.renew"}, {"params", params}};
        client.send(call.dump());
    }
    for (const int id : {901, 902}) {
        EXPECT_TRUE(client.connection().busy()) << id << " waits for its answer";
        pool.front()();
        pool.pop_front();
        client.pump();
        EXPECT_TRUE(client.answers().at(id).contains("result"));
    }
    EXPECT_FALSE(client.connection().busy());
}

TEST(Connection, IsBusyWhileWhatWasSentEarlyWaitsForTheUpgradesToken) {
    ApiBench bench;
    WireClient client(bench);
    std::function<void()> check;
    bench.context().run_blocking = [&check](std::function<void()> work) {
        check = std::move(work);
        return true;
    };
    client.connection().authenticate(bench.token("jtj.clerk"));
    EXPECT_FALSE(client.connection().busy());
    client.send(R"({"jsonrpc":"2.0","id":903,"method":"session.open"})");
    EXPECT_TRUE(client.connection().busy());
    check();
    client.pump();
    EXPECT_TRUE(client.connection().busy()) << "the token is looked up again";
    check();
    client.pump();
    EXPECT_TRUE(client.answers().at(903).contains("result"));
    EXPECT_FALSE(client.connection().busy());
}

}  // namespace
}  // namespace duban
