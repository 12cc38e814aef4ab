#include "domain/task/mandate.h"

#include <algorithm>
#include <set>

#include "domain/task/guards.h"

namespace duban {
namespace {

std::string item(const std::string& path, const char* list, std::size_t index) {
    return path + list + "[" + std::to_string(index) + "]";
}

Status check_texts(const Mandate& mandate, const std::string& path) {
    return require_name(mandate.title, path + "title")
        .and_then([&] { return limit_text(mandate.text, path + "text", text_characters_max); })
        .and_then([&] { return limit_name(mandate.source, path + "source"); })
        .and_then([&] { return limit_name(mandate.document_no, path + "document_no"); });
}

Status check_unit(const UnitCode& unit, const KnownUnit& known, std::set<UnitCode>& seen,
                  const std::string& field) {
    if (unit.empty() || !known(unit)) return unknown_unit(unit, field);
    if (seen.insert(unit).second) return {};
    return repeated_unit(unit, field);
}

Status check_units(const Mandate& mandate, const KnownUnit& known, const std::string& path) {
    if (mandate.co.size() > co_units_max) {
        return fail(Errc::invalid_argument,
                    "At most " + std::to_string(co_units_max) + " units can cooperate in a task.",
                    path + "co");
    }
    std::set<UnitCode> seen;
    auto checked = check_unit(mandate.lead, known, seen, path + "lead");
    for (std::size_t i = 0; checked && i < mandate.co.size(); ++i) {
        checked = check_unit(mandate.co[i], known, seen, item(path, "co", i));
    }
    return checked;
}

// The denominator of a rate_of is another indicator of the same task.
Status check_owner(const Mandate& mandate, const Indicator& indicator, const std::string& path) {
    const auto& co = mandate.co;
    if (indicator.owner.empty() || indicator.owner == mandate.lead ||
        std::find(co.begin(), co.end(), indicator.owner) != co.end()) {
        return {};
    }
    return fail(Errc::invalid_argument,
                indicator.owner.value + " takes no part in the task and cannot report on it.",
                path + ".owner");
}

Status check_targets(const Mandate& mandate, const std::string& path) {
    if (mandate.indicators.size() > indicators_max) {
        return fail(Errc::invalid_argument,
                    "A task has at most " + std::to_string(indicators_max) + " indicators.",
                    path + "indicators");
    }
    if (auto checked = check_indicators(mandate.indicators, path + "indicators"); !checked) {
        return checked;
    }
    for (std::size_t i = 0; i < mandate.indicators.size(); ++i) {
        auto checked = check_owner(mandate, mandate.indicators[i], item(path, "indicators", i));
        if (!checked) return checked;
    }
    return {};
}

}  // namespace

Status check_mandate(const Mandate& mandate, const KnownUnit& known, const std::string& path) {
    return check_texts(mandate, path)
        .and_then([&] { return check_units(mandate, known, path); })
        .and_then([&] { return check_targets(mandate, path); });
}

}  // namespace duban
