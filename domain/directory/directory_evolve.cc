#include <algorithm>

#include "domain/base/event_kind.ipp"
#include "domain/directory/directory_events.h"

namespace duban {
namespace {

bool is_seat(const HeldPost& held, const UnitCode& unit, Post post) {
    return held.unit == unit && held.post == post;
}

}  // namespace

Directory evolve(Directory state, const Event& event, const Stamp& stamp) {
    if (!event.of(EventFamily::directory)) return state;
    event.kind().apply(&state, event.payload(), stamp);
    ++state.rights_version;
    return state;
}

static void apply(Directory& state, const UnitPut& event, const Stamp& /*stamp*/) {
    state.units[event.unit.code] = event.unit;
}

static void apply(Directory& state, const PersonPut& event, const Stamp& /*stamp*/) {
    Person& person = state.persons[event.person];
    person.id = event.person;
    person.name = event.name;
    person.active = event.active;
}

static void apply(Directory& state, const PostGranted& event, const Stamp& /*stamp*/) {
    Person& person = state.persons[event.person];
    person.id = event.person;
    const auto held = std::find_if(
        person.posts.begin(), person.posts.end(),
        [&](const HeldPost& other) { return is_seat(other, event.post.unit, event.post.post); });
    if (held == person.posts.end()) {
        person.posts.push_back(event.post);
    } else {
        held->mandate = event.post.mandate;
    }
}

static void apply(Directory& state, const PostRevoked& event, const Stamp& /*stamp*/) {
    const auto person = state.persons.find(event.person);
    if (person == state.persons.end()) return;
    std::erase_if(person->second.posts,
                  [&](const HeldPost& held) { return is_seat(held, event.unit, event.post); });
}

static void apply(Directory& state, const ProxySet& event, const Stamp& /*stamp*/) {
    std::erase_if(state.proxies, [&](const Proxy& other) {
        return other.principal == event.proxy.principal && other.deputy == event.proxy.deputy;
    });
    if (event.proxy.from <= event.proxy.until) state.proxies.push_back(event.proxy);
}

static void apply(Directory& state, const GroupPut& event, const Stamp& /*stamp*/) {
    state.groups[event.group.group] = event.group;
}

// The slots have events of their own, in the streams of their tasks.
static void apply(Directory& /*state*/, const PersonHandedOver& /*event*/, const Stamp& /*stamp*/) {
}

DUBAN_DIRECTORY_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
