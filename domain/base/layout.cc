#include "domain/base/layout.h"

#include <algorithm>

namespace duban {

const MemberLayout* find_member(const Layout& layout, std::string_view name) {
    const auto found = std::find_if(layout.members.begin(), layout.members.end(),
                                    [&](const MemberLayout& one) { return one.name == name; });
    return found == layout.members.end() ? nullptr : &*found;
}

std::string_view enumerator_name(const Layout& layout, std::int64_t value) {
    for (const EnumeratorLayout& one : layout.enumerators) {
        if (one.value == value) return one.name;
    }
    assertion_failed("an enumeration holds one of its values", __FILE__, __LINE__);
}

std::optional<std::int64_t> enumerator_named(const Layout& layout, std::string_view name) {
    for (const EnumeratorLayout& one : layout.enumerators) {
        if (one.name == name) return one.value;
    }
    return std::nullopt;
}

std::string names_in(const Layout& layout) {
    std::string names;
    const auto add = [&](std::string_view name) {
        if (!names.empty()) names += ", ";
        names += name;
    };
    for (const EnumeratorLayout& one : layout.enumerators) add(one.name);
    for (const MemberLayout& one : layout.members) add(one.name);
    return names;
}

}  // namespace duban
