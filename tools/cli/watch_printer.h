// WatchPrinter: what `watch` writes, and when: on a terminal the whole screen with every board;
// into a pipe the first board and then each event as a line. Not a terminal: it gives text.
// Thread-safety: one thread at a time.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "tools/cli/board_screen.h"

namespace duban {

class WatchPrinter {
public:
    explicit WatchPrinter(bool terminal) : terminal_(terminal), screen_(terminal) {}

    // What to write for a result of plan.board, on a screen of that many columns.
    [[nodiscard]] std::string board(const nlohmann::json& board, std::size_t columns);
    // What to write for an event. What comes before the first board is written after it: of more
    // than BoardScreen::events_kept events the newest.
    [[nodiscard]] std::string event(const nlohmann::json& event);

private:
    bool terminal_;
    BoardScreen screen_;
    bool drawn_ = false;
};

}  // namespace duban
