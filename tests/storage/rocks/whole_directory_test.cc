// The law: nothing is created, removed or rewritten in a directory that does not open whole, and an
// acknowledged change that is missing is noticed. Shown on every file of real data directories,
// damaged one at a time.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "storage/codec/digest.h"
#include "storage/rocks/database.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/witness.h"
#include "tests/storage/test_log.h"
#include "tests/support/data_directory.h"

namespace duban {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;  // name -> content

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Files files_in(const std::string& directory) {
    Files files;
    for (const auto& entry : fs::directory_iterator(directory)) {
        files[entry.path().filename().string()] = content_of(entry.path());
    }
    return files;
}

void write_files(const std::string& directory, const Files& files) {
    fs::remove_all(directory);
    fs::create_directories(directory);
    for (const auto& [name, bytes] : files) {
        std::ofstream(fs::path(directory) / name, std::ios::binary) << bytes;
    }
}

// What differs, by name: "" when nothing does.
std::string difference(const Files& before, const Files& after) {
    std::string names;
    for (const auto& [name, bytes] : before) {
        const auto found = after.find(name);
        if (found == after.end()) {
            names += name + " is gone; ";
        } else if (found->second != bytes) {
            names += name + " differs; ";
        }
    }
    for (const auto& [name, bytes] : after) {
        if (!before.contains(name)) names += name + " is new; ";
    }
    return names;
}

// A directory under work: what was acknowledged in it, and where its log file ended after each
// write.
class Work {
public:
    explicit Work(const std::string& path) : path_(path) { open(); }

    void open() {
        DatabaseOptions options;
        options.path = path_;
        options.create = true;
        database_ = value_of(Database::open(options));
    }
    void restart() {
        database_.reset();
        open();
    }
    void stop() { database_.reset(); }

    void write(int count) {
        for (int i = 0; i < count; ++i) {
            WriteSet changes(*database_);
            const std::string key = be64(rows_.size());
            changes.put(Family::event, key, "event " + std::to_string(rows_.size()));
            changes.put(Family::credential, key, std::string(100, 'c'));
            if (i % 4 == 0) changes.put(Family::blob, "c" + key, std::string(5000, 'b'));
            expect_ok(database_->write(changes));
            rows_.insert(key);
            note_ends();
        }
    }
    [[nodiscard]] const std::set<std::string>& rows() const { return rows_; }
    // By name, sizes at which the file ended after a write.
    [[nodiscard]] const std::map<std::string, std::set<std::size_t>>& ends() const { return ends_; }

private:
    void note_ends() {
        for (const auto& entry : fs::directory_iterator(path_)) {
            if (entry.path().extension() == ".log") {
                ends_[entry.path().filename().string()].insert(entry.file_size());
            }
        }
    }

    std::string path_;
    std::unique_ptr<Database> database_;
    std::set<std::string> rows_;
    std::map<std::string, std::set<std::size_t>> ends_;
};

class WholeDirectory : public testing::Test {
protected:
    std::string work_path() const { return directory_.path() + "/work"; }
    std::string copy_path() const { return directory_.path() + "/copy"; }

    // Everything that was acknowledged, and nothing else.
    static bool is_complete(const Database& database, const std::set<std::string>& rows) {
        std::set<std::string> found;
        const Snapshot snapshot(database);
        expect_ok(snapshot.scan(Family::event, "", "", [&](std::string_view key, std::string_view) {
            found.emplace(key);
            return true;
        }));
        return found == rows;
    }

    // Opened for reading, then twice for writing: refused, it stays byte by byte as it was; opened,
    // it lacks nothing.
    void expect_kept_or_complete(const Files& damaged, const std::set<std::string>& rows) {
        write_files(copy_path(), damaged);
        DatabaseOptions options;
        options.path = copy_path();
        options.read_only = true;
        if (const auto looked = Database::open(options)) {
            EXPECT_TRUE(is_complete(**looked, rows)) << "opened for reading";
        }
        EXPECT_EQ(difference(damaged, files_in(copy_path())), "") << "opened for reading";
        options.read_only = false;
        options.create = true;
        for (int start = 1; start <= 2; ++start) {
            const Files before = files_in(copy_path());
            const auto opened = Database::open(options);
            if (opened) {
                EXPECT_TRUE(is_complete(**opened, rows)) << "start " << start;
            } else {
                EXPECT_EQ(difference(before, files_in(copy_path())), "") << "start " << start;
                EXPECT_NE(opened.error().detail.find(copy_path()), std::string::npos)
                    << opened.error().detail;
            }
        }
    }

    // Each file of the directory: removed, emptied, cut in the middle, by one byte, and at the ends
    // of its writes.
    void damage_each(const Files& whole, const Work& work) {
        for (const auto& [name, bytes] : whole) {
            std::set<std::size_t> cuts = {0, bytes.size() / 2};
            if (name.starts_with("MANIFEST")) {
                for (std::size_t part = 1; part < 8; ++part) cuts.insert(bytes.size() * part / 8);
            }
            if (!bytes.empty()) cuts.insert(bytes.size() - 1);
            if (const auto ends = work.ends().find(name); ends != work.ends().end()) {
                cuts.insert(ends->second.begin(), ends->second.end());
            }
            Files damaged = whole;
            for (const std::size_t cut : cuts) {
                if (cut >= bytes.size()) continue;
                SCOPED_TRACE(name + " cut to " + std::to_string(cut) + " of " +
                             std::to_string(bytes.size()));
                damaged[name] = bytes.substr(0, cut);
                expect_kept_or_complete(damaged, work.rows());
            }
            SCOPED_TRACE(name + " removed");
            damaged.erase(name);
            expect_kept_or_complete(damaged, work.rows());
        }
    }

private:
    TestDirectory directory_;
};

TEST_F(WholeDirectory, IsKeptAsItIsWhenAFileOfItsFirstRunIsDamaged) {
    Work work(work_path());
    work.write(12);
    damage_each(files_in(work_path()), work);
}

TEST_F(WholeDirectory, IsKeptAsItIsWhenAFileIsDamagedAfterARestart) {
    Work work(work_path());
    work.write(9);
    work.restart();
    work.write(5);
    damage_each(files_in(work_path()), work);
}

TEST_F(WholeDirectory, IsKeptAsItIsWhenAFileIsDamagedAfterAStop) {
    Work work(work_path());
    work.write(5);
    work.restart();
    work.restart();
    work.write(4);
    work.stop();
    damage_each(files_in(work_path()), work);
}

TEST_F(WholeDirectory, OpensWhenNothingIsDamaged) {
    Work work(work_path());
    work.write(5);
    const Files running = files_in(work_path());
    work.stop();
    for (const Files& files : {running, files_in(work_path())}) {
        write_files(copy_path(), files);
        DatabaseOptions options;
        options.path = copy_path();
        EXPECT_TRUE(is_complete(*value_of(Database::open(options)), work.rows()));
    }
}

TEST_F(WholeDirectory, IsMadeInOneThatHoldsWhatIsNoDatabase) {
    write_files(work_path(), {{"notes.txt", "of a person"}});
    Work work(work_path());
    work.write(1);
    EXPECT_EQ(files_in(work_path()).at("notes.txt"), "of a person");
}

TEST_F(WholeDirectory, IsMadeAnewWhereTheMakingWasBrokenOff) {
    Work work(work_path());
    work.write(3);
    work.stop();
    const Files whole = files_in(work_path());
    fs::remove_all(copy_path());
    fs::create_directories(copy_path());
    expect_ok(make_witness(*rocksdb::Env::Default(), copy_path(), {}));
    Files begun = whole;
    begun[witness_name] = files_in(copy_path()).at(witness_name);
    for (const char* missing : {"", "CURRENT", "IDENTITY"}) {
        Files left = begun;
        left.erase(missing);
        write_files(copy_path(), left);
        DatabaseOptions options;
        options.path = copy_path();
        EXPECT_EQ(Database::open(options).error().code, Errc::not_found);
        EXPECT_EQ(difference(left, files_in(copy_path())), "");
        options.create = true;
        EXPECT_TRUE(is_complete(*value_of(Database::open(options)), {}));
    }
}

TEST_F(WholeDirectory, IsOpenedWithAnAcceptedEndWhenOnlyItsEndIsInDoubt) {
    Work work(work_path());
    work.write(6);
    work.stop();
    const Files whole = files_in(work_path());
    Files damaged = whole;
    damaged.erase(witness_name);
    write_files(copy_path(), damaged);
    DatabaseOptions options;
    options.path = copy_path();
    const auto refused = Database::open(options);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("--accept-end"), std::string::npos);
    options.accept_end = true;
    EXPECT_TRUE(is_complete(*value_of(Database::open(options)), work.rows()));
    options.accept_end = false;
    EXPECT_TRUE(is_complete(*value_of(Database::open(options)), work.rows()));
}

TEST_F(WholeDirectory, IsHeldByOneWriterOrSomeReaders) {
    const auto open = [&](bool read_only) {
        DatabaseOptions options;
        options.path = work_path();
        options.create = true;
        options.read_only = read_only;
        return Database::open(options);
    };
    {
        const auto writer = value_of(open(false));
        for (const bool read_only : {false, true}) {
            const auto refused = open(read_only);
            ASSERT_FALSE(refused);
            EXPECT_NE(refused.error().detail.find("another process"), std::string::npos);
        }
    }
    const auto reader = value_of(open(true));
    EXPECT_TRUE(open(true));
    EXPECT_FALSE(open(false));
}

// Two who find nothing must not both make a database, the later one in place of the earlier.
TEST_F(WholeDirectory, IsMadeByOneOfThoseWhoStartAtOnce) {
    std::atomic<int> opened{0};
    std::vector<std::thread> starts;
    std::mutex mutex;
    std::vector<std::unique_ptr<Database>> databases;
    for (int i = 0; i < 4; ++i) {
        starts.emplace_back([&] {
            DatabaseOptions options;
            options.path = work_path();
            options.create = true;
            auto database = Database::open(options);
            if (!database) return;
            ++opened;
            const std::lock_guard lock(mutex);
            databases.push_back(std::move(*database));
        });
    }
    for (std::thread& start : starts) start.join();
    ASSERT_EQ(opened, 1);
    const std::string id = databases.front()->log_id();
    databases.clear();
    DatabaseOptions options;
    options.path = work_path();
    EXPECT_EQ(value_of(Database::open(options))->log_id(), id);
}

TEST_F(WholeDirectory, TakesNoWritesWhenItIsOpenedForReading) {
    Work work(work_path());
    work.stop();
    DatabaseOptions options;
    options.path = work_path();
    options.read_only = true;
    const auto reader = value_of(Database::open(options));
    WriteSet changes(*reader);
    changes.put(Family::event, "k", "");
    EXPECT_EQ(reader->write(changes).error().code, Errc::storage_unavailable);
}

}  // namespace
}  // namespace duban
