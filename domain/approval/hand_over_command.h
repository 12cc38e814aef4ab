// 离职转办: what approvals ask of one person goes to another, in all tasks at once. Imperative;
// plain data as it came in. Thread-safety: immutable values.
#pragma once

#include <cstddef>
#include <string>

#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

// By the security administrator, or who heads all of the person's units himself. What the other may
// not take stays, and the event says why. A task or approval that is on hold keeps nothing back:
// nothing is decided by this.
// Tasks in which the person has slots, at once.
inline constexpr std::size_t handed_tasks_max = 500;
struct HandOver {
    PersonId from;
    PersonId to;
    std::string opinion;
    [[nodiscard]] StreamId stream() const { return person_stream(from); }
};
DUBAN_DECLARE_COMMAND(HandOver)

}  // namespace duban
