// Dispatcher: answers JSON-RPC 2.0 calls: parses, validates by the method's schema, checks who
// asks, waits for at_least, runs the query or submits the command, and encodes the answer. Every
// request gets exactly one answer. Methods that belong to a connection (session.*, sub.*) are
// handled by Connection; the registry describes them all the same. Thread-safety: safe for
// concurrent use. Non-blocking: blocking work goes to run_blocking.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "api/rpc/context.h"
#include "domain/directory/access.h"

namespace duban {

// Who asks. Rights are computed anew from the directory for every call, row and event.
struct Caller {
    PersonId person;      // empty: not logged in
    std::string session;  // id of the stored session
    std::string token_hash;
    Timestamp expires;
    std::string remote;            // address, for the access log
    std::optional<Error> refused;  // why the token that came with the call was not taken
    SessionLifePtr life;           // of the session, when there is one
    std::uint64_t connection = 0;  // number of the WebSocket that it came over
};

// Who is charged for what is kept for the caller.
[[nodiscard]] MessageBudget::Owner owner_of(const Caller& caller);

// `text` is one JSON-RPC answer (an object, or an array for a batch); empty for a notification.
// `http_status` is meant for POST /rpc.
struct RpcAnswer {
    std::string text;
    int http_status = 200;
    MessageBudget::Share held = {};  // until the text is written
};
using AnswerDone = std::function<void(RpcAnswer)>;  // called once, on any thread
// Charges the caller for the calls of a batch after the first. Milliseconds until they would be
// taken; 0 when they are.
using ChargeCalls = std::function<std::uint64_t(std::uint32_t calls)>;

class Dispatcher {
public:
    explicit Dispatcher(ApiContext& context) : context_(context) {}

    // A whole request body: one call or a batch (batches over HTTP only, in order, one answer
    // each). `charge` is asked before a batch of several calls begins; a batch that has to wait is
    // answered as a whole and none of its calls runs. Once the answers of a batch are larger than
    // batch_answer_bytes_soft the rest of its calls is answered too_large and not run.
    void handle_body(std::string body, Caller caller, const ChargeCalls& charge, AnswerDone done);
    // One parsed call. The shape of the envelope is checked here too.
    void handle_call(nlohmann::json call, Caller caller, AnswerDone done);

    // The caller of a bearer token. Errors: unauthenticated, token_expired, storage_failed.
    // The caller's life is watched since before the look-up. Blocking: reads the database.
    [[nodiscard]] Result<Caller> authenticate(const std::string& token, std::string remote) const;

private:
    void take_body(const std::string& body, Caller caller, const ChargeCalls& charge,
                   const AnswerDone& done);
    void take_batch(nlohmann::json calls, Caller caller, const ChargeCalls& charge,
                    const AnswerDone& done);
    void take_call(nlohmann::json call, Caller caller, AnswerDone done);

    ApiContext& context_;
};

// What a request takes in memory once it is read, for each of its bytes, about.
inline constexpr std::size_t request_growth = 8;
// The place of a request until it is answered. Errors: rate_limited, overloaded.
[[nodiscard]] Result<MessageBudget::Share> keep_request(ApiContext& context, const Caller& caller,
                                                        std::size_t bytes);

// The whole answer text for an error. `id` is the call's id or null.
[[nodiscard]] RpcAnswer error_answer(const nlohmann::json& id, const Error& error);
[[nodiscard]] RpcAnswer result_answer(const nlohmann::json& id, const nlohmann::json& result);

}  // namespace duban
