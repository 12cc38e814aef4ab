#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/server/test_server.h"

namespace duban {
namespace {

using nlohmann::json;
using Fields = std::vector<std::pair<std::string, std::string>>;

const std::string right = R"({"person":"jtj.clerk","password":"right"})";

std::string origin_of(const TestServer& server) {
    return "http://" + server.url().host + ":" + server.url().port;
}

Fields from_page(const TestServer& server, const std::string& cookie = "") {
    Fields fields = {{"Origin", origin_of(server)}};
    if (!cookie.empty()) fields.emplace_back("Cookie", cookie);
    return fields;
}

TEST(SessionPage, PutsTheTokenInACookieAndNotInTheBody) {
    TestServer server;
    HttpClient client(server.url());
    const auto reply = client.send({"POST", "/session", from_page(server), right});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(json::parse(reply->body)["result"], json({{"person", {{"id", "jtj.clerk"}}}}));
    EXPECT_EQ(reply->field("Set-Cookie"), "duban_session=good; Path=/; HttpOnly; SameSite=Strict");
    EXPECT_EQ(reply->field("Cache-Control"), "no-store");
}

TEST(SessionPage, HandsARefusalOnWithoutACookie) {
    TestServer server;
    HttpClient client(server.url());
    const auto wrong = client.send(
        {"POST", "/session", from_page(server), R"({"person":"jtj.clerk","password":"wrong"})"});
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->status, 401);
    EXPECT_EQ(json::parse(wrong->body)["error"]["code"], 40101);
    EXPECT_EQ(wrong->field("Set-Cookie"), "");
    for (const char* body : {"", "[]", "nonsense", "\"x\""}) {
        const auto refused = client.send({"POST", "/session", from_page(server), body});
        ASSERT_TRUE(refused) << body;
        EXPECT_EQ(refused->status, 400) << body;
    }
    const std::string large = right + std::string(5000, ' ');
    EXPECT_EQ(client.send({"POST", "/session", from_page(server), large})->status, 413);
}

TEST(SessionPage, LetsNoOtherPageLogAnybodyInOrOut) {
    TestServer server;
    HttpClient client(server.url());
    for (const Fields& fields :
         {Fields{}, Fields{{"Origin", "https://evil.example"}}, Fields{{"Origin", "null"}}}) {
        EXPECT_EQ(client.send({"POST", "/session", fields, right})->status, 403);
        EXPECT_EQ(client.send({"DELETE", "/session", fields, ""})->status, 403);
    }
    EXPECT_EQ(server.port().bodies, 0);
}

TEST(SessionPage, TakesTheCookieForCallsOfItsOwnPageAlone) {
    TestServer server;
    HttpClient client(server.url());
    const std::string cookie = "duban_session=good";
    const auto own = client.send({"POST", "/rpc", from_page(server, cookie), "question"});
    ASSERT_TRUE(own);
    EXPECT_EQ(json::parse(own->body)["person"], "jtj.clerk");
    for (const Fields& fields :
         {Fields{{"Cookie", cookie}}, Fields{{"Cookie", cookie}, {"Origin", "http://evil"}}}) {
        const auto other = client.send({"POST", "/rpc", fields, "question"});
        ASSERT_TRUE(other);
        EXPECT_EQ(json::parse(other->body)["person"], "") << "as one who has not logged in";
    }
}

std::string page_upgrade_text(const std::string& fields) {
    return request_text("GET /ws",
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Protocol: duban.v1\r\n" +
                            fields);
}

// The fake ends a session at once to which the token "full" is shown.
TEST(SessionPage, TakesTheCookieForAnUpgradeOfItsOwnPageAlone) {
    TestServer server;
    const std::string cookie = "Cookie: duban_session=full\r\n";
    RawSocket own(server.url());
    ASSERT_TRUE(own.send(page_upgrade_text(cookie + "Origin: http://127.0.0.1\r\n")));
    EXPECT_NE(own.read_until("overloaded").find("overloaded"), std::string::npos);

    RawSocket program(server.url());
    const std::string echo = "\x81\x87" + std::string(4, '\0') + "echo hi";
    ASSERT_TRUE(program.send(page_upgrade_text(cookie)));
    EXPECT_NE(program.read_until("\r\n\r\n").find(" 101 "), std::string::npos);
    ASSERT_TRUE(program.send(echo));
    EXPECT_NE(program.read_until("hi").find("hi"), std::string::npos);

    RawSocket foreign(server.url());
    ASSERT_TRUE(foreign.send(page_upgrade_text(cookie + "Origin: http://evil\r\n")));
    EXPECT_EQ(foreign.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 403"), 0);
}

TEST(SessionPage, EndsTheSessionAndTakesTheCookieBack) {
    TestServer server;
    HttpClient client(server.url());
    const auto ended =
        client.send({"DELETE", "/session", from_page(server, "duban_session=good"), ""});
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->status, 204);
    EXPECT_EQ(ended->field("Set-Cookie"),
              "duban_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    EXPECT_EQ(server.port().bodies, 1) << "auth.logout";
    const auto none = client.send({"DELETE", "/session", from_page(server), ""});
    ASSERT_TRUE(none);
    EXPECT_EQ(none->status, 204);
    EXPECT_EQ(server.port().bodies, 1) << "nobody was logged in";
}

TEST(SessionPage, CountsLogInsAgainstTheirAddress) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.rpc_per_s = 1;
        options.limits.rpc_burst = 2;
    });
    HttpClient client(server.url());
    const Fields fields = from_page(server, "duban_session=good");
    EXPECT_EQ(client.send({"POST", "/session", fields, right})->status, 200);
    EXPECT_EQ(client.send({"POST", "/session", fields, right})->status, 200);
    EXPECT_EQ(client.send({"POST", "/session", fields, right})->status, 429);
}

}  // namespace
}  // namespace duban
