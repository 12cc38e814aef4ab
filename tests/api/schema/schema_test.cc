#include "api/schema/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

Schema sample() {
    const Schema value = object(
        {required("indicator", form(Form::name)), optional("numerator", form(Form::decimal))});
    return object({required("task", form(Form::task_id)), optional("title", text(1, 5)),
                   optional("level", choice({"blue", "red"})), optional("count", integer(1, 9)),
                   optional("flag", boolean()), optional("values", list(value, 1, 2)),
                   optional("file", either({form(Form::digest), object({})}))});
}

Json with_member(const char* name, Json value) {
    Json json = {{"task", "p/1"}};
    json[name] = std::move(value);
    return json;
}

struct Refusal {
    std::string field;
    std::string rule;
    std::string detail;
};

Refusal refusal(const Json& value) {
    const auto status = sample().check(value);
    if (status) return {};
    EXPECT_EQ(status.error().code, Errc::invalid_argument);
    return {status.error().field, status.error().rule, status.error().detail};
}

TEST(Schema, TakesWhatFits) {
    EXPECT_EQ(refusal({{"task", "p/1"}}).field, "");
    EXPECT_EQ(refusal(with_member("title", "督办督办督")).field, "") << "characters, not bytes";
    EXPECT_EQ(refusal(with_member("file", Json::object())).field, "");
}

TEST(Schema, NamesThePathTheRuleAndTheMend) {
    const Json values = Json::array({{{"indicator", "a"}, {"numerator", "12,5"}}});
    const Refusal of = refusal(with_member("values", values));
    EXPECT_EQ(of.field, "values[0].numerator");
    EXPECT_EQ(of.rule, "pattern");
    EXPECT_EQ(of.detail, "values[0].numerator must be a decimal string such as \"12.5\"");
}

TEST(Schema, RefusesAnUnknownMemberAndNamesTheKnownOnes) {
    const Refusal of = refusal(with_member("titel", "x"));
    EXPECT_EQ(of.field, "titel");
    EXPECT_EQ(of.rule, "additionalProperties");
    EXPECT_NE(of.detail.find("title"), std::string::npos);
}

TEST(Schema, RefusesEachBrokenRule) {
    EXPECT_EQ(refusal(Json::object()).rule, "required");
    EXPECT_EQ(refusal(Json::object()).field, "task");
    EXPECT_EQ(refusal(Json::array()).rule, "type");
    EXPECT_EQ(refusal(with_member("task", "p/0")).rule, "pattern");
    EXPECT_EQ(refusal(with_member("title", "")).rule, "minLength");
    EXPECT_EQ(refusal(with_member("title", "督办督办督办")).rule, "maxLength");
    EXPECT_EQ(refusal(with_member("title", "a\x01")).rule, "pattern");
    EXPECT_EQ(refusal(with_member("level", "green")).rule, "enum");
    EXPECT_EQ(refusal(with_member("count", 0)).rule, "minimum");
    EXPECT_EQ(refusal(with_member("count", 18446744073709551615ULL)).rule, "maximum");
    EXPECT_EQ(refusal(with_member("count", 1.5)).rule, "type");
    EXPECT_EQ(refusal(with_member("flag", nullptr)).rule, "type");
    EXPECT_EQ(refusal(with_member("values", Json::array())).rule, "minItems");
    EXPECT_EQ(refusal(with_member("file", 5)).rule, "anyOf");
}

TEST(Schema, TellsHowToWriteAFloat) {
    EXPECT_NE(refusal(with_member("title", 12.5)).detail.find("\"12.5\""), std::string::npos);
    EXPECT_NE(refusal(with_member("flag", nullptr)).detail.find("leave it out"), std::string::npos);
}

TEST(Schema, PrintsItselfAsJsonSchema) {
    const Json printed = sample().describe();
    EXPECT_EQ(printed["type"], "object");
    EXPECT_EQ(printed["additionalProperties"], false);
    EXPECT_EQ(printed["required"], Json::array({"task"}));
    EXPECT_EQ(printed["properties"]["count"]["maximum"], 9);
    EXPECT_EQ(printed["properties"]["values"]["items"]["properties"]["numerator"]["type"],
              "string");
    EXPECT_EQ(printed["properties"]["level"]["enum"], Json::array({"blue", "red"}));
}

TEST(Schema, ChecksTheNamedForms) {
    const auto fits = [](Form which, const char* text) {
        return form(which).check(Json(text)).has_value();
    };
    EXPECT_TRUE(fits(Form::uuid, "018f3c1e-7b1a-7c3d-9e4f-1a2b3c4d5e6f"));
    EXPECT_FALSE(fits(Form::uuid, "018F3C1E-7B1A-7C3D-9E4F-1A2B3C4D5E6F"));
    EXPECT_TRUE(fits(Form::place, "-1"));
    EXPECT_FALSE(fits(Form::position, "-1"));
    EXPECT_FALSE(fits(Form::position, "007"));
    EXPECT_FALSE(fits(Form::position, "99999999999999999999"));
    EXPECT_TRUE(fits(Form::period, "2026-Q3"));
    EXPECT_FALSE(fits(Form::period, "2026-13"));
    EXPECT_FALSE(fits(Form::date, "2026-02-30"));
    EXPECT_TRUE(fits(Form::report_id, "p/1/r2"));
    EXPECT_FALSE(fits(Form::report_id, "p/1/a2"));
    EXPECT_TRUE(fits(Form::person_id, "jtj.clerk"));
    EXPECT_FALSE(fits(Form::person_id, "JTJ"));
}

}  // namespace
}  // namespace duban
