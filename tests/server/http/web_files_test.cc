#include "server/http/web_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/server/test_server.h"
#include "tests/support/data_directory.h"

namespace duban {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

class Page {
public:
    Page() {
        put(path() / "index.html", "<!doctype html>");
        put(path() / "assets/app-1.js", "script");
        put(path() / "assets/app-1.js.gz", "gzipped");
        put(path() / "assets/app-1.js.br", "brotli");
        put(path().parent_path() / "secret", "secret");
    }
    fs::path path() const { return fs::path(directory_.path()) / "web"; }
    Result<WebFiles> load() const { return WebFiles::load(path().string()); }

private:
    TestDirectory directory_;
};

std::function<void(HttpServerOptions&)> with(const Page& page) {
    Result<WebFiles> files = page.load();
    EXPECT_TRUE(files);
    return [web = std::make_shared<const WebFiles>(std::move(*files))](HttpServerOptions& options) {
        options.web = web;
    };
}

// The client would have a path of its own making; these are sent as they stand.
std::string answer_to(const TestServer& server, const std::string& line,
                      const std::string& fields = "") {
    RawSocket socket(server.url());
    EXPECT_TRUE(socket.send(request_text(line, fields)));
    return socket.read_answer();
}

TEST(SessionWeb, ServesThePageWithWhatABrowserNeedsToKnow) {
    const Page page;
    TestServer server(with(page));
    HttpClient client(server.url());
    const auto index = client.send({"GET", "/?x=1", {}, ""});
    ASSERT_TRUE(index);
    EXPECT_EQ(index->status, 200);
    EXPECT_EQ(index->body, "<!doctype html>");
    EXPECT_EQ(index->field("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(index->field("Cache-Control"), "no-cache");
    EXPECT_EQ(index->field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(index->field("Referrer-Policy"), "no-referrer");
    const std::string policy = index->field("Content-Security-Policy");
    EXPECT_EQ(policy.find("default-src 'self';"), 0U) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("http"), std::string::npos) << policy;
    const auto script = client.send({"GET", "/assets/app-1.js", {}, ""});
    EXPECT_EQ(script->body, "script");
    EXPECT_EQ(script->field("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script->field("Cache-Control"), "public, max-age=31536000, immutable");
    const auto head = client.send({"HEAD", "/assets/app-1.js", {}, ""});
    EXPECT_EQ(head->status, 200);
    EXPECT_TRUE(head->body.empty());
    EXPECT_EQ(client.send({"POST", "/assets/app-1.js", {}, "x"})->field("Allow"), "GET, HEAD");
    EXPECT_EQ(client.send({"GET", "/healthz", {}, ""})->body, "ok\n");
}

TEST(SessionWeb, SendsTheBestFormThatIsTaken) {
    const Page page;
    TestServer server(with(page));
    HttpClient client(server.url());
    const auto get = [&](const std::string& encodings) {
        return *client.send({"GET", "/assets/app-1.js", {{"Accept-Encoding", encodings}}, ""});
    };
    EXPECT_EQ(get("gzip, deflate, br").body, "brotli");
    EXPECT_EQ(get("gzip, deflate, br").field("Content-Encoding"), "br");
    EXPECT_EQ(get("gzip, deflate").body, "gzipped");
    EXPECT_EQ(get("gzip, deflate").field("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(get("deflate").body, "script");
    EXPECT_EQ(get("gzip;q=0").body, "script");
    EXPECT_EQ(get("deflate").field("Vary"), "Accept-Encoding");
    EXPECT_NE(get("br").field("ETag"), get("gzip").field("ETag"));
    EXPECT_EQ(client.send({"GET", "/assets/app-1.js.br", {}, ""})->status, 404);
}

TEST(SessionWeb, SaysThatTheBrowserHasItAlready) {
    const Page page;
    TestServer server(with(page));
    HttpClient client(server.url());
    const std::string tag = client.send({"GET", "/", {}, ""})->field("ETag");
    ASSERT_EQ(tag.size(), 34U) << tag;
    for (const std::string& known : {tag, "\"other\", " + tag, "W/" + tag, std::string("*")}) {
        const auto same = client.send({"GET", "/", {{"If-None-Match", known}}, ""});
        EXPECT_EQ(same->status, 304) << known;
        EXPECT_EQ(same->field("ETag"), tag);
        EXPECT_TRUE(same->body.empty());
    }
    EXPECT_EQ(client.send({"GET", "/", {{"If-None-Match", "\"other\""}}, ""})->status, 200);
}

TEST(SessionWeb, ReachesNoFileThatItDidNotFindAtTheStart) {
    const Page page;
    fs::create_symlink(page.path().parent_path() / "secret", page.path() / "link");
    TestServer server(with(page));
    put(page.path() / "late.txt", "secret");
    for (const char* path : {"/../secret", "/assets/../../secret", "/%2e%2e/secret", "/..%2fsecret",
                             "//secret", "/assets/..\\..\\secret", "/link", "/late.txt", "/assets",
                             "/assets/", "/index.html/", "/./index.html", "/INDEX.HTML"}) {
        const std::string answer = answer_to(server, std::string("GET ") + path);
        EXPECT_EQ(answer.compare(0, 12, "HTTP/1.1 404"), 0) << path << "\n" << answer;
        EXPECT_EQ(answer.find("secret"), std::string::npos) << path;
    }
}

TEST(SessionWeb, TellsHowToGetThePageWhereThereIsNone) {
    TestServer server;
    HttpClient client(server.url());
    const auto status = client.send({"GET", "/", {}, ""});
    ASSERT_TRUE(status);
    EXPECT_EQ(status->status, 200);
    EXPECT_NE(status->body.find("--web"), std::string::npos);
}

TEST(WebFiles, RefusesAFolderThatHoldsNoPage) {
    const TestDirectory empty;
    const auto nothing = WebFiles::load(empty.path());
    ASSERT_FALSE(nothing);
    EXPECT_NE(nothing.error().detail.find("no index.html"), std::string::npos)
        << nothing.error().detail;
    const auto missing = WebFiles::load(empty.path() + "/none");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().detail.find("--web " + empty.path() + "/none"), std::string::npos);
}

TEST(WebFiles, RefusesMoreThanItKeepsInMemory) {
    const Page page;
    put(page.path() / "large", "");
    fs::resize_file(page.path() / "large", web_bytes_max);
    const auto large = page.load();
    ASSERT_FALSE(large);
    EXPECT_NE(large.error().detail.find("67108864"), std::string::npos) << large.error().detail;
}

TEST(WebFiles, TakesAFolderHoweverItIsNamed) {
    const Page page;
    const auto slash = WebFiles::load(page.path().string() + "/");
    ASSERT_TRUE(slash);
    EXPECT_NE(slash->find("/assets/app-1.js"), nullptr);
    EXPECT_NE(slash->find("/"), nullptr);
    EXPECT_EQ(slash->find("assets/app-1.js"), nullptr);
    EXPECT_EQ(slash->find(""), nullptr);
}

}  // namespace
}  // namespace duban
