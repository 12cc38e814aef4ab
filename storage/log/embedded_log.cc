#include "storage/log/embedded_log.h"

#include <atomic>
#include <map>
#include <mutex>

#include "storage/codec/described_json.h"
#include "storage/log/batch_reader.h"
#include "storage/log/stream_head.h"
#include "storage/rocks/keys.h"
#include "storage/tlog/log_tree.h"

namespace duban {
namespace {

LogHead empty_head() {
    return LogHead{BatchSeq(0), Position(0), zero_batch_hash(), Timestamp{}};
}

Status misfit(const std::string& what) {
    return fail(Errc::corrupt, "the stored head does not fit the log: " + what +
                                   "; run `duban check` and restore a backup");
}

// The number of the last key of a family that is keyed by be64; nothing when it is empty.
Result<std::optional<std::uint64_t>> last_number(const Snapshot& snapshot, Family family) {
    std::optional<std::uint64_t> last;
    auto scanned =
        snapshot.scan_back(family, "", be64(~0ULL), [&](std::string_view key, std::string_view) {
            last = parse_be64(key);
            return false;
        });
    if (!scanned) return tl::unexpected<Error>(scanned.error());
    return last;
}

Status check_last_batch(const Snapshot& snapshot, const LogHead& head) {
    const auto header = read_header(snapshot, head.seq);
    if (!header) return tl::unexpected<Error>(header.error());
    const std::optional<BatchHeader>& last = *header;
    if (!last) return misfit("the last batch is missing");
    const auto batch = read_batch(snapshot, head.seq, *last);
    if (!batch) return tl::unexpected<Error>(batch.error());
    if (last->hash != head.hash) return misfit("the last batch has another hash");
    if (batch->base.value + batch->events.size() != head.next.value) {
        return misfit("the last batch ends at another position");
    }
    if (!batch->events.empty() && batch->events.back().envelope.recorded != head.recorded) {
        return misfit("the last event has another recorded time");
    }
    return {};
}

Status check_end(const Snapshot& snapshot, const LogHead& head) {
    const auto seq = last_number(snapshot, Family::batch);
    const auto position = last_number(snapshot, Family::event);
    if (!seq) return tl::unexpected<Error>(seq.error());
    if (!position) return tl::unexpected<Error>(position.error());
    if (seq->value_or(0) != head.seq.value) return misfit("it names another last batch");
    const std::optional<std::uint64_t>& last = *position;
    if (head.next.value != (last ? *last + 1 : 0)) {
        return misfit("it names another last position");
    }
    return head.seq.value == 0 ? Status{} : check_last_batch(snapshot, head);
}

void put_record(const LogBatch& batch, WriteSet& changes) {
    std::map<StreamId, const EventRecord*> last_of_stream;
    for (const auto& record : batch.events) {
        const auto& envelope = record.envelope;
        changes.put(Family::event, event_key(envelope.position), record.bytes);
        changes.put(Family::stream, stream_key(envelope.stream, envelope.revision),
                    be64(envelope.position.value));
        last_of_stream[envelope.stream] = &record;
    }
    for (const auto& [stream, record] : last_of_stream) {
        changes.put(Family::head, stream.value, stream_head_row(*record));
    }
    for (const auto& outcome : batch.outcomes) {
        changes.put(Family::command, outcome.id.value, outcome.row);
    }
}

LogHead head_after(const LogHead& head, const LogBatch& batch, const Digest& hash) {
    return LogHead{batch.seq, Position(batch.base.value + batch.events.size()), hash,
                   batch.events.empty() ? head.recorded : batch.events.back().envelope.recorded};
}

}  // namespace

struct EmbeddedLog::State {
    Database& database;
    BatchApplier& applier;
    mutable std::mutex mutex;
    LogHead head;  // guarded by mutex
    LogTree tree;  // appending thread only, as the next
    bool failed = false;
};

EmbeddedLog::EmbeddedLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
EmbeddedLog::~EmbeddedLog() = default;

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::open(Database& database, BatchApplier& applier) {
    const Snapshot snapshot(database);
    auto head = read_head(snapshot);
    if (!head) return tl::unexpected<Error>(head.error());
    if (auto ok = check_end(snapshot, *head); !ok) return tl::unexpected<Error>(ok.error());
    auto tree = LogTree::load(snapshot, head->next);
    if (!tree) return tl::unexpected<Error>(tree.error());
    std::unique_ptr<State> state(
        new State{database, applier, {}, std::move(*head), std::move(*tree)});
    return std::unique_ptr<EmbeddedLog>(new EmbeddedLog(std::move(state)));
}

Status EmbeddedLog::append(BatchSeq expected, const LogBatch& batch) {
    if (state_->failed) {
        return fail(Errc::storage_failed, "an earlier append failed; restart to recover");
    }
    const LogHead before = head();
    if (before.seq != expected || before.hash != batch.prev_hash || before.next != batch.base) {
        return tl::unexpected<Error>(
            Error{Errc::version_conflict,
                  before.seq != expected
                      ? "the log is at batch " + std::to_string(before.seq.value) + ", not at " +
                            std::to_string(expected.value)
                      : "the batch was built on another batch " + std::to_string(expected.value),
                  {},
                  {},
                  before.seq.value});
    }
    DUBAN_ASSERT(batch.seq == expected.next());
    DUBAN_ASSERT(!batch.hash.empty());
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        DUBAN_ASSERT(batch.events[i].envelope.position.value == batch.base.value + i);
    }
    const BatchHeader header = header_of(batch);
    const LogHead after = head_after(before, batch, header.hash);
    WriteSet changes(state_->database);
    put_record(batch, changes);
    changes.put(Family::batch, batch_key(batch.seq), to_row(header));
    changes.put(Family::meta, meta_head, to_row(after));
    state_->tree.append(batch, [&](std::string_view key, std::string_view value) {
        changes.put(Family::tree, key, value);
    });
    Status status = state_->applier.apply(batch, changes);
    if (status) status = state_->database.write(changes, Room::admitted);
    if (!status) {
        state_->failed = true;
        return status;
    }
    const std::lock_guard lock(state_->mutex);
    state_->head = after;
    return {};
}

Result<std::vector<LogBatch>> EmbeddedLog::read(BatchSeq from, std::size_t count) const {
    std::vector<LogBatch> batches;
    if (count == 0) return batches;
    const auto status = read_batches(Snapshot(state_->database), from, [&](LogBatch&& batch) {
        batches.push_back(std::move(batch));
        return batches.size() < count;
    });
    if (!status) return tl::unexpected<Error>(status.error());
    return batches;
}

Status EmbeddedLog::tail(BatchSeq from,
                         const std::function<bool(const LogBatch&)>& on_batch) const {
    return read_batches(Snapshot(state_->database), from,
                        [&](LogBatch&& batch) { return on_batch(batch); });
}

LogHead EmbeddedLog::head() const {
    const std::lock_guard lock(state_->mutex);
    return state_->head;
}

Status check_log_end(const Snapshot& snapshot) {
    const auto head = read_head(snapshot);
    if (!head) return tl::unexpected<Error>(head.error());
    return check_end(snapshot, *head);
}

Result<LogHead> read_head(const Snapshot& snapshot) {
    auto stored = from_read<LogHead>(snapshot.get(Family::meta, meta_head));
    if (!stored) return tl::unexpected<Error>(stored.error());
    return std::move(*stored).value_or(empty_head());
}

Result<std::optional<Outcome>> find_outcome(const Database& database, const CommandId& id) {
    return from_read<Outcome>(database.get(Family::command, id.value));
}

}  // namespace duban
