// A long log: how fast it is written with large batches, what it takes on the disk, how fast the
// views are rebuilt from it and how fast, and in how much memory, `duban check` verifies it.
#include <algorithm>

#include "storage/check/rebuild.h"
#include "tools/bench/bench.h"
#include "tools/bench/child_process.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/process_use.h"
#include "tools/bench/rocks.h"
#include "tools/bench/scratch_directory.h"

namespace duban {
namespace {

constexpr std::uint64_t made_at_once = 4'096;
constexpr std::size_t replay_window = 2'048;
constexpr double mebibyte = 1024.0 * 1024.0;

// The number of events in the log afterwards.
Result<double> write_log(const std::string& data, std::uint64_t drafts, Figures& figures) {
    const auto node = open_demo(data);
    if (!node) return tl::unexpected<Error>(node.error());
    const Stopwatch watch;
    for (std::uint64_t made = 0; made < drafts; made += made_at_once) {
        std::vector<CommandRequest> requests;
        for (std::uint64_t i = made; i < std::min(drafts, made + made_at_once); ++i) {
            requests.push_back(draft_request(**node, i));
        }
        if (Status given = give_all(**node, std::move(requests), replay_window); !given) {
            return tl::unexpected<Error>(given.error());
        }
    }
    figures.add("writing", "events/s", static_cast<double>(drafts) / watch.wall_s());
    return static_cast<double>((*node)->head().next().value);
}

Status measure_rebuild(const std::string& data, double events, Figures& figures) {
    const auto database = Database::open({data, false, nullptr});
    if (!database) return tl::unexpected<Error>(database.error());
    const Stopwatch watch;
    const auto rebuilt = rebuild_views(**database);
    const double wall_s = watch.wall_s();
    const double cpu_s = watch.cpu_s();
    if (!rebuilt) return tl::unexpected<Error>(rebuilt.error());
    if (!rebuilt->equal()) return fail(Errc::internal, "the rebuilt views differ");
    figures.add("rebuild_views", "events/s", events / wall_s);
    figures.add("rebuild_views: processor", "us/event", cpu_s * 1e6 / events);
    return {};
}

Status measure_check(const BenchOptions& options, const std::string& data, double events,
                     Figures& figures) {
    const ChildEnd check = run_child({options.program, "check", "--data", data});
    if (check.code != 0) return fail(Errc::internal, "duban check found: " + check.output);
    figures.add("duban check", "events/s", events / check.wall_s);
    figures.add("duban check: processor", "us/event", check.cpu_s * 1e6 / events);
    figures.add("duban check: peak memory", "MiB",
                static_cast<double>(check.rss_peak_bytes) / mebibyte);
    return {};
}

}  // namespace

Status bench_replay(const BenchOptions& options, Figures& figures) {
    const ScratchDirectory scratch(options.dir);
    const std::string data = scratch.path() + "/data";
    const auto events = write_log(data, size_of(options, 150'000UL, 3'000UL), figures);
    if (!events) return tl::unexpected<Error>(events.error());
    const auto bytes_each = [&] { return static_cast<double>(disk_bytes(data)) / *events; };
    figures.add("events of the log", "", *events);
    figures.add("on the disk as the run left it", "bytes/event", bytes_each());
    if (Status done = compact(data); !done) return done;
    figures.add("on the disk, compacted", "bytes/event", bytes_each());
    for (std::size_t i = 0; i < options.repeat; ++i) {
        if (Status done = measure_rebuild(data, *events, figures); !done) return done;
        if (Status done = measure_check(options, data, *events, figures); !done) return done;
    }
    return {};
}

}  // namespace duban
