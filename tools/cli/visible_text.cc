#include "tools/cli/visible_text.h"

#include <cstdint>

#include "domain/base/text_form.h"

namespace duban {
namespace {

std::string hex(char32_t number, std::size_t digits_min, const char* digits) {
    std::string text;
    for (auto rest = static_cast<std::uint32_t>(number); rest > 0; rest /= 16) {
        text.insert(text.begin(), digits[rest % 16]);
    }
    if (text.size() < digits_min) text.insert(0, digits_min - text.size(), '0');
    return text;
}

std::string json_escape(char32_t point) {
    constexpr const char* digits = "0123456789abcdef";
    if (point < 0x10000) return "\\u" + hex(point, 4, digits);
    const char32_t rest = point - 0x10000;
    return "\\u" + hex(0xd800 + (rest >> 10U), 4, digits) + "\\u" +
           hex(0xdc00 + (rest & 0x3ffU), 4, digits);
}

bool is_line_break(char32_t point) {
    return point == '\t' || point == '\n' || point == '\r';
}

template <class Show>
std::string replaced(std::string_view text, LineBreaks breaks, const Show& show) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t point = next_code_point(text, at);
        const bool kept = is_line_break(point) && breaks == LineBreaks::kept && point != '\r';
        if (is_hidden(point) && !kept) {
            out += show(point);
        } else if (point == 0xfffd) {
            out += "\xef\xbf\xbd";
        } else {
            out += text.substr(begin, at - begin);
        }
    }
    return out;
}

}  // namespace

std::string visible(std::string_view text, LineBreaks breaks) {
    return replaced(text, breaks,
                    [](char32_t point) { return "<" + code_point_name(point) + ">"; });
}

std::string visible_json(std::string_view json) {
    return replaced(json, LineBreaks::kept, json_escape);
}

std::string code_point_name(char32_t point) {
    return "U+" + hex(point, 4, "0123456789ABCDEF");
}

}  // namespace duban
