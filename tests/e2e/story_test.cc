// The whole story over real sockets: the issued document is imported, a task is issued, signed for,
// reported on, returned, revised and accepted, while a subscriber comes and goes.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/server_process.h"

namespace duban {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// A person at work: calls that must succeed, and calls that must not.
class Desk {
public:
    Desk(const ServerProcess& server, const std::string& person)
        : person_(person), client_(server.client(person)) {}

    json ask(const std::string& method, json params) {
        auto answer = client_.call(method, params);
        EXPECT_TRUE(answer.has_value()) << person_ << " " << method << " " << params << ": "
                                        << answer.error().message << " " << answer.error().data;
        return answer ? *answer : json::object();
    }
    json act(const std::string& method, json params) {
        params["command_id"] = new_command_id();
        return ask(method, std::move(params));
    }
    // The kind of the refusal.
    std::string refused(const std::string& method, json params, bool command = false) {
        if (command) params["command_id"] = new_command_id();
        const auto answer = client_.call(method, params);
        EXPECT_FALSE(answer.has_value()) << person_ << " " << method << " was not refused";
        if (answer) return "";
        const json data = json::parse(answer.error().data);
        return data.contains("rule") ? data["rule"] : data["kind"];
    }
    HttpClient& http() { return client_; }

private:
    std::string person_;
    HttpClient client_;
};

// A follower that keeps its own picture of a task by the positions it was given.
class Follower {
public:
    Follower(const ServerProcess& server, const std::string& person)
        : server_(server), token_(server.token(person)) {}

    void connect() {
        socket_ = std::make_unique<WebsocketClient>();
        WebsocketClient::Options options;
        options.token = token_;
        ASSERT_TRUE(socket_->connect(server_.url(), options).has_value());
        send("session.open", {{"token", token_}});
        const json start = cursor_.empty() ? json{{"earliest", true}} : json{{"after", cursor_}};
        send("sub.open", {{"sub", "a"}, {"start", start}, {"filter", json::object()}});
    }
    void disconnect() { socket_.reset(); }

    // Takes frames until it stands at that position.
    void follow_to(const std::string& position) {
        for (int i = 0; i < 600; ++i) {
            if (!cursor_.empty() && std::stoll(cursor_) >= std::stoll(position)) return;
            const auto text = socket_->receive(100ms);
            if (!text) continue;
            take(json::parse(*text));
        }
        ADD_FAILURE() << "stands at " << cursor_ << ", not at " << position;
    }

    [[nodiscard]] const std::vector<json>& events() const { return events_; }

private:
    void send(const std::string& method, const json& params) {
        const json call{
            {"jsonrpc", "2.0"}, {"id", ++calls_}, {"method", method}, {"params", params}};
        ASSERT_TRUE(socket_->send(call.dump()).has_value());
    }
    void take(const json& message) {
        ASSERT_FALSE(message.contains("error")) << message;
        if (!message.contains("method")) return;
        const json& params = message["params"];
        const std::string method = message["method"];
        if (method != "events" && method != "checkpoint") return;
        if (!cursor_.empty()) {
            EXPECT_EQ(params["from"], cursor_) << "a gap";
        }
        cursor_ = params["to"];
        if (method == "events") {
            for (const json& event : params["events"]) events_.push_back(event);
        }
    }

    const ServerProcess& server_;
    std::string token_;
    std::unique_ptr<WebsocketClient> socket_;
    std::string cursor_;
    std::vector<json> events_;
    int calls_ = 0;
};

json report(const std::string& teachers, const std::string& summary, const json& evidence) {
    const auto value = [](const char* id, const std::string& number) {
        return json{{"indicator", id}, {"value", number}};
    };
    return json{
        {"period", "2026-Q3"},
        {"summary", summary},
        {"problems", "基地尚在建设"},
        {"next_steps", "年底前完成"},
        {"values", {value("teachers", teachers), value("courses", "2"), value("base", "0")}},
        {"evidence", evidence}};
}

json opinion(const json& approval, const std::string& words) {
    return json{{"approval", approval["approval"]},
                {"revision", approval["revision"]},
                {"revision_digest", approval["revision_digest"]},
                {"opinion", words}};
}

json row_of(const json& board, const std::string& task) {
    for (const json& row : board["items"]) {
        if (row["task"] == task) return row;
    }
    ADD_FAILURE() << task << " is not on the board";
    return json::object();
}

TEST(Story, ATaskGoesFromTheIssuedListToAcceptedValues) {
    const TestDirectory data;
    ServerProcess server(data.path());
    const std::string task = "jiyuan-vocational/1";
    Desk office(server, "office.clerk");
    Desk office_head(server, "office.head");
    Desk clerk(server, "jtj.clerk");
    Desk section(server, "jtj.section");
    Desk head(server, "jtj.head");
    Follower away(server, "zone.leader");
    Follower there(server, "zone.leader");
    Follower stranger(server, "swj.clerk");
    away.connect();
    there.connect();
    stranger.connect();

    EXPECT_EQ(office.ask("plan.board", {{"plan", "jiyuan-vocational"}})["items"].size(), 24U);
    const json issued = office.act("task.issue", {{"task", task}, {"due", "2027-12-31"}});
    away.follow_to(issued["position"]);
    away.disconnect();

    clerk.act("assignment.sign", {{"task", task}});
    Desk(server, "jzy.clerk").act("assignment.sign", {{"task", task}});

    const std::string file = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n";
    const auto uploaded =
        clerk.http().send({"POST", "/blobs", {{"Content-Type", "application/pdf"}}, file});
    ASSERT_TRUE(uploaded.has_value());
    ASSERT_EQ(uploaded->status, 200) << uploaded->body;
    const std::string digest = json::parse(uploaded->body)["digest"];
    const json evidence = json::array({digest});

    json submit = report("2", "新增省级优秀教师2名", evidence);
    submit["task"] = task;
    const json submitted = clerk.act("report.submit", submit);
    const std::string approval_id = submitted["approval"];
    const auto approval = [&](Desk& desk) {
        json read = desk.ask("approval.get", {{"approval", approval_id}});
        read["approval"] = approval_id;
        return read;
    };
    const json first = approval(section);
    section.act("approval.approve", opinion(first, "属实"));
    head.act("approval.approve", opinion(approval(head), "同意上报"));
    office.act("approval.return", opinion(approval(office), "请补充名单"));

    json before = row_of(office.ask("plan.board", {{"plan", "jiyuan-vocational"}}), task);
    EXPECT_EQ(before["progress"]["with_data"], 0) << "nothing counts before it is accepted";

    json revise = report("3", "新增省级优秀教师3名，名单见附件", evidence);
    revise["report"] = submitted["report"];
    clerk.act("report.revise", revise);
    const json diff =
        clerk.ask("report.diff", {{"report", submitted["report"]}, {"from", 1}, {"to", 2}});
    EXPECT_NE(diff.dump().find("名单见附件"), std::string::npos) << diff;

    EXPECT_EQ(section.refused("approval.approve", opinion(first, "旧版"), true), "wrong_revision");
    section.act("approval.approve", opinion(approval(section), "已补充"));
    head.act("approval.approve", opinion(approval(head), "同意"));
    office.act("approval.approve", opinion(approval(office), "初审通过"));
    const json accepted =
        office_head.act("approval.approve", opinion(approval(office_head), "采信"));

    const json board = office.ask(
        "plan.board", {{"plan", "jiyuan-vocational"}, {"at_least", accepted["position"]}});
    const json row = row_of(board, task);
    EXPECT_EQ(row["progress"]["with_data"], 3);
    EXPECT_EQ(row["progress"]["met"], 2);
    EXPECT_EQ(row["open_approvals"], 0);

    away.connect();
    away.follow_to(accepted["position"]);
    there.follow_to(accepted["position"]);
    EXPECT_EQ(away.events(), there.events());
    EXPECT_FALSE(there.events().empty());

    Desk swj(server, "swj.clerk");
    EXPECT_EQ(swj.refused("task.get", {{"task", task}}), "not_found");
    EXPECT_EQ(swj.refused("approval.get", {{"approval", approval_id}}), "not_found");
    const json theirs = swj.ask("plan.board", {{"plan", "jiyuan-vocational"}});
    for (const json& seen : theirs["items"]) EXPECT_NE(seen["task"], task);
    const auto file_of_others = swj.http().send({"GET", "/blobs/" + digest, {}, {}});
    ASSERT_TRUE(file_of_others.has_value());
    EXPECT_EQ(file_of_others->status, 404);
    stranger.follow_to(accepted["position"]);
    for (const json& event : stranger.events()) {
        EXPECT_EQ(event.dump().find("\"task/" + task + "\""), std::string::npos) << event;
    }
    const auto own_file = office.http().send({"GET", "/blobs/" + digest, {}, {}});
    ASSERT_TRUE(own_file.has_value());
    EXPECT_EQ(own_file->body, file);

    EXPECT_EQ(server.stop(), 0);
    const CommandResult checked = run_duban({"check", "--data", data.path()});
    EXPECT_EQ(checked.exit_code, 0) << checked.output;
    const CommandResult rebuilt = run_duban({"rebuild", "--data", data.path()});
    EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
}

TEST(Story, TheIssuedDocumentIsImportedOnceAndAsPrinted) {
    const TestDirectory data;
    const TestDirectory files;
    const std::string path = files.path() + "/list.txt";
    std::ofstream(path) << "附  件\n\n工作任务清单\n\n\t序号\n\t工作任务\n"
                           "\t责任单位（按职责分工负责）\n\n"
                           "\t1\n\t建设1个示范基地。\n\t示范区教育体育局、税务局\n\n"
                           "\t2\n\t落实奖励政策。\n\t示范区税务局\n";
    {
        ServerProcess server(data.path());
        EXPECT_EQ(server.stop(), 0);
    }
    const std::vector<std::string> import{"import", path,   "--data",  data.path(),
                                          "--plan", "list", "--title", "清单"};
    std::vector<std::string> dry = import;
    dry.emplace_back("--dry-run");
    const CommandResult shown = run_duban(dry);
    EXPECT_EQ(shown.exit_code, 0) << shown.output;
    EXPECT_NE(shown.output.find("示范基地"), std::string::npos) << shown.output;
    const CommandResult once = run_duban(import);
    EXPECT_EQ(once.exit_code, 0) << once.output;
    const CommandResult twice = run_duban(import);
    EXPECT_EQ(twice.exit_code, 0) << twice.output;

    ServerProcess server(data.path(), {});
    const json board = Desk(server, "office.clerk").ask("plan.board", {{"plan", "list"}});
    ASSERT_EQ(board["items"].size(), 2U);
    EXPECT_EQ(board["items"][0]["lead"]["code"], "jtj");
    EXPECT_EQ(board["items"][0]["co"][0]["code"], "swj");
    EXPECT_EQ(board["items"][0]["version"], 2) << "the second import wrote something";
}

}  // namespace
}  // namespace duban
