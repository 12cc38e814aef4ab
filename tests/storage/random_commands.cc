#include "tests/storage/random_commands.h"

#include <functional>

#include "domain/approval/approval_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"

namespace duban {
namespace {

using Random = std::mt19937_64;

struct Asked {
    std::string actor;
    Command command;
};
using Make = std::function<Asked(Random&, const TaskState&)>;

std::size_t below(Random& random, std::size_t bound) {
    return random() % bound;
}

std::string some_unit(Random& random, const TaskState& task) {
    const char* units[] = {"jtj", "jzy", "rsj"};
    return below(random, 2) == 0 ? task.mandate->lead.value : units[below(random, 3)];
}

ReportContent some_content(Random& random, const TaskState& task) {
    ReportContent content;
    const std::string month = std::to_string(1 + below(random, 12));
    content.period = "2026-" + std::string(2 - month.size(), '0') + month;
    content.summary = "进展" + std::to_string(random() % 100);
    for (const Indicator& indicator : task.mandate->indicators) {
        ReportedValue value;
        value.indicator = indicator.id;
        value.value = std::to_string(below(random, 5));
        content.values.push_back(value);
    }
    return content;
}

std::optional<UnitCode> objected_unit(const TaskState& task) {
    for (const Assignment& assignment : task.assignments) {
        if (assignment.state == AssignmentState::objected) return assignment.unit;
    }
    return std::nullopt;
}

// Mostly the newest approval, as the older ones are closed.
template <class Step>
Asked decide_step(Random& random, const TaskState& task) {
    const Approval& approval = below(random, 5) == 0
                                   ? task.approvals[below(random, task.approvals.size())]
                                   : task.approvals.back();
    Step step;
    step.approval = ApprovalId{task.id, approval.no};
    step.revision = approval.revision;
    step.revision_digest = approval.revision_digest;
    step.opinion = "意见";
    std::string actor = "jtj.clerk";
    if (!approval.open.empty()) {
        const Seat& seat = approval.open.front().who.front();
        actor = seat.unit.value + "." + to_string(seat.post);
    }
    return {actor, Command(step)};
}

std::vector<Make> office_makers() {
    return {
        [](Random& random, const TaskState& task) -> Asked {
            IssueTask issue{task.id,
                            Date{20'800 + static_cast<int>(below(random, 300))},
                            std::nullopt,
                            PeriodKind::month,
                            {}};
            return {"office.clerk", Command(issue)};
        },
        [](Random&, const TaskState& task) -> Asked {
            return {"office.head", Command(HoldTask{task.id, "等待"})};
        },
        [](Random&, const TaskState& task) -> Asked {
            return {"zone.leader", Command(ResumeTask{task.id, "继续"})};
        },
        [](Random&, const TaskState& task) -> Asked {
            return {"office.clerk", Command(UrgeTask{task.id, UrgeLevel::blue, {}, "抓紧"})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            AmendTask amend;
            amend.task = task.id;
            amend.due = Date{20'850 + static_cast<int>(below(random, 300))};
            if (below(random, 3) == 0) amend.co = std::vector<UnitCode>{UnitCode("jzy")};
            amend.reason = "调整";
            return {"office.head", Command(amend)};
        },
        [](Random& random, const TaskState& task) -> Asked {
            SettleObjection settle;
            settle.task = task.id;
            settle.unit = objected_unit(task).value_or(UnitCode(some_unit(random, task)));
            settle.outcome = static_cast<Settlement>(below(random, 3));
            if (settle.outcome == Settlement::reassign) settle.to = UnitCode("rsj");
            settle.reason = "裁定";
            return {"office.head", Command(settle)};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const UnitCode unit(some_unit(random, task));
            const auto* assignment = find_assignment(task, unit);
            const Date sign_by =
                assignment == nullptr ? Date{} : assignment->sign_by.value_or(Date{});
            return {system_actor, Command(UrgeUnsigned{task.id, unit, sign_by})};
        },
    };
}

std::vector<Make> unit_makers() {
    return {
        [](Random& random, const TaskState& task) -> Asked {
            const std::string unit = some_unit(random, task);
            return {unit + ".clerk", Command(SignAssignment{task.id, UnitCode(unit)})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const std::string unit = some_unit(random, task);
            return {unit + ".head",
                    Command(ObjectAssignment{task.id, UnitCode(unit), "非本单位职责"})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const std::string unit = some_unit(random, task);
            return {unit + ".section",
                    Command(AssignHandler{task.id, UnitCode(unit), PersonId(unit + ".clerk")})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const std::string unit = task.mandate->lead.value;
            return {unit + ".clerk",
                    Command(SaveReport{task.id, UnitCode(unit), some_content(random, task)})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const std::string unit = task.mandate->lead.value;
            return {unit + ".clerk",
                    Command(SubmitReport{task.id, UnitCode(unit), some_content(random, task)})};
        },
        [](Random& random, const TaskState& task) -> Asked {
            const auto no = static_cast<std::uint32_t>(1 + below(random, task.reports.size() + 1));
            return {task.mandate->lead.value + ".clerk",
                    Command(ReviseReport{ReportId{task.id, no}, some_content(random, task)})};
        },
    };
}

Asked directory_command(Random& random) {
    const PersonId principal("jtj.head");
    const PersonId deputy("jtj.section");
    switch (below(random, 3)) {
        case 0: {
            const Date from{20'697 + static_cast<int>(below(random, 5))};
            return {"jtj.head",
                    Command(SetProxy{Proxy{principal, deputy, from, add_days(from, 3)}})};
        }
        case 1:
            return {system_actor, Command(RevokePost{deputy, UnitCode("jtj"), Post::section})};
        default:
            return {system_actor,
                    Command(GrantPost{deputy, HeldPost{UnitCode("jtj"), Post::section, {}}})};
    }
}

Asked some_command(Random& random, const TaskState& task) {
    static const std::vector<Make> office = office_makers();
    static const std::vector<Make> unit = unit_makers();
    if (below(random, 20) == 0) return directory_command(random);
    if (task.stage == TaskStage::established) return office.front()(random, task);
    const std::size_t kind = below(random, 10);
    if (kind < 5 && !task.approvals.empty()) {
        if (kind < 4) return decide_step<ApproveStep>(random, task);
        return below(random, 3) == 0 ? decide_step<RejectStep>(random, task)
                                     : decide_step<ReturnStep>(random, task);
    }
    if (kind < 9) return unit[below(random, unit.size())](random, task);
    return office[below(random, office.size())](random, task);
}

}  // namespace

void run_random(TestLog& log, std::mt19937_64& random) {
    const auto no = static_cast<std::uint32_t>(1 + below(random, 2));
    const Asked asked = some_command(random, log.task(no));
    (void)log.run(asked.actor, asked.command);
}

void run_random_history(TestLog& log, std::uint64_t seed, int commands) {
    std::mt19937_64 random(seed);
    while (commands > 0) {
        log.begin();
        for (auto size = 1 + below(random, 3); size > 0 && commands > 0; --size, --commands) {
            run_random(log, random);
        }
        log.end();
    }
}

}  // namespace duban
