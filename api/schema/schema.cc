#include "api/schema/schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "api/schema/schema_form.h"
#include "api/schema/unicode_name.h"
#include "domain/base/text_form.h"
#include "storage/codec/utf8.h"

namespace duban {

struct Schema::Node {
    struct Object {
        std::vector<schema::Member> members;
    };
    struct MapOf {
        Schema member;
    };
    struct Document {};
    struct Text {
        std::size_t min;
        std::size_t max;
        bool name = false;
    };
    struct Choice {
        std::vector<std::string> values;
    };
    struct Integer {
        std::int64_t min;
        std::int64_t max;
    };
    struct Boolean {};
    struct List {
        Schema item;
        std::size_t min;
        std::size_t max;
    };
    struct Either {
        std::vector<Schema> options;
    };
    std::variant<Object, MapOf, Document, Text, Form, Choice, Integer, Boolean, List, Either> shape;
};

namespace {

using Json = nlohmann::json;
using Node = Schema::Node;

std::string below(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

// The JSON Schema keyword that is broken goes into Error::rule.
Status wrong(const std::string& path, const char* keyword, const std::string& mend) {
    const std::string subject = path.empty() ? "the value" : path;
    return tl::unexpected<Error>(
        Error{Errc::invalid_argument, subject + " " + mend, path, keyword, 0});
}

constexpr const char* name_mend =
    "a name on one line, without blanks at its ends and without control, direction or zero-width "
    "characters, in Unicode's normal form C (NFC)";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

const char* json_type(const Node& node) {
    struct Types {
        const char* operator()(const Node::Object&) const { return "object"; }
        const char* operator()(const Node::MapOf&) const { return "object"; }
        const char* operator()(const Node::Document&) const { return "object"; }
        const char* operator()(const Node::Integer&) const { return "integer"; }
        const char* operator()(const Node::Boolean&) const { return "boolean"; }
        const char* operator()(const Node::List&) const { return "array"; }
        const char* operator()(const Node::Either&) const { return ""; }
        const char* operator()(const Node::Text&) const { return "string"; }
        const char* operator()(Form) const { return "string"; }
        const char* operator()(const Node::Choice&) const { return "string"; }
    };
    return std::visit(Types{}, node.shape);
}

bool has_type(const Node& node, const Json& value) {
    const std::string_view type = json_type(node);
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return true;
}

Status wrong_type(const Node& node, const Json& value, const std::string& path) {
    const std::string wanted = json_type(node);
    if (value.is_null()) return wrong(path, "type", "is null; leave it out instead");
    if (value.is_number_float() && wanted == "integer") {
        return wrong(path, "type", "must be a whole number of at most 9007199254740991");
    }
    if (value.is_number() && wanted == "string") {
        return wrong(path, "type",
                     "must be a string; write numbers as decimal strings such as \"12.5\"");
    }
    const char* article =
        wanted == "object" || wanted == "integer" || wanted == "array" ? "an " : "a ";
    return wrong(path, "type", "must be " + (article + wanted) + ", not " + value.type_name());
}

class Checker {
public:
    Checker(const Json& value, const std::string& path) : value_(value), path_(path) {}

    Status operator()(const Node::Object& of) const {
        std::size_t found = 0;
        for (const auto& member : of.members) {
            const auto given = value_.find(member.name);
            if (given == value_.end()) {
                if (member.required) {
                    return wrong(below(path_, member.name), "required", "is missing");
                }
                continue;
            }
            ++found;
            if (auto ok = member.schema.check(*given, below(path_, member.name)); !ok) return ok;
        }
        return found == value_.size() ? Status{} : unknown_member(of);
    }
    Status operator()(const Node::MapOf& of) const {
        for (const auto& [name, member] : value_.items()) {
            if (auto ok = of.member.check(member, below(path_, name)); !ok) return ok;
        }
        return {};
    }
    Status operator()(const Node::Document&) const { return {}; }
    Status operator()(const Node::Text& of) const {
        const auto& text = value_.get_ref<const std::string&>();
        const std::size_t length = characters(text);
        if (length < of.min) {
            return wrong(path_, "minLength",
                         of.min == 1
                             ? "must not be empty"
                             : "must have at least " + std::to_string(of.min) + " characters");
        }
        if (length > of.max) {
            return wrong(path_, "maxLength",
                         "has " + std::to_string(length) + " characters; at most " +
                             std::to_string(of.max) + " are taken");
        }
        if (of.name) return check_name(text);
        if (!is_plain(text)) {
            return wrong(path_, "pattern",
                         "must not have direction or control characters other than line breaks and "
                         "tabs");
        }
        return {};
    }
    Status operator()(Form form) const {
        const FormInfo& info = form_info(form);
        if (info.check(value_.get_ref<const std::string&>())) return {};
        return wrong(path_, "pattern", std::string("must be ") + info.mend);
    }
    Status operator()(const Node::Choice& of) const {
        const auto& text = value_.get_ref<const std::string&>();
        if (std::ranges::find(of.values, text) != of.values.end()) return {};
        return wrong(path_, "enum", "must be one of: " + joined(of.values));
    }
    Status operator()(const Node::Integer& of) const {
        const bool large = value_.is_number_unsigned() &&
                           value_.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
        if (large || value_.get<std::int64_t>() > of.max) {
            return wrong(path_, "maximum", "must be at most " + std::to_string(of.max));
        }
        if (value_.get<std::int64_t>() < of.min) {
            return wrong(path_, "minimum", "must be at least " + std::to_string(of.min));
        }
        return {};
    }
    Status operator()(const Node::Boolean&) const { return {}; }
    Status operator()(const Node::List& of) const {
        if (value_.size() < of.min) {
            return wrong(path_, "minItems",
                         "must have at least " + std::to_string(of.min) + " items");
        }
        if (value_.size() > of.max) {
            return wrong(path_, "maxItems",
                         "has " + std::to_string(value_.size()) + " items; at most " +
                             std::to_string(of.max) + " are taken");
        }
        for (std::size_t at = 0; at < value_.size(); ++at) {
            const auto ok = of.item.check(value_[at], path_ + "[" + std::to_string(at) + "]");
            if (!ok) return ok;
        }
        return {};
    }
    Status operator()(const Node::Either& of) const {
        for (const Schema& option : of.options) {
            if (has_type(option.node(), value_)) return option.check(value_, path_);
        }
        std::vector<std::string> types;
        for (const Schema& option : of.options) types.emplace_back(json_type(option.node()));
        return wrong(path_, "anyOf", "must be one of these types: " + joined(types));
    }

private:
    Status check_name(const std::string& text) const {
        if (text.empty()) return {};
        if (is_blank(text)) return wrong(path_, "pattern", "must not be blank");
        if (!is_name(text)) return wrong(path_, "pattern", std::string("must be ") + name_mend);
        if (is_normal(text)) return {};
        return wrong(path_, "pattern",
                     "is not in Unicode's normal form C (NFC); normalise it before sending");
    }

    Status unknown_member(const Node::Object& of) const {
        std::vector<std::string> known;
        for (const auto& member : of.members) known.push_back(member.name);
        for (const auto& [name, member] : value_.items()) {
            if (std::ranges::find(known, name) != known.end()) continue;
            const std::string shown(shortened(name, 64));
            return wrong(below(path_, shown), "additionalProperties",
                         known.empty() ? "is not known here; no fields are taken"
                                       : "is not known here; known are: " + joined(known));
        }
        return {};
    }

    const Json& value_;
    const std::string& path_;
};

struct Describer {
    Json operator()(const Node::Object& of) const {
        Json properties = Json::object();
        Json required = Json::array();
        for (const auto& member : of.members) {
            Json described = member.schema.describe();
            if (!member.about.empty()) described["description"] = member.about;
            properties[member.name] = std::move(described);
            if (member.required) required.push_back(member.name);
        }
        return {{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(required)},
                {"additionalProperties", false}};
    }
    Json operator()(const Node::MapOf& of) const {
        return {{"type", "object"}, {"additionalProperties", of.member.describe()}};
    }
    Json operator()(const Node::Document&) const { return {{"type", "object"}}; }
    Json operator()(const Node::Text& of) const {
        Json json = {{"type", "string"}, {"minLength", of.min}, {"maxLength", of.max}};
        if (!of.name) return json;
        json["pattern"] = of.min == 0 ? R"(^(?:\S(?:.*\S)?)?$)" : R"(^\S(?:.*\S)?$)";
        json["description"] = name_mend;
        return json;
    }
    Json operator()(Form form) const {
        const FormInfo& info = form_info(form);
        return {{"type", "string"}, {"pattern", info.pattern}, {"description", info.mend}};
    }
    Json operator()(const Node::Choice& of) const {
        return {{"type", "string"}, {"enum", of.values}};
    }
    Json operator()(const Node::Integer& of) const {
        return {{"type", "integer"}, {"minimum", of.min}, {"maximum", of.max}};
    }
    Json operator()(const Node::Boolean&) const { return {{"type", "boolean"}}; }
    Json operator()(const Node::List& of) const {
        return {{"type", "array"},
                {"items", of.item.describe()},
                {"minItems", of.min},
                {"maxItems", of.max}};
    }
    Json operator()(const Node::Either& of) const {
        Json options = Json::array();
        for (const Schema& option : of.options) options.push_back(option.describe());
        return {{"anyOf", std::move(options)}};
    }
};

template <class Shape>
Schema make(Shape shape) {
    return Schema(std::make_shared<const Node>(Node{std::move(shape)}));
}

}  // namespace

Status Schema::check(const Json& value, const std::string& path) const {
    if (!has_type(*node_, value)) return wrong_type(*node_, value, path);
    return std::visit(Checker(value, path), node_->shape);
}

Json Schema::describe() const {
    return std::visit(Describer{}, node_->shape);
}

namespace schema {

Member required(std::string name, Schema schema, std::string about) {
    return {std::move(name), std::move(schema), true, std::move(about)};
}
Member optional(std::string name, Schema schema, std::string about) {
    return {std::move(name), std::move(schema), false, std::move(about)};
}
Schema object(std::vector<Member> members) {
    return make(Node::Object{std::move(members)});
}
Schema with(const Schema& object, std::vector<Member> members) {
    Node::Object whole = std::get<Node::Object>(object.node().shape);
    for (Member& member : members) {
        std::erase_if(whole.members, [&](const Member& old) { return old.name == member.name; });
        whole.members.push_back(std::move(member));
    }
    return make(std::move(whole));
}
Schema without(const Schema& object, const std::vector<std::string>& names) {
    Node::Object whole = std::get<Node::Object>(object.node().shape);
    std::erase_if(whole.members, [&](const Member& member) {
        return std::ranges::find(names, member.name) != names.end();
    });
    return make(std::move(whole));
}
Schema map_of(Schema member) {
    return make(Node::MapOf{std::move(member)});
}
Schema document() {
    return make(Node::Document{});
}
Schema text(std::size_t min, std::size_t max) {
    return make(Node::Text{min, max, false});
}
Schema name(std::size_t min, std::size_t max) {
    return make(Node::Text{min, max, true});
}
Schema form(Form form) {
    return make(form);
}
Schema choice(std::vector<std::string> values) {
    return make(Node::Choice{std::move(values)});
}
Schema integer(std::int64_t min, std::int64_t max) {
    return make(Node::Integer{min, max});
}
Schema boolean() {
    return make(Node::Boolean{});
}
Schema list(Schema item, std::size_t min, std::size_t max) {
    return make(Node::List{std::move(item), min, max});
}
Schema either(std::vector<Schema> options) {
    return make(Node::Either{std::move(options)});
}

}  // namespace schema

}  // namespace duban
