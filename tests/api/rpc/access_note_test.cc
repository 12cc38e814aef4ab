#include "api/rpc/access_note.h"

#include <gtest/gtest.h>

#include "api/rpc/registry.h"
#include "storage/beside/access_log.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

// Of the form of a log-in name, as many passwords are.
constexpr const char* secret = "hunter2secret";
// Of no form at all.
constexpr const char* odd_secret = "Hunter 2 [0].secret!";

// Everything that the access log holds, as it lies on the disk.
std::string whole_log(ApiBench& bench) {
    std::string rows;
    const Status read =
        Snapshot(bench.node().database())
            .scan(Family::access, "", "", [&rows](std::string_view, std::string_view row) {
                rows += row;
                return true;
            });
    EXPECT_TRUE(read.has_value());
    return rows;
}

AccessRecord last_record(ApiBench& bench) {
    const auto records = read_access_log(Snapshot(bench.node().database()), 0, 10'000);
    EXPECT_TRUE(records && !records->empty());
    return records && !records->empty() ? records->back() : AccessRecord{};
}

TEST(AccessNote, HoldsNoPasswordThatWasTypedForThePerson) {
    ApiBench bench;
    bench.context().password_cost = PasswordCost{8, 1};
    for (const char* person : {"", "jtj.clerk", "admin.system", "admin.security"}) {
        for (const char* word : {secret, odd_secret}) {
            (void)bench.call(person, "auth.login", {{"person", word}, {"password", "12345678"}});
            (void)bench.call(person, "auth.set_password",
                             {{"person", word}, {"new_password", "12345678"}});
            (void)bench.call(person, "post.revoke",
                             {{"person", word}, {"unit", "jtj"}, {"post", "clerk"}});
        }
    }
    EXPECT_EQ(whole_log(bench).find("unter"), std::string::npos) << whole_log(bench);
    EXPECT_EQ(last_record(bench).method, "post.revoke") << "the refusal itself is written down";
}

TEST(AccessNote, HoldsNothingThatWasTypedWhereNoSuchNameIsKnown) {
    ApiBench bench;
    bench.context().password_cost = PasswordCost{8, 1};
    int asked = 0;
    for (const Method& method : all_methods()) {
        if (method.kind != MethodKind::command && method.kind != MethodKind::account) continue;
        const Json fields = method.params.describe().value("properties", Json::object());
        for (const auto& member : fields.items()) {
            for (const char* person : {"", "office.clerk"}) {
                Json params = {{"command_id", bench.new_command_id()}};
                params[member.key()] = odd_secret;
                (void)bench.call(person, method.name, params);
                params[member.key()] = {{odd_secret, 1}};
                (void)bench.call(person, method.name, params);
                (void)bench.call(person, method.name, {{odd_secret, 1}});
                asked += 3;
            }
        }
        bench.node().clock().advance(std::chrono::hours(1));
    }
    EXPECT_GT(asked, 100);
    EXPECT_EQ(whole_log(bench).find("unter"), std::string::npos) << whole_log(bench);
}

TEST(AccessNote, NamesWhatIsKnown) {
    ApiBench bench;
    const auto directory = bench.node().head().directory();
    EXPECT_EQ(noted_object(Json{{"person", "jtj.clerk"}}, *directory), "jtj.clerk");
    EXPECT_EQ(noted_object(Json{{"person", secret}}, *directory), "");
    EXPECT_EQ(noted_object(Json{{"task", "p/1"}, {"person", "jtj.clerk"}}, *directory), "p/1");
    EXPECT_EQ(noted_object(Json{{"report", "p/1/r1"}}, *directory), "p/1/r1");
    EXPECT_EQ(noted_object(Json{{"approval", "p/1/a1"}}, *directory), "p/1/a1");
    EXPECT_EQ(noted_object(Json{{"task", 7}}, *directory), "");
    EXPECT_EQ(noted_object(Json::array(), *directory), "");
    EXPECT_EQ(noted_object(std::string("jtj"), *directory), "jtj");
    EXPECT_EQ(noted_object(std::string("route/report"), *directory), "route/report");
    EXPECT_EQ(noted_object(std::string(secret), *directory), "");
}

TEST(AccessNote, NamesAFieldAsFarAsTheSchemaKnowsIt) {
    const Schema& params = find_method("report.save")->params;
    const auto detail = [&](const char* field, const char* rule) {
        return noted_detail(Error{Errc::invalid_argument, "", field, rule, 0}, params);
    };
    EXPECT_EQ(detail("values[3].numerator", "pattern"), "pattern values[3].numerator");
    EXPECT_EQ(detail("task", ""), "task");
    EXPECT_EQ(detail("params", ""), "params");
    EXPECT_EQ(detail("values[hunter2]", "type"), "type");
    EXPECT_EQ(detail("values[0].hunter2", "additionalProperties"),
              "additionalProperties values[0]");
    EXPECT_EQ(detail("task.hunter2", ""), "task");
    EXPECT_EQ(detail("", "unit_unknown"), "unit_unknown");
}

}  // namespace
}  // namespace duban
