// ServerContext: what the listener, the workers and the sessions work with. Built by HttpServer,
// outlives them all.
// Thread-safety: every member is safe for concurrent use or immutable.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/rpc/context.h"
#include "commit/clock.h"
#include "server/http/rpc_port.h"
#include "server/http/rpc_rates.h"
#include "server/http/web_files.h"
#include "server/io/connection_gate.h"
#include "server/ops/metrics.h"
#include "storage/beside/blob_store.h"

namespace duban {

struct TransportDeadlines {
    std::chrono::milliseconds header{10'000};       // from the first byte of a request head
    std::chrono::milliseconds body{15'000};         // without progress
    std::chrono::milliseconds work{60'000};         // until a request that was read is answered
    std::chrono::milliseconds write{15'000};        // without progress; see also below
    std::chrono::milliseconds keep_alive{75'000};   // between two requests
    std::chrono::milliseconds close{2'000};         // closing handshake, or the peer's half-close
    std::chrono::milliseconds ping{20'000};         // WebSocket: pause between pings
    std::chrono::milliseconds silence{60'000};      // WebSocket: without anything from the peer
    std::chrono::milliseconds drain_notice{1'000};  // from session.drain to the close
    std::chrono::milliseconds drain_calls{10'000};  // from then on, while calls are in flight
};

struct TransportLimits {
    std::uint64_t rpc_body_bytes_max = 256 * 1024;
    std::uint64_t blob_bytes_max = blob_bytes_max_default;
    std::size_t connections_max = 20'000;
    std::size_t unauthenticated_per_address_max = 50;
    std::uint32_t requests_per_connection_max = 10'000;
    // Calls over /rpc of one person, and of one address without a session.
    std::uint32_t rpc_per_s = ApiLimits{}.calls_per_s;
    std::uint32_t rpc_burst = ApiLimits{}.calls_burst;
    // Of one WebSocket; what comes faster is read later.
    std::uint32_t inbound_bytes_per_s = ApiLimits{}.inbound_bytes_per_s;
    std::uint32_t inbound_burst_bytes = ApiLimits{}.inbound_bytes_per_s;
    // What is written has TransportDeadlines::write and its size at this rate to be taken in.
    std::uint32_t write_bytes_per_s_min = 16 * 1024;
    int send_buffer_bytes = 0;  // of a socket; 0 leaves it to the system
};

// A blob that may be read, and what a report that the reader sees calls it; "" when none names it.
struct ReadableBlob {
    BlobInfo info;
    std::string name;
};

// Bringing and reading a blob: whether that person may, and the record that he did.
class BlobAccess {
public:
    virtual ~BlobAccess() = default;
    // Errors: unauthenticated, forbidden, storage_failed. Blocking.
    [[nodiscard]] virtual Status may_upload(const Caller& caller) = 0;
    // The blob's description and name. Errors: not_found, also for a person who may not read it;
    // storage_failed. Blocking.
    [[nodiscard]] virtual Result<ReadableBlob> open(const Digest& digest, const Caller& caller) = 0;
};

// The log as published: checkpoint, tiles and entries under /tlog/ (C2SP tlog-tiles).
class LogFiles {
public:
    virtual ~LogFiles() = default;
    // `path` as behind /tlog/. Errors: not_found (no such file in the newest checkpoint),
    // forbidden, corrupt, storage_failed. Blocking.
    [[nodiscard]] virtual Result<std::string> read(const std::string& path,
                                                   const Caller& caller) = 0;
};

// Until what has so many bytes must be written, from now on.
[[nodiscard]] inline std::chrono::milliseconds write_time(const TransportDeadlines& deadlines,
                                                          const TransportLimits& limits,
                                                          std::size_t bytes) {
    return deadlines.write + std::chrono::milliseconds(bytes * 1000 / limits.write_bytes_per_s_min);
}

struct ServerContext {
    RpcPort& rpc;
    BlobStore& blobs;
    BlobAccess& blob_access;
    const Clock& clock;
    Metrics& metrics;
    ConnectionGate& gate;
    RpcRates& rpc_rates;
    MessageBudget& messages;
    std::function<bool(std::function<void()>)> run_blocking;
    LogFiles* log_files;               // nullptr: there is nothing under /tlog/
    std::vector<std::string> origins;  // empty: the server's own host
    TransportDeadlines deadlines;
    TransportLimits limits;
    std::shared_ptr<const WebFiles> web;
    std::atomic<bool> ready{false};
};

}  // namespace duban
