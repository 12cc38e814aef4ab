// BlockingPool: threads for work that waits for the disk or costs CPU, behind a bounded queue.
// Not an executor: what comes back to a connection is posted there by the work itself.
// Thread-safety: safe for concurrent use. run() does not block; stop() waits for work in progress.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace duban {

class BlockingPool {
public:
    BlockingPool(std::size_t threads, std::size_t queued_max);
    ~BlockingPool();
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    // False, with nothing done, when the queue is full or the pool has stopped.
    [[nodiscard]] bool run(std::function<void()> work);
    // Finishes what is queued, then joins. Idempotent.
    void stop();

private:
    void work_off();

    std::size_t queued_max_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace duban
