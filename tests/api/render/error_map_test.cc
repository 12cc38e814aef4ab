#include "api/render/error_map.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace duban {
namespace {

constexpr int errc_count = static_cast<int>(Errc::internal) + 1;

TEST(ErrorMap, GivesEveryReasonACodeOutsideTheReservedRange) {
    for (int code = 0; code < errc_count; ++code) {
        const ErrorInfo& info = error_info(static_cast<Errc>(code));
        EXPECT_STRNE(info.kind, "");
        EXPECT_GE(info.http_status, 400);
        const bool standard = info.code == -32602 || info.code == -32603;
        EXPECT_TRUE(standard || (info.code >= 40001 && info.code < 60000)) << info.kind;
        EXPECT_TRUE(standard || info.code / 100 == info.http_status) << info.kind;
    }
}

TEST(ErrorMap, NamesEachKindByOneCode) {
    std::map<std::string, int> codes;
    for (int code = 0; code < errc_count; ++code) {
        const ErrorInfo& info = error_info(static_cast<Errc>(code));
        const auto [known, added] = codes.emplace(info.kind, info.code);
        EXPECT_EQ(known->second, info.code) << info.kind;
    }
    EXPECT_EQ(codes.at("version_conflict"), 40901);
    EXPECT_EQ(codes.at("command_id_reused"), 40903);
    EXPECT_EQ(codes.at("rule_violation"), 42201);
    EXPECT_EQ(codes.at("position_ahead"), 41601);
}

TEST(ErrorMap, TellsThePersonWhatIsNeededToMendIt) {
    const auto rule = error_object(Error{Errc::rule_violation, "late", "due", "too_late", 0});
    EXPECT_EQ(rule["data"]["rule"], "too_late");
    EXPECT_EQ(rule["data"]["field"], "due");
    EXPECT_EQ(rule["message"], "late");
    EXPECT_EQ(error_object(Error{Errc::version_conflict, "", "", "", 8})["data"]["current"], 8);
    EXPECT_EQ(error_object(Error{Errc::position_ahead, "", "", "", 8})["data"]["head"], "7");
    EXPECT_EQ(error_object(Error{Errc::position_ahead, "", "", "", 0})["data"]["head"], "-1");
    EXPECT_EQ(error_object(Error{Errc::rate_limited, "", "", "", 40})["data"]["after_ms"], 40);
    EXPECT_GT(error_object(Error{Errc::overloaded, "", "", "", 0})["data"]["after_ms"], 0);
}

TEST(ErrorMap, HidesWhichFaultTheServerHas) {
    for (const Errc code : {Errc::corrupt, Errc::unsupported, Errc::storage_failed}) {
        EXPECT_STREQ(error_kind(code), "internal");
    }
}

TEST(ErrorMap, TellsNoClientWhereTheServersFilesLie) {
    const std::string detail = "writing failed: IO error: /srv/duban/000012.log: no space";
    for (const Errc code : {Errc::corrupt, Errc::unsupported, Errc::storage_failed}) {
        const auto told = error_object(Error{code, detail, "", "", 0}).dump();
        EXPECT_EQ(told.find("/srv"), std::string::npos) << told;
        EXPECT_EQ(told.find(".log"), std::string::npos) << told;
        EXPECT_NE(told.find("operator"), std::string::npos) << told;
    }
    EXPECT_EQ(client_words(Error{Errc::storage_unavailable, "no room", "", "", 0}), "no room");
}

}  // namespace
}  // namespace duban
