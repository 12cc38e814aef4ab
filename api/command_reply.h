// The stored answer of a command: canonical JSON, {"result":…} or {"error":…}.
// Thread-safety: safe for concurrent use.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/result.h"
#include "storage/event_record.h"

namespace duban {

// `position` is that of the last event, or the last durable one when there is none; `version` that
// of the command's stream afterwards. Names what the events made: task, report, approval, plan,
// route.
[[nodiscard]] std::string success_reply(const std::vector<EventRecord>& events, Position position,
                                        std::uint64_t version);
[[nodiscard]] std::string refusal_reply(const Error& error);
// The same reply with "duplicate":true in its result.
[[nodiscard]] std::string duplicate_reply(const std::string& reply);

}  // namespace duban
