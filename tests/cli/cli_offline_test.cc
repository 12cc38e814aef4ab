#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr const char* two_rows =
    "序号,工作任务,责任单位,完成时限\n"
    "1,建设基地，完善制度,教育体育局、残联,2026-12-31\n"
    "2,落实政策,残联,\n";

void has(const Finished& finished, const std::string& part) {
    EXPECT_NE(finished.output.find(part), std::string::npos) << part << "\n" << finished.output;
}

constexpr const char* builtin_list = "tools/cli/data/jiyuan_plan.json";
constexpr const char* issued_list = "tests/cli/data/issued_list.txt";

Arguments at(const DataDirectory& data) {
    return {"--data", data.path()};
}

const Arguments init_roots{"init", "--system-person", "root.system", "--admin-person",
                           "root.admin"};

// A data directory with an administrator and the built-in list, whose units the others name.
void set_up(const DataDirectory& data) {
    ASSERT_EQ(run_duban(init_roots, at(data)).code, 0);
    ASSERT_EQ(run_duban({"import", builtin_list}, at(data)).code, 0);
}

// The events that the log holds, as `check` counts them.
std::string events_in(const DataDirectory& data) {
    const Finished check = run_duban({"check"}, at(data));
    EXPECT_EQ(check.code, 0) << check.output;
    const std::size_t end = check.output.find(" events in ");
    const std::size_t begin = check.output.rfind(' ', end - 1) + 1;
    return end == std::string::npos ? check.output : check.output.substr(begin, end - begin);
}

// What an import says that was taken: what it understood, then that.
std::string imported(Arguments import, const DataDirectory& data, const std::string& plan) {
    import.emplace_back("--dry-run");
    return run_duban(import, at(data)).output + plan + ": imported\n";
}

void imports_once(const DataDirectory& data, const Arguments& import, const std::string& plan) {
    const std::string before = events_in(data);
    const std::string expected = imported(import, data, plan);
    EXPECT_EQ(run_duban(import, at(data)).output, expected);
    const std::string after = events_in(data);
    EXPECT_NE(after, before);
    const Finished again = run_duban(import, at(data));
    EXPECT_EQ(again.code, 0);
    has(again, plan + ": was there already with the same content; nothing changed");
    EXPECT_EQ(events_in(data), after);
}

// A list in the program's own form whose only task, on line 2, has these members.
std::string json_list(const std::string& task) {
    return "{\"plan\": \"own\", \"title\": \"清单\", \"tasks\": [\n {" + task + "}]}\n";
}

void refuses(const DataDirectory& data, const std::string& file, const std::string& reason) {
    const std::string before = events_in(data);
    const Finished refused = run_duban({"import", file, "--plan", "bad", "--title", "x"}, at(data));
    EXPECT_EQ(refused.code, 1);
    has(refused, file + ": " + reason);
    EXPECT_EQ(events_in(data), before);
}

TEST(DubanInit, MakesTheFirstAdministratorWhoCanLogIn) {
    const DataDirectory data;
    const Finished init = run_duban(init_roots, at(data));
    EXPECT_EQ(init.code, 0);
    has(init, "log in as root.admin");
    const ServerProcess server(data.path());
    const Finished listed =
        run_duban({"call", "directory.list", "--person", "root.admin", "--url", server.address()});
    EXPECT_EQ(listed.code, 0) << listed.output;
    has(listed, "security_admin");
}

TEST(DubanInit, AdministratorsAddTheOthers) {
    const DataDirectory data;
    ASSERT_EQ(run_duban(init_roots, at(data)).code, 0);
    const ServerProcess server(data.path());
    const Arguments to{"--url", server.address()};
    const json person{{"person", "office.li"}, {"name", "Li"}};
    const Finished put =
        run_duban({"call", "person.put", person.dump(), "--person", "root.system"}, to);
    EXPECT_EQ(put.code, 0) << put.output;
    const json post{{"person", "office.li"}, {"post", {{"unit", "office"}, {"post", "clerk"}}}};
    const Finished granted =
        run_duban({"call", "post.grant", post.dump(), "--person", "root.admin"}, to);
    EXPECT_EQ(granted.code, 0) << granted.output;
}

TEST(DubanInit, WritesNothingBeforeNamesAndPasswordsWillDo) {
    const DataDirectory data;
    Arguments init = init_roots;
    init.insert(init.end(), {"--data", data.path()});
    const Finished refused = run_duban_with({"DUBAN_SYSTEM_PASSWORD=short"}, init);
    EXPECT_EQ(refused.code, 1);
    has(refused,
        "the password for root.system: a password has 8 to 128 characters; this one has 5");
    EXPECT_FALSE(std::filesystem::exists(data.path()));
    for (const char* person : {"Not A Name", "system", "张三"}) {
        const Finished unfit = run_duban(
            {"init", "--system-person", "root.system", "--admin-person", person}, at(data));
        EXPECT_EQ(unfit.code, 1);
        has(unfit, person);
        EXPECT_FALSE(std::filesystem::exists(data.path())) << unfit.output;
    }
    EXPECT_EQ(run_duban(init).code, 0);
    const Arguments same{"init", "--system-person", "a", "--admin-person", "a"};
    EXPECT_EQ(run_duban(same, at(data)).code, 2);
}

TEST(DubanInit, MakesTheParentsOfItsDirectoryThatAreMissing) {
    const DataDirectory data;
    const Arguments deep{"--data", data.path() + "/deep/below"};
    const Finished init = run_duban(init_roots, deep);
    EXPECT_EQ(init.code, 0) << init.output;
    has(init, deep.back() + " is set up; ");
    has(run_duban({"check"}, deep), "no faults\n");
}

TEST(DubanInit, LeavesAloneWhatIsSetUp) {
    const DataDirectory data;
    ASSERT_EQ(run_duban(init_roots, at(data)).code, 0);
    const std::string events = events_in(data);
    const Finished again = run_duban(
        {"init", "--system-person", "other.system", "--admin-person", "other.admin"}, at(data));
    EXPECT_EQ(again.code, 1);
    has(again, data.path() + " is set up already");
    EXPECT_EQ(events_in(data), events);
}

TEST(DubanImport, DryRunShowsWhatItUnderstoodAndWritesNothing) {
    const DataDirectory data;
    set_up(data);
    const TextFile csv("list.csv", two_rows);
    const std::string before = events_in(data);
    const Arguments import{"import", csv.path(), "--plan", "csv", "--title", "清单", "--dry-run"};
    const Finished shown = run_duban(import, at(data));
    EXPECT_EQ(shown.code, 0);
    has(shown, "清单 (csv)\n");
    has(shown, "1. 建设基地\n   牵头: 教育体育局  时限: 2026-12-31\n   配合: 残联\n");
    has(shown, "2. 落实政策\n   牵头: 残联\n");
    has(shown, "2 tasks, 2 units, 3 assignments, 0 targets\n");
    EXPECT_EQ(events_in(data), before);
    EXPECT_EQ(run_duban(import).output, shown.output) << "without a directory";
}

TEST(DubanImport, TakesATableOnce) {
    const DataDirectory data;
    set_up(data);
    const TextFile csv("list.csv", two_rows);
    const Arguments import{"import", csv.path(), "--plan", "csv", "--title", "清单"};
    imports_once(data, import, "csv");
    const Finished again = run_duban(import, at(data));
    EXPECT_EQ(again.output.find("清单 (csv)\n\n1. 建设基地\n"), 0U) << again.output;
}

TEST(DubanImport, ShowsWhatItUnderstoodBeforeItIsRefused) {
    const DataDirectory data;
    set_up(data);
    const TextFile csv("list.csv", two_rows);
    const Finished refused =
        run_duban({"import", csv.path(), "--plan", "jiyuan-vocational", "--title", "x"}, at(data));
    EXPECT_EQ(refused.code, 1);
    const std::size_t shown = refused.output.find("2 tasks, 2 units, 3 assignments");
    const std::size_t reason = refused.output.find("imported already with other content");
    EXPECT_LT(shown, reason) << refused.output;
    EXPECT_NE(reason, std::string::npos) << refused.output;
}

TEST(DubanImport, TakesAnIssuedDocumentOnceItsUnitsAreKnown) {
    const DataDirectory data;
    ASSERT_EQ(run_duban(init_roots, at(data)).code, 0);
    refuses(data, issued_list, "line 11: the unit");
    imports_once(data, {"import", builtin_list}, "jiyuan-vocational");
    imports_once(data, {"import", issued_list, "--plan", "issued"}, "issued");
}

TEST(DubanImport, RefusesOtherContentUnderAKnownName) {
    const DataDirectory data;
    set_up(data);
    const TextFile csv("list.csv", two_rows);
    const TextFile other("other.csv", std::string(two_rows) + "3,再做,残联,\n");
    const Arguments named{"--plan", "csv", "--title", "清单", "--data", data.path()};
    ASSERT_EQ(run_duban({"import", csv.path()}, named).code, 0);
    const std::string before = events_in(data);
    const Finished refused = run_duban({"import", other.path()}, named);
    EXPECT_EQ(refused.code, 1);
    has(refused, "imported already with other content");
    EXPECT_EQ(events_in(data), before);
}

TEST(DubanImport, NamesFileLineAndReasonOfWhatItRefuses) {
    const DataDirectory data;
    set_up(data);
    const TextFile date("date.csv", std::string(two_rows) + "3,再做,残联,31.12.2026\n");
    refuses(data, date.path(), "line 4: '31.12.2026' is not a date");
    const TextFile document("list.txt", "清单\n1\n做事。\n残联\n3\n再做。\n残联\n");
    refuses(data, document.path(), "line 5: number 3 stands where 2");
    const TextFile text("list.json", "{\"plan\": \"x\",\n \"tasks\": [}\n");
    refuses(data, text.path(), "not JSON: parse error at line 2");
    const TextFile unit("unit.json", json_list(R"("no": 7, "title": "做事", "lead": "zzz")"));
    refuses(data, unit.path(), "line 2: The directory has no unit zzz. (plan.tasks[0].lead)");
    const TextFile title("title.json", json_list(R"("no": 7, "lead": "jtj")"));
    refuses(data, title.path(), "line 2: plan.tasks[0].title is missing\n");
    refuses(data, "/nowhere/list.csv", "cannot be read");
}

TEST(DubanImport, DryRunRefusesWhatTheImportWouldRefuse) {
    const DataDirectory data;
    set_up(data);
    const TextFile unit("unit.json", json_list(R"("no": 7, "title": "做事", "lead": "zzz")"));
    const TextFile csv("list.csv", two_rows);
    const std::vector<Arguments> imports{{"import", unit.path()},
                                         {"import", csv.path(), "--plan", "C C", "--title", "x"}};
    for (Arguments import : imports) {
        const Finished refused = run_duban(import, at(data));
        EXPECT_EQ(refused.code, 1);
        import.emplace_back("--dry-run");
        const Finished looked = run_duban(import, at(data));
        EXPECT_EQ(looked.code, 1);
        EXPECT_EQ(looked.output, refused.output);
        EXPECT_EQ(run_duban(import).output, refused.output) << "without a directory";
    }
}

TEST(DubanImport, MakesNoDatabase) {
    const DataDirectory data;
    const Finished refused = run_duban({"import", builtin_list}, at(data));
    EXPECT_EQ(refused.code, 1);
    has(refused, "there is no database in " + data.path());
    EXPECT_FALSE(std::filesystem::exists(data.path()));
}

TEST(DubanCheck, CountsTheLogThatRebuildFolds) {
    const DataDirectory data;
    set_up(data);
    const Finished check = run_duban({"check"}, at(data));
    EXPECT_EQ(check.code, 0);
    EXPECT_EQ(check.output.compare(0, 4, "log "), 0) << check.output;
    has(check, " commits\nfiles: 0 read\nno faults\n");
    has(run_duban({"check", "--no-blobs"}, at(data)), "files: not read\nno faults\n");
    const Finished rebuild = run_duban({"rebuild"}, at(data));
    EXPECT_EQ(rebuild.code, 0);
    has(rebuild, events_in(data) + " events folded\n");
    has(rebuild, "\nboard                24 rows  0 differ\n");
    has(rebuild, "\nthe views are as they were\n");
    EXPECT_EQ(run_duban({"check"}, at(data)).output, check.output);
}

TEST(DubanCheck, LeavesADirectoryThatAServerUses) {
    const DataDirectory data;
    set_up(data);
    ServerProcess server(data.path());
    const std::vector<Arguments> commands{{"check"}, {"rebuild"}, {"import", builtin_list}};
    for (const Arguments& command : commands) {
        const Finished refused = run_duban(command, at(data));
        EXPECT_EQ(refused.code, 1) << command.front();
        has(refused, data.path());
    }
    EXPECT_EQ(server.stop(), 0);
}

TEST(DubanServe, NamesAWrongKeyOfItsFile) {
    const TextFile settings("duban.toml", "port = 0\nprot = 1\n");
    const Finished refused = run_duban({"serve", "--config", settings.path()});
    EXPECT_EQ(refused.code, 2);
    has(refused, settings.path() + ": unknown setting 'prot'");
}

}  // namespace
}  // namespace duban
