// Route: a versioned approval definition, in the form that clients write as JSON. A route here is a
// list of `task` nodes in turn; further node kinds and modes extend these structs.
// A trailing underscore keeps a member or value off a C++ keyword; it is not part of the JSON name.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/directory/directory.h"

namespace duban {

class Event;
struct Stamp;

enum class Subject { report };
BOOST_DESCRIBE_ENUM(Subject, report)
enum class NodeKind { task };
BOOST_DESCRIBE_ENUM(NodeKind, task)
// fill is the starter's own step: it is passed by submitting and opens again on a return to it.
enum class NodeDo { fill, approve, confirm };
BOOST_DESCRIBE_ENUM(NodeDo, fill, approve, confirm)
enum class NodeMode { one };
BOOST_DESCRIBE_ENUM(NodeMode, one)
enum class OnEmpty { skip, reject };
BOOST_DESCRIBE_ENUM(OnEmpty, skip, reject)
enum class OnSelf { allow, skip };
BOOST_DESCRIBE_ENUM(OnSelf, allow, skip)
enum class Act { approve, reject, return_ };
BOOST_DESCRIBE_ENUM(Act, approve, reject, return_)
enum class OpinionNeed { opt, must };
BOOST_DESCRIBE_ENUM(OpinionNeed, opt, must)
enum class Resume { rerun };
BOOST_DESCRIBE_ENUM(Resume, rerun)
enum class Effect { accept_values };
BOOST_DESCRIBE_ENUM(Effect, accept_values)

// "unit": lead | office | zone | audit | #code; "post": a post.
struct Selector {
    std::string unit;
    Post post = Post::clerk;
    bool operator==(const Selector&) const = default;
};
BOOST_DESCRIBE_STRUCT(Selector, (), (unit, post))

struct EffectSpec {
    Effect do_ = Effect::accept_values;
    bool operator==(const EffectSpec&) const = default;
};
BOOST_DESCRIBE_STRUCT(EffectSpec, (), (do_))

struct Effects {
    std::vector<EffectSpec> pass;
    bool operator==(const Effects&) const = default;
};
BOOST_DESCRIBE_STRUCT(Effects, (), (pass))

struct ReturnRule {
    std::vector<std::string> to;  // prev, start, any, #id
    Resume then = Resume::rerun;
    bool operator==(const ReturnRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReturnRule, (), (to, then))

struct OpinionRule {
    OpinionNeed approve = OpinionNeed::opt;
    OpinionNeed reject = OpinionNeed::must;
    OpinionNeed return_ = OpinionNeed::must;
    bool operator==(const OpinionRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(OpinionRule, (), (approve, reject, return_))

struct RouteNode {
    std::string id;
    std::string name;
    NodeKind kind = NodeKind::task;
    NodeDo do_ = NodeDo::approve;
    std::vector<Selector> who;
    NodeMode mode = NodeMode::one;
    OnEmpty empty = OnEmpty::reject;
    OnSelf self = OnSelf::allow;
    std::vector<Act> acts;
    ReturnRule return_;
    OpinionRule opinion;
    bool operator==(const RouteNode&) const = default;
};
BOOST_DESCRIBE_STRUCT(RouteNode, (),
                      (id, name, kind, do_, who, mode, empty, self, acts, return_, opinion))

struct Route {
    RouteId route;
    std::int32_t ver = 1;
    Subject subject = Subject::report;
    std::string title;
    std::vector<Selector> starts;
    std::vector<std::string> material;  // fields whose change voids approvals
    Effects on;
    std::vector<RouteNode> steps;
    bool operator==(const Route&) const = default;
};
BOOST_DESCRIBE_STRUCT(Route, (), (route, ver, subject, title, starts, material, on, steps))

// Every version of every route: running approvals keep the version that they began with.
struct RouteBook {
    std::map<std::pair<RouteId, std::int32_t>, Route> routes;
    bool operator==(const RouteBook&) const = default;
};

// Total: an event of another family changes nothing.
[[nodiscard]] RouteBook evolve(RouteBook state, const Event& event, const Stamp& stamp);

// nullptr when there is none.
[[nodiscard]] const Route* newest_route(const RouteBook& book, const RouteId& route);
[[nodiscard]] const Route* find_route(const RouteBook& book, const RouteId& route,
                                      std::int32_t version);

// Checks a definition by itself: unique node ids, a first `fill` node, selectors that name a known
// kind of unit, acts that the return rule agrees with, returns to nodes that come before.
// Errors: invalid_argument with the path of the offending node.
[[nodiscard]] Status check_route(const Route& route);

// The zone's default route for reports: fill, section, head, office check, office head.
[[nodiscard]] Route default_report_route();

}  // namespace duban
