#include "domain/approval/route_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "domain/approval/route_node_check.h"
#include "domain/approval/route_plan.h"
#include "domain/base/text_form.h"

namespace duban {
namespace {

// Of subjects of every kind; one that a subject does not have never changes.
constexpr std::array<std::string_view, 11> material_fields = {
    "indicators", "summary", "problems",   "next_steps", "evidence", "period",
    "new_due",    "reason",  "conclusion", "changes",    "terms"};

Status check_material(const Route& route) {
    for (std::size_t i = 0; i < route.material.size(); ++i) {
        const std::string& field = route.material[i];
        const std::string path = route_check::indexed("route.material", i);
        if (std::ranges::count(material_fields, field) == 0) {
            std::string known;
            for (const auto one : material_fields)
                known += (known.empty() ? "" : ", ") + std::string(one);
            return route_check::wrong(path, "There is no such field; there are " + known + ".");
        }
        if (std::ranges::count(route.material, field) > 1) {
            return route_check::wrong(path, "This field is named twice; name it once.");
        }
    }
    return {};
}

Status check_effects(const Route& route) {
    if (route.on.pass.empty()) {
        return route_check::wrong("route.on.pass", "What has passed must have an effect.");
    }
    const SubjectKind kind = route.subject;
    return route_check::check_effects(route.on.pass, "route.on.pass", kind,
                                      route_check::EffectPlace::pass)
        .and_then([&] {
            return route_check::check_effects(route.on.reject, "route.on.reject", kind,
                                              route_check::EffectPlace::otherwise);
        })
        .and_then([&] {
            return route_check::check_effects(route.on.withdraw, "route.on.withdraw", kind,
                                              route_check::EffectPlace::otherwise);
        });
}

// The units of a task have no part in it before it is issued.
Status check_who_issues(const Route& route) {
    if (route.subject != SubjectKind::issue) return {};
    for (std::size_t i = 0; i < route.starts.size(); ++i) {
        const std::string& unit = route.starts[i].unit;
        const std::string_view code = std::string_view(unit).substr(unit.starts_with('#') ? 1 : 0);
        if (code == office_unit || code == zone_unit) continue;
        return route_check::wrong(route_check::indexed("route.starts", i) + ".unit",
                                  "Only the office and the leaders ask that a task be issued; "
                                  "name office or zone.");
    }
    return {};
}

Status check_starts(const Route& route, const RouteWorld& world) {
    // Without a first fill it may be a sub-route, which nobody submits.
    if (route.starts.empty() && begins_with_fill(route)) {
        return route_check::wrong("route.starts",
                                  "Name at least one unit and post that may submit.");
    }
    const route_check::Around around{world, route, 0, false};
    auto checked = route_check::check_seats(route.starts, "route.starts", around).and_then([&] {
        return check_who_issues(route);
    });
    if (!checked) return checked;
    return route_check::check_seats(route.revoke_after_pass, "route.revoke_after_pass", around);
}

Status check_head(const Route& route) {
    if (!is_route_id(route.route.value)) {
        return route_check::wrong("route.route", route_id_form);
    }
    if (route.ver < 0) return route_check::wrong("route.ver", "Versions are counted from 1.");
    if (!is_name(route.title)) return route_check::wrong("route.title", name_form);
    return {};
}

}  // namespace

Status check_route(const Route& route, const RouteWorld& world) {
    return check_head(route)
        .and_then([&] { return check_starts(route, world); })
        .and_then([&] { return check_material(route); })
        .and_then([&] { return check_effects(route); })
        .and_then([&] { return route_check::check_ids(route); })
        .and_then([&] { return route_check::check_nodes(route, world); });
}

std::optional<Threshold> parse_threshold(const std::string& text) {
    Threshold threshold;
    std::string_view rest = text;
    threshold.more = rest.starts_with('>');
    if (threshold.more) rest.remove_prefix(1);
    const char* const end = rest.data() + rest.size();
    const auto [slash, bad] = std::from_chars(rest.data(), end, threshold.numerator);
    if (bad != std::errc{} || threshold.numerator == 0 || rest.front() == '0') return std::nullopt;
    if (slash == end) {
        threshold.denominator = 0;
        if (threshold.more) return std::nullopt;
        return threshold;
    }
    if (*slash != '/' || slash + 1 == end || slash[1] == '0') return std::nullopt;
    const auto [stop, worse] = std::from_chars(slash + 1, end, threshold.denominator);
    if (worse != std::errc{} || stop != end) return std::nullopt;
    const bool reachable = threshold.more ? threshold.numerator < threshold.denominator
                                          : threshold.numerator <= threshold.denominator;
    if (!reachable) return std::nullopt;
    return threshold;
}

bool reaches(const Threshold& threshold, std::uint32_t votes, std::uint32_t base) {
    if (threshold.denominator == 0) return votes >= threshold.numerator;
    const std::uint64_t have = std::uint64_t{votes} * threshold.denominator;
    const std::uint64_t need = std::uint64_t{base} * threshold.numerator;
    if (base == 0) return false;
    return threshold.more ? have > need : have >= need;
}

}  // namespace duban
