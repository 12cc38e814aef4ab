#include "storage/tlog/log_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "storage/check/rebuild.h"
#include "storage/tlog/checkpoint.h"
#include "tests/storage/random_commands.h"
#include "tests/storage/test_log.h"
#include "tests/storage/tlog/memory_tree.h"

namespace duban {
namespace {

// What the events of the log make, each hashed anew.
MemoryTree tree_of_events(TestLog& log) {
    MemoryTree tree;
    for (const auto& [key, bytes] : rows_of(log.snapshot(), Family::event)) {
        tree.append(log_entry(value_of(decode_event(bytes)).envelope.id, sha256(bytes)));
    }
    return tree;
}

TestLog& with_events(TestLog& log, std::uint64_t count) {
    log.set_up();
    for (std::uint64_t seed = 1; log.log().head().next.value < count; ++seed) {
        run_random_history(log, seed, 100);
    }
    return log;
}

LogTree loaded(TestLog& log) {
    return value_of(LogTree::load(log.snapshot(), log.log().head().next));
}

TEST(LogTree, IsTheTreeOfTheEvents) {
    TestLog log;
    with_events(log, 700);
    const auto tree = tree_of_events(log);
    EXPECT_EQ(loaded(log).size(), tree.size());
    EXPECT_EQ(loaded(log).root(), tree.root());
    const auto snapshot = log.snapshot();
    TreeReader reader(snapshot, tree.size());
    for (std::uint64_t size = 1; size <= tree.size(); size += 37) {
        EXPECT_EQ(*tree_root(size, reader.reader()), *tree_root(size, tree.reader())) << size;
    }
    EXPECT_EQ(*consistency_proof(300, tree.size(), reader.reader()),
              *consistency_proof(300, tree.size(), tree.reader()));
}

TEST(LogTree, KeepsFullTilesAndTheirRootsAlone) {
    TestLog log;
    with_events(log, 700);
    const auto rows = rows_of(log.snapshot(), Family::tree);
    const std::uint64_t full = log.log().head().next.value / tile_width;
    EXPECT_EQ(rows.size(), 2 * full);
    const auto tree = tree_of_events(log);
    for (std::uint64_t i = 0; i < full; ++i) {
        EXPECT_EQ(value_of(log.snapshot().get(Family::tree, tile_key(0, i))),
                  *tile_bytes({0U, i, tile_width}, tree.reader()));
    }
}

TEST(LogTree, GoesOnWhereItWasAfterARestart) {
    TestLog log;
    with_events(log, 300);
    log.reopen();
    run_random_history(log, 99, 400);
    const auto tree = tree_of_events(log);
    EXPECT_EQ(loaded(log).root(), tree.root());
    EXPECT_TRUE(value_of(check_database(log.database())).faults.empty());
}

TEST(LogTree, IsTheSameHoweverTheEventsCameInBatches) {
    EXPECT_TRUE(rc::check([] {
        const auto count = *rc::gen::inRange<std::uint64_t>(1, 1200);
        LogTree one;
        std::map<std::string, std::string> rows;
        const auto put = [&](std::string_view key, std::string_view value) {
            rows.insert_or_assign(std::string(key), std::string(value));
        };
        MemoryTree tree;
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto id = std::to_string(i);
            one.append(id, sha256(id), put);
            tree.append(log_entry(id, sha256(id)));
        }
        RC_ASSERT(one.root() == tree.root());
        RC_ASSERT(rows.size() == 2 * (count / tile_width));
    }));
}

TEST(LogTree, DoesNotLoadWithoutItsRows) {
    TestLog log;
    with_events(log, 300);
    WriteSet changes(log.database());
    changes.erase(Family::tree, tile_root_key(1, 0));
    expect_ok(log.database().write(changes));
    const auto tree = LogTree::load(log.snapshot(), log.log().head().next);
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().code, Errc::corrupt);
}

TEST(TreeCheck, FindsEveryAlteredMissingOrAddedRow) {
    const auto faults_after = [](const std::function<void(WriteSet&)>& change) {
        TestLog log;
        with_events(log, 300);
        WriteSet changes(log.database());
        change(changes);
        expect_ok(log.database().write(changes));
        return value_of(check_database(log.database())).faults.size();
    };
    EXPECT_EQ(faults_after([](WriteSet& rows) { rows.put(Family::tree, "c", "a checkpoint"); }),
              1U);
    EXPECT_EQ(faults_after([](WriteSet& rows) { rows.erase(Family::tree, tile_key(0, 0)); }), 1U);
    EXPECT_EQ(faults_after([](WriteSet& rows) {
                  rows.put(Family::tree, tile_root_key(1, 0), std::string(32, 'x'));
              }),
              1U);
    EXPECT_EQ(faults_after([](WriteSet& rows) {
                  rows.put(Family::tree, tile_key(0, 9), std::string(8192, 'x'));
              }),
              1U);
}

TEST(Rebuild, MakesTheTreeAnew) {
    TestLog log;
    with_events(log, 300);
    const auto rows = rows_of(log.snapshot(), Family::tree);
    WriteSet changes(log.database());
    changes.erase(Family::tree, tile_key(0, 0));
    changes.put(Family::tree, tile_root_key(1, 0), "x");
    changes.put(Family::tree, tile_key(0, 9), std::string(8192, 'x'));
    changes.put(Family::tree, tile_root_key(1, 9), std::string(32, 'x'));
    expect_ok(log.database().write(changes));
    (void)value_of(rebuild_views(log.database()));
    EXPECT_EQ(rows_of(log.snapshot(), Family::tree), rows);
}

}  // namespace
}  // namespace duban
