#include "server/http/credential.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

const std::vector<std::string> own_host;

RequestHead request(const std::string& method, std::vector<HeaderField> fields) {
    RequestHead head;
    head.method = method;
    head.target = "/rpc";
    head.fields = std::move(fields);
    head.fields.push_back({"Host", "duban.example"});
    return head;
}

const HeaderField own_origin = {"Origin", "https://duban.example"};

std::optional<std::string> token_of(const std::string& cookie) {
    return shown_token(request("POST", {own_origin, {"Cookie", cookie}}), own_host);
}

TEST(Credential, TakesTheBearerTokenBeforeAnyCookie) {
    const HeaderField cookie = {"Cookie", "duban_session=page"};
    EXPECT_EQ(
        shown_token(request("POST", {own_origin, cookie, {"Authorization", "Bearer program"}}),
                    own_host),
        "program");
    EXPECT_EQ(
        shown_token(request("POST", {own_origin, cookie, {"Authorization", "Basic x"}}), own_host),
        std::nullopt)
        << "what is shown and cannot be read is no reason to take the other";
    EXPECT_EQ(shown_token(request("POST", {{"Authorization", "Bearer program"}}), own_host),
              "program");
}

TEST(Credential, TakesACookieOnlyFromAPageOfOurs) {
    const HeaderField cookie = {"Cookie", "duban_session=page"};
    const std::vector<std::string> listed = {"https://office.example"};
    for (const char* method : {"POST", "DELETE"}) {
        EXPECT_EQ(shown_token(request(method, {own_origin, cookie}), own_host), "page");
        EXPECT_FALSE(shown_token(request(method, {cookie}), own_host)) << method;
        for (const char* origin : {"https://evil.example", "null", "https://duban.example.evil",
                                   "https://duban.example:8443", ""}) {
            EXPECT_FALSE(shown_token(request(method, {{"Origin", origin}, cookie}), own_host))
                << method << " " << origin;
        }
        EXPECT_FALSE(shown_token(request(method, {own_origin, own_origin, cookie}), own_host));
        EXPECT_FALSE(shown_token(request(method, {own_origin, cookie}), listed));
        EXPECT_EQ(
            shown_token(request(method, {{"Origin", "https://office.example"}, cookie}), listed),
            "page");
    }
}

TEST(Credential, AsksUpgradesForTheirOriginAndLinksNot) {
    const HeaderField cookie = {"Cookie", "duban_session=page"};
    const HeaderField upgrade = {"Upgrade", "websocket"};
    EXPECT_FALSE(shown_token(request("GET", {cookie, upgrade}), own_host));
    EXPECT_EQ(shown_token(request("GET", {cookie, upgrade, own_origin}), own_host), "page");
    EXPECT_EQ(shown_token(request("GET", {cookie}), own_host), "page");
    EXPECT_FALSE(
        shown_token(request("GET", {cookie, {"Origin", "https://evil.example"}}), own_host));
}

TEST(Credential, ReadsTheCookieAmongOthers) {
    EXPECT_EQ(token_of("a=b; duban_session=t-1; c=d"), "t-1");
    EXPECT_EQ(token_of("duban_session=t-1"), "t-1");
    EXPECT_EQ(token_of("x_duban_session=evil;duban_session=t-1;"), "t-1");
    EXPECT_EQ(token_of("duban_session=t=1"), "t=1");
    for (const char* cookie : {"", "a=b", "duban_session", "duban_session=", "duban_session=a b",
                               "duban_session=\"t\"", "duban_session=a; duban_session=b"}) {
        EXPECT_FALSE(token_of(cookie)) << cookie;
    }
    EXPECT_FALSE(token_of("duban_session=" + std::string(513, 'x')));
}

TEST(Credential, KeepsTheCookieFromScriptsAndOtherSites) {
    const RequestHead secure = request("POST", {own_origin});
    EXPECT_EQ(session_cookie(secure, "t-1"),
              "duban_session=t-1; Path=/; HttpOnly; SameSite=Strict; Secure");
    const RequestHead plain = request("POST", {{"Origin", "http://duban.example"}});
    EXPECT_EQ(session_cookie(plain, "t-1"), "duban_session=t-1; Path=/; HttpOnly; SameSite=Strict");
    EXPECT_EQ(ended_session_cookie(plain),
              "duban_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

}  // namespace
}  // namespace duban
