// Schemas of streams, shared by the registry and the published description.
// Thread-safety: immutable values.
#pragma once

#include "api/schema/schema.h"

namespace duban {

// {"task","unit","actor","type"}: see filter.h.
[[nodiscard]] Schema filter_schema();

}  // namespace duban
