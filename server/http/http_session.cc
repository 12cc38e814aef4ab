#include "server/http/http_session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "server/http/credential.h"
#include "server/http/http_channel.h"
#include "server/http/http_exchange.h"
#include "server/http/http_parser.h"
#include "server/http/http_routes.h"
#include "server/http/page_session.h"
#include "server/http/server_context.h"
#include "server/io/asio_socket.h"
#include "server/ws/websocket_session.h"

namespace duban {
namespace {

namespace net = boost::asio;
using ErrorCode = boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::size_t read_bytes = 16 * 1024;
constexpr std::size_t write_bytes = 64 * 1024;
constexpr std::size_t kept_bytes = 16 * 1024;  // of a buffer between two requests

class HttpSession final : public LiveConnection,
                          public HttpChannel,
                          public std::enable_shared_from_this<HttpSession> {
public:
    HttpSession(IoWorker& worker, OwnedSocket owned, TcpSocket socket)
        : worker_(worker),
          context_(worker.context()),
          owned_(std::move(owned)),
          socket_(std::move(socket)) {
        context_.metrics.connection_opened(Metrics::Transport::http);
    }
    ~HttpSession() override { context_.metrics.connection_closed(Metrics::Transport::http); }

    void start();

    void on_tick(steady_clock::time_point now) override;
    void on_drain() override;
    void abort() override { close(); }

    const RequestHead& head() const override { return head_; }
    const std::string& remote() const override { return owned_.remote(); }
    ServerContext& context() override { return context_; }
    IoWorker::Poster poster() const override;
    std::uint64_t body_left() const override { return body_left_; }
    void read_piece(std::size_t bytes, std::function<void(std::string)> then) override;
    void respond(HttpResponse response) override;
    void begin_response(HttpResponse response, std::uint64_t length,
                        std::function<void()> then) override;
    void write_piece(std::string bytes, std::function<void()> then) override;
    void end_response() override;
    void break_off() override { close(); }
    void mark_authenticated() override { owned_.pass().authenticated(); }

private:
    // idle and head: reading a head; body: reading a piece; work: something else answers;
    // write: an answer or a piece; linger: answered, waiting for the peer to close.
    enum class Phase { idle, head, body, work, write, linger, closed };

    void enter(Phase phase, std::chrono::milliseconds limit);
    // Runs a step of a request; what it throws is answered.
    template <class Step>
    void guarded(Step&& step);
    void on_fault(const char* what);
    void read_head();
    void on_head_bytes(const ErrorCode& error, std::size_t count);
    void on_head(std::string raw);
    void serve();
    void upgrade();
    void refuse(const Refusal& refusal);
    void refuse_rate(std::uint64_t wait_ms);
    std::optional<std::uint64_t> body_bytes_max() const;
    std::uint64_t rate_wait_ms();
    void fill_piece();
    void hold(HttpResponse& response);
    void write(std::string bytes, std::function<void()> then);
    void write_more();
    void next_request();
    void linger();
    void discard();
    void close();

    IoWorker& worker_;
    ServerContext& context_;
    OwnedSocket owned_;
    TcpSocket socket_;
    Phase phase_ = Phase::idle;
    std::optional<steady_clock::time_point> deadline_;
    bool draining_ = false;
    std::uint32_t requests_ = 0;

    std::string in_;  // read but not consumed
    std::string scratch_;
    RequestHead head_;
    GuardedHead guarded_;
    Endpoint endpoint_ = Endpoint::not_found;
    std::uint64_t body_left_ = 0;
    std::string piece_;
    std::size_t piece_bytes_ = 0;
    std::function<void(std::string)> on_piece_;
    std::string out_;
    std::size_t out_sent_ = 0;
    std::function<void()> on_written_;
    steady_clock::time_point write_end_;  // of what is being written, however it gets on
    std::shared_ptr<const void> held_;    // the answer's place in a budget
    bool keep_alive_ = true;
    bool answered_ = false;  // the answer to the request at hand has begun
};

void HttpSession::start() {
    enter(Phase::head, context_.deadlines.header);
    read_head();
}

void HttpSession::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    deadline_ = context_.clock.steady() + limit;
}

template <class Step>
void HttpSession::guarded(Step&& step) {
    try {
        step();
    } catch (const std::exception& fault) {
        on_fault(fault.what());
    }
}

void HttpSession::on_fault(const char* what) {
    spdlog::error("http: a request ended with an exception: {}", what);
    // Only here nothing is being read or written, so that an answer may be.
    if (phase_ != Phase::work || answered_) return close();
    try {
        refuse({500, "the server failed"});
    } catch (const std::exception&) {
        close();
    }
}

IoWorker::Poster HttpSession::poster() const {
    return [post = worker_.poster(),
            weak = std::weak_ptr(shared_from_this())](std::function<void()> work) {
        post([weak, work = std::move(work)] {
            // Work holds the channel; const only here.
            if (const auto self = std::const_pointer_cast<HttpSession>(weak.lock())) {
                self->guarded(work);
            }
        });
    };
}

void HttpSession::on_tick(steady_clock::time_point now) {
    if (!deadline_ || now < *deadline_) return;
    if (phase_ == Phase::head || phase_ == Phase::body) {
        spdlog::debug("http: a request was not sent in time");
    }
    if (phase_ == Phase::work && !answered_) {
        spdlog::error("http: {} was not answered in time", to_string(endpoint_));
        return refuse({504, "the server did not get ready in time"});
    }
    close();
}

void HttpSession::on_drain() {
    draining_ = true;
    if (phase_ == Phase::idle || (phase_ == Phase::head && in_.empty())) close();
}

void HttpSession::read_head() {
    const std::size_t end = in_.find("\r\n\r\n");
    if (end != std::string::npos && end + 4 <= header_bytes_max) {
        std::string raw = in_.substr(0, end + 4);
        in_.erase(0, end + 4);
        return on_head(std::move(raw));
    }
    if (in_.size() >= header_bytes_max) return refuse({431, "the request head is too large"});
    scratch_.resize(read_bytes);
    socket_.async_read_some(net::buffer(scratch_.data(), scratch_.size()),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
                                self->guarded([&] { self->on_head_bytes(error, count); });
                            });
}

void HttpSession::on_head_bytes(const ErrorCode& error, std::size_t count) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    if (phase_ == Phase::idle) enter(Phase::head, context_.deadlines.header);
    in_.append(scratch_, 0, count);
    read_head();
}

void HttpSession::on_head(std::string raw) {
    ++requests_;
    body_left_ = 0;
    answered_ = false;
    guarded_ = GuardedHead{};
    if (auto refusal = check_raw_head(raw)) return refuse(*refusal);
    Result<RequestHead> parsed = parse_head(raw);
    if (!parsed) return refuse({400, parsed.error().detail});
    head_ = std::move(*parsed);
    if (auto refusal = check_head(head_, guarded_)) return refuse(*refusal);
    body_left_ = guarded_.content_length;
    keep_alive_ = guarded_.keep_alive && requests_ < context_.limits.requests_per_connection_max;
    serve();
}

void HttpSession::serve() {
    const EndpointMatch match = match_endpoint(head_.method, head_.target, *context_.web);
    endpoint_ = match.endpoint;
    enter(Phase::work, context_.deadlines.work);
    if (endpoint_ == Endpoint::websocket) return upgrade();
    const std::optional<std::uint64_t> body_max = body_bytes_max();
    if (body_max && body_left_ > *body_max) {
        return refuse({413, "the body is larger than " + std::to_string(*body_max) + " bytes"});
    }
    if (const std::uint64_t wait_ms = rate_wait_ms(); wait_ms > 0) return refuse_rate(wait_ms);
    serve_request(shared_from_this(), match);
}

// Nothing for those that take no body: what is sent with them is not read.
std::optional<std::uint64_t> HttpSession::body_bytes_max() const {
    switch (endpoint_) {
        case Endpoint::rpc:
            return context_.limits.rpc_body_bytes_max;
        case Endpoint::blob_upload:
            return context_.limits.blob_bytes_max;
        case Endpoint::page_login:
            return page_login_bytes_max;
        default:
            return std::nullopt;
    }
}

// A log-in costs its address a place, whatever session the page has left.
std::uint64_t HttpSession::rate_wait_ms() {
    const auto now = context_.clock.steady();
    switch (endpoint_) {
        case Endpoint::rpc:
        case Endpoint::page_logout:
            return context_.rpc_rates.admit(shown_token(head_, context_.origins), owned_.remote(),
                                            now);
        case Endpoint::page_login:
            return context_.rpc_rates.admit(std::nullopt, owned_.remote(), now);
        default:
            return 0;
    }
}

void HttpSession::upgrade() {
    if (draining_ || !context_.ready.load()) return refuse({503, "the server is draining"});
    if (auto refusal = check_upgrade(head_, context_.origins)) return refuse(*refusal);
    if (!in_.empty()) return refuse({400, "bytes follow the upgrade request"});
    const auto self = shared_from_this();
    return_socket(socket_, owned_);
    phase_ = Phase::closed;
    worker_.remove(*this);
    context_.metrics.request(to_string(endpoint_), 101);
    start_websocket_session(worker_, std::move(owned_), head_);
}

void HttpSession::refuse(const Refusal& refusal) {
    keep_alive_ = false;
    respond(plain_error(refusal.status, refusal.reason));
}

// The body is read and dropped, so that the connection stays.
void HttpSession::refuse_rate(std::uint64_t wait_ms) {
    read_piece(static_cast<std::size_t>(body_left_),
               [self = shared_from_this(), wait_ms](const std::string&) {
                   self->respond(too_many_requests(wait_ms));
               });
}

void HttpSession::read_piece(std::size_t bytes, std::function<void(std::string)> then) {
    if (phase_ == Phase::closed || answered_) return;
    piece_bytes_ = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, body_left_));
    piece_.clear();
    on_piece_ = std::move(then);
    if (guarded_.expects_continue && in_.empty() && body_left_ > 0) {
        guarded_.expects_continue = false;
        return write("HTTP/1.1 100 Continue\r\n\r\n", [self = shared_from_this()] {
            self->enter(Phase::body, self->context_.deadlines.body);
            self->fill_piece();
        });
    }
    enter(Phase::body, context_.deadlines.body);
    fill_piece();
}

void HttpSession::fill_piece() {
    const std::size_t ready = std::min(piece_bytes_ - piece_.size(), in_.size());
    piece_.append(in_, 0, ready);
    in_.erase(0, ready);
    body_left_ -= ready;
    if (piece_.size() == piece_bytes_) {
        enter(Phase::work, context_.deadlines.work);
        return std::exchange(on_piece_, nullptr)(std::move(piece_));
    }
    scratch_.resize(std::min(write_bytes, piece_bytes_ - piece_.size()));
    socket_.async_read_some(net::buffer(scratch_.data(), scratch_.size()),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
                                if (self->phase_ == Phase::closed) return;
                                if (error) return self->close();
                                self->guarded([&] {
                                    self->in_.append(self->scratch_, 0, count);
                                    self->enter(Phase::body, self->context_.deadlines.body);
                                    self->fill_piece();
                                });
                            });
}

void HttpSession::respond(HttpResponse response) {
    if (phase_ == Phase::closed || answered_) return;
    answered_ = true;
    if (body_left_ > 0 || draining_) keep_alive_ = false;
    hold(response);
    context_.metrics.request(to_string(endpoint_), response.status);
    const bool head_only = head_.method == "HEAD";
    write(response_bytes(response, keep_alive_, head_only, context_.clock.now()),
          [self = shared_from_this()] { self->next_request(); });
}

void HttpSession::begin_response(HttpResponse response, std::uint64_t length,
                                 std::function<void()> then) {
    if (phase_ == Phase::closed || answered_) return;
    answered_ = true;
    if (body_left_ > 0 || draining_) keep_alive_ = false;
    context_.metrics.request(to_string(endpoint_), response.status);
    write(response_head(response, Framing{length, keep_alive_, context_.clock.now()}),
          std::move(then));
}

void HttpSession::write_piece(std::string bytes, std::function<void()> then) {
    if (phase_ != Phase::closed) write(std::move(bytes), std::move(then));
}

void HttpSession::end_response() {
    if (phase_ != Phase::closed) next_request();
}

// An answer whose place was not taken where it was made is the address's.
void HttpSession::hold(HttpResponse& response) {
    if (!response.held) {
        auto held = context_.messages.take({"address " + owned_.remote(), 0}, response.body.size());
        if (!held) {
            response = plain_error(held.error());
            return;
        }
        response.held = std::move(*held);
    }
    held_ = std::move(response.held);
}

void HttpSession::write(std::string bytes, std::function<void()> then) {
    out_ = std::move(bytes);
    out_sent_ = 0;
    write_end_ =
        context_.clock.steady() + write_time(context_.deadlines, context_.limits, out_.size());
    on_written_ = std::move(then);
    write_more();
}

void HttpSession::write_more() {
    if (out_sent_ == out_.size()) {
        enter(Phase::work, context_.deadlines.work);
        out_.clear();
        return std::exchange(on_written_, nullptr)();
    }
    enter(Phase::write, context_.deadlines.write);
    deadline_ = std::min(*deadline_, write_end_);
    const std::size_t count = std::min(write_bytes, out_.size() - out_sent_);
    socket_.async_write_some(net::buffer(out_.data() + out_sent_, count),
                             [self = shared_from_this()](const ErrorCode& error, std::size_t sent) {
                                 if (self->phase_ == Phase::closed) return;
                                 if (error) return self->close();
                                 self->out_sent_ += sent;
                                 self->guarded([&] { self->write_more(); });
                             });
}

void HttpSession::next_request() {
    held_.reset();
    if (out_.capacity() > kept_bytes) out_.shrink_to_fit();
    if (!keep_alive_) return linger();
    enter(in_.empty() ? Phase::idle : Phase::head,
          in_.empty() ? context_.deadlines.keep_alive : context_.deadlines.header);
    if (draining_) return close();
    read_head();
}

// Reads what the peer still sends for a while: closing with unread bytes would reset the connection
// and the peer might lose the answer.
void HttpSession::linger() {
    ErrorCode ignored;
    socket_.shutdown(TcpSocket::shutdown_send, ignored);
    enter(Phase::linger, context_.deadlines.close);
    in_.clear();
    scratch_.resize(read_bytes);
    discard();
}

void HttpSession::discard() {
    socket_.async_read_some(net::buffer(scratch_.data(), scratch_.size()),
                            [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                                if (self->phase_ == Phase::closed) return;
                                if (error) return self->close();
                                self->discard();
                            });
}

void HttpSession::close() {
    if (phase_ == Phase::closed) return;
    const auto self = shared_from_this();
    phase_ = Phase::closed;
    deadline_.reset();
    ErrorCode ignored;
    socket_.close(ignored);
    held_.reset();
    on_piece_ = nullptr;
    on_written_ = nullptr;
    worker_.remove(*this);
}

}  // namespace

void start_http_session(IoWorker& worker, OwnedSocket socket) {
    TcpSocket opened = open_socket(worker.io(), socket, worker.context().limits.send_buffer_bytes);
    if (!opened.is_open()) return;
    auto session = std::make_shared<HttpSession>(worker, std::move(socket), std::move(opened));
    worker.add(session);
    session->start();
}

}  // namespace duban
