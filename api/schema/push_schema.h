// The notifications that the server sends: names, summaries and the schemas of their params.
// Thread-safety: immutable values.
#pragma once

#include <string>
#include <vector>

#include "api/schema/schema.h"

namespace duban {

struct PushMessage {
    std::string method;
    std::string summary;
    Schema params;
};

// Ordered by name.
[[nodiscard]] const std::vector<PushMessage>& push_messages();

}  // namespace duban
