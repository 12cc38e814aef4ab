#include "server/http/http_guard.h"

#include <algorithm>

namespace duban {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Up to 18 digits, so that it cannot overflow.
std::optional<std::uint64_t> parse_length(std::string_view text) {
    if (!all_digits(text) || text.size() > 18) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

bool is_host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
}

std::optional<Refusal> check_target(const std::string& target) {
    if (target.empty() || target.front() != '/') {
        return Refusal{400, "the request target must be a path"};
    }
    if (target.size() > target_bytes_max) return Refusal{414, "the request target is too long"};
    const bool printable = std::all_of(target.begin(), target.end(),
                                       [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
    if (!printable) return Refusal{400, "the request target has a character that must be escaped"};
    return std::nullopt;
}

std::optional<Refusal> check_length(const RequestHead& head, GuardedHead& guarded) {
    if (head.count("transfer-encoding") > 0) {
        return Refusal{411, "Transfer-Encoding is not taken; send Content-Length"};
    }
    const std::size_t lengths = head.count("content-length");
    const bool has_body = head.method == "POST";
    if (lengths == 0) {
        if (has_body) return Refusal{411, "POST needs a Content-Length"};
        return std::nullopt;
    }
    if (lengths > 1) return Refusal{400, "more than one Content-Length"};
    const auto length = parse_length(*head.find("content-length"));
    if (!length) return Refusal{400, "Content-Length is not a number"};
    if (!has_body && *length > 0) return Refusal{400, head.method + " takes no body"};
    guarded.content_length = *length;
    return std::nullopt;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* RequestHead::find(std::string_view name) const {
    for (const HeaderField& field : fields) {
        if (equal_ignoring_case(field.name, name)) return &field.value;
    }
    return nullptr;
}

std::size_t RequestHead::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(),
        [&](const HeaderField& field) { return equal_ignoring_case(field.name, name); }));
}

bool RequestHead::has_token(std::string_view name, std::string_view token) const {
    for (const HeaderField& field : fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        std::string_view rest = field.value;
        while (true) {
            const std::size_t comma = rest.find(',');
            if (equal_ignoring_case(trimmed(rest.substr(0, comma)), token)) return true;
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return false;
}

std::optional<Refusal> check_raw_head(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size(); ++at) {
        const char c = raw[at];
        if (c == '\0') return Refusal{400, "the request head has a NUL byte"};
        if (c != '\n') continue;
        if (at == 0 || raw[at - 1] != '\r') return Refusal{400, "a line does not end in CR LF"};
        if (at + 1 < raw.size() && (raw[at + 1] == ' ' || raw[at + 1] == '\t')) {
            return Refusal{400, "folded header lines are not taken"};
        }
    }
    return std::nullopt;
}

std::optional<Refusal> check_head(const RequestHead& head, GuardedHead& guarded) {
    guarded = GuardedHead{};
    if (head.fields.size() > header_fields_max) return Refusal{431, "too many header fields"};
    if (auto refusal = check_target(head.target)) return refusal;
    const std::string* host = head.find("host");
    if (host == nullptr || head.count("host") != 1 || host->empty() ||
        !std::all_of(host->begin(), host->end(), is_host_char)) {
        return Refusal{400, "exactly one Host is needed"};
    }
    if (auto refusal = check_length(head, guarded)) return refusal;
    if (const std::string* expect = head.find("expect")) {
        if (!equal_ignoring_case(*expect, "100-continue")) {
            return Refusal{417, "only Expect: 100-continue is known"};
        }
        guarded.expects_continue = head.version == 11;
    }
    guarded.keep_alive = head.version == 11 && !head.has_token("connection", "close");
    return std::nullopt;
}

bool origin_allowed(const RequestHead& head, const std::vector<std::string>& allowed) {
    const std::size_t origins = head.count("origin");
    if (origins == 0) return true;
    if (origins > 1) return false;
    const std::string& origin = *head.find("origin");
    if (!allowed.empty()) {
        return std::find(allowed.begin(), allowed.end(), origin) != allowed.end();
    }
    const std::string* host = head.find("host");
    if (host == nullptr) return false;
    return equal_ignoring_case(origin, "http://" + *host) ||
           equal_ignoring_case(origin, "https://" + *host);
}

std::optional<Refusal> check_upgrade(const RequestHead& head,
                                     const std::vector<std::string>& origins) {
    if (!head.has_token("connection", "upgrade") || !head.has_token("upgrade", "websocket")) {
        return Refusal{426, "this address speaks WebSocket"};
    }
    if (head.version != 11 || head.count("sec-websocket-key") != 1 ||
        head.count("sec-websocket-version") != 1) {
        return Refusal{400, "not a WebSocket upgrade of HTTP/1.1"};
    }
    if (*head.find("sec-websocket-version") != "13") {
        return Refusal{426, "WebSocket version 13 is needed"};
    }
    if (!head.has_token("sec-websocket-protocol", websocket_subprotocol)) {
        return Refusal{
            400, "the subprotocol " + std::string(websocket_subprotocol) + " must be offered"};
    }
    if (!origin_allowed(head, origins)) return Refusal{403, "this origin may not connect"};
    return std::nullopt;
}

std::optional<std::string> bearer_token(const RequestHead& head) {
    if (head.count("authorization") != 1) return std::nullopt;
    const std::string& value = *head.find("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (value.size() <= scheme.size() ||
        !equal_ignoring_case(std::string_view(value).substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    const std::string_view token = trimmed(std::string_view(value).substr(scheme.size()));
    if (token.empty() || token.size() > 512) return std::nullopt;
    return std::string(token);
}

}  // namespace duban
