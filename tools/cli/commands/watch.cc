#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <thread>

#include "api/render/error_map.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/remote.h"
#include "tools/cli/terminal.h"
#include "tools/cli/watch_printer.h"

namespace duban {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds redraw_pause{300};
constexpr milliseconds silence_max{60'000};
constexpr milliseconds first_retry{500};
constexpr milliseconds last_retry{20'000};
constexpr milliseconds board_retry{1000};

std::size_t terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 100;
}

// One list, followed over as many connections as it takes.
class Watcher {
public:
    Watcher(ServerUrl url, std::string token, std::string plan)
        : url_(std::move(url)), token_(std::move(token)), plan_(std::move(plan)) {}

    // Returns when the server refuses for good.
    int run() {
        while (true) {
            const auto started = steady_clock::now();
            const std::optional<int> ended = follow();
            if (ended) return *ended;
            if (steady_clock::now() - started > last_retry) retry_ = first_retry;
            pause();
        }
    }

private:
    // Until the connection ends; a value ends the command.
    std::optional<int> follow() {
        WebsocketClient socket;
        WebsocketClient::Options options;
        if (!socket.connect(url_, options)) return std::nullopt;
        next_id_ = 1;
        board_asked_ = false;
        if (const auto refused = open(socket)) return refused;
        auto heard = steady_clock::now();
        while (!socket.closed()) {
            if (const auto message = socket.receive(redraw_pause)) {
                heard = steady_clock::now();
                take(json::parse(*message, nullptr, false));
                if (ended_) return ended_;
            } else if (steady_clock::now() - heard > silence_max) {
                return std::nullopt;
            }
            if (stale_ && !board_asked_ && steady_clock::now() >= ask_from_) ask_board(socket);
        }
        const bool token_ended = *socket.closed() == 4101 || *socket.closed() == 4003;
        if (token_ended) return report_failure("the session has ended; log in again");
        return std::nullopt;
    }

    std::optional<int> open(WebsocketClient& socket) {
        const json opened = call(socket, "session.open", {{"token", token_}});
        if (opened.contains("error")) return refused(opened);
        if (!opened.contains("result")) return std::nullopt;
        json start = {{"live", true}};
        const std::string log = opened["result"].value("log", std::string());
        if (!cursor_.empty() && log == log_) start = {{"after", cursor_}, {"log", log_}};
        log_ = log;
        const json subscribed = call(
            socket, "sub.open", {{"sub", "watch"}, {"start", start}, {"filter", json::object()}});
        if (subscribed.contains("error")) return refused(subscribed);
        stale_ = true;
        return std::nullopt;
    }

    static int refused(const json& answer) {
        const json& error = answer["error"];
        report_failure(error.value("message", std::string("refused")));
        return exit_code_of({error.value("code", 0), "", ""});
    }

    // Sends a call and takes everything that comes before its answer.
    json call(WebsocketClient& socket, const std::string& method, const json& params) {
        const int id = next_id_++;
        if (!send(socket, id, method, params)) return json::object();
        const auto until = steady_clock::now() + std::chrono::seconds(10);
        while (steady_clock::now() < until && !socket.closed()) {
            const auto message = socket.receive(milliseconds(1000));
            if (!message) continue;
            json answer = json::parse(*message, nullptr, false);
            if (answer.is_object() && answer.value("id", 0) == id) return answer;
            take(answer);
        }
        return json::object();
    }

    static bool send(WebsocketClient& socket, int id, const std::string& method,
                     const json& params) {
        const json message = {
            {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
        return socket.send(message.dump()).has_value();
    }

    void ask_board(WebsocketClient& socket) {
        json params = {{"plan", plan_}};
        board_id_ = next_id_++;
        board_asked_ = send(socket, board_id_, "plan.board", params);
        stale_ = false;
    }

    void take(const json& message) {
        if (!message.is_object()) return;
        if (message.contains("id") && message["id"] == board_id_) {
            board_asked_ = false;
            if (message.contains("error")) return take_refusal(message);
            if (message.contains("result")) {
                write(printer_.board(message["result"], terminal_columns()));
            }
            return;
        }
        const std::string method = message.value("method", std::string());
        const json params = message.value("params", json::object());
        if (method == "events") take_events(params);
        if (method == "events" || method == "checkpoint") {
            cursor_ = params.value("to", cursor_);
        }
    }

    // Of the board: asked for again when the server says that this may help.
    void take_refusal(const json& answer) {
        const int code = refused(answer);
        const json data = answer["error"].value("data", json::object());
        const std::string retry = data.value("retry", std::string());
        if (retry != to_string(Retry::same) && retry != to_string(Retry::after_ms)) {
            ended_ = code;
            return;
        }
        stale_ = true;
        ask_from_ = steady_clock::now() + milliseconds(data.value("after_ms", board_retry.count()));
    }

    void take_events(const json& params) {
        for (const json& event : params.value("events", json::array())) {
            if (concerns(event)) write(printer_.event(event));
        }
        stale_ = true;
    }

    // Streams are named task/<plan>/<no> and plan/<plan>; those of persons and units are left out.
    bool concerns(const json& event) const {
        const std::string subject = event.value("subject", std::string()) + "/";
        return subject.starts_with("task/" + plan_ + "/") || subject == "plan/" + plan_ + "/";
    }

    static void write(const std::string& text) {
        if (text.empty()) return;
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
    }

    void pause() {
        std::uniform_int_distribution<milliseconds::rep> jitter(retry_.count() / 2, retry_.count());
        std::fprintf(stderr, "duban: connection lost, trying again\n");
        std::this_thread::sleep_for(milliseconds(jitter(random_)));
        retry_ = std::min(retry_ * 2, last_retry);
    }

    ServerUrl url_;
    std::string token_;
    std::string plan_;
    WatchPrinter printer_{isatty(STDOUT_FILENO) != 0};
    std::string log_;
    std::string cursor_;  // the last position that was seen
    int next_id_ = 1;
    int board_id_ = 0;
    bool board_asked_ = false;
    bool stale_ = false;
    steady_clock::time_point ask_from_;  // the board is not asked for before
    std::optional<int> ended_;           // the exit code once the board is refused for good
    milliseconds retry_ = first_retry;
    std::minstd_rand random_{std::random_device{}()};
};

Result<std::string> only_plan(HttpClient& client) {
    const auto plans = client.call("plan.list", json::object());
    if (!plans) return fail(Errc::internal, plans.error().message);
    const json items = plans->value("items", json::array());
    if (items.size() == 1) return items[0].value("plan", std::string());
    return fail(Errc::invalid_argument, items.empty()
                                            ? "there is no list that you may see"
                                            : "there are several lists: choose one with --plan");
}

}  // namespace

int run(const WatchConfig& config) {
    Result<HttpClient> client = open_remote(config.url, config.token, config.person);
    if (!client) return report_failure(client.error());
    std::string plan = config.plan;
    if (plan.empty()) {
        const Result<std::string> only = only_plan(*client);
        if (!only) return report_failure(only.error());
        plan = *only;
    }
    const Result<ServerUrl> url = parse_server_url(config.url);
    if (!url) return report_failure(url.error());
    return Watcher(*url, client->token(), plan).run();
}

}  // namespace duban
