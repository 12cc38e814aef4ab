// DemoServer: `duban serve` with the demonstration as a process beside this one, on a port of its
// own, all tasks issued, with limits that a load generator does not meet.
// Thread-safety: one thread at a time. Blocking: until the server answers.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "tools/bench/bench.h"
#include "tools/bench/child_process.h"
#include "tools/bench/scratch_directory.h"
#include "tools/bench/websocket_peer.h"

namespace duban {

class DemoServer {
public:
    // Errors: internal.
    [[nodiscard]] static Result<std::unique_ptr<DemoServer>> start(const BenchOptions& options);

    // A WebSocket with an open session of that person. Errors: internal.
    [[nodiscard]] Result<std::unique_ptr<WebsocketPeer>> connect(const std::string& person);
    [[nodiscard]] pid_t process() const { return process_->id(); }

private:
    explicit DemoServer(const BenchOptions& options);
    [[nodiscard]] Status wait_until_ready();
    [[nodiscard]] Result<std::string> token_of(const std::string& person);
    [[nodiscard]] Status issue_tasks();

    ScratchDirectory scratch_;
    std::unique_ptr<ChildProcess> process_;  // after the directory, which it must not survive
    std::uint16_t port_ = 0;
    std::map<std::string, std::string> tokens_;
};

// The call report.save of a draft like those of draft_request, for the task with that index.
// `number` is the call's id and makes its command id; no two calls to a server may share it.
[[nodiscard]] std::string draft_call(std::size_t index, std::uint64_t number);

}  // namespace duban
