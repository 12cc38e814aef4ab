#include "storage/codec/canonical_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace duban {
namespace {

using nlohmann::json;

TEST(CanonicalJson, SortsMembersAndLeavesNoSpace) {
    EXPECT_EQ(canonical_json({{"b", 1}, {"a", {{"z", true}, {"y", json::array()}}}, {"B", false}}),
              R"({"B":false,"a":{"y":[],"z":true},"b":1})");
}

TEST(CanonicalJson, KeepsTheOrderOfLists) {
    EXPECT_EQ(canonical_json(json::array({3, 1, "2"})), R"([3,1,"2"])");
}

TEST(CanonicalJson, EscapesOnlyWhatRfc8785Does) {
    EXPECT_EQ(canonical_json("\b\t\n\f\r\"\\/\x7f"), "\"\\b\\t\\n\\f\\r\\\"\\\\/\x7f\"");
    EXPECT_EQ(canonical_json(std::string("\x00\x01\x1f", 3)), R"("\u0000\u0001\u001f")");
}

TEST(CanonicalJson, LeavesChineseAndEmojiAsTheyAre) {
    EXPECT_EQ(canonical_json("督办 \u20ac 😀"), "\"督办 \u20ac 😀\"");
}

TEST(CanonicalJson, WritesIntegersUpToTheLimit) {
    EXPECT_EQ(canonical_json(9007199254740991), "9007199254740991");
    EXPECT_EQ(canonical_json(-9007199254740991), "-9007199254740991");
    EXPECT_EQ(canonical_json(0), "0");
}

TEST(CanonicalJson, AbortsOnWhatWasNotChecked) {
    EXPECT_DEATH((void)canonical_json(1.5), "broken invariant");
    EXPECT_DEATH((void)canonical_json(nullptr), "broken invariant");
    EXPECT_DEATH((void)canonical_json("\xff"), "broken invariant");
}

struct Refusal {
    json value;
    const char* path;
};

TEST(CheckCanonical, NamesThePathOfWhatItRefuses) {
    const Refusal refusals[] = {
        {{{"a", {1, 1.5}}}, "a[1]"},      {{{"a", {{"b", nullptr}}}}, "a.b"},
        {{{"a", 9007199254740992}}, "a"}, {{{"a", -9007199254740992}}, "a"},
        {{{"a", {{"名", 1}}}}, "a"},      {{{"a", "\xc3"}}, "a"},
    };
    for (const auto& [value, path] : refusals) {
        const auto status = check_canonical(value);
        ASSERT_FALSE(status) << path;
        EXPECT_EQ(status.error().code, Errc::invalid_argument);
        EXPECT_EQ(status.error().field, path);
    }
}

TEST(CheckCanonical, RefusesDeepNesting) {
    json value = 1;
    for (int i = 0; i < 64; ++i) value = json::array({value});
    EXPECT_TRUE(check_canonical(value));
    EXPECT_FALSE(check_canonical(json::array({value})));
}

TEST(ParseCanonical, TakesWhatCanonicalJsonWrites) {
    const std::string text = R"({"a":[1,-2,"\u0001督"],"b":{}})";
    const auto value = parse_canonical(text);
    ASSERT_TRUE(value);
    EXPECT_EQ(canonical_json(*value), text);
}

TEST(ParseCanonical, RefusesEveryOtherSpelling) {
    for (const char* text :
         {"", "{", R"({"b":1,"a":2})", R"({"a": 1})", R"({"a":1,"a":1})", R"({"a":1.0})",
          R"({"a":1e3})", R"({"a":-0})", R"({"a":null})", R"({"a":"\u0041"})", R"({"a":"\/"})",
          R"({"a":"\u001F"})", R"({"a":1}x)", "{\"a\":\"\xff\"}", "\"\\ud800\"", " 1"}) {
        const auto value = parse_canonical(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code, Errc::corrupt);
    }
}

}  // namespace
}  // namespace duban
