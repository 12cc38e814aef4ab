// http_routes: which request means what, and the answers that need neither disk nor caller.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/http_response.h"
#include "server/http/web_files.h"

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
    log_file,
    page_login,
    page_logout,
    web_file,
    websocket,
    not_found,
    wrong_method,
};

struct EndpointMatch {
    Endpoint endpoint = Endpoint::not_found;
    std::string_view allow;  // wrong_method: what would be taken
    std::string digest;      // blob_download
    std::string file;        // log_file, as behind /tlog/
};

// `target` may carry a query, which no route looks at.
[[nodiscard]] std::string_view path_of(std::string_view target);
// A file of the page is found where no fixed address is; "/" is the page when there is one.
[[nodiscard]] EndpointMatch match_endpoint(std::string_view method, std::string_view target,
                                           const WebFiles& web = {});

[[nodiscard]] const char* to_string(Endpoint endpoint);

// The page at "/" of a server without the console: how to get it, and where to go on.
[[nodiscard]] HttpResponse status_page();

}  // namespace duban
