#include "domain/approval/route_check.h"

#include <algorithm>
#include <array>
#include <boost/mp11.hpp>
#include <charconv>
#include <span>
#include <string_view>

#include "domain/approval/effects.h"
#include "domain/approval/route_node_check.h"
#include "domain/base/text_form.h"

namespace duban {
namespace {

// The fields of a subject whose change may void decisions.
std::span<const std::string_view> fields_of(SubjectKind kind) {
    static constexpr std::array<std::string_view, 6> report = {"indicators", "summary",  "problems",
                                                               "next_steps", "evidence", "period"};
    static constexpr std::array<std::string_view, 2> extension = {"new_due", "reason"};
    switch (kind) {
        case SubjectKind::extension:
            return extension;
        case SubjectKind::report:
            break;
    }
    return report;
}

std::string list_text(std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

Status check_material(const Route& route) {
    const auto fields = fields_of(route.subject);
    for (std::size_t i = 0; i < route.material.size(); ++i) {
        const std::string& field = route.material[i];
        const std::string path = route_check::indexed("route.material", i);
        if (std::ranges::count(fields, field) == 0) {
            return route_check::wrong(path, "The fields of such a subject are " +
                                                list_text(fields) + "; name one of them.");
        }
        if (std::ranges::count(route.material, field) > 1) {
            return route_check::wrong(path, "This field is named twice; name it once.");
        }
    }
    return {};
}

std::string effects_for(SubjectKind kind) {
    std::string text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Effect>>([&](auto one) {
        if (fits(one.value, kind)) text += (text.empty() ? "" : ", ") + std::string(one.name);
    });
    return text;
}

Status check_effects(const Route& route) {
    const std::string known = effects_for(route.subject);
    if (route.on.pass.empty()) {
        return route_check::wrong("route.on.pass",
                                  "What has passed must have an effect; there are: " + known + ".");
    }
    for (std::size_t i = 0; i < route.on.pass.size(); ++i) {
        const auto& effect = route.on.pass[i];
        const std::string path = route_check::indexed("route.on.pass", i);
        if (!effect.do_ || !fits(*effect.do_, route.subject)) {
            return route_check::wrong(
                path + ".do", "Name an effect that such a subject can have: " + known + ".");
        }
        if (std::ranges::count(route.on.pass, effect) > 1) {
            return route_check::wrong(path, "This effect is named twice; name it once.");
        }
    }
    return {};
}

Status check_starts(const Route& route, const RouteWorld& world) {
    if (route.starts.empty()) {
        return route_check::wrong("route.starts",
                                  "Name at least one unit and post that may submit.");
    }
    const route_check::Around around{world, route, 0, false};
    if (auto checked = route_check::check_seats(route.starts, "route.starts", around); !checked) {
        return checked;
    }
    return route_check::check_seats(route.revoke_after_pass, "route.revoke_after_pass", around);
}

Status check_head(const Route& route) {
    if (!is_code(route.route.value)) return route_check::wrong("route.route", code_form);
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
