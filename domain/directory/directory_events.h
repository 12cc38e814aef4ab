// The events of the directory. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>

#include "domain/base/event.h"
#include "domain/directory/directory.h"

namespace duban {

struct UnitPut {
    static constexpr EventType type{"unit.put", 1, Audience::everybody, EventRole::act};
    Unit unit;
    [[nodiscard]] StreamId stream() const { return unit_stream(unit.code); }
    bool operator==(const UnitPut&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitPut, (), (unit))

struct PersonPut {
    static constexpr EventType type{"person.put", 1, Audience::everybody, EventRole::act};
    PersonId person;
    std::string name;
    bool active = true;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
    bool operator==(const PersonPut&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonPut, (), (person, name, active))

struct PostGranted {
    static constexpr EventType type{"post.granted", 1, Audience::everybody, EventRole::act};
    PersonId person;
    HeldPost post;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
    bool operator==(const PostGranted&) const = default;
};
BOOST_DESCRIBE_STRUCT(PostGranted, (), (person, post))

struct PostRevoked {
    static constexpr EventType type{"post.revoked", 1, Audience::everybody, EventRole::act};
    PersonId person;
    UnitCode unit;
    Post post = Post::clerk;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
    bool operator==(const PostRevoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(PostRevoked, (), (person, unit, post))

// On the principal's stream. A later one for the same pair replaces it; until < from ends it.
struct ProxySet {
    static constexpr EventType type{"proxy.set", 1, Audience::everybody, EventRole::act};
    Proxy proxy;
    [[nodiscard]] StreamId stream() const { return person_stream(proxy.principal); }
    bool operator==(const ProxySet&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProxySet, (), (proxy))

struct GroupPut {
    static constexpr EventType type{"group.put", 1, Audience::everybody, EventRole::act};
    Group group;
    [[nodiscard]] StreamId stream() const { return group_stream(group.group); }
    bool operator==(const GroupPut&) const = default;
};
BOOST_DESCRIBE_STRUCT(GroupPut, (), (group))

// Each event of the family.
#define DUBAN_DIRECTORY_EVENTS(EVENT) \
    EVENT(UnitPut)                    \
    EVENT(PersonPut)                  \
    EVENT(PostGranted)                \
    EVENT(PostRevoked)                \
    EVENT(ProxySet)                   \
    EVENT(GroupPut)

DUBAN_DIRECTORY_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
