#include "commit/timer_runner.h"

#include <spdlog/spdlog.h>
#include <future>
#include <utility>
#include <vector>

#include "storage/codec/digest.h"
#include "storage/fold/timers.h"
#include "storage/views/task_view.h"

namespace duban {

namespace {

constexpr std::int64_t minute_ms = 60'000;

}  // namespace

CommandRequest timer_command(const Timer& timer, std::uint64_t task_version, Timestamp now) {
    const std::string kind(enum_name(timer.kind));
    const std::string name = "timer/" + name_of(timer) + "/" + to_string(timer.task) + "/" +
                             to_string(timer.at) + "/" + std::to_string(task_version) + "/" +
                             std::to_string(now.ms / minute_ms);
    CommandRequest request;
    request.id = CommandId(name);
    request.content = digest_of(name);
    request.actor = PersonId(system_actor);
    request.command = command_of(timer);
    request.access.time = now;
    request.access.person = request.actor;
    request.access.method = "timer." + kind;
    request.access.object = to_string(timer.task);
    request.access.command = request.id;
    return request;
}

TimerRunner::TimerRunner(const Database& database, CommandSink& commands, const Clock& clock)
    : database_(database), commands_(commands), clock_(clock) {}

TimerRunner::~TimerRunner() {
    stop();
}

void TimerRunner::start() {
    thread_ = std::thread([this] { run(); });
}

void TimerRunner::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void TimerRunner::run() {
    while (true) {
        if (const Status fired = fire_due(); !fired) {
            spdlog::error("timers cannot be read: {}", fired.error().detail);
        }
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, poll_interval, [this] { return stopping_; })) return;
    }
}

Status TimerRunner::fire_due() {
    const Timestamp now = clock_.now();
    std::vector<CommandRequest> due;
    {
        const Snapshot snapshot(database_);
        const auto timers = due_timers(snapshot, now, timers_per_poll_max);
        if (!timers) return tl::unexpected<Error>(timers.error());
        for (const Timer& timer : *timers) {
            const auto task = read_task(snapshot, timer.task);
            // A task that cannot be read is told by the reader, once; its timers stand still.
            if (!task && task.error().code == Errc::corrupt) continue;
            if (!task) return tl::unexpected<Error>(task.error());
            due.push_back(timer_command(timer, task->version, now));
        }
    }
    std::vector<std::future<void>> answers;
    for (CommandRequest& request : due) {
        auto answered = std::make_shared<std::promise<void>>();
        answers.push_back(answered->get_future());
        commands_.submit(std::move(request), [answered](const auto& outcome, bool) {
            if (!outcome) spdlog::warn("a timer's command failed: {}", outcome.error().detail);
            answered->set_value();
        });
    }
    for (auto& answer : answers) answer.wait();
    return {};
}

}  // namespace duban
