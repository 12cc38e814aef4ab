#include "server/http/http_routes.h"

#include <array>

#include "storage/codec/digest.h"

namespace duban {
namespace {

struct FixedEndpoint {
    std::string_view path;
    std::string_view allow;
    Endpoint endpoint;
};

constexpr std::array<FixedEndpoint, 10> fixed_endpoints = {{
    {"/", "GET, HEAD", Endpoint::status_page},
    {"/asyncapi.json", "GET, HEAD", Endpoint::asyncapi},
    {"/blobs", "POST", Endpoint::blob_upload},
    {"/healthz", "GET, HEAD", Endpoint::health},
    {"/metrics", "GET, HEAD", Endpoint::metrics},
    {"/openrpc.json", "GET, HEAD", Endpoint::openrpc},
    {"/readyz", "GET, HEAD", Endpoint::ready},
    {"/rpc", "POST", Endpoint::rpc},
    {"/session", "POST, DELETE", Endpoint::page_login},
    {"/ws", "GET", Endpoint::websocket},
}};

bool allows(std::string_view allow, std::string_view method) {
    const std::size_t at = allow.find(method);
    return at != std::string_view::npos && !method.empty() &&
           (at + method.size() == allow.size() || allow[at + method.size()] == ',');
}

EndpointMatch checked(Endpoint endpoint, std::string_view allow, std::string_view method) {
    EndpointMatch match;
    match.endpoint = allows(allow, method) ? endpoint : Endpoint::wrong_method;
    match.allow = allow;
    return match;
}

constexpr std::string_view page = R"(<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>督办 Duban</title>
<style>
body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#222}
code{background:#f2f2f2;padding:.1rem .3rem}
</style>
<h1>督办 Duban</h1>
<p>The server runs. 服务正在运行。</p>
<p>The console is not built. Where Node 18 or later is, <code>tools/run</code> builds it and starts
the server with it; <code>duban serve --web DIR</code> serves it from elsewhere.</p>
<p lang="zh-CN">网页控制台尚未生成：在装有 Node 18 及以上版本的机器上运行 <code>tools/run</code>，
或用 <code>duban serve --web 目录</code> 指定已生成的页面。</p>
<ul>
<li><a href="/openrpc.json">/openrpc.json</a>: every method, with its parameters</li>
<li><a href="/asyncapi.json">/asyncapi.json</a>: the messages of the stream</li>
<li><code>POST /rpc</code>: one JSON-RPC 2.0 call, or a batch</li>
<li><code>GET /ws</code>: the same calls and live subscriptions, subprotocol <code>duban.v1</code></li>
<li><code>GET /tlog/checkpoint</code>, <code>/tlog/tile/…</code>: the log as tiles, for verifiers</li>
<li><code>POST /blobs</code>, <code>GET /blobs/{digest}</code>: evidence</li>
<li><a href="/readyz">/readyz</a>, <a href="/healthz">/healthz</a>,
<a href="/metrics">/metrics</a>: for operators</li>
</ul>
</html>
)";

}  // namespace

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

EndpointMatch match_endpoint(std::string_view method, std::string_view target,
                             const WebFiles& web) {
    const std::string_view path = path_of(target);
    for (const FixedEndpoint& fixed : fixed_endpoints) {
        if (fixed.path != path) continue;
        EndpointMatch match = checked(fixed.endpoint, fixed.allow, method);
        if (match.endpoint == Endpoint::status_page && web.find(path) != nullptr) {
            match.endpoint = Endpoint::web_file;
        }
        if (match.endpoint == Endpoint::page_login && method == "DELETE") {
            match.endpoint = Endpoint::page_logout;
        }
        return match;
    }
    if (web.find(path) != nullptr) return checked(Endpoint::web_file, "GET, HEAD", method);
    constexpr std::string_view blobs = "/blobs/";
    if (path.substr(0, blobs.size()) == blobs) {
        const std::string_view digest = path.substr(blobs.size());
        if (!is_digest(digest)) return EndpointMatch{};
        EndpointMatch match = checked(Endpoint::blob_download, "GET, HEAD", method);
        match.digest = std::string(digest);
        return match;
    }
    constexpr std::string_view log = "/tlog/";
    if (path.substr(0, log.size()) == log) {
        EndpointMatch match = checked(Endpoint::log_file, "GET, HEAD", method);
        match.file = std::string(path.substr(log.size()));
        return match;
    }
    return EndpointMatch{};
}

const char* to_string(Endpoint endpoint) {
    switch (endpoint) {
        case Endpoint::status_page:
            return "/";
        case Endpoint::health:
            return "/healthz";
        case Endpoint::ready:
            return "/readyz";
        case Endpoint::metrics:
            return "/metrics";
        case Endpoint::openrpc:
            return "/openrpc.json";
        case Endpoint::asyncapi:
            return "/asyncapi.json";
        case Endpoint::rpc:
            return "/rpc";
        case Endpoint::blob_upload:
        case Endpoint::blob_download:
            return "/blobs";
        case Endpoint::log_file:
            return "/tlog";
        case Endpoint::page_login:
        case Endpoint::page_logout:
            return "/session";
        case Endpoint::web_file:
            return "page";
        case Endpoint::websocket:
            return "/ws";
        case Endpoint::not_found:
        case Endpoint::wrong_method:
            return "other";
    }
    return "other";
}

HttpResponse status_page() {
    HttpResponse response;
    response.content_type = "text/html; charset=utf-8";
    response.fields.emplace_back("Content-Security-Policy",
                                 "default-src 'none'; style-src 'unsafe-inline'");
    response.body = std::string(page);
    return response;
}

}  // namespace duban
