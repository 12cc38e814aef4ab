// A write of the store that fails under a running server, whoever wrote: the process ends with its
// code and a word, acknowledges nothing that is not on the disk, and a restart has what was.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/session.h"

namespace duban {
namespace {

using nlohmann::json;

constexpr int failed_store_exit = 70;

json put_of_unit(const std::string& code) {
    return {{"command_id", new_command_id()},
            {"unit", {{"code", code}, {"name", "单位 " + code}, {"kind", "bureau"}}}};
}

// What a client was told; no words when the connection ended without an answer.
struct Told {
    bool accepted = false;
    std::string words;
};

struct Desks {
    HttpClient administrator;
    HttpClient clerk;
};

Told told_of(const tl::expected<json, HttpClient::RpcFailure>& answer) {
    if (answer) return {true, answer->dump()};
    return {false, answer.error().message + answer.error().data};
}

Told send_command(Desks& desks, const json& put) {
    return told_of(desks.administrator.call("unit.put", put));
}
Told send_file(Desks& desks, const json& /*put*/) {
    const auto reply =
        desks.clerk.send({"POST", "/blobs", {{"Content-Type", "text/plain"}}, "名单"});
    if (!reply) return {};
    return {reply->status < 300, reply->body};
}
Told log_in_again(Desks& desks, const json& /*put*/) {
    return told_of(desks.clerk.login("jtj.clerk", demo_password));
}

struct Writer {
    const char* name;
    Told (*write)(Desks& desks, const json& put);
};
void PrintTo(const Writer& writer, std::ostream* out) {
    *out << writer.name;
}

class FailedWrite : public testing::TestWithParam<Writer> {};

TEST_P(FailedWrite, EndsTheProcessAndLosesNothingAcknowledged) {
    const DataDirectory data;
    const json kept = put_of_unit("kept");
    const json lost = put_of_unit("lost");
    {
        ServerProcess server(data.path(), {"--demo"});
        Desks desks{server.client("admin.system"), server.client("jtj.clerk")};
        ASSERT_TRUE(send_command(desks, kept).accepted);
        if (!server.fail_writes()) GTEST_SKIP() << "this system lets no test limit a process";
        const Told told = GetParam().write(desks, lost);
        EXPECT_FALSE(told.accepted) << told.words;
        EXPECT_EQ(told.words.find(data.path()), std::string::npos) << told.words;
        const Finished ended = server.wait();
        EXPECT_EQ(ended.code, failed_store_exit) << ended.output;
        EXPECT_NE(ended.output.find("the process ends"), std::string::npos) << ended.output;
    }
    expect_sound_at_rest(data.path());
    ServerProcess server(data.path());
    Desks desks{server.client("admin.system"), server.client("jtj.clerk")};
    const std::string units =
        desks.administrator.call("directory.list", json::object()).value_or(json{}).dump();
    EXPECT_NE(units.find("单位 kept"), std::string::npos) << units;
    EXPECT_EQ(units.find("单位 lost"), std::string::npos) << units;
    EXPECT_TRUE(send_command(desks, lost).accepted) << "under the id that was not answered";
    EXPECT_EQ(server.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, FailedWrite,
                         testing::Values(Writer{"ACommand", send_command},
                                         Writer{"AFile", send_file},
                                         Writer{"ALogIn", log_in_again}),
                         [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace duban
