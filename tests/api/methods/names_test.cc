// One rule for names and titles, wherever a client sends one.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/guard/accounts.h"
#include "api/guard/blobs.h"
#include "api/rpc/registry.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/course_commands.h"
#include "domain/approval/signer_commands.h"
#include "domain/base/limits.h"
#include "domain/base/text_form.h"
#include "domain/directory/directory_commands.h"
#include "domain/report/report_content.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

constexpr std::array<const char*, 8> refused_names = {
    "a\u009bb", "a\u202eb", "a\nb", "a\u200bb", " a", "a\u3000", "\u3000\u200b", "cafe\u0301"};

TEST(Names, AreOfOneRuleInEveryMethod) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("jtj.clerk", "名单");
    for (const char* name : refused_names) {
        EXPECT_EQ(bench.refusal("admin.system", "unit.put",
                                {{"unit", {{"code", "czj"}, {"name", name}}}}),
                  "invalid_params:unit.name")
            << name;
        EXPECT_EQ(
            bench.refusal("admin.system", "person.put", {{"person", "li.si"}, {"name", name}}),
            "invalid_params:name")
            << name;
        EXPECT_EQ(bench.refusal("office.clerk", "task.register",
                                {{"task", "p/9"}, {"title", name}, {"lead", "jtj"}}),
                  "invalid_params:title")
            << name;
        EXPECT_EQ(
            bench.refusal("jtj.clerk", "report.save",
                          {{"task", "p/1"}, {"evidence", {{{"digest", digest}, {"name", name}}}}}),
            "invalid_params:evidence[0].name")
            << name;
    }
}

TEST(Names, OfUnitsMayNotLookLikeOneAnother) {
    ApiBench bench;
    const auto put = [&](const char* code, const char* name) {
        return bench.refusal("admin.system", "unit.put",
                             {{"unit", {{"code", code}, {"name", name}}}});
    };
    EXPECT_EQ(put("czj", "Finance"), "");
    EXPECT_EQ(put("czk", "Finance"), "rule_violation:unit_name_taken");
    EXPECT_EQ(put("czk", "finance"), "rule_violation:unit_name_taken");
    EXPECT_EQ(put("czk", "Fin\u0430nce"), "rule_violation:unit_name_taken");
    EXPECT_EQ(put("czj", "finance"), "") << "its own";
    EXPECT_EQ(put("system", "System"), "invalid_params:unit.code");
}

TEST(Names, OfFilesComeFromTheDigestWhereNoneIsGiven) {
    ApiBench bench;
    bench.issue_and_sign();
    const std::string digest = bench.upload("jtj.clerk", "名单");
    bench.ask("jtj.clerk", "report.save",
              {{"task", "p/1"}, {"summary", "进展"}, {"evidence", {digest}}});
    const Json task = bench.ask("jtj.clerk", "task.get", {{"task", "p/1"}});
    EXPECT_EQ(task["drafts"][0]["content"]["evidence"][0]["name"], digest.substr(7, 16));
}

TEST(Names, OfADownloadAreThoseOfAReportThatTheReaderSees) {
    ApiBench bench;
    bench.issue_and_sign();
    const Digest digest(bench.upload("jtj.clerk", "名单"));
    const auto name = [&](const char* person) {
        return name_of_blob(bench.context(), bench.caller(person), digest).value_or("an error");
    };
    EXPECT_EQ(name("jtj.clerk"), "") << "no report names it";
    bench.ask("jtj.clerk", "report.save",
              {{"task", "p/1"}, {"evidence", {{{"digest", digest.value}, {"name", "名单.txt"}}}}});
    EXPECT_EQ(name("jtj.clerk"), "名单.txt");
    EXPECT_EQ(name("rsj.clerk"), "");
}

// The schema that is published and the rule that decides stand on one number.
struct PublishedLimit {
    const char* method;
    const char* path;  // JSON pointer into the published params
    std::size_t limit;
};

TEST(Limits, ArePublishedAsTheyAreKept) {
    const std::vector<PublishedLimit> limits = {
        {"plan.import", "/properties/plan/properties/tasks/maxItems", plan_tasks_max},
        {"plan.import", "/properties/plan/properties/units/maxItems", plan_units_max},
        {"plan.import", "/properties/plan/properties/tasks/items/properties/co/maxItems",
         co_units_max},
        {"plan.import", "/properties/plan/properties/tasks/items/properties/indicators/maxItems",
         indicators_max},
        {"task.register", "/properties/co/maxItems", co_units_max},
        {"task.amend", "/properties/co/maxItems", co_units_max},
        {"task.register", "/properties/indicators/maxItems", indicators_max},
        {"task.register", "/properties/indicators/items/properties/members/maxItems",
         indicator_members_max},
        {"task.register", "/properties/indicators/items/properties/steps/maxItems",
         indicator_steps_max},
        {"assignment.break_down", "/properties/parts/maxItems", parts_max},
        {"post.grant", "/properties/post/properties/mandate/maxItems", mandate_units_max},
        {"group.put", "/properties/members/maxItems", group_members_max},
        {"task.urge", "/properties/units/maxItems", co_units_max + 1},
        {"auth.set_password", "/properties/new_password/minLength", password_characters_min},
        {"auth.set_password", "/properties/new_password/maxLength", password_characters_max},
        {"auth.login", "/properties/password/maxLength", password_characters_max},
        {"approval.add_signer", "/properties/who/maxItems", signers_at_once_max},
        {"approval.copy", "/properties/to/maxItems", copies_at_once_max},
        {"approval.comment", "/properties/to/maxItems", addressed_max},
        {"approval.approve", "/properties/opinion/maxLength", opinion_characters_max},
        {"closing.request", "/properties/indicators/maxItems", indicators_max},
        {"task.register", "/properties/title/maxLength", title_characters_max},
        {"report.submit", "/properties/summary/maxLength", text_characters_max},
        {"report.submit", "/properties/evidence/maxItems", evidence_max},
        {"report.save", "/properties/values/maxItems", values_max},
    };
    for (const auto& [name, path, limit] : limits) {
        const Method* method = find_method(name);
        ASSERT_NE(method, nullptr) << name;
        const Json params = method->params.describe();
        const Json::json_pointer pointer(path);
        ASSERT_TRUE(params.contains(pointer)) << name << path;
        EXPECT_EQ(params.at(pointer), limit) << name << path;
    }
}

}  // namespace
}  // namespace duban
