// Printers for values of the domain, so that a failing test shows what it met.
// Whatever is described with Boost.Describe prints itself: {member: value, …}.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <ostream>
#include <type_traits>

#include "domain/base/civil_time.h"
#include "domain/base/decide.h"
#include "domain/base/ids.h"
#include "domain/base/layout.h"
#include "domain/base/result.h"

namespace duban {

void print_value(const void* value, const Layout& layout, std::ostream& out);

template <class Tag>
void PrintTo(const StringId<Tag>& id, std::ostream* out) {
    *out << '"' << id.value << '"';
}

template <class Tag>
void PrintTo(const StrongNumber<Tag>& number, std::ostream* out) {
    *out << number.value;
}

void PrintTo(const TaskId& id, std::ostream* out);
void PrintTo(const ReportId& id, std::ostream* out);
void PrintTo(const ApprovalId& id, std::ostream* out);
void PrintTo(const Date& date, std::ostream* out);
void PrintTo(const Timestamp& time, std::ostream* out);

template <class T>
    requires(boost::describe::has_describe_enumerators<T>::value ||
             (std::is_class_v<T> && boost::describe::has_describe_members<T>::value))
void PrintTo(const T& value, std::ostream* out) {
    print_value(&value, layout_of<T>(), *out);
}

// One line an event.
void PrintTo(const NewEvent& event, std::ostream* out);
void PrintTo(const Decision& decision, std::ostream* out);
void PrintTo(const Error& error, std::ostream* out);

}  // namespace duban
