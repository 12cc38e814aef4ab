#include "domain/base/text_form.h"

#include <algorithm>
#include <array>

namespace duban {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Range {
    char32_t first = 0;
    char32_t last = 0;
};

template <std::size_t count>
bool is_in(const std::array<Range, count>& ranges, char32_t point) {
    return std::any_of(ranges.begin(), ranges.end(), [point](const Range& range) {
        return range.first <= point && point <= range.last;
    });
}

constexpr std::array controls = {Range{0x00, 0x1f}, Range{0x7f, 0x9f}, Range{0x2028, 0x2029}};
constexpr std::array directions = {Range{0x061c, 0x061c}, Range{0x200e, 0x200f},
                                   Range{0x202a, 0x202e}, Range{0x2066, 0x2069}};
// Unicode's Default_Ignorable_Code_Point without the directions, the interlinear marks, and the
// noncharacters below the astral planes.
constexpr std::array zero_widths = {
    Range{0x00ad, 0x00ad},   Range{0x034f, 0x034f},  Range{0x115f, 0x1160}, Range{0x17b4, 0x17b5},
    Range{0x180b, 0x180f},   Range{0x200b, 0x200d},  Range{0x2060, 0x2065}, Range{0x206a, 0x206f},
    Range{0x3164, 0x3164},   Range{0xfdd0, 0xfdef},  Range{0xfe00, 0xfe0f}, Range{0xfeff, 0xfeff},
    Range{0xffa0, 0xffa0},   Range{0xfff0, 0xfffb},  Range{0xfffe, 0xffff}, Range{0x1bca0, 0x1bca3},
    Range{0x1d173, 0x1d17a}, Range{0xe0000, 0xe0fff}};
constexpr std::array spaces = {Range{0x09, 0x0d},     Range{0x20, 0x20},     Range{0x85, 0x85},
                               Range{0xa0, 0xa0},     Range{0x1680, 0x1680}, Range{0x2000, 0x200a},
                               Range{0x2028, 0x2029}, Range{0x202f, 0x202f}, Range{0x205f, 0x205f},
                               Range{0x3000, 0x3000}, Range{0x2800, 0x2800}};

// Bytes of the character that this byte begins; 0 when it begins none.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    if (first < 0xe0) return 2;
    return first < 0xf0 ? 3 : 4;
}

template <class Judge>
bool has(std::string_view text, const Judge& judge) {
    for (std::size_t at = 0; at < text.size();) {
        if (judge(next_code_point(text, at))) return true;
    }
    return false;
}

bool is_line_space(char32_t point) {
    return point == '\t' || point == '\n' || point == '\r';
}

bool begins_with_space(std::string_view text) {
    std::size_t at = 0;
    return is_space(next_code_point(text, at));
}

bool ends_with_space(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
    return is_space(next_code_point(text, at));
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

bool is_route_id(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_lower(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
           });
}

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max && is_lower(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_name(std::string_view text) {
    return !text.empty() && characters(text) <= title_characters_max && !begins_with_space(text) &&
           !ends_with_space(text) && !has(text, is_hidden);
}

bool is_file_name(std::string_view text) {
    return is_name(text) && text.find_first_of("/\\:*?\"<>|") == std::string_view::npos &&
           text.front() != '.' && text.back() != '.';
}

bool is_plain(std::string_view text) {
    return !has(text, [](char32_t point) {
        return is_direction(point) || (is_control(point) && !is_line_space(point));
    });
}

bool is_blank(std::string_view text) {
    return !has(text, [](char32_t point) { return !is_space(point) && !is_hidden(point); });
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    constexpr char32_t replacement = 0xfffd;
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = length_of(first);
    if (length <= 1 || at + length > text.size()) {
        ++at;
        return length == 1 ? first : replacement;
    }
    char32_t point = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xc0U) != 0x80U) {
            ++at;
            return replacement;
        }
        point = (point << 6U) | (byte & 0x3fU);
    }
    at += length;
    return point;
}

bool is_control(char32_t point) {
    return is_in(controls, point);
}
bool is_direction(char32_t point) {
    return is_in(directions, point);
}
bool is_zero_width(char32_t point) {
    return is_in(zero_widths, point);
}
bool is_hidden(char32_t point) {
    return is_control(point) || is_direction(point) || is_zero_width(point);
}
bool is_space(char32_t point) {
    return is_in(spaces, point);
}

}  // namespace duban
