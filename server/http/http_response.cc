#include "server/http/http_response.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "api/render/error_map.h"

namespace duban {
namespace {

const char* status_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Status";
    }
}

void add_field(std::string& head, const std::string& name, const std::string& value) {
    head += name;
    head += ": ";
    for (const char c : value) {
        if (c == '\t' || static_cast<unsigned char>(c) >= ' ') head += c;
    }
    head += "\r\n";
}

}  // namespace

std::string http_date(Timestamp time) {
    static constexpr std::array<const char*, 7> days = {"Thu", "Fri", "Sat", "Sun",
                                                        "Mon", "Tue", "Wed"};
    static constexpr std::array<const char*, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string iso = to_string(time);  // 2026-09-01T10:00:00.123Z
    const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + (iso[6] - '0'));
    const auto day = static_cast<std::size_t>(time.ms / day_ms % 7);
    return std::string(days.at(day)) + ", " + iso.substr(8, 2) + " " + months.at(month - 1) + " " +
           iso.substr(0, 4) + " " + iso.substr(11, 8) + " GMT";
}

std::string response_head(const HttpResponse& response, const Framing& framing) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " +
                       status_phrase(response.status) + "\r\n";
    head.reserve(512);
    add_field(head, "Date", http_date(framing.date));
    if (!response.content_type.empty()) add_field(head, "Content-Type", response.content_type);
    if (response.status != 304 && response.status != 204) {
        add_field(head, "Content-Length", std::to_string(framing.content_length));
    }
    add_field(head, "Connection", framing.keep_alive ? "keep-alive" : "close");
    add_field(head, "X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : response.fields) add_field(head, name, value);
    head += "\r\n";
    return head;
}

std::string response_bytes(const HttpResponse& response, bool keep_alive, bool head_only,
                           Timestamp date) {
    std::string bytes = response_head(response, Framing{response.body.size(), keep_alive, date});
    if (!head_only) bytes += response.body;
    return bytes;
}

HttpResponse too_many_requests(std::uint64_t wait_ms) {
    HttpResponse response = plain_error(429, "too many requests");
    response.fields.emplace_back("Retry-After", std::to_string((wait_ms + 999) / 1000));
    return response;
}

HttpResponse plain_error(int status, const std::string& reason) {
    const nlohmann::json body = {{"error", {{"status", status}, {"message", reason}}}};
    HttpResponse response;
    response.status = status;
    response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    if (status == 401) response.fields.emplace_back("WWW-Authenticate", "Bearer");
    if (status == 503) response.fields.emplace_back("Retry-After", "1");
    return response;
}

HttpResponse plain_error(const Error& error) {
    return plain_error(error_info(error.code).http_status, client_words(error));
}

}  // namespace duban
