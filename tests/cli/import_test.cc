#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/data_directory.h"
#include "tools/cli/builtin_plan.h"
#include "tools/cli/import/json_lines.h"
#include "tools/cli/import/listed_plan.h"
#include "tools/cli/import/plan_file.h"
#include "tools/cli/set_up.h"

namespace duban {
namespace {

const PlanNaming naming{"issued", "清单"};

std::vector<Unit> known_units() {
    return builtin_plan().units;
}

std::string error_of(const std::string& text) {
    const auto plan = parse_plan_text(text, naming, known_units());
    return plan ? "accepted" : plan.error().detail;
}

TEST(IssuedDocument, ReadsTheListAsIssued) {
    const auto plan =
        read_plan_file("tests/cli/data/issued_list.txt", {"issued", ""}, known_units());
    ASSERT_TRUE(plan) << plan.error().detail;
    EXPECT_EQ(plan->title, "济源示范区工作任务清单");
    ASSERT_EQ(plan->tasks.size(), 4U);
    const PlannedTask& first = plan->tasks[0];
    EXPECT_EQ(first.no, 1U);
    EXPECT_EQ(first.title, "加强职业院校思政课程与课程思政建设");
    EXPECT_EQ(first.lead, UnitCode("jtj"));
    EXPECT_EQ(first.co, std::vector<UnitCode>{UnitCode("jzy")});
    EXPECT_TRUE(first.indicators.empty());
    EXPECT_EQ(plan->tasks[2].lead, UnitCode("jzy")) << "the first unit leads, with or without zone";
    EXPECT_EQ(plan->tasks[2].co.size(), 5U);
    EXPECT_EQ(plan->tasks[3].text, "按照国家有关规定，落实奖励政策。第二段。");
    EXPECT_EQ(plan->units.size(), 7U);
}

TEST(IssuedDocument, NamesTheLineThatIsWrong) {
    const auto has = [](const std::string& text, const std::string& part) {
        EXPECT_NE(error_of(text).find(part), std::string::npos) << error_of(text);
    };
    has("清单\n1\n做事。\n示范区教育局\n", "line 4: the unit '示范区教育局' is not known");
    has("清单\n1\n做事。\n残联、示范区残联\n", "line 4: the unit '示范区残联' is named twice");
    has("清单\n1\n做事。\n", "line 2: task 1 needs");
    has("清单\n1\n做事。\n残联\n3\n做事。\n残联\n", "line 5: number 3 stands where 2");
    has("清单\n没有任务\n", "line 2: taken for a document as issued");
    has("", "line 1: taken for a document as issued");
    has("清单\n1\n\xff\xfe\n残联\n", "not UTF-8");
}

TEST(IssuedDocument, ShortensTitlesToTheFirstClause) {
    EXPECT_EQ(short_title("加强建设，培养教师。"), "加强建设");
    EXPECT_EQ(short_title("完成"), "完成");
    EXPECT_EQ(short_title("第一行\n第二行"), "第一行");
    std::string forty;
    for (int i = 0; i < 40; ++i) forty += "字";
    EXPECT_EQ(short_title(forty + "多余"), forty);
}

TEST(CsvPlan, ReadsQuotedFieldsMarksAndDates) {
    const std::string text =
        "\xef\xbb\xbf序号,工作任务,责任单位,完成时限\r\n"
        "1,\"建设基地,一个\",示范区教育体育局、残联,2026-12-31\r\n"
        "2,\"第一行\n第\"\"二\"\"行\",残联,\r\n";
    const auto plan = parse_plan_text(text, naming, known_units());
    ASSERT_TRUE(plan) << plan.error().detail;
    ASSERT_EQ(plan->tasks.size(), 2U);
    EXPECT_EQ(plan->tasks[0].text, "建设基地,一个");
    EXPECT_EQ(plan->tasks[0].title, "建设基地");
    EXPECT_EQ(plan->tasks[0].due, *parse_date("2026-12-31"));
    EXPECT_EQ(plan->tasks[1].text, "第一行\n第\"二\"行");
    EXPECT_FALSE(plan->tasks[1].due);
}

TEST(CsvPlan, TakesEnglishColumnsInAnyOrder) {
    const auto plan = parse_plan_text("units,title,no\n残联,Do it,7\n", naming, known_units());
    ASSERT_TRUE(plan) << plan.error().detail;
    EXPECT_EQ(plan->tasks[0].no, 7U);
}

TEST(CsvPlan, NamesTheLineThatIsWrong) {
    const std::string head = "no,title,units,due\n";
    const auto has = [&](const std::string& rows, const std::string& part) {
        EXPECT_NE(error_of(head + rows).find(part), std::string::npos) << error_of(head + rows);
    };
    has("x,做事,残联,\n", "line 2: 'x' is not a task's number");
    has("1,做事,残联,\n2,做事,无名局,\n", "line 3: the unit '无名局'");
    has("1,做事,残联,31.12.2026\n", "line 2: '31.12.2026' is not a date");
    has("1,做事,,\n", "line 2: no responsible unit");
    has("1,\"做事,残联,\n", "line 2: a quote is not closed");
    has("1,\"做\"事,残联,\n", "line 2: text after a closing quote");
    has("2,做事,残联,\n1,做事,残联,\n", "line 3: number 1 follows 2");
}

TEST(PlanFile, SaysWhichFileIsWrong) {
    const auto missing = read_plan_file("nowhere.csv", naming, {});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().detail.find("nowhere.csv"), std::string::npos);
    const auto unnamed = read_plan_file("tests/cli/data/issued_list.txt", {}, known_units());
    ASSERT_FALSE(unnamed);
    EXPECT_NE(unnamed.error().detail.find("--plan"), std::string::npos);
    EXPECT_NE(error_of("{\"plan\":1}"), "accepted");
    EXPECT_NE(error_of("{"), "accepted");
}

// A list in the program's own form whose second task has these members.
std::string json_plan(const std::string& second) {
    return "{\"plan\": \"p\", \"title\": \"tasks\",\n"
           " \"units\": [{\"code\": \"own\", \"name\": \"Own\", \"kind\": \"bureau\"}],\n"
           " \"tasks\": [\n"
           "  {\"no\": 1, \"title\": \"a\", \"lead\": \"own\", \"co\": []},\n\n"
           "  {" +
           second + ",\n   \"co\": []}\n]}\n";
}

TEST(JsonPlan, TakesItsOwnUnitsAndThoseThatAreKnown) {
    EXPECT_EQ(error_of(json_plan(R"("no": 2, "title": "b", "lead": "own")")), "accepted");
    EXPECT_EQ(error_of(json_plan(R"("no": 2, "title": "b", "lead": "jtj")")), "accepted");
}

TEST(JsonPlan, NamesTheLineOfTheTaskThatIsWrong) {
    const auto has = [](const std::string& second, const std::string& reason) {
        const std::string error = error_of(json_plan(second));
        EXPECT_EQ(error.compare(0, reason.size(), reason), 0) << error;
    };
    has(R"("no": 2, "lead": "own")", "line 6: plan.tasks[1].title is missing");
    has(R"("no": 2, "title": " ", "lead": "own")", "line 6: plan.tasks[1].title must not be blank");
    has(R"("no": 2, "title": "b", "lead": "zzz")", "line 6: The directory has no unit zzz.");
    has(R"("no": 1, "title": "b", "lead": "own")", "line 6: Tasks are numbered");
}

TEST(JsonPlan, KeepsTheFieldThatIsWrong) {
    const std::string text = json_plan(R"("no": 2, "title": "b", "lead": "zzz")");
    const auto plan = parse_plan_text(text, {}, known_units());
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().field, "plan.tasks[1].lead");
}

TEST(JsonLines, FindsTheItemsOfTheOutermostList) {
    using Lines = std::vector<std::size_t>;
    EXPECT_EQ(item_lines("{\"tasks\":[\n{\"tasks\":[1,\n2]},[3,\n4]\n,\n\"]\"]}", "tasks"),
              (Lines{2, 3, 6}));
    EXPECT_EQ(item_lines(R"({"a":"tasks","b":[1],"c\"":["{\\"],"tasks":[1]})", "tasks"), Lines{1});
    EXPECT_EQ(item_lines("{\"a\":{\"tasks\":[1]},\n\"tasks\":[ ]}", "tasks"), Lines{});
    EXPECT_EQ(item_lines("{\"tasks\":{\"tasks\":1},\"b\":[1,2]}", "tasks"), Lines{});
}

TEST(PlanFile, RefusesWhatAnImportWouldRefuse) {
    const std::string rows =
        "no,title,units\n1,做事,残联\n2," + std::string(20'001, 'x') + ",残联\n";
    EXPECT_EQ(error_of(rows).compare(0, 8, "line 3: "), 0) << error_of(rows);
    for (const std::string& text :
         {rows.substr(0, 30), json_plan(R"("no":2,"title":"b","lead":"own")")}) {
        const auto plan = parse_plan_text(text, {"C C", "清单"}, known_units());
        ASSERT_FALSE(plan);
        EXPECT_EQ(plan.error().field, "plan.plan") << plan.error().detail;
    }
}

TEST(PlanFile, IsRefusedWithItsFieldWhenNobodyCheckedItBefore) {
    const DataDirectory data;
    NodeOptions options;
    options.data = data.path();
    options.create = true;
    const auto node = Node::open(std::move(options));
    ASSERT_TRUE(node) << node.error().detail;
    PlanDocument plan = builtin_plan();
    plan.tasks[3].lead = UnitCode("zzz");
    const auto refused = import_plan(**node, plan);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "plan.tasks[3].lead");
}

TEST(BuiltinPlan, HasTheWholeListWithItsTargets) {
    const PlanDocument& plan = builtin_plan();
    EXPECT_EQ(plan.plan, PlanId("jiyuan-vocational"));
    EXPECT_EQ(plan.units.size(), 15U);
    ASSERT_EQ(plan.tasks.size(), 24U);
    std::size_t assignments = 0;
    for (const PlannedTask& task : plan.tasks) assignments += 1 + task.co.size();
    EXPECT_EQ(assignments, 91U);
    const Indicator& teachers = plan.tasks[0].indicators.at(0);
    EXPECT_EQ(teachers.op, Operator::between);
    EXPECT_EQ(teachers.target, (std::vector<std::string>{"2", "3"}));
    EXPECT_EQ(plan.tasks[5].indicators.at(0).horizon_years, (std::vector<std::int32_t>{3, 5}));
}

TEST(PlanFile, ShowsWhatWasUnderstood) {
    const std::string shown = print_plan(builtin_plan(), {});
    EXPECT_NE(shown.find("1. 职业院校思政课程与课程思政建设\n   牵头: 教育体育局"),
              std::string::npos);
    EXPECT_NE(shown.find("省级课程思政优秀教师 2–3名"), std::string::npos);
    EXPECT_NE(shown.find("24 tasks, 15 units, 91 assignments"), std::string::npos);
}

}  // namespace
}  // namespace duban
