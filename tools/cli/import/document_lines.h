// document_lines: the lines of a list as plain text, and what one by itself can be.
// Thread-safety: safe for concurrent use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duban {

struct DocumentLine {
    std::size_t number = 0;
    std::string text;  // without blanks at its ends, not empty
};

[[nodiscard]] std::vector<DocumentLine> filled_lines(std::string_view text);

// "12", "１２", "12." and "12、": a task's number and nothing else.
[[nodiscard]] std::optional<std::uint32_t> number_in_line(std::string_view line);
// "1.做事", "(一)做事": a number in front of other words.
[[nodiscard]] bool begins_with_number(std::string_view line);
// "一、主要目标", "(一)教育", "第二部分"
[[nodiscard]] bool is_section(std::string_view line);
// "- 3 -", "— 3 —", "第 3 页", "3/9"
[[nodiscard]] bool is_page_mark(std::string_view line);
// "序号 |"
[[nodiscard]] bool has_table_mark(std::string_view line);
// "、残联"
[[nodiscard]] bool begins_with_separator(std::string_view line);

}  // namespace duban
