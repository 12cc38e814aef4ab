// Persons whom somebody names for nodes of a route that ask for it.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "domain/base/ids.h"

namespace duban {

struct PickFor {
    std::string node;
    std::vector<PersonId> persons;
    bool operator==(const PickFor&) const = default;
};

}  // namespace duban
