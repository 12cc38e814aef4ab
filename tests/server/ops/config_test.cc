#include "server/ops/config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "server/ops/node.h"

namespace duban {
namespace {

// Sets a variable for the length of a test.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    ~Environment() { ::unsetenv(name_); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    const char* name_;
};

class SettingsFile {
public:
    explicit SettingsFile(const std::string& text)
        : path_(testing::TempDir() + "duban_" +
                testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml") {
        std::ofstream(path_) << text;
    }
    ~SettingsFile() { std::filesystem::remove(path_); }
    SettingsFile(const SettingsFile&) = delete;
    SettingsFile& operator=(const SettingsFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

ServeConfig serve(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "serve");
    const auto parsed = parse_command_line(arguments);
    if (!parsed) {
        ADD_FAILURE() << parsed.error().text;
        return {};
    }
    return std::get<ServeConfig>(*parsed);
}

std::string mistake(const std::vector<std::string>& arguments) {
    const auto parsed = parse_command_line(arguments);
    if (parsed) {
        ADD_FAILURE() << "accepted: " << testing::PrintToString(arguments);
        return {};
    }
    EXPECT_EQ(parsed.error().code, 2);
    return parsed.error().text;
}

TEST(Config, HasDefaults) {
    const ServeConfig config = serve({});
    EXPECT_EQ(config.http.host, "127.0.0.1");
    EXPECT_EQ(config.http.port, 8080);
    EXPECT_EQ(config.data, "./data");
    EXPECT_FALSE(config.demo);
    EXPECT_TRUE(config.http.origins.empty());
    EXPECT_EQ(config.http.deadlines.keep_alive, std::chrono::seconds(75));
}

TEST(Config, PrefersFlagsThenEnvironmentThenFile) {
    const SettingsFile file(
        "port = 1001\nhost = \"::1\"\ndata = \"/srv/duban\"\n"
        "origin = [\"https://a\", \"https://b\"]\ndemo = true\n");
    const Environment host("DUBAN_HOST", "0.0.0.0");
    const Environment port("DUBAN_PORT", "1002");
    const ServeConfig config = serve({"--config", file.path(), "--port", "1003"});
    EXPECT_EQ(config.http.port, 1003);
    EXPECT_EQ(config.http.host, "0.0.0.0");
    EXPECT_EQ(config.data, "/srv/duban");
    EXPECT_TRUE(config.demo);
    EXPECT_EQ(config.http.origins, (std::vector<std::string>{"https://a", "https://b"}));
}

TEST(Config, TakesItsFileFromTheEnvironment) {
    const SettingsFile file("port = 1001\n");
    const Environment config("DUBAN_CONFIG", file.path().c_str());
    EXPECT_EQ(serve({}).http.port, 1001);
}

TEST(Config, SplitsOriginsAtCommas) {
    const Environment origins("DUBAN_ORIGIN", "https://a,https://b");
    EXPECT_EQ(serve({}).http.origins, (std::vector<std::string>{"https://a", "https://b"}));
}

TEST(Config, NamesAWrongKeyAndItsFile) {
    const SettingsFile file("port = 1001\nprot = 1002\n");
    const std::string text = mistake({"serve", "--config", file.path()});
    EXPECT_NE(text.find("'prot'"), std::string::npos) << text;
    EXPECT_NE(text.find(file.path()), std::string::npos) << text;
}

TEST(Config, NamesAWrongValueInTheFile) {
    const SettingsFile file("log-level = \"loud\"\n");
    const std::string text = mistake({"serve", "--config", file.path()});
    EXPECT_NE(text.find("log-level"), std::string::npos) << text;
    EXPECT_NE(text.find(file.path()), std::string::npos) << text;
}

TEST(Config, RefusesSectionsAndMissingFiles) {
    const SettingsFile file("[serve]\nport = 1001\n");
    EXPECT_NE(mistake({"serve", "--config", file.path()}).find("serve.port"), std::string::npos);
    EXPECT_NE(mistake({"serve", "--config", "/nowhere.toml"}).find("/nowhere.toml"),
              std::string::npos);
}

TEST(Config, NamesAnUnknownFlag) {
    EXPECT_NE(mistake({"serve", "--prot", "1"}).find("--prot"), std::string::npos);
    EXPECT_NE(mistake({"serve", "--port", "many"}).find("--port"), std::string::npos);
    EXPECT_NE(mistake({"serve", "--threads", "0"}).find("--threads"), std::string::npos);
    EXPECT_NE(mistake({"dance"}).find("dance"), std::string::npos);
    (void)mistake({});
}

TEST(Config, BoundsWhatHashingAPasswordCosts) {
    const ServeConfig usual = serve({});
    EXPECT_EQ(usual.password_cost, (PasswordCost{64 * 1024, 2})) << "libsodium's for log-ins";
    const ServeConfig asked = serve({"--password-memory-kib", "8", "--password-passes", "32"});
    EXPECT_EQ(asked.password_cost, (PasswordCost{8, 32}));
    for (const char* memory : {"7", "4194305", "-1"}) {
        EXPECT_NE(mistake({"serve", "--password-memory-kib", memory}).find("--password-memory-kib"),
                  std::string::npos);
    }
    for (const char* passes : {"0", "33"}) {
        EXPECT_NE(mistake({"serve", "--password-passes", passes}).find("--password-passes"),
                  std::string::npos);
    }
    const Environment passes("DUBAN_PASSWORD_PASSES", "3");
    const auto init = parse_command_line({"init", "--admin-person", "a", "--system-person", "b"});
    ASSERT_TRUE(init);
    EXPECT_EQ(std::get<InitConfig>(*init).password_cost.passes, 3U);
}

TEST(Config, KeepsAReserveForTheLog) {
    EXPECT_EQ(serve({}).reserve_bytes, reserve_bytes_default);
    EXPECT_EQ(serve({"--reserve-bytes", "1048576"}).reserve_bytes, 1048576U);
    for (const char* wrong : {"0", "1048575", "-1", "much"}) {
        EXPECT_NE(mistake({"serve", "--reserve-bytes", wrong}).find("--reserve-bytes"),
                  std::string::npos);
    }
}

TEST(Config, OfAReserveLeavesLessForWhatMattersMore) {
    constexpr std::uint64_t mib = 1ULL << 20;
    for (const std::uint64_t disk : {64 * mib, 96 * mib, 4096 * mib, 1'000'000 * mib}) {
        const RoomFloors floors = room_floors(reserve_bytes_default, disk);
        EXPECT_LE(floors.upload, disk / 4);
        EXPECT_LE(floors.upload, reserve_bytes_default);
        EXPECT_LT(floors.command, floors.upload);
        EXPECT_LT(floors.upkeep, floors.command);
        EXPECT_GT(floors.upkeep, 0U);
    }
}

TEST(Config, AcceptsNoEndUnlessItIsAsked) {
    const auto usual = parse_command_line({"rebuild"});
    ASSERT_TRUE(usual);
    EXPECT_FALSE(std::get<RebuildConfig>(*usual).accept_end);
    const auto asked = parse_command_line({"rebuild", "--accept-end"});
    ASSERT_TRUE(asked);
    EXPECT_TRUE(std::get<RebuildConfig>(*asked).accept_end);
}

TEST(Config, BoundsCallsAndSessions) {
    const ServeConfig usual = serve({});
    EXPECT_EQ(usual.http.limits.rpc_per_s, 100U);
    EXPECT_EQ(usual.http.limits.rpc_burst, 200U);
    EXPECT_EQ(usual.sessions_per_person_max, 20U);
    const Environment sessions("DUBAN_SESSIONS_PER_PERSON_MAX", "7");
    const ServeConfig asked = serve({"--calls-per-s", "1", "--calls-burst", "1000000"});
    EXPECT_EQ(asked.http.limits.rpc_per_s, 1U);
    EXPECT_EQ(asked.http.limits.rpc_burst, 1'000'000U);
    EXPECT_EQ(asked.sessions_per_person_max, 7U);
    for (const char* flag : {"--calls-per-s", "--calls-burst", "--sessions-per-person-max"}) {
        for (const char* wrong : {"0", "1000001", "-1"}) {
            EXPECT_NE(mistake({"serve", flag, wrong}).find(flag), std::string::npos) << wrong;
        }
    }
}

TEST(Config, HelpIsNotAMistake) {
    const auto help = parse_command_line({"serve", "--help"});
    ASSERT_FALSE(help);
    EXPECT_EQ(help.error().code, 0);
    EXPECT_NE(help.error().text.find("--port"), std::string::npos);
}

TEST(Config, EverySettingOfServeIsDocumented) {
    const auto help = parse_command_line({"serve", "--help"});
    std::ifstream file("docs/configuration.md");
    const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    ASSERT_FALSE(page.empty());
    const std::regex flag("--[a-z-]+");
    const std::string& text = help.error().text;
    for (std::sregex_iterator at(text.begin(), text.end(), flag), end; at != end; ++at) {
        EXPECT_NE(page.find("`" + at->str() + "`"), std::string::npos) << at->str();
    }
}

TEST(Config, ImportGoesToOnePlaceOnly) {
    (void)mistake({"import", "a", "--data", "d", "--url", "http://h"});
    const auto parsed = parse_command_line({"import", "a", "--data", "d", "--plan", "p"});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(std::get<ImportConfig>(*parsed).plan, "p");
}

}  // namespace
}  // namespace duban
