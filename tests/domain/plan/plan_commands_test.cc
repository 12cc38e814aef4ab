// Importing a list: its units, its head and its tasks, once.
#include <gtest/gtest.h>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/route_events.h"
#include "domain/directory/directory_events.h"
#include "domain/plan/plan_check.h"
#include "domain/plan/plan_commands.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

const Digest document_digest{"sha256:one"};

PlannedTask planned(std::uint32_t no, const UnitCode& lead, std::vector<UnitCode> co = {}) {
    PlannedTask task;
    task.no = no;
    task.title = "task " + std::to_string(no);
    task.lead = lead;
    task.co = std::move(co);
    return task;
}

PlanDocument document() {
    PlanDocument document;
    document.plan = PlanId("q");
    document.title = "list q";
    document.zone = "zone";
    document.responsibility = "each for its own";
    document.document_no = "No. 1";
    document.units = {{jtj, "another name", "bureau"}, {UnitCode("czj"), "finance", "bureau"}};
    document.tasks = {planned(2, UnitCode("czj"), {jtj}), planned(1, rsj)};
    return document;
}

Mandate mandate(const PlannedTask& task) {
    Mandate mandate;
    mandate.title = task.title;
    mandate.source = "list q";
    mandate.document_no = "No. 1";
    mandate.lead = task.lead;
    mandate.co = task.co;
    return mandate;
}

Outcome import(const GivenTask& world, const char* actor, const PlanDocument& list = document(),
               const Digest& digest = document_digest,
               std::source_location where = std::source_location::current()) {
    return {decide(ImportPlan{list}, world.facts(actor, digest)), where};
}

std::vector<Event> imported() {
    const TaskId one{PlanId("q"), 1};
    const TaskId two{PlanId("q"), 2};
    const auto list = document();
    return {
        UnitPut{{UnitCode("czj"), "finance", "bureau"}},
        PlanImported{
            PlanId("q"), "list q", "zone", "each for its own", "No. 1", document_digest, {1, 2}},
        TaskRegistered{two, mandate(list.tasks[0])},
        TaskApproved{two, "", "list"},
        TaskRegistered{one, mandate(list.tasks[1])},
        TaskApproved{one, "", "list"}};
}

TEST(ImportPlan, PutsNewUnitsThePlanAndItsTasks) {
    const GivenTask world;
    for (const auto* actor : {"office.clerk", "office.head", system_actor}) {
        import(world, actor).gives(imported());
    }
}

TEST(ImportPlan, MayBeDoneByAProxy) {
    GivenTask world;
    world.proxy("office.head", "rsj.head");
    import(world, "rsj.head").gives_for("office.head", imported());
}

TEST(ImportPlan, IsTheOfficesBusiness) {
    const GivenTask world;
    for (const auto* actor : {"jtj.head", "zone.leader", "admin.system", "nobody"}) {
        import(world, actor).forbidden();
    }
}

TEST(ImportPlan, EstablishesItsTasksAtOnce) {
    GivenTask world;
    for (const auto& event : imported()) world.fold(event, system_actor);
    EXPECT_EQ(world.task.stage, TaskStage::established);
    const auto& plan = world.plans.plans.at(PlanId("q"));
    EXPECT_EQ(plan.tasks, (std::vector<std::uint32_t>{1, 2}));
    EXPECT_EQ(plan.content, document_digest);
}

TEST(ImportPlan, IsIdempotent) {
    GivenTask world;
    for (const auto& event : imported()) world.fold(event, system_actor);
    import(world, "office.clerk").gives({});
    import(world, "office.clerk", document(), Digest("sha256:two")).refused_by("plan_exists");
    import(world, "jtj.head").forbidden();
}

TEST(ImportPlan, TakesAListWithPastDueDays) {
    auto list = document();
    list.tasks[0].due = date("2020-01-01");
    EXPECT_TRUE(import(GivenTask(), "office.clerk", list).accepted());
}

struct WrongList {
    const char* field;
    void (*spoil)(PlanDocument&);
};

void PrintTo(const WrongList& wrong, std::ostream* out) {
    *out << wrong.field;
}

class ImportPlanFields : public testing::TestWithParam<WrongList> {};

TEST_P(ImportPlanFields, AreChecked) {
    auto list = document();
    GetParam().spoil(list);
    import(GivenTask(), "office.clerk", list).field(GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    List, ImportPlanFields,
    testing::Values(
        WrongList{"plan.plan", [](PlanDocument& d) { d.plan = PlanId("Big Plan"); }},
        WrongList{"plan.title", [](PlanDocument& d) { d.title = ""; }},
        WrongList{"plan.zone", [](PlanDocument& d) { d.zone = std::string(601, 'x'); }},
        WrongList{"plan.responsibility",
                  [](PlanDocument& d) { d.responsibility = std::string(601, 'x'); }},
        WrongList{"plan.document_no",
                  [](PlanDocument& d) { d.document_no = std::string(601, 'x'); }},
        WrongList{"plan.units", [](PlanDocument& d) { d.units.resize(1001); }},
        WrongList{"plan.units[1].code", [](PlanDocument& d) { d.units[1].code = UnitCode("A B"); }},
        WrongList{"plan.units[1].code", [](PlanDocument& d) { d.units[1].code = jtj; }},
        WrongList{"plan.units[1].name", [](PlanDocument& d) { d.units[1].name = ""; }},
        WrongList{"plan.title", [](PlanDocument& d) { d.title = "\u3000\u200b"; }},
        WrongList{"plan.title", [](PlanDocument& d) { d.title = "a\u202eb"; }},
        WrongList{"plan.zone", [](PlanDocument& d) { d.zone = "a\nb"; }},
        WrongList{"plan.document_no", [](PlanDocument& d) { d.document_no = "No. 1 "; }},
        WrongList{"plan.units[1].code",
                  [](PlanDocument& d) { d.units[1].code = UnitCode("system"); }},
        WrongList{"plan.units[1].name", [](PlanDocument& d) { d.units[1].name = d.units[0].name; }},
        WrongList{"plan.tasks", [](PlanDocument& d) { d.tasks.clear(); }},
        WrongList{"plan.tasks", [](PlanDocument& d) { d.tasks.resize(1001); }},
        WrongList{"plan.tasks[0].no", [](PlanDocument& d) { d.tasks[0].no = 0; }},
        WrongList{"plan.tasks[1].no", [](PlanDocument& d) { d.tasks[1].no = 2; }},
        WrongList{"plan.tasks[0].title", [](PlanDocument& d) { d.tasks[0].title = ""; }},
        WrongList{"plan.tasks[0].title", [](PlanDocument& d) { d.tasks[0].title = "a\u009b"; }},
        WrongList{"plan.tasks[0].title", [](PlanDocument& d) { d.tasks[0].title = "a\nb"; }},
        WrongList{"plan.tasks[0].title", [](PlanDocument& d) { d.tasks[0].title = " a"; }},
        WrongList{"plan.tasks[0].lead", [](PlanDocument& d) { d.tasks[0].lead = UnitCode("xyz"); }},
        WrongList{"plan.tasks[0].co[0]",
                  [](PlanDocument& d) { d.tasks[0].co = {UnitCode("czj")}; }},
        WrongList{"plan.tasks[1].indicators[0].id",
                  [](PlanDocument& d) { d.tasks[1].indicators.resize(1); }}));

TEST(ImportPlan, TakesNoNewUnitWithTheNameOfOneThatIsKnown) {
    const GivenTask world;
    auto list = document();
    list.units[1].name = world.directory.units.at(rsj).name;
    import(world, "office.clerk", list).refused_by("unit_name_taken");
}

TEST(CheckPlan, KnowsTheUnitsOfTheListAndThoseItIsTold) {
    const KnownUnit none = [](const UnitCode&) { return false; };
    const auto refused = check_plan(document(), none, "list.");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "list.tasks[1].lead");
    EXPECT_TRUE(check_plan(document(), [](const UnitCode& unit) { return unit == rsj; }, ""));
}

TEST(PlanBook, AddsTasksInOrderAndOnce) {
    GivenTask world;
    for (const std::uint32_t no : {7U, 3U, 7U}) {
        world.fold(Event(PlanTaskAdded{plan_p, no}), system_actor);
    }
    EXPECT_EQ(world.plans.plans.at(plan_p).tasks, (std::vector<std::uint32_t>{3, 7}));
}

TEST(StreamOf, NamesTheStreamOfEachFamily) {
    EXPECT_EQ(Event(UnitPut{{jtj, "", ""}}).stream(), StreamId("unit/jtj"));
    EXPECT_EQ(Event(PersonPut{PersonId("a.b"), "", true}).stream(), StreamId("person/a.b"));
    EXPECT_EQ(Event(PostGranted{PersonId("a.b"), {}}).stream(), StreamId("person/a.b"));
    EXPECT_EQ(Event(PostRevoked{PersonId("a.b"), jtj, Post::head}).stream(),
              StreamId("person/a.b"));
    EXPECT_EQ(Event(ProxySet{{PersonId("a"), PersonId("b"), {}, {}}}).stream(),
              StreamId("person/a"));
    EXPECT_EQ(Event(PlanTaskAdded{plan_p, 1}).stream(), StreamId("plan/p"));
    EXPECT_EQ(Event(RoutePublished{route_in_turn()}).stream(), StreamId("route/report"));
    EXPECT_EQ(Event(TaskHeld{task_1, ""}).stream(), StreamId("task/p/1"));
    EXPECT_EQ(Event(ReportRejected{report_1, 1}).stream(), StreamId("task/p/1"));
    EXPECT_EQ(Event(ApprovalOpened{approval_1, {}, 1, {}, 1, {}}).stream(), StreamId("task/p/1"));
}

TEST(Command, NamesItsTask) {
    EXPECT_EQ(Command(HoldTask{task_1, ""}).task(), task_1);
    EXPECT_EQ(Command(ReviseReport{report_1, {}}).task(), task_1);
    EXPECT_EQ(Command(ApproveSlot{approval_1, "", "", 1, {}, ""}).task(), task_1);
}

}  // namespace
}  // namespace duban
