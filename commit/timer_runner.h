// TimerRunner: turns due timers into ordinary commands of the actor `system`. The timers themselves
// are in storage; what a timer leads to is an event, and that event disarms it.
// Not exact: a timer fires within poll_interval of its moment, or at the next start after it.
// Does not own what it is given. Thread-safety: start and stop by one thread; runs a thread of its
// own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "commit/clock.h"
#include "commit/command_sink.h"
#include "domain/task/react.h"
#include "storage/rocks/database.h"

namespace duban {

class TimerRunner {
public:
    static constexpr std::chrono::milliseconds poll_interval{1000};
    static constexpr std::size_t timers_per_poll_max = 256;

    TimerRunner(const Database& database, CommandSink& commands, const Clock& clock);
    ~TimerRunner();  // stops

    void start();
    void stop();

    // Submits the command of every timer that is due, and waits for the answers. A timer that
    // cannot be read, or whose task cannot, stands still by itself. Errors: storage_failed,
    // unsupported. Blocking.
    [[nodiscard]] Status fire_due();

private:
    void run();

    const Database& database_;
    CommandSink& commands_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

// The command of a timer that is due `now` on a task of that version. The id names timer, version
// and minute, so that the same firing is one command however often it is sent, and one that was
// decided under a clock set back meanwhile does not stand in the way of a later one.
[[nodiscard]] CommandRequest timer_command(const Timer& timer, std::uint64_t task_version,
                                           Timestamp now);

}  // namespace duban
