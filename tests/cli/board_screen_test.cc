#include "tools/cli/board_screen.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/cli/terminal.h"
#include "tools/cli/watch_printer.h"

namespace duban {
namespace {

using nlohmann::json;

json board_of_two() {
    return {{"position", "17"},
            {"items",
             {{{"no", 1},
               {"title", "深化职业院校教师职称制度改革，完善评价标准"},
               {"lead", {{"unit", "jtj"}, {"name", "教育体育局"}}},
               {"state", "issued"},
               {"light", {{"light", "red"}}},
               {"progress", {{"with_data", 3}, {"percent", "40"}}},
               {"due", "2026-12-31"}},
              {{"no", 2}, {"title", "short"}, {"light", {{"light", "green"}}}}}}};
}

json event_of(int no) {
    return {{"time", "2026-09-01T10:00:00.123Z"},
            {"type", "task.issued"},
            {"subject", "task/p/" + std::to_string(no)},
            {"authid", "office.clerk"}};
}

// The text without its colours.
std::string plain(const std::string& line) {
    std::string text;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '\x1b') {
            at = line.find('m', at);
        } else {
            text += line[at];
        }
    }
    return text;
}

TEST(Terminal, CountsWideCharactersTwice) {
    EXPECT_EQ(display_width("督办 ok"), 7U);
    EXPECT_EQ(display_width("…—"), 2U);
    EXPECT_EQ(display_width("1–2"), 3U);
    EXPECT_EQ(fit("督办", 6), "督办  ");
    EXPECT_EQ(fit("ab", 4), "ab  ");
    EXPECT_EQ(fit("督办任务", 5), "督办 ") << "half a character is not drawn";
    EXPECT_EQ(fit("督办", 0), "");
}

TEST(Terminal, ClipsTextAndKeepsItsColours) {
    EXPECT_EQ(clipped("督办任务", 5), "督办");
    EXPECT_EQ(clipped("ab", 5), "ab");
    EXPECT_EQ(clipped("a\x1b[31mbc\x1b[0md", 2), "a\x1b[31mb\x1b[0m");
}

TEST(BoardScreen, ShowsARowForEveryTaskInColumns) {
    BoardScreen screen(false);
    screen.set_board(board_of_two());
    const auto lines = screen.lines(100);
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_EQ(lines[0], "position 17, 2 tasks");
    EXPECT_EQ(lines[2].substr(0, 4), "1   ");
    EXPECT_NE(lines[2].find("教育体育局"), std::string::npos);
    EXPECT_NE(lines[2].find("red      40%   2026-12-31"), std::string::npos) << lines[2];
    EXPECT_EQ(display_width(lines[1]), display_width(lines[2])) << "columns stand below each other";
    EXPECT_EQ(display_width(lines[1]), display_width(lines[3]));
}

TEST(BoardScreen, StaysWithinANarrowTerminal) {
    for (const bool colours : {false, true}) {
        BoardScreen screen(colours);
        screen.set_board(board_of_two());
        (void)screen.add_event(event_of(1));
        for (const std::size_t columns : {1U, 20U, 41U, 70U, 100U, 200U}) {
            for (const std::string& line : screen.lines(columns)) {
                EXPECT_LE(display_width(plain(line)), columns) << line;
            }
        }
    }
}

TEST(BoardScreen, ColoursTheLightAndNothingBehindIt) {
    BoardScreen screen(true);
    screen.set_board(board_of_two());
    const std::string row = screen.lines(100)[2];
    EXPECT_NE(row.find("\x1b[31mred     \x1b[0m"), std::string::npos) << row;
    BoardScreen without(false);
    without.set_board(board_of_two());
    EXPECT_EQ(plain(row), without.lines(100)[2]);
}

TEST(BoardScreen, KeepsTheNewestEvents) {
    BoardScreen screen(false);
    screen.set_board(json::object());
    for (int no = 1; no <= 20; ++no) (void)screen.add_event(event_of(no));
    const auto lines = screen.lines(100);
    EXPECT_EQ(lines.size(), 3 + BoardScreen::events_kept);
    EXPECT_NE(lines.back().find("task/p/20"), std::string::npos);
    EXPECT_NE(lines[3].find("task/p/13"), std::string::npos);
}

TEST(WatchPrinter, WritesTheFirstBoardBeforeEveryEvent) {
    WatchPrinter printer(false);
    EXPECT_EQ(printer.event(event_of(1)), "");
    const std::string first = printer.board(board_of_two(), 100);
    EXPECT_EQ(first.compare(0, 12, "position 17,"), 0) << first;
    EXPECT_NE(first.find("task/p/1"), std::string::npos) << first;
    EXPECT_NE(printer.event(event_of(2)).find("task/p/2"), std::string::npos);
    EXPECT_EQ(printer.board(board_of_two(), 100), "") << "a pipe gets one board";
}

TEST(WatchPrinter, DrawsATerminalAnewWithEveryBoard) {
    WatchPrinter printer(true);
    (void)printer.board(board_of_two(), 100);
    EXPECT_EQ(printer.event(event_of(1)), "");
    const std::string again = printer.board(board_of_two(), 100);
    EXPECT_EQ(again.compare(0, 7, "\x1b[H\x1b[2J"), 0);
    EXPECT_NE(again.find("task/p/1"), std::string::npos);
}

TEST(BoardScreen, ShowsWhatWouldActOnTheTerminal) {
    BoardScreen screen(false);
    json board = board_of_two();
    board["items"][0]["title"] = "a\u009b\u202e\nb";
    screen.set_board(board);
    const std::string lines = screen.lines(200).at(2);
    EXPECT_NE(lines.find("a<U+009B><U+202E><U+000A>b"), std::string::npos) << lines;
    json event = event_of(1);
    event["authid"] = "\x1b[2J";
    EXPECT_NE(screen.add_event(event).find("<U+001B>[2J"), std::string::npos);
}

}  // namespace
}  // namespace duban
