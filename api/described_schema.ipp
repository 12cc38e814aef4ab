// Schemas of structs that are described with Boost.Describe, in the JSON form of described_json.
// Lax about strings: for results, and as the ground on which params are made stricter with
// schema::with. A member that is absent from a struct's JSON is std::optional; all else is required
// in a result and optional in params.
// Included by .cc files only. Thread-safety: safe for concurrent use.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <string>
#include <vector>

#include "api/schema.h"
#include "storage/described_json.ipp"

namespace duban {

inline constexpr std::size_t described_text_max = 100'000;
inline constexpr std::size_t described_list_max = 100'000;

enum class SchemaUse { params, result };

template <class E>
Schema enum_schema() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { names.emplace_back(described::json_name(d.name)); });
    return schema::choice(std::move(names));
}

template <class T>
Schema schema_of(SchemaUse use) {
    if constexpr (std::is_same_v<T, bool>) {
        return schema::boolean();
    } else if constexpr (std::is_integral_v<T>) {
        constexpr std::int64_t safe = schema::integer_max;
        const auto low = std::is_unsigned_v<T>
                             ? 0
                             : std::max<std::int64_t>(
                                   -safe, static_cast<std::int64_t>(std::numeric_limits<T>::min()));
        const auto high = std::cmp_greater(std::numeric_limits<T>::max(), safe)
                              ? safe
                              : static_cast<std::int64_t>(std::numeric_limits<T>::max());
        return schema::integer(low, high);
    } else if constexpr (std::is_enum_v<T>) {
        return enum_schema<T>();
    } else if constexpr (std::is_same_v<T, Date>) {
        return schema::form(Form::date);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return schema::form(Form::timestamp);
    } else if constexpr (described::IsVector<T>::value) {
        return schema::list(schema_of<typename T::value_type>(use), 0, described_list_max);
    } else if constexpr (described::IsOptional<T>::value) {
        return schema_of<typename T::value_type>(use);
    } else if constexpr (std::is_same_v<T, std::string> || described::IsStringId<T>::value ||
                         described::IsStrongNumber<T>::value || described::is_object_id<T>) {
        return schema::text(0, described_text_max);
    } else {
        std::vector<schema::Member> members;
        using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>([&](auto d) {
            using M = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
            const bool required = use == SchemaUse::result && !described::IsOptional<M>::value;
            members.push_back(
                {std::string(described::json_name(d.name)), schema_of<M>(use), required, {}});
        });
        return schema::object(std::move(members));
    }
}

// Reads a value that its schema has already passed. Errors: invalid_argument.
template <class T>
Result<T> read_described(const nlohmann::json& value, const std::string& path) {
    auto read = from_json_value<T>(value, path);
    if (!read) {
        Error error = read.error();
        error.code = Errc::invalid_argument;
        error.detail = (error.field.empty() ? "the value" : error.field) + ": " + error.detail;
        return tl::unexpected<Error>(std::move(error));
    }
    return read;
}

}  // namespace duban
