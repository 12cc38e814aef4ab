// Inbox: what is open for whom, derived from a task's state. A duty is given to seats (whoever
// holds them) or, once a handler is named, to a person as long as he works in the unit.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/directory/directory.h"
#include "domain/task/task.h"

namespace duban {

enum class DutyKind {
    approve_registration,  // 立项审批: office head, or the leader when the office has a part
    issue,                 // 交办: office
    sign_in,               // 签收: unit's clerk
    settle_objection,      // 退签裁定: office head, or the leader as above
    assign,                // 指派: unit's section or head, after signing in
    report,                // 反馈: the handler, or the lead's clerk; for the next report period
    decide,                // 审批: holders of an approval's open slot
    revise,                // 退回修改: the report's author's seat
    claim,                 // 认领: the same, of a pool of which nobody has taken it
    resolve,               // 委派: the delegate of an open slot, for his opinion
};
BOOST_DESCRIBE_ENUM(DutyKind, approve_registration, issue, sign_in, settle_objection, assign,
                    report, decide, revise, claim, resolve)

struct Duty {
    static constexpr bool sparse = true;
    DutyKind kind = DutyKind::approve_registration;
    std::vector<Seat> seats;     // any holder; ordered
    PersonId person;             // instead of seats, when set and while is_with_person
    UnitCode unit;               // the unit concerned
    SubjectId subject;           // what it is about: a report, an extension, …
    std::uint32_t approval = 0;  // number, when it is about an approval
    std::string node;            // open node of the approval
    std::string slot;            // open slot in it
    UnitCode home;               // a slot that came to the person from a seat of this unit
    PersonId back;               // to whom a delegated slot falls back, where it has no seat
    PersonId except;             // who may not do it, whatever he holds: the author
    std::uint32_t round = 0;
    Timestamp since;
    bool operator==(const Duty&) const = default;
};
BOOST_DESCRIBE_STRUCT(Duty, (),
                      (kind, seats, person, unit, subject, approval, node, slot, home, back, except,
                       round, since))

// Open duties in a fixed order (by kind, unit, subject): task_duties and those of every approval. A
// held task has none.
[[nodiscard]] std::vector<Duty> open_duties(const TaskState& task);
// Those that do not come from approvals.
[[nodiscard]] std::vector<Duty> task_duties(const TaskState& task);
// Those of one approval, none while it is held. A held task asks for nothing, whatever its
// approvals say.
[[nodiscard]] std::vector<Duty> approval_duties(const Approval& approval);
// Those of one of its nodes, if that is open.
[[nodiscard]] std::vector<Duty> node_duties(const Approval& approval, const ApprovalNode& node);
// Whether the duty is with the person that it names. It is with its seats when it names nobody or
// somebody who has left the unit or the seat, so that the unit's work is not lost with him.
[[nodiscard]] bool is_with_person(const Duty& duty, const Directory& directory);
// Whether nobody holds the duty by himself, so that settler_of the task has it.
[[nodiscard]] bool is_vacant(const Duty& duty, const Directory& directory);

}  // namespace duban
