// The directory view: units, persons with their posts, proxies.
// Thread-safety: safe for concurrent use.
#pragma once

#include "domain/directory/directory.h"
#include "storage/views/view.h"

namespace duban {

extern const View directory_view;
[[nodiscard]] Result<Directory> read_directory(const Snapshot& snapshot);

}  // namespace duban
