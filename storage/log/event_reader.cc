#include "storage/log/event_reader.h"

#include "domain/task/task.h"
#include "storage/fold/index.h"
#include "storage/log/embedded_log.h"
#include "storage/log/stream_head.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

std::string text(Position position) {
    return "position " + std::to_string(position.value);
}

Result<EventRecord> read_entry(const Snapshot& snapshot, const StreamId& stream, StreamRev revision,
                               Position position) {
    auto record = read_event(snapshot, position);
    if (!record) return record;
    const auto& envelope = record->envelope;
    if (envelope.stream != stream || envelope.revision != revision) {
        return fail(Errc::corrupt, "revision " + std::to_string(revision.value) + " of stream " +
                                       stream.value + " names " + text(position) +
                                       ", which is another event");
    }
    return record;
}

// The first revision of a stream whose position is >= from.
Result<StreamRev> first_from(const Snapshot& snapshot, const StreamId& stream, Position from) {
    const auto head = read_stream_head(snapshot, stream);
    if (!head) return tl::unexpected<Error>(head.error());
    std::uint64_t low = 0;
    std::uint64_t high = head->next.value;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const auto entry = snapshot.get(Family::stream, stream_key(stream, StreamRev(middle)));
        if (!entry) return tl::unexpected<Error>(entry.error());
        if (!*entry) return fail(Errc::corrupt, "the stream " + stream.value + " has a hole");
        if (parse_be64(**entry).value_or(0) < from.value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return StreamRev(low);
}

Status read_task_positions(const Snapshot& snapshot, const TaskId& task, Position from,
                           const std::function<bool(Position)>& visit) {
    const StreamId stream = task_stream(task);
    const auto first = first_from(snapshot, stream, from);
    if (!first) return tl::unexpected<Error>(first.error());
    return snapshot.scan(Family::stream, stream_prefix(stream), stream_key(stream, *first),
                         [&](std::string_view, std::string_view position) {
                             return visit(Position(parse_be64(position).value_or(0)));
                         });
}

}  // namespace

Status read_events(const Snapshot& snapshot, Position from,
                   const std::function<bool(Position position, std::string_view bytes)>& visit) {
    Position expected = from;
    bool hole = false;
    auto scanned = snapshot.scan(Family::event, "", event_key(from),
                                 [&](std::string_view key, std::string_view bytes) {
                                     hole = parse_be64(key) != expected.value;
                                     if (hole) return false;
                                     const Position position = expected;
                                     expected = expected.next();
                                     return visit(position, bytes);
                                 });
    if (!scanned) return scanned;
    if (hole) return fail(Errc::corrupt, "the event at " + text(expected) + " is missing");
    return {};
}

Result<EventRecord> read_event(const Snapshot& snapshot, Position position) {
    const auto read = snapshot.get(Family::event, event_key(position));
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<std::string>& bytes = *read;
    if (!bytes) {
        const auto head = read_head(snapshot);
        if (!head) return tl::unexpected<Error>(head.error());
        if (position < head->next) {
            return fail(Errc::corrupt, "the event at " + text(position) + " is missing");
        }
        return fail(Errc::not_found, "There is no event at " + text(position) + " yet.");
    }
    auto record = decode_event(*bytes);
    if (record && record->envelope.position != position) {
        return fail(Errc::corrupt,
                    "the event at " + text(position) + " says " + text(record->envelope.position));
    }
    return record;
}

Status read_stream(const Snapshot& snapshot, const StreamId& stream, StreamRev from,
                   const std::function<bool(EventRecord&&)>& visit) {
    StreamRev expected = from;
    Status read;
    const std::string prefix = stream_prefix(stream);
    auto scanned = snapshot.scan(
        Family::stream, prefix, stream_key(stream, from),
        [&](std::string_view key, std::string_view value) {
            const auto position = parse_be64(value);
            if (parse_be64(key.substr(prefix.size())) != expected.value || !position) {
                read = fail(Errc::corrupt, "revision " + std::to_string(expected.value) +
                                               " of stream " + stream.value + " is missing");
                return false;
            }
            auto record = read_entry(snapshot, stream, expected, Position(*position));
            if (!record) {
                read = tl::unexpected<Error>(record.error());
                return false;
            }
            expected = expected.next();
            return visit(std::move(*record));
        });
    return read ? scanned : read;
}

std::string guest_value(const Party& party) {
    return party.unit.empty() ? "p:" + party.person.value : "u:" + party.unit.value;
}

Status read_index(const Snapshot& snapshot, const IndexEntry& entry, Position from,
                  const std::function<bool(Position)>& visit) {
    if (entry.dimension == Dimension::task) {
        const auto task = parse_task_id(entry.value);
        return task ? read_task_positions(snapshot, *task, from, visit) : Status{};
    }
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    const std::string prefix = index_prefix(*generation, entry);
    bool malformed = false;
    auto scanned = snapshot.scan(Family::index, prefix, prefix + be64(from.value),
                                 [&](std::string_view key, std::string_view) {
                                     const auto position = parse_be64(key.substr(prefix.size()));
                                     malformed = !position || key.size() != prefix.size() + 8;
                                     return !malformed && visit(Position(*position));
                                 });
    if (!scanned) return scanned;
    if (malformed) return fail(Errc::corrupt, "an index key has a wrong length");
    return {};
}

Result<std::optional<Position>> position_at(const Snapshot& snapshot, Timestamp time) {
    const auto head = read_head(snapshot);
    if (!head) return tl::unexpected<Error>(head.error());
    // Events before `low` are recorded at or before the time, those from `high` on after it.
    std::uint64_t low = 0;
    std::uint64_t high = head->next.value;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const auto record = read_event(snapshot, Position(middle));
        if (!record) return tl::unexpected<Error>(record.error());
        if (record->envelope.recorded <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) return std::nullopt;
    return Position(low - 1);
}

Result<TaskRecord> task_as_of(const Snapshot& snapshot, const TaskId& task, Position position) {
    TaskRecord then;
    Status folded;
    const auto status =
        read_stream(snapshot, task_stream(task), StreamRev(0), [&](EventRecord&& record) {
            if (record.envelope.position > position) return false;
            if (!record.event.of(EventFamily::task)) {
                folded = fail(Errc::corrupt, "an event of another kind stands in the stream " +
                                                 record.envelope.stream.value);
                return false;
            }
            then.state = evolve(std::move(then.state), record.event, stamp_of(record.envelope),
                                then.history);
            return true;
        });
    if (!status) return tl::unexpected<Error>(status.error());
    if (!folded) return tl::unexpected<Error>(folded.error());
    sort_by_number(then.history);
    return then;
}

}  // namespace duban
