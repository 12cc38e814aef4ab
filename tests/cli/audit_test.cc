// The log's proof as files: written, checked, and altered in every way.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "domain/directory/directory_commands.h"
#include "storage/rocks/keys.h"
#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"
#include "tests/support/test_node.h"
#include "tools/cli/audit/log_export.h"
#include "tools/cli/audit/log_verify.h"

namespace duban {
namespace {

namespace fs = std::filesystem;

constexpr const char* log_name = "audit.gov.example/unit-0001/log";

// A log that grows, and folders that its proof is written to.
class LogExport : public testing::Test {
protected:
    LogExport() { node_.set_up_office(); }

    void grow_to(std::uint64_t events) {
        for (std::uint64_t i = size(); i < events; ++i) {
            const std::string id = "p" + std::to_string(++persons_);
            node_.run("admin.system", PutPerson{PersonId(id), "某人" + id, true});
        }
        ASSERT_GE(size(), events) << "a command was refused";
    }
    std::uint64_t size() { return node_.log().head().next.value; }
    Result<Checkpoint> write(const std::string& name = "proof") {
        return export_log(node_.database(), folder(name), *signer_);
    }
    LogFolder folder(const std::string& name = "proof") {
        return LogFolder(directory_.path() + "/" + name);
    }
    VerifyReport verified(bool with_log = true) {
        auto report =
            verify_log(folder(), signer_->verifier(), with_log ? &node_.database() : nullptr);
        EXPECT_TRUE(report) << report.error().detail;
        return report ? *report : VerifyReport{};
    }
    // The check that fails, "" when none does.
    std::string fault(bool with_log = true) {
        const auto report = verified(with_log);
        return report.holds() ? "" : report.steps.back().check;
    }

    std::vector<fs::path> files() {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder().path())) {
            if (entry.is_regular_file()) found.push_back(entry.path());
        }
        std::ranges::sort(found);
        return found;
    }

    TestDisk disk_;
    TestNode node_{disk_};
    TestDirectory directory_;
    std::unique_ptr<NoteSigner> signer_ = *parse_signer(make_signer_text(log_name));
    int persons_ = 0;
};

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_to(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST_F(LogExport, HoldsEverythingThatItsCheckpointNames) {
    grow_to(600);
    const auto checkpoint = write();
    ASSERT_TRUE(checkpoint) << checkpoint.error().detail;
    EXPECT_EQ(checkpoint->size, size());
    const auto report = verified();
    EXPECT_TRUE(report.holds()) << report_text(report);
    EXPECT_EQ(report.steps.size(), 5U) << "signature, tiles, entries, root and log";
    EXPECT_EQ(report.checkpoint, *checkpoint);
    EXPECT_TRUE(fs::exists(folder().path() + "/tile/0/001"));
    EXPECT_TRUE(fs::exists(folder().path() + "/tile/1/000.p/2"));
    EXPECT_EQ(fault(false), "") << "nobody needs the server for it";
}

TEST_F(LogExport, IsAddedToAndNeverRewritten) {
    grow_to(300);
    ASSERT_TRUE(write());
    std::map<fs::path, std::string> before;
    for (const auto& path : files()) before[path] = bytes_of(path);
    grow_to(700);
    EXPECT_EQ(fault(), "") << "the log begins with what was exported";
    ASSERT_TRUE(write());
    EXPECT_EQ(fault(), "");
    for (const auto& [path, bytes] : before) {
        if (path.filename() != "checkpoint") {
            EXPECT_EQ(bytes_of(path), bytes) << path;
        }
    }
}

TEST_F(LogExport, OfAnotherLogIsNotMixedWithIt) {
    grow_to(300);
    ASSERT_TRUE(write());
    TestDisk other_disk;
    TestNode other(other_disk);
    other.set_up_office();
    const auto mixed = export_log(other.database(), folder(), *signer_);
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, Errc::corrupt);
    const auto stranger = *parse_signer(make_signer_text(log_name));
    EXPECT_FALSE(export_log(node_.database(), folder(), *stranger)) << "another key";
    const auto report = verify_log(folder(), signer_->verifier(), &other.database());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->steps.back().check, "log");
    EXPECT_EQ(fault(), "") << "nothing was written";
}

TEST_F(LogExport, ShowsEveryAlteredByte) {
    grow_to(530);
    ASSERT_TRUE(write());
    std::size_t altered = 0;
    for (const auto& path : files()) {
        const std::string whole = bytes_of(path);
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 23) {
            std::string bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
            write_to(path, bytes);
            EXPECT_NE(fault(false), "") << path << " at " << at;
            ++altered;
        }
        write_to(path, whole);
    }
    EXPECT_GT(altered, 100U);
    EXPECT_EQ(fault(false), "");
}

TEST_F(LogExport, ShowsEveryFileThatIsMissingOrCut) {
    grow_to(530);
    ASSERT_TRUE(write());
    for (const auto& path : files()) {
        const std::string whole = bytes_of(path);
        fs::remove(path);
        EXPECT_NE(fault(false), "") << path << " is missing";
        write_to(path, whole.substr(0, whole.size() - 1));
        EXPECT_NE(fault(false), "") << path << " is cut";
        write_to(path, whole);
    }
    EXPECT_EQ(fault(false), "");
}

// A log that others serve may end so.
TEST_F(LogExport, IsWholeWithFullTilesInThePlaceOfPartialOnes) {
    grow_to(300);
    ASSERT_TRUE(write());
    const std::string checkpoint = bytes_of(folder().path() + "/checkpoint");
    const auto narrow = folder().checkpoint(signer_->verifier());
    ASSERT_TRUE(narrow);
    const std::string width = std::to_string(narrow->size % tile_width);
    grow_to(600);
    ASSERT_TRUE(write());
    write_to(folder().path() + "/checkpoint", checkpoint);
    for (const char* name : {"/tile/0/001", "/tile/entries/001"}) {
        ASSERT_TRUE(fs::remove(folder().path() + name + ".p/" + width));
    }
    EXPECT_EQ(fault(), "");
    const std::string full = folder().path() + "/tile/entries/001";
    const std::string whole = bytes_of(full);
    write_to(full, whole.substr(0, whole.size() - 1));
    EXPECT_EQ(verified(false).steps.back().where, "tile/entries/001");
    write_to(full, whole);
    fs::remove(folder().path() + "/tile/0/001");
    EXPECT_EQ(verified(false).steps.back().where, "tile/0/001.p/" + width);
}

TEST_F(LogExport, NamesTheFileThatIsAtFault) {
    grow_to(300);
    ASSERT_TRUE(write());
    const std::string path = folder().path() + "/checkpoint";
    const std::string whole = bytes_of(path);
    for (const std::string& text : {std::string(), whole + " ", "x" + whole}) {
        write_to(path, text);
        const auto report = verified(false);
        EXPECT_EQ(report.steps.back().check, "signature");
        EXPECT_EQ(report.steps.back().where, "checkpoint") << text;
    }
    const Checkpoint claimed{log_name, std::numeric_limits<std::uint64_t>::max(), Hash{}};
    write_to(path, signer_->sign(checkpoint_text(claimed)));
    EXPECT_EQ(verified(false).steps.back().where, "tile/0/001");
}

TEST_F(LogExport, ShowsAnEventThatIsNotTheOneOfThen) {
    grow_to(300);
    ASSERT_TRUE(write());
    const std::string key = event_key(Position(17));
    std::string event = **node_.database().get(Family::event, key);
    event.replace(event.find("\"time\":\"2"), 9, "\"time\":\"3");
    WriteSet changes(node_.database());
    changes.put(Family::event, key, event);
    ASSERT_TRUE(node_.database().write(changes));
    const auto report = verified();
    ASSERT_FALSE(report.holds());
    EXPECT_EQ(report.steps.back().check, "log");
    EXPECT_EQ(report.steps.back().where, "17");
    EXPECT_EQ(fault(false), "") << "the export itself is whole";
}

TEST(AuditCommand, MakesAKeyExportsAndVerifies) {
    const DataDirectory data;
    const TestDirectory place;
    {
        ServerProcess server(data.path(), {"--demo"});
        EXPECT_EQ(server.stop(), 0);
    }
    const std::string key = place.path() + "/log.key";
    const std::string folder = place.path() + "/proof";
    const auto made = run_duban({"audit", "key", log_name, key});
    EXPECT_EQ(made.code, 0) << made.output;
    struct stat status{};
    ASSERT_EQ(::stat(key.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(run_duban({"audit", "key", log_name, key}).code, 1) << "it is there already";

    const auto exported =
        run_duban({"audit", "export-tlog", folder, "--data", data.path(), "--key", key});
    EXPECT_EQ(exported.code, 0) << exported.output;
    const std::string vkey = made.output.substr(0, made.output.find('\n'));
    const auto verified =
        run_duban({"audit", "verify", folder, "--key", vkey, "--data", data.path()});
    EXPECT_EQ(verified.code, 0) << verified.output;
    const auto report = nlohmann::json::parse(verified.output);
    EXPECT_EQ(report["holds"], true);
    EXPECT_EQ(report["origin"], log_name);
    EXPECT_EQ(report["checks"].size(), 5U);

    write_to(folder + "/checkpoint", bytes_of(folder + "/checkpoint") + " ");
    const auto altered = run_duban({"audit", "verify", folder, "--key", vkey});
    EXPECT_EQ(altered.code, 1);
    EXPECT_EQ(nlohmann::json::parse(altered.output)["checks"][0]["check"], "signature");
    EXPECT_EQ(run_duban({"audit", "verify", folder, "--key", "nonsense"}).code, 1);
    EXPECT_EQ(run_duban({"audit"}).code, 2);
}

}  // namespace
}  // namespace duban
