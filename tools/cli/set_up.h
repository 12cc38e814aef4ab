// set_up: what a data directory needs before people can work in it, through ordinary commands of
// the actor `system`. Doing it twice changes nothing.
// Thread-safety: safe for concurrent use. Blocking: waits until each step is durable.
#pragma once

#include <string>
#include <vector>

#include "domain/plan/plan.h"
#include "server/ops/node.h"

namespace duban {

// Units office, zone, audit and admin.
[[nodiscard]] Status put_own_units(Node& node);
[[nodiscard]] Status put_unit(Node& node, const Unit& unit);

struct SetUpPerson {
    PersonId id;
    std::string name;
    std::vector<HeldPost> posts;
};
// Without a password.
[[nodiscard]] Status put_person(Node& node, const SetUpPerson& person);

// The routes that come with the program, and the group that one of them asks, with these members.
[[nodiscard]] Status publish_shipped_routes(Node& node, const std::vector<PersonId>& panel);
// The working days of the years that were announced.
[[nodiscard]] Status publish_announced_years(Node& node);

// True when the list is new, false when it was there already with the same content.
[[nodiscard]] Result<bool> import_plan(Node& node, const PlanDocument& plan);

}  // namespace duban
