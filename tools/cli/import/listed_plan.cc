#include "tools/cli/import/listed_plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "domain/base/text_form.h"
#include "tools/cli/import/file_text.h"
#include "tools/cli/import/problems.h"
#include "tools/cli/import/unit_names.h"

namespace duban {
namespace {

constexpr std::size_t short_title_characters_max = 40;
constexpr std::array<std::string_view, 7> clause_ends = {"，", "。", "；", "：", ",", ";", "\n"};

bool begins(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// Adds what is wrong with the task to `problems`.
PlannedTask to_task(const ListedTask& listed, const UnitNames& names, Problems& problems) {
    PlannedTask task;
    task.no = listed.no;
    task.text = listed.text;
    task.title = listed.title.empty() ? short_title(listed.text) : listed.title;
    task.due = listed.due;
    if (task.title.empty()) problems.add(listed.line, "the task has no text");
    if (listed.units.empty()) problems.add(listed.units_line, "no responsible unit is named");
    std::set<UnitCode> seen;
    for (const std::string& name : listed.units) {
        const auto found = names.find(name);
        if (!found) {
            problems.add(listed.units_line, found.error().detail);
        } else if (!seen.insert(*found).second) {
            problems.add(listed.units_line, "the unit " + as_written(name) + " is named twice");
        } else if (seen.size() == 1) {
            task.lead = *found;
        } else {
            task.co.push_back(*found);
        }
    }
    return task;
}

}  // namespace

tl::unexpected<Error> line_error(std::size_t line, const std::string& reason) {
    return fail(Errc::invalid_argument, "line " + std::to_string(line) + ": " + reason);
}

std::string trim_text(std::string_view text) {
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        if (is_space(next_code_point(text, at))) continue;
        begin = std::min(begin, from);
        end = at;
    }
    return begin < end ? std::string(text.substr(begin, end - begin)) : "";
}

std::optional<std::uint32_t> parse_no(std::string_view text) {
    std::uint32_t no = 0;
    std::size_t digits = 0;
    for (std::size_t at = 0; at < text.size(); ++digits) {
        const char32_t point = next_code_point(text, at);
        const bool wide = point >= U'０' && point <= U'９';
        if (!wide && (point < U'0' || point > U'9')) return std::nullopt;
        no = no * 10 + static_cast<std::uint32_t>(point - (wide ? U'０' : U'0'));
        if (no > 99'999) return std::nullopt;
    }
    return no == 0 || digits > 5 ? std::nullopt : std::optional(no);
}

bool is_attachment_mark(std::string_view text) {
    constexpr std::string_view mark = "附件";
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t point = next_code_point(text, at);
        const bool digit = point >= U'0' && point <= U'9';
        if (!is_space(point) && !digit && point != U'：' && point != U':') {
            words += text.substr(from, at - from);
        }
    }
    return words == mark;
}

std::string short_title(const std::string& text) {
    std::size_t characters = 0;
    std::size_t at = 0;
    while (at < text.size() && characters < short_title_characters_max) {
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
    const UnitNames names(units);
    Problems problems;
    std::uint32_t last = 0;
    std::set<UnitCode> used;
    for (const ListedTask& task : listed.tasks) {
        if (task.no <= last) {
            problems.add(task.line,
                         "number " + std::to_string(task.no) + " follows " + std::to_string(last));
        }
        last = task.no;
        PlannedTask planned = to_task(task, names, problems);
        used.insert(planned.lead);
        used.insert(planned.co.begin(), planned.co.end());
        plan.tasks.push_back(std::move(planned));
    }
    if (problems.any()) return problems.error();
    std::copy_if(units.begin(), units.end(), std::back_inserter(plan.units),
                 [&used](const Unit& unit) { return used.count(unit.code) > 0; });
    return plan;
}

}  // namespace duban
