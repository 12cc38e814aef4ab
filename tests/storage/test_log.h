// TestLog: a committer of one thread for tests: decides commands, folds, and appends each as one
// batch to an embedded log in memory. The clock goes on by a minute with each command.
// Thread-safety: one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/base/command.h"
#include "domain/base/decide.h"
#include "storage/fold/projection.h"
#include "storage/log/embedded_log.h"
#include "tests/support/faulty_env.h"

namespace duban {

class TestLog {
public:
    TestLog();

    // One batch with the command's events and answer; with the answer alone when it is refused.
    [[nodiscard]] Status run(const std::string& actor, const Command& command);
    // The same, and the command has to be accepted.
    void does(const std::string& actor, const Command& command);
    // Batches of several commands: those after begin() go into one, which end() appends.
    void begin();
    void end();
    // Ends the batch without appending it.
    void seal();

    // Units jtj, jzy, rsj and the fixed ones with a clerk, a section and a head each, named such as
    // "jtj.clerk"; the default route; plan "p" with task 1 (lead jtj, co jzy) and task 2 (lead
    // rsj).
    void set_up();
    // Task p/1 issued and signed in by jtj.
    void issue_and_sign();
    // The lead's report of 2026-09 on p/1.
    void submit_report();
    // The first open slot of approval p/1/a<no> is approved by whoever sits there.
    void approve(std::uint32_t no = 1);
    // The actor returns it from his slot to where the route says first.
    void send_back(const std::string& actor, std::uint32_t no = 1);

    // Closes the database and opens it again with a fresh World.
    void reopen();
    // Closes it only.
    void close();

    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] Snapshot snapshot() const { return Snapshot(*database_); }
    [[nodiscard]] EmbeddedLog& log() { return *log_; }
    [[nodiscard]] World& world() { return projection_->world(); }
    [[nodiscard]] Projection& projection() { return *projection_; }
    [[nodiscard]] const TaskState& task(std::uint32_t no = 1);
    [[nodiscard]] FaultyEnv& env() { return env_; }

    Timestamp now{1'788'224'400'000};  // 2026-09-01, 9 o'clock at the office

private:
    [[nodiscard]] Result<Decision> decide_command(const std::string& actor, const Command& command);
    void add_events(const std::string& actor, const CommandId& id, Decision decision);
    [[nodiscard]] Status append();

    FaultyEnv env_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Projection> projection_;
    std::unique_ptr<EmbeddedLog> log_;
    LogBatch batch_;
    bool collecting_ = false;
    std::uint64_t commands_ = 0;
};

inline const TaskId first_task{PlanId("p"), 1};

// What a test does not expect to fail.
template <class T>
T value_of(Result<T> result) {
    if (!result) assertion_failed(result.error().detail.c_str(), __FILE__, __LINE__);
    return std::move(*result);
}
inline void expect_ok(const Status& status) {
    if (!status) assertion_failed(status.error().detail.c_str(), __FILE__, __LINE__);
}

// Every row of a family.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> rows_of(const Snapshot& snapshot,
                                                                       Family family);

}  // namespace duban
