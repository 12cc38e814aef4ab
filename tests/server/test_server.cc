#include "tests/server/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

namespace duban {
namespace {

using std::chrono::milliseconds;

std::string argument_of(const std::string& text) {
    const std::size_t blank = text.find(' ');
    return blank == std::string::npos ? "" : text.substr(blank + 1);
}

class FakePeer final : public MessagePeer, public std::enable_shared_from_this<FakePeer> {
public:
    FakePeer(Connection::Hooks hooks, FakePort& port) : hooks_(std::move(hooks)), port_(port) {
        ++port_.peers_open;
    }
    ~FakePeer() override = default;

    void authenticate(std::string token) override {
        authenticated_ = token == "good";
        if (token == "full") hooks_.close(CloseCode::token_expired, "unauthenticated");
    }
    void on_message(std::string text) override {
        if (text == "open") authenticated_ = true;
        if (text == "open later") open_later();
        if (text == "flood") flooding_ = true;
        if (text == "fail ticks") failing_ = true;
        if (text == "throw") throw std::runtime_error("asked for");
        if (text == "throw output") output_fails_ = true;
        if (text == "wait") wait();
        if (text.starts_with("echo ")) output_.push_back(argument_of(text));
        if (text.starts_with("big ")) output_.emplace_back(std::stoul(argument_of(text)), 'x');
        if (text.starts_with("close ")) {
            output_.emplace_back("closing");
            hooks_.close(static_cast<CloseCode>(std::stoi(argument_of(text))), "asked for");
        }
    }
    std::size_t message_bytes_max() const override { return authenticated_ ? 256 * 1024 : 4096; }
    bool authenticated() const override { return authenticated_; }
    std::optional<std::string> next_output() override {
        if (output_fails_) throw std::runtime_error("asked for");
        if (output_.empty() && flooding_) return std::string(64 * 1024, 'f');
        if (output_.empty()) return std::nullopt;
        std::string next = std::move(output_.front());
        output_.erase(output_.begin());
        return next;
    }
    void on_published() override {
        output_.emplace_back("published");
        hooks_.wake();
    }
    void on_tick(std::chrono::steady_clock::time_point) override {
        if (failing_) throw std::runtime_error("asked for");
    }
    void on_drain(milliseconds, milliseconds) override { output_.emplace_back("draining"); }
    bool busy() const override { return waiting_; }
    void on_closed() override { --port_.peers_open; }

private:
    void wait() {
        waiting_ = true;
        port_.wait_with([weak = weak_from_this(), post = hooks_.post](const RpcAnswer& answer) {
            post([weak, text = answer.text] {
                const auto self = weak.lock();
                if (!self) return;
                self->waiting_ = false;
                self->output_.push_back(text);
                self->hooks_.wake();
            });
        });
    }

    // Like a token that is checked on the pool: the session reads on meanwhile.
    void open_later() {
        hooks_.post([weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self) return;
            self->authenticated_ = true;
            self->output_.emplace_back("opened");
            self->hooks_.wake();
        });
    }

    Connection::Hooks hooks_;
    FakePort& port_;
    bool waiting_ = false;
    bool output_fails_ = false;
    bool authenticated_ = false;
    bool flooding_ = false;
    bool failing_ = false;
    std::vector<std::string> output_;
};

RpcAnswer login_answer(const std::string& body) {
    const nlohmann::json call = nlohmann::json::parse(body);
    if (call["params"] != nlohmann::json({{"person", "jtj.clerk"}, {"password", "right"}})) {
        return {R"({"error":{"code":40101},"id":1})", 401};
    }
    return {R"({"id":1,"result":{"person":{"id":"jtj.clerk"},"token":"good"}})", 200};
}

HttpServerOptions quick_options() {
    HttpServerOptions options;
    options.threads = 2;
    options.deadlines.header = milliseconds(600);
    options.deadlines.body = milliseconds(600);
    options.deadlines.work = milliseconds(700);
    options.deadlines.write = milliseconds(600);
    options.deadlines.keep_alive = milliseconds(1500);
    options.deadlines.close = milliseconds(400);
    options.deadlines.ping = milliseconds(300);
    options.deadlines.silence = milliseconds(1500);
    options.deadlines.drain_notice = milliseconds(200);
    options.drain_max = milliseconds(2000);
    return options;
}

}  // namespace

void FakePort::handle_body(std::string body, Caller caller, const ChargeCalls& charge,
                           AnswerDone done) {
    ++bodies;
    if (caller.refused) return done(refusal(*caller.refused));
    if (body == "throw") throw std::runtime_error("asked for");
    if (body == "wait") return wait_with(std::move(done));
    if (body.find("auth.login") != std::string::npos) return done(login_answer(body));
    if (body.starts_with("big ")) {
        return done(RpcAnswer{std::string(std::stoul(argument_of(body)), 'x'), 200});
    }
    if (body.starts_with("batch ")) {
        const auto calls = static_cast<std::uint32_t>(std::stoul(argument_of(body)));
        if (charge(calls - 1) > 0) return done(RpcAnswer{"refused", 429});
    }
    const nlohmann::json answer = {{"person", caller.person.value}, {"body", body}};
    done(RpcAnswer{answer.dump(), 200});
}

void FakePort::wait_with(AnswerDone done) {
    const std::lock_guard lock(waiting_mutex_);
    waiting_ = std::move(done);
}

void FakePort::answer_waiting() {
    const std::lock_guard lock(waiting_mutex_);
    std::exchange(waiting_, nullptr)(RpcAnswer{"late", 200});
}

void FakePort::on_timer() {
    if (answers_from_timer.exchange(false)) answer_waiting();
}

RpcAnswer FakePort::refusal(const Error& error) {
    return RpcAnswer{error.detail, 401};
}

Result<Caller> FakePort::authenticate(const std::string& token, const std::string& remote) {
    if (token == "throw") throw std::runtime_error("asked for");
    if (token != "good" && token != "admin") return fail(Errc::unauthenticated, "unknown token");
    Caller caller;
    caller.person = PersonId(token == "good" ? "jtj.clerk" : "admin.system");
    caller.remote = remote;
    caller.life = book_.watch(token);
    return caller;
}

std::shared_ptr<MessagePeer> FakePort::connect(Connection::Hooks hooks, const std::string&) {
    return std::make_shared<FakePeer>(std::move(hooks), *this);
}

Status OpenBlobAccess::may_upload(const Caller& caller) {
    if (caller.person == PersonId("jtj.clerk")) return {};
    return fail(Errc::forbidden, "only jtj.clerk brings files");
}

Result<ReadableBlob> OpenBlobAccess::open(const Digest& digest, const Caller&) {
    const std::lock_guard lock(mutex_);
    return blobs_.find(digest).map(
        [this](BlobInfo info) { return ReadableBlob{std::move(info), name_}; });
}

void OpenBlobAccess::set_name(std::string name) {
    const std::lock_guard lock(mutex_);
    name_ = std::move(name);
}

TestServer::TestServer(const std::function<void(HttpServerOptions&)>& adjust,
                       const MessageBudget::Limits& messages)
    : database_([this] {
          DatabaseOptions on_disk{"/test", true, disk_.env()};
          on_disk.floors = test_floors;
          auto opened = Database::open(on_disk);
          DUBAN_ASSERT(opened.has_value());
          return std::move(*opened);
      }()),
      blobs_(*database_),
      access_(blobs_),
      messages_(std::make_shared<MessageBudget>(messages)),
      pool_(2, 64) {
    HttpServerOptions options = quick_options();
    if (adjust) adjust(options);
    server_ = std::make_unique<HttpServer>(
        ServerParts{port_, blobs_, access_, clock_, metrics_,
                    [this](std::function<void()> work) { return pool_.run(std::move(work)); },
                    [this] { port_.on_timer(); }, messages_},
        options);
    const Status started = server_->start();
    DUBAN_ASSERT(started.has_value());
}

TestServer::~TestServer() {
    stop();
}

void TestServer::stop() {
    server_->stop();
    pool_.stop();
}

std::string TestServer::connections(const std::string& transport) const {
    const std::string name = "duban_connections{transport=\"" + transport + "\"} ";
    const std::string text = metrics_.text();
    const std::size_t at = text.find(name);
    if (at == std::string::npos) return "";
    return text.substr(at + name.size(), text.find('\n', at) - at - name.size());
}

ServerUrl TestServer::url() const {
    return {"127.0.0.1", std::to_string(server_->port())};
}

RawSocket::RawSocket(const ServerUrl& url, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
                     sizeof receive_buffer_bytes);
    }
    timeval wait{};
    wait.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(patience).count();
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.port)));
    ::inet_pton(AF_INET, url.host.c_str(), &address.sin_addr);
    sockaddr generic{};
    std::memcpy(&generic, &address, sizeof address);
    DUBAN_ASSERT(::connect(socket_, &generic, sizeof generic) == 0);
}

RawSocket::~RawSocket() {
    ::close(socket_);
}

bool RawSocket::send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

bool RawSocket::fill() {
    char piece[16 * 1024];
    const auto count = ::recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) return false;
    buffer_.append(piece, static_cast<std::size_t>(count));
    return true;
}

std::string RawSocket::read_until(const std::string& text) {
    while (buffer_.find(text) == std::string::npos && fill()) {
    }
    return std::exchange(buffer_, {});
}

std::string RawSocket::read_some(std::size_t bytes_max) {
    std::string piece(bytes_max, '\0');
    const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
    piece.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return piece;
}

std::optional<std::string> RawSocket::read_to_end() {
    while (fill()) {
    }
    char byte = 0;
    errno = 0;
    const auto count = ::recv(socket_, &byte, 1, MSG_DONTWAIT);
    const bool open = count < 0 && errno == EAGAIN;
    if (open) return std::nullopt;
    return std::exchange(buffer_, {});
}

std::string RawSocket::read_answer() {
    while (buffer_.find("\r\n\r\n") == std::string::npos && fill()) {
    }
    const std::size_t head = buffer_.find("\r\n\r\n");
    const std::size_t field = buffer_.find("Content-Length: ");
    if (head == std::string::npos || field > head) return std::exchange(buffer_, {});
    const std::size_t total = head + 4 + std::stoul(buffer_.substr(field + 16));
    while (buffer_.size() < total && fill()) {
    }
    std::string answer = buffer_.substr(0, total);
    buffer_.erase(0, total);
    return answer;
}

std::string request_text(const std::string& line, const std::string& fields,
                         const std::string& body) {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n" + body;
}

}  // namespace duban
