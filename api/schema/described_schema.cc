#include "api/schema/described_schema.h"

#include <algorithm>

namespace duban {
namespace {

// The objects that a layout stands in, innermost first. A layout that stands in itself (a branch of
// a route holds nodes, a node branches) is described once; below that, any object is taken, and
// reading the value checks it.
struct Within {
    const Layout* layout = nullptr;
    const Within* outer = nullptr;

    [[nodiscard]] bool has(const Layout& other) const {
        return layout == &other || (outer != nullptr && outer->has(other));
    }
};

Schema describe(const Layout& layout, SchemaUse use, const Within& within);

Schema object_schema(const Layout& layout, SchemaUse use, const Within& within) {
    if (within.has(layout)) return schema::document();
    const Within here{&layout, &within};
    std::vector<schema::Member> members;
    members.reserve(layout.members.size());
    for (const MemberLayout& member : layout.members) {
        const Layout& inner = member.layout();
        const bool required =
            use == SchemaUse::result && !layout.sparse && inner.kind != LayoutKind::optional;
        members.push_back({std::string(member.name), describe(inner, use, here), required, {}});
    }
    return schema::object(std::move(members));
}

Schema choice_of(const Layout& layout) {
    std::vector<std::string> names;
    for (const EnumeratorLayout& one : layout.enumerators) names.emplace_back(one.name);
    return schema::choice(std::move(names));
}

Schema describe(const Layout& layout, SchemaUse use, const Within& within) {
    switch (layout.kind) {
        case LayoutKind::boolean:
            return schema::boolean();
        case LayoutKind::integer:
            return schema::integer(std::max(layout.low, -schema::integer_max),
                                   std::min(layout.high, schema::integer_max));
        case LayoutKind::enumeration:
            return choice_of(layout);
        case LayoutKind::date:
            return schema::form(Form::date);
        case LayoutKind::timestamp:
            return schema::form(Form::timestamp);
        case LayoutKind::list:
            return schema::list(describe(layout.inner(), use, within), 0, described_list_max);
        case LayoutKind::optional:
            return describe(layout.inner(), use, within);
        case LayoutKind::object:
            return object_schema(layout, use, within);
        case LayoutKind::text:
        case LayoutKind::number:
        case LayoutKind::object_id:
            break;
    }
    return schema::text(0, described_text_max);
}

}  // namespace

Schema schema_of_layout(const Layout& layout, SchemaUse use) {
    return describe(layout, use, {});
}

Error refused_value(Error error) {
    error.code = Errc::invalid_argument;
    error.detail = (error.field.empty() ? "the value" : error.field) + ": " + error.detail;
    return error;
}

}  // namespace duban
