#include "domain/indicator/indicator.h"

#include <algorithm>
#include <set>

#include "domain/base/limits.h"
#include "domain/base/text_form.h"

namespace duban {
namespace {

tl::unexpected<Error> wrong(const std::string& path, std::string detail) {
    return fail(Errc::invalid_argument, std::move(detail), path);
}

std::string indexed(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

Status check_optional_decimal(const std::string& text, const std::string& path) {
    if (text.empty()) return {};
    const auto value = parse_decimal(text);
    if (!value) return wrong(path, value.error().detail);
    return {};
}

Status check_words(const Indicator& indicator, const std::string& path) {
    if (!is_key(indicator.id)) {
        return wrong(path + ".id", key_form);
    }
    if (!is_name(indicator.name)) {
        return wrong(path + ".name", name_form);
    }
    for (const auto& [text, name] :
         {std::pair(&indicator.unit, ".unit"), std::pair(&indicator.source, ".source"),
          std::pair(&indicator.check, ".check"), std::pair(&indicator.numerator, ".numerator"),
          std::pair(&indicator.denominator, ".denominator")}) {
        if (!is_plain(*text)) return wrong(path + name, plain_form);
    }
    if (characters(indicator.unit) > measure_characters_max) {
        return wrong(path + ".unit", "A unit of measure has at most 32 characters.");
    }
    for (const auto& [text, name] :
         {std::pair(&indicator.source, ".source"), std::pair(&indicator.check, ".check")}) {
        if (characters(*text) <= opinion_characters_max) continue;
        return wrong(path + name, "This text has at most 2000 characters.");
    }
    if (!indicator.owner.empty() && !is_code(indicator.owner.value)) {
        return wrong(path + ".owner", code_form);
    }
    return {};
}

std::size_t targets_of(Operator op) {
    switch (op) {
        case Operator::ge:
        case Operator::le:
        case Operator::eq:
            return 1;
        case Operator::between:
            return 2;
        case Operator::done:
        case Operator::judged:
        case Operator::text:
            return 0;
    }
    return 0;
}

Status check_target(const Indicator& indicator, const std::string& path) {
    const std::size_t needed = targets_of(indicator.op);
    if (indicator.target.size() != needed) {
        return wrong(
            path + ".target",
            needed == 0 ? "This operator takes no target."
            : needed == 1
                ? "This operator takes one number as its target."
                : "The operator between takes two numbers: the lower and the upper bound.");
    }
    for (std::size_t i = 0; i < needed; ++i) {
        const auto value = parse_decimal(indicator.target[i]);
        if (!value) return wrong(indexed(path + ".target", i), value.error().detail);
    }
    if (needed == 2 && *parse_decimal(indicator.target[0]) > *parse_decimal(indicator.target[1])) {
        return wrong(path + ".target", "The lower bound must not be above the upper bound.");
    }
    return {};
}

Status check_kind(const Indicator& indicator, const std::string& path) {
    const bool yes_no_or_text = indicator.op == Operator::done || indicator.op == Operator::text;
    const bool graded = indicator.op == Operator::judged;
    const bool ratio = indicator.kind == ValueKind::ratio;
    const bool rate = indicator.kind == ValueKind::rate_of;
    if ((yes_no_or_text && (ratio || rate)) || (graded && rate)) {
        return wrong(path + ".kind",
                     "Only a numeric target goes with that kind of value; use count.");
    }
    if ((yes_no_or_text || graded) && indicator.accumulate != Accumulate::last) {
        return wrong(path + ".accumulate", "Words and judgements are not added up; use last.");
    }
    if (ratio && !is_name(indicator.numerator)) {
        return wrong(path + ".numerator", "A ratio names what is counted above the line.");
    }
    if (ratio && !is_name(indicator.denominator)) {
        return wrong(path + ".denominator", "A ratio names what is counted below the line.");
    }
    if (rate && (!is_key(indicator.denominator) || indicator.denominator == indicator.id)) {
        return wrong(path + ".denominator", "A rate_of names the id of another indicator.");
    }
    if (indicator.decimals < 0 || indicator.decimals > decimal_scale_max) {
        return wrong(path + ".decimals", "Between 0 and 6 decimals can be shown.");
    }
    return {};
}

Status check_scope(const Indicator& indicator, const std::string& path) {
    const std::string members = path + ".members";
    if (indicator.scope == ScopeKind::zone) {
        if (indicator.members.empty()) return {};
        return wrong(members, "An indicator of the whole zone has no members; name another scope.");
    }
    if (indicator.members.empty() || indicator.members.size() > indicator_members_max) {
        return wrong(members, "This scope needs the list of those who are judged, at most 1000.");
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < indicator.members.size(); ++i) {
        if (!is_name(indicator.members[i])) {
            return wrong(indexed(members, i), name_form);
        }
        if (!seen.insert(indicator.members[i]).second) {
            return wrong(indexed(members, i), "This member is named twice; name it once.");
        }
    }
    return {};
}

Status check_schedule(const Indicator& indicator, const std::string& path) {
    const bool by_steps = indicator.schedule == ScheduleKind::steps;
    if (indicator.schedule != ScheduleKind::none && targets_of(indicator.op) == 0) {
        return wrong(path + ".schedule", "Only a number can be scheduled; use none.");
    }
    if (by_steps == indicator.steps.empty()) {
        return wrong(path + ".steps", by_steps
                                          ? "A schedule by steps needs its steps."
                                          : "Only a schedule by steps has steps; leave them out.");
    }
    if (indicator.steps.size() > indicator_steps_max) {
        return wrong(path + ".steps",
                     "A schedule has at most " + std::to_string(indicator_steps_max) + " steps.");
    }
    for (std::size_t i = 0; i < indicator.steps.size(); ++i) {
        const std::string step = indexed(path + ".steps", i);
        const auto value = parse_decimal(indicator.steps[i].value);
        if (!value) return wrong(step + ".value", value.error().detail);
        if (i > 0 && indicator.steps[i].date <= indicator.steps[i - 1].date) {
            return wrong(step + ".date", "Put the steps in order of their days, one for each day.");
        }
    }
    return {};
}

Status check_horizon(const Indicator& indicator, const std::string& path) {
    if (indicator.valid_from && indicator.valid_until &&
        *indicator.valid_from > *indicator.valid_until) {
        return wrong(path + ".valid_until",
                     "The last day of validity must not be before the first.");
    }
    std::int32_t before = 0;
    for (std::size_t i = 0; i < indicator.horizon_years.size(); ++i) {
        const std::int32_t years = indicator.horizon_years[i];
        if (years <= before || years > horizon_years_max) {
            return wrong(indexed(path + ".horizon_years", i),
                         "Years are counted from 1 to 100, the nearer first.");
        }
        before = years;
    }
    return {};
}

Status check_numbers(const Indicator& indicator, const std::string& path) {
    const std::pair<const char*, const std::string*> texts[] = {
        {".base", &indicator.base}, {".start", &indicator.start}, {".stretch", &indicator.stretch}};
    for (const auto& [name, text] : texts) {
        if (auto checked = check_optional_decimal(*text, path + name); !checked) return checked;
    }
    if (indicator.evidence.count_min < 0) {
        return wrong(path + ".evidence.count_min", "A number of files must not be negative.");
    }
    for (std::size_t i = 0; i < indicator.evidence.kinds.size(); ++i) {
        if (is_name(indicator.evidence.kinds[i])) continue;
        return wrong(indexed(path + ".evidence.kinds", i), name_form);
    }
    return {};
}

Status check_score(const Indicator& indicator, const std::string& path) {
    if (!indicator.score) return {};
    if (!is_plain(indicator.score->formula)) return wrong(path + ".score.formula", plain_form);
    if (characters(indicator.score->formula) > opinion_characters_max) {
        return wrong(path + ".score.formula", "A formula has at most 2000 characters.");
    }
    if (auto checked = check_optional_decimal(indicator.score->points, path + ".score.points");
        !checked) {
        return checked;
    }
    return check_optional_decimal(indicator.score->cap, path + ".score.cap");
}

Status check_rate(const Indicator& rate, const std::vector<Indicator>& all,
                  const std::string& path) {
    const auto other = std::find_if(all.begin(), all.end(), [&](const Indicator& candidate) {
        return candidate.id == rate.denominator;
    });
    if (other == all.end()) {
        return wrong(path, "There is no indicator " + rate.denominator + " in this task.");
    }
    const bool plain = targets_of(other->op) > 0 && other->kind != ValueKind::ratio &&
                       other->kind != ValueKind::rate_of;
    if (!plain) return wrong(path, "A rate divides by a count, an amount or a level.");
    if (other->period != PeriodKind::once && other->period != rate.period) {
        return wrong(path, "A rate divides by an indicator of the same period, or of period once.");
    }
    if (other->scope != ScopeKind::zone && other->members != rate.members) {
        return wrong(path, "A rate divides by an indicator of the whole zone or the same members.");
    }
    return {};
}

}  // namespace

Status check_indicator(const Indicator& indicator, const std::string& path) {
    using Check = Status (*)(const Indicator&, const std::string&);
    for (const Check check : {check_words, check_target, check_kind, check_scope, check_schedule,
                              check_horizon, check_numbers, check_score}) {
        if (auto checked = check(indicator, path); !checked) return checked;
    }
    return {};
}

Status check_indicators(const std::vector<Indicator>& indicators, const std::string& path) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        const Indicator& indicator = indicators[i];
        const std::string at = indexed(path, i);
        if (auto checked = check_indicator(indicator, at); !checked) return checked;
        if (!seen.insert(indicator.id).second) {
            return wrong(at + ".id", "The id " + indicator.id + " is used twice; choose another.");
        }
        if (indicator.kind != ValueKind::rate_of) continue;
        if (auto checked = check_rate(indicator, indicators, at + ".denominator"); !checked) {
            return checked;
        }
    }
    return {};
}

}  // namespace duban
