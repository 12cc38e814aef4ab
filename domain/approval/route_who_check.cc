#include <algorithm>

#include "domain/approval/route_node_check.h"
#include "domain/base/text_form.h"

namespace duban::route_check {
namespace {

bool names_by_role(const std::string& unit) {
    return unit == "lead" || unit == "coop" || unit == "own" || unit == "$u" ||
           unit == office_unit || unit == zone_unit || unit == audit_unit;
}

Status check_unit(const std::string& unit, const std::string& path, const Around& around) {
    if (unit == "$u" && !around.in_each) {
        return wrong(path, "$u is the unit of an each; outside one, name another unit.");
    }
    if (names_by_role(unit)) return {};
    if (!unit.starts_with('#')) {
        return wrong(path,
                     "A unit is lead, coop, own, $u, office, zone, audit or # with a unit's code.");
    }
    if (!around.world.whole && is_code(unit.substr(1))) return {};
    if (around.world.directory.units.contains(UnitCode(unit.substr(1)))) return {};
    return wrong(path, "There is no unit " + unit.substr(1) + "; put the unit first.");
}

Status check_post(std::optional<Post> post, const std::string& path) {
    if (!post) return wrong(path, "Name the post.");
    if (!is_administrator(*post)) return {};
    return wrong(path, "Administrators take no part in business; name another post.");
}

Status check_user(const Selector& selector, const std::string& path, const Around& around) {
    if (!around.world.whole) return {};
    if (find_person(around.world.directory, selector.user) != nullptr) return {};
    return wrong(path + ".user", "There is no person " + selector.user.value + ".");
}

Status check_group(const Selector& selector, const std::string& path, const Around& around) {
    if (!around.world.whole) return {};
    if (around.world.directory.groups.contains(selector.group)) return {};
    return wrong(path + ".group", "There is no group " + selector.group + "; put the group first.");
}

Status check_pick(const Selector& selector, const std::string& path, const Around& around) {
    if (!selector.from) return wrong(path + ".from", "Say among whose holders is picked.");
    if (auto checked = check_unit(selector.from->unit, path + ".from.unit", around); !checked) {
        return checked;
    }
    return check_post(selector.from->post, path + ".from.post");
}

Status check_selector(const Selector& selector, const std::string& path, const Around& around) {
    const bool seat = !selector.unit.empty() || selector.post;
    const int kinds = (seat ? 1 : 0) + (selector.user.empty() ? 0 : 1) +
                      (selector.group.empty() ? 0 : 1) + (selector.pick == PickBy::nobody ? 0 : 1);
    if (kinds != 1) {
        return wrong(path, "A selector is unit and post, or user, or group, or pick.");
    }
    if (!selector.user.empty()) return check_user(selector, path, around);
    if (!selector.group.empty()) return check_group(selector, path, around);
    if (selector.pick != PickBy::nobody) return check_pick(selector, path, around);
    if (auto checked = check_unit(selector.unit, path + ".unit", around); !checked) return checked;
    return check_post(selector.post, path + ".post");
}

}  // namespace

Status check_seat(const SeatSelector& seat, const std::string& path, const Around& around) {
    if (seat.unit == "coop") {
        return wrong(path + ".unit", "Here one seat is meant; coop means several.");
    }
    if (auto checked = check_unit(seat.unit, path + ".unit", around); !checked) return checked;
    return check_post(seat.post, path + ".post");
}

Status check_seats(const std::vector<Selector>& selectors, const std::string& path,
                   const Around& around) {
    for (std::size_t i = 0; i < selectors.size(); ++i) {
        const auto at = indexed(path, i);
        if (selectors[i].unit.empty()) return wrong(at, "Name a unit and a post.");
        if (auto checked = check_selector(selectors[i], at, around); !checked) return checked;
    }
    return {};
}

Status check_who(const std::vector<Selector>& selectors, const std::string& path,
                 const Around& around) {
    if (selectors.empty()) return wrong(path, "Name at least one unit and post.");
    for (std::size_t i = 0; i < selectors.size(); ++i) {
        if (auto checked = check_selector(selectors[i], indexed(path, i), around); !checked) {
            return checked;
        }
    }
    return {};
}

}  // namespace duban::route_check
