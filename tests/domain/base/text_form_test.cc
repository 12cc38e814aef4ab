#include "domain/base/text_form.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

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

// One of each range, as UTF-8.
constexpr std::array<const char*, 6> controls = {"\x01",     "\x1b",         "\x7f",
                                                 "\xc2\x9b", "\xe2\x80\xa8", "\xe2\x80\xa9"};
constexpr std::array<const char*, 5> directions = {"\xd8\x9c", "\xe2\x80\x8e", "\xe2\x80\xae",
                                                   "\xe2\x81\xa6", "\xe2\x81\xa9"};
constexpr std::array<const char*, 12> zero_widths = {
    "\xc2\xad",     "\xcd\x8f",     "\xe2\x80\x8b", "\xe2\x80\x8d",
    "\xe2\x81\xa0", "\xe1\xa0\x8e", "\xe3\x85\xa4", "\xef\xb8\x8f",
    "\xef\xbb\xbf", "\xef\xbf\xbe", "\xef\xbf\xb9", "\xf3\xa0\x81\x81"};
constexpr std::array<const char*, 8> spaces = {
    " ", "\t", "\n", "\xc2\xa0", "\xe2\x80\x83", "\xe3\x80\x80", "\xe2\x80\xaf", "\xe2\xa0\x80"};

TEST(TextForm, NamesHaveNoHiddenCharactersAnywhere) {
    const auto refuses = [](const char* hidden) {
        for (const std::string& name :
             {hidden + std::string("督办"), std::string("督") + hidden + "办",
              std::string("督办") + hidden, std::string(hidden)}) {
            EXPECT_FALSE(is_name(name)) << name;
            EXPECT_FALSE(is_file_name(name)) << name;
        }
    };
    for (const char* hidden : controls) refuses(hidden);
    for (const char* hidden : directions) refuses(hidden);
    for (const char* hidden : zero_widths) refuses(hidden);
}

TEST(TextForm, NamesAreTrimmed) {
    for (const std::string space : spaces) {
        EXPECT_FALSE(is_name(space + "督办")) << space;
        EXPECT_FALSE(is_name("督办" + space)) << space;
        EXPECT_FALSE(is_name(space)) << space;
    }
    for (const char* name : {"督 办", "督\u3000办", "Office of Li", "a", "𠮷", "ئۇيغۇر"}) {
        EXPECT_TRUE(is_name(name)) << name;
    }
}

TEST(TextForm, NamesOfFilesLeadNowhere) {
    for (const char* name : {"../../etc/x", "..", ".", ".profile", "a/b", "a\\b", "C:x", "a|b",
                             "a*", "a?", "a<b", "a>b", "a\"b", "说明.", ""}) {
        EXPECT_FALSE(is_file_name(name)) << name;
    }
    for (const char* name : {"进展.docx", "a.tar.gz", "第1季度 (二稿).pdf", "无后缀"}) {
        EXPECT_TRUE(is_file_name(name)) << name;
    }
}

TEST(TextForm, TextsMayHaveLinesButNothingThatActsOnATerminalOrTheReadingOrder) {
    EXPECT_TRUE(is_plain("第一行\r\n\t第二行\u3000\u200b"));
    EXPECT_TRUE(is_plain(""));
    for (const char* hidden : controls) EXPECT_FALSE(is_plain(std::string("a") + hidden));
    for (const char* hidden : directions) EXPECT_FALSE(is_plain(std::string("a") + hidden));
}

TEST(TextForm, BlankIsWhatShowsNothing) {
    EXPECT_TRUE(is_blank(""));
    for (const std::string space : spaces) {
        for (const std::string hidden : zero_widths) {
            EXPECT_TRUE(is_blank(space + hidden + space));
            EXPECT_FALSE(is_blank(space + "a" + hidden));
        }
    }
}

TEST(TextForm, CodePointsAreReadOneAfterTheOther) {
    const std::string text = "aé督𠮷\xff\xe7\x9d";
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < text.size();) points.push_back(next_code_point(text, at));
    EXPECT_EQ(points, (std::vector<char32_t>{U'a', U'é', U'督', U'𠮷', 0xfffd, 0xfffd, 0xfffd}));
}

}  // namespace
}  // namespace duban
