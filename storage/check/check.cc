#include "storage/check/blob_check.h"
#include "storage/check/log_check.h"
#include "storage/check/rebuild.h"
#include "storage/check/row_check.h"
#include "storage/check/tree_check.h"
#include "storage/check/view_check.h"
#include "storage/log/batch_reader.h"

namespace duban {
namespace {

// Blocks come first: a scan ends at one that is damaged, and would say so of one family only.
Status check_blocks(const Database& database, CheckBlobs with_blobs, CheckReport& report) {
    return database.read_every_block(with_blobs == CheckBlobs::yes,
                                     [&](const std::string& family, const std::string& reason) {
                                         add_fault(report, "block", "family " + family, reason);
                                     });
}

// Reads the log again for the rows that there was no room for.
Status check_views(const Snapshot& snapshot, ViewCheck& views, const CheckReport& report) {
    do {
        if (auto ok = views.compare(snapshot); !ok) return ok;
        if (!report.faults.empty() || !views.next_part()) return {};
        const auto read = read_batches(snapshot, BatchSeq(1), [&](LogBatch&& batch) {
            for (const EventRecord& record : batch.events) views.add(record, batch.seq);
            return true;
        });
        if (!read) return read;
    } while (true);
}

Status check(const Database& database, CheckBlobs with_blobs, CheckReport& report) {
    if (auto ok = check_blocks(database, with_blobs, report); !ok) return ok;
    if (!report.faults.empty()) return {};
    const Snapshot snapshot(database);
    if (auto ok = check_rows(snapshot, report); !ok) return ok;
    const auto present = present_generation(snapshot);
    if (!present && present.error().code == Errc::storage_failed) {
        return tl::unexpected<Error>(present.error());
    }
    if (!present) add_fault(report, "view", "generation", present.error().detail);
    ViewCheck views(present.value_or(ViewGeneration{}), report);
    BlobCheck blobs(snapshot, report);
    TreeCheck tree(snapshot, report);
    LogCheck log(snapshot, report, [&](const EventRecord& record, BatchSeq seq) {
        if (present) views.add(record, seq);
        blobs.add(record);
        tree.add(record);
    });
    if (auto ok = log.run(); !ok) return ok;
    if (auto ok = tree.run(); !ok) return ok;
    if (present) {
        if (auto ok = check_views(snapshot, views, report); !ok) return ok;
    }
    return with_blobs == CheckBlobs::yes ? blobs.run() : Status{};
}

}  // namespace

Result<CheckReport> check_database(const Database& database, CheckBlobs blobs) {
    CheckReport report;
    if (auto ok = check(database, blobs, report); !ok) return tl::unexpected<Error>(ok.error());
    return report;
}

}  // namespace duban
