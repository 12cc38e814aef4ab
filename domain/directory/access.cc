#include "domain/directory/access.h"

#include <algorithm>

namespace duban {
namespace {

// What a post adds; an administrator's adds nothing here.
void add_post(Access& access, const HeldPost& held) {
    switch (held.post) {
        case Post::clerk:
        case Post::section:
        case Post::deputy:
        case Post::head:
        case Post::leader:
            access.units.insert(held.unit);
            access.homes.insert(held.unit);
            access.all =
                access.all || held.unit.value == office_unit || held.unit.value == zone_unit;
            return;
        case Post::auditor:
            access.audits_all = access.audits_all || held.mandate.empty();
            access.mandate.insert(held.mandate.begin(), held.mandate.end());
            access.homes.insert(held.unit);
            return;
        case Post::system_admin:
        case Post::security_admin:
        case Post::audit_admin:
            return;
    }
}

void add_person(Access& access, const Directory& directory, const PersonId& id) {
    const Person* person = find_person(directory, id);
    if (person == nullptr || !person->active) return;
    access.persons.insert(id);
    for (const HeldPost& held : person->posts) add_post(access, held);
}

bool any_in(const std::set<UnitCode>& known, const std::vector<UnitCode>& units) {
    return std::any_of(units.begin(), units.end(),
                       [&](const UnitCode& unit) { return known.contains(unit); });
}

}  // namespace

Access access_of(const Directory& directory, const PersonId& person, Date today) {
    Access access;
    access.person = person;
    access.administrator = holds_post(directory, person, Post::system_admin) ||
                           holds_post(directory, person, Post::security_admin);
    if (access.administrator) return access;
    add_person(access, directory, person);
    for (const PersonId& principal : principals_of(directory, person, today)) {
        add_person(access, directory, principal);
    }
    return access;
}

bool reads_business(const Access& access) {
    return !access.administrator &&
           (access.all || access.audits_all || !access.units.empty() || !access.mandate.empty());
}

bool sees_every_task(const Access& access) {
    return !access.administrator && (access.all || access.audits_all);
}

bool may_see_task(const Access& access, const std::vector<UnitCode>& task_units) {
    return sees_every_task(access) ||
           (!access.administrator &&
            (any_in(access.units, task_units) || any_in(access.mandate, task_units)));
}

bool is_of(const Access& access, const Party& party) {
    return !access.administrator && (party.unit.empty() ? access.persons.contains(party.person)
                                                        : access.homes.contains(party.unit));
}

bool may_be_asked(const Directory& directory, const PersonId& person) {
    const Person* found = find_person(directory, person);
    if (found == nullptr || !found->active) return false;
    bool business = false;
    for (const HeldPost& held : found->posts) {
        if (held.post == Post::system_admin || held.post == Post::security_admin) return false;
        business = business || !is_administrator(held.post);
    }
    return business;
}

bool may_see_draft(const Access& access, const UnitCode& unit) {
    return !access.administrator && access.units.contains(unit);
}

bool may_see_event(const Access& access, const Event& event,
                   const std::vector<UnitCode>& task_units) {
    switch (event.type().audience) {
        case Audience::everybody:
            return true;
        case Audience::business:
            return reads_business(access);
        case Audience::all_tasks:
            return sees_every_task(access);
        case Audience::task_units:
            return may_see_task(access, task_units);
        case Audience::own_unit:
            return may_see_draft(access, event.subject().unit);
    }
    return false;
}

}  // namespace duban
