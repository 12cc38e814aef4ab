// Submitting: how a unit puts a subject of any kind up for approval, and a new revision of it. What
// a kind asks of its contents stays with the kind.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/subject.h"
#include "domain/base/decide.h"
#include "domain/base/event.h"
#include "domain/base/facts.h"
#include "domain/task/unit_right.h"

namespace duban {

// The newest version of the route that the office has bound to the task's subjects of the kind,
// else of the one that is named as the kind. Errors: rule no_route.
[[nodiscard]] Result<const RoutePlan*> route_for(const TaskState& task, SubjectKind kind,
                                                 const RouteBook& routes);
[[nodiscard]] Result<const RoutePlan*> route_for(const TaskState& task, SubjectKind kind,
                                                 const Facts& facts);
// Who may submit for a unit: the seats that the route names within it; of a report the handler of
// its part too.
[[nodiscard]] UnitRule starters(const RoutePlan& plan, const TaskState& task);

// Rules no_part, part_released, not_signed.
[[nodiscard]] Status check_signed(const TaskState& task, const UnitCode& unit);
// Who may ask for a change of the task: its units, and the office and the leaders too.
[[nodiscard]] std::vector<UnitCode> askers(const TaskState& task);
// As check_signed(), but that the office and the leaders ask without a part in the task.
[[nodiscard]] Status check_asker(const TaskState& task, const UnitCode& unit);
// Rules report_open, extension_open, …: the unit has another one under way.
[[nodiscard]] Status check_none_open(const TaskState& task, SubjectKind kind, const UnitCode& unit);

// `submitted`: the event of revision 1, which makes the subject. Opens its approval.
// Errors: those of the route's first steps: rule no_holder, pick.
[[nodiscard]] Result<Decision> submit(const TaskState& task, const UnitRight& right,
                                      const RoutePlan& plan, const SubjectId& subject,
                                      Event submitted, const std::vector<PickFor>& picks,
                                      const Facts& facts);

// A subject that was returned, and who submits it again.
struct Revising {
    SubjectId id;
    const SubjectHead& subject;
    const RoutePlan& plan;
    PersonId on_behalf_of;
};
// Errors: not_found, forbidden.
[[nodiscard]] Result<Revising> require_reviser(const TaskState& task, const SubjectId& id,
                                               const Facts& facts);
// The same content needs a note. Rules report_not_returned (extension_…), not_signed, unchanged.
[[nodiscard]] Status check_revisable(const TaskState& task, const Revising& revising,
                                     const std::string& note, const Facts& facts);
[[nodiscard]] inline bool is_changed(const Revising& revising, const Facts& facts) {
    return revising.subject.newest.digest != facts.content_digest;
}
// `revised`: the event of the new revision, or of the same one with a note. `material`: a field
// changed on which decisions stand.
[[nodiscard]] Result<Decision> resubmit(const TaskState& task, const Revising& revising,
                                        Event revised, bool material, const std::string& note,
                                        const std::vector<PickFor>& picks, const Facts& facts);

}  // namespace duban
