// The commands about approvals. Revision and digest name what the decider read; both are
// required. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <string>

#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

struct ApproveStep {
    ApprovalId approval;
    std::string node;  // "" means the one that is open
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ApproveStep)

struct RejectStep {
    ApprovalId approval;
    std::string node;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(RejectStep)

struct ReturnStep {
    ApprovalId approval;
    std::string node;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string to;  // start, prev or a node's id; "" means the first that the route allows
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ReturnStep)

}  // namespace duban
