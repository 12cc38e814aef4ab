#include "api/render/position_text.h"

#include <charconv>
#include <limits>

namespace duban {
namespace {

constexpr std::uint64_t position_max = std::numeric_limits<std::int64_t>::max() - 1;

}  // namespace

std::string before_text(Position next) {
    return next.value == 0 ? "-1" : std::to_string(next.value - 1);
}

Result<Position> parse_position(std::string_view text, const std::string& field) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const bool padded = text.size() > 1 && text.front() == '0';
    if (text.empty() || error != std::errc{} || stop != end || padded || value > position_max) {
        return fail(Errc::invalid_argument,
                    field + " must be a position as a decimal string, such as \"41\"", field);
    }
    return Position(value);
}

Result<Position> parse_after(std::string_view text, const std::string& field) {
    if (text == "-1") return Position(0);
    auto position = parse_position(text, field);
    if (!position) return position;
    return position->next();
}

}  // namespace duban
