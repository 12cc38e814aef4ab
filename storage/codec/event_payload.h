// The payload of an event as the `data` attribute of its bytes.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/base/event.h"
#include "domain/base/result.h"

namespace duban {

[[nodiscard]] nlohmann::json payload_json(const Event& event);

// Errors: unsupported (a type or version that this build does not know; the detail names both),
// corrupt.
[[nodiscard]] Result<Event> parse_payload(const std::string& type, std::int64_t version,
                                          const nlohmann::json& data);

}  // namespace duban
