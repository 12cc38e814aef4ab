// Rows whose form only their own view knows.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/directory/directory.h"

namespace duban {

// Of the directory. The proxies keep the order in which they were set, so they stand in one row.
struct DirectoryRights {
    std::uint64_t version = 0;
    std::vector<Proxy> proxies;
};
BOOST_DESCRIBE_STRUCT(DirectoryRights, (), (version, proxies))

struct ViewVersion {
    std::string view;
    std::uint32_t version = 0;
    bool operator==(const ViewVersion&) const = default;
};
BOOST_DESCRIBE_STRUCT(ViewVersion, (), (view, version))

// Which generation of the views is the present one, and by which code it was made.
struct StoredGeneration {
    std::uint32_t number = 1;
    std::vector<ViewVersion> views;
};
BOOST_DESCRIBE_STRUCT(StoredGeneration, (), (number, views))

}  // namespace duban
