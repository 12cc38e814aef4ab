#include "server/http/http_guard.h"

#include <gtest/gtest.h>

#include "server/http/http_parser.h"

namespace duban {
namespace {

struct GuardCase {
    const char* name;
    std::string raw;
    int status;  // 0: passes
};

// The name of a test is made of this.
void PrintTo(const GuardCase& of, std::ostream* out) {
    *out << of.name;
}

std::string get(const std::string& fields) {
    return "GET / HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields) {
    return "POST /rpc HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n";
}

int status_of(const std::string& raw) {
    if (auto refusal = check_raw_head(raw)) return refusal->status;
    const auto head = parse_head(raw);
    if (!head) return 400;
    GuardedHead guarded;
    const auto refusal = check_head(*head, guarded);
    return refusal ? refusal->status : 0;
}

class HttpGuardTable : public testing::TestWithParam<GuardCase> {};

TEST_P(HttpGuardTable, AnswersWithStatus) {
    EXPECT_EQ(status_of(GetParam().raw), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Heads, HttpGuardTable,
    testing::Values(
        GuardCase{"PlainGet", get(""), 0},
        GuardCase{"PostWithLength", post("Content-Length: 2\r\n"), 0},
        GuardCase{"HostWithPort", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0},
        GuardCase{"Version10", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 0},
        GuardCase{"GetWithZeroLength", get("Content-Length: 0\r\n"), 0},
        GuardCase{"Chunked", post("Transfer-Encoding: chunked\r\n"), 411},
        GuardCase{"ChunkedIdentity", post("Transfer-Encoding: chunked, identity\r\n"), 411},
        GuardCase{"Gzip", post("Transfer-Encoding: gzip\r\n"), 411},
        GuardCase{"GzipOnGet", get("Transfer-Encoding: gzip\r\n"), 411},
        GuardCase{"ChunkedInVersion10",
                  "POST /rpc HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411},
        GuardCase{"PostWithoutLength", post(""), 411},
        GuardCase{"EqualLengthsTwice", post("Content-Length: 2\r\nContent-Length: 2\r\n"), 400},
        GuardCase{"TwoLengths", post("Content-Length: 2\r\nContent-Length: 3\r\n"), 400},
        GuardCase{"LengthList", post("Content-Length: 2, 2\r\n"), 400},
        GuardCase{"SignedLength", post("Content-Length: +2\r\n"), 400},
        GuardCase{"HugeLength", post("Content-Length: 99999999999999999999\r\n"), 400},
        GuardCase{"BodyOnGet", get("Content-Length: 5\r\n"), 400},
        GuardCase{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        GuardCase{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        GuardCase{"TwoHosts", get("Host: a.example\r\n"), 400},
        GuardCase{"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        GuardCase{"Folded", get("X-A: b\r\n c\r\n"), 400},
        GuardCase{"FoldedByTab", get("X-A: b\r\n\tc\r\n"), 400},
        GuardCase{"BareLineFeed", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
        GuardCase{"Nul", get(std::string("X-A: b\0c\r\n", 10)), 400},
        GuardCase{"BlankBeforeColon", get("X-A : b\r\n"), 400},
        GuardCase{"AbsoluteTarget", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        GuardCase{"AsteriskTarget", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        GuardCase{"LongTarget", "GET /" + std::string(3000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n",
                  414},
        GuardCase{"Version20", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400},
        GuardCase{"UnknownExpectation", post("Content-Length: 2\r\nExpect: tea\r\n"), 417}),
    [](const auto& made) { return made.param.name; });

TEST(HttpGuard, RefusesTooManyFields) {
    std::string fields;
    for (std::size_t i = 0; i < header_fields_max; ++i) {
        fields += "X-" + std::to_string(i) + ": a\r\n";
    }
    EXPECT_EQ(status_of(get(fields)), 431);
}

TEST(HttpGuard, KeepsAliveOnlyWhereBothSidesExpectIt) {
    const auto keeps = [](const std::string& raw) {
        GuardedHead guarded;
        EXPECT_FALSE(check_head(*parse_head(raw), guarded));
        return guarded.keep_alive;
    };
    EXPECT_TRUE(keeps(get("")));
    EXPECT_FALSE(keeps(get("Connection: Close\r\n")));
    EXPECT_FALSE(keeps(get("Connection: x, close\r\n")));
    EXPECT_FALSE(keeps("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(HttpGuard, TakesOriginsExactly) {
    const auto allowed = [](const std::string& origin, const std::vector<std::string>& list) {
        return origin_allowed(*parse_head(get("Origin: " + origin + "\r\n")), list);
    };
    EXPECT_TRUE(origin_allowed(*parse_head(get("")), {"https://b.example"}));
    EXPECT_TRUE(allowed("http://a.example", {}));
    EXPECT_TRUE(allowed("https://a.example", {}));
    EXPECT_FALSE(allowed("http://a.example:81", {}));
    EXPECT_FALSE(allowed("http://a.example.evil.example", {}));
    EXPECT_FALSE(allowed("null", {}));
    EXPECT_TRUE(allowed("https://b.example", {"https://b.example"}));
    EXPECT_FALSE(allowed("https://B.example", {"https://b.example"}));
    EXPECT_FALSE(allowed("http://a.example", {"https://b.example"}));
    EXPECT_FALSE(origin_allowed(
        *parse_head(get("Origin: http://a.example\r\nOrigin: http://a.example\r\n")), {}));
}

TEST(HttpGuard, ReadsBearerTokens) {
    const auto token = [](const std::string& fields) {
        return bearer_token(*parse_head(get(fields)));
    };
    EXPECT_EQ(token("Authorization: Bearer abc\r\n"), "abc");
    EXPECT_EQ(token("authorization: bearer   abc\r\n"), "abc");
    EXPECT_EQ(token("Authorization: Basic abc\r\n"), std::nullopt);
    EXPECT_EQ(token("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), std::nullopt);
    EXPECT_EQ(token(""), std::nullopt);
}

}  // namespace
}  // namespace duban
