#include "tools/cli/import/csv.h"

#include <utility>

namespace duban {
namespace {

// Reads one field after the other; a row ends where a field does.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_(text) {}

    Result<std::vector<CsvRow>> rows() {
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) {
            CsvRow row;
            row.line = line_;
            bool more = true;
            while (more) {
                Result<std::string> field = text_[at_] == '"' ? quoted() : plain();
                if (!field) return tl::unexpected(field.error());
                row.fields.push_back(std::move(*field));
                more = separator();
                if (more && at_ == text_.size()) {
                    row.fields.emplace_back();
                    more = false;
                }
            }
            if (row.fields.size() > 1 || !row.fields.front().empty())
                rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    Result<std::string> plain() {
        std::string field;
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
            if (text_[at_] == '"') return line_error(line_, "a quote inside an unquoted field");
            field += text_[at_++];
        }
        if (!field.empty() && field.back() == '\r') field.pop_back();
        return field;
    }

    Result<std::string> quoted() {
        const std::size_t opened = line_;
        std::string field;
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
                    ++at_;
                    return end_of_quoted(std::move(field));
                }
                ++at_;
            }
            if (c == '\n') ++line_;
            field += c;
        }
        return line_error(opened, "a quote is not closed");
    }

    Result<std::string> end_of_quoted(std::string field) {
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
            return line_error(line_, "text after a closing quote");
        }
        return field;
    }

    // Whether another field of the same row follows.
    bool separator() {
        if (at_ == text_.size()) return false;
        const char c = text_[at_++];
        if (c == '\n') ++line_;
        return c == ',';
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

struct Columns {
    std::optional<std::size_t> no, title, units, due;
};

Columns columns_of(const CsvRow& header) {
    Columns columns;
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        const std::string name = trim_text(header.fields[i]);
        if (name == "序号" || name == "no") columns.no = i;
        if (name == "工作任务" || name == "title") columns.title = i;
        if (name == "责任单位" || name == "units") columns.units = i;
        if (name == "完成时限" || name == "due") columns.due = i;
    }
    return columns;
}

Result<ListedTask> task_of(const CsvRow& row, const Columns& columns) {
    const auto field = [&row](std::optional<std::size_t> column) {
        return column && *column < row.fields.size() ? trim_text(row.fields[*column]) : "";
    };
    ListedTask task;
    task.line = task.units_line = row.line;
    const auto no = parse_no(field(columns.no));
    if (!no) return line_error(row.line, "'" + field(columns.no) + "' is not a task's number");
    task.no = *no;
    task.text = field(columns.title);
    if (task.text.empty()) return line_error(row.line, "the task has no text");
    task.units = split_names(field(columns.units));
    if (const std::string due = field(columns.due); !due.empty()) {
        const Result<Date> date = parse_date(due);
        if (!date) return line_error(row.line, "'" + due + "' is not a date such as 2026-09-01");
        task.due = *date;
    }
    return task;
}

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
    return CsvReader(text).rows();
}

bool looks_like_csv(std::string_view text) {
    const auto rows = read_csv(text.substr(0, text.find('\n')));
    if (!rows || rows->empty()) return false;
    const Columns columns = columns_of(rows->front());
    return columns.no && columns.title && columns.units;
}

Result<ListedPlan> parse_csv_plan(std::string_view text) {
    const auto rows = read_csv(text);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return line_error(1, "the table is empty");
    const Columns columns = columns_of(rows->front());
    if (!columns.no || !columns.title || !columns.units) {
        return line_error(
            rows->front().line,
            "the first row must name the columns 序号,工作任务,责任单位[,完成时限] or "
            "no,title,units[,due]");
    }
    ListedPlan plan;
    for (std::size_t i = 1; i < rows->size(); ++i) {
        Result<ListedTask> task = task_of((*rows)[i], columns);
        if (!task) return tl::unexpected(task.error());
        plan.tasks.push_back(std::move(*task));
    }
    return plan;
}

}  // namespace duban
