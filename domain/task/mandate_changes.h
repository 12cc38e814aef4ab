// Changes of a mandate: what an amendment says, whether the office orders it or a unit asks for it,
// and whether the task bears it as it stands.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <optional>
#include <string>

#include "domain/amendment/amendment.h"
#include "domain/base/facts.h"
#include "domain/task/task.h"

namespace duban {

[[nodiscard]] Mandate changed(Mandate mandate, const MandateChanges& changes);
// What the mandate says of the members that `named` holds.
[[nodiscard]] MandateChanges said_by(const Mandate& mandate, const MandateChanges& named);
// The members in which the mandates differ, as `next` has them.
[[nodiscard]] MandateChanges difference(const Mandate& before, const Mandate& next);
// The members that `to` names and that the mandate has neither as in `from` nor as in `to`,
// as "title, due".
[[nodiscard]] std::string moved_on(const Mandate& mandate, const MandateChanges& from,
                                   const MandateChanges& to);
// The mandate in which those members that are still as in `to` are as in `from` again.
[[nodiscard]] Mandate put_back(Mandate mandate, const MandateChanges& from,
                               const MandateChanges& to);

// That nothing stands on what changes: no approval on the lead, the units or the indicators, but
// for `asked`, which asks for the change, and no accepted value on the indicators.
// Errors: rules report_in_approval, indicator_has_values.
[[nodiscard]] Status check_borne(const TaskState& task, const Mandate& next,
                                 const SubjectId& asked = {});
// That it is a mandate in whose time the parts of the units' work are done. `path` is put before
// the fields' names. Errors: invalid_argument; rule part_due_later.
[[nodiscard]] Status check_form(const TaskState& task, const Mandate& next, const std::string& path,
                                const Facts& facts);
// The same, with a day that is not past where that is new.
// Errors: invalid_argument; rule part_due_later.
[[nodiscard]] Status check_next(const TaskState& task, const Mandate& next, const std::string& path,
                                const Facts& facts);
// The last day for signing in, for the units that join; nothing when none does.
[[nodiscard]] std::optional<Date> sign_by_of_joining(const TaskState& task, const Mandate& next,
                                                     Date today);

}  // namespace duban
