#include "storage/check/log_check.h"

#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/log/embedded_log.h"
#include "storage/log/stream_head.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

std::string place(BatchSeq seq) {
    return "batch " + std::to_string(seq.value);
}
std::string place(Position position) {
    return "position " + std::to_string(position.value);
}
std::string place(const Envelope& envelope) {
    return envelope.stream.value + " revision " + std::to_string(envelope.revision.value);
}

}  // namespace

void add_fault(CheckReport& report, std::string what, std::string where, std::string detail) {
    if (report.faults.size() == CheckReport::faults_max) return;
    report.faults.push_back({std::move(what), std::move(where), std::move(detail)});
}

LogCheck::LogCheck(const Snapshot& snapshot, CheckReport& report,
                   std::function<void(const EventRecord&, BatchSeq)> on_event)
    : snapshot_(snapshot), report_(report), on_event_(std::move(on_event)) {
    end_.hash = zero_batch_hash();
}

void LogCheck::blame(const char* what, const std::string& where, const std::string& detail) {
    add_fault(report_, what, where, detail);
}

Status LogCheck::run() {
    Status checked;
    auto scanned =
        snapshot_.scan(Family::batch, "", "", [&](std::string_view key, std::string_view value) {
            const BatchSeq seq(parse_be64(key).value_or(0));
            if (seq != end_.seq.next()) {
                blame("batch", place(end_.seq.next()), "is missing; the next is " + place(seq));
            }
            end_.seq = seq;
            const auto header = from_row<BatchHeader>(value);
            if (!header) {
                blame("batch", place(seq), header.error().detail);
                return true;
            }
            checked = check_batch(seq, *header);
            return checked.has_value();
        });
    if (!checked) return checked;
    if (!scanned) return scanned;
    report_.streams = streams_.size();
    if (auto ok = check_stream_heads(); !ok) return ok;
    if (auto ok = check_log_head(); !ok) return ok;
    return check_counts();
}

Status LogCheck::check_batch(BatchSeq seq, const BatchHeader& header) {
    ++report_.batches;
    if (header.prev != end_.hash) {
        blame("batch hash", place(seq), "prev is not the hash of the batch before");
    }
    if (header.base != end_.next) {
        blame("position", place(seq),
              "begins at " + std::to_string(header.base.value) + ", not at " +
                  std::to_string(end_.next.value));
    }
    std::vector<Hash> events;
    if (auto ok = collect_events(seq, header, events); !ok) return ok;
    std::vector<CommandOutcome> outcomes;
    if (auto ok = collect_outcomes(seq, header, outcomes); !ok) return ok;
    if (batch_hash(seq, header.base, header.prev, events, outcomes) != header.hash) {
        blame("batch hash", place(seq), "events and answers do not have the hash that was stored");
    }
    end_.hash = header.hash;
    end_.next = Position(header.base.value + header.count);
    return {};
}

Status LogCheck::collect_events(BatchSeq seq, const BatchHeader& header,
                                std::vector<Hash>& events) {
    for (std::uint64_t i = 0; i < header.count; ++i) {
        const Position position(header.base.value + i);
        const auto read = snapshot_.get(Family::event, event_key(position));
        if (!read) return tl::unexpected<Error>(read.error());
        const std::optional<std::string>& bytes = *read;
        if (!bytes) {
            blame("position", place(position), "the event is missing");
            continue;
        }
        ++report_.events;
        events.push_back(sha256(*bytes));
        if (auto ok = check_event(seq, position, *bytes, events.back()); !ok) return ok;
    }
    return {};
}

Status LogCheck::collect_outcomes(BatchSeq seq, const BatchHeader& header,
                                  std::vector<CommandOutcome>& outcomes) {
    for (const CommandId& id : header.commands) {
        const auto row = snapshot_.get(Family::command, id.value);
        if (!row) return tl::unexpected<Error>(row.error());
        std::string bytes = row->value_or("");
        auto outcome = from_row<Outcome>(bytes);
        if (!outcome) {
            blame("command", id.value, "the outcome in " + place(seq) + " is missing or damaged");
            continue;
        }
        ++outcomes_;
        outcomes.push_back({id, std::move(*outcome), std::move(bytes)});
    }
    return {};
}

Status LogCheck::check_event(BatchSeq seq, Position position, const std::string& bytes,
                             const Hash& hash) {
    auto record = decode_canonical_event(bytes);
    if (!record) {
        blame(record.error().code == Errc::unsupported ? "event type" : "canonical bytes",
              place(position), record.error().detail);
        return {};
    }
    record->hash = hash;
    const auto& envelope = record->envelope;
    if (envelope.position != position) {
        blame("position", place(position), "the event says " + place(envelope.position));
    }
    if (envelope.recorded < end_.recorded) {
        blame("recordedtime", place(position), "is before that of the event before");
    }
    end_.recorded = std::max(end_.recorded, envelope.recorded);
    if (record->event.stream() != envelope.stream) {
        blame("subject", place(position), "the event belongs to another stream");
    }
    check_chain(*record);
    on_event_(*record, seq);
    return check_stream_entry(*record);
}

void LogCheck::check_chain(const EventRecord& record) {
    const auto& envelope = record.envelope;
    StreamEnd& end = streams_[envelope.stream.value];
    if (envelope.revision.value != end.revisions) {
        blame("stream revision", place(envelope),
              "expected revision " + std::to_string(end.revisions));
    }
    if (envelope.prev_hash != (end.revisions == 0 ? first_prev_hash() : end.hash)) {
        blame("prevhash", place(envelope), "is not the hash of the stream's event before");
    }
    end.revisions = envelope.revision.value + 1;
    end.hash = to_hex(record.hash);
    end.row = stream_head_row(record);
}

Status LogCheck::check_stream_entry(const EventRecord& record) {
    const auto& envelope = record.envelope;
    const auto read = snapshot_.get(Family::stream, stream_key(envelope.stream, envelope.revision));
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<std::string>& entry = *read;
    if (!entry) {
        blame("stream", place(envelope), "the entry is missing");
        return {};
    }
    ++entries_;
    if (*entry != be64(envelope.position.value)) {
        blame("stream", place(envelope), "the entry does not name " + place(envelope.position));
    }
    return {};
}

Status LogCheck::check_stream_heads() {
    std::uint64_t found = 0;
    auto scanned =
        snapshot_.scan(Family::head, "", "", [&](std::string_view key, std::string_view value) {
            const auto stream = streams_.find(std::string(key));
            if (stream == streams_.end()) {
                blame("head", std::string(key), "there is no such stream");
            } else if (++found; stream->second.row != value) {
                blame("head", std::string(key), "is not the end of the stream");
            }
            return true;
        });
    if (scanned && found != streams_.size()) {
        blame("head", "all streams", std::to_string(streams_.size() - found) + " are missing");
    }
    return scanned;
}

Status LogCheck::check_log_head() {
    const auto head = read_head(snapshot_);
    if (!head && head.error().code == Errc::storage_failed) {
        return tl::unexpected<Error>(head.error());
    }
    if (!head || *head != end_) {
        blame("log head", "meta",
              head ? "it names " + place(head->seq) + " and " + place(head->next) +
                         ", the log ends with " + place(end_.seq) + " before " + place(end_.next)
                   : head.error().detail);
    }
    return {};
}

Status LogCheck::check_counts() {
    struct Expected {
        Family family;
        const char* what;
        std::uint64_t rows;
    };
    for (const auto& [family, what, rows] : {Expected{Family::event, "position", report_.events},
                                             Expected{Family::stream, "stream", entries_},
                                             Expected{Family::command, "command", outcomes_}}) {
        std::uint64_t found = 0;
        auto scanned = snapshot_.scan(family, "", "", [&](std::string_view, std::string_view) {
            ++found;
            return true;
        });
        if (!scanned) return scanned;
        if (found != rows) {
            blame(what, "all rows",
                  std::to_string(found) + " rows stand where the batches have " +
                      std::to_string(rows));
        }
    }
    return {};
}

}  // namespace duban
