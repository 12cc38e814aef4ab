#include "domain/indicator/period.h"

#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <chrono>
#include <string_view>

namespace duban {
namespace {

using std::chrono::year_month_day;

year_month_day civil(Date day) {
    return year_month_day(std::chrono::sys_days(std::chrono::days(day.days)));
}

Date first_of_month(int year, unsigned month) {
    const year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                             std::chrono::day(1)};
    return Date{static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

// 0 is Monday. 1970-01-01 was a Thursday.
int weekday(Date day) {
    return ((day.days + 3) % 7 + 7) % 7;
}

// May lie outside the days that have a text form, as those of the weeks around them do.
Date monday_of_week_one(int year) {
    const Date fourth_of_january{first_of_month(year, 1).days + 3};
    return Date{fourth_of_january.days - weekday(fourth_of_january)};
}

int weeks_in(int year) {
    return (monday_of_week_one(year + 1).days - monday_of_week_one(year).days) / 7;
}

std::string padded(int number, std::size_t width) {
    std::string text = std::to_string(number);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

Period months_from(Date first, unsigned count, std::string label) {
    const auto ymd = civil(first);
    const auto after = ymd.year() / ymd.month() / 1 + std::chrono::months(static_cast<int>(count));
    const Date next =
        first_of_month(static_cast<int>(after.year()), static_cast<unsigned>(after.month()));
    return {std::move(label), first, add_days(next, -1)};
}

Period week_of(Date day) {
    const Date monday = add_days(day, -weekday(day));
    const int year = static_cast<int>(civil(add_days(monday, 3)).year());
    const int week = (monday.days - monday_of_week_one(year).days) / 7 + 1;
    return {padded(year, 4) + "-W" + padded(week, 2), monday, add_days(monday, 6)};
}

// The number that the text is made of, digits only; -1 when it is anything else.
int number_in(std::string_view text) {
    if (text.size() > 4) return -1;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? -1 : value;
}

// The kind of what stands after "2026-".
std::optional<PeriodKind> kind_within_year(int year, std::string_view rest) {
    const bool one_digit = rest.size() == 2;
    const int number = number_in(rest.substr(1));
    if (one_digit && rest[0] == 'Q' && number >= 1 && number <= 4) return PeriodKind::quarter;
    if (one_digit && rest[0] == 'T' && number >= 1 && number <= 2) return PeriodKind::term;
    if (rest.size() == 3 && rest[0] == 'W' && number >= 1 && number <= weeks_in(year)) {
        return PeriodKind::week;
    }
    const int month = number_in(rest);
    if (one_digit && month >= 1 && month <= 12) return PeriodKind::month;
    return std::nullopt;
}

std::string quarter_of_month(const std::string& label) {
    const int month = number_in(std::string_view(label).substr(5));
    return label.substr(0, 5) + "Q" + std::to_string((month - 1) / 3 + 1);
}

// "" when a period of the one kind does not lie within one of the other.
std::string coarser(const std::string& label, PeriodKind from, PeriodKind to) {
    if (to == PeriodKind::once) return "once";
    if (from == to) return label;
    if (from == PeriodKind::once) return {};
    if (to == PeriodKind::year) return label.substr(0, 4);
    if (from == PeriodKind::month && to == PeriodKind::quarter) return quarter_of_month(label);
    return {};
}

std::string name_of(PeriodKind kind) {
    return boost::describe::enum_to_string(kind, "unknown period");
}

}  // namespace

std::optional<Period> period_of(Date day, PeriodKind kind) {
    const auto ymd = civil(day);
    const int year = static_cast<int>(ymd.year());
    const auto month = static_cast<unsigned>(ymd.month());
    switch (kind) {
        case PeriodKind::week:
            return week_of(day);
        case PeriodKind::month:
            return months_from(first_of_month(year, month), 1,
                               padded(year, 4) + "-" + padded(static_cast<int>(month), 2));
        case PeriodKind::quarter: {
            const unsigned quarter = (month - 1) / 3;
            return months_from(first_of_month(year, quarter * 3 + 1), 3,
                               padded(year, 4) + "-Q" + std::to_string(quarter + 1));
        }
        case PeriodKind::year:
            return months_from(first_of_month(year, 1), 12, padded(year, 4));
        case PeriodKind::once:
        case PeriodKind::term:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Period> period_named(const std::string& label) {
    const auto kind = period_kind(label);
    if (!kind || *kind == PeriodKind::once || *kind == PeriodKind::term) return std::nullopt;
    const std::string_view text = label;
    const int year = number_in(text.substr(0, 4));
    if (*kind == PeriodKind::year) return period_of(first_of_month(year, 1), *kind);
    if (*kind == PeriodKind::week) {
        return week_of(add_days(monday_of_week_one(year), (number_in(text.substr(6)) - 1) * 7));
    }
    const int month =
        *kind == PeriodKind::month ? number_in(text.substr(5)) : number_in(text.substr(6)) * 3;
    return period_of(first_of_month(year, static_cast<unsigned>(month)), *kind);
}

bool ends_later(const std::string& label, const std::string& other) {
    const auto one = period_named(label);
    const auto two = period_named(other);
    if (one && two) return one->last > two->last;
    const auto kind = period_kind(label);
    const auto other_kind = period_kind(other);
    // The labels of terms are in order of time when they are in order of text.
    const bool terms =
        kind && other_kind && *kind == PeriodKind::term && *other_kind == PeriodKind::term;
    return terms && label > other;
}

bool overlap(const std::string& label, const std::string& other) {
    const auto one = period_named(label);
    const auto two = period_named(other);
    if (one && two) return one->first <= two->last && two->first <= one->last;
    const bool labels = period_kind(label) && period_kind(other);
    return labels && (label == other || label == "once" || other == "once");
}

Result<PeriodKind> period_kind(const std::string& label) {
    if (label == "once") return PeriodKind::once;
    const std::string_view text = label;
    const int year = number_in(text.substr(0, 4));
    if (text.size() >= 4 && year >= 1970) {
        if (text.size() == 4) return PeriodKind::year;
        const auto kind = text[4] == '-' && text.size() > 6 ? kind_within_year(year, text.substr(5))
                                                            : std::nullopt;
        if (kind) return *kind;
    }
    return fail(Errc::invalid_argument,
                "A period is written as once, 2026, 2026-Q1, 2026-03, 2026-T1 or 2026-W05.");
}

Result<std::string> cell_period(const Indicator& indicator, const std::string& report_period,
                                const std::string& value_period, const std::string& path) {
    const bool own = !value_period.empty();
    const std::string& label = own ? value_period : report_period;
    const auto kind = period_kind(label);
    if (!kind) return fail(kind.error().code, kind.error().detail, path);
    if (own && *kind != indicator.period) {
        return fail(Errc::invalid_argument,
                    "The indicator " + indicator.id + " is counted by " +
                        name_of(indicator.period) + ", and " + label + " is a " + name_of(*kind) +
                        ".",
                    path);
    }
    std::string cell = coarser(label, *kind, indicator.period);
    if (cell.empty()) {
        return fail(Errc::invalid_argument,
                    "The report's period " + label + " does not lie within one " +
                        name_of(indicator.period) + ", which the indicator " + indicator.id +
                        " is counted by; name the value's own period.",
                    path);
    }
    return cell;
}

}  // namespace duban
