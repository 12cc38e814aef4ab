// The whole story over real sockets: the issued document is imported, a task is issued, signed for,
// reported on, returned, revised and accepted, while a subscriber comes and goes.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/session.h"
#include "tools/cli/builtin_plan.h"

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
        ASSERT_TRUE(open_session(*socket_, server_.url(), token_));
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
        ASSERT_TRUE(socket_->send(call_of(++calls_, method, params).dump()).has_value());
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

constexpr const char* plan_name = "issued";
constexpr const char* story_task = "issued/1";

// The zone's list as a document: number, text and units, without targets.
std::string issued_document() {
    const PlanDocument& plan = builtin_plan();
    std::map<UnitCode, std::string> names;
    for (const Unit& unit : plan.units) names[unit.code] = unit.name;
    std::string text =
        "附  件\n\n示范区工作任务清单\n\n\t序号\n\t工作任务\n"
        "\t责任单位（按职责分工负责）\n";
    for (const PlannedTask& task : plan.tasks) {
        text += "\n\t" + std::to_string(task.no) + "\n\t" +
                (task.text.empty() ? task.title : task.text) + "\n\t示范区" + names[task.lead];
        for (const UnitCode& unit : task.co) text += "、" + names[unit];
        text += "\n";
    }
    return text;
}

// A directory with the demonstration persons and the list imported from the document.
class ImportedDocument {
public:
    ImportedDocument() {
        {
            ServerProcess server(data_.path(), {"--demo"});
            EXPECT_EQ(server.stop(), 0);
        }
        const TextFile list("list.txt", issued_document());
        const Finished done = run_duban({"import", list.path(), "--data", data_.path(), "--plan",
                                         plan_name, "--title", "示范区工作任务清单"});
        EXPECT_EQ(done.code, 0) << done.output;
    }
    [[nodiscard]] const std::string& path() const { return data_.path(); }

private:
    DataDirectory data_;
};

constexpr const char* evidence_file = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n";

class Story : public testing::Test {
protected:
    Story()
        : server_(data_.path()),
          office_(server_, "office.clerk"),
          office_head_(server_, "office.head"),
          clerk_(server_, "jtj.clerk"),
          section_(server_, "jtj.section"),
          head_(server_, "jtj.head"),
          co_clerk_(server_, "jzy.clerk"),
          co_head_(server_, "jzy.head") {}

    json board_row(const json& at_least) {
        return row_of(office_.ask("plan.board", {{"plan", plan_name}, {"at_least", at_least}}),
                      story_task);
    }
    // What the person reads before he decides.
    json approval(Desk& desk) {
        json read = desk.ask("approval.get", {{"approval", approval_}});
        read["approval"] = approval_;
        return read;
    }
    // The document has no targets; the office sets those of the zone's plan.
    void set_targets() {
        const auto indicator = [](const char* id, const char* name, const char* op, json target) {
            return json{{"id", id}, {"name", name}, {"op", op}, {"target", std::move(target)}};
        };
        const json indicators = {indicator("teachers", "优秀教师", "between", {"2", "3"}),
                                 indicator("courses", "示范课程", "between", {"2", "3"}),
                                 indicator("base", "教育基地", "ge", json::array({"1"}))};
        office_head_.act(
            "task.amend",
            {{"task", story_task}, {"indicators", indicators}, {"reason", "按分解表确定指标"}});
    }
    void sign() {
        clerk_.act("assignment.sign", {{"task", story_task}});
        co_clerk_.act("assignment.sign", {{"task", story_task}});
    }
    void upload() {
        const auto uploaded = clerk_.http().send(
            {"POST", "/blobs", {{"Content-Type", "application/pdf"}}, evidence_file});
        ASSERT_TRUE(uploaded.has_value());
        ASSERT_EQ(uploaded->status, 201) << uploaded->body;
        digest_ = json::parse(uploaded->body)["digest"];
    }
    // The unit's own persons, then those of the unit that cooperates; the office has it in the end.
    void sign_in_the_units(const std::string& words) {
        section_.act("approval.approve", opinion(approval(section_), words));
        head_.act("approval.approve", opinion(approval(head_), "同意上报"));
        co_clerk_.act("approval.claim", {{"approval", approval_}});
        co_clerk_.act("approval.approve", opinion(approval(co_clerk_), "拟同意"));
        co_head_.act("approval.approve", opinion(approval(co_head_), "同意"));
        office_.act("approval.claim", {{"approval", approval_}});
    }
    // The first revision goes up to the office and comes back.
    void submit_and_return() {
        json submit = report("2", "新增省级优秀教师2名", json::array({digest_}));
        submit["task"] = story_task;
        const json submitted = clerk_.act("report.submit", submit);
        approval_ = submitted["approval"];
        report_ = submitted["report"];
        first_ = approval(section_);
        sign_in_the_units("属实");
        json back = opinion(approval(office_), "请补充名单");
        back["to"] = "fill";
        back["then"] = "rerun";
        const json returned = office_.act("approval.return", back);
        EXPECT_EQ(board_row(returned["position"])["progress"]["with_data"], 0)
            << "nothing counts before it is accepted";
    }
    // The second revision is accepted; the position of the acceptance.
    json revise_and_accept() {
        json revise = report("3", "新增省级优秀教师3名，名单见附件", json::array({digest_}));
        revise["report"] = report_;
        clerk_.act("report.revise", revise);
        const json diff = clerk_.ask("report.diff", {{"report", report_}, {"from", 1}, {"to", 2}});
        EXPECT_NE(diff.dump().find("名单见附件"), std::string::npos) << diff;
        EXPECT_EQ(section_.refused("approval.approve", opinion(first_, "旧版"), true),
                  "wrong_revision");
        sign_in_the_units("已补充");
        office_.act("approval.approve", opinion(approval(office_), "初审通过"));
        return office_head_.act("approval.approve",
                                opinion(approval(office_head_), "采信"))["position"];
    }
    // What counts for each indicator: actual values of accepted reports.
    std::map<std::string, std::string> accepted_values(const json& at_least) {
        std::map<std::string, std::string> values;
        const json task = office_.ask("task.get", {{"task", story_task}, {"at_least", at_least}});
        for (const json& one : task["indicators"]) {
            values[one["indicator"]["id"]] = one["current"].value("actual", "none");
        }
        return values;
    }
    void stranger_sees_nothing() {
        Desk swj(server_, "swj.clerk");
        EXPECT_EQ(swj.refused("task.get", {{"task", story_task}}), "not_found");
        EXPECT_EQ(swj.refused("approval.get", {{"approval", approval_}}), "not_found");
        EXPECT_EQ(swj.refused("task.timeline", {{"task", story_task}}), "not_found");
        EXPECT_EQ(swj.refused("report.get", {{"report", report_}}), "not_found");
        const std::string listed = swj.ask("task.list", json::object()).dump() +
                                   swj.ask("inbox.list", {{"box", "todo"}}).dump() +
                                   swj.ask("inbox.list", {{"box", "started"}}).dump();
        EXPECT_EQ(listed.find("\"" + std::string(story_task) + "\""), std::string::npos);
        const json theirs = swj.ask("plan.board", {{"plan", plan_name}});
        for (const json& seen : theirs["items"]) EXPECT_NE(seen["task"], story_task);
        const auto file = swj.http().send({"GET", "/blobs/" + digest_, {}, {}});
        ASSERT_TRUE(file.has_value());
        EXPECT_EQ(file->status, 404);
    }
    void check_at_rest() {
        EXPECT_EQ(server_.stop(), 0);
        expect_sound_at_rest(data_.path());
    }

    const ImportedDocument data_;
    ServerProcess server_;
    Desk office_;
    Desk office_head_;
    Desk clerk_;
    Desk section_;
    Desk head_;
    Desk co_clerk_;
    Desk co_head_;
    std::string digest_;
    std::string approval_;
    std::string report_;
    json first_;
};

TEST_F(Story, ATaskGoesFromTheIssuedListToAcceptedValues) {
    Follower away(server_, "zone.leader");
    Follower there(server_, "zone.leader");
    Follower stranger(server_, "swj.clerk");
    away.connect();
    there.connect();
    stranger.connect();
    EXPECT_EQ(office_.ask("plan.board", {{"plan", plan_name}})["items"].size(), 24U);
    set_targets();
    const json issued = office_.act("task.issue", {{"task", story_task}, {"due", "2027-12-31"}});
    away.follow_to(issued["position"]);
    away.disconnect();

    sign();
    ASSERT_NO_FATAL_FAILURE(upload());
    submit_and_return();
    const json accepted = revise_and_accept();

    const json row = board_row(accepted);
    EXPECT_EQ(row["progress"]["with_data"], 3);
    EXPECT_EQ(row["progress"]["met"], 2);
    EXPECT_EQ(row["open_approvals"], 0);
    const std::map<std::string, std::string> values{
        {"teachers", "3.00"}, {"courses", "2.00"}, {"base", "0.00"}};
    EXPECT_EQ(accepted_values(accepted), values);
    away.connect();
    away.follow_to(accepted);
    there.follow_to(accepted);
    EXPECT_EQ(away.events(), there.events());
    EXPECT_FALSE(there.events().empty());

    stranger_sees_nothing();
    stranger.follow_to(accepted);
    for (const json& event : stranger.events()) {
        EXPECT_EQ(event.dump().find("\"task/" + std::string(story_task) + "\""), std::string::npos)
            << event;
    }
    const auto own_file = office_.http().send({"GET", "/blobs/" + digest_, {}, {}});
    ASSERT_TRUE(own_file.has_value());
    EXPECT_EQ(own_file->body, evidence_file);
    check_at_rest();
}

TEST(IssuedDocument, IsImportedOnceAndAsPrinted) {
    const DataDirectory data;
    const TextFile list("list.txt",
                        "附  件\n\n工作任务清单\n\n\t序号\n\t工作任务\n"
                        "\t责任单位（按职责分工负责）\n\n"
                        "\t1\n\t建设1个示范基地。\n\t示范区教育体育局、税务局\n\n"
                        "\t2\n\t落实奖励政策。\n\t示范区税务局\n");
    {
        ServerProcess server(data.path(), {"--demo"});
        EXPECT_EQ(server.stop(), 0);
    }
    const Arguments import{"import", list.path(), "--data",  data.path(),
                           "--plan", "list",      "--title", "清单"};
    const Finished shown = run_duban(import, {"--dry-run"});
    EXPECT_EQ(shown.code, 0) << shown.output;
    EXPECT_NE(shown.output.find("示范基地"), std::string::npos) << shown.output;
    const Finished once = run_duban(import);
    EXPECT_EQ(once.code, 0) << once.output;
    const Finished twice = run_duban(import);
    EXPECT_EQ(twice.code, 0) << twice.output;

    const ServerProcess server(data.path());
    const json board = Desk(server, "office.clerk").ask("plan.board", {{"plan", "list"}});
    ASSERT_EQ(board["items"].size(), 2U);
    EXPECT_EQ(board["items"][0]["lead"]["code"], "jtj");
    EXPECT_EQ(board["items"][0]["co"][0]["code"], "swj");
    EXPECT_EQ(board["items"][0]["version"], 2) << "the second import wrote something";
}

}  // namespace
}  // namespace duban
