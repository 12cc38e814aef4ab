// Proxies 代理: who may let one person act for another, and for how long.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include "domain/decide.h"

namespace duban {

inline constexpr int proxy_days_max = 366;

// For the principal himself, a head of one of his units, or a security_admin.
[[nodiscard]] Result<Decision> decide_proxy(const SetProxy& command, const Facts& facts);

}  // namespace duban
