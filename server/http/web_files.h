// WebFiles: the files of the web page, read once when the server starts and served from memory. A
// path is looked up among the names that were found, never on the disk, so that no request reaches
// any other file. Not a file server: no listings, no ranges; what changes on the disk is seen at
// the next start.
// Thread-safety: immutable once loaded. Blocking: load() reads the disk; the rest does not wait.
// Limits: web_files_max files, web_bytes_max bytes in all.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "server/http/http_guard.h"
#include "server/http/http_response.h"

namespace duban {

inline constexpr std::size_t web_files_max = 4096;
inline constexpr std::size_t web_bytes_max = 64 * 1024 * 1024;

// One form of a file: as it is, or compressed beforehand.
struct WebForm {
    std::string bytes;
    std::string etag;  // with its quotes; differs between the forms
};

struct WebFile {
    std::string content_type;
    WebForm plain;
    WebForm gzip;            // of FILE.gz; no etag when there is none
    WebForm brotli;          // of FILE.br
    bool immutable = false;  // its name changes with its content
};

class WebFiles {
public:
    // No files: every path is unknown.
    WebFiles() = default;

    // All regular files below the folder. FILE.br and FILE.gz are forms of FILE when that is there.
    // Links are left out. Errors: invalid_argument (no index.html, over a limit, cannot be read).
    [[nodiscard]] static Result<WebFiles> load(const std::string& folder);

    // "/" is index.html; nullptr for every path that is none of theirs.
    [[nodiscard]] const WebFile* find(std::string_view path) const;
    [[nodiscard]] bool empty() const { return files_.empty(); }

private:
    std::map<std::string, WebFile, std::less<>> files_;  // by path, with its leading '/'
};

// The answer to GET or HEAD: in the best form that the request takes, or 304 when it has it.
[[nodiscard]] HttpResponse web_response(const WebFile& file, const RequestHead& head);

}  // namespace duban
