// WireClient: the far end of a Connection without a socket. What the connection posts is kept until
// pump(), as on the connection's own thread.
// Thread-safety: one thread at a time; posts may come from any thread.
#pragma once

#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/stream/connection.h"
#include "tests/api/api_bench.h"

namespace duban {

class WireClient {
public:
    explicit WireClient(ApiBench& bench);
    // On another context than the bench's own, for instance with another ring.
    WireClient(ApiBench& bench, ApiContext& context, Dispatcher& dispatcher);
    ~WireClient();

    // Opens a session for that person and waits for the answer.
    void open(const std::string& person);
    // Sends a call and waits for its answer; other messages are kept in pushed().
    nlohmann::json call(const std::string& method, nlohmann::json params);
    void send(const std::string& text);
    nlohmann::json open_sub(const std::string& sub, const nlohmann::json& start,
                            const nlohmann::json& filter = nlohmann::json::object());

    // Runs posted work and takes all output, checking every push against its published schema.
    void pump();
    // Takes output message by message until there is none, at most `count`.
    void take(std::size_t count);
    // Runs posted work without taking output.
    void run_posted();
    // Passes time and lets the connection see it.
    void pass(std::chrono::milliseconds time);

    // Taken since the last call.
    std::vector<nlohmann::json> pushed(const std::string& method);
    // The positions of all events of that subscription so far; fails the test at a gap.
    [[nodiscard]] const std::vector<std::uint64_t>& positions(const std::string& sub);
    [[nodiscard]] std::string cursor(const std::string& sub) { return cursors_[sub]; }

    [[nodiscard]] Connection& connection() { return *connection_; }
    [[nodiscard]] std::optional<CloseCode> closed() const { return closed_; }
    // Answers by call id, and those without one.
    [[nodiscard]] const std::map<int, nlohmann::json>& answers() const { return answers_; }
    [[nodiscard]] const std::vector<nlohmann::json>& faults() const { return faults_; }

private:
    void receive(const std::string& text);
    void follow(const nlohmann::json& message);

    ApiBench& bench_;
    std::mutex mutex_;
    std::deque<std::function<void()>> posted_;
    std::shared_ptr<Connection> connection_;
    std::optional<CloseCode> closed_;
    int calls_ = 0;
    std::vector<nlohmann::json> pushed_;
    std::map<int, nlohmann::json> answers_;
    std::vector<nlohmann::json> faults_;
    std::map<std::string, std::string> cursors_;
    std::map<std::string, std::vector<std::uint64_t>> positions_;
};

}  // namespace duban
