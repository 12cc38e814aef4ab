#include <algorithm>
#include <array>
#include <string_view>

#include "domain/approval/route.h"
#include "domain/base/text_form.h"

namespace duban {
namespace {

constexpr std::size_t steps_min = 2;
constexpr std::size_t steps_max = 50;
constexpr std::array<std::string_view, 6> material_fields = {"indicators", "summary",  "problems",
                                                             "next_steps", "evidence", "period"};

tl::unexpected<Error> wrong(const std::string& path, std::string detail) {
    return fail(Errc::invalid_argument, std::move(detail), path);
}

std::string indexed(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

bool names_a_unit(const std::string& unit) {
    return unit == "lead" || unit == office_unit || unit == zone_unit || unit == audit_unit ||
           (unit.starts_with('#') && is_code(std::string_view(unit).substr(1)));
}

Status check_selectors(const std::vector<Selector>& selectors, const std::string& path) {
    if (selectors.empty()) return wrong(path, "Name at least one unit and post.");
    for (std::size_t i = 0; i < selectors.size(); ++i) {
        if (!names_a_unit(selectors[i].unit)) {
            return wrong(indexed(path, i) + ".unit",
                         "A unit is lead, office, zone, audit or # with a unit's code.");
        }
        if (is_administrator(selectors[i].post)) {
            return wrong(indexed(path, i) + ".post",
                         "Administrators take no part in business; name another post.");
        }
    }
    return {};
}

bool offers(const RouteNode& node, Act act) {
    return std::find(node.acts.begin(), node.acts.end(), act) != node.acts.end();
}

bool comes_earlier(const std::vector<RouteNode>& steps, std::size_t at, std::string_view id) {
    const auto here = steps.begin() + static_cast<std::ptrdiff_t>(at);
    return std::any_of(steps.begin(), here, [&](const RouteNode& node) { return node.id == id; });
}

Status check_return(const std::vector<RouteNode>& steps, std::size_t at, const std::string& path) {
    const RouteNode& node = steps[at];
    if (offers(node, Act::return_) == node.return_.to.empty()) {
        return wrong(path + ".return", node.return_.to.empty()
                                           ? "A step that offers return must name where to."
                                           : "Only a step that offers return may name where to.");
    }
    for (std::size_t i = 0; i < node.return_.to.size(); ++i) {
        const std::string& to = node.return_.to[i];
        const bool named = to == "prev" || to == "start" || to == "any";
        if (named || (to.starts_with('#') && comes_earlier(steps, at, to.substr(1)))) continue;
        return wrong(indexed(path + ".return.to", i),
                     "A return goes to prev, start, any or # with the id of an earlier step.");
    }
    return {};
}

Status check_acts(const RouteNode& node, bool first, const std::string& path) {
    if ((node.do_ == NodeDo::fill) != first) {
        return wrong(path + ".do",
                     first ? "The first step must be fill." : "Only the first step may be fill.");
    }
    if (first && !node.acts.empty()) {
        return wrong(path + ".acts", "Filling in has no acts; it is passed by submitting.");
    }
    if (!first && !offers(node, Act::approve)) {
        return wrong(path + ".acts", "A step must offer at least approve.");
    }
    for (std::size_t i = 0; i < node.acts.size(); ++i) {
        if (std::count(node.acts.begin(), node.acts.end(), node.acts[i]) > 1) {
            return wrong(indexed(path + ".acts", i), "This act is named twice; name it once.");
        }
    }
    return {};
}

Status check_step(const std::vector<RouteNode>& steps, std::size_t at) {
    const RouteNode& node = steps[at];
    const std::string path = indexed("route.steps", at);
    if (!is_key(node.id)) return wrong(path + ".id", key_form);
    if (comes_earlier(steps, at, node.id)) {
        return wrong(path + ".id",
                     "The id " + node.id + " is used by an earlier step; choose another.");
    }
    if (!is_name(node.name)) return wrong(path + ".name", name_form);
    if (auto checked = check_selectors(node.who, path + ".who"); !checked) return checked;
    if (auto checked = check_acts(node, at == 0, path); !checked) return checked;
    return check_return(steps, at, path);
}

Status check_head(const Route& route) {
    if (!is_code(route.route.value)) return wrong("route.route", code_form);
    if (route.ver < 1) return wrong("route.ver", "Versions are counted from 1.");
    if (!is_name(route.title)) return wrong("route.title", name_form);
    if (auto checked = check_selectors(route.starts, "route.starts"); !checked) return checked;
    for (std::size_t i = 0; i < route.material.size(); ++i) {
        const std::string& field = route.material[i];
        const std::string path = indexed("route.material", i);
        if (std::count(material_fields.begin(), material_fields.end(), field) == 0) {
            return wrong(path,
                         "A material field is indicators, summary, problems, next_steps, evidence "
                         "or period.");
        }
        if (std::count(route.material.begin(), route.material.end(), field) > 1) {
            return wrong(path, "This field is named twice; name it once.");
        }
    }
    if (route.on.pass.empty()) {
        return wrong("route.on.pass", "A passed report must have an effect: accept_values.");
    }
    for (std::size_t i = 0; i < route.on.pass.size(); ++i) {
        const auto& effect = route.on.pass[i];
        if (std::count(route.on.pass.begin(), route.on.pass.end(), effect) > 1) {
            return wrong(indexed("route.on.pass", i), "This effect is named twice; name it once.");
        }
    }
    return {};
}

}  // namespace

Status check_route(const Route& route) {
    if (auto checked = check_head(route); !checked) return checked;
    if (route.steps.size() < steps_min || route.steps.size() > steps_max) {
        return wrong("route.steps", "A route must have 2 to 50 steps.");
    }
    for (std::size_t i = 0; i < route.steps.size(); ++i) {
        if (auto checked = check_step(route.steps, i); !checked) return checked;
    }
    return {};
}

}  // namespace duban
