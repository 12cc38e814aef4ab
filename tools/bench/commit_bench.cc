// Commands through the real committer on the disk, and beside them the very batches that they made,
// written once more to an empty database by a loop that does nothing else. What is lost between the
// two is what deciding, folding and encoding cost beyond what the disk lets one do meanwhile.
#include "tools/bench/bench.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/process_use.h"
#include "tools/bench/rocks.h"
#include "tools/bench/scratch_directory.h"

namespace duban {
namespace {

struct CommitLoad {
    std::size_t window = 0;
    std::uint64_t commands = 0;
};

struct CommitCost {
    double wall_s = 0;
    double cpu_s = 0;
};

// `first` is the number of the first draft, so that no two are alike.
Result<CommitCost> give_drafts(const std::string& data, const CommitLoad& load,
                               std::uint64_t first) {
    const auto node = open_demo(data);
    if (!node) return tl::unexpected<Error>(node.error());
    std::vector<CommandRequest> requests;
    for (std::uint64_t i = 0; i < load.commands; ++i) {
        requests.push_back(draft_request(**node, first + i));
    }
    const Stopwatch watch;
    if (Status given = give_all(**node, std::move(requests), load.window); !given) {
        return tl::unexpected<Error>(given.error());
    }
    return CommitCost{watch.wall_s(), watch.cpu_s()};
}

void add_figures(const CommitLoad& load, const CommitCost& cost, const RecordedBatches& recorded,
                 double bare_s, Figures& figures) {
    const std::string name = std::to_string(load.window) + " in flight";
    const auto commands = static_cast<double>(load.commands);
    const auto batches = static_cast<double>(recorded.batches.size());
    figures.add(name + ": committer", "commands/s", commands / cost.wall_s);
    figures.add(name + ": bare, the same batches", "commands/s", commands / bare_s);
    figures.add(name + ": committer / bare", "", bare_s / cost.wall_s);
    figures.add(name + ": processor time", "us/command", cost.cpu_s * 1e6 / commands);
    figures.add(name + ": commands of a batch", "", commands / batches);
    figures.add(name + ": rows", "/command", static_cast<double>(recorded.rows) / commands);
    figures.add(name + ": bytes", "/command", static_cast<double>(recorded.bytes) / commands);
}

Status measure(const BenchOptions& options, const std::string& data, const CommitLoad& load,
               std::uint64_t first, Figures& figures) {
    const auto before = last_row(data);
    if (!before) return tl::unexpected<Error>(before.error());
    const auto cost = give_drafts(data, load, first);
    if (!cost) return tl::unexpected<Error>(cost.error());
    const auto recorded = batches_after(data, *before);
    if (!recorded) return tl::unexpected<Error>(recorded.error());
    const ScratchDirectory beside(options.dir);
    const auto bare_s = write_bare(beside.path(), *recorded);
    if (!bare_s) return tl::unexpected<Error>(bare_s.error());
    add_figures(load, *cost, *recorded, *bare_s, figures);
    return {};
}

}  // namespace

Status bench_commit(const BenchOptions& options, Figures& figures) {
    const std::array<CommitLoad, 2> loads = {
        {{1, size_of(options, 1'000UL, 100UL)}, {256, size_of(options, 5'000UL, 500UL)}}};
    const ScratchDirectory scratch(options.dir);
    const std::string data = scratch.path() + "/data";
    if (const auto node = open_demo(data); !node) return tl::unexpected<Error>(node.error());
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < options.repeat; ++i) {
        for (const CommitLoad& load : loads) {
            if (Status done = measure(options, data, load, first, figures); !done) return done;
            first += load.commands;
        }
    }
    figures.note("bare: one thread, an empty database with the server's options, a sync a batch.");
    return {};
}

}  // namespace duban
