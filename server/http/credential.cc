#include "server/http/credential.h"

#include <algorithm>

namespace duban {
namespace {

constexpr std::size_t token_bytes_max = 512;

bool is_token_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// Nothing when there is none, or two: which of them our page was given cannot be told.
std::optional<std::string> cookie_token(const RequestHead& head) {
    std::optional<std::string> token;
    for (const HeaderField& field : head.fields) {
        if (!equal_ignoring_case(field.name, "cookie")) continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            const std::string_view pair = without_blanks(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos) continue;
            if (pair.substr(0, equals) != session_cookie_name) continue;
            if (token) return std::nullopt;
            token = std::string(pair.substr(equals + 1));
        }
    }
    const bool usable = token && !token->empty() && token->size() <= token_bytes_max &&
                        std::ranges::all_of(*token, is_token_char);
    return usable ? token : std::nullopt;
}

bool only_reads(const RequestHead& head) {
    return (head.method == "GET" || head.method == "HEAD") && head.count("upgrade") == 0;
}

std::string cookie_value(const RequestHead& head, const std::string& token,
                         std::string_view ending) {
    const std::string* origin = head.find("origin");
    std::string value = std::string(session_cookie_name) + "=" + token;
    value += "; Path=/; HttpOnly; SameSite=Strict";
    value += ending;
    if (origin != nullptr && origin->starts_with("https://")) value += "; Secure";
    return value;
}

}  // namespace

bool from_own_page(const RequestHead& head, const std::vector<std::string>& origins) {
    return head.count("origin") == 1 && origin_allowed(head, origins);
}

std::optional<std::string> shown_token(const RequestHead& head,
                                       const std::vector<std::string>& origins) {
    if (head.count("authorization") > 0) return bearer_token(head);
    const bool link = only_reads(head) && head.count("origin") == 0;
    if (!link && !from_own_page(head, origins)) return std::nullopt;
    return cookie_token(head);
}

std::string session_cookie(const RequestHead& head, const std::string& token) {
    return cookie_value(head, token, "");
}

std::string ended_session_cookie(const RequestHead& head) {
    return cookie_value(head, "", "; Max-Age=0");
}

}  // namespace duban
