// Makes layouts from descriptions. Included by the sources named *layouts.cc only, each of which
// instantiates layout_of for the types that it names.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/layout.h"

namespace duban::layouts {

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
inline constexpr bool is_object_id = std::is_same_v<T, TaskId> || std::is_same_v<T, ReportId> ||
                                     std::is_same_v<T, ApprovalId> || std::is_same_v<T, SubjectId>;

constexpr std::string_view plain_name(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

// ---- Values --------------------------------------------------------------------------------

template <class T>
T& as(void* value) {
    return *static_cast<T*>(value);
}
template <class T>
const T& as(const void* value) {
    return *static_cast<const T*>(value);
}

template <class T>
std::int64_t integer_in(const void* value) {
    if constexpr (std::is_enum_v<T>) {
        return static_cast<std::int64_t>(as<T>(value));
    } else {
        DUBAN_ASSERT(std::in_range<std::int64_t>(as<T>(value)));
        return static_cast<std::int64_t>(as<T>(value));
    }
}
template <class T>
void put_integer(void* value, std::int64_t integer) {
    as<T>(value) = static_cast<T>(integer);
}

template <class T>
std::string& text_in(void* value) {
    if constexpr (IsStringId<T>::value) {
        return as<T>(value).value;
    } else {
        return as<T>(value);
    }
}
template <class T>
std::uint64_t& number_in(void* value) {
    return as<T>(value).value;
}

template <class T>
std::string printed(const void* value) {
    if constexpr (is_object_id<T>) {
        if (as<T>(value) == T{}) return {};
    }
    return to_string(as<T>(value));
}
template <class T>
Result<T> parsed(std::string_view text) {
    if constexpr (std::is_same_v<T, TaskId>) return parse_task_id(text);
    if constexpr (std::is_same_v<T, ReportId>) return parse_report_id(text);
    if constexpr (std::is_same_v<T, ApprovalId>) return parse_approval_id(text);
    if constexpr (std::is_same_v<T, SubjectId>) return parse_subject_id(text);
    if constexpr (std::is_same_v<T, Date>) return parse_date(text);
    if constexpr (std::is_same_v<T, Timestamp>) return parse_timestamp(text);
}
template <class T>
Status parse_into(std::string_view text, void* value) {
    if constexpr (is_object_id<T>) {
        if (text.empty()) {
            as<T>(value) = T{};
            return {};
        }
    }
    auto read = parsed<T>(text);
    if (!read) return tl::unexpected<Error>(std::move(read.error()));
    as<T>(value) = std::move(*read);
    return {};
}

template <class T>
std::size_t size_of_list(const void* list) {
    return as<std::vector<T>>(list).size();
}
template <class T>
void* item_in(void* list, std::size_t at) {
    return &as<std::vector<T>>(list)[at];
}
template <class T>
void resize_list(void* list, std::size_t size) {
    as<std::vector<T>>(list).resize(size);
}
template <class T>
void* held_in(void* optional) {
    auto& value = as<std::optional<T>>(optional);
    return value ? &*value : nullptr;
}
template <class T>
void* emplace_in(void* optional) {
    return &as<std::optional<T>>(optional).emplace();
}

// ---- Tables --------------------------------------------------------------------------------

template <class T, auto member>
void* member_in(void* object) {
    return &(static_cast<T*>(object)->*member);
}

template <class T, template <class...> class List, class... Ds>
constexpr auto members_from(List<Ds...> /*described*/) {
    return std::array<MemberLayout, sizeof...(Ds)>{
        MemberLayout{plain_name(Ds::name),
                     &layout_of<std::remove_cvref_t<decltype(std::declval<T&>().*Ds::pointer)>>,
                     &member_in<T, Ds::pointer>}...};
}

template <std::size_t n>
constexpr std::array<std::uint8_t, n> order_by_name(const std::array<MemberLayout, n>& members) {
    std::array<std::uint8_t, n> order{};
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t at = i;
        for (; at > 0 && members[i].name < members[order[at - 1]].name; --at) {
            order[at] = order[at - 1];
        }
        order[at] = static_cast<std::uint8_t>(i);
    }
    return order;
}

template <class T>
struct ObjectTable {
    static constexpr auto members =
        members_from<T>(boost::describe::describe_members<T, boost::describe::mod_public |
                                                                 boost::describe::mod_inherited>());
    static constexpr auto by_name = order_by_name(members);
};

template <template <class...> class List, class... Ds>
constexpr auto enumerators_from(List<Ds...> /*described*/) {
    return std::array<EnumeratorLayout, sizeof...(Ds)>{
        EnumeratorLayout{plain_name(Ds::name), static_cast<std::int64_t>(Ds::value)}...};
}

template <class E>
struct EnumTable {
    static constexpr auto enumerators =
        enumerators_from(boost::describe::describe_enumerators<E>());
};

template <class T>
constexpr Layout make_layout() {
    Layout made;
    if constexpr (std::is_same_v<T, bool>) {
        made.kind = LayoutKind::boolean;
        made.flag = &as<bool>;
    } else if constexpr (std::is_integral_v<T>) {
        made.kind = LayoutKind::integer;
        made.low = std::int64_t{std::is_unsigned_v<T> ? 0 : std::numeric_limits<T>::min()};
        made.high = static_cast<std::int64_t>(std::min<std::uint64_t>(
            std::numeric_limits<T>::max(), std::numeric_limits<std::int64_t>::max()));
        made.integer = &integer_in<T>;
        made.set_integer = &put_integer<T>;
    } else if constexpr (std::is_same_v<T, std::string> || IsStringId<T>::value) {
        made.kind = LayoutKind::text;
        made.text = &text_in<T>;
    } else if constexpr (IsStrongNumber<T>::value) {
        made.kind = LayoutKind::number;
        made.number = &number_in<T>;
    } else if constexpr (is_object_id<T> || std::is_same_v<T, Date> ||
                         std::is_same_v<T, Timestamp>) {
        made.kind = std::is_same_v<T, Date>        ? LayoutKind::date
                    : std::is_same_v<T, Timestamp> ? LayoutKind::timestamp
                                                   : LayoutKind::object_id;
        made.print = &printed<T>;
        made.parse = &parse_into<T>;
    } else if constexpr (std::is_enum_v<T>) {
        made.kind = LayoutKind::enumeration;
        made.integer = &integer_in<T>;
        made.set_integer = &put_integer<T>;
        made.enumerators = EnumTable<T>::enumerators;
    } else if constexpr (IsVector<T>::value) {
        using Item = typename T::value_type;
        made.kind = LayoutKind::list;
        made.inner = &layout_of<Item>;
        made.size = &size_of_list<Item>;
        made.item = &item_in<Item>;
        made.resize = &resize_list<Item>;
    } else if constexpr (IsOptional<T>::value) {
        using Held = typename T::value_type;
        made.kind = LayoutKind::optional;
        made.inner = &layout_of<Held>;
        made.held = &held_in<Held>;
        made.emplace = &emplace_in<Held>;
    } else {
        static_assert(boost::describe::has_describe_members<T>::value,
                      "describe the struct with BOOST_DESCRIBE_STRUCT");
        made.kind = LayoutKind::object;
        made.members = ObjectTable<T>::members;
        made.by_name = ObjectTable<T>::by_name;
        if constexpr (requires { T::sparse; }) made.sparse = T::sparse;
    }
    return made;
}

}  // namespace duban::layouts

namespace duban {

template <class T>
const Layout& layout_of() {
    static constexpr Layout layout = layouts::make_layout<T>();
    return layout;
}

}  // namespace duban
