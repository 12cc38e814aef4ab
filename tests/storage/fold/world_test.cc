#include "storage/fold/world.h"
#include "domain/directory/directory_events.h"
#include "domain/task/task_commands.h"

#include <gtest/gtest.h>

#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

Stamp stamp() {
    return {Position(0), StreamRev(0), Timestamp{1}, PersonId("admin"), {}};
}

TEST(World, LoadsWhatWasFolded) {
    TestLog log;
    log.set_up();
    log.issue_and_sign();
    const World& live = log.world();
    World loaded = value_of(World::load(log.database()));
    EXPECT_EQ(loaded.directory(), live.directory());
    EXPECT_EQ(loaded.plans(), live.plans());
    EXPECT_EQ(loaded.routes(), live.routes());
    EXPECT_EQ(loaded.calendars(), live.calendars());
    EXPECT_EQ(loaded.calendars().years.size(), 3U);
    EXPECT_EQ(*value_of(loaded.task(first_task)), log.task());
}

TEST(World, ReplacesTheDirectoryAndDoesNotChangeIt) {
    World world = World::empty();
    const auto before = world.shared_directory();
    world.apply(Event(UnitPut{Unit{UnitCode("jtj"), "交通局", "bureau"}}), stamp());
    EXPECT_TRUE(before->units.empty());
    EXPECT_EQ(world.directory().units.size(), 1U);
    EXPECT_EQ(world.shared_directory().get(), &world.directory());
}

TEST(World, KnowsNoTaskBeforeItsFirstEvent) {
    World world = World::empty();
    EXPECT_EQ(*value_of(world.task(first_task)), TaskState{});
}

class EvictionTest : public testing::Test {
protected:
    EvictionTest() { log_.set_up(); }
    TaskId task(std::size_t no) { return {PlanId("x"), static_cast<std::uint32_t>(no)}; }
    // Changes that the database does not have, so that a forgotten task shows.
    void touch(std::size_t no, BatchSeq seq, std::size_t text_bytes = 1000) {
        TaskState state = *value_of(world_.task(task(no)));
        state.version = 7;
        state.mandate.edit().text = std::string(text_bytes, 'x');
        world_.replace_task(task(no), std::move(state), seq);
    }
    bool is_kept(std::size_t no) { return value_of(world_.task(task(no)))->version == 7; }
    // What one touched task weighs.
    std::int64_t one() {
        World alone = value_of(World::load(log_.database()));
        TaskState state = *value_of(alone.task(task(1)));
        state.mandate.edit().text = std::string(1000, 'x');
        alone.replace_task(task(1), std::move(state), BatchSeq(1));
        return alone.cached_bytes();
    }

    TestLog log_;
    World world_ = value_of(World::load(log_.database()));
};

TEST_F(EvictionTest, ForgetsTheLongestUnusedBeyondTheLimit) {
    for (std::size_t no = 1; no <= 6; ++no) touch(no, BatchSeq(1));
    EXPECT_EQ(world_.cached_bytes(), 6 * one());
    EXPECT_TRUE(is_kept(1));
    world_.evict(BatchSeq(1), 4 * one());
    EXPECT_EQ(world_.cached_bytes(), 4 * one());
    EXPECT_TRUE(is_kept(1));
    EXPECT_FALSE(is_kept(2));
    EXPECT_FALSE(is_kept(3));
    EXPECT_TRUE(is_kept(4));
}

TEST_F(EvictionTest, CountsByWeightAndNotByNumber) {
    touch(1, BatchSeq(1));
    touch(2, BatchSeq(1), 100'000);
    touch(2, BatchSeq(1), 1000);
    EXPECT_EQ(world_.cached_bytes(), 2 * one()) << "what became lighter counts less";
    touch(2, BatchSeq(1), 100'000);
    touch(3, BatchSeq(1));
    world_.evict(BatchSeq(1), 4 * one());
    EXPECT_FALSE(is_kept(1)) << "it was the longest unused";
    EXPECT_FALSE(is_kept(2)) << "it alone is beyond the limit";
    EXPECT_TRUE(is_kept(3));
}

TEST_F(EvictionTest, KeepsWhatIsNotDurable) {
    touch(1, BatchSeq(5));
    for (std::size_t no = 2; no <= 4; ++no) touch(no, BatchSeq(1));
    world_.evict(BatchSeq(4), 3 * one());
    EXPECT_TRUE(is_kept(1));
    EXPECT_FALSE(is_kept(2));
}

TEST_F(EvictionTest, ForgetsNothingBelowTheLimit) {
    touch(1, BatchSeq(1));
    world_.evict(BatchSeq(1));
    EXPECT_TRUE(is_kept(1));
}

// A batch of another node, or of a replay, is folded by apply itself.
TEST(Projection, FoldsABatchThatWasNotSealed) {
    TestLog origin;
    origin.set_up();
    origin.issue_and_sign();
    FaultyEnv env;
    const auto database = value_of(Database::open({"/copy", true, &env}));
    Projection projection(value_of(World::load(*database)), ViewGeneration{});
    const auto copy = value_of(EmbeddedLog::open(*database, projection));
    expect_ok(origin.log().tail(BatchSeq(1), [&](const LogBatch& batch) {
        expect_ok(copy->append(BatchSeq(batch.seq.value - 1), batch));
        return true;
    }));
    EXPECT_EQ(copy->head(), origin.log().head());
    for (const Family family : {Family::event, Family::batch, Family::stream, Family::head,
                                Family::command, Family::view, Family::index, Family::timer}) {
        EXPECT_TRUE(rows_of(Snapshot(*database), family) == rows_of(origin.snapshot(), family))
            << static_cast<int>(family);
    }
}

// Two nodes have built a batch of the same number; the other one's got in.
TEST(Projection, TakesNothingThatWasBuiltForAnotherBatchOfThatNumber) {
    TestLog other;
    other.set_up();
    other.issue_and_sign();
    TestLog ours;
    ours.set_up();
    ours.issue_and_sign();
    ASSERT_EQ(ours.log().head(), other.log().head());
    const BatchSeq number = ours.log().head().seq.next();
    ours.begin();
    expect_ok(ours.run("office.head", Command(HoldTask{first_task, "等待批复"})));
    ours.seal();
    other.submit_report();
    const auto theirs = value_of(other.log().read(number, 1));
    ASSERT_EQ(theirs.size(), 1U);
    expect_ok(ours.log().append(BatchSeq(number.value - 1), theirs[0]));
    const auto folded = ours.projection().take_folded(theirs[0]);
    ASSERT_TRUE(folded);
    EXPECT_EQ(folded->to.size(), theirs[0].events.size());
    EXPECT_EQ(*folded->directory, other.world().directory());
    for (const Family family : {Family::view, Family::index, Family::timer, Family::head}) {
        EXPECT_TRUE(rows_of(ours.snapshot(), family) == rows_of(other.snapshot(), family))
            << static_cast<int>(family);
    }
    expect_ok(ours.projection().roll_back());
    EXPECT_EQ(ours.task(), other.task());
}

}  // namespace
}  // namespace duban
