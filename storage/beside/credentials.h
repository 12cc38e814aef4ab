// Passwords and sessions: beside the log, not in it. A password is kept as an Argon2id string that
// the caller computes; a token is kept by its SHA-256.
// Thread-safety: safe for concurrent use. Blocking: every call may wait for the disk.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/rocks/database.h"

namespace duban {

struct StoredSession {
    PersonId person;
    std::string id;  // shown in logs; says nothing about the token
    Timestamp opened;
    Timestamp expires;
    bool operator==(const StoredSession&) const = default;
};
BOOST_DESCRIBE_STRUCT(StoredSession, (), (person, id, opened, expires))

// Errors of all: storage_failed; of those that read sessions also corrupt. Absent is not an error.
[[nodiscard]] Status put_password_hash(Database& database, const PersonId& person,
                                       const std::string& argon2id);
[[nodiscard]] Result<std::optional<std::string>> find_password_hash(const Database& database,
                                                                    const PersonId& person);
[[nodiscard]] Status put_session(Database& database, const std::string& token_hash,
                                 const StoredSession& session);
[[nodiscard]] Result<std::optional<StoredSession>> find_session(const Database& database,
                                                                const std::string& token_hash);
[[nodiscard]] Status erase_session(Database& database, const std::string& token_hash);
// Ends every session of a person, for a deactivated account. The token hashes of those it ended.
[[nodiscard]] Result<std::vector<std::string>> erase_sessions_of(Database& database,
                                                                 const PersonId& person);
// A new password, and the end of every session of the person but that of `kept`, in one write.
// The token hashes of those it ended.
[[nodiscard]] Result<std::vector<std::string>> replace_password_hash(Database& database,
                                                                     const PersonId& person,
                                                                     const std::string& argon2id,
                                                                     const std::string& kept);
// Forgets the sessions that have expired by `now`.
[[nodiscard]] Status erase_expired_sessions(Database& database, Timestamp now);

}  // namespace duban
