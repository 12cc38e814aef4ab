#include <gtest/gtest.h>

#include <thread>

#include "tests/server/test_server.h"

namespace duban {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds patience{4000};

WebsocketClient connected(const TestServer& server, WebsocketClient::Options options = {}) {
    WebsocketClient client;
    const Status status = client.connect(server.url(), options);
    EXPECT_TRUE(status) << status.error().detail;
    return client;
}

std::uint64_t refused_with(const TestServer& server, const WebsocketClient::Options& options) {
    WebsocketClient client;
    const Status status = client.connect(server.url(), options);
    return status ? 101 : status.error().current;
}

// The close code that the client meets; 0 when the connection stays open.
int close_code(WebsocketClient& client) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!client.closed() && std::chrono::steady_clock::now() < until) {
        (void)client.receive(milliseconds(100));
    }
    return client.closed().value_or(0);
}

std::string upgrade_text(const std::string& fields) {
    return request_text("GET /ws",
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Protocol: x, duban.v1\r\n" +
                            fields);
}

// A masked client frame; the mask is zero, so the payload stands as it is.
std::string frame(unsigned first, const std::string& payload) {
    std::string bytes(1, static_cast<char>(first));
    bytes += static_cast<char>(0x80U | payload.size());
    return bytes + std::string(4, '\0') + payload;
}

TEST(SessionWebsocket, EchoesTheSubprotocolAlone) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upgrade_text("")));
    const std::string answer = socket.read_until("\r\n\r\n");
    EXPECT_EQ(answer.compare(0, 12, "HTTP/1.1 101"), 0) << answer;
    EXPECT_NE(answer.find("Sec-WebSocket-Protocol: duban.v1\r\n"), std::string::npos) << answer;
}

TEST(SessionWebsocket, RefusesUpgradesThatAreNotForIt) {
    TestServer server(
        [](HttpServerOptions& options) { options.origins = {"https://office.example"}; });
    WebsocketClient::Options options;
    options.origin = "https://office.example";
    EXPECT_EQ(refused_with(server, options), 101);
    options.origin = "https://evil.example";
    EXPECT_EQ(refused_with(server, options), 403);
    options.origin = "null";
    EXPECT_EQ(refused_with(server, options), 403);
    options.origin.clear();
    options.subprotocol = "chat";
    EXPECT_EQ(refused_with(server, options), 400);
    options.subprotocol.clear();
    EXPECT_EQ(refused_with(server, options), 400);
    HttpClient plain(server.url());
    EXPECT_EQ(plain.send({"GET", "/ws", {}, ""})->status, 426);
}

TEST(SessionWebsocket, RefusesBytesBehindTheUpgrade) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upgrade_text("") + "early"));
    EXPECT_EQ(socket.read_to_end().value_or("").compare(0, 12, "HTTP/1.1 400"), 0);
}

TEST(SessionWebsocket, CarriesMessagesBothWays) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("echo 督办"));
    EXPECT_EQ(client.receive(patience), "督办");
    ASSERT_TRUE(client.send("big 300000"));
    EXPECT_EQ(client.receive(patience).value_or("").size(), 300000U);
    server.server().wake();
    EXPECT_EQ(client.receive(patience), "published");
}

TEST(SessionWebsocket, JoinsFragmentsAndAnswersPings) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upgrade_text("")));
    (void)socket.read_until("\r\n\r\n");
    ASSERT_TRUE(socket.send(frame(0x01, "echo a") + frame(0x89, "hi") + frame(0x80, "b")));
    const std::string answer = socket.read_until("ab");
    EXPECT_NE(answer.find(std::string("\x8a\x02hi", 4)), std::string::npos);
    EXPECT_NE(answer.find(std::string("\x81\x02"
                                      "ab",
                                      4)),
              std::string::npos);
}

// A text frame of a client whose payload of that size is still to come.
std::string frame_head(std::uint32_t payload_bytes) {
    std::string bytes = std::string("\x81\xff") + std::string(4, '\0');
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(payload_bytes >> static_cast<unsigned>(shift));
    }
    return bytes + std::string(4, '\0');
}

// Opens a session and announces a message that is too large before log-in.
void announce_too_much(RawSocket& socket) {
    ASSERT_TRUE(socket.send(upgrade_text("")));
    (void)socket.read_until("\r\n\r\n");
    ASSERT_TRUE(socket.send(frame_head(1'000'000'000)));
    EXPECT_NE(socket.read_until("\x03\xf1").find("\x03\xf1"), std::string::npos) << "close 1009";
}

// How much of `bytes` can be sent before the connection is reset.
std::size_t bytes_taken(RawSocket& socket, std::size_t bytes) {
    const std::string piece(16 * 1024, 'x');
    std::size_t taken = 0;
    while (taken < bytes && socket.send(piece)) taken += piece.size();
    return taken;
}

void close_patiently(HttpServerOptions& options) {
    options.deadlines.close = std::chrono::seconds(60);
}

TEST(SessionWebsocket, LetsARefusedPeerFinishWhatItIsSending) {
    TestServer server(close_patiently);
    RawSocket socket(server.url());
    announce_too_much(socket);
    EXPECT_EQ(bytes_taken(socket, 512 * 1024), 512 * 1024U);
    EXPECT_TRUE(socket.read_to_end()) << "the server has said all";
}

TEST(SessionWebsocket, ReadsABoundedRestOfARefusedPeer) {
    TestServer server(close_patiently);
    RawSocket socket(server.url());
    announce_too_much(socket);
    constexpr std::size_t more_than_sockets_hold = 64 * 1024 * 1024;
    EXPECT_LT(bytes_taken(socket, more_than_sockets_hold), more_than_sockets_hold);
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
}

TEST(SessionWebsocket, WaitsForARefusedPeerNoLongerThanTheCloseDeadline) {
    TestServer server;
    RawSocket socket(server.url());
    announce_too_much(socket);
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
}

TEST(SessionWebsocket, ClosesOnWhatItDoesNotTake) {
    TestServer server(close_patiently);
    WebsocketClient binary = connected(server);
    ASSERT_TRUE(binary.send_binary("echo x"));
    EXPECT_EQ(close_code(binary), 1003);
    WebsocketClient large = connected(server);
    (void)large.send("echo " + std::string(5000, 'x'));
    EXPECT_EQ(close_code(large), 1009);
    RawSocket broken(server.url());
    ASSERT_TRUE(broken.send(upgrade_text("")));
    (void)broken.read_until("\r\n\r\n");
    ASSERT_TRUE(broken.send(frame(0x81, "\xff\xff")));
    EXPECT_NE(broken.read_to_end().value_or("").find("\x03\xef"), std::string::npos);
}

TEST(SessionWebsocket, TakesLargerMessagesAfterLogIn) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("open"));
    ASSERT_TRUE(client.send("echo " + std::string(200'000, 'x')));
    EXPECT_EQ(client.receive(patience).value_or("").size(), 200'000U);
}

TEST(SessionWebsocket, TakesALargerMessageRightAfterALogInThatTookTime) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("open later"));
    EXPECT_EQ(client.receive(patience), "opened");
    ASSERT_TRUE(client.send("echo " + std::string(200'000, 'x')));
    EXPECT_EQ(client.receive(patience).value_or("").size(), 200'000U);
}

TEST(SessionWebsocket, SendsWhatIsPendingBeforeItCloses) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("close 4003"));
    EXPECT_EQ(client.receive(patience), "closing");
    EXPECT_EQ(close_code(client), 4003);
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
}

TEST(SessionWebsocket, SaysTryAgainLaterWhenNobodyCouldCheckTheToken) {
    TestServer server;
    WebsocketClient::Options options;
    options.token = "full";
    WebsocketClient client = connected(server, options);
    EXPECT_EQ(close_code(client), 1013);
}

TEST(SessionWebsocket, AnswersTheClientsClose) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("echo 1"));
    EXPECT_EQ(client.receive(patience), "1");
    client.close();
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
}

TEST(SessionWebsocket, PingsAndEndsASilentPeer) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upgrade_text("")));
    (void)socket.read_until("\r\n\r\n");
    const std::string bytes = socket.read_to_end().value_or("");
    EXPECT_NE(bytes.find(std::string("\x89\x00", 2)), std::string::npos);
    EXPECT_NE(bytes.find("\x10\x0c"), std::string::npos) << "close 4108";
}

TEST(SessionWebsocket, EndsAPeerThatDoesNotReadAndLetsOthersGoOn) {
    TestServer server([](HttpServerOptions& options) {
        options.threads = 1;
        options.limits.send_buffer_bytes = 8192;
    });
    WebsocketClient::Options slow_options;
    slow_options.receive_buffer_bytes = 4096;
    WebsocketClient slow = connected(server, slow_options);
    ASSERT_TRUE(slow.send("flood"));
    WebsocketClient quick = connected(server);
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(quick.send("echo " + std::to_string(i)));
        EXPECT_EQ(quick.receive(patience), std::to_string(i));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(1500));
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 1; }));
    EXPECT_NE(server.metrics().text().find("duban_websocket_closes_total{code=\"4109\"} 1"),
              std::string::npos);
}

TEST(SessionWebsocket, LetsAPeerLiveThatReadsSlowly) {
    TestServer server([](HttpServerOptions& options) { options.limits.send_buffer_bytes = 8192; });
    RawSocket slow(server.url(), 8192);
    ASSERT_TRUE(slow.send(upgrade_text("")));
    (void)slow.read_until("\r\n\r\n");
    constexpr std::size_t bytes = 120'000;
    ASSERT_TRUE(slow.send(frame(0x81, "big " + std::to_string(bytes))));
    // The whole takes more than twice the write deadline.
    std::size_t taken = 0;
    for (int i = 0; i < 200 && taken < bytes; ++i) {
        std::this_thread::sleep_for(milliseconds(50));
        const std::size_t some = slow.read_some(4096).size();
        ASSERT_GT(some, 0U) << "closed after " << taken << " bytes";
        taken += some;
    }
    EXPECT_GE(taken, bytes);
    EXPECT_EQ(server.port().peers_open, 1);
}

TEST(SessionWebsocket, EndsAPeerThatTakesTooLongForAMessageThoughItReads) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.write_bytes_per_s_min = 1 << 30;
        options.limits.send_buffer_bytes = 16 * 1024;
    });
    RawSocket slow(server.url(), 8192);
    ASSERT_TRUE(slow.send(upgrade_text("")));
    (void)slow.read_until("\r\n\r\n");
    ASSERT_TRUE(slow.send(frame(0x81, "big 8000000")));
    for (int i = 0; i < 400 && server.port().peers_open > 0; ++i) {
        std::this_thread::sleep_for(milliseconds(50));
        (void)slow.read_some(4096);
    }
    EXPECT_EQ(server.port().peers_open, 0);
}

TEST(SessionWebsocket, ReadsNoFasterThanTheBudgetAndLosesNothing) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.inbound_bytes_per_s = 10'000;
        options.limits.inbound_burst_bytes = 1'000;
    });
    WebsocketClient client = connected(server);
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(client.send("echo " + std::to_string(i) + std::string(900, 'x')));
    }
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(client.receive(patience).value_or("").substr(0, 1), std::to_string(i));
    }
    // One more than the burst has to come after 4500 - 1000 bytes were made up, less the last read.
    ASSERT_TRUE(client.send("echo end"));
    EXPECT_EQ(client.receive(patience), "end");
    EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(300));
}

TEST(SessionWebsocket, EndsWithAnInternalErrorWhateverAHandlerThrows) {
    TestServer server([](HttpServerOptions& options) { options.threads = 1; });
    for (const char* message : {"throw", "throw output", "fail ticks"}) {
        WebsocketClient client = connected(server);
        ASSERT_TRUE(client.send(message));
        EXPECT_EQ(close_code(client), 1011) << message;
    }
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
}

TEST(SessionWebsocket, FailingTicksEndTheirOwnConnectionAlone) {
    TestServer server([](HttpServerOptions& options) { options.threads = 1; });
    WebsocketClient failing = connected(server);
    ASSERT_TRUE(failing.send("fail ticks"));
    EXPECT_TRUE(eventually([&] { return server.port().peers_open == 0; }));
    RawSocket idle(server.url());
    ASSERT_TRUE(idle.send("GET / HT"));
    EXPECT_TRUE(idle.read_to_end()) << "deadlines still hold";
    EXPECT_TRUE(eventually([&] {
        return server.metrics().text().find("duban_connections{transport=\"http\"} 0") !=
               std::string::npos;
    }));
}

TEST(SessionWebsocket, SurvivesAPeerThatVanishes) {
    TestServer server;
    for (int i = 0; i < 20; ++i) {
        RawSocket socket(server.url());
        ASSERT_TRUE(socket.send(upgrade_text("")));
        if (i % 2 == 0) (void)socket.read_until("\r\n\r\n");
        (void)socket.send(frame(0x01, "echo "));
    }
    EXPECT_TRUE(eventually([&] {
        return server.metrics().text().find("duban_connections{transport=\"websocket\"} 0") !=
               std::string::npos;
    }));
}

TEST(SessionWebsocket, DrainTellsAndCloses) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("echo 1"));
    EXPECT_EQ(client.receive(patience), "1");
    std::thread stopper([&server] { server.stop(); });
    EXPECT_EQ(client.receive(patience), "draining");
    EXPECT_EQ(close_code(client), 1012);
    stopper.join();
    EXPECT_EQ(server.port().peers_open, 0);
}

TEST(SessionWebsocket, DrainAnswersTheCallsInFlightBeforeItCloses) {
    TestServer server;
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("wait"));
    ASSERT_TRUE(client.send("echo 1"));
    EXPECT_EQ(client.receive(patience), "1");
    std::thread stopper([&server] { server.stop(); });
    EXPECT_EQ(client.receive(patience), "draining");
    EXPECT_FALSE(client.receive(milliseconds(500))) << "longer than the notice";
    EXPECT_FALSE(client.closed());
    server.port().answer_waiting();
    EXPECT_EQ(client.receive(patience), "late");
    EXPECT_EQ(close_code(client), 1012);
    stopper.join();
}

TEST(SessionWebsocket, DrainWaitsForCallsNoLongerThanItsDeadline) {
    TestServer server([](HttpServerOptions& options) {
        options.deadlines.drain_calls = milliseconds(300);
        options.drain_max = std::chrono::seconds(60);
    });
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("wait"));
    ASSERT_TRUE(client.send("echo 1"));
    EXPECT_EQ(client.receive(patience), "1");
    std::thread stopper([&server] { server.stop(); });
    EXPECT_EQ(client.receive(patience), "draining");
    EXPECT_EQ(close_code(client), 1012);
    stopper.join();
}

TEST(SessionWebsocket, DrainClosesBetweenTwoFramesOfEndlessOutput) {
    TestServer server(
        [](HttpServerOptions& options) { options.drain_max = std::chrono::seconds(60); });
    WebsocketClient client = connected(server);
    ASSERT_TRUE(client.send("flood"));
    EXPECT_TRUE(client.receive(patience));
    std::thread stopper([&server] { server.stop(); });
    EXPECT_EQ(close_code(client), 1012);
    stopper.join();
}

TEST(SessionWebsocket, StopsInTimeThoughPeersDoNotAnswer) {
    TestServer server;
    RawSocket silent(server.url());
    ASSERT_TRUE(silent.send(upgrade_text("")));
    (void)silent.read_until("\r\n\r\n");
    const auto begun = std::chrono::steady_clock::now();
    server.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(2500));
    EXPECT_EQ(server.port().peers_open, 0);
}

}  // namespace
}  // namespace duban
