#include "storage/views/desk_view.h"

#include <utility>

#include "domain/approval/desk.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

// Own key: person id, 0x00, plan id, 0x00, number be32, approval be32.
std::string desk_key(const PersonId& person, const ApprovalId& approval) {
    std::string key = person.value + '\0' + approval.task.plan.value + '\0';
    append_be32(key, approval.task.no);
    append_be32(key, approval.no);
    return key;
}

void project_desk(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    const auto& before = change.before->approvals;
    const auto& after = change.after->approvals;
    if (before.is(after)) return;
    static const Approval none;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool old = i < before.size();
        if (old && before.part(i).is(after.part(i))) continue;
        const Approval& from = old ? before[i] : none;
        const Approval& to = after[i];
        if (old && from.nodes.is(to.nodes) && is_open(from) == is_open(to)) continue;
        const ApprovalId id{change.after->id, to.no};
        const auto had = old ? desk_persons(from) : std::set<PersonId>();
        const auto has = desk_persons(to);
        for (const PersonId& person : had) {
            if (has.contains(person)) continue;
            out.push_back(view_row(ViewId::desk, generation, desk_key(person, id), std::nullopt));
        }
        for (const PersonId& person : has) {
            if (had.contains(person)) continue;
            out.push_back(
                view_row(ViewId::desk, generation, desk_key(person, id), to_row(DeskRow{id})));
        }
    }
}

}  // namespace

const View desk_view = {ViewId::desk, "desk", 1, &project_desk};

Result<std::set<TaskId>> read_desk(const Snapshot& snapshot, const PersonId& person) {
    std::set<TaskId> tasks;
    const std::string prefix = person.value + '\0';
    const auto status =
        read_rows(snapshot, ViewId::desk, prefix, prefix,
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      auto row = from_row<DeskRow>(value);
                      if (row) {
                          tasks.insert(std::move(row->approval.task));
                          return true;
                      }
                      snapshot.row_faults().tell("the desk's row " + to_hex(key), row.error());
                      return fail(Errc::corrupt, "a row of " + person.value +
                                                     "'s desk cannot be read; run `duban rebuild`");
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return tasks;
}

}  // namespace duban
