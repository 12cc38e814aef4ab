// Metrics: what the server counts and measures, as Prometheus text.
// Names no person, task or token: labels are routes, statuses and error kinds only.
// Thread-safety: safe for concurrent use. Non-blocking but for a short lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace duban {

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    enum class Transport { http, websocket };
    void connection_opened(Transport transport);
    void connection_closed(Transport transport);
    void connection_refused();
    void websocket_closed(std::uint16_t code);
    void request(const char* route, int status);

    // "ok", "duplicate" or the kind of the error.
    void command(const std::string& result);
    // One commit of the log: its events and how long it took to make it durable.
    void batch(std::size_t events, double sync_seconds);
    void blob_received(std::uint64_t bytes);
    void blob_sent(std::uint64_t bytes);
    // Asked for the number of unreadable rows whenever the metrics are. Before the first text().
    void watch_unreadable_rows(std::function<std::uint64_t()> count);

    [[nodiscard]] std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
