// ScratchDirectory: a new directory under another one that goes with its object, and what lies in
// it.
// Thread-safety: one thread at a time. Blocking: the disk.
#pragma once

#include <cstdint>
#include <string>

namespace duban {

class ScratchDirectory {
public:
    // Ends the process with a reason when none can be made: there is nothing to measure then.
    explicit ScratchDirectory(const std::string& parent);
    ~ScratchDirectory();  // removes it
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// Bytes that the files in it take on the disk.
[[nodiscard]] std::uint64_t disk_bytes(const std::string& path);

}  // namespace duban
