// The JSON-RPC 2.0 envelope: what a call consists of, and the errors of the protocol itself.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/rpc/dispatcher.h"
#include "storage/log/outcome.h"

namespace duban {

// The reasons that JSON-RPC itself knows; all other errors travel as Error.
enum class RpcFault { parse_error = -32700, invalid_request = -32600, method_not_found = -32601 };

// `field` names the offending member of the envelope, or "".
[[nodiscard]] RpcAnswer fault_answer(const nlohmann::json& id, RpcFault fault,
                                     const std::string& message, const std::string& field = {});

// The call's id for the answer: null when it is absent or of the wrong form.
[[nodiscard]] nlohmann::json call_id(const nlohmann::json& call);
[[nodiscard]] bool is_notification(const nlohmann::json& call);

// Checks jsonrpc, id, method and the member names. Errors: invalid_argument with field.
[[nodiscard]] Status check_envelope(const nlohmann::json& call);
// params, an empty object when absent.
[[nodiscard]] nlohmann::json call_params(const nlohmann::json& call);

// The answer to a call over which something was thrown.
[[nodiscard]] RpcAnswer internal_answer(const nlohmann::json& id, const char* what);

// The answer to a command that was decided.
[[nodiscard]] RpcAnswer outcome_answer(const nlohmann::json& id, const Outcome& outcome,
                                       bool duplicate);

}  // namespace duban
