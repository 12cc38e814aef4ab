// The commands of those who decide in an approval. Revision and digest name what the decider read;
// both are required. An empty node is the one open node in which the actor holds a slot, else the
// one that he decided last; an empty slot his first open one in it. Imperative; plain data as it
// came in. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/approval/picks.h"
#include "domain/approval/route.h"
#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

struct ApproveSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
    std::vector<PickFor> picks = {};
};
DUBAN_DECLARE_COMMAND(ApproveSlot)

struct RejectSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(RejectSlot)

struct ReturnSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string to;              // start, prev or a node; "" means the first that the route allows
    std::optional<Resume> then;  // where the route leaves it to who returns
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ReturnSlot)

// Takes a node that is open to a pool of persons for oneself, and gives it back.
struct ClaimSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
};
DUBAN_DECLARE_COMMAND(ClaimSlot)

struct ReleaseSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
};
DUBAN_DECLARE_COMMAND(ReleaseSlot)

// 抄送: to persons who see the task; who has a copy gets no second one.
inline constexpr std::size_t copies_at_once_max = 200;
struct CopyApproval {
    ApprovalId approval;
    std::vector<PersonId> to;
};
DUBAN_DECLARE_COMMAND(CopyApproval)

// 已阅: marks the actor's own copies.
struct ReadApproval {
    ApprovalId approval;
};
DUBAN_DECLARE_COMMAND(ReadApproval)

// To another version of its route, by the office's head. Open rounds go on.
struct MigrateApproval {
    ApprovalId approval;
    std::int32_t ver = 0;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(MigrateApproval)

}  // namespace duban
