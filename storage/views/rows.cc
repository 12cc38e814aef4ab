#include "storage/views/rows.h"

namespace duban {

RowChange view_row(ViewId id, ViewGeneration generation, std::string_view key,
                   std::optional<std::string> value) {
    return RowChange{Family::view, view_key(id, generation, key), std::move(value)};
}

Result<std::optional<std::string>> read_row(const Snapshot& snapshot, ViewId id,
                                            std::string_view key) {
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    return snapshot.get(Family::view, view_key(id, *generation, key));
}

Status read_rows(
    const Snapshot& snapshot, ViewId id, std::string_view prefix, std::string_view from,
    const std::function<Result<bool>(std::string_view key, std::string_view value)>& visit) {
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    Status visited;
    auto scanned = snapshot.scan(
        Family::view, view_key(id, *generation, prefix), view_key(id, *generation, from),
        [&](std::string_view key, std::string_view value) {
            const auto more = visit(key.substr(view_key_prefix_bytes), value);
            if (!more) visited = tl::unexpected<Error>(more.error());
            return more.value_or(false);
        });
    return visited ? scanned : visited;
}

}  // namespace duban
