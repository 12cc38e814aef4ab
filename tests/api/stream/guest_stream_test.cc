// What a subscription brings to a unit outside of a task that an approval asks.
#include <gtest/gtest.h>

#include "api/stream/catch_up.h"
#include "api/stream/subscription.h"
#include "storage/log/event_reader.h"
#include "tests/api/wire_client.h"

namespace duban {
namespace {

using Json = nlohmann::json;

Json seat(const char* unit, const char* post) {
    return {{"unit", unit}, {"post", post}};
}

// One step that asks these heads, then the head of the office. rsj is outside of p/1.
void publish_route(ApiBench& bench, int version, const char* mode,
                   const std::vector<const char*>& units) {
    const Json clerk = Json::array({seat("lead", "clerk")});
    const auto asks = [](const char* id, Json who) {
        return Json{{"id", id},
                    {"who", std::move(who)},
                    {"acts", Json::array({"approve", "reject", "return"})},
                    {"return", {{"to", Json::array({"start"})}}}};
    };
    Json heads = Json::array();
    for (const char* unit : units) heads.push_back(seat(unit, "head"));
    Json first = asks("first", heads);
    first["mode"] = mode;
    const Json steps = Json::array({{{"id", "fill"}, {"do", "fill"}, {"who", clerk}},
                                    first,
                                    asks("adopt", Json::array({seat("office", "head")}))});
    bench.ask("office.head", "route.publish",
              {{"route",
                {{"route", "report"},
                 {"ver", version},
                 {"title", "进展报告"},
                 {"starts", clerk},
                 {"on", {{"pass", Json::array({{{"do", "accept_values"}}})}}},
                 {"steps", steps}}}});
}

// The types of the events of p/1 that the reader gets, in order, from the ring or from disk.
std::vector<std::string> brought(ApiBench& bench, const char* person, const Json& filter,
                                 bool from_disk) {
    const Position head = bench.node().head().next();
    EventRing empty(head, 1024);
    const auto directory = bench.node().head().directory();
    const Access access =
        access_of(*directory, PersonId(person), office_date(bench.node().clock().now()));
    Subscription sub("a", *Filter::parse(filter, "filter"), Position(0), {}, {});
    const Subscription::View view{from_disk ? empty : bench.node().ring(), access, head, {}, 4096};
    std::vector<std::string> types;
    for (;;) {
        if (const auto text = sub.next_output(view)) {
            const Json message = Json::parse(*text);
            if (message["method"] != "events") continue;
            for (const Json& event : message["params"]["events"]) {
                if (event["subject"] == "task/p/1") types.push_back(event["type"]);
            }
            continue;
        }
        const auto step = sub.disk_step(view);
        if (!step) return types;
        const Snapshot snapshot(bench.node().database());
        sub.disk_done(*read_catch_up(snapshot, access, *step));
    }
}

TEST(GuestStream, BringsWhatOpensAndClosesTheSlotAndTheTasksOwnEvents) {
    ApiBench bench;
    publish_route(bench, 2, "any", {"lead", "#rsj"});
    bench.issue_and_sign();
    bench.submit_report();
    bench.ask("office.clerk", "task.urge",
              {{"task", "p/1"}, {"level", "blue"}, {"text", "请抓紧"}});
    bench.decide("jtj.head", "approve", "p/1/a1");
    bench.ask("office.head", "task.hold", {{"task", "p/1"}, {"reason", "暂停"}});
    const std::vector<std::string> wanted = {"approval.round_opened", "task.urged",
                                             "approval.approved", "approval.round_ended"};
    for (const bool from_disk : {false, true}) {
        EXPECT_EQ(brought(bench, "rsj.head", Json::object(), from_disk), wanted) << from_disk;
        EXPECT_EQ(brought(bench, "rsj.clerk", {{"unit", {"rsj"}}}, from_disk), wanted) << from_disk;
        EXPECT_EQ(brought(bench, "rsj.clerk", {{"task", {"p/1"}}}, from_disk), wanted);
        EXPECT_TRUE(brought(bench, "admin.system", Json::object(), from_disk).empty());
    }
}

TEST(GuestStream, BringsNothingOfOtherReportsAndApprovals) {
    ApiBench bench;
    publish_route(bench, 2, "all", {"lead", "#rsj"});
    bench.issue_and_sign();
    bench.submit_report();
    for (const char* head : {"rsj.head", "jtj.head", "office.head"}) {
        bench.decide(head, "approve", "p/1/a1");
    }
    publish_route(bench, 3, "all", {"lead"});
    bench.ask(
        "jtj.clerk", "report.submit",
        {{"task", "p/1"}, {"period", "2026-10"}, {"summary", "十月"}, {"evidence", Json::array()}});
    bench.ask("office.head", "task.hold", {{"task", "p/1"}, {"reason", "暂停"}});
    for (const bool from_disk : {false, true}) {
        const auto types = brought(bench, "rsj.head", Json::object(), from_disk);
        const auto count = [&](const char* type) { return std::ranges::count(types, type); };
        EXPECT_EQ(count("approval.approved"), 3) << "it sees the approval to its end";
        EXPECT_EQ(count("approval.closed"), 1);
        EXPECT_EQ(count("report.accepted"), 1);
        EXPECT_EQ(count("report.submitted"), 0) << "the first came before it was asked";
        EXPECT_EQ(count("approval.opened"), 0);
        EXPECT_EQ(count("task.held"), 1);
    }
}

TEST(GuestStream, TellsAUnitThatItHasLeftAndNoMore) {
    ApiBench bench;
    bench.issue_and_sign();
    bench.ask("office.head", "task.amend",
              {{"task", "p/1"}, {"co", {"rsj"}}, {"reason", "职责调整"}});
    bench.submit_report();
    for (const bool from_disk : {false, true}) {
        const auto types = brought(bench, "jzy.head", Json::object(), from_disk);
        ASSERT_FALSE(types.empty());
        EXPECT_EQ(types.back(), "task.amended") << from_disk;
        EXPECT_EQ(brought(bench, "rsj.head", Json::object(), from_disk).front(), "task.amended");
    }
}

}  // namespace
}  // namespace duban
