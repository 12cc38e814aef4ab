// Places on the disk for one test: a data directory that the program makes when it needs it, and
// files with a given text. They are removed at the end of the test; when it has failed they are
// kept and named, because they may be the only trace of what went wrong.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

namespace duban {

// Where they lie: in TMPDIR, else in memory when the system offers enough of it. What a killed
// process has written is there afterwards as it is on a disk, and syncs cost nothing.
inline std::filesystem::path place_of_test_directories() {
    constexpr std::uintmax_t bytes_min = 2ULL * 1024 * 1024 * 1024;
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto space = std::filesystem::space(memory, error);
    const bool usable = !error && space.available >= bytes_min &&
                        ::access(memory.c_str(), W_OK) == 0 && std::getenv("TMPDIR") == nullptr;
    return usable ? memory : std::filesystem::temp_directory_path();
}

class TestDirectory {
public:
    TestDirectory() {
        path_ = (place_of_test_directories() / "duban-test-XXXXXX").string();
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::filesystem::filesystem_error(
                "no directory for the test", path_,
                std::make_error_code(std::errc::permission_denied));
        }
    }
    ~TestDirectory() {
        if (testing::Test::HasFailure()) {
            std::cerr << "kept: " << path_ << "\n";
            return;
        }
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class DataDirectory {
public:
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    TestDirectory directory_;
    std::string path_ = directory_.path() + "/data";
};

class TextFile {
public:
    TextFile(const std::string& name, const std::string& text)
        : path_(directory_.path() + "/" + name) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    TestDirectory directory_;
    std::string path_;
};

}  // namespace duban
