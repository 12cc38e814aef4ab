// The desk view: in which approvals slots are a person's own (domain/approval/desk.h), so that all
// of a person's are found without looking at every task.
// Thread-safety: safe for concurrent use.
#pragma once

#include <boost/describe.hpp>
#include <set>

#include "domain/base/ids.h"
#include "storage/views/view.h"

namespace duban {

struct DeskRow {
    ApprovalId approval;
    bool operator==(const DeskRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeskRow, (), (approval))

extern const View desk_view;

// The tasks of the person's rows. Errors: corrupt when one cannot be read, unsupported,
// storage_failed.
[[nodiscard]] Result<std::set<TaskId>> read_desk(const Snapshot& snapshot, const PersonId& person);

}  // namespace duban
