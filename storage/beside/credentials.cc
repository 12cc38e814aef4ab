#include "storage/beside/credentials.h"

#include "storage/codec/described_json.h"

namespace duban {
namespace {

Status put(Database& database, Family family, const std::string& key, const std::string& value) {
    WriteSet changes(database);
    changes.put(family, key, value);
    return database.write(changes);
}

// Ends the sessions for which `ends` holds. One that cannot be read is nobody's and logs nobody in;
// it ends too.
Status erase_sessions(Database& database, const std::function<bool(const StoredSession&)>& ends) {
    WriteSet changes(database);
    auto scanned = Snapshot(database).scan(Family::session, "", "",
                                           [&](std::string_view key, std::string_view value) {
                                               const auto session = from_row<StoredSession>(value);
                                               if (!session || ends(*session))
                                                   changes.erase(Family::session, key);
                                               return true;
                                           });
    if (!scanned) return scanned;
    return changes.empty() ? Status{} : database.write(changes);
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

Status erase_sessions_of(Database& database, const PersonId& person) {
    return erase_sessions(database,
                          [&](const StoredSession& session) { return session.person == person; });
}

Status erase_expired_sessions(Database& database, Timestamp now) {
    return erase_sessions(database,
                          [&](const StoredSession& session) { return session.expires <= now; });
}

}  // namespace duban
