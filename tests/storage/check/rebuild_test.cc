#include "storage/check/rebuild.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <vector>

#include "domain/approval/route_commands.h"
#include "storage/fold/generations.h"
#include "storage/rocks/keys.h"
#include "storage/views/board_view.h"
#include "tests/storage/random_commands.h"
#include "tests/support/print.h"

namespace duban {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

// The rows of one generation by range and own key.
Rows folded_rows(const Snapshot& snapshot, ViewGeneration generation) {
    Rows rows;
    for (const RowRange& range : ranges_of(generation)) {
        expect_ok(snapshot.scan(
            range.family, range.prefix, "", [&](std::string_view key, std::string_view value) {
                rows.emplace_back(range.name + " " + std::string(key.substr(range.prefix.size())),
                                  value);
                return true;
            }));
    }
    return rows;
}

Rows present_rows(TestLog& log) {
    return folded_rows(log.snapshot(), value_of(present_generation(log.snapshot())));
}

std::size_t rows_on_disk(TestLog& log) {
    return rows_of(log.snapshot(), Family::view).size() +
           rows_of(log.snapshot(), Family::index).size() +
           rows_of(log.snapshot(), Family::timer).size();
}

std::set<std::string> event_types(TestLog& log) {
    std::set<std::string> types;
    for (const auto& [key, bytes] : rows_of(log.snapshot(), Family::event)) {
        types.insert(std::string(value_of(decode_event(bytes)).event.type().name));
    }
    return types;
}

void publish_routes_to_ask(TestLog& log) {
    log.does("office.head", PublishRoute{random_amendment_route()});
    log.does("office.head", PublishRoute{random_issue_route()});
}

TEST(Rebuild, OfRandomHistoriesEqualsWhatWasWrittenLive) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        TestLog log;
        log.set_up();
        if (seed % 2 == 0) log.does("office.head", PublishRoute{branching_route()});
        if (seed % 3 == 0) publish_routes_to_ask(log);
        run_random_history(log, seed, 60);
        const Rows live = present_rows(log);
        const auto report = value_of(rebuild_views(log.database()));
        RC_ASSERT(report.equal());
        RC_ASSERT(present_rows(log) == live);
        RC_ASSERT(value_of(check_database(log.database())).faults.empty());
    }));
}

void expect_types(TestLog& log, const std::vector<const char*>& expected) {
    const auto types = event_types(log);
    for (const char* type : expected) EXPECT_TRUE(types.contains(type)) << type;
}

void expect_rebuilt_as_it_was(TestLog& log) {
    const Rows live = present_rows(log);
    const auto report = value_of(rebuild_views(log.database()));
    EXPECT_TRUE(report.equal());
    EXPECT_EQ(report.events, log.log().head().next.value);
    EXPECT_TRUE(present_rows(log) == live);
    EXPECT_TRUE(value_of(check_database(log.database())).faults.empty());
}

TEST(Rebuild, CoversEveryKindOfTaskEvent) {
    TestLog log;
    log.set_up();
    run_random_history(log, 2, 2000);
    expect_types(log,
                 {"task.issued",          "task.amended",         "task.held",
                  "task.resumed",         "task.urged",           "assignment.signed",
                  "assignment.objected",  "assignment.settled",   "assignment.handler_assigned",
                  "report.drafted",       "report.submitted",     "report.revised",
                  "report.accepted",      "report.rejected",      "report.value_corrected",
                  "approval.opened",      "approval.resubmitted", "approval.round_opened",
                  "approval.approved",    "approval.rejected",    "approval.returned",
                  "approval.round_ended", "approval.closed",      "proxy.set",
                  "post.revoked"});
    expect_rebuilt_as_it_was(log);
}

TEST(Rebuild, CoversTheEventsOfARouteWithBranches) {
    std::set<std::string> types;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        TestLog log;
        log.set_up();
        log.does("office.head", PublishRoute{branching_route()});
        run_random_history(log, seed, 1500);
        types.merge(event_types(log));
        expect_rebuilt_as_it_was(log);
    }
    for (const char* type :
         {"approval.slot_opened", "approval.claimed", "approval.node_skipped",
          "approval.block_entered", "approval.unit_run_changed", "approval.nodes_reset",
          "approval.copies_sent", "approval.closed", "approval.reminded", "approval.timed_out",
          "approval.held", "approval.resumed", "approval.due_moved"}) {
        EXPECT_TRUE(types.contains(type)) << type;
    }
}

TEST(Rebuild, CoversWhatIsAskedForAndGranted) {
    std::set<std::string> types;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        TestLog log;
        log.set_up();
        publish_routes_to_ask(log);
        run_random_history(log, seed, 300);
        types.merge(event_types(log));
        expect_rebuilt_as_it_was(log);
    }
    for (const char* type :
         {"amendment.requested", "amendment.revised", "amendment.applied", "amendment.undone",
          "issue.requested", "issue.revised", "task.issued"}) {
        EXPECT_TRUE(types.contains(type)) << type;
    }
}

TEST(Rebuild, LeavesOneGenerationThatReadersFindAtOnce) {
    TestLog log;
    log.set_up();
    log.issue_and_sign();
    const std::size_t before = rows_on_disk(log);
    const auto board = value_of(read_board(log.snapshot(), PlanId("p")));
    const auto report = value_of(rebuild_views(log.database()));
    ASSERT_EQ(report.views.size(), all_views().size() + 2);
    EXPECT_EQ(report.views.front().view, "directory");
    EXPECT_EQ(report.views[report.views.size() - 2].view, "index");
    EXPECT_EQ(report.views.back().view, "timer");
    EXPECT_EQ(value_of(present_generation(log.snapshot())).number, 2U);
    EXPECT_EQ(rows_on_disk(log), before);
    EXPECT_EQ(value_of(read_board(log.snapshot(), PlanId("p"))), board);
    log.reopen();
    log.submit_report();
    EXPECT_TRUE(value_of(rebuild_views(log.database())).equal());
}

TEST(Rebuild, CountsTheRowsThatDiffer) {
    TestLog log;
    log.set_up();
    const auto generation = value_of(present_generation(log.snapshot()));
    WriteSet changes(log.database());
    changes.put(Family::view, view_key(ViewId::plan, generation, "superfluous"), "{}");
    changes.put(Family::view, view_key(ViewId::plan, generation, "p"), "{}");
    changes.erase(Family::index, rows_of(log.snapshot(), Family::index).front().first);
    expect_ok(log.database().write(changes));
    const auto report = value_of(rebuild_views(log.database()));
    EXPECT_FALSE(report.equal());
    for (const auto& view : report.views) {
        EXPECT_EQ(view.differing, view.view == "plan" ? 2U : (view.view == "index" ? 1U : 0U))
            << view.view;
    }
    EXPECT_EQ(report.views[1].first_key, "70");
    EXPECT_TRUE(value_of(rebuild_views(log.database())).equal());
}

TEST(Rebuild, ErasesWhatAnInterruptedOneLeft) {
    TestLog log;
    log.set_up();
    const std::size_t before = rows_on_disk(log);
    WriteSet changes(log.database());
    changes.put(Family::view, view_key(ViewId::plan, {2}, "half"), "{}");
    changes.put(Family::view, view_key(ViewId::plan, {9}, "older"), "{}");
    for (const RowRange& range : ranges_of({2})) changes.put(range.family, range.prefix + "x", "");
    expect_ok(log.database().write(changes));
    EXPECT_TRUE(value_of(check_database(log.database())).faults.empty());
    EXPECT_TRUE(value_of(rebuild_views(log.database())).equal());
    EXPECT_EQ(rows_on_disk(log), before);
}

TEST(Rebuild, MendsViewsOfOtherVersions) {
    TestLog log;
    log.set_up();
    WriteSet changes(log.database());
    changes.put(Family::meta, "generation", R"({"number":1,"views":[]})");
    expect_ok(log.database().write(changes));
    const auto report = value_of(rebuild_views(log.database()));
    EXPECT_EQ(report.verdict(), RebuildVerdict::not_compared);
    EXPECT_FALSE(report.equal());
    EXPECT_EQ(value_of(present_generation(log.snapshot())).number, 2U);
    EXPECT_TRUE(value_of(check_database(log.database())).faults.empty());
    EXPECT_EQ(value_of(rebuild_views(log.database())).verdict(), RebuildVerdict::equal);
}

TEST(Rebuild, IsAskedForByADirectoryOfAnOlderBuildAndMendsIt) {
    TestLog log;
    log.set_up();
    log.issue_and_sign();
    const std::size_t before = rows_on_disk(log);
    std::string versions = value_of(log.snapshot().get(Family::meta, "generation")).value();
    const std::string present =
        R"("version":)" + std::to_string(view_of(ViewId::task).version) + R"(,"view":"task")";
    const auto at = versions.find(present);
    ASSERT_NE(at, std::string::npos) << versions;
    versions.replace(at, present.size(), R"("version":1,"view":"task")");
    std::string older(1, static_cast<char>(ViewId::task));
    append_be32(older, 1);
    append_be32(older, 1);
    WriteSet changes(log.database());
    changes.put(Family::meta, "generation", versions);
    changes.put(Family::view, older + "p/1", "{}");
    expect_ok(log.database().write(changes));
    const auto loaded = World::load(log.database());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, Errc::unsupported);
    EXPECT_NE(loaded.error().detail.find("duban rebuild"), std::string::npos);
    EXPECT_EQ(value_of(rebuild_views(log.database())).verdict(), RebuildVerdict::not_compared);
    EXPECT_TRUE(World::load(log.database()));
    EXPECT_EQ(rows_on_disk(log), before);
}

TEST(Rebuild, KeepsThePresentViewsWhenTheLogLostItsEnd) {
    TestLog log;
    log.set_up();
    log.issue_and_sign();
    const Rows before = present_rows(log);
    WriteSet changes(log.database());
    changes.erase(Family::batch, batch_key(log.log().head().seq));
    expect_ok(log.database().write(changes));
    const auto report = rebuild_views(log.database());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Errc::corrupt);
    EXPECT_EQ(value_of(present_generation(log.snapshot())).number, 1U);
    EXPECT_TRUE(present_rows(log) == before);
}

TEST(Rebuild, OfAnEmptyLogIsEmpty) {
    TestLog log;
    EXPECT_TRUE(value_of(rebuild_views(log.database())).equal());
    log.reopen();
    log.set_up();
    EXPECT_TRUE(value_of(check_database(log.database())).faults.empty());
    EXPECT_EQ(value_of(present_generation(log.snapshot())).number, 2U);
}

}  // namespace
}  // namespace duban
