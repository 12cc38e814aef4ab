#include <gtest/gtest.h>

#include "domain/indicator/indicator.h"
#include "tests/support/print.h"

namespace duban {
namespace {

Indicator of(Operator op, ValueKind kind = ValueKind::count) {
    Indicator indicator;
    indicator.id = "i";
    indicator.op = op;
    indicator.kind = kind;
    return indicator;
}

ReportedValue number(const char* value) {
    ReportedValue reported;
    reported.value = value;
    return reported;
}

ReportedValue parts(const char* numerator, const char* denominator) {
    ReportedValue reported;
    reported.numerator = numerator;
    reported.denominator = denominator;
    return reported;
}

ReportedValue graded(Grade grade, const char* note) {
    ReportedValue reported;
    reported.grade = grade;
    reported.note = note;
    return reported;
}

void expect_accepted(const Indicator& indicator, const ReportedValue& value) {
    const auto checked = check_value(indicator, value, "v");
    EXPECT_TRUE(checked) << checked.error().field << ": " << checked.error().detail;
}

void expect_refused(const Indicator& indicator, const ReportedValue& value, const char* field) {
    const auto checked = check_value(indicator, value, "v");
    ASSERT_FALSE(checked) << field;
    EXPECT_EQ(checked.error().code, Errc::invalid_argument);
    EXPECT_EQ(checked.error().field, field) << checked.error().detail;
}

TEST(CheckValue, APlainNumberIsADecimal) {
    expect_accepted(of(Operator::ge), number("16"));
    expect_accepted(of(Operator::ge, ValueKind::amount), number("-1.5"));
    expect_refused(of(Operator::ge), number(""), "v.value");
    expect_refused(of(Operator::le), number("many"), "v.value");
    expect_refused(of(Operator::between), number("-1"), "v.value");
    expect_refused(of(Operator::eq), parts("1", ""), "v.value");
}

TEST(CheckValue, ARatioIsItsParts) {
    const auto ratio = of(Operator::ge, ValueKind::ratio);
    expect_accepted(ratio, parts("20", "100"));
    expect_accepted(ratio, parts("0", "0.000001"));
    expect_refused(ratio, parts("", "100"), "v.numerator");
    expect_refused(ratio, parts("20", ""), "v.denominator");
    expect_refused(ratio, parts("20", "0"), "v.denominator");
    expect_refused(ratio, parts("20", "-1"), "v.denominator");
    ReportedValue typed = parts("20", "100");
    typed.value = "20";
    expect_refused(ratio, typed, "v.value");
}

TEST(CheckValue, ARateIsItsNumerator) {
    const auto rate = of(Operator::ge, ValueKind::rate_of);
    expect_accepted(rate, parts("20", ""));
    expect_refused(rate, parts("20", "100"), "v.denominator");
    expect_refused(rate, number("20"), "v.value");
}

TEST(CheckValue, DoneIsYesOrNo) {
    expect_accepted(of(Operator::done), number("yes"));
    expect_accepted(of(Operator::done), number("no"));
    for (const char* text : {"", "Yes", "1", "是"}) {
        expect_refused(of(Operator::done), number(text), "v.value");
    }
    ReportedValue both = number("yes");
    both.grade = Grade::met;
    expect_refused(of(Operator::done), both, "v.grade");
    both = number("yes");
    both.numerator = "1";
    expect_refused(of(Operator::done), both, "v.numerator");
}

TEST(CheckValue, AJudgementHasAGradeAndReasons) {
    expect_accepted(of(Operator::judged), graded(Grade::partly, "五所达标"));
    expect_refused(of(Operator::judged), graded(Grade::met, ""), "v.note");
    expect_refused(of(Operator::judged), number("好"), "v.value");
    ReportedValue ungraded;
    ungraded.note = "reasons";
    expect_refused(of(Operator::judged), ungraded, "v.grade");
}

TEST(CheckValue, AJudgedRatioHasItsPartsToo) {
    const auto judged = of(Operator::judged, ValueKind::ratio);
    ReportedValue value = graded(Grade::met, "达标");
    expect_refused(judged, value, "v.numerator");
    value.numerator = "3";
    value.denominator = "4";
    expect_accepted(judged, value);
}

TEST(CheckValue, TextIsThereAndNotEndless) {
    expect_accepted(of(Operator::text), number("已出台"));
    expect_refused(of(Operator::text), number(""), "v.value");
    expect_refused(of(Operator::text), number(std::string(4001, 'x').c_str()), "v.value");
    ReportedValue noted = number("已出台");
    noted.note = std::string(4001, 'x');
    expect_refused(of(Operator::text), noted, "v.note");
}

TEST(CheckValue, TextsAreWithoutControlCharacters) {
    expect_accepted(of(Operator::text), number("a\nb"));
    expect_refused(of(Operator::text), number("a\x1b"), "v.value");
    expect_refused(of(Operator::judged), graded(Grade::met, "a\x1b"), "v.note");
}

TEST(CheckValue, MembersAreTheIndicatorsOwn) {
    Indicator by_school = of(Operator::ge);
    by_school.scope = ScopeKind::school;
    by_school.members = {"一中", "二中"};
    ReportedValue value = number("3");
    expect_refused(by_school, value, "v.member");
    value.member = "三中";
    expect_refused(by_school, value, "v.member");
    value.member = "二中";
    expect_accepted(by_school, value);
    expect_refused(of(Operator::ge), value, "v.member");
}

}  // namespace
}  // namespace duban
