#include "domain/indicator/indicator.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/print.h"

namespace duban {
namespace {

Indicator at_least(const char* id, const char* target) {
    Indicator indicator;
    indicator.id = id;
    indicator.name = "课时";
    indicator.op = Operator::ge;
    indicator.target = {target};
    return indicator;
}

Indicator ratio(const char* id) {
    Indicator indicator = at_least(id, "20");
    indicator.kind = ValueKind::ratio;
    indicator.unit = "%";
    indicator.numerator = "兼职教师数";
    indicator.denominator = "编制员额";
    return indicator;
}

Indicator rate_of(const char* id, const char* other) {
    Indicator indicator = at_least(id, "2");
    indicator.kind = ValueKind::rate_of;
    indicator.denominator = other;
    return indicator;
}

Indicator by_school(Indicator indicator) {
    indicator.scope = ScopeKind::school;
    indicator.members = {"一中", "二中"};
    return indicator;
}

void expect_refused(const Status& checked, const std::string& field) {
    ASSERT_FALSE(checked) << field;
    EXPECT_EQ(checked.error().code, Errc::invalid_argument);
    EXPECT_EQ(checked.error().field, field) << checked.error().detail;
}

struct Spoiled {
    const char* field;
    std::function<void(Indicator&)> spoil;
};

void expect_all_refused(const Indicator& good, const std::vector<Spoiled>& cases) {
    ASSERT_TRUE(check_indicator(good, "i"));
    for (const auto& [field, spoil] : cases) {
        Indicator indicator = good;
        spoil(indicator);
        expect_refused(check_indicator(indicator, "i"), field);
    }
}

TEST(CheckIndicator, AcceptsTheListsOwnForms) {
    Indicator done;
    done.id = "skills";
    done.name = "技能大赛";
    Indicator two_to_three = at_least("teachers", "2");
    two_to_three.op = Operator::between;
    two_to_three.target = {"2", "3"};
    Indicator judged = ratio("standard");
    judged.op = Operator::judged;
    judged.target = {};
    judged.horizon_years = {3, 5};
    for (const Indicator& indicator :
         {done, two_to_three, judged, ratio("parttime"), by_school(at_least("hours", "16"))}) {
        const auto checked = check_indicator(indicator, "i");
        EXPECT_TRUE(checked) << indicator.id << ": " << checked.error().detail;
    }
}

TEST(CheckIndicator, ChecksTheWords) {
    expect_all_refused(at_least("hours", "16"),
                       {{"i.id", [](Indicator& it) { it.id = "Hours"; }},
                        {"i.name", [](Indicator& it) { it.name = ""; }},
                        {"i.unit", [](Indicator& it) { it.unit = std::string(33, 'x'); }},
                        {"i.source", [](Indicator& it) { it.source = std::string(2001, 'x'); }},
                        {"i.check", [](Indicator& it) { it.check = std::string(2001, 'x'); }},
                        {"i.owner", [](Indicator& it) { it.owner = UnitCode("JTJ"); }}});
}

TEST(CheckIndicator, TextsAreWithoutControlCharacters) {
    Indicator good = at_least("hours", "16");
    good.source = "第一行\n\t第二行";
    expect_all_refused(
        good,
        {{"i.unit", [](Indicator& it) { it.unit = "a\x1b"; }},
         {"i.source", [](Indicator& it) { it.source = "a\x1b"; }},
         {"i.check", [](Indicator& it) { it.check = "a\x7f"; }},
         {"i.evidence.kinds[0]", [](Indicator& it) { it.evidence.kinds = {"a\x01"}; }},
         {"i.score.formula", [](Indicator& it) { it.score = Scoring{"", "\x01", "", false}; }}});
}

TEST(CheckIndicator, TargetsFitTheOperator) {
    expect_all_refused(at_least("hours", "16"),
                       {{"i.target", [](Indicator& it) { it.target = {}; }},
                        {"i.target", [](Indicator& it) { it.target = {"1", "2"}; }},
                        {"i.target[0]", [](Indicator& it) { it.target = {"many"}; }},
                        {"i.target", [](Indicator& it) { it.op = Operator::done; }},
                        {"i.target", [](Indicator& it) { it.op = Operator::between; }},
                        {"i.target[1]",
                         [](Indicator& it) {
                             it.op = Operator::between;
                             it.target = {"2", ""};
                         }},
                        {"i.target", [](Indicator& it) {
                             it.op = Operator::between;
                             it.target = {"3", "2"};
                         }}});
}

TEST(CheckIndicator, KindsFitTheOperator) {
    expect_all_refused(ratio("part"),
                       {{"i.numerator", [](Indicator& it) { it.numerator = ""; }},
                        {"i.denominator", [](Indicator& it) { it.denominator = ""; }},
                        {"i.decimals", [](Indicator& it) { it.decimals = 7; }},
                        {"i.decimals", [](Indicator& it) { it.decimals = -1; }},
                        {"i.kind", [](Indicator& it) {
                             it.op = Operator::done;
                             it.target = {};
                         }}});
    expect_all_refused(rate_of("rate", "students"),
                       {{"i.denominator", [](Indicator& it) { it.denominator = "rate"; }},
                        {"i.denominator", [](Indicator& it) { it.denominator = ""; }},
                        {"i.kind", [](Indicator& it) {
                             it.op = Operator::judged;
                             it.target = {};
                         }}});
    Indicator done = at_least("done", "1");
    done.op = Operator::done;
    done.target = {};
    expect_all_refused(done,
                       {{"i.accumulate", [](Indicator& it) { it.accumulate = Accumulate::sum; }}});
}

TEST(CheckIndicator, MembersFitTheScope) {
    expect_all_refused(by_school(at_least("hours", "16")),
                       {{"i.members", [](Indicator& it) { it.members = {}; }},
                        {"i.members", [](Indicator& it) { it.scope = ScopeKind::zone; }},
                        {"i.members[1]", [](Indicator& it) { it.members = {"一中", ""}; }},
                        {"i.members[1]", [](Indicator& it) { it.members = {"一中", "一中"}; }},
                        {"i.members", [](Indicator& it) { it.members.resize(1001, "x"); }}});
}

TEST(CheckIndicator, SchedulesAreInOrder) {
    Indicator scheduled = at_least("hours", "16");
    scheduled.schedule = ScheduleKind::steps;
    scheduled.steps = {{Date{20000}, "4"}, {Date{20100}, "8"}};
    expect_all_refused(scheduled,
                       {{"i.steps", [](Indicator& it) { it.steps = {}; }},
                        {"i.steps", [](Indicator& it) { it.schedule = ScheduleKind::linear; }},
                        {"i.steps[1].date", [](Indicator& it) { it.steps[1].date = Date{20000}; }},
                        {"i.steps[0].value", [](Indicator& it) { it.steps[0].value = "a few"; }},
                        {"i.schedule", [](Indicator& it) {
                             it.op = Operator::judged;
                             it.target = {};
                         }}});
}

TEST(CheckIndicator, NumbersAndDaysBesideTheTarget) {
    expect_all_refused(
        at_least("hours", "16"),
        {{"i.base", [](Indicator& it) { it.base = "x"; }},
         {"i.start", [](Indicator& it) { it.start = "1,0"; }},
         {"i.stretch", [](Indicator& it) { it.stretch = "01"; }},
         {"i.valid_until",
          [](Indicator& it) {
              it.valid_from = Date{2};
              it.valid_until = Date{1};
          }},
         {"i.horizon_years[0]", [](Indicator& it) { it.horizon_years = {0}; }},
         {"i.horizon_years[1]", [](Indicator& it) { it.horizon_years = {5, 3}; }},
         {"i.evidence.count_min", [](Indicator& it) { it.evidence.count_min = -1; }},
         {"i.score.points", [](Indicator& it) { it.score = Scoring{"ten", "", "", false}; }},
         {"i.score.cap", [](Indicator& it) { it.score = Scoring{"10", "", "x", false}; }}});
}

TEST(CheckIndicators, AreNamedApart) {
    EXPECT_TRUE(check_indicators({at_least("a", "1"), at_least("b", "1")}, "t"));
    expect_refused(check_indicators({at_least("a", "1"), at_least("a", "1")}, "t"), "t[1].id");
    expect_refused(check_indicators({at_least("a", "1"), at_least("b", "x")}, "t"),
                   "t[1].target[0]");
}

TEST(CheckIndicators, ARateDividesByAPlainNumberOfItsPeriod) {
    const Indicator students = at_least("students", "100");
    const Indicator rate = rate_of("rate", "students");
    EXPECT_TRUE(check_indicators({rate, students}, "t"));
    expect_refused(check_indicators({rate}, "t"), "t[0].denominator");
    expect_refused(check_indicators({rate, ratio("students")}, "t"), "t[0].denominator");
    Indicator yearly = students;
    yearly.period = PeriodKind::year;
    expect_refused(check_indicators({rate, yearly}, "t"), "t[0].denominator");
    expect_refused(check_indicators({rate, by_school(students)}, "t"), "t[0].denominator");
    EXPECT_TRUE(check_indicators({by_school(rate), by_school(students)}, "t"));
    EXPECT_TRUE(check_indicators({by_school(rate), students}, "t"));
}

}  // namespace
}  // namespace duban
