// What a client sees of rows that cannot be read.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "storage/rocks/row_faults.h"
#include "storage/views/inbox_rows.h"
#include "storage/views/view.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

class UnreadableAnswers : public testing::Test {
protected:
    UnreadableAnswers() { bench_.issue_and_sign(); }

    // Spoils the rows of a view whose own key begins so.
    void spoil(ViewId view, const std::string& own) {
        Database& database = bench_.node().database();
        WriteSet changes(database);
        std::size_t spoilt = 0;
        const std::string prefix = view_key(view, ViewGeneration{}, own);
        const auto scanned = Snapshot(database).scan(Family::view, prefix, prefix,
                                                     [&](std::string_view key, std::string_view) {
                                                         changes.put(Family::view, key, "{");
                                                         ++spoilt;
                                                         return true;
                                                     });
        ASSERT_TRUE(scanned && spoilt > 0);
        ASSERT_TRUE(database.write(changes));
    }
    void spoil_task(std::uint32_t no) {
        const std::string key = std::string("p\0\0\0\0", 5) + static_cast<char>(no);
        spoil(ViewId::task, key);
    }
    void spoil_board(std::uint32_t no) {
        const std::string key = std::string("p\0\0\0\0", 5) + static_cast<char>(no);
        spoil(ViewId::board, key);
    }
    static std::vector<std::string> tasks_in(const Json& answer) {
        std::vector<std::string> tasks;
        for (const Json& item : answer["items"]) tasks.push_back(item["task"]);
        return tasks;
    }
    using Tasks = std::vector<std::string>;

    ApiBench bench_;
};

TEST_F(UnreadableAnswers, OfATaskAreMarkedForThoseWhoSeeIt) {
    const Json all = bench_.ask("office.clerk", "plan.board", {{"plan", "p"}});
    ASSERT_GT(all["items"].size(), 1U);
    EXPECT_FALSE(all.contains("unreadable"));
    spoil_task(1);
    for (const char* method : {"plan.board", "task.list"}) {
        const Json params =
            method == std::string("plan.board") ? Json{{"plan", "p"}} : Json::object();
        const Json office = bench_.ask("office.clerk", method, params);
        EXPECT_EQ(office["items"].size(), all["items"].size() - 1) << method;
        EXPECT_EQ(office["unreadable"], Json{"p/1"}) << method;
        EXPECT_EQ(bench_.ask("jtj.clerk", method, params)["unreadable"], Json{"p/1"}) << method;
        const Json other = bench_.ask("rsj.clerk", method, params);
        EXPECT_FALSE(other.contains("unreadable")) << method << ": not his";
    }
    const Json ranking = bench_.ask("office.clerk", "plan.ranking", {{"plan", "p"}});
    EXPECT_EQ(ranking["unreadable"], Json{"p/1"});
    EXPECT_FALSE(ranking["items"].empty());
    const Json at = bench_.ask("office.clerk", "plan.board",
                               {{"plan", "p"}, {"at", {{"position", all["position"]}}}});
    EXPECT_EQ(at["items"].size(), all["items"].size()) << "folded from the log";
    EXPECT_EQ(bench_.refusal("office.clerk", "task.get", {{"task", "p/1"}}), "internal");
}

TEST_F(UnreadableAnswers, OfTheBoardAloneCostNothing) {
    const Json before = bench_.ask("jtj.clerk", "plan.board", {{"plan", "p"}});
    spoil_board(1);
    EXPECT_EQ(bench_.ask("jtj.clerk", "plan.board", {{"plan", "p"}})["items"], before["items"]);
    EXPECT_EQ(bench_.node().database().row_faults().count(), 1U);
}

TEST_F(UnreadableAnswers, OfBoardAndTaskAreToldToThoseWhoSeeAll) {
    spoil_board(1);
    spoil_task(1);
    const Json office = bench_.ask("office.clerk", "task.list");
    EXPECT_EQ(office["unreadable"], Json{"p/1"});
    EXPECT_FALSE(tasks_in(office).empty());
    for (const char* person : {"jtj.clerk", "rsj.clerk"}) {
        EXPECT_FALSE(bench_.ask(person, "task.list").contains("unreadable")) << person;
    }
    const Json inbox = bench_.ask("jtj.section", "inbox.list", {{"box", "todo"}});
    EXPECT_TRUE(inbox["items"].empty());
    EXPECT_EQ(inbox["unreadable"], 1);
}

TEST_F(UnreadableAnswers, OfTheInboxAreCounted) {
    const Json before = bench_.ask("office.clerk", "inbox.list", {{"box", "done"}});
    ASSERT_FALSE(before["items"].empty());
    spoil(ViewId::inbox, inbox_prefix(InboxBox::done, person_holder(PersonId("office.clerk"))));
    const Json after = bench_.ask("office.clerk", "inbox.list", {{"box", "done"}});
    EXPECT_TRUE(after["items"].empty());
    EXPECT_EQ(after["unreadable"], before["items"].size());
}

TEST_F(UnreadableAnswers, OfAPlanLeaveTheOthersListed) {
    spoil(ViewId::plan, "p");
    const Json plans = bench_.ask("office.clerk", "plan.list");
    EXPECT_EQ(plans["unreadable"], Json{"p"});
    EXPECT_FALSE(bench_.ask("jtj.clerk", "plan.list").contains("unreadable"));
    EXPECT_EQ(bench_.refusal("office.clerk", "plan.board", {{"plan", "p"}}), "internal");
    EXPECT_FALSE(tasks_in(bench_.ask("office.clerk", "task.list")).empty());
}

}  // namespace
}  // namespace duban
