#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "commit/checkpointer.h"
#include "commit/timer_runner.h"
#include "server/http/api_port.h"
#include "server/http/blob_access.h"
#include "server/http/log_files.h"
#include "server/io/blocking_pool.h"
#include "server/ops/counted_commands.h"
#include "server/ops/descriptors.h"
#include "server/ops/node.h"
#include "storage/rocks/row_faults.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/demo.h"
#include "tools/cli/terminal.h"

namespace duban {
namespace {

constexpr std::size_t pool_queue_max = 1024;
// A hundred log-ins are hashed within the wait that a call is given.
constexpr std::size_t hashing_threads = 1;
constexpr std::size_t hashing_queue_max = 100;

// Signals are taken by this thread alone; the threads that start later inherit the mask.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void wait_for_stop(const sigset_t& signals) {
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("serve: signal {}, stopping", signal);
}

std::string address_of(const std::string& host, std::uint16_t port) {
    const std::string shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host;
    const bool ipv6 = shown.find(':') != std::string::npos;
    return "http://" + (ipv6 ? "[" + shown + "]" : shown) + ":" + std::to_string(port);
}

void warn_of_cheap_passwords(const PasswordCost& cost) {
    const PasswordCost usual;
    if (cost.memory_kib >= usual.memory_kib && cost.passes >= usual.passes) return;
    spdlog::warn(
        "serve: passwords are hashed with {} KiB and {} passes, less than the {} and {}"
        " of the default",
        cost.memory_kib, cost.passes, usual.memory_kib, usual.passes);
}

// The page that was asked for, or the one that a build has put beside the program's folder.
Result<WebFiles> page_of(const ServeConfig& config) {
    if (!config.web.empty()) return WebFiles::load(config.web);
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto built = program.parent_path().parent_path() / "web";
    if (error || !std::filesystem::exists(built / "index.html", error)) return WebFiles();
    return WebFiles::load(built.string());
}

// The server over a node, in the order in which it is taken down: front, pool, timers.
class Front {
public:
    Front(Node& node, const ServeConfig& config, Metrics& metrics)
        : node_(node),
          commands_(node.commands(), metrics),
          pool_(config.pool_threads, pool_queue_max),
          hashing_(hashing_threads, hashing_queue_max),
          context_(context_of(node, commands_, config, pool_, hashing_)),
          dispatcher_(context_),
          port_(context_, dispatcher_),
          access_(context_),
          log_files_(node.database(), node.head(), node.clock()),
          server_(ServerParts{port_, node.blobs(), access_, node.clock(), metrics,
                              context_.run_blocking,
                              [&node] { node.head().expire(node.clock().steady()); },
                              context_.messages, &log_files_},
                  config.http),
          timers_(node.database(), commands_, node.clock()) {
        if (const auto* signer = node.signer()) {
            checkpointer_.emplace(node.database(), node.head(), *signer);
            context_.checkpoints = &*checkpointer_;
        }
        metrics.watch_unreadable_rows([&node] { return node.database().row_faults().count(); });
        listener_ = node.ring().add_listener([this] { server_.wake(); });
    }
    ~Front() { stop(); }
    Front(const Front&) = delete;
    Front& operator=(const Front&) = delete;

    Status start(BoundPort port) {
        if (Status started = server_.start(std::move(port)); !started) return started;
        timers_.start();
        if (checkpointer_) checkpointer_->start();
        return {};
    }

    void stop() {
        if (stopped_) return;
        stopped_ = true;
        // What waits for a position holds its connection, which must not outlive the workers.
        node_.head().close();
        server_.stop();
        node_.ring().remove_listener(listener_);
        timers_.stop();
        hashing_.stop();
        pool_.stop();
        node_.stop();
        // Last, so that everything that was written is signed for.
        if (checkpointer_) checkpointer_->stop();
    }

    std::uint16_t port() const { return server_.port(); }

private:
    static ApiContext context_of(Node& node, CommandSink& commands, const ServeConfig& config,
                                 BlockingPool& pool, BlockingPool& hashing) {
        ApiContext context{node.database(),
                           node.blobs(),
                           commands,
                           node.ring(),
                           node.head(),
                           node.clock(),
                           node.ids(),
                           [&pool](std::function<void()> work) {
                               return pool.run(std::move(work)); },
                           ApiLimits{}};
        context.limits.message_bytes_max = std::max<std::size_t>(
            context.limits.message_bytes_max, config.http.limits.rpc_body_bytes_max);
        context.run_hashing = [&hashing](std::function<void()> work) {
            return hashing.run(std::move(work));
        };
        context.limits.blob_bytes_max = config.http.limits.blob_bytes_max;
        context.limits.sessions_max = config.sessions_per_person_max;
        context.limits.calls_per_s = config.http.limits.rpc_per_s;
        context.limits.calls_burst = config.http.limits.rpc_burst;
        context.password_cost = config.password_cost;
        return context;
    }

    Node& node_;
    CountedCommands commands_;
    BlockingPool pool_;
    BlockingPool hashing_;
    ApiContext context_;
    Dispatcher dispatcher_;
    ApiPort port_;
    StoredBlobAccess access_;
    StoredLogFiles log_files_;
    HttpServer server_;
    TimerRunner timers_;
    std::optional<Checkpointer> checkpointer_;
    std::size_t listener_ = 0;
    bool stopped_ = false;
};

Status print(const std::string& text) {
    const bool printed =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (printed) return {};
    return fail(Errc::internal,
                "standard output takes no text, and it shows what is needed to "
                "log in; nothing was set up");
}

}  // namespace

// Whatever may be refused is tried before anything is written, and what a person needs is printed
// before anything depends on it.
int run(const ServeConfig& config) {
    spdlog::set_level(spdlog::level::from_str(config.log_level));
    warn_of_cheap_passwords(config.password_cost);
    if (config.demo) {
        if (Status will_do = check_demo_password(); !will_do) {
            return report_failure(will_do.error());
        }
    }
    Result<WebFiles> page = page_of(config);
    if (!page) return report_failure(page.error());
    Result<BoundPort> port = BoundPort::listen(config.http.host, config.http.port);
    if (!port) return report_failure(port.error());
    const sigset_t signals = block_stop_signals();
    const Result<DescriptorBudget> descriptors =
        take_descriptors(config.http.limits.connections_max);
    if (!descriptors) return report_failure(descriptors.error());
    spdlog::info("serve: {} descriptors: {} for the store, {} for connections", descriptors->limit,
                 descriptors->store, descriptors->connections);
    ServeConfig fitted = config;
    fitted.http.limits.connections_max = descriptors->connections;
    fitted.http.web = std::make_shared<const WebFiles>(std::move(*page));
    Metrics metrics;
    NodeOptions options;
    options.data = config.data;
    options.create = true;
    options.read_when_unwritable = true;
    options.reserve_bytes = config.reserve_bytes;
    options.store_files_max = descriptors->store;
    options.ring_bytes_max = config.ring_bytes_max;
    options.on_commit = [&metrics](const CommitStats& stats) {
        metrics.batch(stats.events, std::chrono::duration<double>(stats.write).count());
    };
    Result<std::unique_ptr<Node>> node = Node::open(std::move(options));
    if (!node) return report_failure(node.error());
    if (config.demo) {
        const auto greet = [](const DemoPeople& people) { return print(demo_greeting(people)); };
        const Result<DemoPeople> people = set_up_demo(**node, config.password_cost, greet);
        if (!people) return report_failure(people.error());
    }
    Front front(**node, fitted, metrics);
    if (Status started = front.start(std::move(*port)); !started) {
        return report_failure(started.error());
    }
    std::printf("Duban listens on %s\n", address_of(config.http.host, front.port()).c_str());
    std::fflush(stdout);
    wait_for_stop(signals);
    front.stop();
    return 0;
}

}  // namespace duban
