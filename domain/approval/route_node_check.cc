#include "domain/approval/route_node_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/base/text_form.h"

namespace duban::route_check {
namespace {

Status check_ids_in(const std::vector<RouteNode>& list, const std::string& path,
                    std::set<std::string>& seen, std::size_t depth) {
    if (depth > route_depth_max) return wrong(path, "Blocks are nested at most 6 deep.");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const RouteNode& node = list[i];
        const auto at = indexed(path, i);
        if (!is_key(node.id)) return wrong(at + ".id", key_form);
        if (!seen.insert(node.id).second) {
            return wrong(at + ".id", "The id " + node.id + " is used twice; choose another.");
        }
        if (seen.size() > route_nodes_max) return wrong(at, "A route has at most 200 nodes.");
        if (auto checked = check_ids_in(node.steps, at + ".steps", seen, depth + 1); !checked) {
            return checked;
        }
        for (std::size_t b = 0; b < node.branches.size(); ++b) {
            const auto branch = indexed(at + ".branches", b) + ".steps";
            if (auto checked = check_ids_in(node.branches[b].steps, branch, seen, depth + 1);
                !checked) {
                return checked;
            }
        }
    }
    return {};
}

// Of the node with that id; "" when it is not in the list.
std::string path_of(std::string_view id, const std::vector<RouteNode>& list,
                    const std::string& path) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto at = indexed(path, i);
        if (list[i].id == id) return at;
        auto inner = path_of(id, list[i].steps, at + ".steps");
        for (std::size_t b = 0; inner.empty() && b < list[i].branches.size(); ++b) {
            const auto branch = indexed(at + ".branches", b) + ".steps";
            inner = path_of(id, list[i].branches[b].steps, branch);
        }
        if (!inner.empty()) return inner;
    }
    return {};
}

// One walk through the tree, with the plan beside it for what depends on the places of nodes.
class Checker {
public:
    Checker(const Route& route, const RouteWorld& world)
        : route_(route), world_(world), plan_(route) {}

    Status check_list(const std::vector<RouteNode>& list, const std::string& path, bool in_each,
                      bool top) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const auto at = indexed(path, i);
            const bool first = top && i == 0;
            if (auto checked = check_node(list[i], at, in_each, first); !checked) return checked;
        }
        return {};
    }

private:
    bool is_node(std::string_view id) const { return plan_.find(id) != no_place; }

    Status check_when(const std::optional<Condition>& when, const std::string& path) const {
        if (!when) return {};
        return check_condition(*when, [this](std::string_view id) { return is_node(id); }, path);
    }

    Status check_node(const RouteNode& node, const std::string& path, bool in_each, bool first) {
        if (!node.name.empty() && !is_name(node.name)) return wrong(path + ".name", name_form);
        if (auto checked = check_members(node, path); !checked) return checked;
        if (auto checked = check_when(node.when, path + ".when"); !checked) return checked;
        const Around around{world_, route_, 0, in_each};
        switch (node.kind) {
            case NodeKind::task: {
                const bool fill = first && node.do_ == NodeDo::fill && !node.when;
                if (auto checked = check_task(node, path, around, fill); !checked) return checked;
                return fill ? Status{} : check_returns(node, path);
            }
            case NodeKind::cc:
                return check_who(node.who, path + ".who", around);
            case NodeKind::choose:
            case NodeKind::inc:
            case NodeKind::par:
                return check_branches(node, path, in_each);
            case NodeKind::each:
                return check_each(node, path, in_each);
            case NodeKind::goto_:
                return check_goto(node, path);
            case NodeKind::auto_:
                return check_auto(node, path);
            case NodeKind::sub:
                return check_sub(node, path, world_, route_);
            case NodeKind::wait:
                return check_wait(node, path);
        }
        return {};
    }

    Status check_auto(const RouteNode& node, const std::string& path) const {
        if (node.result == AutoResult::reject && node.why.empty()) {
            return wrong(path + ".why", "Say why the approval is rejected.");
        }
        const auto place =
            node.result == AutoResult::pass ? EffectPlace::pass : EffectPlace::on_the_way;
        return check_effects(node.effects, path + ".effects", route_.subject, place);
    }

    // A target is a step that comes before, and not in a sibling branch.
    bool comes_before(PlaceNo target, PlaceNo from) const {
        if (plan_.node(target).kind != NodeKind::task || target >= from) return false;
        for (PlaceNo up = target; up != no_place; up = plan_[up].parent) {
            const PlaceNo block = plan_[up].parent;
            if (block == no_place || !plan_.within(from, block)) continue;
            PlaceNo down = from;
            while (plan_[down].parent != block) down = plan_[down].parent;
            return plan_[down].branch == plan_[up].branch;
        }
        return true;
    }

    Status check_returns(const RouteNode& node, const std::string& path) const {
        const PlaceNo from = plan_.find(node.id);
        for (std::size_t i = 0; i < node.return_.to.size(); ++i) {
            const std::string& to = node.return_.to[i];
            if (to == "prev" || to == "start" || to == "any") continue;
            const PlaceNo target = plan_.find(target_id(to));
            if (to.starts_with('#') && target != no_place && comes_before(target, from)) continue;
            return wrong(indexed(path + ".return.to", i),
                         "A return goes to prev, start, any or # with the id of an earlier step.");
        }
        return {};
    }

    Status check_wait(const RouteNode& node, const std::string& path) const {
        const int named = (node.event.empty() ? 0 : 1) + (node.wd == 0 ? 0 : 1) +
                          (node.h == 0 ? 0 : 1) + (node.until.empty() ? 0 : 1);
        if (named != 1) {
            return wrong(path + ".event",
                         "Say what the wait ends with, and only one of it: wd (working days), h "
                         "(hours), until (a day) or event.");
        }
        if (node.wd > due_days_max) return wrong(path + ".wd", due_days_form);
        if (node.h > due_hours_max) return wrong(path + ".h", due_hours_form);
        if (node.until.empty()) return {};
        const auto type = path_type(node.until, [](std::string_view) { return false; });
        if (type == PathType::day) return {};
        return wrong(path + ".until", "A wait ends with a day: task.due or submitted_at.");
    }

    Status check_default(const RouteNode& node, const std::string& path) const {
        const auto defaults = std::ranges::count(node.branches, true, &RouteBranch::default_);
        if (node.kind == NodeKind::par) {
            return node.branches.size() >= 2
                       ? Status{}
                       : wrong(path + ".branches", "par needs at least two branches.");
        }
        if (defaults == 1) return {};
        return wrong(path + ".branches",
                     "Exactly one branch is the default, which is taken when no other is.");
    }

    Status check_branches(const RouteNode& node, const std::string& path, bool in_each) {
        if (auto checked = check_default(node, path); !checked) return checked;
        for (std::size_t i = 0; i < node.branches.size(); ++i) {
            const RouteBranch& branch = node.branches[i];
            const auto at = indexed(path + ".branches", i);
            const bool asks = node.kind != NodeKind::par && !branch.default_;
            if (node.kind == NodeKind::par && branch.default_) {
                return wrong(at + ".default", "par takes every branch; none is its default.");
            }
            if (asks != branch.when.has_value()) {
                return wrong(at + ".when", asks ? "Say when this branch is taken."
                                                : "This branch needs no condition.");
            }
            if (auto checked = check_when(branch.when, at + ".when"); !checked) return checked;
            if (auto checked = check_list(branch.steps, at + ".steps", in_each, false); !checked) {
                return checked;
            }
        }
        return {};
    }

    Status check_each(const RouteNode& node, const std::string& path, bool in_each) {
        if (in_each) return wrong(path + ".kind", "An each cannot stand in another each.");
        if (!node.in) return wrong(path + ".in", "Say for which units: coop_units or units.");
        if (!node.as.empty() && node.as != "u") {
            return wrong(path + ".as", "The unit of a run is named $u; write u or leave as out.");
        }
        const auto share = parse_threshold(node.need);
        const bool is_share = share && share->denominator != 0 && !share->more;
        if (!node.need.empty() && node.need != "all" && node.need != "any" && !is_share) {
            return wrong(path + ".need", "need is all, any or a share such as 2/3.");
        }
        if (node.dissent == Dissent::escalate) {
            return wrong(path + ".dissent", "The dissent of an each is veto or record.");
        }
        if (node.steps.empty()) return wrong(path + ".steps", "Name at least one step.");
        return check_list(node.steps, path + ".steps", true, false);
    }

    // To a node of the same or an enclosing list, not out of an each; backwards only where somebody
    // or something is waited for on the way.
    Status check_goto(const RouteNode& node, const std::string& path) const {
        const PlaceNo here = plan_.find(node.id);
        const PlaceNo target = plan_.find(target_id(node.to));
        const auto bad = [&](const char* why) { return wrong(path + ".to", why); };
        if (target == no_place || !node.to.starts_with('#')) {
            return bad("A goto names a node with # and its id.");
        }
        PlaceNo up = here;
        while (up != no_place && (plan_[up].parent != plan_[target].parent ||
                                  plan_[up].branch != plan_[target].branch)) {
            up = plan_[up].parent;
        }
        if (up == no_place) return bad("A goto cannot lead into a block.");
        if (plan_[here].each != plan_[target].each) return bad("A goto cannot leave an each.");
        if (target == here || target == RoutePlan::start()) {
            return bad("A goto leads to another node behind the start.");
        }
        if (target > here) return {};
        for (PlaceNo at = target; at < here; ++at) {
            const NodeKind kind = plan_.node(at).kind;
            if (kind == NodeKind::task || kind == NodeKind::wait) return {};
        }
        return bad("Nobody is asked between there and here: it would run in a circle.");
    }

    const Route& route_;
    const RouteWorld& world_;
    RoutePlan plan_;
};

}  // namespace

tl::unexpected<Error> wrong(const std::string& path, std::string detail) {
    return fail(Errc::invalid_argument, std::move(detail), path);
}

std::string indexed(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

Status check_ids(const Route& route) {
    if (route.steps.empty()) return wrong("route.steps", "A route has at least one step.");
    std::set<std::string> seen;
    if (auto checked = check_ids_in(route.steps, "route.steps", seen, 1); !checked) return checked;
    const bool implied = RoutePlan(route).size() > seen.size();
    if (!implied || !seen.contains(implied_start_id)) return {};
    return wrong(path_of(implied_start_id, route.steps, "route.steps") + ".id",
                 "The id start is that of the implied first step; choose another.");
}

Status check_nodes(const Route& route, const RouteWorld& world) {
    return Checker(route, world).check_list(route.steps, "route.steps", false, true).and_then([&] {
        return check_reached(route);
    });
}

}  // namespace duban::route_check
