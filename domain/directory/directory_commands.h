// The commands about the directory. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <string>

#include "domain/base/command.h"
#include "domain/directory/directory.h"

namespace duban {

struct PutUnit {
    Unit unit;
    [[nodiscard]] StreamId stream() const { return unit_stream(unit.code); }
};
DUBAN_DECLARE_COMMAND(PutUnit)

struct PutPerson {
    PersonId person;
    std::string name;
    bool active = true;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
};
DUBAN_DECLARE_COMMAND(PutPerson)

struct GrantPost {
    PersonId person;
    HeldPost post;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
};
DUBAN_DECLARE_COMMAND(GrantPost)

struct RevokePost {
    PersonId person;
    UnitCode unit;
    Post post = Post::clerk;
    [[nodiscard]] StreamId stream() const { return person_stream(person); }
};
DUBAN_DECLARE_COMMAND(RevokePost)

// Who may let one person act for another: himself, a head of one of his units, or a security_admin.
inline constexpr int proxy_days_max = 366;
struct SetProxy {
    Proxy proxy;
    [[nodiscard]] StreamId stream() const { return person_stream(proxy.principal); }
};
DUBAN_DECLARE_COMMAND(SetProxy)

// The whole group; a later one of the same code replaces it.
inline constexpr std::size_t group_members_max = 200;
struct PutGroup {
    Group group;
    [[nodiscard]] StreamId stream() const { return group_stream(group.group); }
};
DUBAN_DECLARE_COMMAND(PutGroup)

}  // namespace duban
