// Layout: how the values of a described type are put together, at run time. What writes, reads,
// checks or prints values of every type is written once against this table instead of being
// instantiated for each type: compiling those was most of what a build did.
// Types are described with Boost.Describe beside their definition. A member's or enumerator's name
// here is its C++ name without one trailing '_', which keeps it off a keyword.
// Layouts are made in the sources named *layouts.cc, which alone include layout.ipp; whoever asks
// for the layout of a type that none of them names gets an error of the linker.
// Thread-safety: immutable; safe for concurrent use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

enum class LayoutKind {
    boolean,
    integer,  // of any width
    text,     // std::string and StringId
    number,   // StrongNumber
    date,     // the rest up to enumeration: values with a text form of their own
    timestamp,
    object_id,  // TaskId, ReportId, ApprovalId, SubjectId; "" for none
    enumeration,
    list,      // std::vector
    optional,  // std::optional
    object,    // a described struct
};

struct Layout;
using LayoutGetter = const Layout& (*)();

struct EnumeratorLayout {
    std::string_view name;
    std::int64_t value = 0;
};

struct MemberLayout {
    std::string_view name;
    LayoutGetter layout = nullptr;
    void* (*in)(void* object) = nullptr;  // where the member stands in the object
};

// The members that the kind does not name are empty. A `void*` is the address of a value of the
// type that has this layout.
struct Layout {
    LayoutKind kind = LayoutKind::object;

    // integer: its bounds, those of 64 bits cut to what fits into std::int64_t. integer and
    // enumeration: the value. Requires: the value of a 64-bit integer fits.
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::int64_t (*integer)(const void* value) = nullptr;
    void (*set_integer)(void* value, std::int64_t integer) = nullptr;
    std::span<const EnumeratorLayout> enumerators;  // in the order of their declaration

    bool& (*flag)(void* value) = nullptr;             // boolean
    std::string& (*text)(void* value) = nullptr;      // text
    std::uint64_t& (*number)(void* value) = nullptr;  // number

    // date, timestamp, object_id. Errors of parse: invalid_argument.
    std::string (*print)(const void* value) = nullptr;
    Status (*parse)(std::string_view text, void* value) = nullptr;

    // list and optional: what they hold.
    LayoutGetter inner = nullptr;
    std::size_t (*size)(const void* list) = nullptr;
    void* (*item)(void* list, std::size_t at) = nullptr;
    void (*resize)(void* list, std::size_t size) = nullptr;  // new items have their defaults
    void* (*held)(void* optional) = nullptr;                 // nullptr for none
    void* (*emplace)(void* optional) = nullptr;

    std::span<const MemberLayout> members;  // in the order of their description
    std::span<const std::uint8_t> by_name;  // indexes of `members` in the order of their names
    // Members that are zero, empty or absent are left out when a value is written: for structs of
    // which most members are seldom set. Says `static constexpr bool sparse = true`, and its
    // members' defaults are all of that kind, so that reading gives what was written.
    bool sparse = false;
};

template <class T>
[[nodiscard]] const Layout& layout_of();

// The member of that name, or nullptr. `layout` is of an object.
[[nodiscard]] const MemberLayout* find_member(const Layout& layout, std::string_view name);

// The name of an enumeration's value. Requires: the value is one of its enumerators.
[[nodiscard]] std::string_view enumerator_name(const Layout& layout, std::int64_t value);
// Nothing when there is no enumerator of that name.
[[nodiscard]] std::optional<std::int64_t> enumerator_named(const Layout& layout,
                                                           std::string_view name);
// "clerk, section, head": for messages.
[[nodiscard]] std::string names_in(const Layout& layout);

template <class E>
[[nodiscard]] std::string_view enum_name(E value) {
    return enumerator_name(layout_of<E>(), static_cast<std::int64_t>(value));
}
// Nothing when there is no value of that name.
template <class E>
[[nodiscard]] std::optional<E> enum_of(std::string_view name) {
    const auto value = enumerator_named(layout_of<E>(), name);
    if (!value) return std::nullopt;
    return static_cast<E>(*value);
}

}  // namespace duban
