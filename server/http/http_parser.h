// http_parser: raw bytes of a request head to a RequestHead, through Beast's parser.
// Thread-safety: safe for concurrent use.
#pragma once

#include <string_view>

#include "domain/base/result.h"
#include "server/http/http_guard.h"

namespace duban {

// `raw` ends with the empty line. Errors: invalid_argument with the parser's reason.
[[nodiscard]] Result<RequestHead> parse_head(std::string_view raw);

}  // namespace duban
