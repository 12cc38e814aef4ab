#include "storage/fold/projection.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>

#include "domain/task/react.h"
#include "domain/task/task_history.h"
#include "storage/fold/generations.h"
#include "storage/fold/index.h"
#include "storage/fold/timers.h"

namespace duban {
namespace {

// Only the last change of a row counts.
ViewChanges settled(ViewChanges rows) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t at) {
        return std::tuple<Family, std::string_view, std::size_t>(rows[at].family, rows[at].key, at);
    });
    ViewChanges last;
    last.reserve(rows.size());
    for (const std::size_t at : order) {
        RowChange& row = rows[at];
        if (!last.empty() && last.back().family == row.family && last.back().key == row.key) {
            last.back() = std::move(row);
        } else {
            last.push_back(std::move(row));
        }
    }
    return last;
}

}  // namespace

Status Fold::add(const EventRecord& record, BatchSeq seq) {
    const Stamp stamp = stamp_of(record.envelope);
    if (record.event.of(EventFamily::task)) return add_to_task(record, stamp, seq);
    world_.apply(record.event, stamp);
    to_ = {};
    project({record, world_.directory(), world_.plans(), world_.routes()});
    return {};
}

Status Fold::add_to_task(const EventRecord& record, const Stamp& stamp, BatchSeq seq) {
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
    to_ = addressees_of(before, after, record.event);
    project({record, world_.directory(), world_.plans(), world_.routes(), &before, &after, &over,
             &to_});
    for (const Action& action : react(before, record.event, after)) {
        pending_.push_back(timer_change(action, views_));
    }
    world_.replace_task(*id, std::move(after), seq);
    return {};
}

void Fold::project(const Change& change) {
    for (const View& view : all_views()) view.project(change, views_, pending_);
    for (const IndexEntry& entry : index_entries(change)) {
        pending_.push_back(index_change(views_, entry, change.record.envelope.position));
    }
}

ViewChanges Fold::take() {
    return settled(std::exchange(pending_, {}));
}

Projection::Projection(World world, ViewGeneration views)
    : live_(std::move(world), views), views_(views), database_(live_.world().database()) {}

void Projection::seal(const LogBatch& batch) {
    DUBAN_ASSERT(!batch.hash.empty());
    ViewChanges rows = live_.take();
    const std::lock_guard lock(mutex_);
    sealed_[batch.hash] = std::move(rows);
}

Status Projection::roll_back() {
    DUBAN_ASSERT(database_ != nullptr);
    auto world = World::load(*database_);
    if (!world) return tl::unexpected<Error>(world.error());
    live_ = Fold(std::move(*world), views_);
    const std::lock_guard lock(mutex_);
    sealed_.clear();
    return {};
}

Status Projection::apply(const LogBatch& batch, WriteSet& changes) {
    std::optional<ViewChanges> rows;
    {
        const std::lock_guard lock(mutex_);
        if (auto found = sealed_.extract(batch.hash)) rows = std::move(found.mapped());
    }
    if (!rows) {
        auto folded = fold_foreign(batch);
        if (!folded) return tl::unexpected<Error>(folded.error());
        rows = std::move(*folded);
    }
    if (batch.seq == BatchSeq(1)) rows->push_back(generation_row(views_));
    for (const RowChange& row : *rows) put_row(row, changes);
    return {};
}

// Whoever follows another node folds batch after batch; whoever lost one race does it once. The
// state that was folded is good for the batch that comes next and for no other.
Result<ViewChanges> Projection::fold_foreign(const LogBatch& batch) {
    if (!follower_ || follower_at_.next() != batch.seq) {
        follower_.reset();
        if (database_ == nullptr) {
            follower_.emplace(World::empty(), views_);
        } else {
            auto world = World::load(*database_);
            if (!world) return tl::unexpected<Error>(world.error());
            follower_.emplace(std::move(*world), views_);
        }
    }
    FoldedBatch folded;
    for (const EventRecord& record : batch.events) {
        if (auto ok = follower_->add(record, batch.seq); !ok) {
            follower_.reset();
            return tl::unexpected<Error>(ok.error());
        }
        folded.to.push_back(follower_->take_addressees());
    }
    follower_->world().evict(follower_at_);
    follower_at_ = batch.seq;
    folded.directory = follower_->world().shared_directory();
    // Nobody but a committer asks for them, and then soon; a plain follower never does.
    constexpr std::size_t kept_max = 64;
    if (folded_.size() == kept_max) folded_.clear();
    folded_[batch.hash] = std::move(folded);
    return follower_->take();
}

std::optional<FoldedBatch> Projection::take_folded(const LogBatch& batch) {
    auto found = folded_.extract(batch.hash);
    if (!found) return std::nullopt;
    return std::move(found.mapped());
}

}  // namespace duban
