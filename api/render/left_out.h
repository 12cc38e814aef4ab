// LeftOut: the tasks that an answer lacks because what is stored of them cannot be read. One such
// task costs its own row and no other.
// Thread-safety: one thread at a time.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "api/schema/schema.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace duban {

class LeftOut {
public:
    void add(const TaskId& task) { tasks_.push_back(task); }
    // Errors: `error` itself unless it concerns the task alone.
    [[nodiscard]] Status add(const TaskId& task, const Error& error);
    [[nodiscard]] bool empty() const { return tasks_.empty(); }
    // Adds the member `unreadable` to an answer that lacks tasks.
    void mark(nlohmann::json& answer) const;

private:
    std::vector<TaskId> tasks_;
};

// That member, for the schema.
[[nodiscard]] schema::Member left_out_member();

}  // namespace duban
