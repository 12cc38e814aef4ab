#include <algorithm>
#include <array>

#include "domain/amendment/amendment_events.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/approval_time_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/effect_events.h"
#include "domain/approval/route_events.h"
#include "domain/approval/signer_events.h"
#include "domain/calendar/calendar_events.h"
#include "domain/closing/closing_events.h"
#include "domain/directory/directory_events.h"
#include "domain/extension/extension_events.h"
#include "domain/issuing/issuing_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_events.h"
#include "domain/task/task_events.h"

namespace duban {

std::span<const EventKind* const> all_event_kinds() {
#define DUBAN_KIND_OF(E) &event_kind<E>(),
    static const std::array kinds = {
        DUBAN_DIRECTORY_EVENTS(DUBAN_KIND_OF)      //
        DUBAN_PLAN_EVENTS(DUBAN_KIND_OF)           //
        DUBAN_ROUTE_EVENTS(DUBAN_KIND_OF)          //
        DUBAN_TASK_EVENTS(DUBAN_KIND_OF)           //
        DUBAN_ASSIGNMENT_EVENTS(DUBAN_KIND_OF)     //
        DUBAN_REPORT_EVENTS(DUBAN_KIND_OF)         //
        DUBAN_APPROVAL_EVENTS(DUBAN_KIND_OF)       //
        DUBAN_COURSE_EVENTS(DUBAN_KIND_OF)         //
        DUBAN_SIGNER_EVENTS(DUBAN_KIND_OF)         //
        DUBAN_EXTENSION_EVENTS(DUBAN_KIND_OF)      //
        DUBAN_CLOSING_EVENTS(DUBAN_KIND_OF)        //
        DUBAN_EFFECT_EVENTS(DUBAN_KIND_OF)         //
        DUBAN_CALENDAR_EVENTS(DUBAN_KIND_OF)       //
        DUBAN_APPROVAL_TIME_EVENTS(DUBAN_KIND_OF)  //
        DUBAN_AMENDMENT_EVENTS(DUBAN_KIND_OF)      //
        DUBAN_ISSUING_EVENTS(DUBAN_KIND_OF)        //
    };
#undef DUBAN_KIND_OF
    return kinds;
}

const EventKind* find_event_kind(std::string_view name, std::int64_t version) {
    const auto kinds = all_event_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const EventKind* kind) {
        return kind->type.name == name && kind->type.version == version;
    });
    return found == kinds.end() ? nullptr : *found;
}

}  // namespace duban
