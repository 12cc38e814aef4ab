// The commands of those who give a slot on or ask others beside it. An empty node and slot mean
// what they mean in approval_commands.h. Imperative; plain data as it came in.
// Thread-safety: immutable values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

// 转办: for good.
struct TransferSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    PersonId to;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(TransferSlot)

// 变更处理人: by the head of the office, to any active person. The node may be left out while one
// is open, the slot while it is the first that is open.
struct ReassignSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    PersonId to;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ReassignSlot)

// 委派: for an opinion.
struct DelegateSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    PersonId to;
    std::string opinion;  // what is asked
};
DUBAN_DECLARE_COMMAND(DelegateSlot)

struct ResolveSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::uint32_t revision = 0;
    Digest revision_digest;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(ResolveSlot)

// 加签: persons before, with or after the slot.
inline constexpr std::size_t signers_at_once_max = 100;
struct AddSigners {
    ApprovalId approval;
    std::string node;
    std::string slot;
    SignerPos pos = SignerPos::before;
    std::vector<PersonId> who;
    NodeMode mode = NodeMode::all;
};
DUBAN_DECLARE_COMMAND(AddSigners)

// 减签: `slot` is the added signer's.
struct DropSigner {
    ApprovalId approval;
    std::string node;
    std::string slot;
};
DUBAN_DECLARE_COMMAND(DropSigner)

// 拿回: one's own last decision, or what one delegated, while nobody has acted on what followed.
struct ReclaimSlot {
    ApprovalId approval;
    std::string node;
    std::string slot;
};
DUBAN_DECLARE_COMMAND(ReclaimSlot)

}  // namespace duban
