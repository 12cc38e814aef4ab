#include "server/io/blocking_pool.h"

#include <spdlog/spdlog.h>

#include <exception>
#include <utility>

namespace duban {

BlockingPool::BlockingPool(std::size_t threads, std::size_t queued_max) : queued_max_(queued_max) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work_off(); });
}

BlockingPool::~BlockingPool() {
    stop();
}

bool BlockingPool::run(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= queued_max_) return false;
        queue_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
}

void BlockingPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void BlockingPool::work_off() {
    while (true) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        try {
            work();
        } catch (const std::exception& fault) {
            spdlog::error("pool: work ended with an exception: {}", fault.what());
        }
    }
}

}  // namespace duban
