// demo_tasks: an open data directory with the demonstration, all of its tasks issued, and commands
// on them as the persons who may give them. No sockets.
// Thread-safety: one thread at a time. Blocking: waits until everything is durable.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commit/command_sink.h"
#include "domain/plan/plan.h"
#include "domain/report/report.h"
#include "server/ops/node.h"

namespace duban {

// Opens the directory; one that is new gets the demonstration first.
[[nodiscard]] Result<std::unique_ptr<Node>> open_demo(const std::string& data);

// The tasks of the demonstration, and the one person who writes the drafts of a task.
[[nodiscard]] const std::vector<PlannedTask>& demo_tasks();
[[nodiscard]] TaskId demo_task_id(std::size_t index);
[[nodiscard]] PersonId lead_person(std::size_t index, const char* role);

// About 600 bytes of text, different for every number.
[[nodiscard]] ReportContent some_report(std::uint64_t number);
[[nodiscard]] Digest report_digest(std::uint64_t number);

// As a client of the API would send it, with a new id.
[[nodiscard]] CommandRequest request_of(Node& node, const PersonId& actor, Command command,
                                        const Digest& content_digest = {});
// A draft of the task at number % number of tasks.
[[nodiscard]] CommandRequest draft_request(Node& node, std::uint64_t number);

// Gives the commands so that at most `window` of them wait for their answers at any time, and
// returns when all are answered. Errors: internal with the first answer that was a refusal.
[[nodiscard]] Status give_all(Node& node, std::vector<CommandRequest> requests, std::size_t window);
[[nodiscard]] Status give_one(Node& node, CommandRequest request);

}  // namespace duban
