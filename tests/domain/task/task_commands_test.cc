// Registering, approving, issuing, holding and resuming a task.
#include <gtest/gtest.h>

#include "domain/plan/plan_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "domain/task/task_events.h"
#include "tests/support/given.h"

namespace duban {
namespace {

RegisterTask registration() {
    return {task_1, mandate_1()};
}

ApproveTask approval() {
    return {task_1, RegistrationVerdict::approve, "agreed"};
}

ApproveTask sent_back(const std::string& why = "no basis named") {
    return {task_1, RegistrationVerdict::return_, why};
}

TEST(RegisterTask, AddsTheTaskToItsPlan) {
    for (const auto* actor : {"office.clerk", "office.head"}) {
        GivenTask()
            .when(actor, registration())
            .gives({TaskRegistered{task_1, mandate_1()}, PlanTaskAdded{plan_p, 1}});
    }
}

TEST(RegisterTask, MayBeDoneByAProxy) {
    GivenTask world;
    world.proxy("office.clerk", "rsj.clerk");
    world.when("rsj.clerk", registration())
        .gives_for("office.clerk", {TaskRegistered{task_1, mandate_1()}, PlanTaskAdded{plan_p, 1}});
}

TEST(RegisterTask, IsTheOfficesBusiness) {
    const GivenTask world;
    for (const auto* actor : {"jtj.clerk", "jtj.head", "zone.leader", "audit.auditor",
                              "admin.system", "nobody", system_actor}) {
        world.when(actor, registration()).forbidden();
    }
    EXPECT_NE(world.when("jtj.clerk", registration()).detail().find("clerk of office"),
              std::string::npos);
}

TEST(RegisterTask, DoesNotTellStrangersWhichNumbersAreInUse) {
    const GivenTask absent;
    GivenTask present;
    present.registered();
    for (const auto* actor : {"rsj.clerk", "jtj.clerk", "admin.system", "nobody"}) {
        present.when(actor, registration()).forbidden();
        EXPECT_EQ(absent.when(actor, registration()).detail(),
                  present.when(actor, registration()).detail());
    }
}

TEST(OfficeHead, DoesNotDecideOnHisOwnUnitsTask) {
    for (const bool leads : {true, false}) {
        auto mandate = mandate_1();
        if (leads) mandate.lead = office;
        if (!leads) mandate.co = {office};
        GivenTask world;
        world.does("office.clerk", RegisterTask{task_1, mandate});
        const ApproveTask approval{task_1, RegistrationVerdict::approve, ""};
        world.when("office.head", approval).forbidden();
        world.does("zone.leader", approval).does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
        world.when("office.head", HoldTask{task_1, "wait"}).forbidden();
        EXPECT_TRUE(world.when("zone.leader", HoldTask{task_1, "wait"}).accepted());
        world.does("office.head", ObjectAssignment{task_1, office, "not ours"});
        SettleObjection settle;
        settle.task = task_1;
        settle.unit = office;
        settle.outcome = Settlement::confirm;
        world.when("office.head", settle).forbidden();
        EXPECT_TRUE(world.when("zone.leader", settle).accepted());
        AmendTask amend;
        amend.task = task_1;
        amend.title = "another title";
        amend.reason = "the zone asked for it";
        world.when("office.head", amend).forbidden();
        EXPECT_TRUE(world.when("zone.leader", amend).accepted());
        world.does("zone.leader", HoldTask{task_1, "wait"});
        world.when("office.head", ResumeTask{task_1, ""}).forbidden();
        EXPECT_TRUE(world.when("zone.leader", ResumeTask{task_1, ""}).accepted());
    }
}

TEST(OfficeHead, DoesNotDecideOnHisOwnUnitsTaskAsTheLeadersProxy) {
    auto mandate = mandate_1();
    mandate.co = {office};
    GivenTask world;
    world.proxy("zone.leader", "office.head");
    world.does("office.clerk", RegisterTask{task_1, mandate});
    const ApproveTask approval{task_1, RegistrationVerdict::approve, ""};
    world.when("office.head", approval).forbidden();
    world.does("zone.leader", approval).does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    world.when("office.head", HoldTask{task_1, "wait"}).forbidden();
    world.does("zone.leader", HoldTask{task_1, "wait"});
    world.when("office.head", ResumeTask{task_1, ""}).forbidden();
}

TEST(RegisterTask, NeedsItsPlan) {
    const TaskId elsewhere{PlanId("q"), 1};
    GivenTask()
        .when("office.clerk", RegisterTask{elsewhere, mandate_1()})
        .refused(Errc::not_found, "task");
}

TEST(RegisterTask, RefusesANumberInUse) {
    GivenTask world;
    world.registered();
    world.when("office.clerk", registration()).refused_by("task_exists");
    world.does("office.head", approval());
    world.when("office.clerk", registration()).refused_by("task_exists");
}

TEST(RegisterTask, TakesUpADraftAgainWithoutAddingItTwice) {
    GivenTask world;
    world.registered().does("office.head", sent_back());
    auto better = registration();
    better.mandate.document_no = "No. 7";
    world.when("office.clerk", better).gives({TaskRegistered{task_1, better.mandate}});
    world.does("office.clerk", better);
    EXPECT_EQ(world.task.stage, TaskStage::pending);
    EXPECT_EQ(world.task.returned_reason, "");
    EXPECT_EQ(world.task.mandate->document_no, "No. 7");
}

TEST(RegisterTask, CountsLengthsInCharacters) {
    auto command = registration();
    command.mandate.title.clear();
    for (int i = 0; i < 200; ++i) command.mandate.title += "督";
    EXPECT_TRUE(GivenTask().when("office.clerk", command).accepted());
    command.mandate.title += "办";
    const auto refused = GivenTask().when("office.clerk", command);
    refused.field("title");
    EXPECT_NE(refused.detail().find("201 characters; at most 200"), std::string::npos);
}

struct WrongMandate {
    const char* field;
    void (*spoil)(Mandate&);
};

void PrintTo(const WrongMandate& wrong, std::ostream* out) {
    *out << wrong.field;
}

class RegisterTaskFields : public testing::TestWithParam<WrongMandate> {};

TEST_P(RegisterTaskFields, AreChecked) {
    auto command = registration();
    GetParam().spoil(command.mandate);
    GivenTask().when("office.clerk", command).field(GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Mandate, RegisterTaskFields,
    testing::Values(
        WrongMandate{"title", [](Mandate& m) { m.title = " "; }},
        WrongMandate{"title", [](Mandate& m) { m.title = std::string(201, 'x'); }},
        WrongMandate{"title", [](Mandate& m) { m.title = "\u3000\u200b"; }},
        WrongMandate{"title", [](Mandate& m) { m.title = "a\u202eb"; }},
        WrongMandate{"title", [](Mandate& m) { m.title = "a\nb"; }},
        WrongMandate{"text", [](Mandate& m) { m.text = std::string(20001, 'x'); }},
        WrongMandate{"text", [](Mandate& m) { m.text = "a\u009b2J"; }},
        WrongMandate{"source", [](Mandate& m) { m.source = "a\u200b"; }},
        WrongMandate{"document_no", [](Mandate& m) { m.document_no = " 1"; }},
        WrongMandate{"source", [](Mandate& m) { m.source = std::string(201, 'x'); }},
        WrongMandate{"document_no", [](Mandate& m) { m.document_no = std::string(201, 'x'); }},
        WrongMandate{"lead", [](Mandate& m) { m.lead = UnitCode(); }},
        WrongMandate{"lead", [](Mandate& m) { m.lead = UnitCode("xyz"); }},
        WrongMandate{"co[1]", [](Mandate& m) { m.co = {jzy, UnitCode("xyz")}; }},
        WrongMandate{"co[1]", [](Mandate& m) { m.co = {jzy, jzy}; }},
        WrongMandate{"co[0]", [](Mandate& m) { m.co = {jtj}; }},
        WrongMandate{"co", [](Mandate& m) { m.co.assign(101, jzy); }},
        WrongMandate{"due", [](Mandate& m) { m.due = date("2026-08-31"); }},
        WrongMandate{"indicators", [](Mandate& m) { m.indicators.resize(101); }},
        WrongMandate{"indicators[0].target", [](Mandate& m) { m.indicators[0].target = {}; }},
        WrongMandate{"indicators[1].id", [](Mandate& m) { m.indicators[1].id = "teachers"; }},
        WrongMandate{"indicators[2].owner", [](Mandate& m) { m.indicators[2].owner = rsj; }},
        WrongMandate{"indicators[2].denominator", [](Mandate& m) {
                         m.indicators[2].kind = ValueKind::rate_of;
                         m.indicators[2].denominator = "base";
                     }}));

TEST(RegisterTask, MayHaveNoDueDayYet) {
    auto command = registration();
    command.mandate.due.reset();
    EXPECT_TRUE(GivenTask().when("office.clerk", command).accepted());
}

TEST(RegisterTask, MayBeDueToday) {
    auto command = registration();
    command.mandate.due = GivenTask().today();
    EXPECT_TRUE(GivenTask().when("office.clerk", command).accepted());
}

TEST(RegisterTask, TakesARateOfAnotherIndicator) {
    auto command = registration();
    command.mandate.indicators[2].kind = ValueKind::rate_of;
    command.mandate.indicators[2].denominator = "courses";
    EXPECT_TRUE(GivenTask().when("office.clerk", command).accepted());
}

TEST(ApproveTask, EstablishesTheTask) {
    GivenTask world;
    world.registered();
    world.when("office.head", approval()).gives({TaskApproved{task_1, "agreed", "head"}});
    world.when("zone.leader", approval()).gives({TaskApproved{task_1, "agreed", "leader"}});
}

TEST(ApproveTask, MayBeDoneByAProxy) {
    GivenTask world;
    world.registered().proxy("office.head", "rsj.head");
    world.when("rsj.head", approval())
        .gives_for("office.head", {TaskApproved{task_1, "agreed", "head"}});
}

TEST(ApproveTask, IsNotForAProxyWhoRegisteredTheTaskOrWhoseUnitHasAPart) {
    for (const char* deputy : {"office.clerk", "jtj.head", "jzy.clerk"}) {
        GivenTask world;
        world.registered().proxy("office.head", deputy).proxy("zone.leader", deputy);
        world.when(deputy, approval()).forbidden();
        world.when(deputy, sent_back()).forbidden();
    }
}

TEST(ApproveTask, SendsBackWithAReason) {
    GivenTask world;
    world.registered();
    world.when("office.head", sent_back()).gives({TaskReturned{task_1, "no basis named"}});
    for (const char* blank : {"", " \n", "\u3000", "\u200b", "\u3000\u202e"}) {
        world.when("office.head", sent_back(blank)).field("opinion");
    }
    world.does("office.head", sent_back());
    EXPECT_EQ(world.task.stage, TaskStage::draft);
    EXPECT_EQ(world.task.returned_reason, "no basis named");
}

TEST(ApproveTask, IsForTheHeadOrALeader) {
    GivenTask world;
    world.registered();
    for (const auto* actor : {"office.clerk", "jtj.head", "jzy.clerk"}) {
        world.when(actor, approval()).forbidden();
    }
}

TEST(ApproveTask, NeedsAPendingRegistration) {
    GivenTask world;
    world.established();
    world.when("office.head", approval()).refused_by("task_not_pending");
    world.when("office.head", sent_back()).refused_by("task_not_pending");
}

TEST(ApproveTask, LimitsTheOpinion) {
    GivenTask world;
    world.registered();
    const ApproveTask wordy{task_1, RegistrationVerdict::approve, std::string(2001, 'x')};
    world.when("office.head", wordy).field("opinion");
}

TEST(IssueTask, GivesEachUnitItsPart) {
    GivenTask world;
    world.established();
    const TaskIssued issued{task_1,
                            date("2026-12-31"),
                            date("2026-09-04"),
                            PeriodKind::month,
                            {{jtj, UnitRole::lead, ""}, {jzy, UnitRole::co, ""}}};
    for (const auto* actor : {"office.clerk", "office.head"}) {
        world.when(actor, IssueTask{task_1, {}, {}, {}, {}}).gives({issued});
    }
}

TEST(IssueTask, TakesDatesPeriodAndDutiesFromTheCommand) {
    GivenTask world;
    world.established();
    const IssueTask command{task_1,
                            date("2026-10-01"),
                            date("2026-10-01"),
                            PeriodKind::quarter,
                            {{jzy, "train the teachers"}, {jtj, "lead"}}};
    world.when("office.clerk", command)
        .gives({TaskIssued{
            task_1,
            date("2026-10-01"),
            date("2026-10-01"),
            PeriodKind::quarter,
            {{jtj, UnitRole::lead, "lead"}, {jzy, UnitRole::co, "train the teachers"}}}});
}

TEST(IssueTask, AsksForSigningInByTheDueDayAtTheLatest) {
    GivenTask world;
    world.established();
    const auto outcome =
        world.when("office.clerk", IssueTask{task_1, date("2026-09-02"), {}, {}, {}});
    ASSERT_TRUE(outcome.accepted());
    const auto* made = outcome.result()->events.front().event.get_if<TaskIssued>();
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->sign_by, date("2026-09-02"));
}

TEST(IssueTask, MayBeDoneByAProxy) {
    GivenTask world;
    world.established().proxy("office.clerk", "office.head").proxy("office.clerk", "jtj.clerk");
    const auto outcome = world.when("jtj.clerk", IssueTask{task_1, {}, {}, {}, {}});
    ASSERT_TRUE(outcome.accepted());
    EXPECT_EQ(outcome.result()->on_behalf_of, PersonId("office.clerk"));
    const auto own = world.when("office.head", IssueTask{task_1, {}, {}, {}, {}});
    ASSERT_TRUE(own.accepted());
    EXPECT_EQ(own.result()->on_behalf_of, PersonId());
}

TEST(IssueTask, IsTheOfficesBusiness) {
    GivenTask world;
    world.established();
    for (const auto* actor : {"zone.leader", "jtj.head", "jzy.head"}) {
        world.when(actor, IssueTask{task_1, {}, {}, {}, {}}).forbidden();
    }
}

TEST(IssueTask, NeedsAnEstablishedTask) {
    GivenTask world;
    world.registered();
    world.when("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .refused_by("task_not_established");
    GivenTask again;
    again.issued();
    again.when("office.clerk", IssueTask{task_1, {}, {}, {}, {}})
        .refused_by("task_not_established");
}

TEST(IssueTask, ChecksItsDates) {
    GivenTask world;
    world.established();
    const auto issue = [&](std::optional<Date> due, std::optional<Date> sign_by) {
        return world.when("office.clerk", IssueTask{task_1, due, sign_by, {}, {}});
    };
    issue(date("2026-08-31"), {}).field("due");
    issue({}, date("2026-08-31")).field("sign_by");
    issue(date("2026-10-01"), date("2026-10-02")).field("sign_by");
}

TEST(IssueTask, NeedsADueDay) {
    GivenTask world;
    auto command = registration();
    command.mandate.due.reset();
    world.does("office.clerk", command).does("office.head", approval());
    world.when("office.clerk", IssueTask{task_1, {}, {}, {}, {}}).field("due");
}

TEST(IssueTask, ChecksTheDuties) {
    GivenTask world;
    world.established();
    const auto issue = [&](std::vector<DutyText> duties) {
        return world.when("office.clerk", IssueTask{task_1, {}, {}, {}, std::move(duties)});
    };
    issue({{rsj, "pay"}}).field("duties[0].unit");
    issue({{jzy, "teach"}, {jzy, "learn"}}).field("duties[0].unit");
    issue({{jzy, std::string(2001, 'x')}}).field("duties[0].duty");
}

TEST(HoldTask, StopsAnIssuedTask) {
    GivenTask world;
    world.issued();
    for (const auto* actor : {"office.clerk", "office.head", "zone.leader"}) {
        world.when(actor, HoldTask{task_1, "budget"}).gives({TaskHeld{task_1, "budget"}});
    }
    world.proxy("zone.leader", "rsj.clerk");
    world.when("rsj.clerk", HoldTask{task_1, "budget"})
        .gives_for("zone.leader", {TaskHeld{task_1, "budget"}});
}

TEST(HoldTask, IsRefused) {
    GivenTask world;
    world.established();
    world.when("office.head", HoldTask{task_1, "budget"}).refused_by("not_issued");
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    world.when("jtj.head", HoldTask{task_1, "budget"}).forbidden();
    world.when("office.head", HoldTask{task_1, ""}).field("reason");
    world.does("office.head", HoldTask{task_1, "budget"});
    world.when("office.head", HoldTask{task_1, "again"}).refused_by("task_held");
}

TEST(ResumeTask, LetsTheTaskGoOn) {
    GivenTask world;
    world.issued().does("office.head", HoldTask{task_1, "budget"});
    for (const auto* actor : {"office.head", "zone.leader"}) {
        world.when(actor, ResumeTask{task_1, "paid"}).gives({TaskResumed{task_1, "paid"}});
    }
    world.proxy("office.head", "office.clerk");
    world.when("office.clerk", ResumeTask{task_1, ""})
        .gives_for("office.head", {TaskResumed{task_1, ""}});
    EXPECT_TRUE(is_held(world.task));
    world.does("office.head", ResumeTask{task_1, ""});
    EXPECT_FALSE(is_held(world.task));
}

TEST(ResumeTask, IsRefused) {
    GivenTask world;
    world.established();
    world.when("office.head", ResumeTask{task_1, ""}).refused_by("not_issued");
    world.does("office.clerk", IssueTask{task_1, {}, {}, {}, {}});
    world.when("office.head", ResumeTask{task_1, ""}).refused_by("task_not_held");
    world.when("office.clerk", ResumeTask{task_1, ""}).forbidden();
    world.does("office.head", HoldTask{task_1, "budget"});
    world.when("office.head", ResumeTask{task_1, std::string(2001, 'x')}).field("opinion");
}

TEST(HeldTask, TakesOnlyAmendmentsResumptionAndDrafts) {
    GivenTask world;
    world.submitted().does("office.head", HoldTask{task_1, "budget"});
    const std::vector<std::pair<const char*, Command>> refused{
        {"office.clerk", UrgeTask{task_1, UrgeLevel::blue, {}, ""}},
        {"jtj.clerk", SignAssignment{task_1, jtj}},
        {"jtj.head", ObjectAssignment{task_1, jtj, "no"}},
        {"office.head", SettleObjection{task_1, jtj, Settlement::confirm, {}, ""}},
        {"jtj.head", AssignHandler{task_1, jtj, PersonId("jtj.clerk")}},
        {"jtj.head", BreakDown{task_1, jtj, {{"part", {}, {}}}}},
        {"jtj.clerk", SubmitReport{task_1, jtj, content_1()}},
        {"jtj.clerk", ReviseReport{report_1, content_1()}},
        {"jtj.section", world.approve()},
        {"jtj.section", world.send_back()}};
    for (const auto& [actor, command] : refused) {
        world.when(actor, command).refused_by("task_held");
    }
    EXPECT_TRUE(world.when("jtj.clerk", SaveReport{task_1, jtj, content_1()}).accepted());
    AmendTask amendment;
    amendment.task = task_1;
    amendment.title = "a better title";
    amendment.reason = "typo";
    EXPECT_TRUE(world.when("office.head", amendment).accepted());
}

}  // namespace
}  // namespace duban
