// Stamp: the part of an event's envelope that a fold may use: when, by whom, for whom and where in
// the log. The rest of the envelope (ids, hashes) is storage's business.
// Thread-safety: immutable values.
#pragma once

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"

namespace duban {

struct Stamp {
    Position position;      // global position of the event
    StreamRev revision;     // the event's place in its stream
    Timestamp time;         // when it occurred
    PersonId actor;         // who did it
    PersonId on_behalf_of;  // for whom, empty when for himself
    bool operator==(const Stamp&) const = default;
};

}  // namespace duban
