#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "domain/approval/route_node_check.h"

namespace duban::route_check {
namespace {

// Which nodes the flow can get to, found by walking the lists until no goto leads anywhere new.
class Reach {
public:
    explicit Reach(const Route& route) : route_(route) {
        std::size_t before = 0;
        do {
            before = targets_.size();
            reached_.clear();
            (void)follow(route_.steps);
        } while (targets_.size() > before);
    }

    [[nodiscard]] bool reached(const RouteNode& node) const { return reached_.contains(&node); }

private:
    // Whether the flow comes out behind the list.
    bool follow(const std::vector<RouteNode>& list) {
        bool here = true;
        for (const RouteNode& node : list) {
            here = here || targets_.contains(node.id);
            if (!here) continue;
            reached_.insert(&node);
            here = follow(node) || node.when.has_value();
        }
        return here;
    }

    bool follow(const RouteNode& node) {
        switch (node.kind) {
            case NodeKind::goto_:
                targets_.insert(std::string(target_id(node.to)));
                return false;
            case NodeKind::auto_:
                return node.result == AutoResult::none;
            case NodeKind::each:
                // Without units it is passed over.
                (void)follow(node.steps);
                return true;
            default:
                return node.branches.empty() || follow_branches(node);
        }
    }

    // All branches of a par must come out, one of a choose or inc.
    bool follow_branches(const RouteNode& node) {
        std::size_t out = 0;
        for (const RouteBranch& branch : node.branches) {
            if (follow(branch.steps)) ++out;
        }
        return node.kind == NodeKind::par ? out == node.branches.size() : out > 0;
    }

    const Route& route_;
    std::set<std::string> targets_;
    std::set<const RouteNode*> reached_;
};

Status check_list_reached(const std::vector<RouteNode>& list, const std::string& path,
                          const Reach& reach) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const RouteNode& node = list[i];
        const auto at = indexed(path, i);
        if (!reach.reached(node)) {
            return wrong(at + ".id", node.id +
                                         " can never be reached: what comes before it always goes "
                                         "elsewhere or closes the approval.");
        }
        if (auto checked = check_list_reached(node.steps, at + ".steps", reach); !checked) {
            return checked;
        }
        for (std::size_t b = 0; b < node.branches.size(); ++b) {
            const auto branch = indexed(at + ".branches", b) + ".steps";
            auto checked = check_list_reached(node.branches[b].steps, branch, reach);
            if (!checked) return checked;
        }
    }
    return {};
}

}  // namespace

Status check_reached(const Route& route) {
    return check_list_reached(route.steps, "route.steps", Reach(route));
}

}  // namespace duban::route_check
