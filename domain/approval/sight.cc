#include "domain/approval/sight.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/spoken.h"

namespace duban {
namespace {

// Whether the slot's turn has come and its word is still wanted. A pool's work that another has
// claimed may come back.
bool is_wanted(const ApprovalNode& node, const Slot& slot) {
    switch (slot.state) {
        case SlotState::open:
        case SlotState::waiting:
        case SlotState::passing:
            return true;
        case SlotState::idle:
            return node.mode == NodeMode::claim;
        default:
            return false;
    }
}

void add_revisions(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from) {
    to.insert(to.end(), from.begin(), from.end());
    std::ranges::sort(to);
    const auto twice = std::ranges::unique(to);
    to.erase(twice.begin(), twice.end());
}

// Tells each party that sees something of the approval, with the revisions; one may come twice.
template <class Tell>
void tell_parties(const Approval& approval, const Tell& tell) {
    for (const Spoken& one : approval.spoken) tell(one.party, one.revisions);
    if (!is_open(approval)) return;
    for (const ApprovalNode& node : approval.nodes) {
        if (node.state != NodeState::open) continue;
        for (const Slot& slot : node.slots) {
            if (!is_wanted(node, slot)) continue;
            tell(party_of(slot), std::vector{approval.revision});
            if (!slot.delegate.empty()) {
                tell(Party{{}, slot.delegate}, std::vector{approval.revision});
            }
        }
    }
}

void add_approval(std::vector<SeenApproval>& seen, const Approval& approval,
                  const std::vector<std::uint32_t>& revisions) {
    if (seen.empty() || seen.back().approval != approval.no) {
        seen.push_back({approval.no, approval.subject.id, {}});
    }
    add_revisions(seen.back().revisions, revisions);
}

// Everybody with a post there sees the task for that alone.
bool is_inside(const UnitCode& unit, const std::vector<UnitCode>& task_units) {
    return unit.value == office_unit || unit.value == zone_unit || unit.value == audit_unit ||
           std::ranges::find(task_units, unit) != task_units.end();
}

// About the task itself, what is asked and of whom: neither a report nor an approval. What an
// amendment made of the mandate is, whoever asked for it.
bool is_of_task_itself(const Event& event) {
    const auto name = event.type().name;
    return name.starts_with("task.") || name.starts_with("assignment.") ||
           name == AmendmentApplied::type.name || name == AmendmentUndone::type.name;
}

// Makes `report` what its newest seen revision was.
void go_back_to(Report& report, const TaskId& task, const TaskHistory& history,
                const TaskSight& sight) {
    const SubjectId id{task, 'r', report.no};
    if (sight.sees_revision(id, report.newest.no)) return;
    for (const SubmittedRevision& one : history.revisions) {
        if (one.report != report.no || !sight.sees_revision(id, one.revision.no)) continue;
        report.newest = one.revision;
    }
    report.content = {};
    report.period.clear();
}

// Makes each what its newest seen revision was, and leaves out those of which none is seen.
// `submitted` are the seen revisions, ascending, with the number of their subject in `number`.
template <class Subject, class Submitted>
void keep_seen(Parts<Subject>& subjects, const TaskId& task, char kind, const TaskSight& sight,
               const std::vector<Submitted>& submitted, std::uint32_t Submitted::* number) {
    for (std::size_t i = subjects.size(); i-- > 0;) {
        const std::uint32_t no = subjects[i].no;
        if (sight.sees_revision({task, kind, no}, subjects[i].newest.no)) continue;
        const auto newest = std::find_if(submitted.rbegin(), submitted.rend(),
                                         [&](const Submitted& one) { return one.*number == no; });
        if (newest == submitted.rend()) {
            subjects.erase(i);
            continue;
        }
        Subject& subject = subjects.edit(i);
        subject.newest = newest->revision;
        subject.content = newest->content;
        if constexpr (requires { subject.from = newest->from; }) subject.from = newest->from;
    }
}

}  // namespace

bool TaskSight::sees_approval(std::uint32_t no) const {
    return all || std::ranges::find(approvals, no, &SeenApproval::approval) != approvals.end();
}

bool TaskSight::sees_subject(const SubjectId& id) const {
    return all || std::ranges::any_of(approvals,
                                      [&](const SeenApproval& one) { return one.subject == id; });
}

bool TaskSight::sees_revision(const SubjectId& id, std::uint32_t revision) const {
    return all || std::ranges::any_of(approvals, [&](const SeenApproval& one) {
               return one.subject == id &&
                      std::ranges::find(one.revisions, revision) != one.revisions.end();
           });
}

TaskSight sight_of(const TaskState& task, const Access& access) {
    TaskSight sight;
    sight.all = may_see_task(access, units_of(task));
    if (sight.all || access.administrator) return sight;
    for (const Approval& approval : task.approvals) {
        tell_parties(approval, [&](const Party& party, const auto& revisions) {
            if (is_of(access, party)) add_approval(sight.approvals, approval, revisions);
        });
    }
    return sight;
}

bool was_asked(const Approval& approval, const Access& access) {
    return std::any_of(approval.nodes.begin(), approval.nodes.end(), [&](const ApprovalNode& node) {
        return node.state != NodeState::open &&
               std::ranges::any_of(node.slots, [&](const Slot& slot) {
                   return slot.state == SlotState::cancelled && slot.reason == SkipReason::none &&
                          is_of(access, party_of(slot));
               });
    });
}

std::vector<PartySight> outside_parties(const TaskState& task, std::uint32_t approval_no) {
    std::vector<PartySight> outside;
    const auto units = units_of(task);
    for (const Approval& approval : task.approvals) {
        if (approval_no != 0 && approval.no != approval_no) continue;
        tell_parties(approval, [&](const Party& party, const auto& revisions) {
            if (!party.unit.empty() && is_inside(party.unit, units)) return;
            auto known = std::ranges::find(outside, party, &PartySight::party);
            if (known == outside.end()) known = outside.insert(outside.end(), {party, {}});
            add_approval(known->approvals, approval, revisions);
        });
    }
    return outside;
}

std::vector<UnitCode> guest_codes(const TaskState& task, std::uint32_t approval,
                                  const Directory& directory) {
    std::set<UnitCode> codes;
    const auto units = units_of(task);
    for (const auto& [party, seen] : outside_parties(task, approval)) {
        if (!party.unit.empty()) codes.insert(party.unit);
        if (party.person.empty()) continue;
        // In his own right, whosever proxy he is.
        const auto own = access_of(directory, party.person, Date{});
        if (!may_see_task(own, units)) codes.insert(own.homes.begin(), own.homes.end());
    }
    return {codes.begin(), codes.end()};
}

bool shows_event(const TaskSight& sight, const Event& event) {
    if (is_of_task_itself(event)) return true;
    const EventSubject subject = event.subject();
    if (subject.approval) return sight.sees_approval(subject.approval->no);
    if (!subject.subject) return false;
    const bool first = subject.revision == 0 && subject.evidence != nullptr;
    if (subject.revision == 0 && !first) return sight.sees_subject(*subject.subject);
    return sight.sees_revision(*subject.subject, first ? 1 : subject.revision);
}

bool may_see_event(const Access& access, const TaskSight& sight, const Event& event) {
    if (event.type().audience != Audience::task_units) {
        return may_see_event(access, event, std::vector<UnitCode>());
    }
    return sight.all || (sight.is_guest() && shows_event(sight, event));
}

TaskRecord as_seen(TaskRecord record, const TaskSight& sight) {
    if (sight.all) return record;
    TaskState& task = record.state;
    TaskHistory& history = record.history;
    std::erase_if(history.revisions, [&](const SubmittedRevision& one) {
        return !sight.sees_revision({task.id, 'r', one.report}, one.revision.no);
    });
    std::erase_if(history.extensions, [&](const SubmittedExtension& one) {
        return !sight.sees_revision({task.id, 'e', one.extension}, one.revision.no);
    });
    std::erase_if(history.closings, [&](const SubmittedClosing& one) {
        return !sight.sees_revision({task.id, 'c', one.closing}, one.revision.no);
    });
    std::erase_if(history.amendments, [&](const SubmittedAmendment& one) {
        return !sight.sees_revision({task.id, 'm', one.amendment}, one.revision.no);
    });
    std::erase_if(history.issuings, [&](const SubmittedIssuing& one) {
        return !sight.sees_revision({task.id, 'i', one.issuing}, one.revision.no);
    });
    std::erase_if(history.comments,
                  [&](const SaidComment& one) { return !sight.sees_approval(one.approval); });
    std::erase_if(history.corrections, [&](const ValueCorrection& one) {
        return !sight.sees_revision({task.id, 'r', one.report}, one.revision);
    });
    keep_seen(task.extensions, task.id, 'e', sight, history.extensions,
              &SubmittedExtension::extension);
    keep_seen(task.closings, task.id, 'c', sight, history.closings, &SubmittedClosing::closing);
    keep_seen(task.amendments, task.id, 'm', sight, history.amendments,
              &SubmittedAmendment::amendment);
    keep_seen(task.issuings, task.id, 'i', sight, history.issuings, &SubmittedIssuing::issuing);
    std::erase_if(history.rounds,
                  [&](const EndedRound& one) { return !sight.sees_approval(one.approval); });
    for (std::size_t i = task.reports.size(); i-- > 0;) {
        if (sight.sees_subject({task.id, 'r', task.reports[i].no})) {
            go_back_to(task.reports.edit(i), task.id, history, sight);
        } else {
            task.reports.erase(i);
        }
    }
    for (std::size_t i = task.approvals.size(); i-- > 0;) {
        if (!sight.sees_approval(task.approvals[i].no)) task.approvals.erase(i);
    }
    std::erase_if(task.open_approvals.edit(),
                  [&](std::uint32_t no) { return !sight.sees_approval(no); });
    task.accepted = {};
    task.corrected = 0;
    task.drafts.clear();
    return record;
}

}  // namespace duban
