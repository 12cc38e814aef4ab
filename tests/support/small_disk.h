// A file system of a few MiB in memory, mounted for one test. Where the system does not let a test
// mount, mounted() is false and the test is to be skipped.
// Thread-safety: one thread at a time.
#pragma once

#include <sys/mount.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/data_directory.h"

namespace duban {

class SmallDisk {
public:
    explicit SmallDisk(std::uint64_t bytes) : size_("size=" + std::to_string(bytes)) {
        mounted_ = ::mount("duban-test", path().c_str(), "tmpfs", 0, size_.c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] const std::string& path() const { return directory_.path(); }
    [[nodiscard]] std::string data() const { return path() + "/data"; }

    // Somebody else takes all that is left, to the last byte.
    void fill() {
        std::ofstream filler(path() + "/filler", std::ios::binary | std::ios::app);
        const std::string piece(64 * 1024, 'f');
        while (filler << piece << std::flush) continue;
        filler.clear();
        while (filler << 'f' << std::flush) continue;
    }
    void free_up() { std::filesystem::remove(path() + "/filler"); }
    [[nodiscard]] bool make_read_only(bool read_only) {
        const unsigned long flags = MS_REMOUNT | (read_only ? MS_RDONLY : 0);
        return ::mount("duban-test", path().c_str(), "tmpfs", flags, size_.c_str()) == 0;
    }

private:
    TestDirectory directory_;
    std::string size_;
    bool mounted_ = false;
};

}  // namespace duban
