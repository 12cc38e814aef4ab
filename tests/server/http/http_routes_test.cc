#include "server/http/http_routes.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "server/io/blocking_pool.h"
#include "server/io/connection_gate.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

TEST(HttpRoutes, KnowsPathsExactly) {
    EXPECT_EQ(match_endpoint("GET", "/").endpoint, Endpoint::status_page);
    EXPECT_EQ(match_endpoint("POST", "/rpc?x").endpoint, Endpoint::rpc);
    EXPECT_EQ(match_endpoint("GET", "/rpc").endpoint, Endpoint::wrong_method);
    EXPECT_EQ(match_endpoint("GE", "/").endpoint, Endpoint::wrong_method);
    EXPECT_EQ(match_endpoint("GET", "/rpc/").endpoint, Endpoint::not_found);
    EXPECT_EQ(match_endpoint("GET", "//").endpoint, Endpoint::not_found);
    const std::string digest = digest_of("x").value;
    EXPECT_EQ(match_endpoint("GET", "/blobs/" + digest + "?name=a").digest, digest);
    EXPECT_EQ(match_endpoint("GET", "/blobs/" + digest + "0").endpoint, Endpoint::not_found);
}

TEST(HttpResponse, KeepsFieldsOnTheirLine) {
    HttpResponse response;
    response.fields.emplace_back("X-A", "b\r\nX-Evil: c");
    const std::string head = response_head(response, Framing{});
    EXPECT_NE(head.find("X-A: bX-Evil: c\r\n"), std::string::npos);
}

TEST(HttpResponse, WritesDatesAsHttpDoes) {
    EXPECT_EQ(http_date(*parse_timestamp("2026-09-01T10:00:00.123Z")),
              "Tue, 01 Sep 2026 10:00:00 GMT");
}

TEST(ConnectionGate, CountsUntilTheyLeaveOrLogIn) {
    ConnectionGate gate(3, 2);
    auto first = gate.enter("a");
    auto second = gate.enter("a");
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(gate.enter("a"));
    first->authenticated();
    auto third = gate.enter("a");
    EXPECT_TRUE(third);
    EXPECT_FALSE(gate.enter("b")) << "no place at all";
    second.reset();
    EXPECT_EQ(gate.open(), 2U);
    EXPECT_TRUE(gate.enter("b"));
}

TEST(BlockingPool, RefusesWhenFullAndFinishesWhatItTook) {
    BlockingPool pool(1, 2);
    std::promise<void> release;
    auto released = release.get_future().share();
    std::promise<void> started;
    std::atomic<int> done{0};
    ASSERT_TRUE(pool.run([&, released] {
        started.set_value();
        released.wait();
        ++done;
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.run([&] { ++done; }));
    EXPECT_TRUE(pool.run([&] {
        ++done;
        throw std::runtime_error("work may fail");
    }));
    EXPECT_FALSE(pool.run([&] { ++done; }));
    release.set_value();
    pool.stop();
    EXPECT_EQ(done, 3);
    EXPECT_FALSE(pool.run([] {}));
}

}  // namespace
}  // namespace duban
