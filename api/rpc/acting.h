// What the methods of those who act in an approval have in common: which approval, node and slot
// the act is about.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <utility>
#include <vector>

#include "api/rpc/method.h"
#include "api/rpc/method_params.h"
#include "api/schema/schema.h"

namespace duban::acting {

// The members approval, node and slot of an act.
[[nodiscard]] std::vector<schema::Member> members();
// Approval and opinion, which is required or not.
[[nodiscard]] std::vector<schema::Member> course_members(bool opinion_required);

[[nodiscard]] PreparedCommand prepared(Command command, const nlohmann::json& params);

template <class Acting>
[[nodiscard]] Acting act_of(const nlohmann::json& params) {
    Acting act;
    act.approval = params::approval(params);
    act.node = params::text(params, "node");
    act.slot = params::text(params, "slot");
    return act;
}

// An act that names no more than these.
template <class Acting>
[[nodiscard]] Result<PreparedCommand> act(const CommandScope& scope) {
    return prepared(act_of<Acting>(scope.params), scope.params);
}

// An act on the approval as a whole, with an opinion.
template <class Acting>
[[nodiscard]] Result<PreparedCommand> course(const CommandScope& scope) {
    Acting act;
    act.approval = params::approval(scope.params);
    act.opinion = params::text(scope.params, "opinion");
    return prepared(std::move(act), scope.params);
}

}  // namespace duban::acting
