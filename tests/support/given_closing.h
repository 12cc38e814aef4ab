// A world in which closings go to the head of the office alone.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <utility>
#include <vector>

#include "domain/closing/closing_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {

inline const SubjectId closing_1{task_1, 'c', 1};

inline EffectSpec effect(Effect what) {
    EffectSpec spec;
    spec.do_ = what;
    return spec;
}

inline Route closing_route(std::vector<RouteNode> nodes) {
    Route route;
    route.route = RouteId("closing");
    route.ver = 1;
    route.subject = SubjectKind::closing;
    route.title = "办结销号";
    route.starts = {at("lead", Post::head)};
    route.material = {"indicators", "conclusion", "evidence"};
    route.revoke_after_pass = {at("zone", Post::leader)};
    route.on.pass = {effect(Effect::close_task)};
    route.steps = std::move(nodes);
    return route;
}

inline Route closing_route() {
    return closing_route({asks("close", {at("office", Post::head)})});
}

// Signed in by jtj (lead) and jzy; the task is due on 2026-12-31.
inline GivenTask closable() {
    GivenTask world;
    world.publish(closing_route()).signed_in();
    return world;
}

inline RequestClosing closing_request(std::vector<ExplainedIndicator> explained = {}) {
    return {task_1, {}, {"everything is done", std::move(explained), {}}};
}

inline GivenTask closed_task() {
    auto world = closable();
    world.does("jtj.head", closing_request()).does("office.head", world.approve());
    return world;
}

}  // namespace duban
