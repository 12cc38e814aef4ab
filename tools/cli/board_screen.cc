#include "tools/cli/board_screen.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr std::size_t lead_columns = 22;
constexpr std::size_t fixed_columns = 4 + lead_columns + 13 + 9 + 6 + 11 + 1;
constexpr std::size_t title_columns_min = 12;

// A member as text: strings and numbers as they are, of an object its name.
std::string raw_text_of(const json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end()) return "";
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
    if (!found->is_object()) return "";
    for (const char* name : {"name", "light", "colour", "code"}) {
        if (found->contains(name) && (*found)[name].is_string()) return (*found)[name];
    }
    return "";
}

// Titles and names are others' words, and a terminal acts on some of them.
std::string text_of(const json& object, const char* member) {
    return visible(raw_text_of(object, member), LineBreaks::shown);
}

std::string progress_of(const json& row) {
    const auto found = row.find("progress");
    if (found == row.end() || !found->is_object() || found->value("with_data", 0) == 0) return "";
    return found->value("percent", std::string()) + "%";
}

std::string coloured(const std::string& light, const std::string& text) {
    static const std::map<std::string, const char*> codes = {
        {"red", "31"}, {"yellow", "33"}, {"green", "32"}, {"grey", "90"}, {"gray", "90"}};
    const auto code = codes.find(light);
    return code == codes.end() ? text
                               : std::string("\x1b[") + code->second + "m" + text + "\x1b[0m";
}

}  // namespace

void BoardScreen::set_board(const json& board) {
    position_ = text_of(board, "position");
    rows_.clear();
    const auto items = board.find("items");
    if (items == board.end() || !items->is_array()) return;
    for (const json& item : *items) {
        rows_.push_back({text_of(item, "no"), text_of(item, "title"), text_of(item, "lead"),
                         text_of(item, "state"), text_of(item, "light"), progress_of(item),
                         text_of(item, "due")});
    }
}

std::string BoardScreen::add_event(const json& event) {
    const std::string time = text_of(event, "time");
    std::string line = time.substr(0, 19);
    line += "Z  " + fit(text_of(event, "type"), 26) + " " + text_of(event, "subject");
    line += "  " + text_of(event, "authid");
    events_.push_back(line);
    if (events_.size() > events_kept) events_.pop_front();
    return line;
}

std::string BoardScreen::line_of(const Row& row, std::size_t title_columns) const {
    const std::string light = fit(row.light, 8);
    return fit(row.no, 3) + " " + fit(row.title, title_columns) + " " +
           fit(row.lead, lead_columns) + " " + fit(row.state, 12) + " " +
           (colours_ ? coloured(row.light, light) : light) + " " + fit(row.progress, 5) + " " +
           fit(row.due, 10);
}

std::vector<std::string> BoardScreen::lines(std::size_t columns) const {
    const std::size_t title_columns =
        std::max(title_columns_min, columns > fixed_columns ? columns - fixed_columns : 0);
    const Row header = {"no", "title", "lead", "state", "light", "done", "due"};
    std::vector<std::string> lines;
    lines.push_back("position " + position_ + ", " + std::to_string(rows_.size()) + " tasks");
    lines.push_back(line_of(header, title_columns));
    for (const Row& row : rows_) lines.push_back(line_of(row, title_columns));
    lines.emplace_back();
    lines.insert(lines.end(), events_.begin(), events_.end());
    for (std::string& line : lines) line = clipped(line, columns);
    return lines;
}

}  // namespace duban
