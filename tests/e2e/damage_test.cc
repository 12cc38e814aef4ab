// A data directory of which one file is removed or cut: `check` changes nothing; where it finds
// that the directory does not open whole, `serve` and `init` change nothing either, however often
// they are tried; otherwise nothing that was acknowledged is missing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/session.h"

namespace duban {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;  // name -> content

Files files_in(const std::string& directory) {
    Files files;
    for (const auto& entry : fs::directory_iterator(directory)) {
        std::ifstream file(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return files;
}

void write_files(const std::string& directory, const Files& files) {
    fs::remove_all(directory);
    fs::create_directories(directory);
    for (const auto& [name, bytes] : files) {
        std::ofstream(fs::path(directory) / name, std::ios::binary) << bytes;
        fs::permissions(fs::path(directory) / name, fs::perms::owner_read | fs::perms::owner_write);
    }
}

// The line that says how many events there are.
std::string summary_in(const Finished& check) {
    const std::size_t begin = check.output.find("log ");
    if (begin == std::string::npos) return check.output;
    return check.output.substr(begin, check.output.find('\n', begin) - begin);
}

class DamagedDirectory : public testing::Test {
protected:
    DamagedDirectory() {
        {
            ServerProcess server(path_, {"--demo"});
            server.kill_now();
        }
        ServerProcess server(path_);
        HttpClient desk = server.client("admin.system");
        for (int i = 0; i < 5; ++i) {
            const nlohmann::json unit{{"code", "u" + std::to_string(i)},
                                      {"name", "单位" + std::to_string(i)},
                                      {"kind", "bureau"}};
            EXPECT_TRUE(desk.call("unit.put", {{"command_id", new_command_id()}, {"unit", unit}}));
        }
        server.kill_now();
        whole_ = files_in(path_);
        const Finished check = run_duban({"check", "--data", path_});
        EXPECT_EQ(check.code, 0) << check.output;
        summary_ = summary_in(check);
    }

    void expect_untouched(const Files& damaged, const std::string& after) {
        EXPECT_TRUE(files_in(copy_) == damaged) << "changed by " << after;
    }
    // Whether it started.
    bool serve() {
        DubanProcess server({"serve", "--port", "0", "--data", copy_});
        const std::string output = server.read_to_line_with("listens on ");
        const bool started = output.find("listens on ") != std::string::npos;
        const int code = started ? server.stop() : server.wait().code;
        EXPECT_EQ(code, started ? 0 : 1) << output;
        return started;
    }

    void expect_kept(const Files& damaged) {
        write_files(copy_, damaged);
        const Finished check = run_duban({"check", "--data", copy_});
        expect_untouched(damaged, "check");
        if (check.code == 0) {
            EXPECT_EQ(summary_in(check), summary_);
            EXPECT_TRUE(serve());
            const Finished again = run_duban({"check", "--data", copy_});
            EXPECT_EQ(summary_in(again), summary_);
            return;
        }
        EXPECT_NE(check.output.find(copy_), std::string::npos) << check.output;
        const Finished init =
            run_duban({"init", "--system-person", "a", "--admin-person", "b", "--data", copy_});
        EXPECT_EQ(init.code, 1) << init.output;
        expect_untouched(damaged, "init");
        for (int start = 1; start <= 2; ++start) {
            EXPECT_FALSE(serve());
            expect_untouched(damaged, "serve");
        }
    }

    DataDirectory data_;
    std::string path_ = data_.path();
    std::string copy_ = data_.path() + ".copy";
    Files whole_;
    std::string summary_;  // how many events there are
};

TEST_F(DamagedDirectory, IsNeitherChangedNorTakenForAWholeOne) {
    std::size_t refused = 0;
    for (const auto& [name, bytes] : whole_) {
        Files damaged = whole_;
        damaged.erase(name);
        {
            SCOPED_TRACE(name + " removed");
            expect_kept(damaged);
        }
        SCOPED_TRACE(name + " cut");
        damaged[name] = bytes.substr(0, bytes.size() / 2);
        expect_kept(damaged);
        ++refused;
    }
    EXPECT_GT(refused, 10U);
}

TEST_F(DamagedDirectory, IsServedAgainOnceItsEndIsAccepted) {
    Files damaged = whole_;
    damaged.erase("duban.witness");
    write_files(copy_, damaged);
    EXPECT_FALSE(serve());
    expect_untouched(damaged, "serve");
    EXPECT_EQ(run_duban({"rebuild", "--data", copy_}).code, 1);
    expect_untouched(damaged, "rebuild");
    const Finished accepted = run_duban({"rebuild", "--accept-end", "--data", copy_});
    EXPECT_EQ(accepted.code, 0) << accepted.output;
    EXPECT_TRUE(serve());
    const Finished check = run_duban({"check", "--data", copy_});
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_EQ(summary_in(check), summary_);
}

}  // namespace
}  // namespace duban
