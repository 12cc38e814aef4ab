#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/server/test_server.h"

namespace duban {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

std::string rpc_text(const std::string& body, const std::string& fields = "") {
    return request_text("POST /rpc",
                        fields + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

// The status of the answer to one request on a connection of its own.
std::string status_of_rpc(const TestServer& server, const std::string& body,
                          const std::string& fields = "") {
    RawSocket socket(server.url());
    EXPECT_TRUE(socket.send(rpc_text(body, fields)));
    return socket.read_answer().substr(9, 3);
}

TEST(SessionHttp, AnswersTheFixedAddresses) {
    TestServer server;
    HttpClient client(server.url());
    for (const char* target : {"/", "/healthz", "/readyz", "/metrics", "/openrpc.json",
                               "/asyncapi.json", "/healthz?x=1"}) {
        const auto reply = client.send({"GET", target, {}, ""});
        ASSERT_TRUE(reply) << target;
        EXPECT_EQ(reply->status, 200) << target;
        EXPECT_EQ(reply->field("X-Content-Type-Options"), "nosniff");
        const auto head = client.send({"HEAD", target, {}, ""});
        ASSERT_TRUE(head) << target;
        EXPECT_EQ(head->status, 200);
        EXPECT_TRUE(head->body.empty());
    }
    EXPECT_EQ(client.send({"GET", "/nothing", {}, ""})->status, 404);
    const auto wrong = client.send({"POST", "/healthz", {}, "x"});
    EXPECT_EQ(wrong->status, 405);
    EXPECT_EQ(wrong->field("Allow"), "GET, HEAD");
    const auto metrics = client.send({"GET", "/metrics", {}, ""});
    EXPECT_NE(metrics->body.find("duban_http_requests_total{route=\"/healthz\""),
              std::string::npos);
}

TEST(SessionHttp, HandsBodiesOverWithTheirCaller) {
    TestServer server;
    HttpClient client(server.url());
    const auto nobody = client.send({"POST", "/rpc", {}, "question"});
    ASSERT_TRUE(nobody);
    EXPECT_EQ(json::parse(nobody->body), json({{"person", ""}, {"body", "question"}}));
    client.set_token("good");
    const auto clerk = client.send({"POST", "/rpc", {}, "question"});
    EXPECT_EQ(json::parse(clerk->body)["person"], "jtj.clerk");
    client.set_token("bad");
    const auto refused = client.send({"POST", "/rpc", {}, "question"});
    EXPECT_EQ(refused->status, 401);
    EXPECT_EQ(refused->field("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(server.port().bodies, 3) << "the layer above records what it refuses";
}

TEST(SessionHttp, KeepsTheConnectionForTheNextRequest) {
    TestServer server;
    RawSocket socket(server.url());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(socket.send(rpc_text("n" + std::to_string(i))));
        EXPECT_NE(socket.read_answer().find("n" + std::to_string(i)), std::string::npos);
    }
}

TEST(SessionHttp, AnswersPipelinedRequestsInTurn) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(rpc_text("first") + request_text("GET /healthz") + rpc_text("third")));
    EXPECT_NE(socket.read_answer().find("first"), std::string::npos);
    EXPECT_NE(socket.read_answer().find("ok\n"), std::string::npos);
    EXPECT_NE(socket.read_answer().find("third"), std::string::npos);
}

TEST(SessionHttp, ClosesAfterARefusalAndReadsNothingBehindIt) {
    TestServer server;
    const std::string hidden = request_text("GET /healthz");
    for (const std::string& request :
         {request_text("POST /rpc", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden),
          request_text("POST /rpc", "Transfer-Encoding: gzip\r\nContent-Length: 2\r\n",
                       "ab" + hidden),
          request_text("POST /rpc", "Content-Length: 2\r\nContent-Length: 2\r\n", "ab" + hidden),
          "nonsense\r\n\r\n" + hidden, request_text("GET /", "X: a\r\n b\r\n") + hidden}) {
        RawSocket socket(server.url());
        ASSERT_TRUE(socket.send(request));
        const auto answer = socket.read_to_end();
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->compare(0, 10, "HTTP/1.1 4"), 0) << *answer;
        EXPECT_EQ(answer->find("ok\n"), std::string::npos) << request;
    }
    EXPECT_EQ(server.port().bodies, 0);
}

TEST(SessionHttp, RefusesWhatIsTooLarge) {
    TestServer server;
    RawSocket head(server.url());
    (void)head.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'x') + "\r\n\r\n");
    EXPECT_EQ(head.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 431"), 0);
    RawSocket body(server.url());
    (void)body.send(request_text("POST /rpc", "Content-Length: 300000\r\n", "x"));
    EXPECT_EQ(body.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 413"), 0);
    EXPECT_EQ(server.port().bodies, 0);
}

TEST(SessionHttp, SaysContinueBeforeTheBody) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(
        socket.send(request_text("POST /rpc", "Content-Length: 2\r\nExpect: 100-continue\r\n")));
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(socket.send("ab"));
    EXPECT_NE(socket.read_answer().find("\"ab\""), std::string::npos);
}

TEST(SessionHttp, EndsConnectionsThatDoNotGoOn) {
    TestServer server;
    for (const std::string& start : {std::string(), std::string("GET / HT"),
                                     request_text("POST /rpc", "Content-Length: 10\r\n", "ab"),
                                     request_text("GET /healthz")}) {
        RawSocket socket(server.url());
        ASSERT_TRUE(socket.send(start));
        EXPECT_TRUE(socket.read_to_end()) << start;
    }
}

TEST(SessionHttp, TakesARequestThatComesByteByByte) {
    TestServer server;
    RawSocket socket(server.url());
    for (const char c : rpc_text("slowly")) {
        ASSERT_TRUE(socket.send(std::string(1, c)));
        std::this_thread::sleep_for(milliseconds(1));
    }
    EXPECT_NE(socket.read_answer().find("slowly"), std::string::npos);
}

TEST(SessionHttp, EndsAPeerThatDoesNotReadItsAnswer) {
    TestServer server([](HttpServerOptions& options) { options.limits.send_buffer_bytes = 8192; });
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(rpc_text("big 20000000")));
    EXPECT_TRUE(eventually([&] {
        return server.metrics().text().find("duban_connections{transport=\"http\"} 0") !=
               std::string::npos;
    }));
}

TEST(SessionHttp, AnswersWhatFailsInside) {
    TestServer server;
    RawSocket handler(server.url());
    ASSERT_TRUE(handler.send(rpc_text("throw")));
    EXPECT_EQ(handler.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 500"), 0);
    RawSocket pool(server.url());
    ASSERT_TRUE(pool.send(request_text("GET /blobs/sha256:" + std::string(64, 'a'),
                                       "Authorization: Bearer throw\r\n")));
    EXPECT_EQ(pool.read_answer().compare(0, 12, "HTTP/1.1 401"), 0) << "refused by the port";
    ASSERT_TRUE(pool.send(rpc_text("throw", "Authorization: Bearer good\r\n")));
    EXPECT_EQ(pool.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 500"), 0);
    EXPECT_TRUE(eventually([&] {
        return server.metrics().text().find("duban_connections{transport=\"http\"} 0") !=
               std::string::npos;
    }));
}

TEST(SessionHttp, AnswersOnceWhenTheWorkTakesTooLong) {
    TestServer server(
        [](HttpServerOptions& options) { options.deadlines.close = std::chrono::seconds(3); });
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(rpc_text("wait")));
    EXPECT_EQ(socket.read_answer().compare(0, 12, "HTTP/1.1 504"), 0);
    server.port().answer_waiting();
    EXPECT_EQ(socket.read_to_end(), "") << "a late answer is dropped";
    RawSocket next(server.url());
    ASSERT_TRUE(next.send(rpc_text("question")));
    EXPECT_NE(next.read_answer().find("question"), std::string::npos);
}

TEST(SessionHttp, BoundsConnectionsOfOneAddress) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.unauthenticated_per_address_max = 3;
        options.threads = 1;
    });
    RawSocket first(server.url());
    RawSocket second(server.url());
    RawSocket third(server.url());
    ASSERT_TRUE(third.send(request_text("GET /healthz")));
    EXPECT_NE(third.read_answer().find("200 OK"), std::string::npos);
    RawSocket fourth(server.url());
    (void)fourth.send(request_text("GET /healthz"));
    EXPECT_EQ(fourth.read_to_end().value_or(""), "");
    ASSERT_TRUE(first.send(rpc_text("x", "Authorization: Bearer good\r\n")));
    EXPECT_NE(first.read_answer().find("jtj.clerk"), std::string::npos);
    RawSocket fifth(server.url());
    ASSERT_TRUE(fifth.send(request_text("GET /healthz")));
    EXPECT_NE(fifth.read_answer().find("200 OK"), std::string::npos);
}

TEST(SessionHttp, BoundsTheRateOfCallsOverAllConnectionsOfAPerson) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.rpc_per_s = 1;
        options.limits.rpc_burst = 2;
    });
    const auto status_of = [&](const std::string& fields) {
        return status_of_rpc(server, "a", fields);
    };
    const std::string good = "Authorization: Bearer good\r\n";
    EXPECT_EQ(status_of(good), "200");
    EXPECT_EQ(status_of(good), "200");
    EXPECT_EQ(status_of(good), "429");
    EXPECT_EQ(status_of("Authorization: Bearer guess\r\n"), "401");
    EXPECT_EQ(status_of("Authorization: Bearer another\r\n"), "429");
    EXPECT_EQ(status_of(""), "429") << "guessing costs the address its places";
}

TEST(SessionHttp, CountsEveryCallOfABatchForItsPersonOrAddress) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.rpc_per_s = 1;
        options.limits.rpc_burst = 10;
    });
    const std::string good = "Authorization: Bearer good\r\n";
    EXPECT_EQ(status_of_rpc(server, "batch 50", good), "200");
    EXPECT_EQ(status_of_rpc(server, "batch 50", good), "429");
    EXPECT_EQ(status_of_rpc(server, "a", good), "429");
    EXPECT_EQ(status_of_rpc(server, "batch 50"), "200") << "the address has its own";
    EXPECT_EQ(status_of_rpc(server, "a"), "429");
    EXPECT_EQ(server.port().bodies, 2) << "what is refused is not read";
}

TEST(SessionHttp, BoundsTheRateOfCallsOfAnAddressWithoutASession) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.rpc_per_s = 1;
        options.limits.rpc_burst = 2;
    });
    RawSocket socket(server.url());
    ASSERT_TRUE(
        socket.send(rpc_text("a") + rpc_text("b") + rpc_text("c") + request_text("GET /healthz")));
    EXPECT_NE(socket.read_answer().find("\"a\""), std::string::npos);
    EXPECT_NE(socket.read_answer().find("\"b\""), std::string::npos);
    const std::string refused = socket.read_answer();
    EXPECT_EQ(refused.compare(0, 12, "HTTP/1.1 429"), 0) << refused;
    EXPECT_NE(refused.find("Retry-After: 1\r\n"), std::string::npos) << refused;
    EXPECT_NE(socket.read_answer().find("ok\n"), std::string::npos) << "the connection stays";
    EXPECT_EQ(server.port().bodies, 2);
}

TEST(SessionHttp, DrainGoesOnToEndWaits) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(rpc_text("wait")));
    ASSERT_TRUE(eventually([&] { return server.port().bodies == 1; }));
    std::thread stopper([&server] { server.stop(); });
    std::this_thread::sleep_for(milliseconds(200));
    server.port().answers_from_timer = true;
    EXPECT_NE(socket.read_answer().find("late"), std::string::npos);
    stopper.join();
}

TEST(SessionHttp, DrainEndsIdleConnectionsAndRefusesNewOnes) {
    TestServer server;
    RawSocket idle(server.url());
    ASSERT_TRUE(idle.send(request_text("GET /healthz")));
    EXPECT_NE(idle.read_answer().find("200 OK"), std::string::npos);
    const auto begun = std::chrono::steady_clock::now();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(1500));
    EXPECT_EQ(idle.read_to_end(), "");
    HttpClient late(server.url(), milliseconds(1000));
    EXPECT_FALSE(late.send({}));
}

TEST(SessionHttp, EndsAPeerThatTakesTooLongForAnAnswerThoughItReads) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.write_bytes_per_s_min = 1 << 30;
        options.limits.send_buffer_bytes = 16 * 1024;
    });
    RawSocket slow(server.url(), 8192);
    ASSERT_TRUE(slow.send(rpc_text("big 8000000")));
    ASSERT_TRUE(eventually([&] { return server.messages().taken() == 8'000'000; }));
    for (int i = 0; i < 400 && server.connections("http") != "0"; ++i) {
        std::this_thread::sleep_for(milliseconds(50));
        (void)slow.read_some(4096);
    }
    EXPECT_EQ(server.connections("http"), "0");
    EXPECT_EQ(server.messages().taken(), 0U);
}

TEST(SessionHttp, KeepsNoMoreForPeersThatDoNotReadThanItSays) {
    MessageBudget::Limits limits;
    limits.owner_bytes_max = 20'000'000;
    TestServer server(
        [](HttpServerOptions& options) {
            options.limits.send_buffer_bytes = 16 * 1024;
            options.deadlines.write = std::chrono::seconds(60);
        },
        limits);
    {
        RawSocket first(server.url(), 8192);
        RawSocket second(server.url(), 8192);
        for (RawSocket* silent : {&first, &second}) {
            ASSERT_TRUE(silent->send(rpc_text("big 8000000")));
        }
        ASSERT_TRUE(eventually([&] { return server.messages().taken() == 16'000'000; }));
        RawSocket third(server.url());
        ASSERT_TRUE(third.send(rpc_text("big 8000000")));
        EXPECT_EQ(third.read_answer().compare(0, 12, "HTTP/1.1 429"), 0);
        ASSERT_TRUE(third.send(rpc_text("small")));
        EXPECT_EQ(third.read_answer().compare(0, 12, "HTTP/1.1 200"), 0);
        EXPECT_EQ(server.messages().taken(), 16'000'000U);
    }
    EXPECT_TRUE(eventually([&] { return server.messages().taken() == 0; })) << "they went away";
    HttpClient reader(server.url());
    const auto big = reader.send({"POST", "/rpc", {}, "big 8000000"});
    ASSERT_TRUE(big);
    EXPECT_EQ(big->body.size(), 8'000'000U);
}

}  // namespace
}  // namespace duban
