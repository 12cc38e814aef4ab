// LiveConnection: an open socket as its worker sees it. Held by the worker through shared_ptr
// from IoWorker::add until it calls IoWorker::remove.
// Strand-confined: every member is called on the worker's thread. Non-blocking.
#pragma once

#include <chrono>
#include <cstddef>

namespace duban {

class LiveConnection {
public:
    virtual ~LiveConnection() = default;
    virtual void on_published() {}
    virtual void on_tick(std::chrono::steady_clock::time_point now) = 0;
    // Finish what is under way, then close.
    virtual void on_drain() = 0;
    // Close at once.
    virtual void abort() = 0;

private:
    friend class IoWorker;
    std::size_t slot_ = 0;  // where the worker holds it
};

}  // namespace duban
