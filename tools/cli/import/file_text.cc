#include "tools/cli/import/file_text.h"

#include <iconv.h>

#include <algorithm>
#include <array>

#include "api/schema/unicode_name.h"
#include "domain/base/text_form.h"
#include "storage/codec/utf8.h"
#include "tools/cli/import/listed_plan.h"
#include "tools/cli/visible_text.h"

namespace duban {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t word_bytes_max = 60;

bool starts(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// For a shell.
std::string in_quotes(const std::string& path) {
    std::string path_in_quotes = "'";
    for (const char c : path)
        path_in_quotes += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return path_in_quotes + "'";
}

tl::unexpected<Error> another_kind(const std::string& kind, const std::string& mend) {
    return fail(Errc::invalid_argument, "the file is " + kind + ", not text; " + mend);
}

constexpr const char* save_as = "save it there as CSV (UTF-8) or as plain text (UTF-8)";

Status refuse_other_kinds(std::string_view bytes) {
    if (starts(bytes, "PK\x03\x04")) {
        return another_kind("a zip, as .xlsx, .docx and .ods are", save_as);
    }
    if (starts(bytes, "\xd0\xcf\x11\xe0")) {
        return another_kind("an Office file of the old form (.xls, .doc)", save_as);
    }
    if (starts(bytes, "%PDF")) return another_kind("a PDF", "copy the list into a table");
    if (starts(bytes, "{\\rtf")) return another_kind("RTF", save_as);
    return {};
}

Status refuse_markup(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] != '<') return {};
    return another_kind("HTML or XML", "copy the list into a table and save that as CSV (UTF-8)");
}

// Whether every byte is understood in that encoding.
bool is_in_encoding(std::string_view bytes, const char* encoding) {
    const iconv_t converter = iconv_open("UTF-8", encoding);
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the interface says so.
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    std::string input(bytes);
    std::array<char, 4096> output{};
    char* from = input.data();
    std::size_t left = input.size();
    bool understood = true;
    while (understood && left > 0) {
        char* to = output.data();
        std::size_t room = output.size();
        const std::size_t before = left;
        understood = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1) ||
                     left < before;
    }
    iconv_close(converter);
    return understood;
}

// The encoding's name for iconv; "" when it cannot be told.
std::string encoding_of(std::string_view bytes) {
    if (starts(bytes, "\xff\xfe") || starts(bytes, "\xfe\xff")) return "UTF-16";
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\0') ++zeros.at(i % 2);
    }
    const std::size_t pairs = bytes.size() / 2;
    if (zeros[1] > pairs / 10 && zeros[0] <= pairs / 50) return "UTF-16LE";
    if (zeros[0] > pairs / 10 && zeros[1] <= pairs / 50) return "UTF-16BE";
    if (zeros[0] + zeros[1] > 0) return "";
    return is_in_encoding(bytes, "GB18030") ? "GB18030" : "";
}

std::string words_for(const std::string& encoding) {
    if (encoding == "GB18030") return "GBK or GB18030";
    return encoding;
}

tl::unexpected<Error> another_encoding(const std::string& encoding, const std::string& path) {
    if (encoding.empty()) {
        return fail(
            Errc::invalid_argument,
            "the file is not UTF-8 text, and its encoding cannot be told; save it as UTF-8");
    }
    return fail(Errc::invalid_argument, "the file is not UTF-8; it seems to be " +
                                            words_for(encoding) + ". Convert it: iconv -f " +
                                            encoding + " -t UTF-8 " + in_quotes(path) + " > " +
                                            in_quotes(path + ".utf8"));
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            out += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            out += '\n';
        }
    }
    return out;
}

Status refuse_hidden(const std::string& text) {
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t point = next_code_point(text, at);
        if (point == '\n') ++line;
        if (point == '\n' || point == '\t' || !is_hidden(point)) continue;
        const std::size_t start = text.rfind('\n', begin) + 1;
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string words = as_written(std::string_view(text).substr(start, end - start));
        return line_error(line, "the hidden character " + code_point_name(point) + " stands in " +
                                    words + "; take it out");
    }
    return {};
}

// One character has one spelling, or names that look equal are not.
Status refuse_other_forms(std::string_view text) {
    if (is_normal(text)) return {};
    std::size_t line = 1;
    for (std::size_t from = 0; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string_view words = text.substr(from, end - from);
        if (!is_normal(words)) {
            return line_error(line, as_written(words) +
                                        " is not in Unicode's normal form C; convert the file with "
                                        "uconv -x nfc, or type the words anew");
        }
        from = end + 1;
    }
    return {};
}

}  // namespace

Result<std::string> text_of_file(std::string_view bytes, const std::string& path) {
    if (auto kind = refuse_other_kinds(bytes); !kind) return tl::unexpected(kind.error());
    if (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos) {
        return another_encoding(encoding_of(bytes), path);
    }
    if (starts(bytes, byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    if (auto kind = refuse_markup(bytes); !kind) return tl::unexpected(kind.error());
    std::string text = with_line_feeds(bytes);
    if (auto hidden = refuse_hidden(text); !hidden) return tl::unexpected(hidden.error());
    if (auto normal = refuse_other_forms(text); !normal) return tl::unexpected(normal.error());
    return text;
}

std::string as_written(std::string_view word) {
    const std::string_view kept = shortened(word, word_bytes_max);
    std::string text = "'" + visible(kept, LineBreaks::shown);
    return text + (kept.size() < word.size() ? "…'" : "'");
}

}  // namespace duban
