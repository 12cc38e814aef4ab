#include "server/http/blob_transfer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "storage/codec/digest.h"
#include "tests/server/test_server.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr std::size_t file_bytes = 3 * 1024 * 1024;

std::string text_file(std::size_t bytes) {
    std::minstd_rand random(7);
    std::string text;
    while (text.size() < bytes) text += std::to_string(random()) + " evidence\n";
    text.resize(bytes);
    return text;
}

std::string upload_head(std::size_t bytes, const std::string& fields) {
    return request_text("POST /blobs", "Content-Type: text/plain\r\nContent-Length: " +
                                           std::to_string(bytes) + "\r\n" + fields);
}

HttpClient clerk(const TestServer& server) {
    HttpClient client(server.url());
    client.set_token("good");
    return client;
}

TEST(SessionBlobs, GoUpInSmallPiecesAndComeBack) {
    TestServer server;
    const std::string file = text_file(file_bytes);
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upload_head(file.size(), "Authorization: Bearer good\r\n")));
    for (std::size_t at = 0; at < file.size(); at += 7919) {
        ASSERT_TRUE(socket.send(file.substr(at, 7919)));
    }
    const std::string answer = socket.read_answer();
    ASSERT_NE(answer.find("201 Created"), std::string::npos) << answer;
    const json body = json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
    EXPECT_EQ(body["digest"], digest_of(file).value);
    EXPECT_EQ(body["size"], file.size());
    EXPECT_EQ(body["media_type"], "text/plain");

    HttpClient client = clerk(server);
    const std::string target = "/blobs/" + digest_of(file).value;
    const auto down = client.send({"GET", target, {}, ""});
    ASSERT_TRUE(down);
    EXPECT_EQ(down->status, 200);
    EXPECT_TRUE(down->body == file);
    EXPECT_EQ(down->field("Content-Type"), "text/plain");
    EXPECT_EQ(down->field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(down->field("Content-Disposition").compare(0, 22, "attachment; filename=\""), 0);
    EXPECT_EQ(down->field("Content-Disposition").find("filename*"), std::string::npos);
    server.blob_access().set_name("名单.txt");
    EXPECT_NE(client.send({"GET", target, {}, ""})
                  ->field("Content-Disposition")
                  .find("; filename*=UTF-8''%E5%90%8D%E5%8D%95.txt"),
              std::string::npos);
    const auto head = client.send({"HEAD", target, {}, ""});
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->field("Content-Length"), std::to_string(file.size()));
    EXPECT_EQ(client.send({"GET", "/healthz", {}, ""})->status, 200);
}

TEST(BlobDisposition, CarriesTheNameOfTheFileWhereItIsSafe) {
    const Digest digest("sha256:" + std::string(64, 'a'));
    const std::string plain = "attachment; filename=\"aaaaaaaaaaaaaaaa.pdf\"";
    const auto of = [&](const char* name) {
        return blob_disposition(digest, "application/pdf", name);
    };
    EXPECT_EQ(of("进展 1.pdf"), plain + "; filename*=UTF-8''%E8%BF%9B%E5%B1%95%201.pdf");
    EXPECT_EQ(of("a!#$&+-.^_`~'()%.pdf"),
              plain + "; filename*=UTF-8''a!#$&+-.^_`~%27%28%29%25.pdf");
    for (const char* name : {"", "../../etc/x", "a\"b", "a\r\nX: y", "进展\u202ecod.exe"}) {
        EXPECT_EQ(of(name), plain) << name;
    }
}

TEST(SessionBlobs, AreForThoseWhoLoggedIn) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upload_head(1000, "Expect: 100-continue\r\n")));
    EXPECT_EQ(socket.read_answer().compare(0, 12, "HTTP/1.1 401"), 0);
    HttpClient client(server.url());
    EXPECT_EQ(client.send({"GET", "/blobs/" + digest_of("x").value, {}, ""})->status, 401);
    client.set_token("good");
    EXPECT_EQ(client.send({"GET", "/blobs/" + digest_of("x").value, {}, ""})->status, 404);
    EXPECT_EQ(client.send({"GET", "/blobs/../../etc/passwd", {}, ""})->status, 404);
}

TEST(SessionBlobs, AreRefusedBeforeTheirBytesComeWhenTheDiskIsNearlyFull) {
    TestServer server;
    server.disk().leave_free(test_floors.upload + file_bytes);
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(
        upload_head(file_bytes, "Authorization: Bearer good\r\nExpect: 100-continue\r\n")));
    const std::string answer = socket.read_answer();
    EXPECT_EQ(answer.compare(0, 12, "HTTP/1.1 503"), 0) << answer;
    EXPECT_NE(answer.find("There is no room for files"), std::string::npos) << answer;
    server.disk().leave_free(test_floors.upload + 16 * file_bytes);
    HttpClient client = clerk(server);
    const std::string file = text_file(file_bytes);
    const HttpClient::Request upload{"POST", "/blobs", {{"Content-Type", "text/plain"}}, file};
    EXPECT_EQ(client.send(upload)->status, 201);
    // Stored files are read on a full disk.
    server.disk().leave_free(0);
    EXPECT_EQ(client.send(upload)->status, 503);
    EXPECT_EQ(client.send({"GET", "/blobs/" + digest_of(file).value, {}, ""})->status, 200);
}

TEST(SessionBlobs, SayNothingOfTheServersFilesWhenASyncFails) {
    TestServer server;
    server.disk().break_syncs();
    HttpClient client = clerk(server);
    const auto failed =
        client.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, text_file(file_bytes)});
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->status, 500);
    EXPECT_EQ(failed->body.find("/test"), std::string::npos) << failed->body;
    EXPECT_NE(failed->body.find("operator"), std::string::npos) << failed->body;
}

TEST(SessionBlobs, AreTakenFromThoseOnlyWhoMayBringThem) {
    TestServer server;
    HttpClient client(server.url());
    client.set_token("admin");
    EXPECT_EQ(client.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, "words"})->status,
              403);
    client.set_token("good");
    EXPECT_EQ(client.send({"GET", "/blobs/" + digest_of("words").value, {}, ""})->status, 404);
}

TEST(SessionBlobs, RefuseWhatTheStoreRefuses) {
    TestServer server([](HttpServerOptions& options) { options.limits.blob_bytes_max = 1000; });
    HttpClient client = clerk(server);
    EXPECT_EQ(client.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, ""})->status, 400);
    EXPECT_EQ(client.send({"POST", "/blobs", {}, "words"})->status, 400);
    EXPECT_EQ(
        client.send({"POST", "/blobs", {{"Content-Type", "application/pdf"}}, "words"})->status,
        400);
    EXPECT_EQ(
        client.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, std::string(2000, 'x')})
            ->status,
        413);
}

TEST(SessionBlobs, LeaveNothingWhenTheSenderGoesAway) {
    TestServer server;
    const std::string file = text_file(file_bytes);
    {
        RawSocket socket(server.url());
        ASSERT_TRUE(socket.send(upload_head(file.size(), "Authorization: Bearer good\r\n")));
        ASSERT_TRUE(socket.send(file.substr(0, file.size() / 2)));
    }
    EXPECT_TRUE(eventually([&] {
        return server.metrics().text().find("duban_connections{transport=\"http\"} 0") !=
               std::string::npos;
    }));
    HttpClient client = clerk(server);
    EXPECT_EQ(client.send({"GET", "/blobs/" + digest_of(file).value, {}, ""})->status, 404);
}

TEST(SessionBlobs, AreNotKeptForASessionThatHasEndedMeanwhile) {
    TestServer server;
    const std::string file = text_file(file_bytes);
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upload_head(file.size(), "Authorization: Bearer good\r\n")));
    ASSERT_TRUE(socket.send(file.substr(0, file.size() - 1)));
    ASSERT_TRUE(eventually([&] { return server.port().book().watched() == 1; }));
    server.port().book().end({"good"});
    ASSERT_TRUE(socket.send(file.substr(file.size() - 1)));
    EXPECT_EQ(socket.read_answer().compare(0, 12, "HTTP/1.1 401"), 0);
    EXPECT_FALSE(server.blobs().find(digest_of(file)));
}

TEST(SessionBlobs, GoNoFurtherDownOnceTheSessionHasEnded) {
    TestServer server([](HttpServerOptions& options) {
        options.limits.send_buffer_bytes = 16 * 1024;
        options.deadlines.write = std::chrono::seconds(60);
    });
    const std::string file = text_file(file_bytes);
    ASSERT_EQ(
        clerk(server).send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, file})->status,
        201);
    RawSocket socket(server.url(), 16 * 1024);
    ASSERT_TRUE(socket.send(
        request_text("GET /blobs/" + digest_of(file).value, "Authorization: Bearer good\r\n")));
    std::string taken = socket.read_until("evidence");
    ASSERT_NE(taken.find("200 OK"), std::string::npos) << taken;
    server.port().book().end({"good"});
    const auto rest = socket.read_to_end();
    ASSERT_TRUE(rest) << "the connection is closed";
    EXPECT_LT(taken.size() + rest->size(), file.size());
}

TEST(SessionBlobs, GoDownOnlyWhereThereIsRoomForAPiece) {
    MessageBudget::Limits limits;
    limits.owner_bytes_max = blob_chunk_bytes;
    TestServer server(
        [](HttpServerOptions& options) {
            options.limits.send_buffer_bytes = 16 * 1024;
            options.deadlines.write = std::chrono::seconds(60);
        },
        limits);
    const std::string file = text_file(file_bytes);
    HttpClient client = clerk(server);
    ASSERT_EQ(client.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, file})->status, 201);
    const std::string target = "/blobs/" + digest_of(file).value;
    {
        RawSocket silent(server.url(), 16 * 1024);
        ASSERT_TRUE(silent.send(request_text("GET " + target, "Authorization: Bearer good\r\n")));
        ASSERT_NE(silent.read_until("evidence").find("200 OK"), std::string::npos);
        EXPECT_EQ(client.send({"GET", target, {}, ""})->status, 429);
    }
    EXPECT_TRUE(eventually([&] { return server.messages().taken() == 0; }));
    EXPECT_TRUE(client.send({"GET", target, {}, ""})->body == file);
}

TEST(SessionBlobs, StopWithTheServerInTheMiddle) {
    TestServer server;
    RawSocket socket(server.url());
    ASSERT_TRUE(socket.send(upload_head(file_bytes, "Authorization: Bearer good\r\n")));
    ASSERT_TRUE(socket.send(text_file(300'000)));
    server.stop();
    EXPECT_TRUE(socket.read_to_end());
}

TEST(BlobDisposition, IsMadeOfSafeCharactersOnly) {
    EXPECT_EQ(blob_disposition(Digest("sha256:0123456789abcdef01"), "application/pdf", ""),
              "attachment; filename=\"0123456789abcdef.pdf\"");
    EXPECT_EQ(blob_disposition(Digest("sha256:0123456789abcdef01"), "text/\"x\r\n", ""),
              "attachment; filename=\"0123456789abcdef.bin\"");
}

}  // namespace
}  // namespace duban
