// demo: the built-in list with invented persons in every unit, so that all roles can be tried.
// Not for work: all persons share one password, and its hash is computed once for all of them.
// Thread-safety: one thread at a time. Blocking: waits until everything is durable.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/guard/password_cost.h"
#include "tools/cli/set_up.h"

namespace duban {

struct DemoPeople {
    std::vector<SetUpPerson> persons;
    std::string password;  // "" when the passwords stay as they are
};

// The persons that the demonstration has: clerk, section and head in each unit of the list, and
// those of office, zone, audit and admin. Always the same.
[[nodiscard]] std::vector<SetUpPerson> demo_persons(const std::vector<Unit>& units);

// Whether DUBAN_DEMO_PASSWORD, when it is set, will do. Errors: invalid_argument (its length).
[[nodiscard]] Status check_demo_password();

// In an empty directory, and in one where that was broken off, makes units, persons, the default
// route and the list, and gives every person the password DUBAN_DEMO_PASSWORD, or a new random one.
// Changes nothing in any other, and gives those of the persons that it has. Broken off: nobody but
// the demonstration's persons is there, and the last of them has no password. `announce` is told
// the persons and the password before anything is written, and when it fails nothing is. Errors:
// those of check_demo_password, of `announce` and of the commands.
[[nodiscard]] Result<DemoPeople> set_up_demo(
    Node& node, const PasswordCost& cost = {},
    const std::function<Status(const DemoPeople&)>& announce = {});

// Log-in names by unit, and the password.
[[nodiscard]] std::string demo_greeting(const DemoPeople& people);

}  // namespace duban
