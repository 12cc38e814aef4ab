#include "storage/fold/projection.h"

#include "domain/task/react.h"
#include "domain/task/task_history.h"
#include "storage/fold/generations.h"
#include "storage/fold/index.h"
#include "storage/fold/timers.h"

namespace duban {
namespace {

// Only the last change of a row counts.
ViewChanges settled(ViewChanges rows) {
    std::map<std::pair<Family, std::string>, std::optional<std::string>> last;
    for (RowChange& row : rows) {
        last.insert_or_assign(std::pair(row.family, std::move(row.key)), std::move(row.value));
    }
    ViewChanges out;
    out.reserve(last.size());
    while (!last.empty()) {
        auto row = last.extract(last.begin());
        out.push_back({row.key().first, std::move(row.key().second), std::move(row.mapped())});
    }
    return out;
}

}  // namespace

Projection::Projection(World world, ViewGeneration views)
    : world_(std::move(world)), views_(views) {}

Status Projection::fold(const EventRecord& record, BatchSeq seq) {
    const Stamp stamp = stamp_of(record.envelope);
    if (record.event.of(EventFamily::task)) return fold_task(record, stamp, seq);
    world_.apply(record.event, stamp);
    project({record, world_.directory(), world_.plans(), world_.routes()});
    return {};
}

Status Projection::fold_task(const EventRecord& record, const Stamp& stamp, BatchSeq seq) {
    const auto id = task_of_stream(record.envelope.stream);
    if (!id) {
        return fail(Errc::corrupt,
                    "an event of a task stands in the stream " + record.envelope.stream.value);
    }
    const auto loaded = world_.task(*id);
    if (!loaded) return tl::unexpected<Error>(loaded.error());
    const TaskState& before = **loaded;
    TaskHistory over;
    TaskState after = evolve(before, record.event, stamp, over);
    project({record, world_.directory(), world_.plans(), world_.routes(), &before, &after, &over});
    for (const Action& action : react(before, record.event, after)) {
        pending_.push_back(timer_change(action, views_));
    }
    world_.replace_task(*id, std::move(after), seq);
    return {};
}

void Projection::project(const Change& change) {
    for (const View& view : all_views()) view.project(change, views_, pending_);
    for (const IndexEntry& entry : index_entries(change)) {
        pending_.push_back(index_change(views_, entry, change.record.envelope.position));
    }
}

ViewChanges Projection::take() {
    return settled(std::exchange(pending_, {}));
}

void Projection::seal(BatchSeq seq) {
    ViewChanges rows = take();
    const std::lock_guard lock(mutex_);
    sealed_[seq] = std::move(rows);
}

Status Projection::apply(const LogBatch& batch, WriteSet& changes) {
    std::optional<ViewChanges> rows;
    {
        const std::lock_guard lock(mutex_);
        if (auto found = sealed_.extract(batch.seq)) rows = std::move(found.mapped());
    }
    if (!rows) {
        for (const EventRecord& record : batch.events) {
            if (auto ok = fold(record, batch.seq); !ok) return ok;
        }
        rows = take();
    }
    if (batch.seq == BatchSeq(1)) rows->push_back(generation_row(views_));
    for (const RowChange& row : *rows) put_row(row, changes);
    return {};
}

}  // namespace duban
