// The commands about a task itself. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/amendment/amendment.h"
#include "domain/base/command.h"
#include "domain/issuing/issuing.h"
#include "domain/task/task.h"

namespace duban {

struct RegisterTask {
    static constexpr bool makes_task = true;
    TaskId task;
    Mandate mandate;
};
DUBAN_DECLARE_COMMAND(RegisterTask)

enum class RegistrationVerdict { approve, return_ };
BOOST_DESCRIBE_ENUM(RegistrationVerdict, approve, return_)
struct ApproveTask {
    TaskId task;
    RegistrationVerdict decision = RegistrationVerdict::approve;
    std::string opinion;  // required for return
};
DUBAN_DECLARE_COMMAND(ApproveTask)

struct IssueTask {
    TaskId task;
    std::optional<Date> due;      // required unless the mandate has one
    std::optional<Date> sign_by;  // default: sign_in_days after today
    std::optional<PeriodKind> report_period;
    std::vector<DutyText> duties;
    bool key = false;
    std::vector<RouteBinding> routes = {};
};
DUBAN_DECLARE_COMMAND(IssueTask)

struct AmendTask : MandateChanges {
    TaskId task;
    std::optional<std::vector<RouteBinding>> routes;
    std::string reason;
};
DUBAN_DECLARE_COMMAND(AmendTask)

struct HoldTask {
    TaskId task;
    std::string reason;
};
DUBAN_DECLARE_COMMAND(HoldTask)

struct ResumeTask {
    TaskId task;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ResumeTask)

struct UrgeTask {
    TaskId task;
    UrgeLevel level = UrgeLevel::blue;
    std::vector<UnitCode> units;  // empty: all units with an open part
    std::string text;
};
DUBAN_DECLARE_COMMAND(UrgeTask)

// The sign-in clock of a unit ran out. Sent by the actor `system` only.
struct UrgeUnsigned {
    static constexpr bool of_system = true;
    TaskId task;
    UnitCode unit;
    Date sign_by;
};
DUBAN_DECLARE_COMMAND(UrgeUnsigned)

}  // namespace duban
