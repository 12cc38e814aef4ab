// The access log: the second log, of log-ins, refused commands and reads of blobs. Its own numbers,
// 0-based and gapless; not part of the business record and no view is folded from it.
// Thread-safety: AccessLog by one thread at a time (the committer); reading is safe for concurrent
// use.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "storage/rocks/database.h"

namespace duban {

struct AccessRecord {
    Timestamp time;
    PersonId person;      // who, "" when unknown
    std::string remote;   // address
    std::string session;  // id of the session, "" when none
    std::string method;   // what was asked
    std::string object;   // task, report, approval or digest concerned, "" when none
    CommandId command;    // "" when none
    std::string result;   // "ok", or the name of the Errc
    std::string detail;   // the error's rule and field
    // Refusals from the same address before this one that were not written, because too many came.
    std::uint64_t unwritten = 0;
    bool operator==(const AccessRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccessRecord, (),
                      (time, person, remote, session, method, object, command, result, detail,
                       unwritten))

class AccessLog {
public:
    // Errors: corrupt, storage_failed.
    [[nodiscard]] static Result<AccessLog> open(const Database& database);
    // Adds the record under the next number; durable with `changes`.
    void add(const AccessRecord& record, WriteSet& changes);

private:
    explicit AccessLog(std::uint64_t next) : next_(next) {}
    std::uint64_t next_;
};

// Records from that number on, at most `count`. Errors: corrupt, storage_failed.
[[nodiscard]] Result<std::vector<AccessRecord>> read_access_log(const Snapshot& snapshot,
                                                                std::uint64_t from,
                                                                std::size_t count);

}  // namespace duban
