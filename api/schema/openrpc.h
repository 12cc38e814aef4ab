// The published description of the API, made from the schemas that requests are checked with.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string>

namespace duban {

// The OpenRPC 1.x document as JSON text.
[[nodiscard]] const std::string& openrpc_document();
// The AsyncAPI 3 document of the WebSocket channel as JSON text.
[[nodiscard]] const std::string& asyncapi_document();

}  // namespace duban
