// ApiContext: what the methods work with. Built by main(), outlives every connection.
// Thread-safety: every member is safe for concurrent use.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "api/guard/login_guard.h"
#include "api/guard/message_budget.h"
#include "api/guard/password_cost.h"
#include "api/guard/refusal_budget.h"
#include "api/guard/session_book.h"
#include "api/stream/session_count.h"
#include "commit/clock.h"
#include "commit/command_sink.h"
#include "commit/durable_head.h"
#include "commit/event_ring.h"
#include "storage/beside/blob_store.h"
#include "storage/rocks/database.h"

namespace duban {

class Checkpointer;

// Limits that are announced in session.open; docs/ARCHITECTURE.md has the table.
struct ApiLimits {
    std::size_t message_bytes_max = 256 * 1024;
    std::size_t message_bytes_unauthenticated_max = 4 * 1024;
    std::size_t frame_bytes_soft = 64 * 1024;  // of an outgoing events frame
    std::size_t subscriptions_max = 64;        // per session
    std::size_t calls_in_flight_max = 32;      // per session
    std::size_t sessions_max = 20;             // WebSocket sessions of one person
    std::uint32_t calls_per_s = 100;
    std::uint32_t calls_burst = 200;
    std::uint32_t inbound_bytes_per_s = 2 * 1024 * 1024;    // of a WebSocket
    std::size_t batch_calls_max = 50;                       // in one POST /rpc
    std::size_t answer_bytes_max = 16 * 1024 * 1024;        // of one call
    std::size_t batch_answer_bytes_soft = 4 * 1024 * 1024;  // then no further call of it is begun
    std::size_t page_bytes_soft = 1024 * 1024;              // then a page of documents ends
    std::uint32_t list_limit_default = 50;
    std::uint32_t list_limit_max = 500;
    std::chrono::milliseconds at_least_wait{2000};
    std::chrono::milliseconds call_wait{10'000};  // for a pool thread, until the call is given up
    std::chrono::milliseconds heartbeat{20000};
    std::chrono::milliseconds session_open_wait{5000};
    std::chrono::hours session_life{12};
    std::uint64_t blob_bytes_max = blob_bytes_max_default;
};

struct ApiContext {
    Database& database;
    BlobStore& blobs;
    CommandSink& commands;
    EventRing& ring;
    DurableHead& head;
    const Clock& clock;
    IdSource& ids;
    // Runs work that may wait for the disk or costs CPU on a pool thread. False when the pool's
    // bounded queue is full (the caller answers overloaded).
    std::function<bool(std::function<void()>)> run_blocking;
    ApiLimits limits;
    std::string node = "n1";
    std::shared_ptr<LoginGuard> logins = std::make_shared<LoginGuard>();
    std::shared_ptr<SessionBook> session_book = std::make_shared<SessionBook>();
    std::shared_ptr<SessionCount> sessions = std::make_shared<SessionCount>();
    std::shared_ptr<MessageBudget> messages = std::make_shared<MessageBudget>();
    std::shared_ptr<RefusalBudget> refusals = std::make_shared<RefusalBudget>();
    // As run_blocking, for password hashing: few threads, so that log-ins hold up no question.
    // Empty: run_blocking does that too.
    std::function<bool(std::function<void()>)> run_hashing = {};
    PasswordCost password_cost = {};  // of passwords that are set from now on
    // Who signs for the log; nullptr: what was signed before is what there is.
    Checkpointer* checkpoints = nullptr;
};

}  // namespace duban
