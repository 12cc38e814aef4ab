// SequencedLogConformance: what every driver of a SequencedLog has to keep. A driver joins by a
// class of this form and one INSTANTIATE_TYPED_TEST_SUITE_P:
//
//     class Driver {
//     public:
//         SequencedLog& log();
//         void reopen();                           // as after a restart of the process
//         std::vector<std::uint64_t> applied();    // numbers of the batches that were applied
//     };
//
// Thread-safety: one thread at a time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/directory/directory_events.h"
#include "storage/codec/digest.h"
#include "storage/codec/event_record.h"
#include "storage/log/sequenced_log.h"
#include "tests/support/print.h"

namespace duban {

// Builds batches that fit the log's end, each with events on streams of its own.
inline LogBatch next_batch(const LogHead& head, std::size_t events, std::size_t outcomes = 1) {
    LogBatch batch{head.seq.next(), head.next, head.hash, {}, {}, {}};
    for (std::size_t i = 0; i < events; ++i) {
        const Position position(head.next.value + i);
        const std::string code = "u" + std::to_string(position.value);
        Envelope envelope;
        envelope.id = "event-" + std::to_string(position.value);
        envelope.source = UnitCode("office");
        envelope.stream = StreamId("unit/" + code);
        envelope.position = position;
        envelope.time = Timestamp{static_cast<std::int64_t>(position.value)};
        envelope.recorded = envelope.time;
        envelope.actor = PersonId("admin");
        envelope.prev_hash = first_prev_hash();
        batch.events.push_back(
            encode_event(envelope, Event(UnitPut{Unit{UnitCode(code), "单位" + code, "bureau"}})));
    }
    for (std::size_t i = 0; i < outcomes; ++i) {
        const std::string id = std::to_string(batch.seq.value) + "-" + std::to_string(i);
        Outcome outcome;
        outcome.content = digest_of(id);
        outcome.accepted = AcceptedOutcome{head.next, 1, {}};
        batch.outcomes.push_back(command_outcome(CommandId(id), std::move(outcome)));
    }
    batch.hash = batch_hash(batch);
    return batch;
}

inline bool same(const LogBatch& a, const LogBatch& b) {
    if (a.seq != b.seq || a.base != b.base || a.prev_hash != b.prev_hash ||
        a.outcomes != b.outcomes || a.events.size() != b.events.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.events.size(); ++i) {
        if (a.events[i].bytes != b.events[i].bytes ||
            a.events[i].envelope != b.events[i].envelope) {
            return false;
        }
    }
    return true;
}

template <class Driver>
class SequencedLogConformance : public testing::Test {
protected:
    SequencedLog& log() { return driver_.log(); }
    void append(std::size_t events, std::size_t outcomes = 1) {
        const LogBatch batch = next_batch(log().head(), events, outcomes);
        const auto appended = log().append(log().head().seq, batch);
        ASSERT_TRUE(appended) << appended.error().detail;
        appended_.push_back(batch);
    }
    std::vector<LogBatch> all() {
        auto read = log().read(BatchSeq(1), 1'000'000);
        EXPECT_TRUE(read);
        return read.value_or(std::vector<LogBatch>{});
    }
    void expect_all() {
        const auto read = all();
        ASSERT_EQ(read.size(), appended_.size());
        for (std::size_t i = 0; i < read.size(); ++i) EXPECT_TRUE(same(read[i], appended_[i])) << i;
    }

    Driver driver_;
    std::vector<LogBatch> appended_;
};

TYPED_TEST_SUITE_P(SequencedLogConformance);

TYPED_TEST_P(SequencedLogConformance, BeginsEmpty) {
    const LogHead empty{BatchSeq(0), Position(0), zero_batch_hash(), Timestamp{}};
    EXPECT_EQ(this->log().head(), empty);
    EXPECT_TRUE(this->all().empty());
    this->driver_.reopen();
    EXPECT_EQ(this->log().head(), empty);
}

TYPED_TEST_P(SequencedLogConformance, ReadsWhatWasAppended) {
    this->append(2);
    this->append(0, 3);
    this->append(1, 0);
    this->expect_all();
    const auto part = this->log().read(BatchSeq(2), 1);
    ASSERT_EQ(part->size(), 1U);
    EXPECT_TRUE(same(part->front(), this->appended_[1]));
    EXPECT_TRUE(this->log().read(BatchSeq(4), 5)->empty());
    EXPECT_TRUE(this->log().read(BatchSeq(1), 0)->empty());
}

TYPED_TEST_P(SequencedLogConformance, HeadIsTheEndOfTheLastBatch) {
    this->append(2);
    this->append(3);
    const LogHead head = this->log().head();
    EXPECT_EQ(head.seq, BatchSeq(2));
    EXPECT_EQ(head.next, Position(5));
    EXPECT_EQ(head.hash, batch_hash(this->appended_.back()));
    EXPECT_EQ(head.recorded, Timestamp{4});
    this->append(0);
    EXPECT_EQ(this->log().head().next, Position(5));
    EXPECT_EQ(this->log().head().recorded, Timestamp{4});
}

TYPED_TEST_P(SequencedLogConformance, AppendsOnlyAtTheExpectedEnd) {
    this->append(1);
    const LogHead old = this->log().head();
    const LogBatch first = next_batch(old, 1);
    const LogBatch second = next_batch(old, 2);
    EXPECT_TRUE(this->log().append(old.seq, first));
    this->appended_.push_back(first);
    const auto refused = this->log().append(old.seq, second);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::version_conflict);
    EXPECT_EQ(refused.error().current, 2U);
    const LogHead ahead{BatchSeq(7), Position(2), this->log().head().hash, Timestamp{}};
    EXPECT_EQ(this->log().append(ahead.seq, next_batch(ahead, 1)).error().code,
              Errc::version_conflict);
    this->expect_all();
}

// Two writers that both believe to be at the end: exactly one append of each number succeeds.
TYPED_TEST_P(SequencedLogConformance, OneOfTwoWritersWinsEachNumber) {
    for (int round = 0; round < 50; ++round) {
        const LogHead seen = this->log().head();
        const LogBatch mine = next_batch(seen, 1 + static_cast<std::size_t>(round) % 3);
        const LogBatch theirs = next_batch(seen, 2);
        const bool i_am_first = round % 2 == 0;
        EXPECT_TRUE(this->log().append(seen.seq, i_am_first ? mine : theirs));
        EXPECT_FALSE(this->log().append(seen.seq, i_am_first ? theirs : mine));
        this->appended_.push_back(i_am_first ? mine : theirs);
    }
    this->expect_all();
}

TYPED_TEST_P(SequencedLogConformance, RefusesABatchOfAnotherHistory) {
    this->append(1);
    LogHead other = this->log().head();
    other.hash = digest_of("another history");
    EXPECT_EQ(this->log().append(other.seq, next_batch(other, 1)).error().code,
              Errc::version_conflict);
    other = this->log().head();
    other.next = Position(9);
    EXPECT_EQ(this->log().append(other.seq, next_batch(other, 1)).error().code,
              Errc::version_conflict);
    this->expect_all();
    this->append(1);
    this->expect_all();
}

TYPED_TEST_P(SequencedLogConformance, NumbersAndPositionsHaveNoGap) {
    for (std::size_t i = 0; i < 40; ++i) this->append(i % 4, i % 3);
    std::uint64_t seq = 0;
    std::uint64_t position = 0;
    Digest hash = zero_batch_hash();
    for (const LogBatch& batch : this->all()) {
        EXPECT_EQ(batch.seq.value, ++seq);
        EXPECT_EQ(batch.base.value, position);
        EXPECT_EQ(batch.prev_hash, hash);
        hash = batch_hash(batch);
        for (const EventRecord& record : batch.events) {
            EXPECT_EQ(record.envelope.position.value, position++);
        }
    }
    EXPECT_EQ(seq, 40U);
    EXPECT_EQ(position, this->log().head().next.value);
}

TYPED_TEST_P(SequencedLogConformance, TailVisitsEachBatchOnceUntilItIsEnough) {
    for (int i = 0; i < 5; ++i) this->append(1);
    std::vector<std::uint64_t> seen;
    const auto note = [&](const LogBatch& batch) {
        seen.push_back(batch.seq.value);
        return batch.seq.value < 4;
    };
    EXPECT_TRUE(this->log().tail(BatchSeq(2), note));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{2, 3, 4}));
    seen.clear();
    EXPECT_TRUE(this->log().tail(BatchSeq(5), note));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{5}));
}

TYPED_TEST_P(SequencedLogConformance, GoesOnAfterReopening) {
    this->append(3, 2);
    this->append(0, 1);
    const LogHead head = this->log().head();
    this->driver_.reopen();
    EXPECT_EQ(this->log().head(), head);
    this->expect_all();
    this->append(2);
    this->driver_.reopen();
    this->expect_all();
}

TYPED_TEST_P(SequencedLogConformance, AppliesEachBatchOnceInOrder) {
    for (int i = 0; i < 4; ++i) this->append(1);
    EXPECT_EQ(this->driver_.applied(), (std::vector<std::uint64_t>{1, 2, 3, 4}));
    EXPECT_FALSE(this->log().append(BatchSeq(1), this->appended_[1]));
    EXPECT_EQ(this->driver_.applied().size(), 4U);
}

TYPED_TEST_P(SequencedLogConformance, ReplaysTenThousandBatches) {
    constexpr std::size_t count = 10'000;
    for (std::size_t i = 0; i < count; ++i) this->append(1);
    this->driver_.reopen();
    std::size_t index = 0;
    EXPECT_TRUE(this->log().tail(BatchSeq(1), [&](const LogBatch& batch) {
        return same(batch, this->appended_.at(index++));
    }));
    EXPECT_EQ(index, count);
}

REGISTER_TYPED_TEST_SUITE_P(SequencedLogConformance, BeginsEmpty, ReadsWhatWasAppended,
                            HeadIsTheEndOfTheLastBatch, AppendsOnlyAtTheExpectedEnd,
                            OneOfTwoWritersWinsEachNumber, RefusesABatchOfAnotherHistory,
                            NumbersAndPositionsHaveNoGap, TailVisitsEachBatchOnceUntilItIsEnough,
                            GoesOnAfterReopening, AppliesEachBatchOnceInOrder,
                            ReplaysTenThousandBatches);

}  // namespace duban
