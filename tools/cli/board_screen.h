// BoardScreen: what `watch` shows: a plan's tasks with their lights, and the newest events, as
// lines of text. Not a terminal: who prints decides on colours and redrawing. Thread-safety: one
// thread at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace duban {

class BoardScreen {
public:
    static constexpr std::size_t events_kept = 8;

    // With ANSI colours for the lights, or their names.
    explicit BoardScreen(bool colours) : colours_(colours) {}

    // The result of plan.board.
    void set_board(const nlohmann::json& board);
    // One event of a subscription; its line is returned as well.
    std::string add_event(const nlohmann::json& event);

    // The whole screen, at most `columns` wide.
    [[nodiscard]] std::vector<std::string> lines(std::size_t columns) const;

private:
    struct Row {
        std::string no;
        std::string title;
        std::string lead;
        std::string state;
        std::string light;
        std::string progress;
        std::string due;
    };
    [[nodiscard]] std::string line_of(const Row& row, std::size_t title_columns) const;

    bool colours_;
    std::string position_;
    std::vector<Row> rows_;
    std::deque<std::string> events_;
};

}  // namespace duban
