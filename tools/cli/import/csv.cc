#include "tools/cli/import/csv.h"

#include <algorithm>
#include <utility>

#include "tools/cli/import/listed_plan.h"

namespace duban {
namespace {

// Reads one field after the other; a row ends where a field does.
class CsvReader {
public:
    CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

    CsvTable table() {
        CsvTable table;
        while (at_ < text_.size()) {
            Result<CsvRow> row = next_row();
            if (!row) {
                table.fault = row.error();
                return table;
            }
            const bool filled =
                std::any_of(row->fields.begin(), row->fields.end(),
                            [](const auto& field) { return !trim_text(field).empty(); });
            if (filled) table.rows.push_back(std::move(*row));
        }
        return table;
    }

private:
    Result<CsvRow> next_row() {
        CsvRow row;
        row.line = line_;
        for (bool more = true; more;) {
            const bool quote = at_ < text_.size() && text_[at_] == '"';
            Result<std::string> field = quote ? quoted_field() : plain_field();
            if (!field) return tl::unexpected(field.error());
            row.fields.push_back(std::move(*field));
            more = separator();
        }
        return row;
    }

    Result<std::string> plain_field() {
        std::string field;
        while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') {
            if (text_[at_] == '"') {
                return line_error(line_,
                                  "a quote inside a cell without quotes; write the whole cell in "
                                  "quotes, without blanks around them, and its own quotes twice");
            }
            field += text_[at_++];
        }
        return field;
    }

    Result<std::string> quoted_field() {
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
        if (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') {
            return line_error(line_, "text after a closing quote");
        }
        return field;
    }

    // Whether another field of the same row follows.
    bool separator() {
        if (at_ == text_.size()) return false;
        const char c = text_[at_++];
        if (c == '\n') ++line_;
        return c == delimiter_;
    }

    std::string_view text_;
    char delimiter_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace

CsvTable read_csv(std::string_view text, char delimiter) {
    return CsvReader(text, delimiter).table();
}

}  // namespace duban
