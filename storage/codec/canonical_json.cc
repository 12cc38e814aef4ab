#include "storage/codec/canonical_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/codec/utf8.h"

namespace duban {
namespace {

constexpr std::int64_t integer_max = (1LL << 53) - 1;
constexpr int depth_max = 64;

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > 0x7f) return false;
    }
    return true;
}

Status wrong(std::string detail, const std::string& path) {
    return fail(Errc::invalid_argument, std::move(detail), path);
}

std::string below(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

bool fits(const nlohmann::json& number) {
    if (number.is_number_unsigned()) {
        return number.get<std::uint64_t>() <= static_cast<std::uint64_t>(integer_max);
    }
    const auto value = number.get<std::int64_t>();
    return value >= -integer_max && value <= integer_max;
}

Status check(const nlohmann::json& value, const std::string& path, int depth) {
    if (depth > depth_max) return wrong("The value is nested more than 64 deep.", path);
    switch (value.type()) {
        case nlohmann::json::value_t::boolean:
            return {};
        case nlohmann::json::value_t::number_integer:
        case nlohmann::json::value_t::number_unsigned:
            if (fits(value)) return {};
            return wrong("An integer is at most 9007199254740991 in magnitude.", path);
        case nlohmann::json::value_t::string: {
            const auto& text = value.get_ref<const std::string&>();
            if (is_utf8(text)) return {};
            return wrong("The text is not valid UTF-8.", path);
        }
        case nlohmann::json::value_t::array: {
            std::size_t index = 0;
            for (const auto& item : value) {
                auto ok = check(item, path + "[" + std::to_string(index++) + "]", depth + 1);
                if (!ok) return ok;
            }
            return {};
        }
        case nlohmann::json::value_t::object:
            for (const auto& [name, member] : value.items()) {
                if (!is_ascii(name)) return wrong("Member names are ASCII.", path);
                auto ok = check(member, below(path, name), depth + 1);
                if (!ok) return ok;
            }
            return {};
        case nlohmann::json::value_t::number_float:
            return wrong("Write a number with a point as a string, for example \"12.50\".", path);
        default:
            return wrong("null is not taken; leave the member out.", path);
    }
}

bool is_escaped(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void write_escaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view plain = "\"\\\b\t\n\f\r";
    constexpr std::string_view named = "\"\\btnfr";
    out.push_back('\\');
    if (const auto at = plain.find(c); at != std::string_view::npos) {
        out.push_back(named[at]);
        return;
    }
    out += "u00";
    out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
    out.push_back(digits[static_cast<unsigned char>(c) & 15]);
}

// Most text has nothing to escape: it is taken in runs.
void write_text(std::string& out, std::string_view text) {
    out.push_back('"');
    while (true) {
        const auto end = std::find_if(text.begin(), text.end(), is_escaped);
        const auto run = static_cast<std::size_t>(end - text.begin());
        out.append(text.substr(0, run));
        if (end == text.end()) break;
        write_escaped(out, *end);
        text.remove_prefix(run + 1);
    }
    out.push_back('"');
}

void write(std::string& out, const nlohmann::json& value) {
    switch (value.type()) {
        case nlohmann::json::value_t::boolean:
            out += value.get<bool>() ? "true" : "false";
            return;
        case nlohmann::json::value_t::number_unsigned:
            DUBAN_ASSERT(fits(value));
            out += std::to_string(value.get<std::uint64_t>());
            return;
        case nlohmann::json::value_t::number_integer:
            DUBAN_ASSERT(fits(value));
            out += std::to_string(value.get<std::int64_t>());
            return;
        case nlohmann::json::value_t::string: {
            const auto& text = value.get_ref<const std::string&>();
            append_canonical_text(out, text);
            return;
        }
        case nlohmann::json::value_t::array: {
            out.push_back('[');
            const char* separator = "";
            for (const auto& item : value) {
                out += separator;
                write(out, item);
                separator = ",";
            }
            out.push_back(']');
            return;
        }
        case nlohmann::json::value_t::object: {
            // Bytes and UTF-16 units sort ASCII names alike, so the map's own order is JCS's.
            out.push_back('{');
            const char* separator = "";
            for (const auto& [name, member] : value.get_ref<const nlohmann::json::object_t&>()) {
                DUBAN_ASSERT(is_ascii(name));
                out += separator;
                write_text(out, name);
                out.push_back(':');
                write(out, member);
                separator = ",";
            }
            out.push_back('}');
            return;
        }
        default:
            assertion_failed("floats and null have no canonical form", __FILE__, __LINE__);
    }
}

}  // namespace

void append_canonical_text(std::string& out, std::string_view text) {
    DUBAN_ASSERT(is_utf8(text));
    write_text(out, text);
}

std::string canonical_json(const nlohmann::json& value) {
    std::string out;
    write(out, value);
    return out;
}

Result<nlohmann::json> parse_canonical(std::string_view text) {
    auto value = nlohmann::json::parse(text, nullptr, false);
    if (value.is_discarded()) return fail(Errc::corrupt, "the stored text is not JSON");
    if (const auto ok = check_canonical(value); !ok) {
        return fail(Errc::corrupt, "the stored JSON is not canonical: " + ok.error().detail,
                    ok.error().field);
    }
    if (canonical_json(value) != text) {
        return fail(Errc::corrupt, "the stored JSON is not in canonical form");
    }
    return value;
}

Status check_canonical(const nlohmann::json& value) {
    return check(value, "", 0);
}

}  // namespace duban
