#include "domain/approval/effects.h"

#include <utility>

#include "domain/extension/extension_due.h"
#include "domain/report/report_content.h"
#include "domain/report/report_events.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

Status accept_values(const Walk& walk, std::vector<Event>& events) {
    const Report* report = walk.report();
    if (report == nullptr) return {};
    auto cells = cells_of(*report->content, *walk.task().mandate, report->no);
    if (!cells) return refusal(cells);
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

}  // namespace

bool fits(Effect effect, SubjectKind kind) {
    switch (effect) {
        case Effect::accept_values:
            return kind == SubjectKind::report;
        case Effect::set_due:
            return kind == SubjectKind::extension;
    }
    return false;
}

Result<std::vector<Event>> effects_of(const Walk& walk, const std::vector<EffectSpec>& effects) {
    std::vector<Event> events;
    for (const EffectSpec& effect : effects) {
        if (!effect.do_ || !fits(*effect.do_, walk.approval().subject.kind)) continue;
        switch (*effect.do_) {
            case Effect::accept_values:
                if (auto accepted = accept_values(walk, events); !accepted)
                    return refusal(accepted);
                break;
            case Effect::set_due:
                set_due(walk, events);
                break;
        }
    }
    return events;
}

}  // namespace duban
