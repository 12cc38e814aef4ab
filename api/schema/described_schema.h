// Schemas of described types (domain/base/layout.h), in the JSON form of described_json. Lax about
// strings: for results, and as the ground on which params are made stricter with schema::with.
// A member that is absent from a struct's JSON is std::optional; all else is required in a result
// and optional in params.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/schema/schema.h"
#include "domain/base/layout.h"
#include "storage/codec/described_json.h"

namespace duban {

inline constexpr std::size_t described_text_max = 100'000;
inline constexpr std::size_t described_list_max = 100'000;

enum class SchemaUse { params, result };

[[nodiscard]] Schema schema_of_layout(const Layout& layout, SchemaUse use);

template <class T>
[[nodiscard]] Schema schema_of(SchemaUse use) {
    return schema_of_layout(layout_of<T>(), use);
}

template <class E>
[[nodiscard]] Schema enum_schema() {
    return schema_of_layout(layout_of<E>(), SchemaUse::params);
}

// What is wrong with a value that its schema has already passed, in the words of a refusal of
// params.
[[nodiscard]] Error refused_value(Error error);

// Reads a value that its schema has already passed. Errors: invalid_argument.
template <class T>
[[nodiscard]] Result<T> read_described(const nlohmann::json& value, const std::string& path) {
    auto read = from_json_value<T>(value, path);
    if (!read) return tl::unexpected<Error>(refused_value(std::move(read.error())));
    return read;
}

}  // namespace duban
