#include "domain/base/event.h"

#include <gtest/gtest.h>

#include <set>

#include "domain/approval/approval_events.h"
#include "domain/directory/directory_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"

namespace duban {
namespace {

TEST(Event, SharesItsPayloadWithItsCopies) {
    const Event event = TaskHeld{task_1, "waits"};
    const Event copy = event;
    EXPECT_EQ(copy.payload(), event.payload());
    EXPECT_EQ(copy, event);
}

TEST(Event, EqualsAnotherOfItsTypeAndContent) {
    const Event event = TaskHeld{task_1, "waits"};
    EXPECT_EQ(event, Event(TaskHeld{task_1, "waits"}));
    EXPECT_NE(event, Event(TaskHeld{task_1, "waits longer"}));
    EXPECT_NE(event, Event(TaskReturned{task_1, "waits"}));
}

TEST(Event, ShowsItselfOnlyAsWhatItIs) {
    const Event event = TaskHeld{task_1, "waits"};
    ASSERT_NE(event.get_if<TaskHeld>(), nullptr);
    EXPECT_EQ(event.get_if<TaskHeld>()->reason, "waits");
    EXPECT_EQ(event.get_if<TaskReturned>(), nullptr);
    EXPECT_EQ(event.get_if<UnitPut>(), nullptr);
}

TEST(Event, SaysWhatItIsAbout) {
    ApprovalOpened opened;
    opened.approval = approval_1;
    opened.subject = {SubjectKind::report, SubjectId{task_1, 'r', 1}, jtj};
    const Event of_approval = opened;
    EXPECT_EQ(of_approval.subject().approval, approval_1);
    EXPECT_EQ(of_approval.subject().subject, (SubjectId{task_1, 'r', 1}));
    EXPECT_EQ(of_approval.subject().unit, jtj);
    EXPECT_EQ(of_approval.subject().evidence, nullptr);

    const Event drafted = ReportDrafted{task_1, jtj, content_1()};
    ASSERT_NE(drafted.subject().evidence, nullptr);
    EXPECT_EQ(*drafted.subject().evidence, content_1().evidence);
    EXPECT_FALSE(drafted.subject().subject);

    // A unit that is put is no unit that acts.
    EXPECT_TRUE(Event(UnitPut{{jtj, "unit", ""}}).subject().unit.empty());
}

TEST(Event, ActsStandApartFromWhatFollowsAndFromDrafts) {
    EXPECT_EQ(Event(TaskHeld{}).type().role, EventRole::act);
    EXPECT_EQ(Event(ReportDrafted{}).type().role, EventRole::draft);
    for (const Event& event :
         {Event(ReportAccepted{}), Event(ReportRejected{}), Event(ApprovalOpened{}),
          Event(ApprovalResubmitted{}), Event(RoundOpened{}), Event(RoundEnded{}),
          Event(ApprovalClosed{})}) {
        EXPECT_EQ(event.type().role, EventRole::follows) << event.type().name;
    }
    for (const Event& event : {Event(SlotApproved{}), Event(SlotRejected{}), Event(SlotReturned{}),
                               Event(ReportSubmitted{}), Event(ReportRevised{})}) {
        EXPECT_EQ(event.type().role, EventRole::act) << event.type().name;
    }
}

TEST(EventKinds, AreFoundByNameAndVersion) {
    std::set<std::string_view> names;
    for (const EventKind* kind : all_event_kinds()) {
        EXPECT_TRUE(names.insert(kind->type.name).second) << kind->type.name;
        EXPECT_EQ(find_event_kind(kind->type.name, kind->type.version), kind);
        EXPECT_EQ(find_event_kind(kind->type.name, kind->type.version + 1), nullptr);
    }
    EXPECT_EQ(find_event_kind("task.vanished", 1), nullptr);
}

TEST(Evolve, LeavesAStateToTheEventsOfItsFamily) {
    GivenTask world;
    world.issued();
    const TaskState task = world.task;
    EXPECT_EQ(evolve(task, Event(UnitPut{{jtj, "unit", ""}}), Stamp{}), task);
    EXPECT_EQ(evolve(world.directory, Event(TaskHeld{task_1, ""}), Stamp{}), world.directory);
    EXPECT_EQ(evolve(world.plans, Event(TaskHeld{task_1, ""}), Stamp{}), world.plans);
    EXPECT_EQ(evolve(world.routes, Event(PlanTaskAdded{plan_p, 1}), Stamp{}), world.routes);
}

}  // namespace
}  // namespace duban
