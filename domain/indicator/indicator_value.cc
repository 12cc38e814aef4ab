#include <algorithm>

#include "domain/base/text_form.h"
#include "domain/indicator/indicator.h"

namespace duban {
namespace {

tl::unexpected<Error> misreported(const std::string& path, std::string detail) {
    return fail(Errc::invalid_argument, std::move(detail), path);
}

// Which parts of a reported value an indicator asks for.
struct Wanted {
    bool number = false;
    bool yes_no = false;
    bool text = false;
    bool grade = false;
    bool numerator = false;
    bool denominator = false;
};

Wanted wanted_by(const Indicator& indicator) {
    Wanted wanted;
    const bool ratio = indicator.kind == ValueKind::ratio;
    switch (indicator.op) {
        case Operator::done:
            wanted.yes_no = true;
            return wanted;
        case Operator::text:
            wanted.text = true;
            return wanted;
        case Operator::judged:
            wanted.grade = true;
            wanted.numerator = wanted.denominator = ratio;
            return wanted;
        case Operator::ge:
        case Operator::le:
        case Operator::eq:
        case Operator::between:
            break;
    }
    wanted.numerator = ratio || indicator.kind == ValueKind::rate_of;
    wanted.denominator = ratio;
    wanted.number = !wanted.numerator;
    return wanted;
}

Status check_member(const Indicator& indicator, const ReportedValue& value,
                    const std::string& path) {
    const auto& members = indicator.members;
    if (indicator.scope == ScopeKind::zone && !value.member.empty()) {
        return misreported(path, "This indicator is of the whole zone; leave member out.");
    }
    if (indicator.scope != ScopeKind::zone &&
        std::find(members.begin(), members.end(), value.member) == members.end()) {
        return misreported(path, "Name one of the indicator's members, for whom the value is.");
    }
    return {};
}

Status check_main(const Indicator& indicator, const Wanted& wanted, const std::string& value,
                  const std::string& path) {
    if (wanted.number) {
        const auto number = parse_decimal(value);
        if (!number) return misreported(path, number.error().detail);
        if (indicator.kind == ValueKind::count && number->micros < 0) {
            return misreported(path, "A count must not be negative.");
        }
    } else if (wanted.yes_no) {
        if (value != "yes" && value != "no") return misreported(path, "Write \"yes\" or \"no\".");
    } else if (wanted.text) {
        if (value.empty() || characters(value) > opinion_characters_max) {
            return misreported(path, "Write the answer in 1 to 2000 characters.");
        }
        if (!is_plain(value)) return misreported(path, plain_form);
    } else if (!value.empty()) {
        return misreported(path, wanted.numerator
                                     ? "The quotient is computed; give its parts instead."
                                     : "A judgement has a grade and a note, no value.");
    }
    return {};
}

Status check_parts(const Wanted& wanted, const ReportedValue& value, const std::string& path) {
    if (!wanted.numerator && !value.numerator.empty()) {
        return misreported(path + ".numerator", "This indicator takes no numerator.");
    }
    if (!wanted.denominator && !value.denominator.empty()) {
        return misreported(path + ".denominator", "This indicator takes no denominator.");
    }
    if (wanted.numerator) {
        const auto number = parse_decimal(value.numerator);
        if (!number) return misreported(path + ".numerator", number.error().detail);
    }
    if (wanted.denominator) {
        const auto number = parse_decimal(value.denominator);
        if (!number) return misreported(path + ".denominator", number.error().detail);
        if (number->micros <= 0)
            return misreported(path + ".denominator", "The denominator must be more than 0.");
    }
    return {};
}

Status check_grade(const Wanted& wanted, const ReportedValue& value, const std::string& path) {
    if (wanted.grade && !value.grade) {
        return misreported(path + ".grade", "Judge it as met, partly or unmet.");
    }
    if (!wanted.grade && value.grade) {
        return misreported(path + ".grade", "Only a judged indicator takes a grade.");
    }
    if (wanted.grade && value.note.empty()) {
        return misreported(path + ".note", "A judgement needs its reasons.");
    }
    if (characters(value.note) > opinion_characters_max) {
        return misreported(path + ".note", "A note has at most 2000 characters.");
    }
    if (!is_plain(value.note)) return misreported(path + ".note", plain_form);
    return {};
}

}  // namespace

Status check_value(const Indicator& indicator, const ReportedValue& value,
                   const std::string& path) {
    const Wanted wanted = wanted_by(indicator);
    if (auto checked = check_member(indicator, value, path + ".member"); !checked) return checked;
    if (auto checked = check_main(indicator, wanted, value.value, path + ".value"); !checked) {
        return checked;
    }
    if (auto checked = check_parts(wanted, value, path); !checked) return checked;
    return check_grade(wanted, value, path);
}

}  // namespace duban
