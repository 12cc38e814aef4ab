#include "domain/report/report_content.h"
#include "domain/report/report_commands.h"

#include <gtest/gtest.h>

#include "tests/support/given.h"

namespace duban {
namespace {

Evidence file(int number, const char* media_type = "image/png") {
    Evidence evidence;
    const auto digits = std::to_string(number);
    evidence.digest = Digest("sha256:" + std::string(64 - digits.size(), 'a') + digits);
    evidence.bytes = 10;
    evidence.media_type = media_type;
    evidence.name = "photo.png";
    return evidence;
}

struct WrongContent {
    const char* field;
    void (*spoil)(ReportContent&);
};

void PrintTo(const WrongContent& wrong, std::ostream* out) {
    *out << wrong.field;
}

class ReportContentFields : public testing::TestWithParam<WrongContent> {};

TEST_P(ReportContentFields, AreChecked) {
    GivenTask world;
    world.signed_in();
    auto content = content_1();
    GetParam().spoil(content);
    world.when("jtj.clerk", SubmitReport{task_1, {}, content}).field(GetParam().field);
}

const std::string too_long(20001, 'x');

INSTANTIATE_TEST_SUITE_P(
    Content, ReportContentFields,
    testing::Values(
        WrongContent{"period", [](ReportContent& c) { c.period = ""; }},
        WrongContent{"period", [](ReportContent& c) { c.period = "2026-13"; }},
        WrongContent{"summary", [](ReportContent& c) { c.summary = "\n"; }},
        WrongContent{"summary", [](ReportContent& c) { c.summary = too_long; }},
        WrongContent{"problems", [](ReportContent& c) { c.problems = too_long; }},
        WrongContent{"next_steps", [](ReportContent& c) { c.next_steps = too_long; }},
        WrongContent{"values", [](ReportContent& c) { c.values.resize(1001); }},
        WrongContent{"values[0].indicator", [](ReportContent& c) { c.values[0].indicator = "x"; }},
        WrongContent{"values[0].value", [](ReportContent& c) { c.values[0].value = "many"; }},
        WrongContent{"values[0].period", [](ReportContent& c) { c.values[0].period = "soon"; }},
        WrongContent{"values[1]", [](ReportContent& c) { c.values.push_back(c.values[0]); }},
        WrongContent{"summary", [](ReportContent& c) { c.summary = "a\x1b[2J"; }},
        WrongContent{"values[0].note", [](ReportContent& c) { c.values[0].note = "a\x7f"; }},
        WrongContent{"evidence",
                     [](ReportContent& c) {
                         for (int i = 0; i < 51; ++i) c.evidence.push_back(file(i));
                     }},
        WrongContent{"evidence[0].digest",
                     [](ReportContent& c) {
                         c.evidence = {file(1)};
                         c.evidence[0].digest = Digest("md5:1");
                     }},
        WrongContent{"evidence[0].digest",
                     [](ReportContent& c) {
                         c.evidence = {file(1)};
                         c.evidence[0].digest.value.back() = 'A';
                     }},
        WrongContent{"evidence[1].digest",
                     [](ReportContent& c) { c.evidence = {file(1), file(1)}; }},
        WrongContent{"evidence[0].name", [](ReportContent& c) {
                         c.evidence = {file(1)};
                         c.evidence[0].name = std::string(201, 'x');
                     }}));

TEST(CheckContent, TakesNamesOfFilesThatLeadNowhereAndLookLikeWhatTheyAre) {
    for (const char* name :
         {"", "\u3000", "../../etc/x", "a/b.pdf", "a\\b.pdf", ".profile", "进展\u202ecod.exe",
          "a\nb.pdf", "a\u200b.pdf", " a.pdf", "a.pdf ", "C:a.pdf"}) {
        auto content = content_1();
        content.evidence = {file(1)};
        content.evidence[0].name = name;
        for (const Status& checked :
             {check_draft(content), check_content(content, mandate_1(), jtj)}) {
            ASSERT_FALSE(checked) << name;
            EXPECT_EQ(checked.error().field, "evidence[0].name") << name;
        }
    }
}

struct WrongDraft {
    const char* field;
    void (*spoil)(ReportContent&);
};

TEST(CheckDraft, IsUnfinishedButSafeToShow) {
    auto content = content_1();
    content.values[0].value = "not yet";
    content.values[0].period = "2026-";
    EXPECT_TRUE(check_draft(content));
    const WrongDraft wrong[] = {
        {"values[0].indicator", [](ReportContent& c) { c.values[0].indicator = "a\x01"; }},
        {"values[0].member", [](ReportContent& c) { c.values[0].member = "a\x01"; }},
        {"values[0].value", [](ReportContent& c) { c.values[0].value = "a\x1b"; }},
        {"values[0].numerator", [](ReportContent& c) { c.values[0].numerator = "1\x1b"; }},
        {"values[0].note", [](ReportContent& c) { c.values[0].note = "a\x7f"; }},
        {"values[0].period", [](ReportContent& c) { c.values[0].period = "2026-W05x"; }},
        {"evidence[0].media_type",
         [](ReportContent& c) { c.evidence = {file(1, "image/png\x01")}; }}};
    for (const auto& [field, spoil] : wrong) {
        content = content_1();
        spoil(content);
        const auto checked = check_draft(content);
        ASSERT_FALSE(checked) << field;
        EXPECT_EQ(checked.error().field, field);
    }
}

TEST(CheckContent, TakesTheLargestThatIsAllowed) {
    auto content = content_1();
    content.summary = std::string(20000, 'x');
    for (int i = 0; i < 50; ++i) content.evidence.push_back(file(i));
    EXPECT_TRUE(check_content(content, mandate_1(), jtj));
}

TEST(CheckContent, LetsAUnitReportOnItsOwnIndicatorsAndTheLeadOnAll) {
    auto mandate = mandate_1();
    EXPECT_EQ(check_content(content_1(), mandate, jzy).error().field, "values[0].indicator");
    mandate.indicators[0].owner = jzy;
    EXPECT_TRUE(check_content(content_1(), mandate, jzy));
    EXPECT_TRUE(check_content(content_1(), mandate, jtj));
}

TEST(CheckContent, TakesOneValueForEachMember) {
    auto mandate = mandate_1();
    mandate.indicators[0].scope = ScopeKind::school;
    mandate.indicators[0].members = {"first", "second"};
    auto content = content_1();
    content.values.push_back(content.values[0]);
    content.values[0].member = "first";
    content.values[1].member = "second";
    EXPECT_TRUE(check_content(content, mandate, jtj));
    content.values[1].member = "first";
    EXPECT_EQ(check_content(content, mandate, jtj).error().field, "values[1]");
}

TEST(CheckContent, AsksForTheEvidenceOfWhatIsReported) {
    auto mandate = mandate_1();
    mandate.indicators[0].evidence = {{"image/png"}, 2, EvidenceWhen::report};
    auto content = content_1();
    content.evidence = {file(1), file(2, "text/plain")};
    EXPECT_EQ(check_content(content, mandate, jtj).error().rule, "evidence_missing");
    content.evidence.push_back(file(3));
    EXPECT_TRUE(check_content(content, mandate, jtj));
    content.evidence.clear();
    content.values.clear();
    EXPECT_TRUE(check_content(content, mandate, jtj)) << "nothing reported, nothing to show";
}

TEST(CheckContent, LeavesTheEvidenceOfClosingForLater) {
    auto mandate = mandate_1();
    mandate.indicators[0].evidence = {{}, 2, EvidenceWhen::closing};
    EXPECT_TRUE(check_content(content_1(), mandate, jtj));
}

TEST(CellsOf, NamesTheCellOfEachValue) {
    auto mandate = mandate_1();
    mandate.indicators[0].period = PeriodKind::quarter;
    const auto cells = cells_of(content_1(), mandate, 4).value();
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0], (CellEntry{"2026-Q3", 4, content_1().values[0], "2026-09"}));
}

TEST(CellsOf, RefusesAValueOfNoIndicator) {
    auto mandate = mandate_1();
    mandate.indicators.clear();
    EXPECT_EQ(cells_of(content_1(), mandate, 1).error().field, "values[0].indicator");
}

}  // namespace
}  // namespace duban
