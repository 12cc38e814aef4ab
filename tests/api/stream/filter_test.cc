#include "api/stream/filter.h"
#include "domain/task/assignment_events.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace duban {
namespace {

using Json = nlohmann::json;

PublishedEvent event(const char* stream, const char* actor, Event payload,
                     std::vector<UnitCode> units, std::vector<Party> guests = {}) {
    Envelope envelope;
    envelope.stream = StreamId(stream);
    envelope.actor = PersonId(actor);
    return {{std::move(envelope), std::move(payload), {}}, {std::move(units), std::move(guests)}};
}

bool matches(const Json& filter, const PublishedEvent& of) {
    const auto parsed = Filter::parse(filter, "filter");
    EXPECT_TRUE(parsed.has_value()) << parsed.error().detail;
    return parsed && parsed->matches(of);
}

const PublishedEvent signed_in =
    event("task/p/1", "jtj.clerk", Event(AssignmentSigned{}), {UnitCode("jtj")});

TEST(Filter, TakesAllWhenEmpty) {
    EXPECT_TRUE(matches(Json::object(), signed_in));
}

TEST(Filter, OrsTheValuesOfAKey) {
    EXPECT_TRUE(matches({{"task", {"p/2", "p/1"}}}, signed_in));
    EXPECT_TRUE(matches({{"unit", {"rsj", "jtj"}}}, signed_in));
    EXPECT_FALSE(matches({{"task", {"p/2", "p/11"}}}, signed_in));
}

TEST(Filter, TakesOfAUnitWhatConcernsItAsAGuest) {
    const auto asked = event("task/p/1", "jtj.clerk", Event(AssignmentSigned{}), {UnitCode("jtj")},
                             {{UnitCode("rsj"), {}}, {{}, PersonId("czj.head")}});
    EXPECT_TRUE(matches({{"unit", {"rsj"}}}, asked));
    EXPECT_FALSE(matches({{"unit", {"czj"}}}, asked));
    EXPECT_FALSE(matches({{"unit", {"rsj"}}}, signed_in));
}

TEST(Filter, AndsTheKeys) {
    EXPECT_TRUE(matches({{"task", {"p/1"}}, {"actor", {"jtj.clerk"}}}, signed_in));
    EXPECT_FALSE(matches({{"task", {"p/1"}}, {"actor", {"jtj.head"}}}, signed_in));
}

TEST(Filter, TakesATrailingStar) {
    EXPECT_TRUE(matches({{"type", {"assignment.*"}}}, signed_in));
    EXPECT_TRUE(matches({{"type", {"*"}}}, signed_in));
    EXPECT_TRUE(matches({{"type", {"assignment.signed"}}}, signed_in));
    EXPECT_FALSE(matches({{"type", {"assignment"}}}, signed_in));
    EXPECT_FALSE(matches({{"type", {"task.*"}}}, signed_in));
}

TEST(Filter, MatchesForWhomSomebodyActed) {
    PublishedEvent by_proxy = signed_in;
    by_proxy.record.envelope.on_behalf_of = PersonId("jtj.head");
    EXPECT_TRUE(matches({{"actor", {"jtj.head"}}}, by_proxy));
}

TEST(Filter, RefusesWhatCannotBeEvaluated) {
    const auto field = [](const Json& filter) {
        const auto parsed = Filter::parse(filter, "filter");
        if (parsed) return std::string();
        EXPECT_EQ(parsed.error().code, Errc::bad_filter);
        return parsed.error().field;
    };
    EXPECT_EQ(field({{"type", {"task.*", "a*b"}}}), "filter.type[1]");
    EXPECT_EQ(field({{"typ", {"a"}}}), "filter.typ");
    EXPECT_EQ(field({{"task", Json::array()}}), "filter.task");
    EXPECT_EQ(field({{"task", {"task/p/1"}}}), "filter.task[0]");
}

TEST(Filter, NamesTheIndexThatHoldsAllMatches) {
    const auto entries = [](const Json& filter) {
        return Filter::parse(filter, "filter")->index_entries();
    };
    EXPECT_EQ(entries({{"task", {"p/1"}}, {"type", {"a"}}}),
              (std::vector<IndexEntry>{{Dimension::task, "p/1"}}));
    EXPECT_EQ(entries({{"type", {"task.held"}}}),
              (std::vector<IndexEntry>{{Dimension::type, "task.held"}}));
    EXPECT_EQ(entries({{"unit", {"jtj"}}}),
              (std::vector<IndexEntry>{{Dimension::unit, "jtj"}, {Dimension::guest, "u:jtj"}}));
    EXPECT_TRUE(entries({{"type", {"task.*", "a"}}}).empty());
    EXPECT_TRUE(entries(Json::object()).empty());
}

}  // namespace
}  // namespace duban
