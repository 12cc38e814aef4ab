// BlobCheck: whether every stored file is what its digest says, and every file that the record
// names is there. Faults go into a report; only a failing disk is an error. One piece of a file is
// in memory at a time, and the digests that the record names. Thread-safety: one thread at a time.
#pragma once

#include <map>

#include "storage/beside/blob_store.h"
#include "storage/check/rebuild.h"
#include "storage/codec/event_record.h"

namespace duban {

class BlobCheck {
public:
    BlobCheck(const Snapshot& snapshot, CheckReport& report)
        : snapshot_(snapshot), report_(report) {}

    // Notes the files that the event names.
    void add(const EventRecord& record);
    // After the last event. Errors: storage_failed.
    [[nodiscard]] Status run();

private:
    [[nodiscard]] Status check_blob(const std::string& digest, std::string_view row);
    void blame(const std::string& digest, const std::string& detail);

    const Snapshot& snapshot_;
    CheckReport& report_;
    std::map<std::string, Position> named_;  // digest -> where first
};

}  // namespace duban
