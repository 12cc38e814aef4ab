// The rows of one task: what its state is made of, a row a part, then its history. A task's rows
// stand together under its key; the kind that follows the key orders them.
// Thread-safety: safe for concurrent use.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"

namespace duban {

// Numbers that reach disk: never reuse one. What follows in the key: nothing, or be32 numbers, or
// for a draft its unit.
enum class TaskRow : std::uint8_t {
    version = 1,
    core = 2,
    mandate = 3,
    assignment = 4,  // place in the list
    report = 5,      // number
    approval = 6,    // number: its header
    draft = 7,       // unit
    accepted = 8,    // place of the first of the values that one event accepted
    urge = 9,        // place
    hold = 10,       // place
    node = 11,       // approval, place among its nodes
    copy = 12,       // approval, place among its copies
    undo = 13,       // approval: what can be taken back in it
    extension = 14,  // number
    closing = 15,    // number
    amendment = 16,  // number
    issuing = 17,    // number
    // From here on history, which is only ever added to.
    revision = 32,         // report, revision
    content = 33,          // report, revision
    round = 34,            // approval, number among its ended rounds
    past_mandate = 35,     // number
    comment = 36,          // approval, number among its comments
    asked_extension = 37,  // extension, revision
    asked_closing = 38,    // closing, revision
    correction = 39,       // number
    asked_amendment = 40,  // amendment, revision
    asked_issuing = 41,    // issue, revision
};
inline constexpr std::uint8_t first_task_history = 32;
inline constexpr TaskRow last_task_history = TaskRow::asked_issuing;

struct TaskVersion {
    std::uint64_t version = 0;
    Timestamp changed;
};
BOOST_DESCRIBE_STRUCT(TaskVersion, (), (version, changed))

// Below the view's prefix.
[[nodiscard]] std::string task_row_key(const TaskId& task, TaskRow row);
[[nodiscard]] std::string task_row_key(const TaskId& task, TaskRow row, std::uint32_t number);
[[nodiscard]] std::string task_row_key(const TaskId& task, TaskRow row, std::uint32_t number,
                                       std::uint32_t second);

}  // namespace duban
