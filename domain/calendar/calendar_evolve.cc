#include "domain/base/event_kind.ipp"
#include "domain/calendar/calendar_events.h"

namespace duban {

CalendarBook evolve(CalendarBook state, const Event& event, const Stamp& stamp) {
    if (!event.of(EventFamily::calendar)) return state;
    event.kind().apply(&state, event.payload(), stamp);
    return state;
}

static void apply(CalendarBook& state, const CalendarPublished& event, const Stamp& /*stamp*/) {
    state.years[event.calendar.year] = event.calendar;
}

DUBAN_CALENDAR_EVENTS(DUBAN_DEFINE_EVENT)

}  // namespace duban
