#include "tools/bench/scratch_directory.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace duban {

ScratchDirectory::ScratchDirectory(const std::string& parent)
    : path_(parent + "/duban-bench-XXXXXX") {
    if (::mkdtemp(path_.data()) != nullptr) return;
    std::fprintf(stderr, "duban_bench: no directory in %s: %s\n", parent.c_str(),
                 std::strerror(errno));
    std::exit(1);
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::uint64_t disk_bytes(const std::string& path) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path, error)) {
        struct stat facts{};
        if (::stat(entry.path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
        // Not the length: RocksDB reserves more than it has written, and may leave holes.
        bytes += static_cast<std::uint64_t>(facts.st_blocks) * 512;
    }
    return bytes;
}

}  // namespace duban
