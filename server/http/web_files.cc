#include "server/http/web_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "storage/codec/digest.h"

namespace duban {
namespace {

namespace fs = std::filesystem;

struct MediaType {
    std::string_view ending;
    std::string_view type;
};
constexpr std::array<MediaType, 11> media_types = {{
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
}};

// Scripts, styles and data come from this server alone and none stands in the page; styles are set
// by scripts through the object model, which this allows.
constexpr const char* content_policy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";
// What the build puts there has a digest of its content in its name.
constexpr std::string_view hashed_folder = "/assets/";

std::string content_type_of(std::string_view path) {
    const auto known = std::ranges::find_if(
        media_types, [&](const MediaType& entry) { return path.ends_with(entry.ending); });
    return std::string(known == media_types.end() ? "application/octet-stream" : known->type);
}

tl::unexpected<Error> unreadable(const std::string& folder, const std::string& why) {
    return fail(Errc::invalid_argument,
                "--web " + folder + ": " + why +
                    "; build the page with tools/run, or name the folder with its index.html");
}

using Contents = std::map<std::string, std::string, std::less<>>;

Status read_file(const fs::path& path, std::size_t bytes_left, std::string& bytes) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return fail(Errc::invalid_argument, path.string() + ": " + error.message());
    if (size > bytes_left) {
        return fail(Errc::invalid_argument,
                    "its files have more than " + std::to_string(web_bytes_max) + " bytes");
    }
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
    if (!file || bytes.size() != size) {
        return fail(Errc::invalid_argument, path.string() + " cannot be read");
    }
    return {};
}

Result<Contents> read_folder(const std::string& folder) {
    Contents contents;
    std::size_t bytes = 0;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->symlink_status(error).type() != fs::file_type::regular) continue;
        if (contents.size() == web_files_max) {
            return fail(Errc::invalid_argument,
                        "it has more than " + std::to_string(web_files_max) + " files");
        }
        std::string& content = contents["/" + entry->path().lexically_relative(folder).string()];
        if (Status read = read_file(entry->path(), web_bytes_max - bytes, content); !read) {
            return tl::unexpected<Error>(read.error());
        }
        bytes += content.size();
    }
    if (error) return fail(Errc::invalid_argument, error.message());
    return contents;
}

WebForm form_of(std::string bytes) {
    WebForm form;
    form.etag = "\"" + to_hex(sha256(bytes)).substr(0, 32) + "\"";
    form.bytes = std::move(bytes);
    return form;
}

// The form that a compressed file is of `file`; nullptr when it has another ending.
WebForm* form_named(WebFile& file, std::string_view ending) {
    if (ending == ".br") return &file.brotli;
    if (ending == ".gz") return &file.gzip;
    return nullptr;
}

// Whether the client has that form already (RFC 9110, 13.1.2: the comparison is the weak one).
bool has_form(const RequestHead& head, const WebForm& form) {
    return head.has_token("if-none-match", "*") || head.has_token("if-none-match", form.etag) ||
           head.has_token("if-none-match", "W/" + form.etag);
}

}  // namespace

Result<WebFiles> WebFiles::load(const std::string& folder) {
    Result<Contents> contents = read_folder(folder);
    if (!contents) return unreadable(folder, contents.error().detail);
    if (contents->count("/index.html") == 0) return unreadable(folder, "it has no index.html");
    WebFiles web;
    const auto is_form = [&](const std::string& path) {
        return (path.ends_with(".br") || path.ends_with(".gz")) &&
               contents->count(path.substr(0, path.size() - 3)) > 0;
    };
    for (auto& [path, bytes] : *contents) {
        if (is_form(path)) {
            WebFile& file = web.files_[path.substr(0, path.size() - 3)];
            *form_named(file, std::string_view(path).substr(path.size() - 3)) =
                form_of(std::move(bytes));
            continue;
        }
        WebFile& file = web.files_[path];
        file.content_type = content_type_of(path);
        file.immutable = path.starts_with(hashed_folder);
        file.plain = form_of(std::move(bytes));
    }
    return web;
}

const WebFile* WebFiles::find(std::string_view path) const {
    const auto found = files_.find(path == "/" ? "/index.html" : path);
    return found == files_.end() ? nullptr : &found->second;
}

HttpResponse web_response(const WebFile& file, const RequestHead& head) {
    HttpResponse response;
    const WebForm* form = &file.plain;
    const bool compressed = !file.brotli.etag.empty() || !file.gzip.etag.empty();
    if (!file.brotli.etag.empty() && head.has_token("accept-encoding", "br")) {
        form = &file.brotli;
        response.fields.emplace_back("Content-Encoding", "br");
    } else if (!file.gzip.etag.empty() && head.has_token("accept-encoding", "gzip")) {
        form = &file.gzip;
        response.fields.emplace_back("Content-Encoding", "gzip");
    }
    response.content_type = file.content_type;
    response.fields.emplace_back("ETag", form->etag);
    response.fields.emplace_back(
        "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (compressed) response.fields.emplace_back("Vary", "Accept-Encoding");
    response.fields.emplace_back("Content-Security-Policy", content_policy);
    response.fields.emplace_back("Referrer-Policy", "no-referrer");
    response.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    if (has_form(head, *form)) {
        response.status = 304;
        return response;
    }
    response.body = form->bytes;
    return response;
}

}  // namespace duban
