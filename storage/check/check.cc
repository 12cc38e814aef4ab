#include "storage/check/blob_check.h"
#include "storage/check/log_check.h"
#include "storage/check/rebuild.h"
#include "storage/check/view_check.h"

namespace duban {
namespace {

Status check(const Snapshot& snapshot, CheckBlobs with_blobs, CheckReport& report) {
    const auto present = present_generation(snapshot);
    if (!present && present.error().code == Errc::storage_failed) {
        return tl::unexpected<Error>(present.error());
    }
    if (!present) add_fault(report, "view", "generation", present.error().detail);
    ViewCheck views(present.value_or(ViewGeneration{}), report);
    BlobCheck blobs(snapshot, report);
    LogCheck log(snapshot, report, [&](const EventRecord& record, BatchSeq seq) {
        if (present) views.add(record, seq);
        blobs.add(record);
    });
    if (auto ok = log.run(); !ok) return ok;
    if (present) {
        if (auto ok = views.compare(snapshot); !ok) return ok;
    }
    return with_blobs == CheckBlobs::yes ? blobs.run() : Status{};
}

}  // namespace

Result<CheckReport> check_database(const Database& database, CheckBlobs blobs) {
    CheckReport report;
    const Snapshot snapshot(database);
    if (auto ok = check(snapshot, blobs, report); !ok) return tl::unexpected<Error>(ok.error());
    return report;
}

}  // namespace duban
