#include "tests/support/random_history.h"

#include <array>
#include <functional>
#include <vector>

#include "domain/approval/approval_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/task_commands.h"
#include "tests/support/test_node.h"

namespace duban {
namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound) {
    return random() % bound;
}

template <class T>
const T& pick(Random& random, const std::vector<T>& from) {
    return from[below(random, from.size())];
}

std::string some_unit(Random& random) {
    return pick<std::string>(random, {"jtj", "jtj", "jzy", "rsj"});
}

ReportContent some_report(Random& random) {
    ReportContent content = small_report();
    content.period = pick<std::string>(random, {"2026-09", "2026-10", "2026-11", "2026-12"});
    content.summary = "进展" + std::to_string(random() % 1000);
    for (ReportedValue& value : content.values) value.value = std::to_string(below(random, 5));
    return content;
}

// Somebody whom the duty is given to.
std::string holder_of(const Duty& duty) {
    if (!duty.person.empty()) return duty.person.value;
    const Seat& seat = duty.seats.front();
    return seat.unit.value + "." + to_string(seat.post);
}

// What is read by whoever decides: now and then an old revision.
template <class Deciding>
RandomCommand decision(Random& random, const TaskState& task, Deciding decide,
                       const char* opinion) {
    const Approval& approval = task.approvals[below(random, task.approvals.size())];
    decide.approval = ApprovalId{task.id, approval.no};
    decide.revision = approval.revision - (below(random, 10) == 0 ? 1U : 0U);
    decide.revision_digest = approval.revision_digest;
    decide.opinion = opinion;
    std::string actor = some_unit(random) + ".head";
    const auto duties = approval_duties(approval);
    if (!duties.empty() && below(random, 5) != 0) actor = holder_of(pick(random, duties));
    return {actor, Command(std::move(decide)), {}};
}

using Make = std::function<RandomCommand(Random&, const TaskState&)>;

std::vector<Make> office_makers() {
    return {
        [](Random& random, const TaskState& task) {
            IssueTask issue{task.id,
                            Date{20800 + static_cast<int>(below(random, 300))},
                            std::nullopt,
                            std::nullopt,
                            {}};
            issue.key = below(random, 2) == 0;
            if (below(random, 2) == 0) issue.report_period = PeriodKind::month;
            return RandomCommand{"office.clerk", Command(std::move(issue)), {}};
        },
        [](Random& random, const TaskState& task) {
            return RandomCommand{"office.head",
                                 Command(HoldTask{task.id, "事由" + std::to_string(random() % 9)}),
                                 {}};
        },
        [](Random&, const TaskState& task) {
            return RandomCommand{"zone.leader", Command(ResumeTask{task.id, "继续"}), {}};
        },
        [](Random& random, const TaskState& task) {
            UrgeTask urge{
                task.id, below(random, 2) == 0 ? UrgeLevel::blue : UrgeLevel::yellow, {}, "请抓紧"};
            return RandomCommand{"office.clerk", Command(std::move(urge)), {}};
        },
        [](Random& random, const TaskState& task) {
            AmendTask amend;
            amend.task = task.id;
            amend.due = Date{20850 + static_cast<int>(below(random, 300))};
            if (below(random, 3) == 0) amend.co = std::vector<UnitCode>{UnitCode("rsj")};
            amend.reason = "调整";
            return RandomCommand{"office.head", Command(std::move(amend)), {}};
        },
        [](Random& random, const TaskState& task) {
            SettleObjection settle{task.id,
                                   UnitCode(some_unit(random)),
                                   static_cast<Settlement>(below(random, 3)),
                                   {},
                                   "裁定"};
            if (settle.outcome == Settlement::reassign) settle.to = UnitCode(some_unit(random));
            return RandomCommand{"office.head", Command(std::move(settle)), {}};
        },
        [](Random& random, const TaskState& task) {
            CorrectValue correct;
            correct.task = task.id;
            correct.period = "2026-09";
            correct.reason = "核对更正";
            if (!task.accepted->empty()) {
                const CellEntry& entry = (*task.accepted)[below(random, task.accepted->size())];
                correct.period = entry.period;
                correct.report = entry.report;
                correct.value = entry.value;
            }
            correct.value.value = std::to_string(below(random, 5));
            return RandomCommand{"office.clerk", Command(std::move(correct)), {}};
        },
    };
}

std::vector<Make> unit_makers() {
    return {
        [](Random& random, const TaskState& task) {
            const std::string unit = some_unit(random);
            return RandomCommand{
                unit + ".clerk", Command(SignAssignment{task.id, UnitCode(unit)}), {}};
        },
        [](Random& random, const TaskState& task) {
            const std::string unit = some_unit(random);
            return RandomCommand{
                unit + ".head",
                Command(ObjectAssignment{task.id, UnitCode(unit), "不属本单位职责"}),
                {}};
        },
        [](Random& random, const TaskState& task) {
            const std::string unit = some_unit(random);
            return RandomCommand{
                unit + ".section",
                Command(AssignHandler{task.id, UnitCode(unit), PersonId(unit + ".clerk")}),
                {}};
        },
        [](Random& random, const TaskState& task) {
            const std::string unit = some_unit(random);
            BreakDown parts{task.id, UnitCode(unit), {WorkPart{"第一步", {}, std::nullopt}}};
            return RandomCommand{unit + ".section", Command(std::move(parts)), {}};
        },
        [](Random& random, const TaskState& task) {
            const std::string unit = some_unit(random);
            return RandomCommand{unit + ".clerk",
                                 Command(SaveReport{task.id, UnitCode(unit), some_report(random)}),
                                 {}};
        },
        [](Random& random, const TaskState& task) {
            const std::string unit = task.mandate->lead.value;
            ReportContent content = some_report(random);
            std::string digest_of_it = content.summary + content.period;
            return RandomCommand{unit + ".clerk",
                                 Command(SubmitReport{task.id, UnitCode(unit), std::move(content)}),
                                 std::move(digest_of_it)};
        },
    };
}

std::vector<Make> approval_makers() {
    const Make approve = [](Random& random, const TaskState& task) {
        return decision(random, task, ApproveSlot{}, "同意");
    };
    return {
        approve,
        approve,
        approve,
        [](Random& random, const TaskState& task) {
            return decision(random, task, ReturnSlot{}, "请补充");
        },
        [](Random& random, const TaskState& task) {
            return below(random, 4) == 0 ? decision(random, task, RejectSlot{}, "不采信")
                                         : decision(random, task, ApproveSlot{}, "同意");
        },
        [](Random& random, const TaskState& task) {
            ReviseReport revise{
                ReportId{task.id, task.reports[below(random, task.reports.size())].no},
                some_report(random)};
            if (below(random, 4) == 0) revise.note = "原样再报";
            std::string digest_of_it = revise.content.summary + revise.content.period;
            return RandomCommand{task.mandate->lead.value + ".clerk", Command(std::move(revise)),
                                 std::move(digest_of_it)};
        },
    };
}

}  // namespace

RandomCommand random_command(Random& random, const TaskState& task) {
    static const std::vector<Make> office = office_makers();
    static const std::vector<Make> unit = unit_makers();
    static const std::vector<Make> approval = approval_makers();
    if (task.stage == TaskStage::established) return office.front()(random, task);
    if (is_held(task) && below(random, 3) == 0) {
        return {"zone.leader", Command(ResumeTask{task.id, "继续"}), {}};
    }
    const std::size_t kind = below(random, 10);
    if (kind < 5 && !task.approvals.empty()) return pick(random, approval)(random, task);
    if (kind < 9) return pick(random, unit)(random, task);
    return pick(random, office)(random, task);
}

}  // namespace duban
