// Subscribers to all events while drafts are saved at a steady rate: what a delivery costs the
// server and how long after the command was sent it arrives. Where the machine cannot keep up, the
// subscribers fall behind; the part that came within the run says so.
#include <map>

#include "tools/bench/bench.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/draft_writers.h"
#include "tools/bench/percentiles.h"
#include "tools/bench/process_use.h"
#include "tools/bench/subscribers.h"

namespace duban {
namespace {

constexpr std::size_t writers_count = 64;
constexpr std::size_t in_flight_max = 32;
constexpr const char* subscribed_unit = "jtj";

struct FanoutLoad {
    std::size_t subscribers = 0;
    double events_per_s = 0;
};

// A draft is seen by its own unit alone: only tasks of the subscribers' unit are written on.
std::vector<std::size_t> tasks_of_unit() {
    std::vector<std::size_t> tasks;
    for (std::size_t i = 0; i < demo_tasks().size(); ++i) {
        if (demo_tasks()[i].lead.value == subscribed_unit) tasks.push_back(i);
    }
    return tasks;
}

// Gives calls at the rate as far as the server's limit of calls in flight lets it.
class SteadyLoad {
public:
    SteadyLoad(PeerLoop& loop, DraftWriters& writers, Subscribers& subscribers)
        : loop_(loop), writers_(writers), subscribers_(subscribers) {}

    Status run(double events_per_s, double seconds) {
        const Stopwatch watch;
        const std::uint64_t before = writers_.given();
        while (watch.wall_s() < seconds) {
            const auto due = static_cast<std::uint64_t>(watch.wall_s() * events_per_s);
            give(before + due);
            Status taken;
            Status ran = loop_.run_once(1, [&](std::size_t peer, std::string_view text) {
                if (!writers_.owns(peer)) return subscribers_.take(peer, text, writers_);
                if (Status one = writers_.take_answer(peer, text); !one) taken = one;
            });
            if (!ran) return ran;
            if (!taken) return taken;
        }
        return {};
    }

private:
    // Until so many were given, or no writer may have more.
    void give(std::uint64_t until) {
        for (std::size_t busy = 0; writers_.given() < until && busy < writers_.size();) {
            next_ = (next_ + 1) % writers_.size();
            if (writers_.in_flight(next_) >= in_flight_max) {
                ++busy;
                continue;
            }
            busy = 0;
            writers_.give(next_);
            loop_.flush(next_);
        }
    }

    PeerLoop& loop_;
    DraftWriters& writers_;
    Subscribers& subscribers_;
    std::size_t next_ = 0;
};

struct FanoutCost {
    double wall_s = 0;
    double server_s = 0;
    double generator_s = 0;
    double events = 0;
    double deliveries = 0;
    std::vector<double> latencies_ms;
};

Result<FanoutCost> run_fanout(const BenchOptions& options, const FanoutLoad& load) {
    const auto server = DemoServer::start(options);
    if (!server) return tl::unexpected<Error>(server.error());
    PeerLoop loop;
    DraftWriters writers(**server, loop);
    Subscribers subscribers;
    Status ready = writers.connect(writers_count, tasks_of_unit());
    if (ready) {
        ready = subscribers.connect(**server, loop, load.subscribers,
                                    std::string(subscribed_unit) + ".section");
    }
    SteadyLoad steady(loop, writers, subscribers);
    if (ready) ready = steady.run(load.events_per_s, size_of(options, 1.0, 0.2));
    if (!ready) return tl::unexpected<Error>(ready.error());

    FanoutCost cost;
    (void)subscribers.take_latencies_ms();
    const std::uint64_t answered = writers.answered();
    const std::uint64_t delivered = subscribers.deliveries();
    const double server_before = cpu_s_of((*server)->process());
    const Stopwatch watch;
    if (Status ran = steady.run(load.events_per_s, size_of(options, 5.0, 0.5)); !ran) {
        return tl::unexpected<Error>(ran.error());
    }
    cost.wall_s = watch.wall_s();
    cost.generator_s = watch.cpu_s();
    cost.server_s = cpu_s_of((*server)->process()) - server_before;
    cost.events = static_cast<double>(writers.answered() - answered);
    cost.deliveries = static_cast<double>(subscribers.deliveries() - delivered);
    cost.latencies_ms = subscribers.take_latencies_ms();
    return cost;
}

// `alone_s` is the server's processor time of one event without any subscriber.
void add_figures(const FanoutLoad& load, const FanoutCost& cost, double alone_s, Figures& figures) {
    const std::string name = std::to_string(load.subscribers) + " subscribers, " +
                             std::to_string(static_cast<int>(load.events_per_s)) + "/s: ";
    figures.add(name + "events came", "events/s", cost.events / cost.wall_s);
    if (load.subscribers == 0) {
        figures.add(name + "server's processor", "us/event", alone_s * 1e6);
        return;
    }
    const double wanted = cost.events * static_cast<double>(load.subscribers);
    figures.add(name + "delivered within the run", "of 1", cost.deliveries / wanted);
    figures.add(name + "deliveries", "/s", cost.deliveries / cost.wall_s);
    figures.add(name + "server's processor", "us/delivery",
                (cost.server_s - alone_s * cost.events) * 1e6 / cost.deliveries);
    figures.add(name + "server's processor, all", "cores", cost.server_s / cost.wall_s);
    figures.add(name + "generator's processor", "cores", cost.generator_s / cost.wall_s);
    figures.add(name + "arrival, half of them", "ms", percentile(cost.latencies_ms, 0.5));
    figures.add(name + "arrival, 99 of 100", "ms", percentile(cost.latencies_ms, 0.99));
}

}  // namespace

Status bench_fanout(const BenchOptions& options, Figures& figures) {
    const std::vector<std::size_t> counts =
        size_of(options, std::vector<std::size_t>{0, 500, 1000}, std::vector<std::size_t>{0, 50});
    for (std::size_t i = 0; i < options.repeat; ++i) {
        std::map<double, double> alone_s;  // by rate
        for (const std::size_t subscribers : counts) {
            for (const double rate : {50.0, 800.0, 4000.0}) {
                const FanoutLoad load{subscribers, rate};
                const auto cost = run_fanout(options, load);
                if (!cost) return tl::unexpected<Error>(cost.error());
                if (subscribers == 0) alone_s[rate] = cost->server_s / cost->events;
                add_figures(load, *cost, alone_s[rate], figures);
            }
        }
    }
    figures.note("us/delivery: without what the same events cost when nobody subscribes.");
    figures.note("arrival: since the command was sent, at every 20th subscriber.");
    return {};
}

}  // namespace duban
