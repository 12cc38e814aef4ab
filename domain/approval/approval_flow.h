// How an approval moves along its route, a list of nodes in turn: whom a selector means, which node
// comes next, which ones are skipped, and what follows from the end of the list.
// Not the decisions themselves: who may decide and what is asked of him is approval_commands.cc.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/route.h"
#include "domain/base/decide.h"
#include "domain/base/event.h"
#include "domain/base/facts.h"
#include "domain/task/task.h"

namespace duban {

// What the steps of one approval are judged by. `approval` is as the events before leave it.
struct Course {
    const TaskState& task;
    const Facts& facts;
    const Route& route;
    const Approval& approval;
    PersonId author;  // of the current revision
    const ReportContent& content;
};

// The very version that the approval began with. Errors: corrupt when the book lacks it.
[[nodiscard]] Result<const Route*> route_of(const Approval& approval, const Facts& facts);

// The seats that the selectors mean in this task, each once, in the selectors' order.
[[nodiscard]] std::vector<Seat> resolve(const std::vector<Selector>& selectors,
                                        const TaskState& task);

// The seats that decide in the node. When the office itself has a part in the task, the leader
// stands in for it: it must not check and adopt its own unit's reports.
[[nodiscard]] std::vector<Seat> judges_of(const RouteNode& node, const TaskState& task);

// nullopt when the route has no such node.
[[nodiscard]] std::optional<std::size_t> index_of(const Route& route, const std::string& node);

// The number of the next pass through a node.
[[nodiscard]] std::uint32_t next_round(const Approval& approval, const std::string& node);

// Skips nodes from `index` on as they say and opens the first that is left; past the last one the
// approval is closed as passed and its effects follow.
// Errors: rule no_holder when nobody could act in a node that may not be skipped.
[[nodiscard]] Result<std::vector<Event>> advance(const Course& course, std::size_t index);

// Opens the fill node for those who may revise the report.
[[nodiscard]] StepOpened reopen_fill(const Course& course, const RouteNode& fill);

// The events with which a rejection ends the approval.
[[nodiscard]] std::vector<Event> close_rejected(const TaskState& task, const Approval& approval);

// Resolves the target of a return from `from`: "", "start", "prev", a node's id, with or without
// '#'. Errors: rule return_target.
[[nodiscard]] Result<std::size_t> return_target(const Route& route, const Approval& approval,
                                                std::size_t from, const std::string& to);

}  // namespace duban
