#include "domain/base/text_form.h"

#include <algorithm>

namespace duban {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_control(char c) {
    return (c >= 0 && c < 0x20) || c == 0x7f;
}

}  // namespace

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;  // begins a character
    }));
}

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-'; });
}

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max && is_lower(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_name(std::string_view text) {
    return !text.empty() && characters(text) <= title_characters_max &&
           std::none_of(text.begin(), text.end(), is_control);
}

bool is_plain(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        return is_control(c) && c != '\t' && c != '\n' && c != '\r';
    });
}

}  // namespace duban
