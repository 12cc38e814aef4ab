// directory.list and the commands that change the directory.
#include <nlohmann/json.hpp>

#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "api/schema/unicode_name.h"
#include "domain/approval/hand_over_command.h"
#include "domain/directory/directory_commands.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Result<PreparedCommand> put_unit(const CommandScope& scope) {
    auto unit = read_described<Unit>(scope.params.at("unit"), "unit");
    if (!unit) return tl::unexpected<Error>(unit.error());
    // The names that stand; one that is being put at the same moment is compared when it is equal.
    auto unlike = UnitLikenesses(*scope.api.head.directory()).add(*unit, "unit.");
    if (!unlike) return tl::unexpected<Error>(unlike.error());
    const std::string code = unit->code.value;
    return PreparedCommand{PutUnit{std::move(*unit)}, {}, code, {}};
}

Result<PreparedCommand> put_person(const CommandScope& scope) {
    PutPerson command{params::id<PersonId>(scope.params, "person"),
                      params::text(scope.params, "name"),
                      params::flag(scope.params, "active", true)};
    const PersonId leaves = command.active ? PersonId() : command.person;
    return PreparedCommand{std::move(command), {}, {}, leaves};
}

Result<PreparedCommand> grant_post(const CommandScope& scope) {
    auto post = read_described<HeldPost>(scope.params.at("post"), "post");
    if (!post) return tl::unexpected<Error>(post.error());
    GrantPost command{params::id<PersonId>(scope.params, "person"), std::move(*post)};
    return PreparedCommand{std::move(command), {}, {}, {}};
}

Result<PreparedCommand> revoke_post(const CommandScope& scope) {
    const auto post = enum_of<Post>(params::text(scope.params, "post"));
    RevokePost command{params::id<PersonId>(scope.params, "person"),
                       params::id<UnitCode>(scope.params, "unit"), post.value_or(Post::clerk)};
    return PreparedCommand{std::move(command), {}, {}, {}};
}

Result<PreparedCommand> set_proxy(const CommandScope& scope) {
    auto proxy = read_described<Proxy>(scope.params.at("proxy"), "proxy");
    if (!proxy) return tl::unexpected<Error>(proxy.error());
    const std::string principal = proxy->principal.value;
    return PreparedCommand{SetProxy{std::move(*proxy)}, {}, principal, {}};
}

Result<PreparedCommand> put_group(const CommandScope& scope) {
    Group group{params::text(scope.params, "group"), params::text(scope.params, "name"),
                params::ids<PersonId>(scope.params, "members")};
    std::string object = "group/" + group.group;
    return PreparedCommand{PutGroup{std::move(group)}, {}, std::move(object), {}};
}

Result<PreparedCommand> hand_over(const CommandScope& scope) {
    HandOver command{params::id<PersonId>(scope.params, "from"),
                     params::id<PersonId>(scope.params, "to"),
                     params::text(scope.params, "opinion")};
    const std::string person = command.from.value;
    return PreparedCommand{std::move(command), {}, person, {}};
}

Result<Json> list_directory(const QueryScope& scope) {
    Json units = Json::array();
    for (const auto& [code, unit] : scope.directory.units) units.push_back(to_json_value(unit));
    Json persons = Json::array();
    for (const auto& [id, person] : scope.directory.persons) {
        persons.push_back(to_json_value(person));
    }
    Json groups = Json::array();
    for (const auto& [code, group] : scope.directory.groups) groups.push_back(to_json_value(group));
    return Json{{"units", std::move(units)},
                {"persons", std::move(persons)},
                {"groups", std::move(groups)},
                {"proxies", to_json_value(scope.directory.proxies)},
                {"rights_version", scope.directory.rights_version}};
}

Schema proxy_schema() {
    return object({required("principal", form(Form::person_id)),
                   required("deputy", form(Form::person_id)), required("from", form(Form::date)),
                   required("until", form(Form::date))});
}

Schema directory_result() {
    return object({required("units", list(schema_of<Unit>(SchemaUse::result), 0, 100'000)),
                   required("persons", list(schema_of<Person>(SchemaUse::result), 0, 100'000)),
                   required("groups", list(schema_of<Group>(SchemaUse::result), 0, 100'000)),
                   required("proxies", list(schema_of<Proxy>(SchemaUse::result), 0, 100'000)),
                   required("rights_version", integer(0, integer_max))});
}

}  // namespace

void add_directory_methods(Methods& methods) {
    Method listing =
        query_method("directory.list", "Units, persons with their posts, groups, proxies.",
                     object({}), directory_result(), list_directory);
    listing.business = false;
    methods.push_back(std::move(listing));
    methods.push_back(command_method(
        "unit.put", "Adds a unit or changes its name and kind.",
        object({required(
            "unit", object({required("code", form(Form::unit_code)),
                            required("name", shapes::title()), optional("kind", name(0, 64))}))}),
        put_unit));
    methods.push_back(command_method(
        "person.put", "Adds a person or changes the name or whether the account is active.",
        object({required("person", form(Form::person_id)), required("name", shapes::title()),
                optional("active", boolean())}),
        put_person));
    methods.push_back(command_method(
        "post.grant", "Gives a person a post in a unit.",
        object({required("person", form(Form::person_id)),
                required("post", object({required("unit", form(Form::unit_code)),
                                         required("post", shapes::post()),
                                         optional("mandate", shapes::units(mandate_units_max),
                                                  "Auditors: the units that may be read; without "
                                                  "it all.")}))}),
        grant_post));
    methods.push_back(command_method(
        "post.revoke", "Takes a post from a person.",
        object({required("person", form(Form::person_id)), required("unit", form(Form::unit_code)),
                required("post", shapes::post())}),
        revoke_post));
    methods.push_back(command_method(
        "group.put", "Names persons whom a route can ask together; replaces an earlier group.",
        object({required("group", form(Form::route_id)), required("name", shapes::title()),
                required("members", list(form(Form::person_id), 0, group_members_max))}),
        put_group));
    methods.push_back(command_method("proxy.set",
                                     "Lets a deputy act for a principal from one day to another.",
                                     object({required("proxy", proxy_schema())}), set_proxy));
    methods.push_back(command_method(
        "person.hand_over",
        "离职转办: what approvals ask of one person by name goes to another; seats follow posts.",
        object({required("from", form(Form::person_id)), required("to", form(Form::person_id)),
                required("opinion", shapes::opinion())}),
        hand_over));
}

}  // namespace duban
