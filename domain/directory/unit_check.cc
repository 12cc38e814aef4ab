#include "domain/directory/unit_check.h"

#include <algorithm>

#include "domain/base/text_form.h"

namespace duban {

Status check_unit(const Unit& unit, const std::string& path) {
    if (!is_code(unit.code.value)) return fail(Errc::invalid_argument, code_form, path + "code");
    if (unit.code.value == system_actor) {
        // Events name the actor's unit as their source, and what the server does itself has this.
        return fail(Errc::invalid_argument,
                    "The code system is kept for the server itself; choose another.",
                    path + "code");
    }
    if (!is_name(unit.name)) return fail(Errc::invalid_argument, name_form, path + "name");
    if (unit.kind.empty() || is_name(unit.kind)) return {};
    return fail(Errc::invalid_argument, name_form, path + "kind");
}

Status check_unit_name(const Unit& unit, const Directory& directory, const std::string& path) {
    const auto taken =
        std::find_if(directory.units.begin(), directory.units.end(), [&](const auto& entry) {
            return entry.first != unit.code && entry.second.name == unit.name;
        });
    if (taken == directory.units.end()) return {};
    return refuse("unit_name_taken",
                  "The unit " + taken->first.value + " has this name; give " + unit.code.value +
                      " one that nobody takes for it.",
                  path + "name");
}

}  // namespace duban
