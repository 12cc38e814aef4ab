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

tl::unexpected<Error> not_the_person(const char* field) {
    return fail(Errc::unauthenticated,
                "the person is not known, not active, or the password is wrong", field);
}

bool is_active(const CommandScope& scope, const PersonId& id) {
    const auto directory = scope.api.head.directory();
    const Person* person = find_person(*directory, id);
    return person != nullptr && person->active;
}

// What was verified: the hash as it stood before. Failures slow the next try down.
Result<std::string> require_password(const CommandScope& scope, const PersonId& person,
                                     const std::string& password, const char* field) {
    if (auto wait = throttled(scope, person); !wait) return tl::unexpected<Error>(wait.error());
    const auto stored = find_password_hash(scope.api.database, person);
    if (!stored) return tl::unexpected<Error>(stored.error());
    const auto right =
        check_password(scope.api.database, person, password, scope.api.password_cost);
    if (!right) return tl::unexpected<Error>(right.error());
    if (*right && *stored && is_active(scope, person)) {
        scope.api.logins->succeeded(person.value, scope.caller.remote);
        return **stored;
    }
    scope.api.logins->failed(person.value, scope.caller.remote, scope.api.clock.steady());
    return not_the_person(field);
}

// Requires: SessionBook::change() is held. Hashing takes long enough for another password or the
// end of the account to come in between.
Status still_holds(const CommandScope& scope, const PersonId& person, const std::string& verified,
                   const char* field) {
    const auto stored = find_password_hash(scope.api.database, person);
    if (!stored) return tl::unexpected<Error>(stored.error());
    if (*stored == verified && is_active(scope, person)) return {};
    return not_the_person(field);
}

// Requires: SessionBook::change() is held. A call that waited acts for no session that has ended.
Status require_session(const CommandScope& scope) {
    if (has_ended(scope.caller.life)) return tl::unexpected<Error>(session_ended());
    return {};
}

Result<Json> login(const CommandScope& scope) {
    const auto person = params::id<PersonId>(scope.params, "person");
    const auto verified =
        require_password(scope, person, params::text(scope.params, "password"), "password");
    if (!verified) return tl::unexpected<Error>(verified.error());
    const std::string token = scope.api.ids.token();
    const auto life = std::chrono::milliseconds(scope.api.limits.session_life).count();
    const StoredSession session{person, "s-" + scope.api.ids.uuid7(scope.now), scope.now,
                                Timestamp{scope.now.ms + life}};
    const auto change = scope.api.session_book->change();
    if (auto holds = still_holds(scope, person, *verified, "password"); !holds) {
        return tl::unexpected<Error>(holds.error());
    }
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
    const auto change = scope.api.session_book->change();
    const auto erased = erase_session(scope.api.database, scope.caller.token_hash);
    if (!erased) return tl::unexpected<Error>(erased.error());
    scope.api.session_book->end({scope.caller.token_hash});
    return Json::object();
}

Status may_set_password_of(const CommandScope& scope, const PersonId& person) {
    const auto directory = scope.api.head.directory();
    if (!holds_post(*directory, scope.caller.person, Post::security_admin)) {
        return fail(Errc::forbidden,
                    "another person's password is set by a security_admin; ask one", "person");
    }
    if (find_person(*directory, person) == nullptr) {
        return fail(Errc::not_found, "there is no person " + person.value, "person");
    }
    return {};
}

// The session that asks goes on; all others of the person end.
Result<Json> change_password(const CommandScope& scope) {
    const bool own = !scope.params.contains("person") ||
                     params::text(scope.params, "person") == scope.caller.person.value;
    const PersonId person =
        own ? scope.caller.person : params::id<PersonId>(scope.params, "person");
    Result<std::string> verified{};
    if (own) {
        verified = require_password(scope, person, params::text(scope.params, "old_password"),
                                    "old_password");
        if (!verified) return tl::unexpected<Error>(verified.error());
    } else if (const auto may = may_set_password_of(scope, person); !may) {
        return tl::unexpected<Error>(may.error());
    }
    const auto hash =
        hash_password(params::text(scope.params, "new_password"), scope.api.password_cost);
    if (!hash) return tl::unexpected<Error>(hash.error());
    const auto change = scope.api.session_book->change();
    Status may = require_session(scope);
    if (may) {
        may = own ? still_holds(scope, person, *verified, "old_password")
                  : may_set_password_of(scope, person);
    }
    if (!may) return tl::unexpected<Error>(may.error());
    const auto ended =
        replace_password_hash(scope.api.database, person, *hash, scope.caller.token_hash);
    if (!ended) return tl::unexpected<Error>(ended.error());
    scope.api.session_book->end(*ended);
    return Json{{"person", person_json(*scope.api.head.directory(), person)}};
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
    const Schema password = text(1, password_characters_max);
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
                required("new_password", text(password_characters_min, password_characters_max))}),
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
