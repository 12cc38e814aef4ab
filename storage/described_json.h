// Structs and enums that are described with Boost.Describe, to JSON and back: the one description
// of their fields serves events, view rows, commands and answers. A member's or enumerator's JSON
// name is its name without one trailing '_'. Ids are strings, strong numbers decimal strings, dates
// "2026-09-01", times RFC 3339 with milliseconds, enums their names, integers integers; an absent
// std::optional is left out and everything else is written. The definitions are in
// described_json.ipp, which only .cc files include. Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace duban {

// Requires: integers of at most 2^53-1 in magnitude, valid UTF-8.
template <class T>
[[nodiscard]] nlohmann::json to_json_value(const T& value);

// A missing member keeps the default of its type. Errors: corrupt for an unknown member, a wrong
// type or a malformed value; `field` is its path below `path`, `detail` what is expected there.
template <class T>
[[nodiscard]] Result<T> from_json_value(const nlohmann::json& value, const std::string& path);

// The JSON name of a described enum's value.
template <class E>
[[nodiscard]] std::string_view enum_name(E value);

// Nothing when there is no value of that name.
template <class E>
[[nodiscard]] std::optional<E> enum_of(std::string_view name);

// to_json_value in canonical bytes, and back from bytes that were stored: the form of rows.
template <class T>
[[nodiscard]] std::string to_row(const T& value);
// Errors: corrupt.
template <class T>
[[nodiscard]] Result<T> from_row(std::string_view bytes);
// The same of what a read answered, which may be nothing. Errors: those of the read, corrupt.
template <class T>
[[nodiscard]] Result<std::optional<T>> from_read(const Result<std::optional<std::string>>& read);

}  // namespace duban
