#include "tools/cli/import/issued_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/cli/import/document_lines.h"
#include "tools/cli/import/file_text.h"
#include "tools/cli/import/headings.h"
#include "tools/cli/import/problems.h"

namespace duban {
namespace {

constexpr const char* forms =
    "; taken are documents with a line for each number, then lines of text, then one line of "
    "units, and tables (CSV) with the columns 序号, 工作任务, 责任单位";

class DocumentReader {
public:
    DocumentReader(std::vector<DocumentLine> lines, const UnitNames& names)
        : lines_(std::move(lines)), names_(names) {}

    Result<ListedPlan> plan() {
        const auto table = std::find_if(lines_.begin(), lines_.end(), [](const DocumentLine& line) {
            return has_table_mark(line.text);
        });
        if (table != lines_.end()) {
            return line_error(table->number,
                              as_written(table->text) +
                                  " is of a table that was copied with | between its cells" +
                                  forms);
        }
        std::size_t at = 0;
        while (at < lines_.size() && !number_in_line(lines_[at].text)) ++at;
        if (at == lines_.size()) return no_number();
        read_head(at);
        while (at < lines_.size()) at = read_task(at);
        if (problems_.any()) return problems_.error();
        return std::move(plan_);
    }

private:
    [[nodiscard]] tl::unexpected<Error> no_number() const {
        const auto other = std::find_if(lines_.begin(), lines_.end(), [](const DocumentLine& line) {
            return begins_with_number(line.text);
        });
        const std::size_t last = lines_.empty() ? 1 : lines_.back().number;
        const std::string kind =
            "taken for a document as issued, for it is neither JSON nor has a row that names two "
            "columns such as 序号 and 工作任务; no line of lines 1 to " +
            std::to_string(last) + " holds a task's number alone";
        if (other == lines_.end()) return line_error(last, kind + forms);
        return line_error(other->number,
                          kind + ", and " + as_written(other->text) + " goes on behind it" + forms);
    }

    // What stands before the first number: titles and column headings.
    void read_head(std::size_t end) {
        const auto first = lines_.begin();
        const auto last = first + static_cast<std::ptrdiff_t>(end);
        const auto columns = std::find_if(
            first, last, [](const DocumentLine& line) { return role_of(line.text).has_value(); });
        for (auto line = first; line != columns; ++line) {
            if (is_section(line->text)) {
                problems_.add(line->number, refused_section(line->text));
            } else if (begins_with_number(line->text)) {
                problems_.add(line->number, as_written(line->text) +
                                                " begins with a number that does not stand alone" +
                                                forms);
            }
            if (plan_.title.empty() && line->text.find("清单") != std::string::npos) {
                plan_.title = line->text;
            }
        }
        if (columns != last) check_columns(columns, last);
    }

    void check_columns(std::vector<DocumentLine>::const_iterator first,
                       std::vector<DocumentLine>::const_iterator last) {
        constexpr std::array wanted = {ColumnRole::no, ColumnRole::task, ColumnRole::units};
        std::string words;
        bool as_wanted = last - first == std::ptrdiff_t{wanted.size()};
        for (auto line = first; line != last; ++line) {
            words += (words.empty() ? "" : ", ") + as_written(line->text);
            const auto place = static_cast<std::size_t>(line - first);
            as_wanted = as_wanted && role_of(line->text) == wanted.at(place);
        }
        if (as_wanted) return;
        problems_.add(first->number, "the headings before the first number are " + words +
                                         "; a document has the three 序号, 工作任务, 责任单位" +
                                         forms);
    }

    // Returns where the next task begins.
    std::size_t read_task(std::size_t at) {
        const DocumentLine& number = lines_[at++];
        std::vector<DocumentLine> body;
        while (at < lines_.size() && !number_in_line(lines_[at].text)) body.push_back(lines_[at++]);
        ListedTask task;
        task.line = number.number;
        task.no = number_in_line(number.text).value_or(0);
        const std::size_t expected = plan_.tasks.size() + 1;
        if (task.no != expected && !out_of_turn_) {
            out_of_turn_ = true;
            problems_.add(number.number, "number " + number.text + " stands where " +
                                             std::to_string(expected) + " is expected");
        }
        if (body.size() < 2) {
            problems_.add(number.number, "task " + number.text +
                                             " needs a line of text and a line of units below it");
        } else {
            read_body(body, task);
        }
        plan_.tasks.push_back(std::move(task));
        return at;
    }

    void read_body(const std::vector<DocumentLine>& body, ListedTask& task) {
        const DocumentLine& last = body.back();
        for (const DocumentLine& line : body) {
            if (!is_page_mark(line.text)) continue;
            problems_.add(line.number,
                          as_written(line.text) + " is the mark of a page; take it out");
            return;
        }
        if (is_section(last.text) && !names_.all_known(last.text)) {
            problems_.add(last.number, refused_section(last.text));
            return;
        }
        for (std::size_t i = 0; i + 1 < body.size(); ++i) {
            check_text_line(body[i], body[i + 1]);
            task.text += body[i].text;
        }
        task.units = split_names(last.text);
        task.units_line = last.number;
    }

    // A line of text that may be of the units would leave a unit out and a wrong one leading.
    void check_text_line(const DocumentLine& line, const DocumentLine& next) {
        const std::vector<std::string> parts = split_names(line.text);
        const std::vector<std::string> after = split_names(next.text);
        const bool begins_as_units = parts.size() > 1 && names_.knows(parts.front());
        const bool one_name =
            !parts.empty() && !after.empty() && names_.knows(parts.back() + after.front());
        if (!begins_as_units && !one_name && !names_.all_known(line.text) &&
            !begins_with_separator(next.text)) {
            return;
        }
        problems_.add(line.number, as_written(line.text) +
                                       " may be of the task's text or of its units; write all "
                                       "units of a task in one line, and nothing else there");
    }

    static std::string refused_section(const std::string& words) {
        return as_written(words) + " begins a section, and sections are not taken; take it out";
    }

    std::vector<DocumentLine> lines_;
    const UnitNames& names_;
    ListedPlan plan_;
    Problems problems_;
    bool out_of_turn_ = false;
};

}  // namespace

Result<ListedPlan> parse_issued_document(std::string_view text, const UnitNames& names) {
    return DocumentReader(filled_lines(text), names).plan();
}

}  // namespace duban
