// Schema: what a JSON value may look like. One object both checks requests and prints itself as
// JSON Schema 2020-12, so that the published description cannot differ from what is enforced. A
// subset: objects without unknown members, strings with a length in characters or of a named form,
// integers, booleans, lists, and a choice between schemas. No floats and no null anywhere.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/base/result.h"

namespace duban {

class Schema {
public:
    struct Node;
    explicit Schema(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

    // Errors: invalid_argument. `field` is the offending path ("values[0].numerator"), `rule` the
    // JSON Schema keyword that is broken, `detail` a sentence with path and mend.
    [[nodiscard]] Status check(const nlohmann::json& value, const std::string& path = {}) const;
    // As JSON Schema 2020-12.
    [[nodiscard]] nlohmann::json describe() const;

    [[nodiscard]] const Node& node() const { return *node_; }

private:
    std::shared_ptr<const Node> node_;
};

// Forms of strings that have a name.
enum class Form {
    approval_id,
    date,
    decimal,
    digest,
    name,  // of a subscription, indicator, node: 1 to 64 of letters, digits, '.', '-', '_'
    period,
    person_id,
    plan_id,
    place,  // a position, or "-1" before the first
    position,
    report_id,
    extension_id,
    closing_id,
    amendment_id,
    issue_id,
    route_id,
    task_id,
    timestamp,
    unit_code,
    uuid,
};

namespace schema {

// What canonical JSON takes and every JSON reader keeps exactly.
inline constexpr std::int64_t integer_max = (1LL << 53) - 1;

struct Member {
    std::string name;
    Schema schema;
    bool required = false;
    std::string about;  // one sentence for the published description, or ""
};

[[nodiscard]] Member required(std::string name, Schema schema, std::string about = {});
[[nodiscard]] Member optional(std::string name, Schema schema, std::string about = {});

[[nodiscard]] Schema object(std::vector<Member> members);
// The object schema with further members; one of the same name is replaced.
[[nodiscard]] Schema with(const Schema& object, std::vector<Member> members);
[[nodiscard]] Schema without(const Schema& object, const std::vector<std::string>& names);
// An object whose members all have one schema, under names that the data give.
[[nodiscard]] Schema map_of(Schema member);
// An object about which nothing is checked: a foreign document. For results only.
[[nodiscard]] Schema document();
// min to max characters; control characters other than line breaks and tabs are refused.
[[nodiscard]] Schema text(std::size_t min, std::size_t max);
// A name or title of min to max characters (domain/base/text_form.h) in Unicode's normal form C.
// With min 0 it may be "".
[[nodiscard]] Schema name(std::size_t min, std::size_t max);
[[nodiscard]] Schema form(Form form);
[[nodiscard]] Schema choice(std::vector<std::string> values);
[[nodiscard]] Schema integer(std::int64_t min, std::int64_t max);
[[nodiscard]] Schema boolean();
[[nodiscard]] Schema list(Schema item, std::size_t min, std::size_t max);
// One of several; a value is judged by the first whose JSON type fits.
[[nodiscard]] Schema either(std::vector<Schema> options);

}  // namespace schema

}  // namespace duban
