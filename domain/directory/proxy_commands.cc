
#include <algorithm>

#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/directory/directory_commands.h"
#include "domain/directory/directory_events.h"

namespace duban {
namespace {

// A proxy has all posts of the principal, so a head of one unit must not open another's by it.
bool heads_every_unit_of(const Facts& facts, const Person& principal) {
    return !principal.posts.empty() &&
           std::all_of(principal.posts.begin(), principal.posts.end(), [&](const HeldPost& held) {
               return holds(facts.directory, facts.actor, Seat{held.unit, Post::head});
           });
}

// The head must hold the post himself: a proxy who could set proxies would prolong his own.
Status check_actor(const Facts& facts, const Person& principal, const PersonId& deputy, bool ends) {
    const bool allowed = facts.actor.value == system_actor ||
                         (facts.actor == principal.id && principal.active) ||
                         holds_post(facts.directory, facts.actor, Post::security_admin) ||
                         (heads_every_unit_of(facts, principal) && (ends || facts.actor != deputy));
    if (allowed) return {};
    return fail(Errc::forbidden, "Setting a proxy for " + principal.id.value +
                                     " is for that person, for who heads all of that person's "
                                     "units and names another than himself, or for a "
                                     "security_admin; ask one of them.");
}

Status check_persons(const Person& principal, const Person& deputy) {
    if (principal.id == deputy.id) {
        return fail(Errc::invalid_argument, "Nobody is his own proxy; name another person.",
                    "proxy.deputy");
    }
    for (const Person* person : {&principal, &deputy}) {
        const bool administers =
            std::any_of(person->posts.begin(), person->posts.end(),
                        [](const HeldPost& held) { return is_administrator(held.post); });
        if (administers) {
            return refuse("proxy_of_administrator",
                          person->id.value +
                              " is an administrator, and these posts know no proxies; grant the "
                              "post to another person instead.",
                          person == &principal ? "proxy.principal" : "proxy.deputy");
        }
    }
    return {};
}

Status check_days(const Proxy& proxy, Date today) {
    if (proxy.until < proxy.from) {
        return fail(Errc::invalid_argument, "The last day must not be before the first.",
                    "proxy.until");
    }
    if (proxy.until < today) {
        return fail(Errc::invalid_argument, "The last day is over; name today or a later day.",
                    "proxy.until");
    }
    if (proxy.until.days - proxy.from.days >= proxy_days_max) {
        return fail(Errc::invalid_argument,
                    "A proxy lasts at most 366 days; name an earlier last day.", "proxy.until");
    }
    return {};
}

Status check_new(const Person& principal, const Person& deputy, const Proxy& proxy, Date today) {
    if (auto persons = check_persons(principal, deputy); !persons) return persons;
    if (!deputy.active) {
        return refuse("proxy_inactive", deputy.id.value + " is not active; name a person who is.",
                      "proxy.deputy");
    }
    return check_days(proxy, today);
}

Result<const Person*> known_person(const Facts& facts, const PersonId& person, const char* field) {
    const Person* found = find_person(facts.directory, person);
    if (found != nullptr) return found;
    return fail(Errc::not_found, "There is no person " + person.value + "; see directory.list.",
                field);
}

}  // namespace

static Result<Decision> decide_one(const SetProxy& command, const Facts& facts) {
    const Proxy& proxy = command.proxy;
    const auto principal = known_person(facts, proxy.principal, "proxy.principal");
    if (!principal) return tl::unexpected(principal.error());
    const auto& proxies = facts.directory.proxies;
    const auto existing = std::find_if(proxies.begin(), proxies.end(), [&](const Proxy& other) {
        return other.principal == proxy.principal && other.deputy == proxy.deputy;
    });
    const Date today = office_date(facts.now);
    const bool ends =
        existing != proxies.end() && (proxy.until < today || proxy.until < proxy.from);
    if (auto may = check_actor(facts, **principal, proxy.deputy, ends); !may) {
        return tl::unexpected(may.error());
    }
    const auto deputy = known_person(facts, proxy.deputy, "proxy.deputy");
    if (!deputy) return tl::unexpected(deputy.error());
    if (existing != proxies.end() && *existing == proxy) return Decision{};
    if (!ends) {
        if (auto checked = check_new(**principal, **deputy, proxy, today); !checked) {
            return tl::unexpected(checked.error());
        }
    }
    return decision_of({ProxySet{proxy}});
}

DUBAN_DEFINE_COMMAND(SetProxy)

}  // namespace duban
