// Nothing of a session acts after its end was answered, whatever ended it and wherever a call of
// it was at that moment.
#include <gtest/gtest.h>

#include <thread>

#include "api/guard/accounts.h"
#include "api/guard/blobs.h"
#include "storage/beside/access_log.h"
#include "storage/beside/credentials.h"
#include "tests/api/wire_client.h"

namespace duban {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

constexpr const char* password = "correct horse";
constexpr PasswordCost cheap{8, 1};

std::string call_text(int id, const std::string& method, const Json& params = Json::object()) {
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump();
}

int code_of(const Json& answer) {
    return answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
}

// The code of an answer that may come from another thread; -1 when there is none.
int code_of_call(WireClient& client, int id) {
    for (int i = 0; i < 5000 && !client.answers().contains(id); ++i) {
        client.pump();
        std::this_thread::sleep_for(milliseconds(1));
    }
    return client.answers().contains(id) ? code_of(client.answers().at(id)) : -1;
}

// A bench whose pool works only when it is told to.
struct HeldPool {
    explicit HeldPool(ApiContext& context) : context_(context), at_once_(context.run_blocking) {
        context.run_blocking = [this](std::function<void()> work) {
            queued.push_back(std::move(work));
            return true;
        };
    }
    ~HeldPool() { let_go(); }
    HeldPool(const HeldPool&) = delete;
    HeldPool& operator=(const HeldPool&) = delete;
    void let_go() {
        context_.run_blocking = at_once_;
        for (auto& work : std::exchange(queued, {})) work();
    }
    std::vector<std::function<void()>> queued;

private:
    ApiContext& context_;
    std::function<bool(std::function<void()>)> at_once_;
};

enum class End { logout, own_password, password_by_admin, deactivation };
constexpr End ends[] = {End::logout, End::own_password, End::password_by_admin, End::deactivation};

class SessionEnd : public testing::TestWithParam<End> {
protected:
    SessionEnd() {
        bench_.context().password_cost = cheap;
        EXPECT_TRUE(set_password(bench_.node().database(), person_, password, cheap).has_value());
    }
    // Of office.clerk, who may issue tasks.
    std::string token() { return bench_.token(person_.value); }
    Caller caller_of(const std::string& token) {
        auto caller = bench_.dispatcher().authenticate(token, "192.0.2.1");
        EXPECT_TRUE(caller.has_value());
        return caller.value_or(Caller{});
    }
    // Ends the session of that token, from elsewhere, and sees that this was answered well.
    void end(const std::string& token) {
        RpcAnswer answer;
        switch (GetParam()) {
            case End::logout:
                answer = bench_.post(call_text(1, "auth.logout"), caller_of(token));
                break;
            case End::own_password:
                answer = bench_.post(
                    call_text(1, "auth.set_password",
                              {{"old_password", password}, {"new_password", "another word"}}),
                    caller_of(this->token()));
                break;
            case End::password_by_admin:
                answer = bench_.post(
                    call_text(1, "auth.set_password",
                              {{"person", person_.value}, {"new_password", "another word"}}),
                    bench_.caller("admin.security"));
                break;
            case End::deactivation:
                answer = bench_.post(call_text(1, "person.put",
                                               {{"person", person_.value},
                                                {"name", "x"},
                                                {"active", false},
                                                {"command_id", bench_.new_command_id()}}),
                                     bench_.caller("admin.system"));
                break;
        }
        EXPECT_EQ(answer.http_status, 200) << answer.text;
    }
    Json issue() {
        return {{"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench_.new_command_id()}};
    }
    // A call of each kind.
    std::vector<std::string> calls() {
        return {call_text(11, "plan.list"), call_text(12, "task.issue", issue()),
                call_text(13, "auth.set_password",
                          {{"old_password", password}, {"new_password", "third word"}}),
                call_text(14, "auth.logout"), call_text(15, "auth.me")};
    }

    const PersonId person_{"office.clerk"};
    ApiBench bench_;
};

TEST_P(SessionEnd, LeavesNoCallToACallerWhoWasFoundBefore) {
    const std::string token = this->token();
    const Caller caller = caller_of(token);
    end(token);
    const Position position = bench_.node().head().next();
    for (const std::string& call : calls()) {
        const RpcAnswer answer = bench_.post(call, caller);
        EXPECT_EQ(code_of(Json::parse(answer.text)), 40101) << answer.text;
        EXPECT_EQ(Json::parse(bench_.post("[" + call + "]", caller).text)[0]["error"]["code"],
                  40101);
    }
    EXPECT_EQ(bench_.node().head().next(), position);
    EXPECT_FALSE(bench_.dispatcher().authenticate(token, "").has_value());
    EXPECT_FALSE(SessionLife::act(caller.life)) << "an upload that is being kept";
}

TEST_P(SessionEnd, StopsWhatWaitsForAThread) {
    const std::string token = this->token();
    const Caller caller = caller_of(token);
    std::vector<Json> answers;
    HeldPool pool(bench_.context());
    for (const std::string& call : {call_text(1, "plan.list"), call_text(2, "auth.me")}) {
        bench_.dispatcher().handle_body(call, caller, free_of_charge, [&](const RpcAnswer& given) {
            answers.push_back(Json::parse(given.text));
        });
    }
    auto held = std::exchange(pool.queued, {});
    ASSERT_EQ(held.size(), 2U);
    pool.let_go();
    end(token);
    for (auto& work : held) work();
    ASSERT_EQ(answers.size(), 2U) << "each is answered, once";
    for (const Json& answer : answers) EXPECT_EQ(code_of(answer), 40101) << answer;
}

TEST_P(SessionEnd, OpensNoSocketWhoseUpgradeShowedTheToken) {
    const std::string token = this->token();
    WireClient client(bench_);
    client.connection().authenticate(token);
    client.pump();
    end(token);
    EXPECT_EQ(code_of(client.call("session.open", Json::object())), 40101);
    EXPECT_EQ(code_of(client.call("task.issue", issue())), 40101);
    EXPECT_EQ(code_of(client.call("sub.open", {{"sub", "a"}, {"start", {{"live", true}}}})), 40101);
}

// The token is looked up on the pool; the end comes after that and before the socket is told.
TEST_P(SessionEnd, LeavesNoGapBetweenTheLookUpAndTheOpening) {
    const std::string token = this->token();
    WireClient client(bench_);
    client.send(call_text(1, "session.open", {{"token", token}}));
    end(token);
    client.send(call_text(2, "task.issue", issue()));
    client.pump();
    EXPECT_EQ(code_of_call(client, 1), 40101);
    EXPECT_EQ(code_of_call(client, 2), 40101);
    client.pump();
    EXPECT_TRUE(client.closed().has_value());
}

TEST_P(SessionEnd, ClosesTheSocketAndTellsItNothingMore) {
    const std::string token = this->token();
    WireClient client(bench_);
    ASSERT_EQ(code_of(client.call("session.open", {{"token", token}})), 0);
    client.open_sub("a", {{"live", true}});
    end(token);
    (void)bench_.ask("office.head", "task.issue", issue());
    client.pump();
    EXPECT_TRUE(client.pushed("events").empty());
    EXPECT_EQ(client.pushed("sub.ended").size(), 1U);
    EXPECT_EQ(client.closed(),
              GetParam() == End::deactivation ? CloseCode::forbidden : CloseCode::token_expired);
}

TEST_P(SessionEnd, AnswersTheCallsInFlightOnceBeforeItCloses) {
    const std::string token = this->token();
    WireClient client(bench_);
    ASSERT_EQ(code_of(client.call("session.open", {{"token", token}})), 0);
    HeldPool pool(bench_.context());
    client.send(call_text(101, "plan.list"));
    client.send(call_text(102, "auth.me"));
    auto held = std::exchange(pool.queued, {});
    pool.let_go();
    end(token);
    client.send(call_text(103, "auth.me"));
    client.pump();
    client.pass(milliseconds(100));
    client.pump();
    EXPECT_FALSE(client.closed()) << "two calls wait";
    EXPECT_EQ(code_of_call(client, 103), 40101);
    for (auto& work : held) work();
    client.pump();
    EXPECT_EQ(code_of_call(client, 101), 40101);
    EXPECT_EQ(code_of_call(client, 102), 40101);
    EXPECT_TRUE(client.faults().empty());
    EXPECT_TRUE(client.closed().has_value());
}

TEST_P(SessionEnd, WaitsABoundedTimeForTheCallsInFlight) {
    const std::string token = this->token();
    WireClient client(bench_);
    ASSERT_EQ(code_of(client.call("session.open", {{"token", token}})), 0);
    HeldPool pool(bench_.context());
    client.send(call_text(101, "plan.list"));
    auto held = std::exchange(pool.queued, {});
    pool.let_go();
    end(token);
    client.pump();
    EXPECT_FALSE(client.closed());
    client.pass(bench_.context().limits.call_wait);
    client.pump();
    EXPECT_TRUE(client.closed().has_value());
    for (auto& work : held) work();
}

TEST_P(SessionEnd, IsNotUndoneByARenewalThatWasUnderWay) {
    const std::string token = this->token();
    const std::string newer = this->token();
    WireClient client(bench_);
    ASSERT_EQ(code_of(client.call("session.open", {{"token", token}})), 0);
    HeldPool pool(bench_.context());
    client.send(call_text(101, "session.renew", {{"token", newer}}));
    auto held = std::exchange(pool.queued, {});
    pool.let_go();
    end(token);
    for (auto& work : held) work();
    client.pump();
    EXPECT_EQ(code_of_call(client, 101), 40101);
    EXPECT_TRUE(client.closed().has_value());
}

TEST_P(SessionEnd, CausesNoWorkForTheSessionsOfOthers) {
    const std::string token = this->token();
    WireClient other(bench_);
    other.open("jtj.clerk");
    end(token);
    int work = 0;
    const auto pool = bench_.context().run_blocking;
    bench_.context().run_blocking = [&work, pool](std::function<void()> given) {
        ++work;
        return pool(std::move(given));
    };
    other.pass(milliseconds(100));
    other.pump();
    bench_.context().run_blocking = pool;
    EXPECT_EQ(work, 0);
    EXPECT_EQ(code_of(other.call("auth.me", Json::object())), 0);
}

std::string name_of(const testing::TestParamInfo<End>& of) {
    switch (of.param) {
        case End::logout:
            return "Logout";
        case End::own_password:
            return "OwnPassword";
        case End::password_by_admin:
            return "PasswordByAdmin";
        case End::deactivation:
            return "Deactivation";
    }
    return "";
}

INSTANTIATE_TEST_SUITE_P(By, SessionEnd, testing::ValuesIn(ends), name_of);

TEST(SessionEndInABatch, HoldsForTheCallsBehindIt) {
    ApiBench bench;
    const auto caller = bench.dispatcher().authenticate(bench.token("office.clerk"), "");
    ASSERT_TRUE(caller.has_value());
    const Position position = bench.node().head().next();
    const Json issue = {
        {"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}};
    const RpcAnswer answer =
        bench.post("[" + call_text(1, "auth.me") + "," + call_text(2, "auth.logout") + "," +
                       call_text(3, "task.issue", issue) + "," + call_text(4, "auth.me") + "]",
                   *caller);
    const Json answers = Json::parse(answer.text);
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_EQ(code_of(answers[0]), 0);
    EXPECT_EQ(code_of(answers[1]), 0);
    EXPECT_EQ(code_of(answers[2]), 40101);
    EXPECT_EQ(code_of(answers[3]), 40101);
    EXPECT_EQ(bench.node().head().next(), position);
    const auto log = read_access_log(Snapshot(bench.node().database()), 0, 1000);
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->back().method, "task.issue") << "the refusal is written down";
    EXPECT_EQ(log->back().result, "unauthenticated");
}

TEST(SessionEndInABatch, OfOneSelfHoldsOverOneSocketToo) {
    ApiBench bench;
    WireClient client(bench);
    client.open("office.clerk");
    const Position position = bench.node().head().next();
    const Json issue = {
        {"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}};
    client.send(call_text(101, "auth.logout"));
    client.send(call_text(102, "task.issue", issue));
    const Json answer = client.call("auth.me", Json::object());
    EXPECT_EQ(code_of_call(client, 101), 0);
    EXPECT_EQ(code_of_call(client, 102), 40101);
    EXPECT_EQ(code_of(answer), 40101);
    client.pump();
    EXPECT_EQ(client.closed(), CloseCode::token_expired);
    EXPECT_EQ(bench.node().head().next(), position);
    const auto log = read_access_log(Snapshot(bench.node().database()), 0, 1000);
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->back().method, "task.issue") << "the refusal is written down";
}

// Something happens between the moment when a password was verified and the token that is made.
class Meanwhile final : public IdSource {
public:
    Meanwhile(IdSource& ids, std::function<void()> happens)
        : ids_(ids), happens_(std::move(happens)) {}
    std::string uuid7(Timestamp now) override { return ids_.uuid7(now); }
    std::string nonce() override { return ids_.nonce(); }
    std::string token() override {
        happens_();
        return ids_.token();
    }
    std::uint64_t chance() override { return ids_.chance(); }

private:
    IdSource& ids_;
    std::function<void()> happens_;
};

TEST(Login, GivesNoSessionWhenTheAccountChangedWhileItWasVerified) {
    for (const bool deactivated : {false, true}) {
        ApiBench bench;
        bench.context().password_cost = cheap;
        ASSERT_TRUE(set_password(bench.node().database(), PersonId("jtj.clerk"), password, cheap));
        Meanwhile ids(bench.context().ids, [&] {
            if (deactivated) {
                (void)bench.ask("admin.system", "person.put",
                                {{"person", "jtj.clerk"}, {"name", "x"}, {"active", false}});
            } else {
                (void)bench.ask("admin.security", "auth.set_password",
                                {{"person", "jtj.clerk"}, {"new_password", "another word"}});
            }
        });
        const ApiContext& of = bench.context();
        ApiContext context{of.database, of.blobs, of.commands,     of.ring,  of.head,
                           of.clock,    ids,      of.run_blocking, of.limits};
        context.session_book = of.session_book;
        context.password_cost = cheap;
        Dispatcher dispatcher(context);
        RpcAnswer answer;
        dispatcher.handle_body(
            call_text(1, "auth.login", {{"person", "jtj.clerk"}, {"password", password}}), Caller{},
            free_of_charge, [&](RpcAnswer given) { answer = std::move(given); });
        // The record of the log-in is durable before the answer; one more command comes after it.
        (void)bench.ask("office.clerk", "task.issue", {{"task", "p/1"}, {"due", "2026-12-31"}});
        EXPECT_EQ(code_of(Json::parse(answer.text)), 40101) << answer.text;
        int sessions = 0;
        ASSERT_TRUE(Snapshot(bench.node().database())
                        .scan(Family::session, "", "", [&](std::string_view, std::string_view) {
                            ++sessions;
                            return true;
                        }));
        EXPECT_EQ(sessions, 0);
    }
}

// A lost post ends no session; what the post allowed is over with the answer all the same.
TEST(LostPost, AllowsNothingToACallThatWasFoundBefore) {
    ApiBench bench;
    const auto caller = bench.dispatcher().authenticate(bench.token("office.clerk"), "");
    ASSERT_TRUE(caller.has_value());
    WireClient client(bench);
    client.open("office.clerk");
    client.open_sub("a", {{"live", true}});
    (void)bench.ask("admin.security", "post.revoke",
                    {{"person", "office.clerk"}, {"unit", "office"}, {"post", "clerk"}});
    const Position position = bench.node().head().next();
    const Json issue = {
        {"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}};
    for (const std::string& call : {call_text(1, "task.issue", issue), call_text(2, "plan.list")}) {
        const int code = code_of(Json::parse(bench.post(call, *caller).text));
        EXPECT_TRUE(code == 40301 || code == 40401) << code;
    }
    EXPECT_EQ(bench.node().head().next(), position);
    EXPECT_FALSE(may_upload_blob(bench.context(), *caller));
    (void)bench.ask("office.head", "task.issue", {{"task", "p/1"}, {"due", "2026-12-31"}});
    client.pump();
    EXPECT_TRUE(client.pushed("events").empty());
    EXPECT_EQ(client.pushed("sub.ended").size(), 1U);
    EXPECT_FALSE(client.closed()) << "who has no post may still log out";
}

TEST(Deactivation, EndsTheSessionsThoughThePoolIsFull) {
    ApiBench bench;
    const std::string token = bench.token("jtj.clerk");
    bench.context().run_blocking = [](const std::function<void()>&) { return false; };
    for (const bool active : {false, true}) {
        (void)bench.ask("admin.system", "person.put",
                        {{"person", "jtj.clerk"}, {"name", "x"}, {"active", active}});
    }
    EXPECT_FALSE(bench.dispatcher().authenticate(token, "").has_value());
}

}  // namespace
}  // namespace duban
