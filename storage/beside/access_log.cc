#include "storage/beside/access_log.h"

#include "storage/codec/described_json.h"
#include "storage/codec/utf8.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

// What a stranger sent stands in the record, and it may be no text at all.
AccessRecord made_readable(AccessRecord record) {
    for (std::string* text :
         {&record.person.value, &record.remote, &record.session, &record.method, &record.object,
          &record.command.value, &record.result, &record.detail}) {
        *text = readable(std::move(*text));
    }
    return record;
}

}  // namespace

Result<AccessLog> AccessLog::open(const Database& database) {
    std::optional<std::uint64_t> last;
    auto scanned = Snapshot(database).scan_back(Family::access, "", be64(~0ULL),
                                                [&](std::string_view key, std::string_view) {
                                                    last = parse_be64(key);
                                                    return false;
                                                });
    if (!scanned) return tl::unexpected<Error>(scanned.error());
    return AccessLog(last ? *last + 1 : 0);
}

void AccessLog::add(const AccessRecord& record, WriteSet& changes) {
    changes.put(Family::access, be64(next_++), to_row(made_readable(record)));
}

Result<std::vector<AccessRecord>> read_access_log(const Snapshot& snapshot, std::uint64_t from,
                                                  std::size_t count) {
    std::vector<AccessRecord> records;
    if (count == 0) return records;
    Status read;
    std::uint64_t expected = from;
    auto scanned = snapshot.scan(
        Family::access, "", be64(from), [&](std::string_view key, std::string_view value) {
            auto record = from_row<AccessRecord>(value);
            if (!record) {
                read = tl::unexpected<Error>(record.error());
            } else if (parse_be64(key) != expected) {
                read = fail(Errc::corrupt,
                            "access record " + std::to_string(expected) + " is missing");
            }
            if (!read) return false;
            ++expected;
            records.push_back(std::move(*record));
            return records.size() < count;
        });
    if (!read) return tl::unexpected<Error>(read.error());
    if (!scanned) return tl::unexpected<Error>(scanned.error());
    return records;
}

}  // namespace duban
