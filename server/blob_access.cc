#include "server/blob_access.h"

#include <future>
#include <memory>
#include <set>
#include <utility>

#include "domain/access.h"
#include "storage/event_reader.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

Error unknown_blob() {
    return Error{Errc::not_found, "there is no such file, or you may not see it", "digest", {}, 0};
}

// Events that may name one blob are few; more than this are not looked at.
constexpr std::size_t uses_max = 1000;

Result<std::vector<Position>> uses_of(const Snapshot& snapshot, const Digest& digest) {
    std::vector<Position> uses;
    const Status read = read_index(snapshot, IndexEntry{Dimension::blob, digest.value}, Position(0),
                                   [&uses](Position position) {
                                       uses.push_back(position);
                                       return uses.size() < uses_max;
                                   });
    if (!read) return tl::unexpected(read.error());
    return uses;
}

}  // namespace

Result<bool> StoredBlobAccess::may_read(const BlobInfo& blob, const Caller& caller) const {
    if (blob.uploader == caller.person) return true;
    const Access access = access_of(*head_.directory(), caller.person, office_date(clock_.now()));
    if (!reads_business(access)) return false;
    const Snapshot snapshot(database_);
    const Result<std::vector<Position>> uses = uses_of(snapshot, blob.digest);
    if (!uses) return tl::unexpected(uses.error());
    for (const Position position : *uses) {
        const Result<EventRecord> record = read_event(snapshot, position);
        if (!record) return tl::unexpected(record.error());
        const Result<TaskId> task = task_of_stream(record->envelope.stream);
        if (!task) continue;
        const Result<TaskState> state = read_task(snapshot, *task);
        if (!state) return tl::unexpected(state.error());
        if (may_see_event(access, record->event, units_of(*state))) return true;
    }
    return false;
}

Status StoredBlobAccess::record(const Digest& digest, const Caller& caller,
                                const std::string& result) {
    AccessRecord access;
    access.time = clock_.now();
    access.person = caller.person;
    access.remote = caller.remote;
    access.session = caller.session;
    access.method = "blob.get";
    access.object = digest.value;
    access.result = result;
    auto promise = std::make_shared<std::promise<Status>>();
    auto written = promise->get_future();
    commands_.record(std::move(access),
                     [promise](Status status) { promise->set_value(std::move(status)); });
    return written.get();
}

Result<BlobInfo> StoredBlobAccess::open(const Digest& digest, const Caller& caller) {
    Result<BlobInfo> blob = blobs_.find(digest);
    if (!blob) {
        if (blob.error().code != Errc::not_found) return blob;
    } else {
        const Result<bool> allowed = may_read(*blob, caller);
        if (!allowed) return tl::unexpected(allowed.error());
        if (*allowed) {
            if (Status written = record(digest, caller, "ok"); !written) {
                return tl::unexpected(written.error());
            }
            return blob;
        }
    }
    if (Status written = record(digest, caller, "not_found"); !written) {
        return tl::unexpected(written.error());
    }
    return tl::unexpected(unknown_blob());
}

}  // namespace duban
