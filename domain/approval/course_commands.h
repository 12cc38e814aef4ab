// The commands of those who change the course of an approval from outside its route, and of those
// who only speak. Imperative; plain data as it came in. Thread-safety: immutable values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

// 撤回: by who started it, or, once he is gone, by the seats that may start it.
struct WithdrawApproval {
    ApprovalId approval;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(WithdrawApproval)

// 终止: by the head of the office, or by who is asked in a node that offers it.
struct EndApproval {
    ApprovalId approval;
    std::string node;
    std::string slot;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(EndApproval)

// 作废: by the head of the office or a leader, in any state.
struct VoidApproval {
    ApprovalId approval;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(VoidApproval)

// 跳转: by the head of the office, to a node or block of the route's own list.
struct JumpApproval {
    ApprovalId approval;
    std::string to;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(JumpApproval)

// 催办: by who started it, the office or the head of the lead unit.
struct UrgeApproval {
    ApprovalId approval;
    std::string text;
};
DUBAN_DECLARE_COMMAND(UrgeApproval)

// 附言: by whoever sees the approval, in any state; addressed to some, seen by all who see it.
inline constexpr std::size_t addressed_max = 200;
struct CommentApproval {
    ApprovalId approval;
    std::string text;
    std::vector<PersonId> to;
};
DUBAN_DECLARE_COMMAND(CommentApproval)

}  // namespace duban
