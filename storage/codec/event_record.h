// EventRecord: one event as it stands in the log: its envelope, its payload and its exact bytes.
// The bytes are a CloudEvents 1.0 JSON object in canonical form; docs/storage_format.md lists the
// attributes. Envelope and payload are read from the bytes, never the other way round after the
// first encoding.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/event.h"
#include "domain/base/event_stamp.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/codec/digest.h"

namespace duban {

inline constexpr std::size_t event_bytes_max = 1024 * 1024;

// What the committer adds to a payload.
struct Envelope {
    std::string id;           // UUIDv7
    UnitCode source;          // unit of the actor; "system" for the system's own acts
    StreamId stream;          // CloudEvents subject
    Position position;        // CloudEvents sequence
    StreamRev revision;       // streamrev
    Timestamp time;           // when it occurred
    Timestamp recorded;       // recordedtime: never decreases along the log
    PersonId actor;           // authid
    PersonId on_behalf_of;    // onbehalfof, absent when empty
    CommandId command;        // causationid
    std::string correlation;  // correlationid: the report or approval concerned, else the stream
    std::string prev_hash;    // 64 hex digits: SHA-256 of the previous event of the same stream
    std::string nonce;        // 16 random bytes, base64url
    bool operator==(const Envelope&) const = default;
};

struct EventRecord {
    Envelope envelope;
    Event event;
    std::string bytes;  // canonical
    // SHA-256 of the bytes, made with them: by encode_event, and where batches are read. Zeros in a
    // record that was decoded for something else.
    Hash hash{};
};

[[nodiscard]] Stamp stamp_of(const Envelope& envelope);

// Requires: a complete envelope. The result's bytes decode to an equal record.
[[nodiscard]] EventRecord encode_event(Envelope envelope, Event event);

// Of stored bytes, whose form was checked or made when they were written. Errors: corrupt (no JSON
// object, a missing attribute, an unknown member), unsupported (a type or version that this build
// does not know; the detail names both).
[[nodiscard]] Result<EventRecord> decode_event(std::string_view bytes);
// The same of bytes that may be spelt otherwise. Errors: corrupt for those too.
[[nodiscard]] Result<EventRecord> decode_canonical_event(std::string_view bytes);

// The hash of an event's bytes as prevhash names it: 64 hex digits.
[[nodiscard]] std::string event_hash(std::string_view bytes);
// prevhash of a stream's first event.
[[nodiscard]] std::string first_prev_hash();

}  // namespace duban
