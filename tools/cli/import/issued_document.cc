#include "tools/cli/import/issued_document.h"

#include <algorithm>
#include <utility>

namespace duban {
namespace {

struct Line {
    std::size_t number = 0;
    std::string text;
};

std::vector<Line> filled_lines(std::string_view text) {
    std::vector<Line> lines;
    std::size_t number = 1;
    for (std::size_t from = 0; from < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string line = trim_text(text.substr(from, end - from));
        if (!line.empty()) lines.push_back({number, std::move(line)});
        from = end + 1;
    }
    return lines;
}

// The heading line that names the list, "" when there is none.
std::string title_of(const std::vector<Line>& lines, std::size_t end) {
    for (std::size_t i = 0; i < end; ++i) {
        if (lines[i].text.find("清单") != std::string::npos) return lines[i].text;
    }
    return "";
}

// `body` are the lines between a number and the next.
Result<ListedTask> task_of(const Line& number, const std::vector<Line>& body) {
    ListedTask task;
    task.line = number.number;
    task.no = *parse_no(number.text);
    if (body.size() < 2) {
        return line_error(number.number, "task " + number.text +
                                             " needs a line of text and a line of units below it");
    }
    for (std::size_t i = 0; i + 1 < body.size(); ++i) task.text += body[i].text;
    task.units = split_names(body.back().text);
    task.units_line = body.back().number;
    return task;
}

}  // namespace

Result<ListedPlan> parse_issued_document(std::string_view text) {
    const std::vector<Line> lines = filled_lines(text);
    std::size_t at = 0;
    while (at < lines.size() && !parse_no(lines[at].text)) ++at;
    if (at == lines.size()) {
        return line_error(lines.empty() ? 1 : lines.back().number, "no line holds a task's number");
    }
    ListedPlan plan;
    plan.title = title_of(lines, at);
    while (at < lines.size()) {
        const Line& number = lines[at++];
        std::vector<Line> body;
        while (at < lines.size() && !parse_no(lines[at].text)) body.push_back(lines[at++]);
        const std::size_t expected = plan.tasks.size() + 1;
        if (*parse_no(number.text) != expected) {
            return line_error(number.number, "number " + number.text + " stands where " +
                                                 std::to_string(expected) + " is expected");
        }
        Result<ListedTask> task = task_of(number, body);
        if (!task) return tl::unexpected(task.error());
        plan.tasks.push_back(std::move(*task));
    }
    return plan;
}

}  // namespace duban
