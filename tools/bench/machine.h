// machine: what figures were measured on and with, since they mean nothing without it.
// Thread-safety: safe for concurrent use. Blocking: reads /proc and asks git.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace duban {

// Names and values in the order in which they are shown.
using Machine = std::vector<std::pair<std::string, std::string>>;

// `dir` is where data directories are made; its file system decides what a sync costs.
[[nodiscard]] Machine this_machine(const std::string& dir);
// A line each.
[[nodiscard]] std::string machine_text(const Machine& machine);

// The directory of this program, in which `duban` lies too.
[[nodiscard]] std::string program_directory();

}  // namespace duban
