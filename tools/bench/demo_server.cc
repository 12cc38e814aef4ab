#include "tools/bench/demo_server.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/bench/demo_tasks.h"
#include "tools/cli/client.h"

namespace duban {
namespace {

constexpr const char* bench_password = "bench-password";
constexpr const char* much = "1000000";

std::string new_command(std::uint64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012llx",
                  static_cast<unsigned long long>(number));
    return text;
}

ServerUrl url_of(std::uint16_t port) {
    return ServerUrl{"127.0.0.1", std::to_string(port)};
}

}  // namespace

DemoServer::DemoServer(const BenchOptions& options)
    : scratch_(options.dir),
      process_(std::make_unique<ChildProcess>(
          std::vector<std::string>{options.program,
                                   "serve",
                                   "--demo",
                                   "--port",
                                   "0",
                                   "--data",
                                   scratch_.path() + "/data",
                                   "--log-level",
                                   "error",
                                   "--password-memory-kib",
                                   "8",
                                   "--password-passes",
                                   "1",
                                   "--calls-per-s",
                                   much,
                                   "--calls-burst",
                                   much,
                                   "--sessions-per-person-max",
                                   much,
                                   "--connections-per-address-max",
                                   much},
          std::vector<std::string>{std::string("DUBAN_DEMO_PASSWORD=") + bench_password})) {}

Result<std::unique_ptr<DemoServer>> DemoServer::start(const BenchOptions& options) {
    std::unique_ptr<DemoServer> server(new DemoServer(options));
    Status ready = server->wait_until_ready();
    if (ready) ready = server->issue_tasks();
    if (!ready) return tl::unexpected<Error>(ready.error());
    return server;
}

Status DemoServer::wait_until_ready() {
    const auto greeting = process_->read_to_line_with("listens on ");
    if (!greeting) return tl::unexpected<Error>(greeting.error());
    const std::size_t colon = greeting->rfind(':');
    port_ = static_cast<std::uint16_t>(std::stoul(greeting->substr(colon + 1)));
    return {};
}

Result<std::string> DemoServer::token_of(const std::string& person) {
    std::string& token = tokens_[person];
    if (!token.empty()) return token;
    HttpClient client(url_of(port_));
    const auto answer = client.login(person, bench_password);
    if (!answer) return fail(Errc::internal, "log-in of " + person + ": " + answer.error().message);
    token = client.token();
    return token;
}

Status DemoServer::issue_tasks() {
    const auto token = token_of("office.clerk");
    if (!token) return tl::unexpected<Error>(token.error());
    HttpClient client(url_of(port_));
    client.set_token(*token);
    for (std::size_t i = 0; i < demo_tasks().size(); ++i) {
        const auto issued =
            client.call("task.issue", {{"command_id", new_command(1'000'000'000 + i)},
                                       {"task", to_string(demo_task_id(i))},
                                       {"due", "2099-12-31"}});
        if (!issued) return fail(Errc::internal, "task.issue: " + issued.error().message);
    }
    return {};
}

Result<std::unique_ptr<WebsocketPeer>> DemoServer::connect(const std::string& person) {
    const auto token = token_of(person);
    if (!token) return tl::unexpected<Error>(token.error());
    return WebsocketPeer::connect(port_, *token);
}

std::string draft_call(std::size_t index, std::uint64_t number) {
    const ReportContent content = some_report(number);
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(number) +
           R"(,"method":"report.save","params":{"command_id":")" + new_command(number) +
           R"(","task":")" + to_string(demo_task_id(index)) + R"(","period":")" + content.period +
           R"(","summary":")" + content.summary + R"(","problems":")" + content.problems +
           R"(","next_steps":")" + content.next_steps + R"("}})";
}

}  // namespace duban
