// Moving a running approval to another version of its route, and what that would do.
#include <nlohmann/json.hpp>

#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/migration.h"
#include "domain/approval/sight.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr std::int64_t version_max = 1'000'000;

Result<PreparedCommand> migrate(const CommandScope& scope) {
    const auto ver = static_cast<std::int32_t>(params::number(scope.params, "ver", 0));
    MigrateApproval command{params::approval(scope.params), ver,
                            params::text(scope.params, "opinion")};
    return PreparedCommand{std::move(command), {}, params::text(scope.params, "approval"), {}};
}

Json migration_json(const Migration& migration) {
    Json changes = Json::array();
    for (const ChangedNode& one : migration.changes) {
        changes.push_back({{"node", one.node}, {"change", std::string(enum_name(one.change))}});
    }
    Json blocked = Json::array();
    for (const BlockedNode& one : migration.blocked) {
        blocked.push_back({{"node", one.node}, {"reason", std::string(enum_name(one.reason))}});
    }
    return {{"from", migration.from},
            {"to", migration.to},
            {"allowed", migration.blocked.empty()},
            {"changes", std::move(changes)},
            {"blocked", std::move(blocked)}};
}

Schema migration_schema() {
    const Schema change = object({required("node", text(0, 200)),
                                  required("change", choice({"added", "removed", "changed"}))});
    const Schema block = object(
        {required("node", text(0, 200)), required("reason", choice({"open", "stack"}),
                                                  "The node is open, or a return stands on it.")});
    return object({required("from", integer(1, version_max)),
                   required("to", integer(1, version_max)), required("allowed", boolean()),
                   required("changes", list(change, 0, described_list_max)),
                   required("blocked", list(block, 0, described_list_max))});
}

Result<Json> get_migration(const QueryScope& scope) {
    const ApprovalId id = params::approval(scope.params);
    const auto task = read_task(scope.snapshot, id.task);
    if (!task) return tl::unexpected<Error>(task.error());
    const bool seen = sight_of(*task, scope.access).sees_approval(id.no);
    const Approval* approval = seen ? find_approval(*task, id.no) : nullptr;
    if (approval == nullptr) {
        return fail(Errc::not_found, "there is no approval " + to_string(id), "approval");
    }
    if (!is_open(*approval)) {
        return refuse("approval_not_running",
                      "The approval " + to_string(id) + " is closed; it stays as it was.");
    }
    const auto routes = read_readable_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    const auto* from = find_route(*routes, approval->route, approval->route_version);
    if (from == nullptr) {
        return fail(Errc::corrupt,
                    "the route of this approval cannot be read; run `duban rebuild`");
    }
    const auto ver = static_cast<std::int32_t>(params::number(scope.params, "ver", 0));
    const auto to = version_to_migrate_to(*approval, ver, *routes);
    if (!to) return tl::unexpected<Error>(to.error());
    return migration_json(migration_of(*approval, *from, **to));
}

}  // namespace

void add_migration_methods(Methods& methods) {
    const Member approval = required("approval", form(Form::approval_id));
    const Member ver = required("ver", integer(1, version_max), "Of the approval's route.");
    methods.push_back(command_method(
        "approval.migrate", "Moves a running approval to another version of its route.",
        object({approval, ver, required("opinion", shapes::opinion())}), migrate));
    methods.push_back(query_method("approval.migration",
                                   "What moving to that version would change, and what blocks it.",
                                   object({approval, ver}), migration_schema(), get_migration));
}

}  // namespace duban
