// The events of the directory. Past tense; plain data; a change of meaning is a new version.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

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

// A slot of an approval that a person had as his own, and what became of it: `slot` is the one that
// the other has.
struct MovedSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    bool operator==(const MovedSlot&) const = default;
};
BOOST_DESCRIBE_STRUCT(MovedSlot, (), (approval, node, slot))

// A slot that stays with him, and the rule that keeps the other out: already_signer, own_report,
// no_sight, other_unit.
struct LeftSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::string reason;
    bool operator==(const LeftSlot&) const = default;
};
BOOST_DESCRIBE_STRUCT(LeftSlot, (), (approval, node, slot, reason))

// What was on the person's desk went to another. What became of each slot stands in the stream of
// its task too; this one numbers the tasks of several units.
struct PersonHandedOver {
    static constexpr EventType type{"person.handed_over", 1, Audience::all_tasks, EventRole::act};
    PersonId person;
    PersonId to;
    std::string opinion;
    std::vector<MovedSlot> moved;
    std::vector<LeftSlot> left;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
    bool operator==(const PersonHandedOver&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonHandedOver, (), (person, to, opinion, moved, left))

// Each event of the family.
#define DUBAN_DIRECTORY_EVENTS(EVENT) \
    EVENT(UnitPut)                    \
    EVENT(PersonPut)                  \
    EVENT(PostGranted)                \
    EVENT(PostRevoked)                \
    EVENT(ProxySet)                   \
    EVENT(GroupPut)                   \
    EVENT(PersonHandedOver)

DUBAN_DIRECTORY_EVENTS(DUBAN_DECLARE_EVENT)

}  // namespace duban
