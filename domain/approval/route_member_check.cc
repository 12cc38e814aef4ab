#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <initializer_list>
#include <string>
#include <string_view>

#include "domain/approval/route_node_check.h"
#include "domain/base/layout.h"

namespace duban::route_check {
namespace {

// A member that only some kinds of nodes take. Those that are not listed every kind takes, or they
// are judged where they are read.
struct KindMember {
    std::string_view name;
    std::initializer_list<NodeKind> kinds;
};

constexpr std::initializer_list<NodeKind> task_kinds = {NodeKind::task};
constexpr std::initializer_list<NodeKind> asking_kinds = {NodeKind::task, NodeKind::cc};
constexpr std::initializer_list<NodeKind> refusing_kinds = {NodeKind::task, NodeKind::each};
constexpr std::initializer_list<NodeKind> branching_kinds = {NodeKind::choose, NodeKind::par,
                                                             NodeKind::inc};
constexpr std::initializer_list<NodeKind> each_kinds = {NodeKind::each};
constexpr std::initializer_list<NodeKind> goto_kinds = {NodeKind::goto_};
constexpr std::initializer_list<NodeKind> auto_kinds = {NodeKind::auto_};
constexpr std::initializer_list<NodeKind> wait_kinds = {NodeKind::wait};

constexpr std::array<KindMember, 21> kind_members = {{
    {"do", task_kinds},
    {"who", asking_kinds},
    {"mode", task_kinds},
    {"vote", task_kinds},
    {"dissent", refusing_kinds},
    {"superior", task_kinds},
    {"empty", task_kinds},
    {"self", task_kinds},
    {"acts", task_kinds},
    {"return", task_kinds},
    {"opinion", task_kinds},
    {"due", task_kinds},
    {"branches", branching_kinds},
    {"in", each_kinds},
    {"as", each_kinds},
    {"need", each_kinds},
    {"steps", each_kinds},
    {"to", goto_kinds},
    {"result", auto_kinds},
    {"why", auto_kinds},
    {"event", wait_kinds},
}};

constexpr std::string_view member_name(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

bool takes(NodeKind kind, std::string_view member) {
    const auto* known = std::ranges::find(kind_members, member, &KindMember::name);
    return known == kind_members.end() || std::ranges::count(known->kinds, kind) > 0;
}

}  // namespace

Status check_members(const RouteNode& node, const std::string& path) {
    static const RouteNode blank;
    std::string stray;
    const auto look = [&](auto member) {
        const auto name = member_name(member.name);
        const bool given = !(node.*member.pointer == blank.*member.pointer);
        if (stray.empty() && given && !takes(node.kind, name)) stray = name;
    };
    boost::mp11::mp_for_each<
        boost::describe::describe_members<RouteNode, boost::describe::mod_public>>(look);
    if (stray.empty()) return {};
    const auto kind = member_name(enum_name(node.kind));
    return wrong(path + "." + stray, "A node of the kind " + std::string(kind) + " has no " +
                                         stray + "; leave it out or choose another kind.");
}

}  // namespace duban::route_check
