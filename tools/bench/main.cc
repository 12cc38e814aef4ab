// duban_bench: measures the server as it is built, and prints what it cost. docs/performance.md
// says what is to be learned from it.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "tools/bench/bench.h"
#include "tools/bench/machine.h"

namespace duban {
namespace {

constexpr std::size_t repeat_default = 5;

struct Asked {
    std::vector<std::string> names;
    bool json = false;
    std::size_t repeat = 0;  // 0: not said
    BenchOptions options;
};

std::string listing() {
    std::string text;
    for (const Bench& bench : benches) {
        const std::string name = bench.name;
        text += name + std::string(10 - name.size(), ' ') + bench.text + "\n";
    }
    return text;
}

void add_options(CLI::App& app, Asked& asked) {
    app.add_option("NAME", asked.names, "What to measure; `list` tells what there is")->required();
    app.add_flag("--json", asked.json, "Print one JSON object instead of lines");
    app.add_option("--repeat", asked.repeat, "How often each is measured; 5, with --quick 1")
        ->check(CLI::Range(1, 1000));
    app.add_flag("--quick", asked.options.quick, "Small sizes: does it work?");
    app.add_option("--dir", asked.options.dir,
                   "Where data directories are made; a real disk, since syncs count")
        ->capture_default_str();
    app.add_option("--memory-dir", asked.options.memory_dir,
                   "Where those are made whose syncs shall cost nothing")
        ->capture_default_str();
    app.add_option("--program", asked.options.program, "The server")->capture_default_str();
}

const Bench* find_bench(const std::string& name) {
    const auto found = std::find_if(benches.begin(), benches.end(),
                                    [&](const Bench& bench) { return name == bench.name; });
    return found == benches.end() ? nullptr : &*found;
}

int run_benches(const Asked& asked) {
    for (const std::string& name : asked.names) {
        if (find_bench(name) != nullptr) continue;
        std::fprintf(stderr, "duban_bench: there is no bench '%s'; these are:\n%s", name.c_str(),
                     listing().c_str());
        return 2;
    }
    const Machine machine = this_machine(asked.options.dir);
    if (!asked.json) std::printf("%s", machine_text(machine).c_str());
    Figures figures;
    for (const std::string& name : asked.names) {
        figures.begin(name);
        if (const Status done = find_bench(name)->run(asked.options, figures); !done) {
            std::fprintf(stderr, "duban_bench: %s: %s\n", name.c_str(),
                         done.error().detail.c_str());
            return 1;
        }
        if (!asked.json) std::printf("\n%s", figures.text().c_str());
        std::fflush(stdout);
    }
    if (asked.json) std::printf("%s", figures.json(machine).c_str());
    return 0;
}

int run(int count, char** arguments) {
    spdlog::set_level(spdlog::level::warn);
    CLI::App app("Measures Duban: what commands, replay and subscriptions cost", "duban_bench");
    Asked asked;
    asked.options.dir = "/var/tmp";
    asked.options.program = program_directory() + "/duban";
    add_options(app, asked);
    CLI11_PARSE(app, count, arguments);
    if (asked.names == std::vector<std::string>{"list"}) {
        std::printf("%s", listing().c_str());
        return 0;
    }
    asked.options.repeat = asked.repeat > 0      ? asked.repeat
                           : asked.options.quick ? 1
                                                 : repeat_default;
    return run_benches(asked);
}

}  // namespace
}  // namespace duban

int main(int count, char** arguments) {
    return duban::run(count, arguments);
}
