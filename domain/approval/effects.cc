#include "domain/approval/effects.h"

#include <algorithm>
#include <utility>

#include "domain/amendment/amendment_change.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/effect_events.h"
#include "domain/closing/closing_events.h"
#include "domain/extension/extension_due.h"
#include "domain/issuing/issue_terms.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status accept_values(const Walk& walk, const EffectSpec& spec, std::vector<Event>& events) {
    const Report* report = walk.report();
    // A closing brings no values of its own.
    if (report == nullptr) return {};
    auto cells = cells_of(*report->content, *walk.task().mandate, report->no);
    if (!cells) return refusal(cells);
    for (CellEntry& cell : *cells) cell.join = spec.join;
    const auto& approval = walk.approval();
    events.push_back(ReportAccepted{ReportId{walk.task().id, report->no}, approval.revision,
                                    approval.revision_digest, std::move(*cells)});
    return {};
}

void set_due(const Walk& walk, std::vector<Event>& events) {
    const auto* extension = find_extension(walk.task(), walk.approval().subject.id.no);
    DUBAN_ASSERT(extension != nullptr);
    if (auto moved = due_move(walk.task(), *extension)) events.push_back(std::move(*moved));
}

void close_task(const Walk& walk, std::vector<Event>& events) {
    const auto& subject = walk.subject();
    events.push_back(TaskClosed{walk.approval().subject.id, office_date(subject.submitted)});
}

// What was asked for is of no use any more: that refuses the decision. Where nobody decides but
// time, the approval notes it.
Status cannot(const Walk& walk, Error error, const char* rule, const char* key,
              std::vector<Event>& events) {
    if (!walk.refuses()) {
        events.push_back(noted(walk.id(), key, error.detail));
        return {};
    }
    // The field is one of what was asked for, not of the decision.
    if (error.code == Errc::invalid_argument) {
        return refuse(rule,
                      error.detail + " Return it to be asked for as it can be done, or reject it.",
                      error.field);
    }
    return tl::unexpected<Error>(std::move(error));
}

// Where the mandate says so already, there is nothing to change.
Status amend(const Walk& walk, std::vector<Event>& events) {
    const auto* amendment = find_amendment(walk.task(), walk.approval().subject.id.no);
    DUBAN_ASSERT(amendment != nullptr);
    auto applied = amendment_applied(walk.task(), *amendment, walk.facts());
    if (!applied) {
        return cannot(walk, std::move(applied.error()), "amendment_outdated", "not_amended",
                      events);
    }
    if (auto& made = *applied) events.push_back(std::move(*made));
    return {};
}

Status issue_task(const Walk& walk, std::vector<Event>& events) {
    const auto* issuing = find_issuing(walk.task(), walk.approval().subject.id.no);
    DUBAN_ASSERT(issuing != nullptr);
    auto established = require_stage(walk.task(), TaskStage::established, "task_not_established",
                                     "grant its issue");
    auto issued = established.and_then(
        [&] { return issued_on(walk.task(), issuing->content.terms, walk.facts()); });
    if (!issued) {
        return cannot(walk, std::move(issued.error()), "issue_outdated", "not_issued", events);
    }
    events.push_back(std::move(*issued));
    return {};
}

std::vector<UnitCode> units_told(const Walk& walk, NotifyWhom whom) {
    const Mandate& mandate = *walk.task().mandate;
    switch (whom) {
        case NotifyWhom::lead:
            return {mandate.lead};
        case NotifyWhom::coop:
            return mandate.co;
        case NotifyWhom::own:
            return {walk.approval().subject.unit};
        case NotifyWhom::office:
            return {UnitCode(office_unit)};
        case NotifyWhom::all_units:
            break;
    }
    std::vector<UnitCode> units = mandate.co;
    units.insert(units.begin(), mandate.lead);
    return units;
}

// The heads and clerks of the units, each once.
void notify(const Walk& walk, NotifyWhom whom, std::vector<Event>& events) {
    std::vector<PersonId> to;
    for (const auto& unit : units_told(walk, whom)) {
        for (const Post post : {Post::head, Post::clerk}) {
            for (auto& person : holders(walk.directory(), Seat{unit, post})) {
                if (std::ranges::find(to, person) == to.end()) to.push_back(std::move(person));
            }
        }
    }
    if (to.empty()) return;
    events.push_back(CopiesSent{walk.id(), std::move(to), CopyReason::notify, {}, {}});
}

}  // namespace

EffectRecorded noted(const ApprovalId& approval, const char* key, const std::string& why) {
    EffectSpec note{Effect::flag};
    note.key = key;
    note.why = why;
    return EffectRecorded{approval, std::move(note)};
}

bool settles_subject(Effect effect) {
    return effect == Effect::accept_values || effect == Effect::set_due ||
           effect == Effect::close_task || effect == Effect::amend || effect == Effect::issue_task;
}

bool fits(Effect effect, SubjectKind kind) {
    switch (effect) {
        case Effect::accept_values:
            return kind == SubjectKind::report || kind == SubjectKind::closing;
        case Effect::set_due:
            return kind == SubjectKind::extension;
        case Effect::close_task:
        case Effect::reopen:
            return kind == SubjectKind::closing;
        case Effect::amend:
            return kind == SubjectKind::amendment;
        case Effect::issue_task:
            return kind == SubjectKind::issue;
        case Effect::issue:
        case Effect::flag:
        case Effect::notify:
        case Effect::archive:
            break;
    }
    return true;
}

Result<std::vector<Event>> effects_of(const Walk& walk, const std::vector<EffectSpec>& effects) {
    std::vector<Event> events;
    const bool child = walk.approval().parent.has_value();
    for (const EffectSpec& spec : effects) {
        const Effect effect = spec.do_.value_or(Effect::archive);
        if (!fits(effect, walk.approval().subject.kind)) continue;
        if (child && settles_subject(effect)) continue;
        switch (effect) {
            case Effect::accept_values:
                if (auto taken = accept_values(walk, spec, events); !taken) return refusal(taken);
                break;
            case Effect::set_due:
                set_due(walk, events);
                break;
            case Effect::close_task:
                close_task(walk, events);
                break;
            case Effect::amend:
                if (auto done = amend(walk, events); !done) return refusal(done);
                break;
            case Effect::issue_task:
                if (auto done = issue_task(walk, events); !done) return refusal(done);
                break;
            case Effect::notify:
                notify(walk, spec.to.value_or(NotifyWhom::all_units), events);
                break;
            case Effect::reopen:
            case Effect::issue:
            case Effect::flag:
            case Effect::archive:
                events.push_back(EffectRecorded{walk.id(), spec});
                break;
        }
    }
    return events;
}

}  // namespace duban
