#include "domain/base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/print.h"

namespace duban {
namespace {

constexpr std::int64_t micros_max = 999'999'999'999'999'999;

TEST(Decimal, ReadsPlainNumbers) {
    EXPECT_EQ(parse_decimal("0")->micros, 0);
    EXPECT_EQ(parse_decimal("12")->micros, 12'000'000);
    EXPECT_EQ(parse_decimal("-12.50")->micros, -12'500'000);
    EXPECT_EQ(parse_decimal("0.000001")->micros, 1);
    EXPECT_EQ(parse_decimal("999999999999.999999")->micros, micros_max);
}

TEST(Decimal, RefusesEveryOtherForm) {
    for (const char* text : {"",      "-",     ".",    "1.",        ".5",
                             "+1",    "01",    "00",   "--1",       "1e3",
                             "1,000", " 1",    "1 ",   "1.0000000", "1000000000000",
                             "0x1",   "1.2.3", "1.-2", "-.5",       "NaN",
                             "½",     "１"}) {
        const auto parsed = parse_decimal(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, Errc::invalid_argument) << text;
    }
}

TEST(Decimal, MinusZeroIsZero) {
    EXPECT_EQ(*parse_decimal("-0"), Decimal{});
    EXPECT_EQ(to_string(*parse_decimal("-0.00")), "0");
}

TEST(Decimal, WritesTheShortestText) {
    EXPECT_EQ(to_string(Decimal{12'500'000}), "12.5");
    EXPECT_EQ(to_string(Decimal{-3'000'000}), "-3");
    EXPECT_EQ(to_string(Decimal{100'000'000}), "100");
    EXPECT_EQ(to_string(Decimal{-1}), "-0.000001");
}

RC_GTEST_PROP(Decimal, TextRoundTrips, ()) {
    const auto micros = *rc::gen::inRange<std::int64_t>(-micros_max, micros_max + 1);
    const auto read = parse_decimal(to_string(Decimal{micros}));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->micros == micros);
}

RC_GTEST_PROP(Decimal, WhatIsReadIsWrittenBackEqual, (const std::string& text)) {
    if (const auto read = parse_decimal(text)) RC_ASSERT(parse_decimal(to_string(*read)) == *read);
}

TEST(Ratio, RoundsHalfAwayFromZero) {
    EXPECT_EQ(to_string(Ratio{1, 2}, 0), "1");
    EXPECT_EQ(to_string(Ratio{-1, 2}, 0), "-1");
    EXPECT_EQ(to_string(Ratio{2, 3}, 2), "0.67");
    EXPECT_EQ(to_string(Ratio{1, 3}, 6), "0.333333");
    EXPECT_EQ(to_string(Ratio{999, 1000}, 2), "1.00");
    EXPECT_EQ(to_string(Ratio{-1, 1000}, 2), "0.00");
    EXPECT_EQ(to_string(Ratio{200, 1000}, 2), "0.20");
}

TEST(Ratio, ShowsWhatCrossProductsCouldNotHold) {
    Int128 huge = 1;
    for (int i = 0; i < 30; ++i) huge *= 10;
    EXPECT_EQ(to_string(Ratio{huge * 2, huge * 3}, 6), "0.666667");
    EXPECT_EQ(compare(Ratio{huge, huge + 1}, Ratio{huge + 1, huge + 2}), -1);
    EXPECT_EQ(compare(Ratio{-huge, huge + 1}, Ratio{-huge - 1, huge + 2}), 1);
    EXPECT_EQ(compare(Ratio{huge, huge}, Ratio{1, 1}), 0);
}

TEST(Ratio, ComparesByValue) {
    EXPECT_EQ(compare({1, 3}, {2, 6}), 0);
    EXPECT_LT(compare({1, 3}, {1, 2}), 0);
    EXPECT_GT(compare({-1, 3}, {-1, 2}), 0);
    EXPECT_LT(compare({-1, 3}, {0, 5}), 0);
    EXPECT_EQ(compare({0, 3}, {0, 5}), 0);
    EXPECT_GT(compare({7, 2}, {3, 1}), 0);
    EXPECT_LT(compare({3, 1}, {7, 2}), 0);
}

rc::Gen<Ratio> any_ratio(std::int64_t limit) {
    return rc::gen::map(rc::gen::pair(rc::gen::inRange<std::int64_t>(-limit, limit + 1),
                                      rc::gen::inRange<std::int64_t>(1, limit + 1)),
                        [](const std::pair<std::int64_t, std::int64_t>& parts) {
                            return Ratio{parts.first, parts.second};
                        });
}

int by_cross_products(const Ratio& a, const Ratio& b) {
    const Int128 left = a.numerator * b.denominator;
    const Int128 right = b.numerator * a.denominator;
    return left < right ? -1 : (left > right ? 1 : 0);
}

RC_GTEST_PROP(Ratio, ComparesLikeCrossProducts, ()) {
    for (const std::int64_t limit : {std::int64_t{8}, std::int64_t{1'000'000'000'000'000}}) {
        const auto a = *any_ratio(limit);
        const auto b = *any_ratio(limit);
        RC_ASSERT(compare(a, b) == by_cross_products(a, b));
    }
}

RC_GTEST_PROP(Ratio, ComparisonIsAntisymmetric, ()) {
    const auto a = *any_ratio(micros_max);
    const auto b = *any_ratio(micros_max);
    RC_ASSERT(compare(a, b) == -compare(b, a));
    RC_ASSERT(compare(a, a) == 0);
}

RC_GTEST_PROP(Ratio, ShownTextOrdersLikeTheValue, ()) {
    const auto a = *any_ratio(1'000'000);
    const auto b = *any_ratio(1'000'000);
    const auto shown_a = parse_decimal(to_string(a, 3));
    const auto shown_b = parse_decimal(to_string(b, 3));
    RC_ASSERT(shown_a.has_value() && shown_b.has_value());
    if (compare(a, b) <= 0) RC_ASSERT(*shown_a <= *shown_b);
}

}  // namespace
}  // namespace duban
