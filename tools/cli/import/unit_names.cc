#include "tools/cli/import/unit_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/cli/import/file_text.h"
#include "tools/cli/import/listed_plan.h"

namespace duban {
namespace {

constexpr std::array<std::string_view, 2> zone_prefixes = {"济源示范区", "示范区"};
constexpr std::array<std::string_view, 9> separators = {"、", "，", "；", "／", ",",
                                                        ";",  "/",  "\t", "\n"};

std::string_view without_prefix(std::string_view name) {
    for (const std::string_view prefix : zone_prefixes) {
        if (name.substr(0, prefix.size()) == prefix && name.size() > prefix.size()) {
            return name.substr(prefix.size());
        }
    }
    return name;
}

// Bytes of the separator that begins the text; 0 when none does.
std::size_t separator_at(std::string_view text) {
    for (const std::string_view separator : separators) {
        if (text.substr(0, separator.size()) == separator) return separator.size();
    }
    return 0;
}

}  // namespace

UnitNames::UnitNames(const std::vector<Unit>& units) {
    for (const Unit& unit : units) {
        whole_.emplace(unit.name, unit.code);
        bare_[std::string(without_prefix(unit.name))].push_back(unit.code);
    }
}

Result<UnitCode> UnitNames::find(std::string_view name) const {
    if (const auto exact = whole_.find(name); exact != whole_.end()) return exact->second;
    const auto found = bare_.find(without_prefix(name));
    if (found == bare_.end()) {
        return fail(Errc::invalid_argument, "the unit " + as_written(name) + " is not known");
    }
    if (found->second.size() > 1) {
        return fail(Errc::invalid_argument, "the unit " + as_written(name) + " may be " +
                                                found->second[0].value + " or " +
                                                found->second[1].value + "; write its whole name");
    }
    return found->second.front();
}

bool UnitNames::knows(std::string_view name) const {
    return whole_.find(name) != whole_.end() || bare_.find(without_prefix(name)) != bare_.end();
}

Result<std::vector<std::string>> UnitNames::split(std::string_view text) const {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
        const auto before = split_names(text.substr(0, at));
        const auto after = split_names(text.substr(at + 1));
        if (before.empty() || after.empty()) continue;
        const std::string joined = before.back() + after.front();
        if (!knows(joined)) continue;
        return fail(Errc::invalid_argument,
                    "a line break stands in " + as_written(joined) +
                        ", which may be one unit or two; write each unit on one line");
    }
    return split_names(text);
}

bool UnitNames::all_known(std::string_view text) const {
    const auto names = split_names(text);
    return !names.empty() && std::all_of(names.begin(), names.end(),
                                         [&](const std::string& name) { return knows(name); });
}

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> names;
    std::size_t from = 0;
    const auto add = [&](std::size_t end) {
        std::string name = trim_text(text.substr(from, end - from));
        if (!name.empty()) names.push_back(std::move(name));
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = separator_at(text.substr(at));
        if (length > 0) {
            add(at);
            from = at + length;
        }
        at += std::max<std::size_t>(length, 1);
    }
    add(text.size());
    return names;
}

}  // namespace duban
