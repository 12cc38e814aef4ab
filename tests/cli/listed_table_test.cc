#include "tools/cli/import/listed_table.h"

#include <gtest/gtest.h>

#include "tools/cli/builtin_plan.h"
#include "tools/cli/import/plan_file.h"

namespace duban {
namespace {

Result<PlanDocument> plan_of(const std::string& text) {
    return parse_plan_text(text, {"listed", "清单"}, builtin_plan().units, "list.csv");
}

std::string error_of(const std::string& text) {
    const auto plan = plan_of(text);
    return plan ? "accepted" : plan.error().detail;
}

void refuses(const std::string& text, const std::vector<std::string>& parts) {
    const std::string error = error_of(text);
    for (const std::string& part : parts) {
        EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
    }
}

// "jtj+cl,czj" of the first task.
std::string units_of(const std::string& text, std::size_t task = 0) {
    const auto plan = plan_of(text);
    if (!plan) return plan.error().detail;
    std::string units = plan->tasks.at(task).lead.value;
    for (const UnitCode& unit : plan->tasks.at(task).co) units += "+" + unit.value;
    return units;
}

TEST(ListedTable, TakesWhateverStandsBetweenCellsAndEndsLines) {
    for (const std::string mark : {",", ";", "\t"}) {
        for (const std::string end : {"\n", "\r\n", "\r"}) {
            const std::string text = "序号" + mark + "工作任务" + mark + "责任单位" + mark +
                                     "完成时限" + end + "1" + mark + "建设基地" + mark +
                                     "教育体育局、残联" + mark + "2026-12-31" + end;
            EXPECT_EQ(units_of(text), "jtj+cl") << mark << end;
        }
    }
}

TEST(ListedTable, SkipsRowsAndColumnsInWhichNothingStands) {
    const std::string text =
        "附件1,,,\n2026年任务表,,,\n,,,\n序号,\"工作\n任务\",责任单位,\n1,做事,残联,\n,,,\n \t, "
        ",,\n"
        "2,再做,教育体育局,\n";
    const auto plan = parse_plan_text(text, {"listed", ""}, builtin_plan().units, "list.csv");
    ASSERT_TRUE(plan) << plan.error().detail;
    EXPECT_EQ(plan->title, "2026年任务表");
    EXPECT_EQ(plan->tasks.size(), 2U);
}

TEST(ListedTable, ReadsUnitsByWhatTheirColumnsSay) {
    EXPECT_EQ(units_of("序号,工作任务,责任单位\n1,做事,教育体育局、残联\n"), "jtj+cl");
    EXPECT_EQ(units_of("序号,工作任务,责任单位（首位牵头）\n1,做事,残联，教育体育局\n"), "cl+jtj");
    EXPECT_EQ(units_of("序号,工作任务,责任单位,配合单位\n1,做事,教育体育局,残联；税务局\n"),
              "jtj+cl+swj");
    EXPECT_EQ(units_of("序号,工作任务,牵头单位,责任单位\n1,做事,残联,教育体育局/税务局\n"),
              "cl+jtj+swj");
    EXPECT_EQ(units_of("序号,重点工作任务,主要责任单位,协同配合单位\n1,做事,残联,\n"), "cl");
    EXPECT_EQ(units_of("序号,目标任务,牵头单位\n1,做事,示范区残联\n"), "cl");
    EXPECT_EQ(units_of("序号,工作任务,责任单位\n1,做事,\"教育体育局、残联\n税务局\"\n"),
              "jtj+cl+swj");
}

TEST(ListedTable, RefusesColumnsThatFitTwoReadings) {
    refuses("序号,工作任务,责任单位,配合单位\n1,做事,教育体育局、残联,税务局\n",
            {"line 2: '教育体育局、残联' names more units than the one that leads"});
    refuses("序号,工作任务,牵头单位,责任单位\n1,做事,教育体育局、残联,税务局\n",
            {"line 2: '教育体育局、残联' names more units"});
    refuses("序号,工作任务,牵头单位,责任单位,配合单位\n1,做事,残联,税务局,教育体育局\n",
            {"line 1: there are three columns of units"});
    refuses("序号,工作任务,责任单位,责任单位\n1,做事,残联,税务局\n",
            {"line 1: the columns '责任单位' and '责任单位' mean the same"});
    refuses("序号,工作任务,目标任务,责任单位\n1,做事,再做,残联\n",
            {"line 1: the columns '工作任务' and '目标任务' mean the same"});
    refuses("序号,工作任务,责任单位（排名不分先后）\n1,做事,残联\n",
            {"a column 责任单位 (or units) or 牵头单位 (or lead) is missing",
             "'责任单位（排名不分先后）'"});
    refuses("序号,工作任务,责任单位\n1,做事,\"残联、农业\n农村局\"\n",
            {"line 2: a line break stands in '农业农村局'"});
}

TEST(ListedTable, RefusesEveryFilledCellThatNothingReads) {
    refuses("序号,工作任务,主要内容,责任单位\n1,统筹,规划,残联\n2,,布局,残联\n",
            {"line 2: column 3, which has the heading '主要内容', holds '规划'",
             "line 3: the task has no text", "merged over several rows"});
    refuses("序号,工作任务,责任单位,\n1,做事,残联,\n2,做事,残联,备注\n",
            {"line 3: column 4, which has no heading, holds '备注'"});
    refuses("序号,工作任务,责任单位\n1,做事,残联,备注\n",
            {"line 2: column 4, which has no heading, holds '备注'"});
    EXPECT_EQ(units_of("序号,工作任务,责任单位,备注\n1,做事,残联,\n"), "cl");
}

TEST(ListedTable, RefusesRowsThatAreNoTask) {
    const std::string head = "序号,工作任务,责任单位,完成时限\n";
    refuses(head + "1,做事,残联,\n注：由督查室解释。,,,\n",
            {"line 3: '注：由督查室解释。' stands alone in its row"});
    refuses(head + "一、总体目标,,,\n1,做事,残联,\n", {"line 2: '一、总体目标' stands alone"});
    refuses(head + "1,做事,残联,\n,接上行,税务局,\n",
            {"line 3: the row with '接上行', '税务局' has no number"});
    refuses(head + "1,做事,,\n", {"line 2: no responsible unit is named"});
    refuses(head + "十一,做事,残联,\n", {"line 2: '十一' is not a task's number"});
    refuses("任务表,2026,,\n" + head + "1,做事,残联,\n",
            {"line 1: '任务表', '2026' stands above the headings in line 2"});
    refuses("任务表,,,\n说明,,,\n" + head + "1,做事,残联,\n", {"line 2: '说明' stands above"});
}

TEST(ListedTable, SaysWhatItTookTheFileForAndWhatItLookedFor) {
    refuses("编号|任务\n1|做事\n", {"line 1: taken for a table with ',' between the cells",
                                    "序号 (or no)", "'编号|任务'"});
    refuses("序号,工作任务\n1,做事\n",
            {"line 1: taken for a table", "'序号', '工作任务'",
             "a column 责任单位 (or units) or 牵头单位 (or lead) is missing"});
    refuses("", {"line 1: the table is empty"});
    refuses("序号,工作任务,责任单位\n1,\"做事,残联\n", {"line 2: a quote is not closed"});
    refuses("序号,工作任务,责任单位\n1, \"做事\",残联\n", {"line 2: a quote inside a cell"});
}

TEST(ListedTable, NamesAllThatIsWrongAtOnceUpToALimit) {
    std::string text = "序号,工作任务,责任单位\n";
    for (int no = 1; no <= 12; ++no) text += std::to_string(no) + ",做事,无名局\n";
    refuses(text, {"line 2: the unit '无名局' is not known\nline 3: ", "line 11: ",
                   "\nand 2 more of this kind"});
    EXPECT_EQ(error_of(text).find("line 12: "), std::string::npos);
}

TEST(ListedTable, ReadsDaysThatHaveOneReading) {
    for (const char* text : {"2026-09-01", "2026-9-1", "2026/09/01", "2026/9/1", "2026.9.1",
                             "2026年9月1日", "2026年09月01日"}) {
        EXPECT_EQ(parse_listed_date(text), *parse_date("2026-09-01")) << text;
    }
    for (const char* text : {"", "46387", "2026-02-29", "2026-13-01", "01-09-2026", "9/1/2026",
                             "2026-9/1", "2026年9月", "2026年9月底", "长期坚持", "2026-09-01 ",
                             "2026-009-01", "26-9-1", "每季度末", "2026--1"}) {
        EXPECT_FALSE(parse_listed_date(text)) << text;
    }
    refuses("序号,工作任务,责任单位,完成时限\n1,做事,残联,46387\n2,再做,残联,长期坚持\n",
            {"line 2: '46387' is not a date such as 2026-09-01; format the column as dates",
             "line 3: '长期坚持' is not a date"});
}

TEST(UnitNames, AreFoundWholeOrWithoutTheZoneWhereThatIsOneUnit) {
    const UnitNames names({{UnitCode("a"), "示范区税务局", "bureau"},
                           {UnitCode("b"), "税务局", "bureau"},
                           {UnitCode("c"), "济源示范区残联", "association"},
                           {UnitCode("d"), "济源示范区司法局", "bureau"},
                           {UnitCode("e"), "示范区司法局", "bureau"}});
    EXPECT_EQ(names.find("税务局"), UnitCode("b"));
    EXPECT_EQ(names.find("示范区税务局"), UnitCode("a"));
    for (const char* name : {"残联", "示范区残联", "济源示范区残联"}) {
        EXPECT_EQ(names.find(name), UnitCode("c")) << name;
    }
    const auto unclear = names.find("司法局");
    ASSERT_FALSE(unclear);
    EXPECT_NE(unclear.error().detail.find("may be d or e"), std::string::npos);
    EXPECT_FALSE(names.find("司法"));
}

}  // namespace
}  // namespace duban
