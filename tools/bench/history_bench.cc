// What a command costs on a task whose report was returned and revised many times, beside a task
// whose report never was. One command at a time on a directory in memory, so that what is measured
// is deciding, folding and writing, and not the disk's sync.
#include "domain/approval/approval_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "tools/bench/bench.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/process_use.h"
#include "tools/bench/scratch_directory.h"
#include "tools/bench/slots_bench.h"

namespace duban {
namespace {

// A task of the demonstration with one report, which waits for the section's decision.
struct RevisedTask {
    std::size_t index = 0;
    std::uint32_t revision = 1;

    [[nodiscard]] TaskId id() const { return demo_task_id(index); }
    [[nodiscard]] ApprovalId approval() const { return ApprovalId{id(), 1}; }
    // The same digest in every task, since nothing compares reports of two.
    [[nodiscard]] Digest digest() const { return report_digest(revision); }
};

CommandRequest approve_request(Node& node, const RevisedTask& task) {
    return request_of(node, lead_person(task.index, "section"),
                      ApproveSlot{task.approval(), "", "", task.revision, task.digest(), "同意"});
}

CommandRequest return_request(Node& node, const RevisedTask& task, const char* role,
                              const char* to) {
    return request_of(node, lead_person(task.index, role),
                      ReturnSlot{task.approval(), "", "", task.revision, task.digest(), to,
                                 std::nullopt, "请补充"});
}

Status submit(Node& node, const RevisedTask& task) {
    const PersonId clerk = lead_person(task.index, "clerk");
    if (Status done = give_one(node, request_of(node, clerk, SignAssignment{task.id(), {}}));
        !done) {
        return done;
    }
    return give_one(node,
                    request_of(node, clerk, SubmitReport{task.id(), {}, some_report(task.revision)},
                               task.digest()));
}

Status revise(Node& node, RevisedTask& task) {
    if (Status done = give_one(node, return_request(node, task, "section", "start")); !done) {
        return done;
    }
    ++task.revision;
    const ReviseReport command{ReportId{task.id(), 1}, some_report(task.revision)};
    return give_one(node,
                    request_of(node, lead_person(task.index, "clerk"), command, task.digest()));
}

Status prepare(Node& node, RevisedTask& task, std::uint32_t revisions) {
    if (Status done = submit(node, task); !done) return done;
    for (std::uint32_t i = 0; i < revisions; ++i) {
        if (Status done = revise(node, task); !done) return done;
    }
    return {};
}

Status give_saves(Node& node, const RevisedTask& task, std::size_t count) {
    std::vector<CommandRequest> requests;
    for (std::size_t i = 0; i < count; ++i) {
        requests.push_back(request_of(node, lead_person(task.index, "clerk"),
                                      SaveReport{task.id(), {}, some_report(i)}));
    }
    return give_all(node, std::move(requests), 1);
}

// Approvals by the section, each undone by the head who returns it to the step before.
Status give_decisions(Node& node, const RevisedTask& task, std::size_t count) {
    std::vector<CommandRequest> requests;
    for (std::size_t i = 0; i < count; i += 2) {
        requests.push_back(approve_request(node, task));
        requests.push_back(return_request(node, task, "head", "prev"));
    }
    return give_all(node, std::move(requests), 1);
}

struct CommandCost {
    double wall_us = 0;
    double cpu_us = 0;
};

template <class Give>
Result<CommandCost> cost_of(Node& node, const RevisedTask& task, std::size_t count, Give give) {
    const Stopwatch watch;
    if (Status given = give(node, task, count); !given) {
        return tl::unexpected<Error>(given.error());
    }
    const auto each = static_cast<double>(count);
    return CommandCost{watch.wall_s() * 1e6 / each, watch.cpu_s() * 1e6 / each};
}

// One command of each kind on every task, beside the first task.
template <class Give>
Status measure_all(Node& node, const std::vector<RevisedTask>& tasks, const char* name,
                   std::size_t count, Give give, Figures& figures) {
    double first_us = 0;
    for (const RevisedTask& task : tasks) {
        const auto cost = cost_of(node, task, count, give);
        if (!cost) return tl::unexpected<Error>(cost.error());
        const std::uint32_t revisions = task.revision - 1;
        const std::string title = name + (", " + std::to_string(revisions)) + " returned";
        figures.add(title + ": elapsed", "us", cost->wall_us);
        figures.add(title + ": processor", "us", cost->cpu_us);
        if (revisions == 0) first_us = cost->cpu_us;
        if (revisions > 0)
            figures.add(title + ": processor / that of 0", "", cost->cpu_us / first_us);
    }
    return {};
}

}  // namespace

Status bench_history(const BenchOptions& options, Figures& figures) {
    const std::vector<std::uint32_t> revisions = size_of(
        options, std::vector<std::uint32_t>{0, 100, 1000}, std::vector<std::uint32_t>{0, 10, 50});
    const ScratchDirectory scratch(options.memory_dir);
    const auto node = open_demo(scratch.path() + "/data");
    if (!node) return tl::unexpected<Error>(node.error());
    std::vector<RevisedTask> tasks(revisions.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        tasks[i].index = i;
        if (Status done = prepare(**node, tasks[i], revisions[i]); !done) return done;
    }
    // The first commands of a kind meet cold caches, and the first task would pay for all.
    Figures warming;
    Status warm = measure_all(**node, tasks, "", 10, give_saves, warming);
    if (warm) warm = measure_all(**node, tasks, "", 2, give_decisions, warming);
    if (!warm) return warm;
    for (std::size_t i = 0; i < options.repeat; ++i) {
        Status done = measure_all(**node, tasks, "report.save", 40, give_saves, figures);
        if (done) done = measure_all(**node, tasks, "decision", 10, give_decisions, figures);
        if (!done) return done;
    }
    figures.note("a decision: approval.approve and approval.return in turn, 10 a repeat.");
    return bench_slots(**node, {}, options, figures);
}

}  // namespace duban
