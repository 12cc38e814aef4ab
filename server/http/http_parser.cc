#include "server/http/http_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <string>

namespace duban {

namespace http = boost::beast::http;

Result<RequestHead> parse_head(std::string_view raw) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(header_bytes_max));
    parser.body_limit(boost::none);
    parser.eager(false);
    boost::system::error_code error;
    const std::size_t taken = parser.put(boost::asio::buffer(raw.data(), raw.size()), error);
    if (error) return fail(Errc::invalid_argument, "malformed request: " + error.message());
    if (!parser.is_header_done() || taken != raw.size()) {
        return fail(Errc::invalid_argument, "malformed request head");
    }
    const auto& request = parser.get();
    RequestHead head;
    head.method = std::string(request.method_string());
    head.target = std::string(request.target());
    head.version = static_cast<int>(request.version());
    for (const auto& field : request) {
        head.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    return head;
}

}  // namespace duban
