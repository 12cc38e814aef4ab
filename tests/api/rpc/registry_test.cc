#include "api/rpc/registry.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "api/schema/openrpc.h"
#include "api/schema/push_schema.h"

namespace duban {
namespace {

using Json = nlohmann::json;

const std::set<std::string> listed_methods = {
    "amend.get",
    "amend.request",
    "amend.revise",
    "approval.add_signer",
    "approval.approve",
    "approval.claim",
    "approval.comment",
    "approval.copy",
    "approval.delegate",
    "approval.drop_signer",
    "approval.end",
    "approval.forecast",
    "approval.get",
    "approval.hold",
    "approval.move_due",
    "approval.jump",
    "approval.migrate",
    "approval.migration",
    "approval.read",
    "approval.reassign",
    "approval.reclaim",
    "approval.reject",
    "approval.release",
    "approval.resolve",
    "approval.resume",
    "approval.return",
    "approval.revoke",
    "approval.transfer",
    "approval.urge",
    "approval.void",
    "approval.withdraw",
    "assignment.assign_handler",
    "assignment.break_down",
    "assignment.object",
    "assignment.settle",
    "assignment.sign",
    "audit.checkpoint",
    "audit.proof.consistency",
    "audit.proof.file",
    "audit.proof.inclusion",
    "auth.login",
    "auth.logout",
    "auth.me",
    "auth.set_password",
    "calendar.add_workdays",
    "calendar.get",
    "calendar.moves",
    "calendar.publish",
    "closing.get",
    "closing.request",
    "closing.revise",
    "directory.list",
    "extension.get",
    "extension.request",
    "extension.revise",
    "group.put",
    "inbox.list",
    "issue.get",
    "issue.request",
    "issue.revise",
    "person.hand_over",
    "person.put",
    "plan.board",
    "plan.import",
    "plan.list",
    "plan.ranking",
    "post.grant",
    "post.revoke",
    "proxy.set",
    "report.diff",
    "report.get",
    "report.preview",
    "report.revise",
    "report.save",
    "report.submit",
    "route.get",
    "route.publish",
    "route.simulate",
    "rpc.discover",
    "session.open",
    "session.renew",
    "sub.ack",
    "sub.close",
    "sub.open",
    "task.amend",
    "task.approve",
    "task.get",
    "task.hold",
    "task.issue",
    "task.list",
    "task.register",
    "task.resume",
    "task.timeline",
    "task.urge",
    "unit.put",
    "value.correct",
};

TEST(Registry, HoldsTheMethodsOfTheProtocol) {
    std::set<std::string> names;
    for (const Method& method : all_methods()) names.insert(method.name);
    EXPECT_EQ(names, listed_methods);
}

TEST(Registry, GivesEveryMethodAHandlerOfItsKind) {
    for (const Method& method : all_methods()) {
        EXPECT_EQ(method.query != nullptr, method.kind == MethodKind::query) << method.name;
        EXPECT_EQ(method.command != nullptr, method.kind == MethodKind::command) << method.name;
        EXPECT_EQ(method.account != nullptr, method.kind == MethodKind::account) << method.name;
        EXPECT_FALSE(method.summary.empty()) << method.name;
        EXPECT_EQ(find_method(method.name), &method);
    }
}

TEST(Registry, AsksEveryCommandForAnId) {
    for (const Method& method : all_methods()) {
        const Json params = method.params.describe()["properties"];
        EXPECT_EQ(params.contains("command_id"), method.kind == MethodKind::command) << method.name;
        EXPECT_EQ(params.contains("expect"), method.kind == MethodKind::command) << method.name;
    }
}

TEST(Registry, NamesThePositionInEveryResult) {
    for (const Method& method : all_methods()) {
        if (method.name == "rpc.discover") continue;
        EXPECT_TRUE(method.result.describe()["properties"].contains("position")) << method.name;
    }
}

void expect_storable_integers(const std::string& where, const Json& described) {
    if (described.is_object() && described.value("type", Json()) == "integer") {
        EXPECT_LE(described.at("maximum").get<std::int64_t>(), 9007199254740991) << where;
        EXPECT_GE(described.at("minimum").get<std::int64_t>(), -9007199254740991) << where;
    }
    if (!described.is_structured()) return;
    for (const Json& part : described) expect_storable_integers(where, part);
}

TEST(Registry, TakesNoIntegerThatCannotBeStored) {
    for (const Method& method : all_methods()) {
        expect_storable_integers(method.name, method.params.describe());
        expect_storable_integers(method.name, method.result.describe());
    }
    for (const PushMessage& push : push_messages()) {
        expect_storable_integers(push.method, push.params.describe());
    }
}

TEST(Registry, FindsTheNameThatWasMeant) {
    EXPECT_EQ(nearest_method("task.gett"), "task.get");
    EXPECT_EQ(nearest_method("plan_board"), "plan.board");
    EXPECT_EQ(find_method("task.gett"), nullptr);
}

TEST(OpenRpc, DescribesEveryMethodWithParamsAndResult) {
    const Json document = Json::parse(openrpc_document());
    std::set<std::string> names;
    for (const Json& method : document.at("methods")) {
        names.insert(method.at("name"));
        EXPECT_TRUE(method.at("params").is_array());
        EXPECT_EQ(method.at("result").at("schema").at("type"), "object") << method.at("name");
        for (const Json& error : method.at("errors")) {
            const std::string path = error.at("$ref").get<std::string>().substr(1);
            EXPECT_TRUE(document.contains(Json::json_pointer(path))) << path;
        }
    }
    EXPECT_EQ(names, listed_methods);
}

TEST(AsyncApi, HasEveryMethodAndEveryPush) {
    const Json document = Json::parse(asyncapi_document());
    const Json& messages = document.at("channels").at("duban").at("messages");
    for (const std::string& name : listed_methods) {
        EXPECT_TRUE(messages.contains(name)) << name;
        EXPECT_EQ(document.at("operations").at(name).at("action"), "receive");
    }
    for (const PushMessage& push : push_messages()) {
        EXPECT_EQ(document.at("operations").at(push.method).at("action"), "send") << push.method;
    }
}

}  // namespace
}  // namespace duban
