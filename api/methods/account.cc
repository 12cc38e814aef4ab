// Log-in, log-out, passwords, and who one is.
#include <nlohmann/json.hpp>

#include "api/guard/accounts.h"
#include "api/render/names.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "storage/beside/credentials.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Json posts_json(const Directory& directory, const PersonId& id) {
    Json posts = Json::array();
    const Person* person = find_person(directory, id);
    if (person == nullptr) return posts;
    for (const HeldPost& held : person->posts) {
        posts.push_back({{"unit", unit_json(directory, held.unit)},
                         {"post", std::string(enum_name(held.post))},
                         {"mandate", units_json(directory, held.mandate)}});
    }
    return posts;
}

Status throttled(const CommandScope& scope, const PersonId& person) {
    const auto wait =
        scope.api.logins->wait_left(person.value, scope.caller.remote, scope.api.clock.steady());
    if (wait.count() == 0) return {};
    return tl::unexpected<Error>(
        Error{Errc::rate_limited,
              "too many wrong passwords; try again in " + std::to_string(wait.count()) + " ms",
              {},
              {},
              static_cast<std::uint64_t>(wait.count())});
}

// Whether it is the person's password; failures slow the next try down.
Status require_password(const CommandScope& scope, const PersonId& person,
                        const std::string& password, const char* field) {
    if (auto wait = throttled(scope, person); !wait) return wait;
    const auto right =
        check_password(scope.api.database, person, password, scope.api.password_cost);
    if (!right) return tl::unexpected<Error>(right.error());
    const auto directory = scope.api.head.directory();
    const Person* known = find_person(*directory, person);
    if (*right && known != nullptr && known->active) {
        scope.api.logins->succeeded(person.value, scope.caller.remote);
        return {};
    }
    scope.api.logins->failed(person.value, scope.caller.remote, scope.api.clock.steady());
    return fail(Errc::unauthenticated,
                "the person is not known, not active, or the password is wrong", field);
}

Result<Json> login(const CommandScope& scope) {
    const auto person = params::id<PersonId>(scope.params, "person");
    const auto right =
        require_password(scope, person, params::text(scope.params, "password"), "password");
    if (!right) return tl::unexpected<Error>(right.error());
    const std::string token = scope.api.ids.token();
    const auto life = std::chrono::milliseconds(scope.api.limits.session_life).count();
    const StoredSession session{person, "s-" + scope.api.ids.uuid7(scope.now), scope.now,
                                Timestamp{scope.now.ms + life}};
    if (const auto kept = erase_expired_sessions(scope.api.database, scope.now); !kept) {
        return tl::unexpected<Error>(kept.error());
    }
    const auto stored = put_session(scope.api.database, token_hash(token), session);
    if (!stored) return tl::unexpected<Error>(stored.error());
    const auto directory = scope.api.head.directory();
    return Json{{"token", token},
                {"expires_at", to_string(session.expires)},
                {"person", person_json(*directory, person)},
                {"posts", posts_json(*directory, person)}};
}

Result<Json> logout(const CommandScope& scope) {
    const auto erased = erase_session(scope.api.database, scope.caller.token_hash);
    if (!erased) return tl::unexpected<Error>(erased.error());
    scope.api.logins->sessions_ended();
    return Json::object();
}

// The session that asks goes on; all others of that person end.
Status end_other_sessions(const CommandScope& scope, const PersonId& person) {
    auto& database = scope.api.database;
    const auto own = find_session(database, scope.caller.token_hash);
    if (!own) return tl::unexpected<Error>(own.error());
    if (auto erased = erase_sessions_of(database, person); !erased) return erased;
    if (*own && (*own)->person == person) {
        if (auto kept = put_session(database, scope.caller.token_hash, **own); !kept) return kept;
    }
    scope.api.logins->sessions_ended();
    return {};
}

Result<Json> change_password(const CommandScope& scope) {
    const bool own = !scope.params.contains("person") ||
                     params::text(scope.params, "person") == scope.caller.person.value;
    const PersonId person =
        own ? scope.caller.person : params::id<PersonId>(scope.params, "person");
    const auto directory = scope.api.head.directory();
    if (own) {
        const auto right = require_password(
            scope, person, params::text(scope.params, "old_password"), "old_password");
        if (!right) return tl::unexpected<Error>(right.error());
    } else if (!holds_post(*directory, scope.caller.person, Post::security_admin)) {
        return fail(Errc::forbidden,
                    "another person's password is set by a security_admin; ask one", "person");
    } else if (find_person(*directory, person) == nullptr) {
        return fail(Errc::not_found, "there is no person " + person.value, "person");
    }
    auto done = set_password(scope.api.database, person, params::text(scope.params, "new_password"),
                             scope.api.password_cost);
    if (done) done = end_other_sessions(scope, person);
    if (!done) return tl::unexpected<Error>(done.error());
    return Json{{"person", person_json(*directory, person)}};
}

Result<Json> me(const QueryScope& scope) {
    Json principals = Json::array();
    for (const auto& id : principals_of(scope.directory, scope.caller.person, scope.today)) {
        principals.push_back(person_json(scope.directory, id));
    }
    return Json{{"person", person_json(scope.directory, scope.caller.person)},
                {"posts", posts_json(scope.directory, scope.caller.person)},
                {"proxy_for", std::move(principals)},
                {"session", scope.caller.session},
                {"expires_at", to_string(scope.caller.expires)}};
}

}  // namespace

void add_account_methods(Methods& methods) {
    const Schema password = text(1, password_bytes_max);
    const Schema posts = list(shapes::held_post(), 0, 1000);
    Method log_in = account_method(
        "auth.login", "Opens a session.",
        object({required("person", form(Form::person_id)), required("password", password)}),
        object({required("token", text(16, 128)), required("expires_at", form(Form::timestamp)),
                required("person", shapes::person()), required("posts", posts)}),
        login);
    log_in.without_login = true;
    log_in.hashes_password = true;
    methods.push_back(std::move(log_in));
    methods.push_back(
        account_method("auth.logout", "Ends the session.", object({}), object({}), logout));
    Method set = account_method(
        "auth.set_password",
        "One's own with the old one, or another person's as a security administrator. Ends the "
        "person's other sessions.",
        object({optional("person", form(Form::person_id)), optional("old_password", password),
                required("new_password", password,
                         "At least " + std::to_string(password_bytes_min) + " and at most " +
                             std::to_string(password_bytes_max) + " bytes of UTF-8.")}),
        object({required("person", shapes::person())}), change_password);
    set.hashes_password = true;
    methods.push_back(std::move(set));
    Method who = query_method(
        "auth.me", "Who is logged in, with posts and those for whom he is proxy today.", object({}),
        object({required("person", shapes::person()), required("posts", posts),
                required("proxy_for", list(shapes::person(), 0, 1000)),
                required("session", text(1, 64)), required("expires_at", form(Form::timestamp))}),
        me);
    who.business = false;
    methods.push_back(std::move(who));
}

}  // namespace duban
