// Values of described types (domain/base/layout.h) to JSON and back: the one description of their
// members serves events, view rows, commands and answers. Ids are strings, strong numbers decimal
// strings, dates "2026-09-01", times RFC 3339 with milliseconds, enums their names, integers
// integers; an absent std::optional is left out, as is in a sparse struct whatever is zero or
// empty, and everything else is written. Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/layout.h"
#include "domain/base/result.h"

namespace duban {

// The value at `value`, which has that layout. Requires: integers of at most 2^53-1 in magnitude,
// valid UTF-8.
[[nodiscard]] nlohmann::json json_of(const void* value, const Layout& layout);
// The same in canonical bytes.
[[nodiscard]] std::string canonical_bytes_of(const void* value, const Layout& layout);
// A missing member keeps what `value` holds, which is the default of its type in a fresh value.
// Errors: corrupt for an unknown member, a wrong type or a malformed value; `field` is its path
// below `path`, `detail` what is expected there.
[[nodiscard]] Status read_json(const nlohmann::json& json, void* value, const Layout& layout,
                               std::string_view path);
// read_json of canonical bytes that were stored. Errors: corrupt.
[[nodiscard]] Status read_bytes(std::string_view bytes, void* value, const Layout& layout);

// `Json` is always this type; as a parameter it may be incomplete where rows alone are used.
template <class T, class Json = nlohmann::json>
[[nodiscard]] Json to_json_value(const T& value) {
    return json_of(&value, layout_of<T>());
}

template <class T>
[[nodiscard]] Result<T> from_json_value(const nlohmann::json& json, std::string_view path) {
    Result<T> out;
    if (auto read = read_json(json, &*out, layout_of<T>(), path); !read) {
        return tl::unexpected<Error>(std::move(read.error()));
    }
    return out;
}

// The form of rows.
template <class T>
[[nodiscard]] std::string to_row(const T& value) {
    return canonical_bytes_of(&value, layout_of<T>());
}
// Errors: corrupt.
template <class T>
[[nodiscard]] Result<T> from_row(std::string_view bytes) {
    Result<T> out;
    if (auto read = read_bytes(bytes, &*out, layout_of<T>()); !read) {
        return tl::unexpected<Error>(std::move(read.error()));
    }
    return out;
}
// The same of what a read answered, which may be nothing. Errors: those of the read, corrupt.
template <class T>
[[nodiscard]] Result<std::optional<T>> from_read(const Result<std::optional<std::string>>& read) {
    if (!read) return tl::unexpected<Error>(read.error());
    if (!*read) return std::nullopt;
    auto value = from_row<T>(**read);
    if (!value) return tl::unexpected<Error>(std::move(value.error()));
    return std::optional<T>(std::move(*value));
}

}  // namespace duban
