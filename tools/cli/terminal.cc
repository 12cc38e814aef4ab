#include "tools/cli/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tools/cli/visible_text.h"

namespace duban {
namespace {

std::size_t sequence_bytes(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xe0) return 2;
    return first < 0xf0 ? 3 : 4;
}

// Characters from U+1100 on that take three or more bytes are drawn two columns wide, but for the
// dashes, quotes and blocks of U+2000 to U+2DFF.
std::size_t columns_of(const std::string& text, std::size_t at, std::size_t bytes) {
    if (bytes < 3) return 1;
    const auto first = static_cast<unsigned char>(text[at]);
    return first == 0xe2 && static_cast<unsigned char>(text[at + 1]) < 0xb8 ? 1 : 2;
}

std::string ask(const std::string& prompt) {
    std::fprintf(stderr, "%s: ", prompt.c_str());
    std::fflush(stderr);
    termios shown{};
    tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::string line;
    std::getline(std::cin, line);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::fputc('\n', stderr);
    return line;
}

}  // namespace

Result<std::string> read_password(const char* variable, const std::string& prompt) {
    if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') {
        return std::string(value);
    }
    if (isatty(STDIN_FILENO) != 0) return ask(prompt);
    return fail(Errc::invalid_argument,
                std::string("no password: set ") + variable + " or run in a terminal");
}

int report_failure(const Error& error) {
    const bool named = error.detail.find(error.field) != std::string::npos;
    return report_failure(named ? error.detail : error.detail + " (" + error.field + ")");
}

int report_failure(const std::string& reason) {
    std::fprintf(stderr, "duban: %s\n", visible(reason).c_str());
    return 1;
}

std::size_t display_width(const std::string& text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = sequence_bytes(static_cast<unsigned char>(text[at]));
        if (at + bytes > text.size()) break;
        width += columns_of(text, at, bytes);
        at += bytes;
    }
    return width;
}

std::string clipped(const std::string& text, std::size_t columns) {
    std::string kept;
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\x1b') {
            const std::size_t end = std::min(text.find('m', at), text.size() - 1);
            kept.append(text, at, end + 1 - at);
            at = end + 1;
            continue;
        }
        const std::size_t bytes = sequence_bytes(static_cast<unsigned char>(text[at]));
        if (at + bytes > text.size()) break;
        width += columns_of(text, at, bytes);
        if (width <= columns) kept.append(text, at, bytes);
        at += bytes;
    }
    return kept;
}

std::string fit(const std::string& text, std::size_t columns) {
    std::string fitted;
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = sequence_bytes(static_cast<unsigned char>(text[at]));
        if (at + bytes > text.size()) break;
        const std::size_t next = columns_of(text, at, bytes);
        if (width + next > columns) break;
        fitted.append(text, at, bytes);
        width += next;
        at += bytes;
    }
    fitted.append(columns - width, ' ');
    return fitted;
}

}  // namespace duban
