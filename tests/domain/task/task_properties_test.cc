// Properties of random histories of one task.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/seats.h"
#include "domain/approval/sight.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/assignment_events.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

const std::vector<const char*> actors{"jtj.clerk",    "jtj.section", "jtj.head",    "jzy.clerk",
                                      "jzy.section",  "jzy.head",    "rsj.head",    "rsj.clerk",
                                      "office.clerk", "office.head", "zone.leader", system_actor};

// 0 to n-1, evenly: rapidcheck prefers small numbers in early cases.
std::size_t pick(std::size_t n) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, n));
}

ReportContent content_no(int number) {
    auto content = content_1();
    content.period = number % 2 == 0 ? "2026-09" : "2026-10";
    content.summary = "summary " + std::to_string(number);
    if (number % 3 == 0) content.values.clear();
    return content;
}

void add_task_commands(std::vector<Command>& out) {
    AmendTask amend;
    amend.task = task_1;
    amend.title = "another title";
    amend.reason = "why";
    auto swapped = amend;
    swapped.lead = jzy;
    swapped.co = std::vector<UnitCode>{jtj};
    auto joined = amend;
    joined.co = std::vector<UnitCode>{jzy, rsj};
    out.insert(
        out.end(),
        {RegisterTask{task_1, mandate_1()}, ApproveTask{task_1, RegistrationVerdict::approve, ""},
         ApproveTask{task_1, RegistrationVerdict::return_, "why"},
         IssueTask{task_1, {}, {}, {}, {}}, amend, swapped, joined, HoldTask{task_1, "why"},
         ResumeTask{task_1, ""}, UrgeTask{task_1, UrgeLevel::blue, {}, ""},
         UrgeUnsigned{task_1, jtj, date("2026-09-04")}});
}

void add_unit_commands(std::vector<Command>& out, const UnitCode& unit, int number) {
    const PersonId clerk(unit.value + ".clerk");
    const PersonId section(unit.value + ".section");
    out.insert(out.end(), {SignAssignment{task_1, unit}, ObjectAssignment{task_1, unit, "why"},
                           SettleObjection{task_1, unit, Settlement::confirm, {}, ""},
                           SettleObjection{task_1, unit, Settlement::reassign, rsj, ""},
                           SettleObjection{task_1, unit, Settlement::release, {}, ""},
                           AssignHandler{task_1, unit, clerk}, AssignHandler{task_1, unit, section},
                           BreakDown{task_1, unit, {{"part", {}, {}}}},
                           SaveReport{task_1, unit, content_no(number)},
                           SubmitReport{task_1, unit, content_no(number)}});
}

void add_decisions(std::vector<Command>& out, const Approval& approval) {
    const ApprovalId id{task_1, approval.no};
    const auto& digest = approval.revision_digest;
    const auto revision = approval.revision;
    // More often than the rest, so that some approvals reach their end.
    for (int i = 0; i < 20; ++i) out.push_back(ApproveSlot{id, "", "", revision, digest, "fine"});
    for (int i = 0; i < 5; ++i) out.push_back(ClaimSlot{id, "", ""});
    out.push_back(ApproveSlot{id, "", "", revision + 1, digest, "stale"});
    out.push_back(RejectSlot{id, "", "", revision, digest, "no"});
    for (const auto* to : {"", "prev", "head", "start"}) {
        out.push_back(ReturnSlot{id, "", "", revision, digest, to, {}, "more"});
    }
}

// Of any accepted value, or of one that is not there.
CorrectValue correction_in(const TaskState& task) {
    CorrectValue command;
    command.task = task_1;
    command.period = "2026-09";
    command.reason = "counted again";
    command.value = content_1().values.front();
    const auto& accepted = *task.accepted;
    if (!accepted.empty()) {
        const CellEntry& entry = accepted[pick(accepted.size())];
        command.period = entry.period;
        command.report = entry.report;
        command.value = entry.value;
    }
    command.value.value = std::to_string(pick(4));
    return command;
}

// Commands that may or may not be right in this state.
std::vector<Command> commands_for(const TaskState& task, int number) {
    std::vector<Command> out;
    const bool on_reports = !task.approvals.empty() && pick(4) != 0;
    if (!on_reports) {
        add_task_commands(out);
        for (const auto& unit : {jtj, jzy, rsj}) add_unit_commands(out, unit, number);
        return out;
    }
    add_decisions(out, task.approvals.back());
    for (int i = 0; i < 3; ++i) out.push_back(correction_in(task));
    for (const auto& report : task.reports) {
        out.push_back(ReviseReport{{task_1, report.no}, content_no(number)});
    }
    for (const auto& unit : {task.mandate->lead, jtj, jzy}) {
        out.push_back(SubmitReport{task_1, unit, content_no(number)});
    }
    return out;
}

// Often somebody who may do it, so that histories get long; otherwise anybody.
const char* actor_for(const GivenTask& world, const Command& command) {
    const auto first = pick(actors.size());
    if (pick(3) == 0) return actors[first];
    for (std::size_t i = 0; i < actors.size(); ++i) {
        const auto* actor = actors[(first + i) % actors.size()];
        if (world.when(actor, command).accepted()) return actor;
    }
    return actors[first];
}

bool is_closed(const Approval& approval) {
    return approval.state == ApprovalState::passed || approval.state == ApprovalState::rejected;
}

template <class T>
bool is_prefix(const std::vector<T>& shorter, const std::vector<T>& longer) {
    return shorter.size() <= longer.size() &&
           std::equal(shorter.begin(), shorter.end(), longer.begin());
}

void check_approvals(const TaskState& before, const TaskState& after) {
    for (const auto& old : before.approvals) {
        const auto* now = find_approval(after, old.no);
        RC_ASSERT(now != nullptr);
        if (is_closed(old)) RC_ASSERT(*now == old);
    }
    for (const auto& approval : after.approvals) {
        const auto open =
            std::count_if(approval.nodes.begin(), approval.nodes.end(),
                          [](const ApprovalNode& node) { return node.state == NodeState::open; });
        RC_ASSERT(open == (is_closed(approval) ? 0 : 1));
        const bool filling = std::any_of(
            approval.nodes.begin(), approval.nodes.end(),
            [](const ApprovalNode& node) { return node.state == NodeState::open && node.fill; });
        RC_ASSERT(filling == (approval.state == ApprovalState::returned));
    }
}

void check_reports(const TaskState& before, const TaskState& after) {
    for (const auto& old : before.reports) RC_ASSERT(find_report(after, old.no) != nullptr);
    for (const auto& report : after.reports) {
        const auto* approval = find_approval(after, report.approval);
        RC_ASSERT(approval != nullptr);
        RC_ASSERT(static_cast<int>(report.state) == static_cast<int>(approval->state));
        RC_ASSERT(approval->revision == report.newest.no);
        RC_ASSERT((*report.content == ReportContent()) == !is_open(report));
    }
    const auto& old = *before.accepted;
    RC_ASSERT(old.size() <= after.accepted->size());
    for (std::size_t i = 0; i < old.size(); ++i) {
        RC_ASSERT((*after.accepted)[i].report == old[i].report);
        RC_ASSERT((*after.accepted)[i].period == old[i].period);
    }
}

// What counts is what the report said, as it was corrected since: no link of the chain is missing.
void check_corrections(const TaskHistory& before, const TaskHistory& after, const TaskState& task) {
    RC_ASSERT(is_prefix(before.corrections, after.corrections));
    RC_ASSERT(after.corrections.size() == task.corrected);
    for (const CellEntry& entry : *task.accepted) {
        const auto revisions = revisions_of(after, entry.report);
        const auto& said = revisions.back().content->values;
        const auto reported =
            std::ranges::find(said, entry.value.indicator, &ReportedValue::indicator);
        RC_ASSERT(reported != said.end());
        ReportedValue value = *reported;
        for (const ValueCorrection& one : after.corrections) {
            if (one.report != entry.report || one.to.indicator != value.indicator) continue;
            RC_ASSERT(one.from == value);
            value = one.to;
        }
        RC_ASSERT(entry.value == value);
    }
}

// What is over is only ever added to, and holds every revision that was the newest.
void check_history(const TaskHistory& before, const TaskHistory& after, const TaskState& task) {
    RC_ASSERT(is_prefix(before.revisions, after.revisions));
    RC_ASSERT(is_prefix(before.rounds, after.rounds));
    RC_ASSERT(is_prefix(before.mandates, after.mandates));
    RC_ASSERT(after.mandates.size() == task.amended);
    for (const auto& report : task.reports) {
        const auto revisions = revisions_of(after, report.no);
        RC_ASSERT(revisions.size() == report.newest.no);
        RC_ASSERT(revisions.back().revision == report.newest);
        RC_ASSERT(revisions.front().revision.author == report.authors.front());
        RC_ASSERT(revisions.back().content->period == report.period);
        if (is_open(report)) RC_ASSERT(revisions.back().content == report.content);
    }
}

// Whoever is asked sees what he is asked about, of the task's units or not; and what somebody has
// decided on is never taken from him.
void check_sight(const TaskState& before, const GivenTask& world) {
    for (const auto& approval : world.task.approvals) {
        for (const auto& node : approval.nodes) {
            if (node.state != NodeState::open) continue;
            for (const auto& slot : node.slots) {
                if (slot.state != SlotState::open) continue;
                const auto persons = slot_holders(slot, node.except, world.task, world.directory);
                RC_ASSERT(!persons.empty());
                for (const auto& person : persons) {
                    const auto access = access_of(world.directory, person, world.today());
                    RC_ASSERT(sight_of(world.task, access).sees_approval(approval.no));
                }
            }
        }
    }
    for (const auto& old : before.approvals) {
        for (const auto& spoken : old.spoken) {
            const auto& now = find_approval(world.task, old.no)->spoken;
            const auto found = std::ranges::find(now, spoken.party, &Spoken::party);
            RC_ASSERT(found != now.end());
            RC_ASSERT(std::ranges::includes(found->revisions, spoken.revisions));
        }
    }
}

// A route on which rsj, which is outside of the task as long as it does not join, is asked too.
Route route_with_guest() {
    const NodeMode modes[] = {NodeMode::any, NodeMode::all, NodeMode::seq, NodeMode::claim};
    auto outside = asks("outside", {at("lead", Post::head), at("#rsj", Post::head)},
                        modes[pick(std::size(modes))]);
    const Resume then = pick(2) == 0 ? Resume::jump : Resume::rerun;
    return route_of({asks("section", {at("lead", Post::section)}),
                     returning(outside, {"any", "start"}, then),
                     returning(adopt(), {"any", "start"}, then)});
}

void check_parts(const TaskState& task) {
    if (task.stage != TaskStage::issued) return;
    std::vector<UnitCode> open;
    for (const auto& part : task.assignments) {
        if (part.state != AssignmentState::released) open.push_back(part.unit);
    }
    std::vector<UnitCode> wanted{task.mandate->lead};
    wanted.insert(wanted.end(), task.mandate->co.begin(), task.mandate->co.end());
    RC_ASSERT(open == wanted);
}

// Rounds of a node count 1, 2, 3 without a gap, and the state keeps the last of each.
void check_rounds(const TaskState& task, const TaskHistory& history) {
    for (const auto& approval : task.approvals) {
        std::map<std::string, std::uint32_t> rounds;
        for (const auto& record : rounds_of(history, approval.no)) {
            RC_ASSERT(record.round == ++rounds[record.node]);
        }
        RC_ASSERT(approval.ended == rounds_of(history, approval.no).size());
        RC_ASSERT(approval.nodes.size() >= rounds.size());
        for (const auto& node : approval.nodes) {
            const std::uint32_t open = node.state == NodeState::open ? 1 : 0;
            RC_ASSERT(node.round == rounds[node.node] + open);
        }
    }
}

std::size_t count_closing(const Decision& decision) {
    return static_cast<std::size_t>(std::count_if(
        decision.events.begin(), decision.events.end(),
        [](const NewEvent& event) { return event.event.get_if<ApprovalClosed>() != nullptr; }));
}

struct Story {
    GivenTask world;
    std::vector<Event> events;
    std::size_t closing_events = 0;

    // One random step; most are refused.
    void step(int number) {
        const auto commands = commands_for(world.task, number);
        const auto& command = commands[pick(commands.size())];
        const auto* actor = actor_for(world, command);
        const auto before = world.task;
        const auto past = world.history;
        const auto outcome = world.when(actor, command);
        RC_ASSERT(world.task == before);
        if (!outcome.accepted()) {
            RC_ASSERT(!outcome.detail().empty());
            return;
        }
        const auto& decision = *outcome.result();
        closing_events += count_closing(decision);
        for (const auto& event : decision.events) {
            if (event.event.of(EventFamily::task)) events.push_back(event.event);
        }
        world.fold(decision, actor);
        world.now.ms += 3'600'000;
        check_approvals(before, world.task);
        check_reports(before, world.task);
        check_parts(world.task);
        check_history(past, world.history, world.task);
        check_corrections(past, world.history, world.task);
        check_rounds(world.task, world.history);
        check_sight(before, world);
    }

    void check_end() const {
        RC_ASSERT(world.task.version == world.task_events);
        const auto closed =
            std::count_if(world.task.approvals.begin(), world.task.approvals.end(), is_closed);
        RC_ASSERT(closing_events == static_cast<std::size_t>(closed));
    }
};

RC_GTEST_PROP(TaskProperties, EveryHistoryKeepsTheInvariants, ()) {
    Story story;
    story.world.signed_in();
    for (int number = 0; number < 250; ++number) story.step(number);
    story.check_end();
    const auto& task = story.world.task;
    RC_CLASSIFY(task.approvals.size() > 1, "several reports");
    RC_CLASSIFY(story.closing_events > 0, "decided");
    RC_CLASSIFY(!task.accepted->empty(), "accepted");
    RC_CLASSIFY(task.corrected > 0, "corrected");
}

RC_GTEST_PROP(TaskProperties, WhoIsAskedSeesWhatHeIsAskedAbout, ()) {
    Story story;
    story.world.publish(route_with_guest()).signed_in();
    for (int number = 0; number < 250; ++number) story.step(number);
    story.check_end();
    const auto guests = guest_codes(story.world.task, 0, story.world.directory);
    RC_CLASSIFY(!guests.empty(), "with guests");
}

RC_GTEST_PROP(TaskProperties, ATaskMayBeginAtTheBeginning, ()) {
    Story story;
    for (int number = 0; number < 250; ++number) story.step(number);
    story.check_end();
}

// Any event on any state gives a state, and counts.
RC_GTEST_PROP(TaskProperties, EvolveIsTotal, ()) {
    Story story;
    story.world.submitted();
    for (int number = 0; number < 60; ++number) story.step(number);
    auto events = story.events;
    events.insert(events.end(),
                  {AssignmentSettled{task_1, rsj, Settlement::reassign, rsj, {}, ""},
                   AssignmentSettled{task_1, jtj, Settlement::release, {}, {}, ""},
                   AssignmentSettled{task_1, jzy, Settlement::reassign, jzy, {}, ""},
                   TaskResumed{task_1, ""},
                   HandlerAssigned{task_1, rsj, PersonId("x")},
                   AssignmentBrokenDown{task_1, rsj, {}},
                   AssignmentSigned{task_1, rsj},
                   AssignmentObjected{task_1, rsj, ""},
                   ReportAccepted{{task_1, 9}, 1, {}, {}},
                   ReportRejected{{task_1, 9}, 1},
                   ValueCorrected{{task_1, 9}, jtj, 1, "once", {}, {}, "why"},
                   RoundOpened{{task_1, 9}, "x", 1, false, {}, {}, {}},
                   NodeSkipped{{task_1, 9}, "x", 1, SkipReason::empty, {}},
                   SlotOpened{{task_1, 1}, "x", 1, {}},
                   SlotClosed{{task_1, 1}, "y", 1, "1", SlotState::cancelled, {}},
                   SlotClaimed{{task_1, 1}, "y", 1, "1", PersonId("x")},
                   SlotReleased{{task_1, 1}, "y", 1, "1"},
                   SlotApproved{{task_1, 9}, "x", 1, "1", 1, {}, ""},
                   SlotApproved{{task_1, 1}, "z", 1, "1", 1, {}, ""},
                   SlotRejected{{task_1, 9}, "x", 1, "1", 1, {}, ""},
                   SlotReturned{{task_1, 9}, "x", 1, "1", "y", {}, {}, false, 1, {}, ""},
                   RoundEnded{{task_1, 1}, "u", 3, false, NodeState::approved, "7", "", ""},
                   BlockEntered{{task_1, 1}, "b", 1, true, {}, {}},
                   UnitRunChanged{{task_1, 1}, "b", jtj, UnitRunState::failed},
                   GotoTaken{{task_1, 1}, "g", "h"},
                   NodesReset{{task_1, 1}, {"x", "q"}, {"r"}},
                   JumpRefused{{task_1, 1}, {}},
                   CopiesSent{{task_1, 1}, {PersonId("x")}, {}, "x", {}},
                   ApprovalResubmitted{{task_1, 9}, 2, {}},
                   ApprovalClosed{{task_1, 9}, ApprovalResult::passed},
                   ApprovalMigrated{{task_1, 9}, 1, 2, ""},
                   ReportRevised{{task_1, 9}, jtj, 2, {}, {}}});
    TaskState state;
    const auto count = 1 + pick(100);
    for (std::size_t i = 0; i < count; ++i) {
        state = evolve(std::move(state), events[pick(events.size())], Stamp{});
    }
    RC_ASSERT(state.version == count);
}

RC_GTEST_PROP(TaskProperties, ReplayGivesTheSameState, ()) {
    Story story;
    for (int number = 0; number < 250; ++number) story.step(number);
    // The stamps differ only in time and person; what they leave must agree in all else.
    TaskState first;
    TaskState second;
    for (const auto& event : story.events) {
        first = evolve(std::move(first), event, Stamp{});
        second = evolve(TaskState(second), event, Stamp{});
    }
    RC_ASSERT(first == second);
    RC_ASSERT(first.version == story.world.task.version);
    RC_ASSERT(first.mandate == story.world.task.mandate);
    RC_ASSERT(first.accepted == story.world.task.accepted);
}

}  // namespace
}  // namespace duban
