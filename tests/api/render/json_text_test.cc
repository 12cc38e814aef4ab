#include "api/render/json_text.h"

#include <gtest/gtest.h>

#include "storage/codec/utf8.h"

#include <nlohmann/json.hpp>

namespace duban {
namespace {

std::string fault(const std::string& text) {
    const auto parsed = parse_json_text(text);
    return parsed ? "" : parsed.error().detail;
}

TEST(JsonText, TakesWhatIsNestedAtMost64Deep) {
    const std::string deep(64, '[');
    EXPECT_TRUE(parse_json_text(deep + std::string(64, ']')).has_value());
    EXPECT_NE(fault("[" + deep + std::string(65, ']')).find("64 deep"), std::string::npos);
}

TEST(JsonText, RefusesAMemberThatAppearsTwice) {
    EXPECT_NE(fault(R"({"a":{"b":1,"c":2,"b":3}})").find("\"b\""), std::string::npos);
    EXPECT_EQ(fault(R"({"a":{"b":1},"c":{"b":2}})"), "");
}

TEST(JsonText, CutsALongNameBetweenCharacters) {
    std::string name = "ab";  // the 64th byte lies within a character
    for (int i = 0; i < 30; ++i) name += "督";
    const auto parsed = parse_json_text("{\"" + name + "\":1,\"" + name + "\":2}");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(is_utf8(parsed.error().detail));
}

TEST(JsonText, HoldsOneValueAndNothingBehindIt) {
    for (const char* value : {"7", "{\"a\":1}", "[]", "\"text\"", "null"}) {
        const std::string text = value;
        EXPECT_EQ(fault(text + " \t\r\n"), "");
        EXPECT_NE(fault(text + '\0').find("NUL"), std::string::npos) << text;
        EXPECT_NE(fault(text + '\0' + "rm -rf").find("NUL"), std::string::npos) << text;
        EXPECT_NE(fault('\0' + text).find("byte 1 "), std::string::npos) << text;
        EXPECT_NE(fault(text + " x"), "") << text;
        EXPECT_NE(fault(text + " " + text), "") << text;
    }
    EXPECT_NE(fault(std::string("{\"a\":\0 1}", 9)), "");
}

TEST(JsonText, TakesAWholeNumberForAnIntegerHoweverItIsWritten) {
    for (const char* text : {"50", "50.0", "5e1", "0.5E2", "500e-1"}) {
        const auto parsed = parse_json_text(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_TRUE(parsed->is_number_integer()) << text;
        EXPECT_EQ(parsed->dump(), "50") << text;
    }
    EXPECT_EQ(parse_json_text("[-3.0,{\"a\":9007199254740991.0}]")->dump(),
              R"([-3,{"a":9007199254740991}])");
    for (const char* text : {"50.5", "9007199254740992.0", "1e300", "-1e-7"}) {
        EXPECT_TRUE(parse_json_text(text)->is_number_float()) << text;
    }
    EXPECT_NE(fault("1e400"), "");
}

TEST(JsonText, SaysWhereItBreaks) {
    EXPECT_NE(fault(R"({"a":})").find("column 6"), std::string::npos) << fault(R"({"a":})");
    EXPECT_NE(fault(""), "");
    EXPECT_NE(fault("\"\xff\""), "") << "invalid UTF-8";
    EXPECT_NE(fault(R"("\ud800")"), "") << "half a surrogate pair";
}

}  // namespace
}  // namespace duban
