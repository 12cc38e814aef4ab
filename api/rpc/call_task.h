// A call on its way: checks, waiting, work and answer, after its envelope was found sound.
// Thread-safety: safe for concurrent use. Non-blocking: blocking work goes to run_blocking.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/rpc/dispatcher.h"
#include "api/rpc/method.h"

namespace duban {

// Log-in, schema, then what the method's kind asks for. `done` is called once.
void start_call(ApiContext& context, const Method& method, nlohmann::json id, nlohmann::json params,
                Caller caller, AnswerDone done);

}  // namespace duban
