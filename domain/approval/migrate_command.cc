#include <string>
#include <utility>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/migration.h"
#include "domain/approval/standing.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// Also while it waits for a new revision.
Status check_goes_on(const TaskState& task, const Approval& approval) {
    if (approval.state == ApprovalState::returned) return {};
    return check_approval_running(task, approval);
}

tl::unexpected<Error> blocked_by(const Migration& migration) {
    std::string nodes;
    for (const BlockedNode& one : migration.blocked) {
        const bool open = one.reason == MigrationBlock::open;
        nodes += (nodes.empty() ? "" : ", ") + one.node + (open ? " (open)" : " (in a return)");
    }
    return refuse("migrate_blocked",
                  "Version " + std::to_string(migration.to) +
                      " has not in the same place what the approval stands at: " + nodes +
                      ". Wait until it has gone past, or publish a version that keeps it.",
                  "ver");
}

}  // namespace

Result<const RoutePlan*> version_to_migrate_to(const Approval& approval, std::int32_t ver,
                                               const RouteBook& routes) {
    if (ver == approval.route_version) {
        return fail(Errc::invalid_argument,
                    "The approval runs version " + std::to_string(ver) + " already.", "ver");
    }
    if (const auto* plan = find_route(routes, approval.route, ver)) return plan;
    return fail(
        Errc::invalid_argument,
        "The route " + approval.route.value + " has no version " + std::to_string(ver) + ".",
        "ver");
}

static Result<Decision> decide_one(const TaskState& task, const MigrateApproval& command,
                                   const Facts& facts) {
    const auto approval = require_approval(task, command.approval);
    if (!approval) return refusal(approval);
    const auto right =
        require_judge(task, facts, {settler_of(task)}, "move an approval to another version");
    if (!right) return refusal(right);
    auto checked = require_under_way(task, "migrate its approvals")
                       .and_then([&] { return check_goes_on(task, **approval); })
                       .and_then([&] {
                           return require_text(command.opinion, "opinion", opinion_characters_max);
                       });
    if (!checked) return refusal(checked);
    const auto from = plan_of(**approval, facts);
    if (!from) return refusal(from);
    const auto to = version_to_migrate_to(**approval, command.ver, facts.routes);
    if (!to) return refusal(to);
    const auto migration = migration_of(**approval, **from, **to);
    if (!migration.blocked.empty()) return blocked_by(migration);
    Walk walk(task, command.approval.no, **to, facts, right->on_behalf_of);
    walk.emit(ApprovalMigrated{command.approval, migration.from, migration.to, command.opinion});
    if (auto settled = settle_in(walk, **from); !settled) return refusal(settled);
    return decision(*right, walk.take());
}

DUBAN_DEFINE_COMMAND(MigrateApproval)

}  // namespace duban
