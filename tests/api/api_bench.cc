#include "tests/api/api_bench.h"

#include <gtest/gtest.h>

#include <future>

#include "api/guard/accounts.h"
#include "api/rpc/registry.h"
#include "storage/beside/credentials.h"

namespace duban {

using Json = nlohmann::json;

ApiBench::ApiBench() : ApiBench(ApiLimits{}) {}

ApiBench::ApiBench(ApiLimits limits)
    : node_(disk_),
      blobs_(node_.database()),
      context_{node_.database(),
               blobs_,
               node_.committer(),
               node_.ring(),
               node_.head(),
               node_.clock(),
               node_.ids(),
               [](std::function<void()> work) {
                   work();
                   return true;
               },
               limits},
      dispatcher_(context_) {
    node_.set_up_office();
}

std::string ApiBench::new_command_id() {
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012d", ++made_);
    return text;
}

Caller ApiBench::caller(const std::string& person) const {
    Caller made;
    if (person.empty()) return made;
    made.person = PersonId(person);
    made.session = "s-" + person;
    made.token_hash = "sha256:none";
    made.expires = Timestamp{4'000'000'000'000};
    made.remote = "192.0.2.1";
    return made;
}

Json ApiBench::call(const std::string& person, const std::string& method, Json params) {
    const Method* known = find_method(method);
    if (known != nullptr && known->kind == MethodKind::command && !params.contains("command_id")) {
        params["command_id"] = new_command_id();
    }
    const Json request = {{"jsonrpc", "2.0"}, {"id", 7}, {"method", method}, {"params", params}};
    std::promise<RpcAnswer> promise;
    auto answered = promise.get_future();
    dispatcher_.handle_call(request, caller(person),
                            [&promise](RpcAnswer answer) { promise.set_value(std::move(answer)); });
    Json answer = Json::parse(answered.get().text);
    EXPECT_EQ(answer.at("id"), 7);
    answer.erase("id");
    answer.erase("jsonrpc");
    if (answer.contains("result")) expect_valid_result(method, answer.at("result"));
    return answer;
}

Json ApiBench::ask(const std::string& person, const std::string& method, Json params) {
    Json answer = call(person, method, std::move(params));
    EXPECT_TRUE(answer.contains("result")) << person << " " << method << ": " << answer;
    return answer.value("result", Json::object());
}

std::string ApiBench::refusal(const std::string& person, const std::string& method, Json params) {
    const Json answer = call(person, method, std::move(params));
    if (!answer.contains("error")) return "";
    const Json& data = answer.at("error").at("data");
    const std::string kind = data.at("kind");
    if (kind == "rule_violation") return kind + ":" + data.at("rule").get<std::string>();
    if (kind == "invalid_params") return kind + ":" + data.value("field", "");
    return kind;
}

RpcAnswer ApiBench::post(const std::string& body, const Caller& as, const ChargeCalls& charge) {
    std::promise<RpcAnswer> promise;
    auto answered = promise.get_future();
    dispatcher_.handle_body(body, as, charge,
                            [&promise](RpcAnswer answer) { promise.set_value(std::move(answer)); });
    return answered.get();
}

std::string ApiBench::token(const std::string& person, std::chrono::milliseconds life) {
    const std::string token = "token-of-" + person + "-" + std::to_string(++made_);
    const Timestamp now = node_.clock().now();
    const StoredSession session{PersonId(person), "s-" + person + std::to_string(made_), now,
                                Timestamp{now.ms + life.count()}};
    EXPECT_TRUE(put_session(node_.database(), token_hash(token), session).has_value());
    return token;
}

std::string ApiBench::upload(const std::string& person, const std::string& text) {
    auto upload = blobs_.begin("text/plain", PersonId(person), 1 << 20);
    EXPECT_TRUE(upload.add(text).has_value());
    const auto blob = upload.finish(node_.clock().now());
    EXPECT_TRUE(blob.has_value()) << blob.error().detail;
    return blob ? blob->digest.value : "";
}

void ApiBench::issue_and_sign() {
    (void)ask("office.clerk", "task.issue", {{"task", "p/1"}, {"due", "2026-12-31"}});
    (void)ask("jtj.clerk", "assignment.sign", {{"task", "p/1"}});
    (void)ask("jzy.clerk", "assignment.sign", {{"task", "p/1"}});
}

Json ApiBench::submit_report() {
    const auto value = [](const char* id, const char* number) {
        return Json{{"indicator", id}, {"value", number}};
    };
    return ask("jtj.clerk", "report.submit",
               {{"task", "p/1"},
                {"period", "2026-09"},
                {"summary", "进展"},
                {"problems", "无"},
                {"next_steps", "继续"},
                {"values", {value("teachers", "2"), value("courses", "2"), value("base", "0")}},
                {"evidence", Json::array()}});
}

Json ApiBench::decide(const std::string& person, const std::string& act,
                      const std::string& approval, const std::string& opinion) {
    const Json seen = ask(person, "approval.get", {{"approval", approval}});
    return ask(person, "approval." + act,
               {{"approval", approval},
                {"revision", seen.at("revision")},
                {"revision_digest", seen.at("revision_digest")},
                {"opinion", opinion}});
}

void expect_valid_result(const std::string& method, const Json& result) {
    const Method* known = find_method(method);
    ASSERT_NE(known, nullptr) << method;
    const Status valid = known->result.check(result);
    EXPECT_TRUE(valid.has_value()) << method << ": " << valid.error().detail << "\n" << result;
}

}  // namespace duban
