#include "storage/check/rebuild.h"

#include <algorithm>

#include "storage/codec/digest.h"
#include "storage/fold/generations.h"
#include "storage/fold/projection.h"
#include "storage/log/batch_reader.h"
#include "storage/log/embedded_log.h"
#include "storage/tlog/log_tree.h"

namespace duban {
namespace {

// A write set is held in memory, so a long log goes into several.
constexpr std::size_t rows_per_write_max = 10'000;

class Builder {
public:
    Builder(Database& database, ViewGeneration next)
        : database_(database),
          projection_(World::rebuilding(database, next), next),
          changes_(database) {}

    Status fold_log(const Snapshot& snapshot, std::uint64_t& events) {
        Status folded;
        const auto head = read_head(snapshot);
        if (!head) return tl::unexpected<Error>(head.error());
        LogHead end{BatchSeq(0), Position(0), zero_batch_hash(), Timestamp{}};
        auto read = read_batches(snapshot, BatchSeq(1), [&](LogBatch&& batch) {
            events += batch.events.size();
            move_to(batch, end);
            folded = add(batch);
            return folded.has_value();
        });
        if (!folded) return folded;
        if (!read) return read;
        if (end == *head) {
            if (auto ok = erase_tree_beyond(snapshot, end.next, changes_); !ok) return ok;
            rows_ = std::max<std::size_t>(rows_, 1);
            return flush(end.seq);
        }
        // A log that lost its end would make views that silently lack what happened there.
        return fail(Errc::corrupt, "the log ends with batch " + std::to_string(end.seq.value) +
                                       " before position " + std::to_string(end.next.value) +
                                       ", but its stored head names batch " +
                                       std::to_string(head->seq.value) + " and position " +
                                       std::to_string(head->next.value) +
                                       "; run `duban check` and restore a backup");
    }

private:
    static void move_to(const LogBatch& batch, LogHead& end) {
        end.seq = batch.seq;
        end.next = Position(batch.base.value + batch.events.size());
        end.hash = batch.hash;
        if (!batch.events.empty()) end.recorded = batch.events.back().envelope.recorded;
    }

    Status add(const LogBatch& batch) {
        for (const EventRecord& record : batch.events) {
            if (auto ok = projection_.fold(record, batch.seq); !ok) return ok;
        }
        const ViewChanges rows = projection_.take();
        for (const RowChange& row : rows) put_row(row, changes_);
        tree_.append(batch, [&](std::string_view key, std::string_view value) {
            changes_.put(Family::tree, key, value);
            ++rows_;
        });
        rows_ += rows.size();
        return rows_ < rows_per_write_max ? Status{} : flush(batch.seq);
    }

    Status flush(BatchSeq seq) {
        if (changes_.empty()) return {};
        if (auto ok = database_.write(changes_); !ok) return ok;
        changes_ = WriteSet(database_);
        rows_ = 0;
        projection_.world().evict(seq);
        return {};
    }

    Database& database_;
    Projection projection_;
    LogTree tree_;
    WriteSet changes_;
    std::size_t rows_ = 0;
};

// Visits the rows of `range` and counts those that `other` does not have alike.
Status count_differing(const Snapshot& snapshot, const RowRange& range, const RowRange& other,
                       bool only_missing, ViewComparison& comparison) {
    Status looked_up;
    auto scanned = snapshot.scan(
        range.family, range.prefix, "", [&](std::string_view key, std::string_view value) {
            const auto own_key = key.substr(range.prefix.size());
            const auto twin = snapshot.get(range.family, other.prefix + std::string(own_key));
            if (!twin) {
                looked_up = tl::unexpected<Error>(twin.error());
                return false;
            }
            if (!only_missing) ++comparison.rows;
            if (only_missing ? !twin->has_value() : *twin != value) {
                if (comparison.differing++ == 0) comparison.first_key = to_hex(own_key);
            }
            return true;
        });
    return looked_up ? scanned : looked_up;
}

Status count_rows(const Snapshot& snapshot, const RowRange& range, ViewComparison& comparison) {
    return snapshot.scan(range.family, range.prefix, "", [&](std::string_view, std::string_view) {
        ++comparison.rows;
        return true;
    });
}

Status compare(const Snapshot& snapshot, ViewGeneration present, ViewGeneration next,
               RebuildReport& report) {
    const auto old_ranges = ranges_of(present);
    const auto new_ranges = ranges_of(next);
    const auto readable = present_generation(snapshot);
    if (!readable && readable.error().code == Errc::storage_failed) {
        return tl::unexpected<Error>(readable.error());
    }
    const bool comparable = readable.has_value();
    report.compared = comparable;
    for (std::size_t i = 0; i < new_ranges.size(); ++i) {
        ViewComparison comparison{new_ranges[i].name, 0, 0, {}};
        Status status;
        if (!comparable) {
            status = count_rows(snapshot, new_ranges[i], comparison);
        } else {
            status = count_differing(snapshot, new_ranges[i], old_ranges[i], false, comparison);
            if (status) {
                status = count_differing(snapshot, old_ranges[i], new_ranges[i], true, comparison);
            }
        }
        if (!status) return status;
        report.views.push_back(std::move(comparison));
    }
    return {};
}

Status make_present(Database& database, ViewGeneration next) {
    WriteSet swap(database);
    put_row(generation_row(next), swap);
    return database.write(swap);
}

Status rebuild(Database& database, RebuildReport& report) {
    const auto present = stored_generation(Snapshot(database));
    if (!present) return tl::unexpected<Error>(present.error());
    const ViewGeneration next{present->number + 1};
    if (auto ok = erase_other_generations(database, *present); !ok) return ok;
    Builder builder(database, next);
    if (auto ok = builder.fold_log(Snapshot(database), report.events); !ok) return ok;
    if (auto ok = compare(Snapshot(database), *present, next, report); !ok) return ok;
    if (auto ok = make_present(database, next); !ok) return ok;
    return erase_other_generations(database, next);
}

}  // namespace

RebuildVerdict RebuildReport::verdict() const {
    if (!compared) return RebuildVerdict::not_compared;
    for (const auto& view : views) {
        if (view.differing > 0) return RebuildVerdict::differ;
    }
    return RebuildVerdict::equal;
}

Result<RebuildReport> rebuild_views(Database& database) {
    RebuildReport report;
    if (auto ok = rebuild(database, report); !ok) return tl::unexpected<Error>(ok.error());
    return report;
}

}  // namespace duban
