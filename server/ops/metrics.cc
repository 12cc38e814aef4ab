#include "server/ops/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <utility>

namespace duban {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

const Histogram::BucketBoundaries event_buckets = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024};
const Histogram::BucketBoundaries second_buckets = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                    0.01,   0.025,   0.05,   0.1,   0.25,   1};

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
    prometheus::Family<Gauge>& connections =
        BuildGauge().Name("duban_connections").Help("Open connections").Register(registry);
    Gauge& http = connections.Add({{"transport", "http"}});
    Gauge& websocket = connections.Add({{"transport", "websocket"}});
    Counter& refused = BuildCounter()
                           .Name("duban_connections_refused_total")
                           .Help("Connections closed at once because of a limit")
                           .Register(registry)
                           .Add({});
    prometheus::Family<Counter>& closes =
        BuildCounter()
            .Name("duban_websocket_closes_total")
            .Help("WebSocket connections ended by the server, by close code")
            .Register(registry);
    prometheus::Family<Counter>& requests = BuildCounter()
                                                .Name("duban_http_requests_total")
                                                .Help("Answered HTTP requests")
                                                .Register(registry);
    prometheus::Family<Counter>& commands =
        BuildCounter()
            .Name("duban_commands_total")
            .Help("Commands by their result: ok, duplicate or error kind")
            .Register(registry);
    Histogram& batch_events = BuildHistogram()
                                  .Name("duban_batch_events")
                                  .Help("Events in one commit of the log")
                                  .Register(registry)
                                  .Add({}, event_buckets);
    Histogram& sync_seconds = BuildHistogram()
                                  .Name("duban_batch_sync_seconds")
                                  .Help("Time until a commit of the log is durable")
                                  .Register(registry)
                                  .Add({}, second_buckets);
    prometheus::Family<Counter>& blob_bytes = BuildCounter()
                                                  .Name("duban_blob_bytes_total")
                                                  .Help("Bytes of evidence by direction")
                                                  .Register(registry);
    Counter& received = blob_bytes.Add({{"direction", "received"}});
    Counter& sent = blob_bytes.Add({{"direction", "sent"}});

    Gauge& unreadable_rows =
        BuildGauge()
            .Name("duban_unreadable_rows")
            .Help("Rows of views and timers that were met and could not be read; run duban rebuild")
            .Register(registry)
            .Add({});
    std::function<std::uint64_t()> count_unreadable_rows;

    Gauge& gauge(Transport transport) { return transport == Transport::http ? http : websocket; }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::connection_opened(Transport transport) {
    state_->gauge(transport).Increment();
}
void Metrics::connection_closed(Transport transport) {
    state_->gauge(transport).Decrement();
}
void Metrics::connection_refused() {
    state_->refused.Increment();
}

void Metrics::websocket_closed(std::uint16_t code) {
    state_->closes.Add({{"code", std::to_string(code)}}).Increment();
}

void Metrics::request(const char* route, int status) {
    state_->requests.Add({{"route", route}, {"status", std::to_string(status)}}).Increment();
}

void Metrics::command(const std::string& result) {
    state_->commands.Add({{"result", result}}).Increment();
}

void Metrics::batch(std::size_t events, double sync_seconds) {
    state_->batch_events.Observe(static_cast<double>(events));
    state_->sync_seconds.Observe(sync_seconds);
}

void Metrics::blob_received(std::uint64_t bytes) {
    state_->received.Increment(static_cast<double>(bytes));
}

void Metrics::blob_sent(std::uint64_t bytes) {
    state_->sent.Increment(static_cast<double>(bytes));
}

void Metrics::watch_unreadable_rows(std::function<std::uint64_t()> count) {
    state_->count_unreadable_rows = std::move(count);
}

std::string Metrics::text() const {
    if (state_->count_unreadable_rows) {
        state_->unreadable_rows.Set(static_cast<double>(state_->count_unreadable_rows()));
    }
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace duban
