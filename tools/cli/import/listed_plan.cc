#include "tools/cli/import/listed_plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace duban {
namespace {

constexpr std::size_t title_characters_max = 40;
constexpr std::string_view ideographic_space = "\xe3\x80\x80";
constexpr std::array<std::string_view, 2> zone_prefixes = {"济源示范区", "示范区"};
constexpr std::array<std::string_view, 6> clause_ends = {"，", "。", "；", "：", ",", ";"};

bool begins(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

std::string_view without_prefix(std::string_view name) {
    for (const std::string_view prefix : zone_prefixes) {
        if (begins(name, prefix) && name.size() > prefix.size()) {
            return name.substr(prefix.size());
        }
    }
    return name;
}

using UnitNames = std::map<std::string, UnitCode, std::less<>>;

UnitNames names_of(const std::vector<Unit>& units) {
    UnitNames names;
    for (const Unit& unit : units) names.emplace(std::string(without_prefix(unit.name)), unit.code);
    return names;
}

Result<PlannedTask> to_task(const ListedTask& listed, const UnitNames& names) {
    PlannedTask task;
    task.no = listed.no;
    task.text = listed.text;
    task.title = listed.title.empty() ? short_title(listed.text) : listed.title;
    task.due = listed.due;
    if (task.title.empty()) return line_error(listed.line, "the task has no text");
    if (listed.units.empty()) return line_error(listed.units_line, "no responsible unit is named");
    std::set<UnitCode> seen;
    for (const std::string& name : listed.units) {
        const auto found = names.find(without_prefix(name));
        if (found == names.end()) {
            return line_error(listed.units_line, "the unit '" + name + "' is not known");
        }
        if (!seen.insert(found->second).second) {
            return line_error(listed.units_line, "the unit '" + name + "' is named twice");
        }
        if (seen.size() == 1) {
            task.lead = found->second;
        } else {
            task.co.push_back(found->second);
        }
    }
    return task;
}

}  // namespace

tl::unexpected<Error> line_error(std::size_t line, const std::string& reason) {
    return fail(Errc::invalid_argument, "line " + std::to_string(line) + ": " + reason);
}

std::string trim_text(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty()) {
        if (blank(text.front())) {
            text.remove_prefix(1);
        } else if (begins(text, ideographic_space)) {
            text.remove_prefix(ideographic_space.size());
        } else {
            break;
        }
    }
    while (!text.empty()) {
        if (blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.size() >= 3 && text.substr(text.size() - 3) == ideographic_space) {
            text.remove_suffix(ideographic_space.size());
        } else {
            break;
        }
    }
    return std::string(text);
}

std::optional<std::uint32_t> parse_no(const std::string& text) {
    if (text.empty() || text.size() > 5) return std::nullopt;
    std::uint32_t no = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        no = no * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return no == 0 ? std::nullopt : std::optional(no);
}

std::vector<std::string> split_names(const std::string& text) {
    constexpr std::string_view comma = "、";
    std::vector<std::string> names;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(comma, from), text.size());
        std::string name = trim_text(std::string_view(text).substr(from, end - from));
        if (!name.empty()) names.push_back(std::move(name));
        from = end + comma.size();
    }
    return names;
}

std::string short_title(const std::string& text) {
    std::size_t characters = 0;
    std::size_t at = 0;
    while (at < text.size() && characters < title_characters_max) {
        const std::string_view rest = std::string_view(text).substr(at);
        const bool ends = std::any_of(clause_ends.begin(), clause_ends.end(),
                                      [rest](std::string_view mark) { return begins(rest, mark); });
        if (ends && at > 0) break;
        do {
            ++at;
        } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U);
        ++characters;
    }
    return trim_text(std::string_view(text).substr(0, at));
}

Result<PlanDocument> to_plan(const ListedPlan& listed, const PlanNaming& naming,
                             const std::vector<Unit>& units) {
    PlanDocument plan;
    plan.plan = PlanId(naming.plan);
    plan.title = naming.title.empty() ? listed.title : naming.title;
    if (plan.plan.empty()) {
        return fail(Errc::invalid_argument, "the file does not name its plan: give --plan", "plan");
    }
    if (plan.title.empty()) {
        return fail(Errc::invalid_argument, "the file has no title: give --title", "title");
    }
    if (listed.tasks.empty()) return fail(Errc::invalid_argument, "the file has no task");
    const UnitNames names = names_of(units);
    std::uint32_t last = 0;
    std::set<UnitCode> used;
    for (const ListedTask& task : listed.tasks) {
        if (task.no <= last) {
            return line_error(task.line, "number " + std::to_string(task.no) + " follows " +
                                             std::to_string(last));
        }
        last = task.no;
        Result<PlannedTask> planned = to_task(task, names);
        if (!planned) return tl::unexpected(planned.error());
        used.insert(planned->lead);
        used.insert(planned->co.begin(), planned->co.end());
        plan.tasks.push_back(std::move(*planned));
    }
    std::copy_if(units.begin(), units.end(), std::back_inserter(plan.units),
                 [&used](const Unit& unit) { return used.count(unit.code) > 0; });
    return plan;
}

}  // namespace duban
