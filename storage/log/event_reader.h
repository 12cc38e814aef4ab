// Reading events by position, by stream and by index from one snapshot.
// Thread-safety: safe for concurrent use. Blocking: may wait for the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/task/task_history.h"
#include "storage/codec/event_record.h"
#include "storage/rocks/database.h"

namespace duban {

// Visits events from `from` on in order until `visit` returns false. Errors: corrupt, unsupported,
// storage_failed; a hole in the positions is corrupt.
[[nodiscard]] Status read_events(
    const Snapshot& snapshot, Position from,
    const std::function<bool(Position position, std::string_view bytes)>& visit);

// Errors: not_found for a position at or after the head.
[[nodiscard]] Result<EventRecord> read_event(const Snapshot& snapshot, Position position);

// The stream's events from revision `from` on, decoded, in order, until `visit` returns false.
[[nodiscard]] Status read_stream(const Snapshot& snapshot, const StreamId& stream, StreamRev from,
                                 const std::function<bool(EventRecord&&)>& visit);

// What the index column family is keyed by besides the stream.
enum class Dimension : std::uint8_t {
    actor = 1,
    unit = 2,
    type = 3,
    task = 4,
    blob = 5,
    guest = 6
};

// The (dimension, value) pairs under which an event is found: its actor (and whom he acted for),
// the units of its task and no others (events of other streams: the actor's unit), its type, the
// blobs that it names, the guests of its task whom it concerns; its task, by the task's stream.
struct IndexEntry {
    Dimension dimension = Dimension::actor;
    std::string value;
    auto operator<=>(const IndexEntry&) const = default;
};

// The value under which the events that concern a guest are found.
[[nodiscard]] std::string guest_value(const Party& party);

// Positions under that value that are >= from, in order, until `visit` returns false.
[[nodiscard]] Status read_index(const Snapshot& snapshot, const IndexEntry& entry, Position from,
                                const std::function<bool(Position)>& visit);

// The last position whose recordedtime is <= time; nothing when all are later. Errors as
// read_event.
[[nodiscard]] Result<std::optional<Position>> position_at(const Snapshot& snapshot, Timestamp time);

// A task, with what was over in it, folded from its stream up to and including that position.
[[nodiscard]] Result<TaskRecord> task_as_of(const Snapshot& snapshot, const TaskId& task,
                                            Position position);

}  // namespace duban
