// http_routes: which request means what, and the answers that need neither disk nor caller.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/http_response.h"

namespace duban {

enum class Endpoint {
    status_page,
    health,
    ready,
    metrics,
    openrpc,
    asyncapi,
    rpc,
    blob_upload,
    blob_download,
    websocket,
    not_found,
    wrong_method,
};

struct EndpointMatch {
    Endpoint endpoint = Endpoint::not_found;
    std::string_view allow;  // wrong_method: what would be taken
    std::string digest;      // blob_download
};

// `target` may carry a query, which no route looks at.
[[nodiscard]] EndpointMatch match_endpoint(std::string_view method, std::string_view target);

[[nodiscard]] const char* to_string(Endpoint endpoint);

// The page at "/": what this is and where to go on.
[[nodiscard]] HttpResponse status_page();

}  // namespace duban
