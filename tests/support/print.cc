#include "tests/support/print.h"

namespace duban {
namespace {

// A layout's functions take values that may be changed; here they are only looked at.
void* looked_at(const void* value) {
    return const_cast<void*>(value);
}

void print_items(const void* list, const Layout& layout, std::ostream& out) {
    out << '[';
    for (std::size_t at = 0; at < layout.size(list); ++at) {
        if (at > 0) out << ", ";
        print_value(layout.item(looked_at(list), at), layout.inner(), out);
    }
    out << ']';
}

void print_members(const void* object, const Layout& layout, std::ostream& out) {
    out << '{';
    const char* separator = "";
    for (const MemberLayout& member : layout.members) {
        out << separator << member.name << ": ";
        separator = ", ";
        print_value(member.in(looked_at(object)), member.layout(), out);
    }
    out << '}';
}

}  // namespace

void print_value(const void* value, const Layout& layout, std::ostream& out) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            out << (layout.flag(looked_at(value)) ? "true" : "false");
            return;
        case LayoutKind::integer:
            out << layout.integer(value);
            return;
        case LayoutKind::text:
            out << testing::PrintToString(layout.text(looked_at(value)));
            return;
        case LayoutKind::number:
            out << layout.number(looked_at(value));
            return;
        case LayoutKind::date:
        case LayoutKind::timestamp:
        case LayoutKind::object_id:
            out << layout.print(value);
            return;
        case LayoutKind::enumeration:
            out << enumerator_name(layout, layout.integer(value));
            return;
        case LayoutKind::list:
            return print_items(value, layout, out);
        case LayoutKind::optional: {
            const void* held = layout.held(looked_at(value));
            if (held == nullptr) {
                out << "none";
            } else {
                print_value(held, layout.inner(), out);
            }
            return;
        }
        case LayoutKind::object:
            return print_members(value, layout, out);
    }
}

void PrintTo(const TaskId& id, std::ostream* out) {
    *out << to_string(id);
}
void PrintTo(const ReportId& id, std::ostream* out) {
    *out << to_string(id);
}
void PrintTo(const ApprovalId& id, std::ostream* out) {
    *out << to_string(id);
}
void PrintTo(const Date& date, std::ostream* out) {
    *out << to_string(date);
}
void PrintTo(const Timestamp& time, std::ostream* out) {
    *out << to_string(time);
}

void PrintTo(const NewEvent& event, std::ostream* out) {
    *out << "\n    " << event.stream.value << " " << event.event.type().name;
    print_value(event.event.payload(), event.event.kind().layout(), *out);
}

void PrintTo(const Decision& decision, std::ostream* out) {
    if (!decision.on_behalf_of.empty()) *out << "for " << decision.on_behalf_of.value << ": ";
    for (const auto& event : decision.events) PrintTo(event, out);
}

void PrintTo(const Error& error, std::ostream* out) {
    *out << "Error " << static_cast<int>(error.code) << " field \"" << error.field << "\" rule \""
         << error.rule << "\": " << error.detail;
}

}  // namespace duban
