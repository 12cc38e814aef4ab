#include "tests/support/approval_deed.h"

#include <boost/mp11/algorithm.hpp>
#include <utility>

#include "domain/amendment/amendment_commands.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/hold_commands.h"
#include "domain/approval/revoke_command.h"
#include "domain/approval/route_events.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/signer_commands.h"
#include "domain/approval/subject.h"
#include "domain/base/layout.h"
#include "domain/closing/closing_commands.h"
#include "domain/directory/directory_events.h"
#include "domain/extension/extension_commands.h"
#include "domain/issuing/issuing_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/random_route.h"

namespace duban {
namespace {

std::string name_of(Verb verb) {
    std::string name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Verb>>([&](auto one) {
        if (one.value == verb) name = one.name;
    });
    return name;
}

// Whom the starter, or who decides before, names: holders of the first seat, as far as there are.
std::vector<PickFor> picks_in(const Route& route, const GivenTask& world) {
    std::vector<PickFor> picks;
    for (const PickNode& one : pick_nodes(route)) {
        const auto unit =
            one.from.unit == "lead" ? world.task.mandate->lead : UnitCode(one.from.unit.substr(1));
        auto persons = holders(world.directory, Seat{unit, one.from.post});
        if (persons.size() > 1) persons.resize(1);
        if (!persons.empty()) picks.push_back({one.id, std::move(persons)});
    }
    return picks;
}

std::vector<PickFor> picks_of(const Approval* approval, const GivenTask& world) {
    if (approval == nullptr) return {};
    const auto* plan = find_route(world.routes, approval->route, approval->route_version);
    return plan == nullptr ? std::vector<PickFor>{} : picks_in(plan->route(), world);
}

std::vector<PickFor> picks_for(SubjectKind kind, const GivenTask& world) {
    const auto* plan = newest_route(world.routes, RouteId(std::string(enum_name(kind))));
    return plan == nullptr ? std::vector<PickFor>{} : picks_in(plan->route(), world);
}

std::vector<PersonId> persons_of(const Deed& deed) {
    std::vector<PersonId> persons;
    for (const auto& one : deed.persons) persons.emplace_back(one);
    return persons;
}

// What was read: the current revision, or another one.
template <class C>
C deciding(const Deed& deed, const Approval* approval) {
    C command;
    command.approval = {task_1, deed.approval};
    command.node = deed.node;
    command.slot = deed.slot;
    command.opinion = "opinion";
    if (approval == nullptr) return command;
    command.revision = approval->revision + (deed.stale ? 1U : 0U);
    command.revision_digest = approval->revision_digest;
    return command;
}

// Another name, a later day, or other units, as the deed's number has it.
MandateChanges changes_of(const Deed& deed, const GivenTask& world) {
    MandateChanges changes;
    switch (deed.number % 4) {
        case 0:
            changes.title = "title " + std::to_string(deed.number);
            break;
        case 1:
            changes.due = add_days(world.task.mandate->due.value_or(world.today()), 40);
            break;
        default:
            changes.co.emplace();
            if (deed.number % 3 != 0) changes.co->push_back(rsj);
            if (deed.number % 3 != 1) changes.co->push_back(jzy);
    }
    return changes;
}

Command submission(const Deed& deed, const GivenTask& world) {
    const auto picks = picks_for(deed.kind, world);
    const std::string text = "text " + std::to_string(deed.number);
    switch (deed.kind) {
        case SubjectKind::report: {
            auto content = content_1();
            content.period = "2026-" + std::to_string(10 + deed.number % 3);
            content.problems = text;
            return SubmitReport{task_1, deed.unit, content, picks};
        }
        case SubjectKind::extension: {
            const Date due = world.task.mandate->due.value_or(world.today());
            return RequestExtension{
                task_1, deed.unit, {add_days(due, 30 + deed.number % 9), text}, picks};
        }
        case SubjectKind::amendment: {
            return RequestAmendment{task_1, deed.unit, {changes_of(deed, world), text}, picks};
        }
        case SubjectKind::issue:
            return RequestIssue{task_1, {{}, text}, picks};
        case SubjectKind::closing:
            break;
    }
    return RequestClosing{task_1, deed.unit, {text, {}, {}}, picks};
}

Command revision(const Deed& deed, const Approval* approval, const GivenTask& world) {
    const SubjectId id = approval == nullptr ? SubjectId{task_1, 'r', 1} : approval->subject.id;
    const std::string text = "text " + std::to_string(deed.number);
    const std::string note = deed.repeated ? "as it was" : "";
    const auto picks = picks_of(approval, world);
    switch (kind_of(id)) {
        case SubjectKind::report: {
            const auto* report = find_report(world.task, id.no);
            auto content = report == nullptr || report->content->period.empty() ? content_1()
                                                                                : *report->content;
            if (!deed.repeated) (deed.material ? content.summary : content.problems) = text;
            return ReviseReport{{task_1, id.no}, content, note, picks};
        }
        case SubjectKind::extension: {
            const auto* extension = find_extension(world.task, id.no);
            auto content = extension == nullptr ? ExtensionContent{} : extension->content;
            if (!deed.repeated) {
                if (deed.material) content.reason = text;
                if (!deed.material) content.new_due = add_days(content.new_due, 1);
            }
            return ReviseExtension{id, content, note, picks};
        }
        case SubjectKind::amendment: {
            const auto* amendment = find_amendment(world.task, id.no);
            auto content = amendment == nullptr ? AmendmentContent{} : amendment->content;
            if (!deed.repeated) {
                if (deed.material) content.changes = changes_of(deed, world);
                if (!deed.material) content.reason = text;
            }
            return ReviseAmendment{id, content, note, picks};
        }
        case SubjectKind::issue: {
            const auto* issuing = find_issuing(world.task, id.no);
            auto content = issuing == nullptr ? IssuingContent{} : issuing->content;
            if (!deed.repeated) {
                content.reason = text;
                if (deed.material) content.terms.key = !content.terms.key;
            }
            return ReviseIssue{id, content, note, picks};
        }
        case SubjectKind::closing:
            break;
    }
    const auto* closing = find_closing(world.task, id.no);
    auto content = closing == nullptr ? ClosingContent{} : closing->content;
    if (!deed.repeated) content.conclusion = text;
    return ReviseClosing{id, content, note, picks};
}

Command decision(const Deed& deed, const Approval* approval, const GivenTask& world) {
    switch (deed.verb) {
        case Verb::approve: {
            auto command = deciding<ApproveSlot>(deed, approval);
            command.picks = picks_of(approval, world);
            return command;
        }
        case Verb::reject:
            return deciding<RejectSlot>(deed, approval);
        case Verb::resolve:
            return deciding<ResolveSlot>(deed, approval);
        default: {
            auto command = deciding<ReturnSlot>(deed, approval);
            command.to = deed.to;
            command.then = deed.then;
            return command;
        }
    }
}

Command on_a_slot(const Deed& deed) {
    const ApprovalId id{task_1, deed.approval};
    switch (deed.verb) {
        case Verb::claim:
            return ClaimSlot{id, deed.node, deed.slot};
        case Verb::release:
            return ReleaseSlot{id, deed.node, deed.slot};
        case Verb::transfer:
            return TransferSlot{id, deed.node, deed.slot, PersonId(deed.to), "opinion"};
        case Verb::reassign:
            return ReassignSlot{id, deed.node, deed.slot, PersonId(deed.to), "opinion"};
        case Verb::delegate:
            return DelegateSlot{id, deed.node, deed.slot, PersonId(deed.to), "opinion"};
        case Verb::add_signers:
            return AddSigners{id, deed.node, deed.slot, deed.pos, persons_of(deed), deed.mode};
        case Verb::drop_signer:
            return DropSigner{id, deed.node, deed.slot};
        case Verb::hold:
            return HoldApproval{id, deed.node, deed.slot, "opinion"};
        case Verb::end:
            return EndApproval{id, deed.node, deed.slot, "opinion"};
        default:
            return ReclaimSlot{id, deed.node, deed.slot};
    }
}

Command on_an_approval(const Deed& deed) {
    const ApprovalId id{task_1, deed.approval};
    switch (deed.verb) {
        case Verb::withdraw:
            return WithdrawApproval{id, "opinion"};
        case Verb::make_void:
            return VoidApproval{id, "opinion"};
        case Verb::revoke:
            return RevokeApproval{id, "opinion"};
        case Verb::jump:
            return JumpApproval{id, deed.to, "opinion"};
        case Verb::migrate:
            return MigrateApproval{id, deed.number, "opinion"};
        case Verb::resume:
            return ResumeApproval{id, "opinion"};
        case Verb::move_due:
            return MoveDue{id};
        case Verb::copy:
            return CopyApproval{id, persons_of(deed)};
        case Verb::read:
            return ReadApproval{id};
        case Verb::urge:
            return UrgeApproval{id, "text"};
        default:
            return CommentApproval{id, "text", persons_of(deed)};
    }
}

Command on_the_task(const Deed& deed) {
    switch (deed.verb) {
        case Verb::urge_task:
            return UrgeTask{task_1, UrgeLevel::blue, {}, ""};
        case Verb::hold_task:
            return HoldTask{task_1, "why"};
        case Verb::resume_task:
            return ResumeTask{task_1, ""};
        case Verb::sign:
            return SignAssignment{task_1, deed.unit};
        default:
            break;
    }
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "why";
    amend.co.emplace();
    for (const auto& unit : deed.persons) amend.co->emplace_back(unit);
    return amend;
}

}  // namespace

Command command_of(const Deed& deed, const GivenTask& world) {
    const auto* approval = find_approval(world.task, deed.approval);
    switch (deed.verb) {
        case Verb::submit:
            return submission(deed, world);
        case Verb::revise:
            return revision(deed, approval, world);
        case Verb::approve:
        case Verb::reject:
        case Verb::send_back:
        case Verb::resolve:
            return decision(deed, approval, world);
        case Verb::claim:
        case Verb::release:
        case Verb::transfer:
        case Verb::reassign:
        case Verb::delegate:
        case Verb::add_signers:
        case Verb::drop_signer:
        case Verb::reclaim:
        case Verb::hold:
        case Verb::end:
            return on_a_slot(deed);
        case Verb::urge_task:
        case Verb::hold_task:
        case Verb::resume_task:
        case Verb::amend:
        case Verb::sign:
            return on_the_task(deed);
        default:
            return on_an_approval(deed);
    }
}

Event event_of(const Deed& deed, const GivenTask& world) {
    const PersonId person(deed.actor);
    switch (deed.verb) {
        case Verb::publish:
            return RoutePublished{*deed.route};
        case Verb::grant:
            return PostGranted{person, {deed.unit, deed.post, {}}};
        case Verb::take_post:
            return PostRevoked{person, deed.unit, deed.post};
        case Verb::proxy:
            return ProxySet{
                {person, PersonId(deed.to), world.today(), add_days(world.today(), deed.number)}};
        default:
            return PersonPut{person, "name of " + deed.actor, deed.verb == Verb::activate};
    }
}

std::string words_of(const Deed& deed) {
    if (deed.verb == Verb::pass_time) return std::to_string(deed.number) + " hours pass";
    if (deed.verb == Verb::publish) return "a new version is published:\n" + words_of(*deed.route);
    std::string text = deed.actor + " " + name_of(deed.verb);
    if (!is_command(deed.verb)) {
        if (deed.verb == Verb::proxy) {
            return text + " " + deed.to + " for " + std::to_string(deed.number) + " days";
        }
        return deed.unit.empty()
                   ? text
                   : text + " " + deed.unit.value + " " + std::string(enum_name(deed.post));
    }
    if (deed.verb == Verb::submit) {
        return text + " a " + std::string(enum_name(deed.kind)) + " of " + deed.unit.value;
    }
    text += " a" + std::to_string(deed.approval);
    if (!deed.node.empty()) text += " " + deed.node + "/" + deed.slot;
    if (!deed.to.empty()) text += " to " + deed.to;
    for (const auto& one : deed.persons) text += " " + one;
    if (deed.verb == Verb::migrate) text += " to version " + std::to_string(deed.number);
    if (deed.verb == Verb::add_signers) {
        text += " " + std::string(enum_name(deed.pos)) + " " + std::string(enum_name(deed.mode));
    }
    if (deed.then) text += " then " + std::string(enum_name(*deed.then));
    if (deed.material) text += ", material";
    if (deed.repeated) text += ", unchanged with a note";
    if (deed.stale) text += ", on another revision";
    return text;
}

}  // namespace duban
