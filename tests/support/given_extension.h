// A world in which extensions go to the clerk of the office alone, in whose acts the tests are not
// interested.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <utility>
#include <vector>

#include "domain/extension/extension_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {

inline const SubjectId extension_1{task_1, 'e', 1};

inline Route extension_route(std::vector<RouteNode> nodes) {
    Route route;
    route.route = RouteId("extension");
    route.ver = 1;
    route.subject = SubjectKind::extension;
    route.title = "延期申请";
    route.starts = {at("lead", Post::head), at("coop", Post::head)};
    route.material = {"new_due", "reason"};
    route.on.pass = {{Effect::set_due}};
    route.steps = std::move(nodes);
    return route;
}

inline Route extension_route() {
    return extension_route({asks("ok", {at("office", Post::clerk)})});
}

// Signed in by jtj (lead) and jzy; the task is due on 2026-12-31.
inline GivenTask extendable() {
    GivenTask world;
    world.publish(extension_route()).signed_in();
    return world;
}

inline RequestExtension extension_to(const char* day, const char* reason = "the supplier is late") {
    return {task_1, {}, {date(day), reason}};
}

// On the newest approval.
inline ApproveSlot approve_newest(const GivenTask& world) {
    const Approval& approval = world.task.approvals.back();
    ApproveSlot command;
    command.approval = {task_1, approval.no};
    command.revision = approval.revision;
    command.revision_digest = approval.revision_digest;
    return command;
}

}  // namespace duban
