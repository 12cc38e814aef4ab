#include "tools/cli/watch_printer.h"

#include <nlohmann/json.hpp>

namespace duban {

std::string WatchPrinter::board(const nlohmann::json& board, std::size_t columns) {
    screen_.set_board(board);
    if (!terminal_ && drawn_) return "";
    drawn_ = true;
    std::string text = terminal_ ? "\x1b[H\x1b[2J" : "";
    for (const std::string& line : screen_.lines(columns)) text += line + "\n";
    return text;
}

std::string WatchPrinter::event(const nlohmann::json& event) {
    const std::string line = screen_.add_event(event);
    return terminal_ || !drawn_ ? "" : line + "\n";
}

}  // namespace duban
