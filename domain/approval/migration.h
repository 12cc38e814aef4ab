// Migration: what becomes of a running approval on another version of its route. Open rounds go on,
// passed nodes stay, and what is new before an open node is passed over.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/walk.h"
#include "domain/base/result.h"

namespace duban {

enum class RouteChange { added, removed, changed };
BOOST_DESCRIBE_ENUM(RouteChange, added, removed, changed)

// `node`: an id. changed: it asks for something else, or stands elsewhere.
struct ChangedNode {
    std::string node;
    RouteChange change = RouteChange::changed;
    bool operator==(const ChangedNode&) const = default;
};

// open: the node is open; stack: a return comes from it or waits for it.
enum class MigrationBlock { open, stack };
BOOST_DESCRIBE_ENUM(MigrationBlock, open, stack)

// `node`: an address, whose node the other version has not, or has not in the same place.
struct BlockedNode {
    std::string node;
    MigrationBlock reason = MigrationBlock::open;
    bool operator==(const BlockedNode&) const = default;
};

struct Migration {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::vector<ChangedNode> changes;  // in the order of the other version, then those removed
    std::vector<BlockedNode> blocked;  // each once
};

// What would change, and what stands in the way.
[[nodiscard]] Migration migration_of(const Approval& approval, const RoutePlan& from,
                                     const RoutePlan& to);

// Errors: invalid_argument, field ver: no such version, or the one that it runs.
[[nodiscard]] Result<const RoutePlan*> version_to_migrate_to(const Approval& approval,
                                                             std::int32_t ver,
                                                             const RouteBook& routes);

// The moves that follow the migration, on a walk of the other version, from whose approval nothing
// was blocked. `from`: the version before. Errors: as of settling a round.
[[nodiscard]] Status settle_in(Walk& walk, const RoutePlan& from);

}  // namespace duban
