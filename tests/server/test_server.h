// TestServer: the transports over a fake API and a real blob store, on a free port of 127.0.0.1.
// TestServer owns everything and stops it in the right order. The fake API knows these messages:
//   "echo <text>"   answers the text             "big <bytes>"   answers that many bytes
//   "flood"         has endless output from then on
//   "open"          counts as having logged in   "close <code>"  asks for that close
//   "fail ticks"    throws at every tick from then on
//   "wait"          is answered "late" by answer_waiting()
//   "throw"         throws; "throw output" does so when its answer is asked for
//   "open later"    the same, once the session has gone on to read; answers "opened"
// The token "full" is refused at once, as when no thread is free to check it.
// The call auth.login gives jtj.clerk with the password "right" the token "good".
// Of the bodies of POST /rpc, "throw" makes the handler throw, "wait" is not answered and
// "batch <calls>" is charged as that many calls.
// Thread-safety: one thread at a time; the fake's counters are safe for concurrent use.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/http/http_server.h"
#include "server/io/blocking_pool.h"
#include "server/ops/clock.h"
#include "tests/support/eventually.h"
#include "tests/support/test_node.h"
#include "tools/cli/client.h"

namespace duban {

class FakePort final : public RpcPort {
public:
    void handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                     AnswerDone done) override;
    RpcAnswer refusal(const Error& error) override;
    const std::string& openrpc() override { return document_; }
    const std::string& asyncapi() override { return document_; }
    // The token "good" is that of jtj.clerk, "admin" that of admin.system; "throw" makes the check
    // throw. Their sessions are in the book under these names.
    [[nodiscard]] Result<Caller> authenticate(const std::string& token,
                                              const std::string& remote) override;
    std::shared_ptr<MessagePeer> connect(Connection::Hooks hooks,
                                         const std::string& remote) override;

    // Answers the body or the message "wait" that came last.
    void answer_waiting();
    void wait_with(AnswerDone done);

    // The server's hook; answers it too once `answers_from_timer` is set.
    void on_timer();

    [[nodiscard]] SessionBook& book() { return book_; }

    std::atomic<bool> answers_from_timer{false};
    std::atomic<int> bodies{0};
    std::atomic<int> peers_open{0};

private:
    std::string document_ = "{}";
    SessionBook book_;
    std::mutex waiting_mutex_;
    AnswerDone waiting_;
};

// Everybody who is logged in may read every blob.
class OpenBlobAccess final : public BlobAccess {
public:
    explicit OpenBlobAccess(BlobStore& blobs) : blobs_(blobs) {}
    [[nodiscard]] Status may_upload(const Caller& caller) override;
    [[nodiscard]] Result<ReadableBlob> open(const Digest& digest, const Caller& caller) override;

    // Of every blob from now on.
    void set_name(std::string name);

private:
    BlobStore& blobs_;
    std::mutex mutex_;
    std::string name_;
};

class TestServer {
public:
    // `adjust` may change the options, which begin with short deadlines.
    explicit TestServer(const std::function<void(HttpServerOptions&)>& adjust = {},
                        const MessageBudget::Limits& messages = {});
    ~TestServer();

    void stop();
    [[nodiscard]] HttpServer& server() { return *server_; }
    [[nodiscard]] FakePort& port() { return port_; }
    [[nodiscard]] BlobStore& blobs() { return blobs_; }
    [[nodiscard]] OpenBlobAccess& blob_access() { return access_; }
    [[nodiscard]] TestDisk& disk() { return disk_; }
    [[nodiscard]] Metrics& metrics() { return metrics_; }
    // How many connections of that transport are open, by the metrics.
    [[nodiscard]] std::string connections(const std::string& transport) const;
    [[nodiscard]] MessageBudget& messages() { return *messages_; }
    [[nodiscard]] ServerUrl url() const;

private:
    TestDisk disk_;
    SystemClock clock_;
    std::unique_ptr<Database> database_;
    BlobStore blobs_;
    FakePort port_;
    OpenBlobAccess access_;
    Metrics metrics_;
    std::shared_ptr<MessageBudget> messages_;
    BlockingPool pool_;
    std::unique_ptr<HttpServer> server_;
};

// A plain socket: sends and receives bytes as they are. Every wait ends after `patience`.
class RawSocket {
public:
    static constexpr std::chrono::milliseconds patience{5000};

    // `receive_buffer_bytes`: of the system's buffer; 0 leaves it as it is.
    explicit RawSocket(const ServerUrl& url, int receive_buffer_bytes = 0);
    ~RawSocket();
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;

    // False when the peer has closed the connection.
    bool send(const std::string& bytes);
    // Reads until that text has come, the peer closes, or patience ends; gives all that was read.
    std::string read_until(const std::string& text);
    // Whatever is there, at most that much; empty at the end of the connection.
    std::string read_some(std::size_t bytes_max);
    // Reads to the end of the connection; nothing when it stays open.
    std::optional<std::string> read_to_end();
    // One whole answer with a Content-Length; what follows it stays unread.
    std::string read_answer();

private:
    bool fill();
    int socket_;
    std::string buffer_;
};

// A request head with the usual fields; `fields` is appended as it is.
[[nodiscard]] std::string request_text(const std::string& line, const std::string& fields = "",
                                       const std::string& body = "");

}  // namespace duban
