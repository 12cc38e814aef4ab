#include "server/io/bound_port.h"

#include <gtest/gtest.h>

#include "tests/server/test_server.h"

namespace duban {
namespace {

TEST(BoundPort, IsTakenFromTheMomentOnAndGivenBack) {
    std::uint16_t number = 0;
    {
        const auto port = BoundPort::listen("127.0.0.1", 0);
        ASSERT_TRUE(port) << port.error().detail;
        number = port->port();
        EXPECT_GT(number, 0);
        const auto second = BoundPort::listen("127.0.0.1", number);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, Errc::invalid_argument);
        EXPECT_NE(second.error().detail.find(std::to_string(number)), std::string::npos);
    }
    EXPECT_TRUE(BoundPort::listen("127.0.0.1", number));
}

TEST(BoundPort, TakesNumericAddressesOnly) {
    for (const char* host : {"localhost", "", "127.0.0.1:80", "999.1.1.1", "office.example"}) {
        const auto port = BoundPort::listen(host, 0);
        ASSERT_FALSE(port) << host;
        EXPECT_EQ(port.error().field, "host");
        EXPECT_NE(port.error().detail.find("127.0.0.1"), std::string::npos) << "says what to give";
    }
}

TEST(BoundPort, LetsThoseWaitWhoConnectBeforeItIsServed) {
    TestServer other;  // whose parts are borrowed
    auto port = BoundPort::listen("127.0.0.1", 0);
    ASSERT_TRUE(port);
    const ServerUrl url{"127.0.0.1", std::to_string(port->port())};
    RawSocket early(url);
    ASSERT_TRUE(early.send(request_text("GET /healthz")));
    SystemClock clock;
    OpenBlobAccess access(other.blobs());
    HttpServer server(ServerParts{other.port(),
                                  other.blobs(),
                                  access,
                                  clock,
                                  other.metrics(),
                                  [](const std::function<void()>&) { return false; },
                                  {}},
                      HttpServerOptions{});
    ASSERT_TRUE(server.start(std::move(*port)));
    EXPECT_EQ(server.port(), std::stoi(url.port));
    EXPECT_EQ(early.read_answer().compare(0, 12, "HTTP/1.1 200"), 0);
    server.stop();
}

}  // namespace
}  // namespace duban
