// ApiBench: the API above a TestNode, without sockets. Pool work runs at once on the calling
// thread. Every answer is checked against the result schema of its method. Thread-safety: one
// thread at a time.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "api/rpc/dispatcher.h"
#include "tests/support/test_node.h"

namespace duban {

// As ChargeCalls.
inline std::uint64_t free_of_charge(std::uint32_t /*calls*/) {
    return 0;
}

class ApiBench {
public:
    // With the office, the route and the plan "p" of TestNode::set_up_office.
    ApiBench();
    explicit ApiBench(ApiLimits limits);

    // The whole answer, {"result":…} or {"error":…}. Commands get a command_id when they have none.
    nlohmann::json call(const std::string& person, const std::string& method,
                        nlohmann::json params = nlohmann::json::object());
    // The result; a failed expectation when it is an error.
    nlohmann::json ask(const std::string& person, const std::string& method,
                       nlohmann::json params = nlohmann::json::object());
    // "kind", or "kind:rule" for a rule of the domain, or "kind:field" for params; "" for success.
    std::string refusal(const std::string& person, const std::string& method,
                        nlohmann::json params = nlohmann::json::object());
    // What POST /rpc would answer to that body.
    RpcAnswer post(const std::string& body, const Caller& caller,
                   const ChargeCalls& charge = free_of_charge);
    [[nodiscard]] Caller caller(const std::string& person) const;

    // A session of that person, without the cost of a password.
    std::string token(const std::string& person,
                      std::chrono::milliseconds life = std::chrono::hours(12));
    // A file that the person has uploaded.
    std::string upload(const std::string& person, const std::string& text);
    std::string new_command_id();

    // Task p/1: issued, signed for by both units; then a report of jtj.
    void issue_and_sign();
    nlohmann::json submit_report();
    // A decision on the newest revision of an approval.
    nlohmann::json decide(const std::string& person, const std::string& act,
                          const std::string& approval, const std::string& opinion = "同意");

    [[nodiscard]] TestNode& node() { return node_; }
    [[nodiscard]] ApiContext& context() { return context_; }
    [[nodiscard]] Dispatcher& dispatcher() { return dispatcher_; }

private:
    TestDisk disk_;
    TestNode node_;
    BlobStore blobs_;
    ApiContext context_;
    Dispatcher dispatcher_;
    int made_ = 0;
};

// Fails the test when the result does not fit what the method publishes.
void expect_valid_result(const std::string& method, const nlohmann::json& result);

}  // namespace duban
