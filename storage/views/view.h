// View: a fold of the log kept as rows. A view is one function from a change to row changes; it
// reads nothing but the change, so that live and replayed rows are equal byte for byte.
// To add a view: one file, and one line in all_views().
// Thread-safety: safe for concurrent use (views have no state).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/codec/event_record.h"
#include "storage/rocks/database.h"

namespace duban {

struct Addressees;
struct CalendarBook;
struct Directory;
struct PlanBook;
struct RouteBook;
struct TaskHistory;
struct TaskState;

// Numbers that reach disk: never reuse one.
enum class ViewId : std::uint8_t {
    directory = 1,
    plan = 2,
    route = 3,
    task = 4,
    board = 5,
    inbox = 6,
    calendar = 7,
    desk = 8
};

// Which copy of all views is written and read. A rebuild writes the next generation beside the
// present one and swaps by changing the number in meta.
struct ViewGeneration {
    std::uint32_t number = 1;
    bool operator==(const ViewGeneration&) const = default;
};

// One event with the state around it. The pointers not concerned are null.
struct Change {
    const EventRecord& record;
    const Directory& directory;         // after the event
    const PlanBook& plans;              // after the event
    const RouteBook& routes;            // after the event
    const TaskState* before = nullptr;  // task events
    const TaskState* after = nullptr;
    const TaskHistory* over = nullptr;  // what the event put down for good
    const Addressees* to = nullptr;
};

struct RowChange {
    Family family = Family::view;
    std::string key;                   // complete key
    std::optional<std::string> value;  // nothing: the row goes away
};
using ViewChanges = std::vector<RowChange>;

struct View {
    ViewId id;
    const char* name;
    std::uint32_t version;  // grows when the rows of the same log would differ
    void (*project)(const Change& change, ViewGeneration generation, ViewChanges& out);
};

[[nodiscard]] const std::vector<View>& all_views();

// The registered view of that id.
[[nodiscard]] const View& view_of(ViewId id);

// Key of a row: view id u8, view version be32, generation be32, then the view's own key.
[[nodiscard]] std::string view_key(ViewId id, ViewGeneration generation, std::string_view key);
// The length of what stands before the view's own key.
inline constexpr std::size_t view_key_prefix_bytes = 9;

// The generation that readers read; the first one before there are events. Errors: unsupported
// when its views were written in other versions than this build has (the detail says to rebuild),
// corrupt, storage_failed.
[[nodiscard]] Result<ViewGeneration> present_generation(const Snapshot& snapshot);
// The number alone, whatever the versions of its views.
[[nodiscard]] Result<ViewGeneration> stored_generation(const Snapshot& snapshot);
// The row that makes a generation, in this build's view versions, the present one.
[[nodiscard]] RowChange generation_row(ViewGeneration generation);

}  // namespace duban
