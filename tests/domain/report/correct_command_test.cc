#include <gtest/gtest.h>

#include "domain/approval/revoke_command.h"
#include "domain/approval/sight.h"
#include "domain/report/report_commands.h"
#include "domain/report/report_events.h"
#include "domain/task/task_commands.h"
#include "tests/support/given_closing.h"

namespace duban {
namespace {

ReportedValue teachers(const char* number) {
    ReportedValue value;
    value.indicator = "teachers";
    value.value = number;
    return value;
}

CorrectValue correction(const char* number, const char* period = "2026-09") {
    CorrectValue command;
    command.task = task_1;
    command.period = period;
    command.value = teachers(number);
    command.reason = "one was counted twice";
    return command;
}

struct Reporting : GivenTask {
    explicit Reporting(std::optional<Join> join = std::nullopt) {
        auto route = route_of({adopt()});
        route.revoke_after_pass = {at("zone", Post::leader)};
        EffectSpec accept = effect(Effect::accept_values);
        accept.join = join;
        route.on.pass = {accept};
        publish(route).signed_in();
    }
    Reporting& accepted(const char* period, const char* number) {
        ReportContent content = content_1();
        content.period = period;
        content.values = {teachers(number)};
        does("jtj.clerk", SubmitReport{task_1, jtj, content});
        auto approving = approve();
        const Approval& newest = task.approvals.back();
        approving.approval.no = newest.no;
        approving.revision_digest = newest.revision_digest;
        does("office.head", approving);
        return *this;
    }
    [[nodiscard]] std::string total() const {
        const EvaluationContext context{&task.mandate->indicators, &*task.accepted, today(),
                                        std::nullopt, std::nullopt};
        return evaluate(task.mandate->indicators.front(), context).current.actual;
    }
};

ValueCorrected corrected(const char* from, const char* to, std::uint32_t report = 1) {
    return {{task_1, report},       jtj, 1, "once", teachers(from), teachers(to),
            "one was counted twice"};
}

TEST(CorrectValue, KeepsBothValuesAndTheTotalFollows) {
    Reporting world;
    world.accepted("2026-09", "3");
    const auto reports = world.task.reports;
    const auto revisions = world.history.revisions;
    world.when("office.clerk", correction("2")).gives({corrected("3", "2")});
    const Timestamp at = world.now;
    world.does("office.clerk", correction("2"));
    EXPECT_EQ(world.total(), "2.00");
    EXPECT_EQ(*world.task.accepted,
              (std::vector<CellEntry>{{"once", 1, teachers("2"), "2026-09"}}));
    EXPECT_EQ(world.task.corrected, 1U);
    EXPECT_EQ(world.history.corrections, (std::vector<ValueCorrection>{{1,
                                                                        1,
                                                                        1,
                                                                        "once",
                                                                        teachers("3"),
                                                                        teachers("2"),
                                                                        "one was counted twice",
                                                                        PersonId("office.clerk"),
                                                                        {},
                                                                        at}}));
    EXPECT_EQ(world.task.reports, reports) << "a report keeps what it said";
    EXPECT_EQ(world.history.revisions, revisions);
}

TEST(CorrectValue, CanItselfBeCorrectedAndTheChainIsKept) {
    Reporting world;
    world.accepted("2026-09", "3").does("office.clerk", correction("2"));
    world.when("office.head", correction("3")).gives({corrected("2", "3")});
    world.does("office.head", correction("3")).does("zone.leader", correction("1"));
    ASSERT_EQ(world.history.corrections.size(), 3U);
    for (std::size_t i = 1; i < 3; ++i) {
        EXPECT_EQ(world.history.corrections[i].from, world.history.corrections[i - 1].to);
        EXPECT_EQ(world.history.corrections[i].no, i + 1);
    }
    EXPECT_EQ(world.total(), "1.00");
}

TEST(CorrectValue, IsForTheDeskAndForTheLeaderAloneWhereTheOfficeHasAPart) {
    Reporting world;
    world.accepted("2026-09", "3");
    for (const char* unit : {"jtj.clerk", "jtj.head", "jzy.head", "audit.auditor"}) {
        world.when(unit, correction("2")).forbidden();
    }
    for (const char* desk : {"office.clerk", "office.head", "zone.leader"}) {
        EXPECT_TRUE(world.when(desk, correction("2")).accepted()) << desk;
    }
    AmendTask amend;
    amend.task = task_1;
    amend.co = std::vector<UnitCode>{jzy, office};
    amend.reason = "the office takes part";
    world.does("office.head", amend);
    world.when("office.clerk", correction("2")).forbidden();
    world.when("office.head", correction("2")).forbidden();
    EXPECT_TRUE(world.when("zone.leader", correction("2")).accepted());
    world.proxy("zone.leader", "jtj.head");
    world.when("jtj.head", correction("2")).forbidden();
}

TEST(CorrectValue, KeepsForWhomAProxyCorrected) {
    Reporting world;
    world.accepted("2026-09", "3").proxy("office.head", "rsj.head");
    world.does("rsj.head", correction("2"));
    ASSERT_EQ(world.history.corrections.size(), 1U);
    EXPECT_EQ(world.history.corrections.front().by, PersonId("rsj.head"));
    EXPECT_EQ(world.history.corrections.front().on_behalf_of, PersonId("office.head"));
}

struct WrongCorrection {
    const char* field;
    void (*spoil)(CorrectValue&);
};

void PrintTo(const WrongCorrection& wrong, std::ostream* out) {
    *out << wrong.field;
}

class CorrectionFields : public testing::TestWithParam<WrongCorrection> {};

TEST_P(CorrectionFields, AreChecked) {
    Reporting world;
    world.accepted("2026-09", "3");
    auto command = correction("2");
    GetParam().spoil(command);
    world.when("office.clerk", command).field(GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Correction, CorrectionFields,
    testing::Values(
        WrongCorrection{"reason", [](CorrectValue& c) { c.reason = " \n"; }},
        WrongCorrection{"reason", [](CorrectValue& c) { c.reason = std::string(2001, 'x'); }},
        WrongCorrection{"indicator", [](CorrectValue& c) { c.value.indicator = "pupils"; }},
        WrongCorrection{"member", [](CorrectValue& c) { c.value.member = "a school"; }},
        WrongCorrection{"value", [](CorrectValue& c) { c.value.value = "2 名"; }},
        WrongCorrection{"value", [](CorrectValue& c) { c.value.value = "-2"; }},
        WrongCorrection{"value", [](CorrectValue& c) { c.value.value = "2.125"; }},
        WrongCorrection{"numerator", [](CorrectValue& c) { c.value.numerator = "2"; }},
        WrongCorrection{"grade", [](CorrectValue& c) { c.value.grade = Grade::met; }}));

TEST(CorrectValue, NeedsAnAcceptedValueAndAnother) {
    Reporting world;
    world.when("office.clerk", correction("2")).refused_by("not_accepted");
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
    world.when("office.clerk", correction("3")).refused_by("not_accepted");
    world.does("office.head", world.approve());
    world.when("office.clerk", correction("2")).refused_by("unchanged");
    world.when("office.clerk", correction("2.00")).refused_by("unchanged");
    const auto elsewhere = world.when("office.clerk", correction("3", "2026-08"));
    elsewhere.refused_by("not_accepted");
    EXPECT_NE(elsewhere.detail().find("2026-09 of jtj (p/1/r1)"), std::string::npos)
        << elsewhere.detail();
    auto other = correction("3");
    other.unit = jzy;
    world.when("office.clerk", other).refused_by("not_accepted");
    other.unit = jtj;
    other.report = 2;
    world.when("office.clerk", other).refused_by("not_accepted");
    other.report = 1;
    EXPECT_TRUE(world.when("office.clerk", other).accepted());
}

TEST(CorrectValue, NamesTheReportWhereSeveralBroughtValuesIntoTheCell) {
    Reporting world;
    world.accepted("2026-09", "1").accepted("2026-10", "2");
    EXPECT_EQ(world.total(), "3.00");
    auto command = correction("4", "once");
    const auto several = world.when("office.clerk", command);
    several.field("report");
    EXPECT_NE(several.detail().find("p/1/r2"), std::string::npos) << several.detail();
    command.report = 2;
    world.when("office.clerk", command).gives({corrected("2", "4", 2)});
    world.does("office.clerk", correction("4", "2026-10"));
    EXPECT_EQ(world.total(), "5.00");
}

TEST(CorrectValue, WaitsForTheEndOfAHoldAndNotForTheEndOfTheTask) {
    Reporting world;
    world.accepted("2026-09", "3").does("office.head", HoldTask{task_1, "policy"});
    world.when("office.clerk", correction("2")).refused_by("task_held");
    world.does("office.head", ResumeTask{task_1, ""});
    world.publish(closing_route());
    world.does("jtj.head", closing_request());
    auto approving = world.approve();
    approving.approval.no = 2;
    approving.revision_digest = world.task.approvals.back().revision_digest;
    world.does("office.head", approving);
    ASSERT_EQ(world.task.stage, TaskStage::done);
    world.does("office.clerk", correction("2"));
    EXPECT_EQ(world.total(), "2.00");
    EXPECT_EQ(world.task.stage, TaskStage::done);
}

TEST(CorrectValue, FallsAwayWithTheReportWhoseValueItIs) {
    Reporting world(Join::replace);
    world.accepted("2026-09", "1").accepted("2026-10", "3");
    world.does("office.clerk", correction("2", "2026-10"));
    EXPECT_EQ(world.total(), "2.00");
    world.does("zone.leader", RevokeApproval{{task_1, 2}, "wrong month"});
    EXPECT_EQ(world.total(), "1.00") << "the state before stands again";
    EXPECT_EQ(world.history.corrections.size(), 1U) << "what was corrected stays on record";
    world.when("office.clerk", correction("2", "2026-10")).refused_by("not_accepted");
    world.accepted("2026-10", "3");
    EXPECT_EQ(world.total(), "3.00") << "a new report brings its own value";
}

TEST(CorrectValue, OfAReplacedStateCountsOnceThatStandsAgain) {
    Reporting world(Join::replace);
    world.accepted("2026-09", "1").accepted("2026-10", "3");
    world.does("office.clerk", correction("2", "2026-09"));
    EXPECT_EQ(world.total(), "3.00");
    world.does("zone.leader", RevokeApproval{{task_1, 2}, "wrong month"});
    EXPECT_EQ(world.total(), "2.00");
}

TEST(CorrectValue, ChangesNothingThatIsNotThere) {
    Reporting world;
    const auto before = world.task;
    world.fold(Event(corrected("3", "2")), "office.clerk");
    EXPECT_EQ(world.task.corrected, 0U);
    EXPECT_TRUE(world.history.corrections.empty());
    EXPECT_TRUE(world.task.accepted.is(before.accepted));
}

TEST(CorrectValue, OfAJudgementMayChangeItsReasonsAlone) {
    Reporting world;
    AmendTask amend;
    amend.task = task_1;
    amend.reason = "a judgement is asked for";
    auto indicators = mandate_1().indicators;
    indicators[2].op = Operator::judged;
    indicators[2].target = {};
    indicators[2].accumulate = Accumulate::last;
    amend.indicators = indicators;
    world.does("office.head", amend);
    ReportedValue judged;
    judged.indicator = "base";
    judged.grade = Grade::met;
    judged.note = "the base is there";
    auto content = content_1();
    content.values = {judged};
    world.does("jtj.clerk", SubmitReport{task_1, jtj, content})
        .does("office.head", world.approve());
    auto command = correction("");
    command.value = judged;
    world.when("office.clerk", command).refused_by("unchanged");
    command.value.note = "";
    world.when("office.clerk", command).field("note");
    command.value.note = "the base was visited";
    EXPECT_TRUE(world.when("office.clerk", command).accepted());
}

TEST(CorrectValue, IsShownToAGuestWithTheRevisionThatHeSaw) {
    Reporting world;
    world.accepted("2026-09", "3").does("office.clerk", correction("2"));
    TaskSight sight;
    sight.approvals = {{1, {task_1, 'r', 1}, {1}}};
    const Event event(corrected("3", "2"));
    EXPECT_TRUE(shows_event(sight, event));
    const auto seen = as_seen({world.task, world.history}, sight);
    EXPECT_EQ(seen.history.corrections.size(), 1U);
    EXPECT_EQ(seen.state.corrected, 0U) << "how many there are in all is not told";
    sight.approvals.front().revisions = {2};
    EXPECT_FALSE(shows_event(sight, event));
    EXPECT_TRUE(as_seen({world.task, world.history}, sight).history.corrections.empty());
}

}  // namespace
}  // namespace duban
