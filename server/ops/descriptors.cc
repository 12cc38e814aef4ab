#include "server/ops/descriptors.h"

#include <sys/resource.h>

#include <algorithm>
#include <string>

#include "storage/rocks/database.h"

namespace duban {
namespace {

// Log files, lists, tables that are being written, event loops, the listener, standard streams.
constexpr std::uint64_t fixed = 96;

}  // namespace

Result<DescriptorBudget> share_descriptors(std::uint64_t limit, std::size_t connections_wanted) {
    if (limit < descriptors_min) {
        return fail(Errc::invalid_argument, "The process may have " + std::to_string(limit) +
                                                " files open, and the server needs " +
                                                std::to_string(descriptors_min) +
                                                "; raise the limit (ulimit -n).");
    }
    const std::uint64_t shared = limit - fixed;
    const auto store_max = static_cast<std::uint64_t>(DatabaseOptions{}.open_files_max);
    const std::uint64_t store = std::min(store_max, shared / 2);
    const std::uint64_t connections = std::min<std::uint64_t>(connections_wanted, shared - store);
    return DescriptorBudget{limit, static_cast<int>(store), connections};
}

Result<DescriptorBudget> take_descriptors(std::size_t connections_wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return fail(Errc::internal, "The limit of open files cannot be read.");
    }
    const rlim_t before = files.rlim_cur;
    const rlim_t wanted = fixed + static_cast<rlim_t>(DatabaseOptions{}.open_files_max) +
                          static_cast<rlim_t>(connections_wanted);
    files.rlim_cur = std::min(files.rlim_max, std::max(before, wanted));
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0) files.rlim_cur = before;
    return share_descriptors(files.rlim_cur, connections_wanted);
}

}  // namespace duban
