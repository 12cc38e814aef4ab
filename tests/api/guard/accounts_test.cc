#include "api/guard/accounts.h"

#include <gtest/gtest.h>

#include "api/guard/login_guard.h"
#include "storage/beside/access_log.h"
#include "storage/beside/credentials.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

constexpr const char* password = "correct horse";
constexpr PasswordCost cheap{8, 1};

// A bench on which jtj.clerk has a password.
struct WithPassword {
    WithPassword() {
        const PersonId person("jtj.clerk");
        bench.context().password_cost = cheap;
        EXPECT_TRUE(set_password(bench.node().database(), person, password, cheap).has_value());
    }
    std::string login(const std::string& person, const std::string& word) {
        return bench.refusal("", "auth.login", {{"person", person}, {"password", word}});
    }
    ApiBench bench;
};

// The hashing thread, which works only when it is told to.
struct HeldHashing {
    explicit HeldHashing(ApiContext& context, std::size_t queued_max) {
        context.run_hashing = [this, queued_max](std::function<void()> work) {
            if (queued.size() >= queued_max) return false;
            queued.push_back(std::move(work));
            return true;
        };
    }
    std::vector<std::function<void()>> queued;
};

std::shared_ptr<std::string> start_login(ApiBench& bench) {
    auto answer = std::make_shared<std::string>();
    const Json params = {{"person", "jtj.clerk"}, {"password", password}};
    bench.dispatcher().handle_call(
        {{"jsonrpc", "2.0"}, {"id", 1}, {"method", "auth.login"}, {"params", params}}, Caller{},
        [answer](const RpcAnswer& given) { *answer = given.text; });
    return answer;
}

int stored_sessions(ApiBench& bench) {
    int count = 0;
    const Status read =
        Snapshot(bench.node().database())
            .scan(Family::session, "", "", [&count](std::string_view, std::string_view) {
                ++count;
                return true;
            });
    EXPECT_TRUE(read.has_value());
    return count;
}

TEST(Login, GivesATokenThatAuthenticates) {
    WithPassword with;
    const Json answer =
        with.bench.ask("", "auth.login", {{"person", "jtj.clerk"}, {"password", password}});
    EXPECT_EQ(answer["person"]["id"], "jtj.clerk");
    EXPECT_EQ(answer["posts"][0]["post"], "clerk");
    const auto caller = with.bench.dispatcher().authenticate(answer["token"], "192.0.2.1");
    ASSERT_TRUE(caller.has_value());
    EXPECT_EQ(caller->person.value, "jtj.clerk");
    with.bench.node().clock().advance(std::chrono::hours(13));
    const auto later = with.bench.dispatcher().authenticate(answer["token"], "192.0.2.1");
    ASSERT_FALSE(later.has_value());
    EXPECT_EQ(later.error().code, Errc::token_expired);
}

TEST(Login, TellsNobodyWhetherThePersonExists) {
    WithPassword with;
    const Json wrong =
        with.bench.call("", "auth.login", {{"person", "jtj.clerk"}, {"password", "wrong word"}});
    const Json unknown =
        with.bench.call("", "auth.login", {{"person", "nobody"}, {"password", "wrong word"}});
    EXPECT_EQ(wrong, unknown);
    EXPECT_EQ(wrong["error"]["code"], 40101);
}

TEST(Login, IsWrittenDownWhetherItSucceedsOrNot) {
    WithPassword with;
    EXPECT_EQ(with.login("jtj.clerk", "wrong word"), "unauthenticated");
    EXPECT_EQ(with.login("jtj.clerk", password), "");
    const Snapshot snapshot(with.bench.node().database());
    const auto log = read_access_log(snapshot, 0, 100);
    ASSERT_TRUE(log.has_value());
    ASSERT_GE(log->size(), 2U);
    const AccessRecord& failed = (*log)[log->size() - 2];
    EXPECT_EQ(failed.method, "auth.login");
    EXPECT_EQ(failed.person.value, "jtj.clerk");
    EXPECT_EQ(failed.result, "unauthenticated");
    EXPECT_EQ(log->back().result, "ok");
}

TEST(Login, RefusesTheInactive) {
    WithPassword with;
    with.bench.ask("admin.system", "person.put",
                   {{"person", "jtj.clerk"}, {"name", "x"}, {"active", false}});
    EXPECT_EQ(with.login("jtj.clerk", password), "unauthenticated");
}

TEST(Login, SlowsDownWhoGuesses) {
    WithPassword with;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(with.login("jtj.clerk", "guess"), "unauthenticated");
    EXPECT_EQ(with.login("jtj.clerk", password), "rate_limited");
    with.bench.node().clock().advance(milliseconds(1001));
    EXPECT_EQ(with.login("jtj.clerk", password), "");
}

TEST(Login, WritesDownTriesThatCameTooFast) {
    WithPassword with;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(with.login("jtj.clerk", "guess"), "unauthenticated");
    EXPECT_EQ(with.login("jtj.clerk", password), "rate_limited");
    const auto log = read_access_log(Snapshot(with.bench.node().database()), 0, 100);
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->back().person.value, "jtj.clerk");
    EXPECT_EQ(log->back().result, "rate_limited");
}

TEST(Login, ForgetsSessionsThatHaveEnded) {
    WithPassword with;
    EXPECT_EQ(with.login("jtj.clerk", password), "");
    with.bench.node().clock().advance(std::chrono::hours(13));
    EXPECT_EQ(with.login("jtj.clerk", password), "");
    EXPECT_EQ(stored_sessions(with.bench), 1);
}

TEST(LoginGuard, DoublesTheWaitUpToItsLimit) {
    LoginGuard guard;
    LoginGuard::Moment now{};
    for (int i = 0; i < 4; ++i) guard.failed("a", "b", now);
    EXPECT_EQ(guard.wait_left("a", "b", now).count(), 0);
    for (const int wait : {1000, 2000, 4000, 8000, 16000, 30000, 30000}) {
        guard.failed("a", "b", now);
        EXPECT_EQ(guard.wait_left("a", "b", now).count(), wait);
        EXPECT_EQ(guard.wait_left("a", "c", now).count(), 0) << "another address";
        now += milliseconds(wait);
    }
    guard.succeeded("a", "b");
    guard.failed("a", "b", now);
    EXPECT_EQ(guard.wait_left("a", "b", now).count(), 0);
}

TEST(SetPassword, NeedsTheOldOneOrASecurityAdministrator) {
    WithPassword with;
    ApiBench& bench = with.bench;
    const char* method = "auth.set_password";
    EXPECT_EQ(bench.refusal("jtj.clerk", method,
                            {{"old_password", "wrong word"}, {"new_password", "another word"}}),
              "unauthenticated");
    EXPECT_EQ(
        bench.refusal("jtj.clerk", method, {{"old_password", password}, {"new_password", "short"}}),
        "invalid_params:new_password");
    bench.ask("jtj.clerk", method, {{"old_password", password}, {"new_password", "another word"}});
    EXPECT_EQ(with.login("jtj.clerk", "another word"), "");
    const Json other = {{"person", "jtj.clerk"}, {"new_password", "third word"}};
    EXPECT_EQ(bench.refusal("admin.system", method, other), "forbidden");
    bench.ask("admin.security", method, other);
    EXPECT_EQ(with.login("jtj.clerk", "third word"), "");
    EXPECT_EQ(bench.refusal("admin.security", method,
                            {{"person", "nobody"}, {"new_password", "third word"}}),
              "not_found");
}

TEST(SetPassword, CountsCharactersAsThePublishedSchemaDoes) {
    WithPassword with;
    const auto set = [&](const std::string& given) {
        return with.bench.refusal("admin.security", "auth.set_password",
                                  {{"person", "jtj.clerk"}, {"new_password", given}});
    };
    std::string longest;
    for (std::size_t i = 0; i < password_characters_max; ++i) longest += "督";
    EXPECT_EQ(set("督办督办督办督"), "invalid_params:new_password");
    EXPECT_EQ(set("督办督办督办督办"), "");
    EXPECT_EQ(set(longest + "办"), "invalid_params:new_password");
    EXPECT_EQ(set(longest), "");
    EXPECT_EQ(with.login("jtj.clerk", longest), "");
}

// The command line sets passwords without a schema before it.
TEST(SetPassword, OfTheCommandLineCanBeSentInALogIn) {
    const auto refusal = [](const std::string& given) {
        const auto fit = check_new_password(given);
        return fit ? "" : fit.error().field + ": " + fit.error().detail;
    };
    EXPECT_EQ(refusal("督办督办督办督办"), "");
    EXPECT_EQ(refusal("1234567"),
              "new_password: a password has 8 to 128 characters; this one has 7");
    EXPECT_NE(refusal("12345678\x01").find("control"), std::string::npos);
    EXPECT_NE(refusal("12345678\xff").find("UTF-8"), std::string::npos);
    EXPECT_NE(refusal(std::string(129, 'x')).find("has 129"), std::string::npos);
}

TEST(SetPassword, EndsTheSessionsOfThePerson) {
    WithPassword with;
    const std::string token = with.bench.token("jtj.clerk");
    with.bench.ask("admin.security", "auth.set_password",
                   {{"person", "jtj.clerk"}, {"new_password", "third word"}});
    const auto caller = with.bench.dispatcher().authenticate(token, "");
    ASSERT_FALSE(caller.has_value());
    EXPECT_EQ(caller.error().code, Errc::unauthenticated);
}

TEST(Logout, EndsTheSession) {
    ApiBench bench;
    const std::string token = bench.token("jtj.clerk");
    const auto caller = bench.dispatcher().authenticate(token, "");
    ASSERT_TRUE(caller.has_value());
    const RpcAnswer answer =
        bench.post(R"({"jsonrpc":"2.0","id":1,"method":"auth.logout"})", *caller);
    EXPECT_EQ(answer.http_status, 200) << answer.text;
    EXPECT_FALSE(bench.dispatcher().authenticate(token, "").has_value());
}

TEST(Deactivation, EndsTheSessionsOfThePersonForGood) {
    ApiBench bench;
    const std::string token = bench.token("jtj.clerk");
    const auto put = [&](bool active) {
        bench.ask("admin.system", "person.put",
                  {{"person", "jtj.clerk"}, {"name", "x"}, {"active", active}});
    };
    put(false);
    put(true);
    EXPECT_FALSE(bench.dispatcher().authenticate(token, "").has_value());
}

TEST(Accounts, HashApartFromQuestions) {
    WithPassword with;
    HeldHashing hashing(with.bench.context(), 2);
    const auto login = start_login(with.bench);
    EXPECT_EQ(with.bench.refusal("jtj.clerk", "auth.me"), "") << "answered before the log-in";
    EXPECT_EQ(*login, "");
    ASSERT_EQ(hashing.queued.size(), 1U);
    hashing.queued.front()();
    // The record of the log-in is durable before the answer; one more command comes after it.
    (void)with.bench.ask("office.clerk", "task.issue", {{"task", "p/1"}, {"due", "2026-12-31"}});
    EXPECT_NE(login->find("\"token\""), std::string::npos) << *login;
}

TEST(Accounts, AnswerOverloadedWhenTooManyLogInsWait) {
    WithPassword with;
    const HeldHashing hashing(with.bench.context(), 2);
    const auto first = start_login(with.bench);
    const auto second = start_login(with.bench);
    EXPECT_EQ(with.login("jtj.clerk", password), "overloaded");
    EXPECT_EQ(*first + *second, "");
}

}  // namespace
}  // namespace duban
