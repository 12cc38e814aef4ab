// Layouts of the events, and of what commands are read from.
#include "domain/amendment/amendment_events.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/approval_time_events.h"
#include "domain/approval/course_events.h"
#include "domain/approval/effect_events.h"
#include "domain/approval/route_events.h"
#include "domain/approval/signer_events.h"
#include "domain/base/layout.ipp"
#include "domain/calendar/calendar_events.h"
#include "domain/closing/closing_events.h"
#include "domain/directory/directory_events.h"
#include "domain/extension/extension_events.h"
#include "domain/issuing/issuing_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"
#include "domain/task/assignment_events.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"

namespace duban {

#define DUBAN_LAYOUT_OF(E) template const Layout& layout_of<E>();
DUBAN_DIRECTORY_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_PLAN_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_ROUTE_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_TASK_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_ASSIGNMENT_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_REPORT_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_APPROVAL_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_COURSE_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_SIGNER_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_EXTENSION_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_CLOSING_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_EFFECT_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_CALENDAR_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_APPROVAL_TIME_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_AMENDMENT_EVENTS(DUBAN_LAYOUT_OF)
DUBAN_ISSUING_EVENTS(DUBAN_LAYOUT_OF)
#undef DUBAN_LAYOUT_OF

template const Layout& layout_of<RegistrationVerdict>();
template const Layout& layout_of<std::vector<DutyText>>();

}  // namespace duban
