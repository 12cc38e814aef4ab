#include "storage/views/calendar_view.h"

#include "domain/calendar/calendar_events.h"
#include "storage/codec/described_json.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

// Own key: year be32. The publication is the row.
void project_calendar(const Change& change, ViewGeneration generation, ViewChanges& out) {
    const auto* event = change.record.event.get_if<CalendarPublished>();
    if (event == nullptr) return;
    out.push_back(view_row(ViewId::calendar, generation,
                           be32(static_cast<std::uint32_t>(event->calendar.year)),
                           to_row(event->calendar)));
}

}  // namespace

const View calendar_view = {ViewId::calendar, "calendar", 1, &project_calendar};

// A due day that is counted on half a calendar would be wrong for ever: all years or none.
Result<CalendarBook> read_calendars(const Snapshot& snapshot) {
    CalendarBook book;
    const auto status =
        read_rows(snapshot, ViewId::calendar, "", "",
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      auto year = from_row<CalendarYear>(value);
                      if (!year) {
                          const auto number = parse_be32(key).value_or(0);
                          snapshot.row_faults().tell(
                              "the row of the calendar of " + std::to_string(number), year.error());
                          return fail(Errc::corrupt,
                                      "a row of the calendar cannot be read; run `duban rebuild`");
                      }
                      const auto number = year->year;
                      book.years[number] = std::move(*year);
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return book;
}

}  // namespace duban
