#include "domain/base/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/approval/route.h"
#include "domain/directory/directory.h"
#include "domain/indicator/indicator.h"
#include "domain/task/task.h"
#include "domain/task/task_events.h"

namespace duban {
namespace {

std::vector<std::string_view> by_name(const Layout& layout) {
    std::vector<std::string_view> names;
    for (const std::uint8_t at : layout.by_name) names.push_back(layout.members[at].name);
    return names;
}

TEST(Layout, NamesMembersInTheOrderOfTheirDescription) {
    EXPECT_EQ(names_in(layout_of<HeldPost>()), "unit, post, mandate");
    EXPECT_EQ(by_name(layout_of<HeldPost>()),
              (std::vector<std::string_view>{"mandate", "post", "unit"}));
}

TEST(Layout, OrdersTheMembersOfEveryStructByName) {
    for (const Layout* layout : {&layout_of<Indicator>(), &layout_of<Assignment>(),
                                 &layout_of<RouteNode>(), &layout_of<ReportContent>()}) {
        const auto names = by_name(*layout);
        EXPECT_EQ(names.size(), layout->members.size());
        EXPECT_TRUE(std::ranges::is_sorted(names));
        EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
    }
}

TEST(Layout, LeavesOutTheUnderscoreThatKeepsANameOffAKeyword) {
    EXPECT_NE(find_member(layout_of<RouteNode>(), "do"), nullptr);
    EXPECT_EQ(find_member(layout_of<RouteNode>(), "do_"), nullptr);
    EXPECT_EQ(enum_name(Act::return_), "return");
    EXPECT_EQ(enum_of<Act>("return"), Act::return_);
    EXPECT_EQ(enum_of<Act>("return_"), std::nullopt);
}

TEST(Layout, FindsWhereAMemberStands) {
    HeldPost held;
    const MemberLayout* unit = find_member(layout_of<HeldPost>(), "unit");
    ASSERT_NE(unit, nullptr);
    EXPECT_EQ(unit->in(&held), &held.unit);
    unit->layout().text(unit->in(&held)) = "jtj";
    EXPECT_EQ(held.unit, UnitCode("jtj"));
}

TEST(Layout, GrowsListsAndFillsOptionals) {
    std::vector<UnitCode> units{UnitCode("jtj")};
    const Layout& list = layout_of<std::vector<UnitCode>>();
    list.resize(&units, 2);
    list.inner().text(list.item(&units, 1)) = "jzy";
    EXPECT_EQ(units, (std::vector{UnitCode("jtj"), UnitCode("jzy")}));

    Mandate mandate;
    const MemberLayout* due = find_member(layout_of<Mandate>(), "due");
    ASSERT_NE(due, nullptr);
    const Layout& optional = due->layout();
    EXPECT_EQ(optional.held(due->in(&mandate)), nullptr);
    EXPECT_TRUE(optional.inner().parse("2026-09-01", optional.emplace(due->in(&mandate))));
    ASSERT_TRUE(mandate.due);
    EXPECT_EQ(to_string(*mandate.due), "2026-09-01");
}

TEST(Layout, WritesNoObjectAsAnEmptyText) {
    const MemberLayout* task = find_member(layout_of<TaskIssued>(), "task");
    ASSERT_NE(task, nullptr);
    TaskIssued event;
    EXPECT_EQ(task->layout().print(task->in(&event)), "");
    event.task = TaskId{PlanId("p"), 1};
    EXPECT_EQ(task->layout().print(task->in(&event)), "p/1");
    EXPECT_TRUE(task->layout().parse("", task->in(&event)));
    EXPECT_EQ(event.task, TaskId{});
}

}  // namespace
}  // namespace duban
