// call_on_pool: work on the pool, its result back on the worker's thread.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <spdlog/spdlog.h>

#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "server/http/server_context.h"
#include "server/io/io_worker.h"

namespace duban {

// What `work` gives, or `internal` when it throws: whoever waits for it is answered all the same.
template <class Value, class Work>
[[nodiscard]] Value run_for_answer(Work& work) {
    try {
        return work();
    } catch (const std::exception& fault) {
        spdlog::error("pool: work ended with an exception: {}", fault.what());
        return fail(Errc::internal, "the server failed");
    }
}

// Runs `work()`, which gives a Result or Status, on the pool and then `then(result)` on the
// poster's thread. False, with nothing done, when the pool is full. Requires: both are copyable;
// what they share is used by one at a time.
template <class Work, class Then>
[[nodiscard]] bool call_on_pool(ServerContext& context, IoWorker::Poster post, Work work,
                                Then then) {
    using Value = decltype(work());
    return context.run_blocking(
        [post = std::move(post), work = std::move(work), then = std::move(then)]() mutable {
            auto value = std::make_shared<Value>(run_for_answer<Value>(work));
            post([value = std::move(value), then = std::move(then)]() mutable {
                then(std::move(*value));
            });
        });
}

}  // namespace duban
