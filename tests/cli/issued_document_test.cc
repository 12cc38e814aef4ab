#include "tools/cli/import/issued_document.h"

#include <gtest/gtest.h>

#include "tools/cli/builtin_plan.h"
#include "tools/cli/import/document_lines.h"
#include "tools/cli/import/plan_file.h"

namespace duban {
namespace {

Result<PlanDocument> plan_of(const std::string& text) {
    return parse_plan_text(text, {"issued", "清单"}, builtin_plan().units);
}

void refuses(const std::string& text, const std::string& part) {
    const auto plan = plan_of(text);
    const std::string error = plan ? "accepted" : plan.error().detail;
    EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
}

constexpr const char* end = "2\n再做。\n残联\n";

TEST(IssuedDocument, TakesNumbersOfEitherWidthWithOrWithoutAStop) {
    for (const char* number : {"1", "１", "1.", "1、", "１．", "\t1 "}) {
        const auto plan =
            plan_of("清单\n" + std::string(number) + "\n做事。\n残联、税务局\n" + end);
        ASSERT_TRUE(plan) << plan.error().detail;
        EXPECT_EQ(plan->tasks.size(), 2U) << number;
        EXPECT_EQ(plan->tasks[0].lead, UnitCode("cl"));
    }
}

TEST(IssuedDocument, RefusesMoreColumnsThanItReads) {
    const std::string rows = "1\n做事。\n教育体育局\n残联、税务局\n";
    refuses("表\n序号\n重点工作任务\n主要责任单位\n协同配合单位\n" + rows,
            "line 2: the headings before the first number are '序号', '重点工作任务', "
            "'主要责任单位', '协同配合单位'");
    refuses("清单\n序号\n工作任务\n责任单位\n责任人\n" + rows, "line 2: the headings");
    refuses("清单\n工作任务\n责任单位\n" + rows, "line 2: the headings");
    // Without headings the lines themselves tell.
    refuses("清单\n" + rows, "line 4: '教育体育局' may be of the task's text or of its units");
}

TEST(IssuedDocument, RefusesUnitsOverSeveralLines) {
    const auto wrapped = [](const std::string& units, const std::string& part) {
        refuses("清单\n1\n做事。\n" + units + "\n" + end, part);
    };
    wrapped("教育体育局、税务局\n残联", "line 4: '教育体育局、税务局' may be");
    wrapped("教育体育局、税务局、\n残联", "line 4: '教育体育局、税务局、' may be");
    wrapped("教育体育局、中国\n残联", "line 4: '教育体育局、中国' may be");
    wrapped("由其他\n、残联", "line 4: '由其他' may be");
    wrapped("示范区\n残联", "line 4: '示范区' may be");
    wrapped("教育体育局、农业\n农村局", "line 4: '教育体育局、农业' may be");
}

TEST(IssuedDocument, RefusesMarksOfPagesAndSections) {
    for (const char* mark : {"- 3 -", "— 3 —", "-3-", "第3页", "第 3 页 共 9 页", "3/9"}) {
        refuses("清单\n1\n做事\n" + std::string(mark) + "\n情。\n残联\n" + end,
                "line 4: '" + std::string(mark) + "' is the mark of a page");
        refuses("清单\n1\n做事情。\n残联\n" + std::string(mark) + "\n" + end,
                "line 5: '" + std::string(mark) + "' is the mark of a page");
    }
    refuses("清单\n1\n做事。\n残联\n二、民生方面\n" + std::string(end),
            "line 5: '二、民生方面' begins a section");
    refuses("清单\n一、总体\n1\n做事。\n残联\n" + std::string(end),
            "line 2: '一、总体' begins a section");
    refuses("清单\n1\n做事。\n残联\n" + std::string(end) + "注：由督查室解释。\n",
            "line 7: '残联' may be of the task's text or of its units");
}

TEST(IssuedDocument, RefusesNumbersThatStandInTheText) {
    refuses("清单\n1\n培训人次达到\n2\n万人次以上。\n残联\n" + std::string(end),
            "line 2: task 1 needs a line of text and a line of units");
    refuses("清单\n1\n做事。\n残联\n2\n" + std::string(end), "line 5: task 2 needs");
}

TEST(IssuedDocument, NamesTheFirstLineOfFormsThatAreNotTaken) {
    refuses("方案\n1.地区生产总值增长6%。\n牵头单位:教育体育局\n",
            "line 2: taken for a document as issued, for it is neither JSON nor has a row that "
            "names two columns such as 序号 and 工作任务; no line of lines 1 to 3 holds a task's "
            "number alone, and '1.地区生产总值增长6%。' goes on behind it");
    refuses("方案\n(一)增长7%\n责任单位:残联\n", "line 2: taken for a document");
    refuses("方案\n1．推进“一件事”。【牵头单位：残联】\n", "line 2: taken for a document");
    refuses("表\n序号 |\n目标与任务 |\n80 |\n做事。 |\n残联 |\n",
            "line 2: '序号 |' is of a table that was copied with |");
    refuses("序号\n|\n工作任务\n|\n1\n|\n", "line 2: '|' is of a table");
}

TEST(DocumentLines, KnowNumbersPagesAndSectionsByTheirForm) {
    for (const char* line : {"0", "123456", "1.1", "1.做事", "一", "第1", "-1", "1-", "", "1 2"}) {
        EXPECT_FALSE(number_in_line(line)) << line;
    }
    EXPECT_EQ(number_in_line("１２．"), 12U);
    for (const char* line : {"3", "2026-2027", "第3条", "3-5岁", "做事", "1/2以上", ""}) {
        EXPECT_FALSE(is_page_mark(line)) << line;
    }
    for (const char* line : {"一是加强", "（1）做事", "第3页", "一件事", ""}) {
        EXPECT_FALSE(is_section(line)) << line;
    }
    for (const char* line : {"十一、教育", "（二）就业", "(三)其他", "第二部分"}) {
        EXPECT_TRUE(is_section(line)) << line;
    }
}

}  // namespace
}  // namespace duban
