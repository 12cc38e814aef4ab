#include "tools/cli/import/file_text.h"

#include <gtest/gtest.h>

#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {
namespace {

std::string error_of(std::string_view bytes, const std::string& path = "list.csv") {
    const auto text = text_of_file(bytes, path);
    return text ? "accepted" : text.error().detail;
}

void refuses(std::string_view bytes, const std::string& part) {
    EXPECT_NE(error_of(bytes).find(part), std::string::npos) << error_of(bytes);
}

TEST(FileText, EndsEveryLineWithALineFeed) {
    EXPECT_EQ(text_of_file("\xef\xbb\xbf"
                           "a\r\nb\rc\n\r",
                           "f"),
              "a\nb\nc\n\n");
    EXPECT_EQ(text_of_file("", "f"), "");
}

TEST(FileText, NamesTheEncodingAndTheCommandThatConvertsIt) {
    // 序号,残联 in GBK.
    refuses("\xd0\xf2\xba\xc5,\xb2\xd0\xc1\xaa\n",
            "it seems to be GBK or GB18030. Convert it: iconv -f GB18030 -t UTF-8 'list.csv' > "
            "'list.csv.utf8'");
    using namespace std::string_view_literals;
    refuses("\xff\xfe\x8f\x5e\xf7\x53"sv, "iconv -f UTF-16 -t UTF-8 'list.csv'");
    refuses("\xfe\xff\x5e\x8f\x53\xf7"sv, "iconv -f UTF-16 -t UTF-8");
    refuses("1\0,\0a\0\n\0"sv, "iconv -f UTF-16LE -t UTF-8");
    refuses(
        "\0"
        "1\0,\0a\0\n"sv,
        "iconv -f UTF-16BE -t UTF-8");
    refuses("a\xff\xff\xff", "its encoding cannot be told");
    const std::string path = "it's.csv";
    EXPECT_NE(error_of("\xd0\xf2", path).find("'it'\\''s.csv'"), std::string::npos)
        << error_of("\xd0\xf2", path);
}

TEST(FileText, SaysWhatAFileIsThatIsNoText) {
    using namespace std::string_view_literals;
    refuses("PK\x03\x04\x14\0\0"sv, "a zip, as .xlsx, .docx and .ods are");
    refuses("\xd0\xcf\x11\xe0\xa1\xb1"sv, "an Office file of the old form");
    refuses("%PDF-1.7\n", "a PDF");
    refuses("{\\rtf1 x}", "RTF");
    refuses(" \n<!doctype html><p>", "HTML or XML");
}

TEST(FileText, NamesTheLineOfAHiddenCharacter) {
    refuses("a\n1,做\u200b事,残联\n",
            "line 2: the hidden character U+200B stands in '1,做<U+200B>事,残联'");
    refuses("a\nb\n\ufeff2,c\n", "line 3: the hidden character U+FEFF");
    refuses("a\f\n", "line 1: the hidden character U+000C");
    refuses("a\u202eb", "U+202E");
    EXPECT_EQ(text_of_file("a\tb\u3000c\u00a0d", "f"), "a\tb\u3000c\u00a0d");
}

TEST(FileText, NamesTheLineOfWordsInAnotherNormalForm) {
    refuses("a\n做\uf90a,cafe\n", "line 2: '做\uf90a,cafe' is not in Unicode's normal form C");
    refuses("cafe\u0301\n", "line 1: ");
    EXPECT_EQ(text_of_file("café", "f"), "café");
}

TEST(VisibleText, ShowsWhatWouldActOnATerminal) {
    EXPECT_EQ(visible("督\u202e办\u009b\x1b[31m\u200b\x7f"),
              "督<U+202E>办<U+009B><U+001B>[31m<U+200B><U+007F>");
    EXPECT_EQ(visible("a\tb\nc\rd"), "a\tb\nc<U+000D>d");
    EXPECT_EQ(visible("a\nb", LineBreaks::shown), "a<U+000A>b");
    EXPECT_EQ(visible("a\xff"
                      "b"),
              "a\ufffdb");
    EXPECT_EQ(visible_json("{\n \"a\": \"督\u202e\u009b\U000e0041\"}"),
              "{\n \"a\": \"督\\u202e\\u009b\\udb40\\udc41\"}");
}

TEST(VisibleText, IsWhatFailuresArePrintedAs) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(report_failure("the unit \x1b]0;x\x07 is \u202eunknown"), 1);
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "duban: the unit <U+001B>]0;x<U+0007> is <U+202E>unknown\n");
}

}  // namespace
}  // namespace duban
