#include "api/schema/described_schema.h"

#include <algorithm>

namespace duban {
namespace {

Schema object_schema(const Layout& layout, SchemaUse use) {
    std::vector<schema::Member> members;
    members.reserve(layout.members.size());
    for (const MemberLayout& member : layout.members) {
        const Layout& inner = member.layout();
        const bool required = use == SchemaUse::result && inner.kind != LayoutKind::optional;
        members.push_back({std::string(member.name), schema_of_layout(inner, use), required, {}});
    }
    return schema::object(std::move(members));
}

Schema choice_of(const Layout& layout) {
    std::vector<std::string> names;
    for (const EnumeratorLayout& one : layout.enumerators) names.emplace_back(one.name);
    return schema::choice(std::move(names));
}

}  // namespace

Schema schema_of_layout(const Layout& layout, SchemaUse use) {
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
            return schema::list(schema_of_layout(layout.inner(), use), 0, described_list_max);
        case LayoutKind::optional:
            return schema_of_layout(layout.inner(), use);
        case LayoutKind::object:
            return object_schema(layout, use);
        case LayoutKind::text:
        case LayoutKind::number:
        case LayoutKind::object_id:
            break;
    }
    return schema::text(0, described_text_max);
}

Error refused_value(Error error) {
    error.code = Errc::invalid_argument;
    error.detail = (error.field.empty() ? "the value" : error.field) + ": " + error.detail;
    return error;
}

}  // namespace duban
