#include "tools/cli/import/json_lines.h"

#include <algorithm>
#include <utility>

namespace duban {
namespace {

// Takes one token after the other; depth 1 is inside the outermost object.
class ItemScanner {
public:
    ItemScanner(std::string_view text, std::string_view name) : text_(text), name_(name) {}

    std::vector<std::size_t> lines() {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') ++line_;
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
            if (item_awaited_ && c != ']') lines_.push_back(line_);
            item_awaited_ = false;
            take(c);
        }
        return std::move(lines_);
    }

private:
    void take(char c) {
        if (c == '"') skip_string();
        if (c == '{' || c == '[') ++depth_;
        if (c == '}' || c == ']') --depth_;
        if (c == '[' && depth_ == 2) in_list_ = item_awaited_ = last_string_ == name_;
        if (c == ',' && depth_ == 2) item_awaited_ = in_list_;
        if (depth_ < 2) in_list_ = false;
    }

    // Ends on the closing quote.
    void skip_string() {
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
        // The last string before a list is the list's name.
        if (depth_ == 1) last_string_ = text_.substr(begin, std::min(at_, text_.size()) - begin);
    }

    std::string_view text_;
    std::string_view name_;
    std::vector<std::size_t> lines_;
    std::string_view last_string_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t depth_ = 0;
    bool in_list_ = false;
    bool item_awaited_ = false;
};

}  // namespace

std::vector<std::size_t> item_lines(std::string_view text, std::string_view name) {
    return ItemScanner(text, name).lines();
}

}  // namespace duban
