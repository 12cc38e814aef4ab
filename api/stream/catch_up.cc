#include "api/stream/catch_up.h"

#include <algorithm>
#include <set>

#include "api/stream/event_sight.h"

namespace duban {
namespace {

constexpr std::size_t scanned_max = 2'000;       // events judged in a step
constexpr std::size_t hits_per_entry_max = 256;  // index rows taken of one entry in a step

class Step {
public:
    Step(const Snapshot& snapshot, const Access& access, const CatchUpStep& step)
        : snapshot_(snapshot), sight_(snapshot, access), step_(step) {
        result_.next = step.from;
    }

    Result<CatchUpResult> run() {
        const auto entries = step_.filter.index_entries();
        const Status status = entries.empty() ? scan() : follow(entries);
        if (!status) return tl::unexpected<Error>(status.error());
        return std::move(result_);
    }

private:
    // Whether the step goes on after this event.
    Result<bool> judge(const EventRecord& record) {
        const Position position = record.envelope.position;
        auto taken = takes(record);
        if (!taken) return taken;
        if (*taken) {
            const bool full =
                result_.count > 0 && result_.events.size() + record.bytes.size() > step_.bytes_max;
            if (full) return false;
            if (result_.count++ > 0) result_.events += ',';
            result_.events += record.bytes;
        }
        result_.next = position.next();
        return ++scanned_ < scanned_max && result_.events.size() < step_.bytes_max;
    }

    Result<bool> takes(const EventRecord& record) {
        if (!step_.filter.matches_record(record)) return false;
        if (!step_.filter.units().empty()) {
            if (!task_of_stream(record.envelope.stream)) return false;
            const auto concerned = sight_.concerns(step_.filter.units(), record.envelope.position);
            if (!concerned || !*concerned) return concerned;
        }
        return sight_.may_see(record);
    }

    Status scan() {
        Status judged;
        const auto read =
            read_events(snapshot_, step_.from, [&](Position position, std::string_view bytes) {
                if (position >= step_.end) return false;
                const auto record = decode_event(bytes);
                const Result<bool> more =
                    record ? judge(*record) : Result<bool>(tl::unexpected<Error>(record.error()));
                if (!more) judged = tl::unexpected<Error>(more.error());
                return more.value_or(false);
            });
        return judged ? read : judged;
    }

    // The positions under all entries in order. Entries of which not all rows were taken bound how
    // far the merged list is complete.
    Status follow(const std::vector<IndexEntry>& entries) {
        std::set<Position> hits;
        Position complete = step_.end;
        for (const IndexEntry& entry : entries) {
            std::size_t taken = 0;
            Position last;
            const auto read = read_index(snapshot_, entry, step_.from, [&](Position position) {
                if (position >= step_.end) return false;
                hits.insert(position);
                last = position;
                return ++taken < hits_per_entry_max;
            });
            if (!read) return read;
            if (taken == hits_per_entry_max) complete = std::min(complete, last.next());
        }
        for (const Position position : hits) {
            if (position >= complete) break;
            const auto record = read_event(snapshot_, position);
            if (!record) return tl::unexpected<Error>(record.error());
            const auto more = judge(*record);
            if (!more) return tl::unexpected<Error>(more.error());
            if (!*more) return {};
        }
        result_.next = complete;
        return {};
    }

    const Snapshot& snapshot_;
    EventSight sight_;
    const CatchUpStep& step_;
    CatchUpResult result_;
    std::size_t scanned_ = 0;
};

}  // namespace

Result<CatchUpResult> read_catch_up(const Snapshot& snapshot, const Access& access,
                                    const CatchUpStep& step) {
    return Step(snapshot, access, step).run();
}

}  // namespace duban
