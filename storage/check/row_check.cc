#include "storage/check/row_check.h"

#include <algorithm>
#include <array>
#include <set>

#include "storage/beside/access_log.h"
#include "storage/beside/blob_keys.h"
#include "storage/beside/credentials.h"
#include "storage/check/log_check.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

class RowCheck {
public:
    RowCheck(const Snapshot& snapshot, CheckReport& report)
        : snapshot_(snapshot), report_(report) {}

    Status run() {
        for (const auto step :
             {&RowCheck::check_credentials, &RowCheck::check_sessions, &RowCheck::check_access,
              &RowCheck::check_files, &RowCheck::check_meta}) {
            if (auto ok = (this->*step)(); !ok) return ok;
        }
        return {};
    }

private:
    void blame(const char* family, const std::string& where, const std::string& detail) {
        add_fault(report_, family, where, detail);
    }

    Status check_credentials() {
        constexpr std::string_view start = "$argon2id$v=19$m=";
        return snapshot_.scan(Family::credential, "", "",
                              [&](std::string_view key, std::string_view value) {
                                  if (value.starts_with(start)) return true;
                                  blame("credential", std::string(key), "is no Argon2id string");
                                  return true;
                              });
    }

    Status check_sessions() {
        return snapshot_.scan(Family::session, "", "",
                              [&](std::string_view key, std::string_view value) {
                                  const auto session = from_row<StoredSession>(value);
                                  if (!is_digest(key))
                                      blame("session", to_hex(key), "the key is no token's hash");
                                  if (!session)
                                      blame("session", to_hex(key), session.error().detail);
                                  return true;
                              });
    }

    Status check_access() {
        std::uint64_t next = 0;
        return snapshot_.scan(
            Family::access, "", "", [&](std::string_view key, std::string_view value) {
                const auto number = parse_be64(key);
                const std::string where = number ? std::to_string(*number) : to_hex(key);
                if (number != next) {
                    blame("access", where, "stands where " + std::to_string(next) + " is expected");
                }
                next = number.value_or(next) + 1;
                const auto record = from_row<AccessRecord>(value);
                if (!record) blame("access", where, record.error().detail);
                return true;
            });
    }

    // That each file has its pieces is looked at with the files.
    Status check_files() {
        std::set<std::string> digests;
        const auto note = [&](std::string_view key, std::string_view row) {
            digests.emplace(key.substr(1));
            const auto info = from_row<BlobInfo>(row);
            if (!info) blame("blob", std::string(key.substr(1)), info.error().detail);
            return true;
        };
        const std::string prefix(1, blob_meta_rows);
        if (auto ok = snapshot_.scan(Family::blob, prefix, "", note); !ok) return ok;
        return check_bringers(digests);
    }

    Status check_bringers(const std::set<std::string>& digests) {
        const std::size_t length = digest_of("").value.size();
        const std::string prefix(1, blob_bringer_rows);
        return snapshot_.scan(
            Family::blob, prefix, "", [&](std::string_view key, std::string_view) {
                const std::string digest(key.substr(1, std::min(length, key.size() - 1)));
                if (!digests.contains(digest)) {
                    blame("blob", digest, "somebody brought it and it is not stored");
                }
                return true;
            });
    }

    Status check_meta() {
        constexpr std::array known = {meta_log_id, meta_format, meta_head, meta_generation};
        return snapshot_.scan(Family::meta, "", "", [&](std::string_view key, std::string_view) {
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                blame("meta", std::string(key), "is unknown");
            }
            return true;
        });
    }

    const Snapshot& snapshot_;
    CheckReport& report_;
};

}  // namespace

Status check_rows(const Snapshot& snapshot, CheckReport& report) {
    return RowCheck(snapshot, report).run();
}

}  // namespace duban
