// Values for codec tests: every event of the domain by itself, with defaults or filled member by
// member from its layout, and an envelope around it.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <vector>

#include "storage/codec/event_record.h"

namespace duban {

// Each type of event once, with the defaults of its members.
[[nodiscard]] std::vector<Event> default_events();
// The same with a value of its own for every member: counted numbers, texts with CJK and controls,
// the last enumerator, two items per list (fewer in what holds others of its kind), present
// optionals.
[[nodiscard]] std::vector<Event> filled_events();

[[nodiscard]] Envelope sample_envelope();

}  // namespace duban
