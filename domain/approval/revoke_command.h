// 通过后撤销: those whom the route names take back what has passed. Imperative; plain data as it
// came in. Thread-safety: immutable values.
#pragma once

#include <string>

#include "domain/base/command.h"
#include "domain/base/ids.h"

namespace duban {

struct RevokeApproval {
    ApprovalId approval;
    std::string opinion;
};
DUBAN_DECLARE_COMMAND(RevokeApproval)

}  // namespace duban
