#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <nlohmann/json.hpp>

#include "domain/approval/route.h"
#include "domain/base/layout.ipp"
#include "domain/task/react.h"
#include "domain/task/task.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/described_json.h"
#include "tests/storage/sample_events.h"

namespace duban {
namespace {

using nlohmann::json;

struct Sample {
    std::string text;
    bool return_ = false;
    std::uint32_t small = 0;
    std::int32_t with_sign = 0;
    std::uint64_t large = 0;
    Position position;
    ReportId report;
    std::optional<Date> due;
    Timestamp time;
    std::vector<Act> acts;
    std::optional<Selector> who;
    bool operator==(const Sample&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sample, (),
                      (text, return_, small, with_sign, large, position, report, due, time, acts,
                       who))

Selector seat(const char* unit, Post post) {
    Selector selector;
    selector.unit = unit;
    selector.post = post;
    return selector;
}

TEST(DescribedJson, ReadsNoRowThatGoesOnBehindItsValue) {
    const std::string row = to_row(Sample{});
    EXPECT_TRUE(from_row<Sample>(row));
    for (const std::string& behind :
         {std::string(1, '\0'), std::string("\0x", 2), std::string("x")}) {
        const auto read = from_row<Sample>(row + behind);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, Errc::corrupt);
    }
}

TEST(DescribedJson, WritesEveryMemberButAbsentOptionals) {
    EXPECT_EQ(canonical_json(to_json_value(Sample{})),
              R"({"acts":[],"large":0,"position":"0","report":"","return":false,"small":0,)"
              R"("text":"","time":"1970-01-01T00:00:00.000Z","with_sign":0})");
}

TEST(DescribedJson, LeavesOutOfASparseStructWhatIsZeroOrEmpty) {
    EXPECT_EQ(canonical_json(to_json_value(Selector{})), "{}");
    const Selector first = seat("lead", Post::clerk);
    ASSERT_EQ(static_cast<int>(Post::clerk), 0);
    EXPECT_EQ(canonical_json(to_json_value(first)), R"({"post":"clerk","unit":"lead"})")
        << "an optional that is present is written, whatever it holds";
    for (const Selector& selector : {Selector{}, first}) {
        const auto read = from_json_value<Selector>(to_json_value(selector), "");
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, selector);
    }
}

TEST(DescribedJson, WritesBytesAsItWritesValues) {
    auto events = default_events();
    for (const Event& event : filled_events()) events.push_back(event);
    for (const Event& event : events) {
        SCOPED_TRACE(event.type().name);
        const Layout& layout = event.kind().layout();
        EXPECT_EQ(canonical_bytes_of(event.payload(), layout),
                  canonical_json(json_of(event.payload(), layout)));
    }
}

TEST(DescribedJson, StripsOneTrailingUnderscore) {
    Sample sample;
    sample.acts = {Act::approve, Act::return_};
    const json value = to_json_value(sample);
    EXPECT_EQ(value["acts"], json::array({"approve", "return"}));
    EXPECT_TRUE(value.contains("return"));
    EXPECT_EQ(enum_name(AssignmentState::signed_), "signed");
    EXPECT_EQ(enum_of<Act>("return"), Act::return_);
    EXPECT_EQ(enum_of<Act>("return_"), std::nullopt);
}

TEST(DescribedJson, ReadsBackWhatItWrote) {
    Sample sample{"文",
                  true,
                  4'294'967'295,
                  -5,
                  9'007'199'254'740'991,
                  Position(18'446'744'073'709'551'615U),
                  ReportId{{PlanId("p"), 3}, 4},
                  Date{20'000},
                  Timestamp{1'788'224'400'123},
                  {Act::reject},
                  seat("office", Post::head)};
    const auto read = from_json_value<Sample>(to_json_value(sample), "");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, sample);
}

TEST(DescribedJson, KeepsTheDefaultOfAMissingMember) {
    const auto read = from_json_value<ReturnRule>(json::object(), "");
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, ReturnRule{});
}

struct ReadRefusal {
    json value;
    const char* field;
    const char* detail;
};

TEST(DescribedJson, NamesThePathAndTheForm) {
    const ReadRefusal refusals[] = {
        {{{"tex", "a"}}, "in.tex", "Unknown member; known here are: text, return, small"},
        {{{"text", 1}}, "in.text", "Expected a string"},
        {{{"return", 1}}, "in.return", "Expected true or false"},
        {{{"small", -1}}, "in.small", "Expected an integer from 0 to 4294967295"},
        {{{"small", 4294967296}}, "in.small", "Expected an integer from 0 to 4294967295"},
        {{{"small", 1.0}}, "in.small", "Expected an integer"},
        {{{"small", "1"}}, "in.small", "Expected an integer"},
        {{{"with_sign", 3000000000}}, "in.with_sign", "Expected an integer from -2147483648"},
        {{{"large", 9007199254740992}}, "in.large", "Expected an integer"},
        {{{"position", 1}}, "in.position", "Expected a string"},
        {{{"position", "01"}}, "in.position", "Expected a decimal number in a string"},
        {{{"position", "18446744073709551616"}}, "in.position", "Expected a decimal number"},
        {{{"report", "p/3"}}, "in.report", "A report is named"},
        {{{"due", "2026-02-30"}}, "in.due", "A date has the form"},
        {{{"due", nullptr}}, "in.due", "Expected a string"},
        {{{"time", "2026-02-03"}}, "in.time", "A time has the form"},
        {{{"acts", "approve"}}, "in.acts", "Expected a list"},
        {{{"acts", {"approve", "agree"}}},
         "in.acts[1]",
         "Expected one of: approve, reject, return"},
        {{{"who", {{"post", "boss"}}}}, "in.who.post", "Expected one of: clerk"},
        {json::array(), "in", "Expected an object"},
    };
    for (const auto& [value, field, detail] : refusals) {
        const auto read = from_json_value<Sample>(value, "in");
        ASSERT_FALSE(read) << value;
        EXPECT_EQ(read.error().code, Errc::corrupt);
        EXPECT_EQ(read.error().field, field);
        EXPECT_NE(read.error().detail.find(detail), std::string::npos) << read.error().detail;
    }
}

TEST(DescribedJson, HasNoPathPrefixAtTheTop) {
    EXPECT_EQ(from_json_value<Sample>({{"who", {{"x", 1}}}}, "").error().field, "who.x");
}

TEST(DescribedJson, RowsSayWhenTheyAreDamaged) {
    EXPECT_EQ(from_row<Timer>("{").error().code, Errc::corrupt);
    EXPECT_EQ(from_row<Timer>("[]").error().code, Errc::corrupt);
}

}  // namespace
}  // namespace duban
