#include "storage/views/view.h"

#include "storage/codec/described_json.h"
#include "storage/rocks/keys.h"
#include "storage/views/board_view.h"
#include "storage/views/calendar_view.h"
#include "storage/views/desk_view.h"
#include "storage/views/directory_view.h"
#include "storage/views/inbox_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/stored_rows.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

std::vector<ViewVersion> own_versions() {
    std::vector<ViewVersion> versions;
    for (const View& view : all_views()) versions.push_back({view.name, view.version});
    return versions;
}

Result<std::optional<StoredGeneration>> read_stored(const Snapshot& snapshot) {
    return from_read<StoredGeneration>(snapshot.get(Family::meta, meta_generation));
}

}  // namespace

const std::vector<View>& all_views() {
    static const std::vector<View> views = {directory_view, plan_view,  route_view,    task_view,
                                            board_view,     inbox_view, calendar_view, desk_view};
    return views;
}

const View& view_of(ViewId id) {
    for (const View& view : all_views()) {
        if (view.id == id) return view;
    }
    assertion_failed("every view id is registered", __FILE__, __LINE__);
}

std::string view_key(ViewId id, ViewGeneration generation, std::string_view key) {
    std::string full(1, static_cast<char>(id));
    append_be32(full, view_of(id).version);
    append_be32(full, generation.number);
    full += key;
    return full;
}

Result<ViewGeneration> present_generation(const Snapshot& snapshot) {
    const auto read = read_stored(snapshot);
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<StoredGeneration>& stored = *read;
    if (!stored) return ViewGeneration{};
    if (stored->views != own_versions()) {
        return fail(Errc::unsupported,
                    "the views were written by a build with other view versions; run `duban "
                    "rebuild` once");
    }
    return ViewGeneration{stored->number};
}

Result<ViewGeneration> stored_generation(const Snapshot& snapshot) {
    const auto read = read_stored(snapshot);
    if (!read) return tl::unexpected<Error>(read.error());
    const std::optional<StoredGeneration>& stored = *read;
    return stored ? ViewGeneration{stored->number} : ViewGeneration{};
}

RowChange generation_row(ViewGeneration generation) {
    return RowChange{Family::meta, std::string(meta_generation),
                     to_row(StoredGeneration{generation.number, own_versions()})};
}

}  // namespace duban
