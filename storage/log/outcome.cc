#include "storage/log/outcome.h"

#include <utility>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/route_events.h"
#include "domain/calendar/calendar_events.h"
#include "domain/closing/closing_events.h"
#include "domain/extension/extension_events.h"
#include "domain/issuing/issuing_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"
#include "domain/task/task_events.h"
#include "storage/codec/described_json.h"

namespace duban {
namespace {

// A subject's revision: the first, a new one, or the same one again.
template <class Submitted, class Revised, class Repeated, class Name>
void add_subject(const Event& event, MadeIds& made, const Name& name) {
    if (const auto* submitted = event.get_if<Submitted>()) {
        name(made, *submitted);
        made.revision = 1;
    }
    if (const auto* revised = event.get_if<Revised>()) {
        name(made, *revised);
        made.revision = revised->revision;
    }
    if (const auto* repeated = event.get_if<Repeated>()) {
        name(made, *repeated);
        made.revision = repeated->revision;
    }
}

void add(MadeIds& made, const Event& event) {
    if (const auto* plan = event.get_if<PlanImported>()) made.plan = plan->plan;
    if (const auto* published = event.get_if<RoutePublished>()) {
        made.route = published->route.route;
        made.ver = published->route.ver;
    }
    if (const auto* published = event.get_if<CalendarPublished>()) {
        made.ver = static_cast<std::int32_t>(published->calendar.ver);
    }
    if (const auto* task = event.get_if<TaskRegistered>()) made.task = task->task;
    add_subject<ReportSubmitted, ReportRevised, ReportRepeated>(
        event, made, [](MadeIds& ids, const auto& of) { ids.report = of.report; });
    add_subject<ExtensionRequested, ExtensionRevised, ExtensionRepeated>(
        event, made, [](MadeIds& ids, const auto& of) { ids.extension = of.subject; });
    add_subject<ClosingRequested, ClosingRevised, ClosingRepeated>(
        event, made, [](MadeIds& ids, const auto& of) { ids.closing = of.subject; });
    add_subject<AmendmentRequested, AmendmentRevised, AmendmentRepeated>(
        event, made, [](MadeIds& ids, const auto& of) { ids.amendment = of.subject; });
    add_subject<IssuingRequested, IssuingRevised, IssuingRepeated>(
        event, made, [](MadeIds& ids, const auto& of) { ids.issue = of.subject; });
    const auto* opened = event.get_if<ApprovalOpened>();
    if (opened != nullptr && !made.approval) made.approval = opened->approval;
    if (const auto* copied = event.get_if<ApprovalCopied>()) made.copied = copied->to;
    if (const auto* urged = event.get_if<ApprovalUrged>()) made.urged = urged->to;
    if (const auto* handed = event.get_if<PersonHandedOver>()) {
        made.moved = handed->moved;
        made.left = handed->left;
    }
}

}  // namespace

CommandOutcome command_outcome(CommandId id, Outcome outcome) {
    std::string row = to_row(outcome);
    return {std::move(id), std::move(outcome), std::move(row)};
}

MadeIds made_by(const std::vector<EventRecord>& events) {
    MadeIds made;
    for (const EventRecord& record : events) add(made, record.event);
    if (made.plan) made.task.reset();
    return made;
}

RefusedOutcome refused_outcome(const Error& error) {
    return {error.code, error.rule, error.field, error.detail, error.current};
}

Error error_of(const RefusedOutcome& refused) {
    return Error{refused.error, refused.detail, refused.field, refused.rule, refused.current};
}

}  // namespace duban
