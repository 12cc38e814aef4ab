#include "tools/cli/import/listed_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "tools/cli/import/csv.h"
#include "tools/cli/import/file_text.h"
#include "tools/cli/import/headings.h"
#include "tools/cli/import/problems.h"

namespace duban {
namespace {

constexpr std::size_t rows_above_headings_max = 20;
constexpr const char* merged_hint =
    "; a cell that is merged over several rows holds its words only in the first: fill each";

std::string name_of(char delimiter) {
    return delimiter == '\t' ? "tabs" : std::string("'") + delimiter + "'";
}

std::size_t roles_in(const CsvRow& row) {
    std::set<ColumnRole> roles;
    for (const std::string& field : row.fields) {
        if (const auto role = role_of(field)) roles.insert(*role);
    }
    return roles.size();
}

// The row that names two columns or more; the number of rows when none of the first does.
std::size_t heading_row(const std::vector<CsvRow>& rows) {
    const std::size_t end = std::min(rows.size(), rows_above_headings_max);
    for (std::size_t i = 0; i < end; ++i) {
        if (roles_in(rows[i]) >= 2) return i;
    }
    return rows.size();
}

std::vector<std::size_t> filled_cells(const CsvRow& row) {
    std::vector<std::size_t> filled;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        if (!trim_text(row.fields[i]).empty()) filled.push_back(i);
    }
    return filled;
}

std::string words_of(const CsvRow& row) {
    std::string words;
    for (const std::size_t cell : filled_cells(row)) {
        words += (words.empty() ? "" : ", ") + as_written(trim_text(row.fields[cell]));
    }
    return words;
}

class TableReader {
public:
    TableReader(const std::vector<CsvRow>& rows, char delimiter, const UnitNames& names)
        : rows_(rows), delimiter_(delimiter), names_(names) {}

    Result<ListedPlan> plan() {
        const std::size_t headings = heading_row(rows_);
        if (headings == rows_.size()) return no_headings();
        read_headings(rows_[headings]);
        if (problems_.any()) return problems_.error();
        read_title(headings);
        for (std::size_t i = headings + 1; i < rows_.size(); ++i) read_row(rows_[i]);
        if (problems_.any()) return problems_.error();
        return std::move(plan_);
    }

private:
    tl::unexpected<Error> no_headings() const {
        const CsvRow& first = rows_.front();
        return line_error(
            first.line, "taken for a table with " + name_of(delimiter_) +
                            " between the cells; a row with the headings " +
                            names_of(ColumnRole::no) + ", " + names_of(ColumnRole::task) + " and " +
                            names_of(ColumnRole::units) + " was looked for in the first " +
                            std::to_string(rows_above_headings_max) +
                            " rows, of which this one has " + words_of(first));
    }

    void read_headings(const CsvRow& row) {
        heading_line_ = row.line;
        headings_ = row.fields;
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            const auto role = role_of(row.fields[i]);
            if (!role) continue;
            const auto [known, added] = columns_.emplace(*role, i);
            if (added) continue;
            problems_.add(row.line, "the columns " +
                                        as_written(trim_text(row.fields[known->second])) + " and " +
                                        as_written(trim_text(row.fields[i])) +
                                        " mean the same; leave one");
        }
        for (const ColumnRole role : {ColumnRole::no, ColumnRole::task}) {
            if (!has(role)) miss(row, names_of(role));
        }
        if (!has(ColumnRole::units) && !has(ColumnRole::lead)) {
            miss(row, names_of(ColumnRole::units) + " or " + names_of(ColumnRole::lead));
        }
        if (has(ColumnRole::units) && has(ColumnRole::lead) && has(ColumnRole::co)) {
            problems_.add(row.line,
                          "there are three columns of units, and whether those of " +
                              as_written(trim_text(headings_[columns_.at(ColumnRole::units)])) +
                              " cooperate is not clear; leave two");
        }
    }

    void miss(const CsvRow& row, const std::string& names) {
        problems_.add(row.line, "taken for a table with " + name_of(delimiter_) +
                                    " between the cells and its headings here: " + words_of(row) +
                                    "; a column " + names + " is missing");
    }

    [[nodiscard]] bool has(ColumnRole role) const { return columns_.contains(role); }

    void read_title(std::size_t headings) {
        for (std::size_t i = 0; i < headings; ++i) {
            const std::vector<std::size_t> filled = filled_cells(rows_[i]);
            const std::string words = trim_text(rows_[i].fields[filled.front()]);
            if (filled.size() == 1 && is_attachment_mark(words)) continue;
            if (filled.size() == 1 && plan_.title.empty()) {
                plan_.title = words;
                continue;
            }
            problems_.add(rows_[i].line,
                          words_of(rows_[i]) + " stands above the headings in line " +
                              std::to_string(heading_line_) + "; only a title, in one cell, may");
        }
    }

    void read_row(const CsvRow& row) {
        const std::vector<std::size_t> filled = filled_cells(row);
        for (const std::size_t cell : filled) check_column(row, cell);
        ListedTask task;
        task.line = task.units_line = row.line;
        const std::string no = field(row, ColumnRole::no);
        if (const auto number = parse_no(no)) {
            task.no = *number;
        } else if (filled.size() == 1) {
            problems_.add(row.line,
                          words_of(row) +
                              " stands alone in its row, which is no task's; sections and "
                              "notes are not taken: remove the row");
            return;
        } else if (no.empty()) {
            problems_.add(row.line,
                          "the row with " + words_of(row) +
                              " has no number; a task that goes on in the next row is not "
                              "taken, write it into one");
            return;
        } else {
            problems_.add(row.line, as_written(no) + " is not a task's number");
        }
        task.text = field(row, ColumnRole::task);
        if (task.text.empty()) {
            problems_.add(row.line, std::string("the task has no text") + merged_hint);
        }
        read_units(row, task);
        read_due(row, task);
        plan_.tasks.push_back(std::move(task));
    }

    // What stands below no heading, or below one that nobody knows, is refused once.
    void check_column(const CsvRow& row, std::size_t cell) {
        const std::string heading = cell < headings_.size() ? trim_text(headings_[cell]) : "";
        if (role_of(heading) || !refused_columns_.insert(cell).second) return;
        const std::string column = "column " + std::to_string(cell + 1) + ", which has ";
        problems_.add(
            row.line,
            (heading.empty() ? column + "no heading, holds "
                             : column + "the heading " + as_written(heading) + ", holds ") +
                as_written(trim_text(row.fields[cell])) +
                ", and nothing reads it; remove the column or give it a known heading");
    }

    void read_units(const CsvRow& row, ListedTask& task) {
        const bool leads_apart = has(ColumnRole::lead);
        const ColumnRole first = leads_apart ? ColumnRole::lead : ColumnRole::units;
        const bool two = leads_apart || has(ColumnRole::co);
        task.units = names_in(row, first);
        if (task.units.empty()) {
            problems_.add(row.line, std::string("no responsible unit is named") + merged_hint);
            return;
        }
        if (two && task.units.size() > 1) {
            problems_.add(row.line,
                          as_written(field(row, first)) +
                              " names more units than the one that leads, beside a column of units "
                              "that cooperate; put those there");
        }
        const ColumnRole second = has(ColumnRole::co) ? ColumnRole::co : ColumnRole::units;
        if (!two || second == first) return;
        for (std::string& name : names_in(row, second)) task.units.push_back(std::move(name));
    }

    std::vector<std::string> names_in(const CsvRow& row, ColumnRole role) {
        auto names = names_.split(field(row, role));
        if (names) return std::move(*names);
        problems_.add(row.line, names.error().detail);
        return split_names(field(row, role));
    }

    void read_due(const CsvRow& row, ListedTask& task) {
        const std::string due = field(row, ColumnRole::due);
        if (due.empty()) return;
        task.due = parse_listed_date(due);
        if (task.due) return;
        problems_.add(row.line, as_written(due) + " is not a date such as 2026-09-01" +
                                    (parse_no(due) ? "; format the column as dates" : ""));
    }

    [[nodiscard]] std::string field(const CsvRow& row, ColumnRole role) const {
        const auto column = columns_.find(role);
        if (column == columns_.end() || column->second >= row.fields.size()) return "";
        return trim_text(row.fields[column->second]);
    }

    const std::vector<CsvRow>& rows_;
    char delimiter_;
    const UnitNames& names_;
    ListedPlan plan_;
    Problems problems_;
    std::size_t heading_line_ = 0;
    std::vector<std::string> headings_;
    std::map<ColumnRole, std::size_t> columns_;
    std::set<std::size_t> refused_columns_;
};

}  // namespace

std::optional<char> table_delimiter(std::string_view text) {
    for (const char delimiter : {',', ';', '\t'}) {
        const CsvTable table = read_csv(text, delimiter);
        if (heading_row(table.rows) < table.rows.size()) return delimiter;
    }
    return std::nullopt;
}

Result<ListedPlan> parse_listed_table(std::string_view text, char delimiter,
                                      const UnitNames& names) {
    const CsvTable table = read_csv(text, delimiter);
    if (table.fault) return tl::unexpected(*table.fault);
    if (table.rows.empty()) return line_error(1, "the table is empty");
    return TableReader(table.rows, delimiter, names).plan();
}

std::optional<Date> parse_listed_date(std::string_view text) {
    std::array<std::string, 3> parts;
    std::string_view rest = text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
            parts.at(i) += rest.front();
            rest.remove_prefix(1);
        }
        constexpr std::array<std::array<std::string_view, 3>, 4> marks = {
            {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
        const auto fits = [&](const auto& mark) {
            return text.find(mark[0]) != std::string_view::npos;
        };
        const auto mark = std::find_if(marks.begin(), marks.end(), fits);
        if (mark == marks.end() || rest.substr(0, mark->at(i).size()) != mark->at(i)) {
            return std::nullopt;
        }
        rest.remove_prefix(mark->at(i).size());
    }
    if (!rest.empty() || parts[0].size() != 4) return std::nullopt;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        std::string& part = parts.at(i);
        if (part.empty() || part.size() > 2) return std::nullopt;
        if (part.size() == 1) part.insert(0, "0");
    }
    const Result<Date> date = parse_date(parts[0] + "-" + parts[1] + "-" + parts[2]);
    if (!date) return std::nullopt;
    return *date;
}

}  // namespace duban
