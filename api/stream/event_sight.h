// EventSight: which stored events a reader may see and whom they concern, by lookups in the
// index of one snapshot. Meant for reading forwards: it remembers where each of them comes next.
// Thread-safety: one thread at a time. Blocking: may wait for the disk.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "domain/approval/addressees.h"
#include "domain/directory/access.h"
#include "storage/log/event_reader.h"

namespace duban {

class EventSight {
public:
    // Both outlive it.
    EventSight(const Snapshot& snapshot, const Access& access)
        : snapshot_(snapshot), access_(access) {}

    // Whether the reader may see it. Errors: corrupt, storage_failed.
    [[nodiscard]] Result<bool> may_see(const EventRecord& record);
    // Whether one of these units takes part in the event's task, or is a guest whom it concerns.
    [[nodiscard]] Result<bool> concerns(const std::vector<UnitCode>& units, Position position);

private:
    [[nodiscard]] Result<bool> indexed(const IndexEntry& entry, Position position);
    // Those of these units, or of the parties, to whom it is addressed.
    [[nodiscard]] Status add_units(const std::set<UnitCode>& units, Position position,
                                   Addressees& to);
    [[nodiscard]] Status add_guest(const Party& party, Position position, Addressees& to);

    struct Next {
        Position from;                // asked from here
        std::optional<Position> hit;  // the first at or after it
    };
    const Snapshot& snapshot_;
    const Access& access_;
    std::map<IndexEntry, Next> next_;
};

}  // namespace duban
