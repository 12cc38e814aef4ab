// What the sources of views share: making a row and reading rows back.
// Thread-safety: safe for concurrent use.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "storage/views/view.h"

namespace duban {

// A row of a view; nothing as value: the row goes away.
[[nodiscard]] RowChange view_row(ViewId id, ViewGeneration generation, std::string_view key,
                                 std::optional<std::string> value);

// The row of the present generation under the view's own key. Errors: corrupt, unsupported,
// storage_failed.
[[nodiscard]] Result<std::optional<std::string>> read_row(const Snapshot& snapshot, ViewId id,
                                                          std::string_view key);

// Visits the rows whose own key starts with `prefix`, from the own key `from` on, until `visit`
// returns false or fails. Errors: those of `visit`, unsupported, storage_failed.
[[nodiscard]] Status read_rows(
    const Snapshot& snapshot, ViewId id, std::string_view prefix, std::string_view from,
    const std::function<Result<bool>(std::string_view key, std::string_view value)>& visit);

}  // namespace duban
