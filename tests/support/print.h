// Printers for values of the domain, so that a failing test shows what it met.
// Whatever is described with Boost.Describe prints itself: Type{member: value, …}.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <ostream>
#include <type_traits>
#include <variant>

#include "domain/decide.h"
#include "domain/result.h"

namespace duban {

template <class Tag>
void PrintTo(const StringId<Tag>& id, std::ostream* out) {
    *out << '"' << id.value << '"';
}

template <class Tag>
void PrintTo(const StrongNumber<Tag>& number, std::ostream* out) {
    *out << number.value;
}

inline void PrintTo(const TaskId& id, std::ostream* out) {
    *out << to_string(id);
}
inline void PrintTo(const ReportId& id, std::ostream* out) {
    *out << to_string(id);
}
inline void PrintTo(const ApprovalId& id, std::ostream* out) {
    *out << to_string(id);
}
inline void PrintTo(const Date& date, std::ostream* out) {
    *out << to_string(date);
}
inline void PrintTo(const Timestamp& time, std::ostream* out) {
    *out << to_string(time);
}

// Optional members print their value or "none"; all else as gtest knows it.
template <class T>
void print_member(const T& value, std::ostream* out) {
    testing::internal::UniversalPrint(value, out);
}
template <class T>
void print_member(const std::optional<T>& value, std::ostream* out) {
    if (value) {
        print_member(*value, out);
    } else {
        *out << "none";
    }
}

template <class T>
    requires(std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value)
void PrintTo(const T& value, std::ostream* out) {
    *out << boost::describe::enum_to_string(value, "unknown");
}

template <class T>
    requires(std::is_class_v<T> && boost::describe::has_describe_members<T>::value)
void PrintTo(const T& value, std::ostream* out) {
    if constexpr (requires { T::type; }) *out << T::type;
    *out << '{';
    const char* separator = "";
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            *out << separator << member.name << ": ";
            separator = ", ";
            print_member(value.*member.pointer, out);
        });
    *out << '}';
}

// One line an event.
inline void PrintTo(const NewEvent& event, std::ostream* out) {
    *out << "\n    " << event.stream.value << " ";
    std::visit(
        [&](const auto& family) {
            std::visit([&](const auto& one) { PrintTo(one, out); }, family);
        },
        event.event);
}

inline void PrintTo(const Decision& decision, std::ostream* out) {
    if (!decision.on_behalf_of.empty()) *out << "for " << decision.on_behalf_of.value << ": ";
    for (const auto& event : decision.events) PrintTo(event, out);
}

inline void PrintTo(const Error& error, std::ostream* out) {
    *out << "Error " << static_cast<int>(error.code) << " field \"" << error.field << "\" rule \""
         << error.rule << "\": " << error.detail;
}

}  // namespace duban
