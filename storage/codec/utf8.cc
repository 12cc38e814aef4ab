#include "storage/codec/utf8.h"

#include <simdjson.h>

namespace duban {

bool is_utf8(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string_view whole_characters(std::string_view text) {
    constexpr std::size_t character_bytes_max = 4;
    std::size_t tail = 0;
    while (tail < text.size() && tail < character_bytes_max) {
        const auto byte = static_cast<unsigned char>(text[text.size() - 1 - tail]);
        ++tail;
        if (byte < 0x80) return text;
        if (byte < 0xc0) continue;
        const std::size_t length = byte >= 0xf0 ? 4 : (byte >= 0xe0 ? 3 : 2);
        if (length > tail) text.remove_suffix(tail);
        return text;
    }
    return text;
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
    return whole_characters(text.substr(0, bytes_max));
}

std::string readable(std::string text) {
    if (is_utf8(text)) return text;
    for (char& c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    }
    return text;
}

}  // namespace duban
