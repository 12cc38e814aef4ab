#include "domain/base/text_form.h"

#include <gtest/gtest.h>

#include <string>

namespace duban {
namespace {

TEST(TextForm, CodesAreLowerCaseDigitsDotsAndDashes) {
    for (const char* text : {"a", "7", "jtj.clerk", "a-b.c-9"}) EXPECT_TRUE(is_code(text)) << text;
    for (const char* text : {"", "A", "a_b", "a b", "局", "a/b"})
        EXPECT_FALSE(is_code(text)) << text;
    EXPECT_TRUE(is_code(std::string(64, 'a')));
    EXPECT_FALSE(is_code(std::string(65, 'a')));
}

TEST(TextForm, KeysBeginWithALetter) {
    for (const char* text : {"a", "co_head", "step2"}) EXPECT_TRUE(is_key(text)) << text;
    for (const char* text : {"", "2nd", "_a", "a-b", "A", "a.b"})
        EXPECT_FALSE(is_key(text)) << text;
    EXPECT_FALSE(is_key(std::string(65, 'a')));
}

TEST(TextForm, LengthsAreCountedInCharacters) {
    EXPECT_EQ(characters(""), 0U);
    EXPECT_EQ(characters("abc"), 3U);
    EXPECT_EQ(characters("督办é𠮷"), 4U);
    std::string name;
    for (int i = 0; i < 200; ++i) name += "督";
    EXPECT_TRUE(is_name(name));
    EXPECT_FALSE(is_name(name + "办"));
}

TEST(TextForm, NamesAreShortAndWithoutControls) {
    EXPECT_TRUE(is_name("教育体育局"));
    EXPECT_TRUE(is_name(std::string(200, 'a')));
    EXPECT_FALSE(is_name(""));
    EXPECT_FALSE(is_name(std::string(201, 'a')));
    EXPECT_FALSE(is_name("a\nb"));
    EXPECT_FALSE(is_name(std::string("a\0b", 3)));
    EXPECT_FALSE(is_name("a\x7f"));
}

}  // namespace
}  // namespace duban
