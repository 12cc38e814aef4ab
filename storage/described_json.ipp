// Definitions of described_json.h. Included by .cc files only.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/civil_time.h"
#include "domain/ids.h"
#include "storage/canonical_json.h"
#include "storage/described_json.h"

namespace duban::described {

inline constexpr std::uint64_t integer_max = (1ULL << 53) - 1;

// Whether every JSON reader keeps the number exactly.
template <class T>
constexpr bool is_safe_integer(T value) {
    return std::cmp_less_equal(value, integer_max) &&
           std::cmp_greater_equal(value, -static_cast<std::int64_t>(integer_max));
}

template <class T>
struct IsStringId : std::false_type {};
template <class Tag>
struct IsStringId<StringId<Tag>> : std::true_type {};

template <class T>
struct IsStrongNumber : std::false_type {};
template <class Tag>
struct IsStrongNumber<StrongNumber<Tag>> : std::true_type {};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
inline constexpr bool is_object_id =
    std::is_same_v<T, TaskId> || std::is_same_v<T, ReportId> || std::is_same_v<T, ApprovalId>;

inline std::string_view json_name(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
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

inline Status wrong(const Path& path, std::string detail) {
    return fail(Errc::corrupt, std::move(detail), path.text());
}

template <class E>
std::string names_of() {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (!names.empty()) names += ", ";
        names += json_name(d.name);
    });
    return names;
}

template <class T>
void write_value(nlohmann::json& out, const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
        out = value;
    } else if constexpr (std::is_same_v<T, nlohmann::json>) {
        out = value;
    } else if constexpr (std::is_integral_v<T>) {
        DUBAN_ASSERT(is_safe_integer(value));
        out = value;
    } else if constexpr (IsStringId<T>::value) {
        out = value.value;
    } else if constexpr (IsStrongNumber<T>::value) {
        out = std::to_string(value.value);
    } else if constexpr (is_object_id<T>) {
        out = value == T{} ? std::string() : to_string(value);
    } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Timestamp>) {
        out = to_string(value);
    } else if constexpr (std::is_enum_v<T>) {
        out = std::string(enum_name(value));
    } else if constexpr (IsVector<T>::value) {
        out = nlohmann::json::array();
        for (const auto& item : value) write_value(out.emplace_back(), item);
    } else if constexpr (IsOptional<T>::value) {
        DUBAN_ASSERT(value.has_value());
        write_value(out, *value);
    } else {
        out = nlohmann::json::object();
        using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>([&](auto d) {
            const auto& member = value.*d.pointer;
            if constexpr (IsOptional<std::remove_cvref_t<decltype(member)>>::value) {
                if (!member) return;
            }
            write_value(out[std::string(json_name(d.name))], member);
        });
    }
}

template <class T>
Status read_value(const nlohmann::json& in, T& out, const Path& path);

template <class T>
Status read_integer(const nlohmann::json& in, T& out, const Path& path) {
    if (in.is_number_unsigned()) {
        const auto value = in.get<std::uint64_t>();
        if (is_safe_integer(value) && std::in_range<T>(value)) {
            out = static_cast<T>(value);
            return {};
        }
    } else if (in.is_number_integer()) {
        const auto value = in.get<std::int64_t>();
        if (is_safe_integer(value) && std::in_range<T>(value)) {
            out = static_cast<T>(value);
            return {};
        }
    }
    return wrong(path, "Expected an integer from " + std::to_string(std::numeric_limits<T>::min()) +
                           " to " + std::to_string(std::numeric_limits<T>::max()) + ".");
}

inline Status read_number(const std::string& text, std::uint64_t& out, const Path& path) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    if (text.empty() || error != std::errc{} || stop != end ||
        (text.size() > 1 && text.front() == '0')) {
        return wrong(path, "Expected a decimal number in a string, for example \"70412\".");
    }
    return {};
}

template <class T>
Status read_parsed(Result<T> parsed, T& out, const Path& path) {
    if (!parsed) return wrong(path, parsed.error().detail);
    out = std::move(*parsed);
    return {};
}

template <class T>
Status read_text(const std::string& text, T& out, const Path& path) {
    if constexpr (std::is_same_v<T, std::string>) {
        out = text;
    } else if constexpr (IsStringId<T>::value) {
        out = T(text);
    } else if constexpr (IsStrongNumber<T>::value) {
        return read_number(text, out.value, path);
    } else if constexpr (is_object_id<T>) {
        out = T{};
        if (text.empty()) return {};
        if constexpr (std::is_same_v<T, TaskId>) return read_parsed(parse_task_id(text), out, path);
        if constexpr (std::is_same_v<T, ReportId>) {
            return read_parsed(parse_report_id(text), out, path);
        }
        if constexpr (std::is_same_v<T, ApprovalId>) {
            return read_parsed(parse_approval_id(text), out, path);
        }
    } else if constexpr (std::is_same_v<T, Date>) {
        return read_parsed(parse_date(text), out, path);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return read_parsed(parse_timestamp(text), out, path);
    } else {
        static_assert(std::is_enum_v<T>);
        const auto value = enum_of<T>(text);
        if (!value) return wrong(path, "Expected one of: " + names_of<T>() + ".");
        out = *value;
    }
    return {};
}

template <class T>
Status read_items(const nlohmann::json& in, std::vector<T>& out, const Path& path) {
    if (!in.is_array()) return wrong(path, "Expected a list.");
    out.clear();
    out.reserve(in.size());
    for (const auto& item : in) {
        T value{};
        if (auto ok = read_value(item, value, Path{&path, {}, out.size()}); !ok) return ok;
        out.push_back(std::move(value));
    }
    return {};
}

template <class T>
Status unknown_member(const nlohmann::json& in, const Path& path) {
    std::string names;
    for (const auto& [name, member] : in.items()) {
        bool known = false;
        names.clear();
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto d) {
                known = known || json_name(d.name) == name;
                if (!names.empty()) names += ", ";
                names += json_name(d.name);
            });
        if (!known)
            return wrong(Path{&path, name}, "Unknown member; known here are: " + names + ".");
    }
    return {};
}

template <class T>
Status read_members(const nlohmann::json& in, T& out, const Path& path) {
    if (!in.is_object()) return wrong(path, "Expected an object.");
    Status status;
    std::size_t found = 0;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto d) {
        if (!status) return;
        const auto member = in.find(json_name(d.name));
        if (member == in.end()) return;
        ++found;
        status = read_value(*member, out.*d.pointer, Path{&path, json_name(d.name)});
    });
    if (status && found != in.size()) return unknown_member<T>(in, path);
    return status;
}

template <class T>
Status read_value(const nlohmann::json& in, T& out, const Path& path) {
    if constexpr (std::is_same_v<T, bool>) {
        if (!in.is_boolean()) return wrong(path, "Expected true or false.");
        out = in.get<bool>();
        return {};
    } else if constexpr (std::is_same_v<T, nlohmann::json>) {
        out = in;
        return {};
    } else if constexpr (std::is_integral_v<T>) {
        return read_integer(in, out, path);
    } else if constexpr (IsVector<T>::value) {
        return read_items(in, out, path);
    } else if constexpr (IsOptional<T>::value) {
        return read_value(in, out.emplace(), path);
    } else if constexpr (std::is_same_v<T, std::string> || IsStringId<T>::value ||
                         IsStrongNumber<T>::value || is_object_id<T> || std::is_same_v<T, Date> ||
                         std::is_same_v<T, Timestamp> || std::is_enum_v<T>) {
        if (!in.is_string()) return wrong(path, "Expected a string.");
        return read_text(in.get_ref<const std::string&>(), out, path);
    } else {
        return read_members(in, out, path);
    }
}

}  // namespace duban::described

namespace duban {

template <class T>
nlohmann::json to_json_value(const T& value) {
    nlohmann::json out;
    described::write_value(out, value);
    return out;
}

template <class T>
Result<T> from_json_value(const nlohmann::json& value, const std::string& path) {
    Result<T> out;
    const auto status = described::read_value(value, *out, described::Path{nullptr, path});
    if (!status) return tl::unexpected<Error>(status.error());
    return out;
}

template <class E>
std::string_view enum_name(E value) {
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) name = described::json_name(d.name);
    });
    DUBAN_ASSERT(!name.empty());
    return name;
}

template <class E>
std::optional<E> enum_of(std::string_view name) {
    std::optional<E> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (described::json_name(d.name) == name) value = d.value;
    });
    return value;
}

template <class T>
std::string to_row(const T& value) {
    return canonical_json(to_json_value(value));
}

template <class T>
Result<T> from_row(std::string_view bytes) {
    const auto parsed = nlohmann::json::parse(bytes, nullptr, false);
    if (parsed.is_discarded()) return fail(Errc::corrupt, "a stored row is not JSON");
    return from_json_value<T>(parsed, "");
}

template <class T>
Result<std::optional<T>> from_read(const Result<std::optional<std::string>>& read) {
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<std::string>& bytes = *read;
    if (!bytes) return std::nullopt;
    auto value = from_row<T>(*bytes);
    if (!value) return tl::unexpected<Error>(value.error());
    return std::optional<T>(std::move(*value));
}

}  // namespace duban
