// A world in which amendments on request go to the head of the office alone, who is asked by the
// lead's head or by the clerk of the office.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <utility>
#include <vector>

#include "domain/amendment/amendment_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {

inline const SubjectId amendment_1{task_1, 'm', 1};

inline Route amendment_route(std::vector<RouteNode> nodes) {
    Route route;
    route.route = RouteId("amendment");
    route.ver = 1;
    route.subject = SubjectKind::amendment;
    route.title = "任务变更";
    route.starts = {at("lead", Post::head), at("office", Post::clerk)};
    route.material = {"changes"};
    route.revoke_after_pass = {at("zone", Post::leader)};
    route.on.pass = {{Effect::amend}};
    route.steps = std::move(nodes);
    return route;
}

inline Route amendment_route() {
    return amendment_route({asks("decide", {at("office", Post::head)})});
}

inline GivenTask amendable() {
    GivenTask world;
    world.publish(amendment_route()).signed_in();
    return world;
}

inline RequestAmendment amendment_to(MandateChanges changes, const char* reason = "文件调整") {
    return {task_1, {}, {std::move(changes), reason}};
}

inline MandateChanges new_title(const char* title) {
    MandateChanges changes;
    changes.title = title;
    return changes;
}

}  // namespace duban
