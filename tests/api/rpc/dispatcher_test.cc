#include <gtest/gtest.h>

#include <future>
#include <random>
#include <stdexcept>

#include "api/rpc/call_task.h"
#include "domain/directory/directory_commands.h"
#include "storage/beside/access_log.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

int code_of(const RpcAnswer& answer) {
    return Json::parse(answer.text).at("error").at("code");
}

std::vector<AccessRecord> access_log(ApiBench& bench) {
    const Snapshot snapshot(bench.node().database());
    auto records = read_access_log(snapshot, 0, 1000);
    EXPECT_TRUE(records.has_value());
    return records.value_or(std::vector<AccessRecord>());
}

TEST(Dispatcher, AnswersBrokenEnvelopesInTheWordsOfJsonRpc) {
    ApiBench bench;
    const Caller caller = bench.caller("jtj.clerk");
    const auto answer = [&](const char* body) { return bench.post(body, caller); };
    EXPECT_EQ(code_of(answer("{")), -32700);
    EXPECT_EQ(code_of(answer("5")), -32600);
    EXPECT_EQ(code_of(answer("[]")), -32600);
    EXPECT_EQ(code_of(answer(R"({"id":1,"method":"auth.me"})")), -32600);
    EXPECT_EQ(code_of(answer(R"({"jsonrpc":"2.0","id":[1],"method":"auth.me"})")), -32600);
    EXPECT_EQ(code_of(answer(R"({"jsonrpc":"2.0","id":1,"method":5})")), -32600);
    EXPECT_EQ(code_of(answer(R"({"jsonrpc":"2.0","id":1,"method":"auth.me","extra":1})")), -32600);
    EXPECT_EQ(code_of(answer(R"({"jsonrpc":"2.0","id":1,"method":"auth.me","params":[]})")),
              -32602);
    EXPECT_EQ(answer("{").http_status, 400);
}

TEST(Dispatcher, NamesTheNearestMethod) {
    ApiBench bench;
    const Json answer = bench.call("jtj.clerk", "task.gett");
    EXPECT_EQ(answer["error"]["code"], -32601);
    EXPECT_NE(answer["error"]["message"].get<std::string>().find("task.get"), std::string::npos);
}

TEST(Dispatcher, RunsNothingOfATextThatGoesOnBehindItsValue) {
    ApiBench bench;
    const auto position = bench.node().head().next();
    const Json issue = {
        {"jsonrpc", "2.0"},
        {"id", 1},
        {"method", "task.issue"},
        {"params",
         {{"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}}}};
    for (const std::string& behind :
         {std::string(1, '\0'), std::string("\0 anything", 10), std::string("\n\0", 2),
          std::string(" x"), std::string("{}")}) {
        for (const std::string& text : {issue.dump(), Json::array({issue}).dump()}) {
            const RpcAnswer answer = bench.post(text + behind, bench.caller("office.clerk"));
            EXPECT_EQ(code_of(answer), -32700) << answer.text;
        }
    }
    EXPECT_EQ(bench.node().head().next(), position);
    EXPECT_EQ(bench.post(issue.dump() + " \r\n\t", bench.caller("office.clerk")).http_status, 200);
}

TEST(Dispatcher, AnswersABatchInOrderAndNotificationsNotAtAll) {
    ApiBench bench;
    const RpcAnswer answer = bench.post(
        R"([{"jsonrpc":"2.0","id":1,"method":"auth.me"},)"
        R"({"jsonrpc":"2.0","method":"auth.me"},{"jsonrpc":"2.0","id":"b","method":"nope"}])",
        bench.caller("jtj.clerk"));
    const Json answers = Json::parse(answer.text);
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0]["id"], 1);
    EXPECT_EQ(answers[0]["result"]["person"]["id"], "jtj.clerk");
    EXPECT_EQ(answers[1]["id"], "b");
    EXPECT_EQ(answer.http_status, 200);
    const std::string notification = R"({"jsonrpc":"2.0","method":"auth.me"})";
    EXPECT_EQ(bench.post(notification, bench.caller("jtj.clerk")).text, "");
    EXPECT_EQ(bench.post("[" + notification + "]", bench.caller("jtj.clerk")).http_status, 204);
}

TEST(Dispatcher, LimitsABatch) {
    ApiBench bench;
    Json calls = Json::array();
    for (int i = 0; i < 51; ++i) {
        calls.push_back({{"jsonrpc", "2.0"}, {"id", i}, {"method", "auth.me"}});
    }
    EXPECT_EQ(code_of(bench.post(calls.dump(), bench.caller("jtj.clerk"))), -32600);
}

TEST(Dispatcher, ChargesABatchForTheCallsAfterTheFirstBeforeAnyRuns) {
    ApiBench bench;
    const auto me = [](int id) {
        return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", "auth.me"}};
    };
    std::vector<std::uint32_t> charged;
    std::uint64_t wait_ms = 0;
    const auto answer = [&](const Json& body) {
        return bench.post(body.dump(), bench.caller("jtj.clerk"), [&](std::uint32_t calls) {
            charged.push_back(calls);
            return wait_ms;
        });
    };
    (void)answer(me(1));
    (void)answer(Json::array({me(1)}));
    EXPECT_TRUE(charged.empty()) << "the request has paid for one call";
    EXPECT_EQ(Json::parse(answer(Json::array({me(1), me(2), me(3)})).text).size(), 3U);
    EXPECT_EQ(charged, std::vector<std::uint32_t>{2});

    wait_ms = 250;
    const auto position = bench.node().head().next();
    const Json issue = {
        {"jsonrpc", "2.0"},
        {"id", 2},
        {"method", "task.issue"},
        {"params",
         {{"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}}}};
    const RpcAnswer refused =
        bench.post(Json::array({issue, me(3)}).dump(), bench.caller("office.clerk"),
                   [](std::uint32_t) { return std::uint64_t{250}; });
    const Json error = Json::parse(refused.text).at("error");
    EXPECT_EQ(error["code"], 42901);
    EXPECT_EQ(error["data"]["after_ms"], 250);
    EXPECT_EQ(refused.http_status, 429);
    EXPECT_EQ(bench.node().head().next(), position) << "no call of it was run";
}

Json batch_call(int id, const std::string& method, const Json& params) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
}

TEST(Dispatcher, RunsNoMoreOfABatchOnceItsAnswersAreLarge) {
    ApiLimits limits;
    limits.batch_answer_bytes_soft = 3000;
    ApiBench bench(limits);
    const Position position = bench.node().head().next();
    Json calls = Json::array();
    for (int i = 0; i < 40; ++i) {
        calls.push_back(batch_call(i, "task.timeline", {{"task", "p/1"}}));
    }
    calls.push_back(batch_call(
        40, "task.issue",
        {{"task", "p/1"}, {"due", "2026-12-31"}, {"command_id", bench.new_command_id()}}));
    calls.push_back({{"jsonrpc", "2.0"}, {"method", "auth.me"}});
    const RpcAnswer answer = bench.post(calls.dump(), bench.caller("office.clerk"));
    const Json answers = Json::parse(answer.text);
    ASSERT_EQ(answers.size(), 41U) << "each call is answered";
    std::size_t bytes = 0;
    int run = 0;
    for (int i = 0; i < 41; ++i) {
        const Json& one = answers[static_cast<std::size_t>(i)];
        EXPECT_EQ(one["id"], i);
        if (one.contains("result")) {
            EXPECT_LE(bytes, limits.batch_answer_bytes_soft);
            bytes += one.dump().size();
            ++run;
        } else {
            EXPECT_EQ(one["error"]["code"], 41301) << one;
        }
    }
    EXPECT_GT(run, 0);
    EXPECT_LT(run, 10);
    EXPECT_EQ(bench.node().head().next(), position) << "the command was not run";
}

TEST(Dispatcher, GivesNoAnswerThatIsLargerThanItSays) {
    ApiBench bench;
    const Json whole = {{"task", "p/1"}};
    const Json one = {{"task", "p/1"}, {"limit", 1}};
    const auto bytes = [&](const Json& params) {
        return bench.call("office.clerk", "task.timeline", params).dump().size();
    };
    const std::size_t bytes_max = (bytes(whole) + bytes(one)) / 2;
    bench.context().limits.answer_bytes_max = bytes_max;
    const Json large = bench.call("office.clerk", "task.timeline", whole);
    EXPECT_EQ(large["error"]["code"], 41301) << large;
    EXPECT_NE(large["error"]["message"].get<std::string>().find(std::to_string(bytes_max)),
              std::string::npos);
    EXPECT_EQ(bench.refusal("office.clerk", "task.timeline", one), "");
}

TEST(Dispatcher, KeepsNoMoreForOnePersonThanItSays) {
    ApiBench bench;
    MessageBudget::Limits limits;
    limits.owner_bytes_max = 12'000;
    limits.small_bytes = 500;
    bench.context().messages = std::make_shared<MessageBudget>(limits);
    const std::string timeline = batch_call(1, "task.timeline", {{"task", "p/1"}}).dump();
    std::vector<RpcAnswer> unread;
    bool refused = false;
    for (int i = 0; i < 50 && !refused; ++i) {
        RpcAnswer answer = bench.post(timeline, bench.caller("office.clerk"));
        refused = answer.text.find("42901") != std::string::npos;
        if (!refused) unread.push_back(std::move(answer));
        EXPECT_LE(bench.context().messages->taken(), limits.owner_bytes_max);
    }
    EXPECT_TRUE(refused);
    EXPECT_GT(unread.size(), 1U);
    EXPECT_EQ(bench.refusal("office.head", "task.timeline", {{"task", "p/1"}}), "")
        << "another person";
    unread.clear();
    EXPECT_EQ(bench.context().messages->taken(), 0U);
    EXPECT_EQ(bench.refusal("office.clerk", "task.timeline", {{"task", "p/1"}}), "");
}

TEST(Dispatcher, KeepsNoMoreRequestsOfOnePersonThanItSays) {
    ApiBench bench;
    MessageBudget::Limits limits;
    limits.owner_bytes_max = 110'000;
    bench.context().messages = std::make_shared<MessageBudget>(limits);
    std::vector<std::function<void()>> waiting;
    const auto at_once = bench.context().run_blocking;
    bench.context().run_blocking = [&waiting](std::function<void()> work) {
        waiting.push_back(std::move(work));
        return true;
    };
    const std::string body =
        batch_call(1, "plan.list", Json::object()).dump() + std::string(4000, ' ');
    std::vector<Json> answers;
    for (int i = 0; i < 10; ++i) {
        bench.dispatcher().handle_body(
            body, bench.caller("office.clerk"), free_of_charge,
            [&](const RpcAnswer& given) { answers.push_back(Json::parse(given.text)); });
    }
    EXPECT_EQ(waiting.size(), limits.owner_bytes_max / (body.size() * request_growth));
    EXPECT_EQ(answers.size(), 10 - waiting.size()) << "the others are refused at once";
    for (const Json& answer : answers) EXPECT_EQ(answer["error"]["code"], 42901) << answer;
    bench.context().run_blocking = at_once;
    for (auto& work : std::exchange(waiting, {})) work();
    EXPECT_EQ(answers.size(), 10U);
    EXPECT_EQ(bench.context().messages->taken(), 0U);
}

TEST(Dispatcher, AnswersEveryRequestWhateverItHolds) {
    ApiBench bench;
    std::mt19937_64 random(20260901);
    const std::string seed =
        R"({"jsonrpc":"2.0","id":1,"method":"task.get","params":{"task":"p/1","at":{"position":"3"}}})";
    for (int i = 0; i < 3000; ++i) {
        std::string body = seed;
        const int changes = 1 + static_cast<int>(random() % 4);
        for (int c = 0; c < changes; ++c) {
            const std::size_t at = random() % body.size();
            switch (random() % 3) {
                case 0:
                    body[at] = static_cast<char>(random());
                    break;
                case 1:
                    body.erase(at, random() % 5);
                    break;
                default:
                    body.insert(at, 1, "{}[],:\"0-1\\nu"[random() % 13]);
                    break;
            }
            if (body.empty()) body = " ";
        }
        const RpcAnswer answer = bench.post(body, bench.caller("jtj.clerk"));
        if (answer.text.empty()) continue;  // the id was lost: a notification
        const Json parsed = Json::parse(answer.text, nullptr, false);
        ASSERT_FALSE(parsed.is_discarded()) << body;
        if (parsed.is_array()) continue;
        EXPECT_TRUE(parsed.contains("result") != parsed.contains("error")) << answer.text;
        EXPECT_TRUE(parsed.contains("id"));
    }
}

TEST(Dispatcher, GivesTheSameAnswerToARetryAndRefusesAReusedId) {
    ApiBench bench;
    const Json params = {
        {"command_id", bench.new_command_id()}, {"task", "p/1"}, {"due", "2026-12-31"}};
    const Json first = bench.ask("office.clerk", "task.issue", params);
    Json again = bench.ask("office.clerk", "task.issue", params);
    EXPECT_EQ(again["duplicate"], true);
    again["duplicate"] = false;
    EXPECT_EQ(again, first);
    Json other = params;
    other["due"] = "2026-12-30";
    EXPECT_EQ(bench.refusal("office.clerk", "task.issue", other), "command_id_reused");
    EXPECT_EQ(bench.refusal("office.head", "task.issue", params), "command_id_reused");
}

TEST(Dispatcher, RefusesAnOldVersionAndTellsThePresentOne) {
    ApiBench bench;
    const Json answer =
        bench.call("office.clerk", "task.issue",
                   {{"task", "p/1"}, {"due", "2026-12-31"}, {"expect", {{"version", 1}}}});
    EXPECT_EQ(answer["error"]["code"], 40901);
    EXPECT_EQ(answer["error"]["data"]["current"], 2);
}

TEST(Dispatcher, RefusesAVersionThatCannotBeStored) {
    ApiBench bench;
    const auto refusal = [&](std::uint64_t version) {
        return bench.refusal(
            "office.clerk", "task.issue",
            {{"task", "p/1"}, {"due", "2026-12-31"}, {"expect", {{"version", version}}}});
    };
    EXPECT_EQ(refusal(9007199254740992), "invalid_params:expect.version");
    EXPECT_EQ(refusal(18446744073709551615ULL), "invalid_params:expect.version");
    EXPECT_EQ(refusal(9007199254740991), "version_conflict");
}

// A method whose schema lets more through than canonical JSON takes.
TEST(Dispatcher, RefusesWhatHasNoCanonicalForm) {
    ApiBench bench;
    const Method lax = command_method("test.lax", "",
                                      schema::object({schema::optional("any", schema::document())}),
                                      [](const CommandScope&) -> Result<PreparedCommand> {
                                          return PreparedCommand{PutUnit{}, {}, {}, {}};
                                      });
    const auto field = [&](const Json& any) {
        std::promise<RpcAnswer> answer;
        start_call(bench.context(), lax, 1,
                   {{"command_id", bench.new_command_id()}, {"any", {{"x", any}}}},
                   bench.caller("jtj.clerk"),
                   [&](RpcAnswer given) { answer.set_value(std::move(given)); });
        const Json error = Json::parse(answer.get_future().get().text).at("error");
        EXPECT_EQ(error.at("data").at("kind"), "invalid_params");
        return error.at("data").value("field", "");
    };
    EXPECT_EQ(field(9007199254740992), "any.x");
    EXPECT_EQ(field(1.5), "any.x");
    EXPECT_EQ(field(nullptr), "any.x");
    EXPECT_EQ(field({{"督办", 1}}), "any.x");
}

TEST(Dispatcher, WritesDownWhatItRefusesBeforeTheCommitter) {
    ApiBench bench;
    const std::size_t before = access_log(bench).size();
    EXPECT_EQ(bench.refusal("jtj.clerk", "assignment.sign", {{"task", "p/1"}, {"basis", 7}}),
              "invalid_params:basis");
    const auto records = access_log(bench);
    ASSERT_EQ(records.size(), before + 1);
    EXPECT_EQ(records.back().method, "assignment.sign");
    EXPECT_EQ(records.back().person.value, "jtj.clerk");
    EXPECT_EQ(records.back().result, "invalid_argument");
    EXPECT_EQ(records.back().object, "p/1");
    EXPECT_FALSE(records.back().command.empty());
}

TEST(Dispatcher, NeedsALogInForAllButLogInAndDescription) {
    ApiBench bench;
    EXPECT_EQ(bench.refusal("", "task.get", {{"task", "p/1"}}), "unauthenticated");
    EXPECT_EQ(bench.refusal("", "assignment.sign", {{"task", "p/1"}}), "unauthenticated");
    EXPECT_EQ(bench.refusal("", "rpc.discover"), "");
    EXPECT_EQ(bench.refusal("nobody", "auth.me"), "unauthenticated");
}

TEST(Dispatcher, WritesDownTheCommandsOfStrangersWithinABudget) {
    ApiBench bench;
    const std::size_t before = access_log(bench).size();
    const int sent = 50;
    for (int i = 0; i < sent; ++i) {
        EXPECT_EQ(bench.refusal("", "assignment.sign", {{"task", "p/1"}}), "unauthenticated");
    }
    EXPECT_EQ(bench.refusal("", "task.get", {{"task", "p/1"}}), "unauthenticated");
    auto records = access_log(bench);
    ASSERT_EQ(records.size(), before + RefusalBudget::per_address_burst);
    EXPECT_EQ(records.back().method, "assignment.sign");
    EXPECT_EQ(records.back().object, "p/1");
    EXPECT_EQ(records.back().result, "unauthenticated");
    EXPECT_FALSE(records.back().command.empty());

    bench.node().clock().advance(std::chrono::seconds(2));
    EXPECT_EQ(bench.refusal("", "assignment.sign", {{"task", "p/1"}}), "unauthenticated");
    records = access_log(bench);
    EXPECT_EQ(records.back().unwritten, sent - RefusalBudget::per_address_burst);
}

TEST(Dispatcher, SaysWhyATokenWasNotTakenAndWritesTheCommandDown) {
    ApiBench bench;
    Caller stranger;
    stranger.remote = "127.0.0.1";
    stranger.refused = Error{Errc::token_expired, "the token ended", {}, {}, 0};
    const auto post = [&](const char* method, const Json& params) {
        const Json body = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}};
        return bench.post(body.dump(), stranger);
    };
    const RpcAnswer signing =
        post("assignment.sign", {{"task", "p/1"}, {"command_id", bench.new_command_id()}});
    EXPECT_EQ(signing.http_status, 401);
    EXPECT_EQ(Json::parse(signing.text)["error"]["code"], 40102);
    EXPECT_EQ(access_log(bench).back().result, "token_expired");
    EXPECT_EQ(post("rpc.discover", Json::object()).http_status, 200) << "needs nobody";
}

TEST(Dispatcher, GivesUpACallThatWaitedTooLongForAThread) {
    ApiBench bench;
    std::vector<std::function<void()>> waiting;
    bench.context().run_blocking = [&waiting](std::function<void()> work) {
        waiting.push_back(std::move(work));
        return true;
    };
    const Json call = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", "plan.list"}};
    std::vector<Json> answers;
    const auto keep = [&answers](RpcAnswer answer) { answers.push_back(Json::parse(answer.text)); };
    bench.dispatcher().handle_call(call, bench.caller("jtj.clerk"), keep);
    bench.dispatcher().handle_call(call, bench.caller("jtj.clerk"), keep);
    ASSERT_EQ(waiting.size(), 2U);
    bench.node().clock().advance(bench.context().limits.call_wait);
    waiting[0]();
    bench.node().clock().advance(std::chrono::milliseconds(1));
    waiting[1]();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_TRUE(answers[0].contains("result")) << answers[0];
    EXPECT_EQ(answers[1]["error"]["code"], 50401);
    EXPECT_EQ(answers[1]["error"]["data"]["retry"], "same");
}

std::string long_name(std::string begin) {
    for (int i = 0; i < 60; ++i) begin += "督";
    return begin;
}

TEST(Dispatcher, AnswersNamesThatAreTooLongToRepeat) {
    ApiBench bench;
    const std::string name = long_name("ab");   // the 64th byte lies within a character
    const std::string object = long_name("a");  // the 128th does
    const Caller caller = bench.caller("jtj.clerk");
    const Json twice = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", "auth.me"}, {name, 1}};
    EXPECT_EQ(code_of(bench.post(twice.dump(), caller)), -32600);
    EXPECT_EQ(bench.call("jtj.clerk", "auth.me", {{name, 1}})["error"]["code"], -32602);
    EXPECT_EQ(code_of(bench.post("{\"" + name + "\":1,\"" + name + "\":2}", caller)), -32700);
    EXPECT_EQ(
        bench.refusal("jtj.clerk", "assignment.sign", {{"task", object}, {"command_id", name}}),
        "invalid_params:task");
    EXPECT_EQ(access_log(bench).back().detail, "pattern task");
}

TEST(Dispatcher, AnswersOnceWhateverIsThrown) {
    ApiBench bench;
    bench.context().run_blocking = [](const std::function<void()>&) -> bool {
        throw std::runtime_error("no thread \xff");
    };
    const auto answers = [&](const std::string& body) {
        std::vector<std::string> given;
        bench.dispatcher().handle_body(
            body, bench.caller("jtj.clerk"), free_of_charge,
            [&](RpcAnswer answer) { given.push_back(std::move(answer.text)); });
        return given;
    };
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"plan.list"})";
    const auto single = answers(call);
    ASSERT_EQ(single.size(), 1U);
    EXPECT_EQ(Json::parse(single[0])["error"]["code"], -32603);
    EXPECT_EQ(Json::parse(single[0])["id"], 1);
    const auto batch = answers("[" + call + "," + call + "]");
    ASSERT_EQ(batch.size(), 1U);
    EXPECT_EQ(Json::parse(batch[0]).size(), 2U);
}

TEST(Dispatcher, KeepsARefusalThatTheMethodItselfGave) {
    const std::string digest = ApiBench().upload("jtj.clerk", "附件");
    ApiBench bench;
    bench.issue_and_sign();
    const Json params = {
        {"command_id", bench.new_command_id()}, {"task", "p/1"}, {"evidence", {digest}}};
    const Json refused = bench.call("jtj.clerk", "report.save", params);
    EXPECT_EQ(refused["error"]["data"]["kind"], "not_found");
    EXPECT_EQ(access_log(bench).back().result, "not_found");
    EXPECT_EQ(bench.upload("jtj.clerk", "附件"), digest);
    EXPECT_EQ(bench.call("jtj.clerk", "report.save", params), refused);
    Json other = params;
    other["summary"] = "进展";
    EXPECT_EQ(bench.refusal("jtj.clerk", "report.save", other), "command_id_reused");
    other["command_id"] = bench.new_command_id();
    EXPECT_EQ(bench.refusal("jtj.clerk", "report.save", other), "");
}

TEST(Dispatcher, GivesASuccessAgainThoughTheMethodWouldRefuseItNow) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("jtj.clerk", "附件");
    const Json params = {
        {"command_id", bench.new_command_id()}, {"task", "p/1"}, {"evidence", {digest}}};
    const Json first = bench.ask("jtj.clerk", "report.save", params);
    bench.ask("admin.security", "post.grant",
              {{"person", "jtj.clerk"}, {"post", {{"unit", "rsj"}, {"post", "clerk"}}}});
    bench.ask("admin.security", "post.revoke",
              {{"person", "jtj.clerk"}, {"unit", "jtj"}, {"post", "clerk"}});
    const Json again = bench.ask("jtj.clerk", "report.save", params);
    EXPECT_EQ(again["duplicate"], true);
    EXPECT_EQ(again["position"], first["position"]);
}

TEST(Dispatcher, WaitsForThePositionThatAQueryAsksFor) {
    ApiBench bench;
    const std::string next = std::to_string(bench.node().head().next().value);
    const Json call = {{"jsonrpc", "2.0"},
                       {"id", 1},
                       {"method", "task.get"},
                       {"params", {{"task", "p/1"}, {"at_least", next}}}};
    std::promise<Json> promise;
    bench.dispatcher().handle_call(call, bench.caller("jtj.clerk"), [&](RpcAnswer answer) {
        promise.set_value(Json::parse(answer.text));
    });
    auto future = promise.get_future();
    EXPECT_EQ(future.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    (void)bench.ask("office.clerk", "task.issue", {{"task", "p/1"}, {"due", "2026-12-31"}});
    const Json answer = future.get();
    EXPECT_EQ(answer["result"]["state"], "issued");
    EXPECT_GE(std::stoll(answer["result"]["position"].get<std::string>()), std::stoll(next));
}

TEST(Dispatcher, TellsTheHeadWhenAPositionDoesNotCome) {
    ApiBench bench;
    const auto head = bench.node().head().next().value;
    const Json call = {{"jsonrpc", "2.0"},
                       {"id", 1},
                       {"method", "plan.list"},
                       {"params", {{"at_least", std::to_string(head + 1000)}}}};
    Json answer;
    bench.dispatcher().handle_call(call, bench.caller("jtj.clerk"),
                                   [&](RpcAnswer done) { answer = Json::parse(done.text); });
    EXPECT_TRUE(answer.is_null());
    bench.node().clock().advance(std::chrono::seconds(3));
    bench.node().head().expire(bench.node().clock().steady());
    EXPECT_EQ(answer["error"]["code"], 41601);
    EXPECT_EQ(answer["error"]["data"]["head"], std::to_string(head - 1));
}

TEST(Dispatcher, SaysOverloadedWhenThePoolIsFull) {
    ApiBench bench;
    bench.context().run_blocking = [](const std::function<void()>&) { return false; };
    const Json answer = bench.call("jtj.clerk", "plan.list");
    EXPECT_EQ(answer["error"]["code"], 50302);
    EXPECT_EQ(answer["error"]["data"]["retry"], "after_ms");
}

TEST(Dispatcher, AnswersOverAnAnswerThatCouldNotBeHandedOver) {
    ApiBench bench;
    const Json call = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", "auth.me"}};
    for (const Json& body : {call, Json::array({call, call})}) {
        std::vector<std::string> answers;
        bench.dispatcher().handle_body(body.dump(), bench.caller("jtj.clerk"), free_of_charge,
                                       [&](const RpcAnswer& answer) {
                                           answers.push_back(answer.text);
                                           if (answers.size() == 1) throw std::bad_alloc();
                                       });
        ASSERT_EQ(answers.size(), 2U) << body;
        EXPECT_NE(answers.back().find("-32603"), std::string::npos) << answers.back();
    }
}

}  // namespace
}  // namespace duban
