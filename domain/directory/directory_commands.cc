#include <algorithm>
#include <set>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/base/limits.h"
#include "domain/base/text_form.h"
#include "domain/directory/directory_commands.h"
#include "domain/directory/directory_events.h"
#include "domain/directory/unit_check.h"

namespace duban {
namespace {

bool is_system(const Facts& facts) {
    return facts.actor.value == system_actor;
}

// The set-up from the command line may all that an administrator may.
Status require_post(const Facts& facts, Post post, const char* deed) {
    if (is_system(facts) || holds_post(facts.directory, facts.actor, post)) return {};
    return fail(Errc::forbidden, std::string(deed) + " is for a " + to_string(post) + "; ask one.");
}

Status require_person(const Facts& facts, const PersonId& person, const char* field) {
    if (find_person(facts.directory, person) != nullptr) return {};
    return fail(Errc::not_found, "There is no person " + person.value + "; put the person first.",
                field);
}

Status require_unit(const Facts& facts, const UnitCode& unit, const std::string& field) {
    if (facts.directory.units.contains(unit)) return {};
    return fail(Errc::not_found, "There is no unit " + unit.value + "; put the unit first.", field);
}

const HeldPost* find_post(const Person& person, const UnitCode& unit, Post post) {
    const auto held = std::find_if(
        person.posts.begin(), person.posts.end(),
        [&](const HeldPost& other) { return other.unit == unit && other.post == post; });
    return held == person.posts.end() ? nullptr : &*held;
}

Status keep_a_security_admin(const Facts& facts, const PersonId& leaving) {
    const auto& persons = facts.directory.persons;
    const bool another = std::any_of(persons.begin(), persons.end(), [&](const auto& entry) {
        return entry.first != leaving &&
               holds_post(facts.directory, entry.first, Post::security_admin);
    });
    if (another || !holds_post(facts.directory, leaving, Post::security_admin)) return {};
    return refuse("last_security_admin",
                  leaving.value + " is the last security_admin; grant the post to another first.");
}

// Which two posts one person may hold. The three administrators are three persons.
bool may_share(Post a, Post b) {
    if (!is_administrator(a) && !is_administrator(b)) return true;
    return (a == Post::audit_admin && b == Post::auditor) ||
           (a == Post::auditor && b == Post::audit_admin);
}

Status check_apart(const Person& person, const HeldPost& wanted) {
    for (const HeldPost& held : person.posts) {
        if (may_share(held.post, wanted.post)) continue;
        return refuse("administrators_apart",
                      person.id.value + " is " + to_string(held.post) + " of " + held.unit.value +
                          " and may not be " + to_string(wanted.post) +
                          " as well; revoke that post first or choose another person.",
                      "post.post");
    }
    return {};
}

// The one unit that a post belongs to; nullptr for the posts of any unit but admin.
const char* home_of(Post post) {
    if (is_administrator(post)) return admin_unit;
    if (post == Post::leader) return zone_unit;
    if (post == Post::auditor) return audit_unit;
    return nullptr;
}

Status check_place(const HeldPost& wanted) {
    const char* home = home_of(wanted.post);
    const bool allowed =
        home == nullptr ? wanted.unit.value != admin_unit : wanted.unit.value == home;
    if (allowed) return {};
    return refuse("post_place",
                  std::string("The post ") + to_string(wanted.post) +
                      (home == nullptr ? " is for any unit but admin; name another unit."
                                       : std::string(" is for the unit ") + home + " only."),
                  "post.unit");
}

Status check_mandate(const Facts& facts, const HeldPost& wanted) {
    if (wanted.post != Post::auditor && !wanted.mandate.empty()) {
        return fail(Errc::invalid_argument, "Only an auditor has a mandate; leave it out.",
                    "post.mandate");
    }
    if (wanted.mandate.size() > mandate_units_max) {
        return fail(Errc::invalid_argument,
                    "A mandate names at most " + std::to_string(mandate_units_max) +
                        " units; without one all may be read.",
                    "post.mandate");
    }
    std::set<UnitCode> seen;
    for (std::size_t i = 0; i < wanted.mandate.size(); ++i) {
        const std::string field = "post.mandate[" + std::to_string(i) + "]";
        if (auto known = require_unit(facts, wanted.mandate[i], field); !known) return known;
        if (!seen.insert(wanted.mandate[i]).second) {
            return fail(Errc::invalid_argument, "This unit is named twice; name it once.", field);
        }
    }
    return {};
}

}  // namespace

static Result<Decision> decide_one(const PutUnit& command, const Facts& facts) {
    if (auto may = require_post(facts, Post::system_admin, "Putting a unit"); !may) {
        return tl::unexpected(may.error());
    }
    const Unit& unit = command.unit;
    if (auto checked = check_unit(unit, "unit."); !checked) return tl::unexpected(checked.error());
    const auto known = facts.directory.units.find(unit.code);
    if (known != facts.directory.units.end() && known->second == unit) return Decision{};
    if (auto free = check_unit_name(unit, facts.directory, "unit."); !free) {
        return tl::unexpected(free.error());
    }
    return decision_of({UnitPut{unit}});
}

static Result<Decision> decide_one(const PutPerson& command, const Facts& facts) {
    if (auto may = require_post(facts, Post::system_admin, "Putting a person"); !may) {
        return tl::unexpected(may.error());
    }
    if (!is_code(command.person.value)) return fail(Errc::invalid_argument, code_form, "person");
    if (command.person.value == system_actor) {
        return fail(Errc::invalid_argument,
                    "The name system is kept for the server itself; choose another.", "person");
    }
    if (!is_name(command.name)) return fail(Errc::invalid_argument, name_form, "name");
    const Person* known = find_person(facts.directory, command.person);
    if (known != nullptr && known->name == command.name && known->active == command.active) {
        return Decision{};
    }
    if (!command.active) {
        if (auto kept = keep_a_security_admin(facts, command.person); !kept) {
            return tl::unexpected(kept.error());
        }
    }
    return decision_of({PersonPut{command.person, command.name, command.active}});
}

static Result<Decision> decide_one(const GrantPost& command, const Facts& facts) {
    Status checked = require_post(facts, Post::security_admin, "Granting a post");
    if (checked) checked = require_person(facts, command.person, "person");
    if (checked) checked = require_unit(facts, command.post.unit, "post.unit");
    if (checked) checked = check_place(command.post);
    if (checked) checked = check_mandate(facts, command.post);
    if (!checked) return tl::unexpected(checked.error());
    const Person& person = *find_person(facts.directory, command.person);
    const HeldPost* held = find_post(person, command.post.unit, command.post.post);
    if (held != nullptr && held->mandate == command.post.mandate) return Decision{};
    if (held == nullptr) checked = check_apart(person, command.post);
    if (!checked) return tl::unexpected(checked.error());
    return decision_of({PostGranted{command.person, command.post}});
}

static Result<Decision> decide_one(const RevokePost& command, const Facts& facts) {
    Status checked = require_post(facts, Post::security_admin, "Revoking a post");
    if (checked) checked = require_person(facts, command.person, "person");
    if (!checked) return tl::unexpected(checked.error());
    const Person& person = *find_person(facts.directory, command.person);
    if (find_post(person, command.unit, command.post) == nullptr) {
        return refuse("not_held",
                      command.person.value + " is not " + to_string(command.post) + " of " +
                          command.unit.value + "; see directory.list for the posts held.",
                      "post");
    }
    if (command.post == Post::security_admin) checked = keep_a_security_admin(facts, person.id);
    if (!checked) return tl::unexpected(checked.error());
    return decision_of({PostRevoked{command.person, command.unit, command.post}});
}

static Result<Decision> decide_one(const PutGroup& command, const Facts& facts) {
    const Group& group = command.group;
    Status checked = require_post(facts, Post::security_admin, "Putting a group");
    if (!checked) return tl::unexpected(checked.error());
    if (!is_route_id(group.group)) return fail(Errc::invalid_argument, route_id_form, "group");
    if (!is_name(group.name)) return fail(Errc::invalid_argument, name_form, "name");
    if (group.members.size() > group_members_max) {
        return fail(Errc::invalid_argument, "A group has at most 200 members.", "members");
    }
    std::set<PersonId> seen;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
        const std::string field = "members[" + std::to_string(i) + "]";
        checked = require_person(facts, group.members[i], field.c_str());
        if (!checked) return tl::unexpected(checked.error());
        if (!seen.insert(group.members[i]).second) {
            return fail(Errc::invalid_argument, "This person is named twice; name him once.",
                        field);
        }
    }
    const auto known = facts.directory.groups.find(group.group);
    if (known != facts.directory.groups.end() && known->second == group) return Decision{};
    return decision_of({GroupPut{group}});
}

DUBAN_DEFINE_COMMAND(PutUnit)
DUBAN_DEFINE_COMMAND(PutPerson)
DUBAN_DEFINE_COMMAND(GrantPost)
DUBAN_DEFINE_COMMAND(RevokePost)
DUBAN_DEFINE_COMMAND(PutGroup)

}  // namespace duban
