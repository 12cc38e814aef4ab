// The directory: units, persons, the posts they hold and the proxies between them, with the events
// that change it (directory_events.h). Small enough to be held whole in memory.
// Not the credentials: passwords and sessions are no part of the record.
// Thread-safety: one thread at a time; published to readers as an immutable copy.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace duban {

class Event;
struct Stamp;

enum class Post {
    clerk,           // 经办人
    section,         // 科长
    deputy,          // 分管副职
    head,            // 负责人
    leader,          // 领导 (of the zone)
    auditor,         // 审计: reads within a mandate
    system_admin,    // accounts
    security_admin,  // rights
    audit_admin,     // review of the access log
};
BOOST_DESCRIBE_ENUM(Post, clerk, section, deputy, head, leader, auditor, system_admin,
                    security_admin, audit_admin)

// The unit codes that selectors and rules know by role rather than by name.
inline constexpr const char* office_unit = "office";  // 督查室
inline constexpr const char* zone_unit = "zone";      // the zone's leaders
inline constexpr const char* audit_unit = "audit";
inline constexpr const char* admin_unit = "admin";
// The actor of timers and of set-up from the command line.
inline constexpr const char* system_actor = "system";

// A post in a unit: what a duty is given to, whoever holds it at the time.
struct Seat {
    UnitCode unit;
    Post post = Post::clerk;
    auto operator<=>(const Seat&) const = default;
};
BOOST_DESCRIBE_STRUCT(Seat, (), (unit, post))

struct Unit {
    UnitCode code;
    std::string name;
    std::string kind;  // bureau, office, leaders, audit, admin, college, … as the list says
    bool operator==(const Unit&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (code, name, kind))

struct HeldPost {
    UnitCode unit;
    Post post = Post::clerk;
    std::vector<UnitCode> mandate;  // auditor: the units he may read; empty means all
    bool operator==(const HeldPost&) const = default;
};
BOOST_DESCRIBE_STRUCT(HeldPost, (), (unit, post, mandate))

struct Person {
    PersonId id;
    std::string name;
    bool active = true;           // an inactive person cannot log in and holds no seat
    std::vector<HeldPost> posts;  // in the order in which they were granted
    bool operator==(const Person&) const = default;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, name, active, posts))

// `deputy` may act for `principal` from the first to the last day inclusive.
struct Proxy {
    PersonId principal;
    PersonId deputy;
    Date from;
    Date until;
    bool operator==(const Proxy&) const = default;
};
BOOST_DESCRIBE_STRUCT(Proxy, (), (principal, deputy, from, until))

// Persons who are asked together. Who is in it decides, so it is a matter of rights.
struct Group {
    std::string group;  // its code
    std::string name;
    std::vector<PersonId> members;  // each once, in order
    bool operator==(const Group&) const = default;
};
BOOST_DESCRIBE_STRUCT(Group, (), (group, name, members))

// Who is asked for a word: a unit, any holder of whose post may speak for it, or a person by name.
struct Party {
    static constexpr bool sparse = true;
    UnitCode unit;
    PersonId person;  // instead of a unit
    auto operator<=>(const Party&) const = default;
};
BOOST_DESCRIBE_STRUCT(Party, (), (unit, person))

struct Directory {
    std::map<UnitCode, Unit> units;
    std::map<PersonId, Person> persons;
    std::map<std::string, Group> groups;
    std::vector<Proxy> proxies;
    std::uint64_t rights_version = 0;  // grows with every event: the version of access classes
    bool operator==(const Directory&) const = default;
};

// The only way a directory changes. Total: an event of another family changes nothing.
[[nodiscard]] Directory evolve(Directory state, const Event& event, const Stamp& stamp);

// In whose right someone acts: for himself, or "B for A" through a proxy.
struct Capacity {
    PersonId person;
    PersonId on_behalf_of;  // empty when for himself
    Seat seat;
    bool operator==(const Capacity&) const = default;
};

[[nodiscard]] const Person* find_person(const Directory& directory, const PersonId& person);
// Whether an active person holds the seat himself.
[[nodiscard]] bool holds(const Directory& directory, const PersonId& person, const Seat& seat);
[[nodiscard]] bool holds_post(const Directory& directory, const PersonId& person, Post post);
// The active persons in the seat, ordered by id.
[[nodiscard]] std::vector<PersonId> holders(const Directory& directory, const Seat& seat);
// The first of `seats` that the person holds, else the first that somebody holds for whom the
// person is proxy on `today`; nothing when neither.
[[nodiscard]] std::optional<Capacity> capacity_for(const Directory& directory,
                                                   const PersonId& person,
                                                   const std::vector<Seat>& seats, Date today);
// The persons for whom this one is proxy on that day.
[[nodiscard]] std::vector<PersonId> principals_of(const Directory& directory,
                                                  const PersonId& deputy, Date today);
// "职业技术学院 负责人"-like words for refusals: "head of jtj" for each seat, joined with "or".
[[nodiscard]] std::string describe(const std::vector<Seat>& seats);
[[nodiscard]] const char* to_string(Post post);
// System, security or audit administrator: three persons, apart from all business.
[[nodiscard]] bool is_administrator(Post post);

}  // namespace duban
