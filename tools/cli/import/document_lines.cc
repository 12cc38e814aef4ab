#include "tools/cli/import/document_lines.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/cli/import/listed_plan.h"

namespace duban {
namespace {

template <std::size_t count>
using Words = std::array<std::string_view, count>;

constexpr Words<11> chinese_digits = {"一", "二", "三", "四", "五", "六",
                                      "七", "八", "九", "十", "百"};
constexpr Words<10> wide_digits = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};

template <std::size_t count>
bool take_one(std::string_view& text, const Words<count>& words) {
    const auto found = std::find_if(words.begin(), words.end(), [text](std::string_view word) {
        return text.substr(0, word.size()) == word;
    });
    if (found == words.end()) return false;
    text.remove_prefix(found->size());
    return true;
}

bool take_digits(std::string_view& text) {
    bool taken = false;
    while (!text.empty()) {
        const bool ascii = text.front() >= '0' && text.front() <= '9';
        if (ascii) text.remove_prefix(1);
        if (!ascii && !take_one(text, wide_digits)) break;
        taken = true;
    }
    return taken;
}

bool take_chinese_digits(std::string_view& text) {
    bool taken = false;
    while (take_one(text, chinese_digits)) taken = true;
    return taken;
}

void take_blanks(std::string_view& text) {
    while (take_one(text, Words<4>{" ", "\t", "\u3000", "\u00a0"})) {
    }
}

}  // namespace

std::vector<DocumentLine> filled_lines(std::string_view text) {
    std::vector<DocumentLine> lines;
    std::size_t number = 1;
    for (std::size_t from = 0; from < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string line = trim_text(text.substr(from, end - from));
        if (!line.empty()) lines.push_back({number, std::move(line)});
        from = end + 1;
    }
    return lines;
}

std::optional<std::uint32_t> number_in_line(std::string_view line) {
    std::string_view rest = line;
    if (!take_digits(rest)) return std::nullopt;
    const std::string_view digits = line.substr(0, line.size() - rest.size());
    if (!rest.empty() && !(take_one(rest, Words<3>{".", "、", "．"}) && rest.empty())) {
        return std::nullopt;
    }
    return parse_no(digits);
}

bool begins_with_number(std::string_view line) {
    std::string_view rest = line;
    const bool bracket = take_one(rest, Words<2>{"(", "（"});
    if (!take_digits(rest) && !(bracket && take_chinese_digits(rest))) return false;
    if (bracket) return take_one(rest, Words<2>{")", "）"});
    return take_one(rest, Words<4>{".", "、", "．", " "}) && !rest.empty();
}

bool is_section(std::string_view line) {
    std::string_view rest = line;
    if (take_one(rest, Words<1>{"第"})) {
        return take_chinese_digits(rest) && take_one(rest, Words<4>{"章", "节", "部分", "篇"});
    }
    const bool bracket = take_one(rest, Words<2>{"(", "（"});
    if (!take_chinese_digits(rest)) return false;
    return bracket ? take_one(rest, Words<2>{")", "）"}) : take_one(rest, Words<2>{"、", "．"});
}

bool is_page_mark(std::string_view line) {
    std::string_view rest = line;
    bool mark = take_one(rest, Words<1>{"第"});
    while (take_one(rest, Words<5>{"-", "–", "—", "－", "·"})) mark = true;
    take_blanks(rest);
    if (!take_digits(rest)) return false;
    take_blanks(rest);
    if (rest.empty()) return mark;
    if (mark && take_one(rest, Words<6>{"-", "–", "—", "－", "·", "页"})) return true;
    return take_one(rest, Words<2>{"/", "／"}) && (take_blanks(rest), take_digits(rest)) &&
           rest.empty();
}

bool has_table_mark(std::string_view line) {
    return line.substr(0, 1) == "|" || (!line.empty() && line.back() == '|') ||
           line.find(" | ") != std::string_view::npos;
}

bool begins_with_separator(std::string_view line) {
    return take_one(line, Words<6>{"、", "，", "；", ",", ";", "/"});
}

}  // namespace duban
