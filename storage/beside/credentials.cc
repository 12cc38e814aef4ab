#include "storage/beside/credentials.h"

#include "storage/codec/described_json.h"

namespace duban {
namespace {

Status put(Database& database, Family family, const std::string& key, const std::string& value) {
    WriteSet changes(database);
    changes.put(family, key, value);
    return database.write(changes);
}

// Ends the sessions for which `ends` holds, with `changes`; the token hashes of these. A session
// that cannot be read is nobody's and logs nobody in; it ends too.
Result<std::vector<std::string>> erase_sessions(
    Database& database, WriteSet& changes,
    const std::function<bool(const std::string&, const StoredSession&)>& ends) {
    std::vector<std::string> ended;
    auto scanned = Snapshot(database).scan(Family::session, "", "",
                                           [&](std::string_view key, std::string_view value) {
                                               const auto session = from_row<StoredSession>(value);
                                               std::string hash(key);
                                               if (!session || ends(hash, *session)) {
                                                   changes.erase(Family::session, hash);
                                                   ended.push_back(std::move(hash));
                                               }
                                               return true;
                                           });
    if (!scanned) return tl::unexpected<Error>(scanned.error());
    if (changes.empty()) return ended;
    if (auto written = database.write(changes); !written) {
        return tl::unexpected<Error>(written.error());
    }
    return ended;
}

}  // namespace

Status put_password_hash(Database& database, const PersonId& person, const std::string& argon2id) {
    return put(database, Family::credential, person.value, argon2id);
}

Result<std::optional<std::string>> find_password_hash(const Database& database,
                                                      const PersonId& person) {
    return database.get(Family::credential, person.value);
}

Status put_session(Database& database, const std::string& token_hash,
                   const StoredSession& session) {
    return put(database, Family::session, token_hash, to_row(session));
}

Result<std::optional<StoredSession>> find_session(const Database& database,
                                                  const std::string& token_hash) {
    return from_read<StoredSession>(database.get(Family::session, token_hash));
}

Status erase_session(Database& database, const std::string& token_hash) {
    WriteSet changes(database);
    changes.erase(Family::session, token_hash);
    return database.write(changes);
}

Result<std::vector<std::string>> erase_sessions_of(Database& database, const PersonId& person) {
    WriteSet changes(database);
    return erase_sessions(database, changes, [&](const std::string&, const StoredSession& session) {
        return session.person == person;
    });
}

Result<std::vector<std::string>> replace_password_hash(Database& database, const PersonId& person,
                                                       const std::string& argon2id,
                                                       const std::string& kept) {
    WriteSet changes(database);
    changes.put(Family::credential, person.value, argon2id);
    return erase_sessions(database, changes,
                          [&](const std::string& hash, const StoredSession& session) {
                              return session.person == person && hash != kept;
                          });
}

Status erase_expired_sessions(Database& database, Timestamp now) {
    WriteSet changes(database);
    const auto ended = erase_sessions(
        database, changes,
        [&](const std::string&, const StoredSession& session) { return session.expires <= now; });
    return ended ? Status{} : Status(tl::unexpected<Error>(ended.error()));
}

}  // namespace duban
