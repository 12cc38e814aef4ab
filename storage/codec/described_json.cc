#include "storage/codec/described_json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "domain/base/civil_time.h"
#include "storage/codec/canonical_json.h"

namespace duban {
namespace {

using Json = nlohmann::json;

// Every JSON reader keeps integers up to here exactly.
constexpr std::int64_t exact_max = (1LL << 53) - 1;

// The functions of a layout take the address of a value that they may change; those that are
// called here for writing only look.
void* looked_at(const void* value) {
    return const_cast<void*>(value);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

// Where in the document a value stands; written out only when something is wrong.
struct Path {
    const Path* parent = nullptr;
    std::string_view name;
    std::size_t index = 0;

    [[nodiscard]] std::string text() const {
        if (parent == nullptr) return std::string(name);
        std::string above = parent->text();
        if (name.empty()) return above + "[" + std::to_string(index) + "]";
        if (!above.empty()) above += ".";
        return above + std::string(name);
    }
};

Status wrong(const Path& path, std::string detail) {
    return fail(Errc::corrupt, std::move(detail), path.text());
}

// ---- Writing -------------------------------------------------------------------------------

std::int64_t safe_integer(const void* value, const Layout& layout) {
    const std::int64_t integer = layout.integer(value);
    DUBAN_ASSERT(integer >= -exact_max && integer <= exact_max);
    return integer;
}

// What a value is without its inner values, for both ways of writing.
std::string text_of(const void* value, const Layout& layout) {
    switch (layout.kind) {
        case LayoutKind::text:
            return layout.text(looked_at(value));
        case LayoutKind::number:
            return std::to_string(layout.number(looked_at(value)));
        case LayoutKind::enumeration:
            return std::string(enumerator_name(layout, layout.integer(value)));
        default:
            return layout.print(value);
    }
}

bool is_empty(const void* value, const Layout& layout) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            return !layout.flag(looked_at(value));
        case LayoutKind::integer:
        case LayoutKind::enumeration:
            return layout.integer(value) == 0;
        case LayoutKind::text:
            return layout.text(looked_at(value)).empty();
        case LayoutKind::number:
            return layout.number(looked_at(value)) == 0;
        case LayoutKind::date:
            return *static_cast<const Date*>(value) == Date{};
        case LayoutKind::timestamp:
            return *static_cast<const Timestamp*>(value) == Timestamp{};
        case LayoutKind::object_id:
            return layout.print(value).empty();
        case LayoutKind::list:
            return layout.size(value) == 0;
        case LayoutKind::optional:
            return layout.held(looked_at(value)) == nullptr;
        case LayoutKind::object:
            return std::all_of(layout.members.begin(), layout.members.end(),
                               [&](const MemberLayout& member) {
                                   return is_empty(member.in(looked_at(value)), member.layout());
                               });
    }
    return false;
}

// Whether the member of a value of that layout is written.
bool is_written(const Layout& object, const MemberLayout& member, const void* inner) {
    const Layout& layout = member.layout();
    if (object.sparse) return !is_empty(inner, layout);
    return layout.kind != LayoutKind::optional || layout.held(looked_at(inner)) != nullptr;
}

const void* held_by(const void* value, const Layout& layout) {
    return layout.kind == LayoutKind::optional ? layout.held(looked_at(value)) : value;
}

void write_bytes(std::string& out, const void* value, const Layout& layout) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            out += layout.flag(looked_at(value)) ? "true" : "false";
            return;
        case LayoutKind::integer:
            out += std::to_string(safe_integer(value, layout));
            return;
        case LayoutKind::text:
            append_canonical_text(out, layout.text(looked_at(value)));
            return;
        case LayoutKind::list: {
            out.push_back('[');
            for (std::size_t at = 0, size = layout.size(value); at < size; ++at) {
                if (at > 0) out.push_back(',');
                write_bytes(out, layout.item(looked_at(value), at), layout.inner());
            }
            out.push_back(']');
            return;
        }
        case LayoutKind::optional:
            DUBAN_ASSERT(held_by(value, layout) != nullptr);
            write_bytes(out, held_by(value, layout), layout.inner());
            return;
        case LayoutKind::object: {
            char separator = '{';
            for (const std::uint8_t at : layout.by_name) {
                const MemberLayout& member = layout.members[at];
                const void* inner = member.in(looked_at(value));
                if (!is_written(layout, member, inner)) continue;
                out.push_back(separator);
                separator = ',';
                append_canonical_text(out, member.name);
                out.push_back(':');
                write_bytes(out, inner, member.layout());
            }
            if (separator == '{') out.push_back('{');
            out.push_back('}');
            return;
        }
        default:
            append_canonical_text(out, text_of(value, layout));
    }
}

// ---- Reading -------------------------------------------------------------------------------

Status read_value(const Json& in, void* out, const Layout& layout, const Path& path);

Status read_integer(const Json& in, void* out, const Layout& layout, const Path& path) {
    if (in.is_number_integer()) {
        const bool fits = !in.is_number_unsigned() ||
                          in.get<std::uint64_t>() <= static_cast<std::uint64_t>(exact_max);
        const auto value = fits ? in.get<std::int64_t>() : 0;
        if (fits && value >= std::max(layout.low, -exact_max) &&
            value <= std::min(layout.high, exact_max)) {
            layout.set_integer(out, value);
            return {};
        }
    }
    return wrong(path, "Expected an integer from " +
                           std::to_string(std::max(layout.low, -exact_max)) + " to " +
                           std::to_string(std::min(layout.high, exact_max)) + ".");
}

Status read_number(const std::string& text, std::uint64_t& out, const Path& path) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    if (text.empty() || error != std::errc{} || stop != end ||
        (text.size() > 1 && text.front() == '0')) {
        return wrong(path, "Expected a decimal number in a string, for example \"70412\".");
    }
    return {};
}

Status read_text(const std::string& text, void* out, const Layout& layout, const Path& path) {
    switch (layout.kind) {
        case LayoutKind::text:
            layout.text(out) = text;
            return {};
        case LayoutKind::number:
            return read_number(text, layout.number(out), path);
        case LayoutKind::enumeration: {
            const auto value = enumerator_named(layout, text);
            if (!value) return wrong(path, "Expected one of: " + names_in(layout) + ".");
            layout.set_integer(out, *value);
            return {};
        }
        default: {
            auto parsed = layout.parse(text, out);
            if (!parsed) return wrong(path, std::move(parsed.error().detail));
            return {};
        }
    }
}

Status read_items(const Json& in, void* out, const Layout& layout, const Path& path) {
    if (!in.is_array()) return wrong(path, "Expected a list.");
    layout.resize(out, 0);
    layout.resize(out, in.size());
    std::size_t at = 0;
    for (const auto& item : in) {
        auto ok = read_value(item, layout.item(out, at), layout.inner(), Path{&path, {}, at});
        if (!ok) return ok;
        ++at;
    }
    return {};
}

Status read_members(const Json& in, void* out, const Layout& layout, const Path& path) {
    if (!in.is_object()) return wrong(path, "Expected an object.");
    std::size_t found = 0;
    for (const MemberLayout& member : layout.members) {
        const auto value = in.find(member.name);
        if (value == in.end()) continue;
        ++found;
        auto ok = read_value(*value, member.in(out), member.layout(), Path{&path, member.name});
        if (!ok) return ok;
    }
    if (found == in.size()) return {};
    for (const auto& [name, value] : in.items()) {
        if (find_member(layout, name) == nullptr) {
            return wrong(Path{&path, name},
                         "Unknown member; known here are: " + names_in(layout) + ".");
        }
    }
    return {};
}

Status read_value(const Json& in, void* out, const Layout& layout, const Path& path) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            if (!in.is_boolean()) return wrong(path, "Expected true or false.");
            layout.flag(out) = in.get<bool>();
            return {};
        case LayoutKind::integer:
            return read_integer(in, out, layout, path);
        case LayoutKind::list:
            return read_items(in, out, layout, path);
        case LayoutKind::optional:
            return read_value(in, layout.emplace(out), layout.inner(), path);
        case LayoutKind::object:
            return read_members(in, out, layout, path);
        default:
            if (!in.is_string()) return wrong(path, "Expected a string.");
            return read_text(in.get_ref<const std::string&>(), out, layout, path);
    }
}

}  // namespace

Json json_of(const void* value, const Layout& layout) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            return layout.flag(looked_at(value));
        case LayoutKind::integer: {
            const std::int64_t integer = safe_integer(value, layout);
            if (layout.low < 0) return integer;
            return static_cast<std::uint64_t>(integer);
        }
        case LayoutKind::list: {
            Json list = Json::array();
            for (std::size_t at = 0, size = layout.size(value); at < size; ++at) {
                list.push_back(json_of(layout.item(looked_at(value), at), layout.inner()));
            }
            return list;
        }
        case LayoutKind::optional:
            DUBAN_ASSERT(held_by(value, layout) != nullptr);
            return json_of(held_by(value, layout), layout.inner());
        case LayoutKind::object: {
            Json object = Json::object();
            for (const MemberLayout& member : layout.members) {
                const void* inner = member.in(looked_at(value));
                if (!is_written(layout, member, inner)) continue;
                object[std::string(member.name)] = json_of(inner, member.layout());
            }
            return object;
        }
        default:
            return text_of(value, layout);
    }
}

std::string canonical_bytes_of(const void* value, const Layout& layout) {
    std::string out;
    write_bytes(out, value, layout);
    return out;
}

Status read_json(const Json& json, void* value, const Layout& layout, std::string_view path) {
    return read_value(json, value, layout, Path{nullptr, path});
}

Status read_bytes(std::string_view bytes, void* value, const Layout& layout) {
    // The parser takes a NUL for the end and would leave what follows unread.
    const bool whole = bytes.find('\0') == std::string_view::npos;
    const auto parsed = Json::parse(bytes, nullptr, false);
    if (!whole || parsed.is_discarded()) return fail(Errc::corrupt, "a stored row is not JSON");
    return read_json(parsed, value, layout, "");
}

}  // namespace duban
