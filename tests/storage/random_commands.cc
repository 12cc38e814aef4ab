#include "tests/storage/random_commands.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "domain/amendment/amendment_commands.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/subject.h"
#include "domain/directory/directory_commands.h"
#include "domain/issuing/issuing_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/react.h"
#include "domain/task/task_commands.h"
#include "tests/support/route_builder.h"

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
const Approval& some_approval(Random& random, const TaskState& task) {
    return below(random, 5) == 0 ? task.approvals[below(random, task.approvals.size())]
                                 : task.approvals.back();
}

// The act, by somebody whom one of the approval's open slots asks.
template <class Acting>
std::string address_to_a_duty(Random& random, const TaskState& task, const Approval& approval,
                              Acting& act) {
    act.approval = ApprovalId{task.id, approval.no};
    const auto duties = approval_duties(approval);
    if (duties.empty()) return "jtj.clerk";
    const Duty& duty = duties[below(random, duties.size())];
    act.node = duty.node;
    act.slot = duty.slot;
    if (!duty.person.empty()) return duty.person.value;
    return duty.seats.front().unit.value + "." + to_string(duty.seats.front().post);
}

template <class Deciding>
Asked decide_slot(Random& random, const TaskState& task) {
    const Approval& approval = some_approval(random, task);
    Deciding decide;
    decide.revision = approval.revision;
    decide.revision_digest = approval.revision_digest;
    decide.opinion = "意见";
    std::string actor = address_to_a_duty(random, task, approval, decide);
    return {std::move(actor), Command(decide)};
}

template <class Acting>
Asked act_on_pool(Random& random, const TaskState& task) {
    Acting act;
    std::string actor = address_to_a_duty(random, task, some_approval(random, task), act);
    return {std::move(actor), Command(act)};
}

bool waits_for_a_claim(const TaskState& task) {
    return std::ranges::any_of(approval_duties(task.approvals.back()),
                               [](const Duty& duty) { return duty.kind == DutyKind::claim; });
}

// Held by the office, which mostly lets it go on.
Asked hold_or_resume(Random& random, const TaskState& task) {
    const ApprovalId approval{task.id, task.approvals.back().no};
    if (below(random, 3) == 0) {
        return {"office.clerk", Command(HoldApproval{approval, "", "", "暂停"})};
    }
    return {"office.head", Command(ResumeApproval{approval, "继续"})};
}

Asked approval_command(Random& random, const TaskState& task) {
    if (below(random, 20) == 0) return hold_or_resume(random, task);
    if (waits_for_a_claim(task) && below(random, 2) == 0) {
        return act_on_pool<ClaimSlot>(random, task);
    }
    switch (below(random, 30)) {
        case 0:
        case 1:
            return decide_slot<RejectSlot>(random, task);
        case 2:
        case 3:
        case 4:
        case 5:
            return decide_slot<ReturnSlot>(random, task);
        case 6:
            return act_on_pool<ReleaseSlot>(random, task);
        default:
            return decide_slot<ApproveSlot>(random, task);
    }
}

std::vector<Make> office_makers() {
    return {
        [](Random& random, const TaskState& task) -> Asked {
            IssueTask issue{task.id,
                            Date{20'800 + static_cast<int>(below(random, 300))},
                            std::nullopt,
                            PeriodKind::month,
                            {}};
            issue.key = below(random, 2) == 0;
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
        [](Random& random, const TaskState& task) -> Asked {
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
            return {"office.clerk", Command(correct)};
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
            // Mostly the newest, which alone can be open.
            auto no = static_cast<std::uint32_t>(task.reports.size());
            if (no == 0 || below(random, 5) == 0) {
                no = static_cast<std::uint32_t>(1 + below(random, task.reports.size() + 1));
            }
            return {task.mandate->lead.value + ".clerk",
                    Command(ReviseReport{ReportId{task.id, no}, some_content(random, task),
                                         "按要求补充"})};
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

// ---- what is asked for ---------------------------------------------------------------------

MandateChanges some_changes(Random& random) {
    MandateChanges changes;
    const std::size_t what = below(random, 4);
    if (what == 0) changes.title = "任务" + std::to_string(below(random, 9));
    if (what == 1 || what == 2) changes.due = Date{20'850 + static_cast<int>(below(random, 300))};
    if (what < 2) return changes;
    changes.co.emplace();
    for (const char* unit : {"jzy", "rsj"}) {
        if (below(random, 2) == 0) changes.co->emplace_back(unit);
    }
    return changes;
}

Asked ask_to_amend(Random& random, const TaskState& task) {
    RequestAmendment request{task.id, {}, {some_changes(random), "调整"}};
    if (below(random, 4) == 0) return {"office.clerk", Command(request)};
    request.unit = UnitCode(some_unit(random, task));
    return {request.unit.value + ".head", Command(request)};
}

Asked ask_to_issue(Random& random, const TaskState& task) {
    RequestIssue request;
    request.task = task.id;
    request.content.terms.due = Date{20'800 + static_cast<int>(below(random, 300))};
    request.content.terms.report_period = PeriodKind::month;
    request.content.terms.key = below(random, 2) == 0;
    request.content.reason = "交办";
    return {"office.clerk", Command(request)};
}

// By its author; sometimes with what it said before, under another digest.
std::optional<Asked> revise_what_was_returned(Random& random, const TaskState& task) {
    for (const Amendment& one : task.amendments) {
        if (one.state != ReportState::returned) continue;
        ReviseAmendment revise{subject_id(task.id, SubjectKind::amendment, one.no), one.content};
        if (below(random, 3) != 0) revise.content.changes = some_changes(random);
        return Asked{one.newest.author.value, Command(revise)};
    }
    for (const Issuing& one : task.issuings) {
        if (one.state != ReportState::returned) continue;
        ReviseIssue revise{subject_id(task.id, SubjectKind::issue, one.no), one.content};
        if (below(random, 2) == 0) revise.content.terms.key = !revise.content.terms.key;
        return Asked{one.newest.author.value, Command(revise)};
    }
    return std::nullopt;
}

// One that changed the mandate.
std::optional<Asked> revoke_an_amendment(const TaskState& task) {
    for (const Approval& approval : task.approvals) {
        if (approval.subject.kind != SubjectKind::amendment) continue;
        const Amendment* amendment = find_amendment(task, approval.subject.id.no);
        if (amendment == nullptr || !amendment->applied) continue;
        return Asked{"zone.leader",
                     Command(RevokeApproval{ApprovalId{task.id, approval.no}, "撤销"})};
    }
    return std::nullopt;
}

// Nothing where the task allows none of it.
std::optional<Asked> asking_command(Random& random, const TaskState& task) {
    if (below(random, 2) == 0) {
        if (auto revised = revise_what_was_returned(random, task)) return revised;
    }
    if (task.stage == TaskStage::established) {
        const bool decided = !task.approvals.empty() && below(random, 4) != 0;
        return decided ? approval_command(random, task) : ask_to_issue(random, task);
    }
    if (task.stage != TaskStage::issued || below(random, 5) != 0) return std::nullopt;
    if (below(random, 4) == 0) return revoke_an_amendment(task);
    return ask_to_amend(random, task);
}

Asked some_command(Random& random, const TaskState& task) {
    static const std::vector<Make> office = office_makers();
    static const std::vector<Make> unit = unit_makers();
    if (below(random, 20) == 0) return directory_command(random);
    if (task.stage == TaskStage::established) return office.front()(random, task);
    const std::size_t kind = below(random, 10);
    if (kind < 5 && !task.approvals.empty()) return approval_command(random, task);
    if (kind < 9) return unit[below(random, unit.size())](random, task);
    return office[below(random, office.size())](random, task);
}

RouteNode copies(const char* id, Selector who) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::cc;
    node.who = {std::move(who)};
    return node;
}

// Once, where the task is a key one.
RouteNode once_more(const char* id, const char* to) {
    RouteNode node;
    node.id = id;
    node.kind = NodeKind::goto_;
    node.when = compare(ConditionOp::eq, "task.key", "true");
    node.to = to;
    node.max = 1;
    return node;
}

// Until the next clock of the task goes off, or a day where none runs.
void let_time_pass(TestLog& log, const TaskState& task) {
    const auto timers = timers_of(task);
    const auto next = std::ranges::min_element(timers, {}, &Timer::at);
    if (next == timers.end()) {
        log.now.ms += day_ms;
        return;
    }
    const Timer timer = *next;
    log.now = std::max(log.now, timer.at);
    (void)log.run(system_actor, command_of(timer));
}

RouteNode timed(RouteNode node, std::uint32_t days, Over over) {
    DueRule due;
    due.wd = days;
    due.over = over;
    due.remind = {-1};
    node.due = due;
    return node;
}

}  // namespace

Route branching_route() {
    const RouteNode turn =
        returning(asks("turn", {at("lead", Post::section), at("lead", Post::head)}, NodeMode::seq),
                  {"prev", "start"}, Resume::jump, Branches::keep);
    const RouteNode pool =
        asks("pool", {at("office", Post::clerk), at("office", Post::head)}, NodeMode::claim);
    // Nobody has that post.
    RouteNode deputy = asks("deputy", {at("lead", Post::deputy)});
    deputy.empty = OnEmpty::skip;
    return route_of({
        deputy,
        block("both", NodeKind::par, {branch({turn}), branch({pool})}),
        each("co", "all", Dissent::record,
             {timed(asks("coop", {at("$u", Post::head)}), 2, Over::deem)}),
        block("often", NodeKind::choose,
              {branch_when(compare(ConditionOp::ge, "revision", "2"),
                           {timed(asks("check", {at("office", Post::clerk)}), 1, Over::pass)}),
               otherwise()}),
        once_more("again", "#co"),
        copies("told", at("zone", Post::leader)),
        returning(adopt(), {"#turn", "start"}, Resume::jump),
    });
}

Route random_amendment_route() {
    RouteNode leader = asks("leader", {at("zone", Post::leader)});
    leader.when = compare(ConditionOp::eq, "amendment.changes_units", "true");
    Route route = route_of({std::move(leader), adopt()});
    route.route = RouteId("amendment");
    route.ver = 1;
    route.subject = SubjectKind::amendment;
    route.starts = {at("lead", Post::head), at("coop", Post::head), at("office", Post::clerk)};
    route.material = {"changes"};
    route.revoke_after_pass = {at("zone", Post::leader)};
    route.on.pass = {{Effect::amend}};
    route.steps.erase(route.steps.begin());
    return route;
}

Route random_issue_route() {
    RouteNode leader = asks("leader", {at("zone", Post::leader)});
    leader.when = compare(ConditionOp::eq, "issue.key", "true");
    Route route = route_of({std::move(leader), adopt()});
    route.route = RouteId("issue");
    route.ver = 1;
    route.subject = SubjectKind::issue;
    route.starts = {at("office", Post::clerk)};
    route.material = {"terms"};
    route.on.pass = {{Effect::issue_task}};
    route.steps.erase(route.steps.begin());
    return route;
}

void run_random(TestLog& log, std::mt19937_64& random) {
    const auto no = static_cast<std::uint32_t>(1 + below(random, 2));
    if (below(random, 15) == 0) return let_time_pass(log, log.task(no));
    const bool may_be_asked = newest_route(log.world().routes(), RouteId("amendment")) != nullptr;
    if (may_be_asked) {
        if (const auto asked = asking_command(random, log.task(no))) {
            (void)log.run(asked->actor, asked->command);
            return;
        }
    }
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
