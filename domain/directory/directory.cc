#include "domain/directory/directory.h"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>

namespace duban {
namespace {

bool is_held_in(const HeldPost& held, const UnitCode& unit, Post post) {
    return held.unit == unit && held.post == post;
}

bool is_administrator(const Directory& directory, const PersonId& person) {
    const Person* found = find_person(directory, person);
    return found != nullptr &&
           std::any_of(found->posts.begin(), found->posts.end(),
                       [](const HeldPost& held) { return is_administrator(held.post); });
}

}  // namespace

bool is_administrator(Post post) {
    return post == Post::system_admin || post == Post::security_admin || post == Post::audit_admin;
}

const Person* find_person(const Directory& directory, const PersonId& person) {
    const auto found = directory.persons.find(person);
    return found == directory.persons.end() ? nullptr : &found->second;
}

bool holds(const Directory& directory, const PersonId& person, const Seat& seat) {
    const Person* found = find_person(directory, person);
    return found != nullptr && found->active &&
           std::any_of(found->posts.begin(), found->posts.end(), [&](const HeldPost& held) {
               return is_held_in(held, seat.unit, seat.post);
           });
}

bool holds_post(const Directory& directory, const PersonId& person, Post post) {
    const Person* found = find_person(directory, person);
    return found != nullptr && found->active &&
           std::any_of(found->posts.begin(), found->posts.end(),
                       [&](const HeldPost& held) { return held.post == post; });
}

std::vector<PersonId> holders(const Directory& directory, const Seat& seat) {
    std::vector<PersonId> found;
    for (const auto& [id, person] : directory.persons) {
        if (holds(directory, id, seat)) found.push_back(id);
    }
    return found;
}

std::optional<Capacity> capacity_for(const Directory& directory, const PersonId& person,
                                     const std::vector<Seat>& seats, Date today) {
    for (const Seat& seat : seats) {
        if (holds(directory, person, seat)) return Capacity{person, {}, seat};
    }
    const auto principals = principals_of(directory, person, today);
    for (const Seat& seat : seats) {
        for (const PersonId& principal : principals) {
            if (holds(directory, principal, seat)) return Capacity{person, principal, seat};
        }
    }
    return std::nullopt;
}

std::vector<PersonId> principals_of(const Directory& directory, const PersonId& deputy,
                                    Date today) {
    std::vector<PersonId> principals;
    const Person* person = find_person(directory, deputy);
    // An administrator gets no business right through the back door of a proxy, and gives none.
    if (person == nullptr || !person->active || is_administrator(directory, deputy)) {
        return principals;
    }
    for (const Proxy& proxy : directory.proxies) {
        if (proxy.deputy == deputy && proxy.from <= today && today <= proxy.until &&
            !is_administrator(directory, proxy.principal)) {
            principals.push_back(proxy.principal);
        }
    }
    std::sort(principals.begin(), principals.end());
    return principals;
}

std::string describe(const std::vector<Seat>& seats) {
    std::string text;
    for (const Seat& seat : seats) {
        if (!text.empty()) text += " or ";
        text += std::string(to_string(seat.post)) + " of " + seat.unit.value;
    }
    return text;
}

const char* to_string(Post post) {
    return boost::describe::enum_to_string(post, "unknown post");
}

}  // namespace duban
