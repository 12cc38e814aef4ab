#include <sstream>

#include "domain/base/layout.h"
#include "tests/support/given.h"
#include "tests/support/random_route.h"

namespace duban {
namespace {

std::string words_of(const SeatSelector& seat) {
    return seat.unit + " " + std::string(enum_name(seat.post));
}

std::string words_of(const Selector& one) {
    std::string text;
    if (!one.user.empty()) {
        text = one.user.value;
    } else if (!one.group.empty()) {
        text = "group " + one.group;
    } else if (one.pick != PickBy::nobody) {
        text = "picked by " + std::string(enum_name(one.pick)) + " of " +
               words_of(one.from.value_or(SeatSelector{}));
    } else {
        text = one.unit + " " + std::string(enum_name(one.post.value_or(Post::clerk)));
    }
    if (one.weight != 0) text += " x" + std::to_string(one.weight);
    return text;
}

std::string words_of(const std::vector<Selector>& who) {
    std::string text;
    for (const Selector& one : who) text += (text.empty() ? "" : ", ") + words_of(one);
    return "[" + text + "]";
}

class Words {
public:
    void add_list(const std::vector<RouteNode>& list, std::size_t depth) {
        for (const RouteNode& node : list) add_node(node, depth);
    }
    [[nodiscard]] std::string take() { return out_.str(); }

private:
    template <class E>
    void say(const char* what, E value, E usual) {
        if (value != usual) out_ << ", " << what << " " << enum_name(value);
    }

    void add_task(const RouteNode& node) {
        out_ << " " << enum_name(node.mode) << " of " << words_of(node.who);
        say("do", node.do_, NodeDo::approve);
        say("dissent", node.dissent, Dissent::veto);
        if (node.superior) out_ << " to " << words_of(*node.superior);
        say("empty", node.empty, OnEmpty::reject);
        if (node.stand_in) out_ << " " << words_of(*node.stand_in);
        say("self", node.self, OnSelf::allow);
        if (node.vote) {
            out_ << ", vote " << enum_name(node.vote->by) << " " << node.vote->pass << " "
                 << enum_name(node.vote->settle) << " veto " << words_of(node.vote->veto);
        }
        if (node.due) {
            out_ << ", due " << node.due->wd << "wd " << node.due->h << "h from "
                 << enum_name(node.due->from) << " over " << enum_name(node.due->over);
            if (!node.due->remind.empty()) out_ << ", reminds, max " << node.due->max;
            if (node.due->to) out_ << " to " << words_of(*node.due->to);
        }
        if (!node.return_.to.empty()) {
            out_ << ", returns to";
            for (const auto& to : node.return_.to) out_ << " " << to;
            out_ << " then " << enum_name(node.return_.then) << " "
                 << enum_name(node.return_.branches);
        }
        if (node.acts.size() > 3) out_ << ", every act";
    }

    void add_node(const RouteNode& node, std::size_t depth) {
        out_ << std::string(4 + 2 * depth, ' ') << node.id << ": " << enum_name(node.kind);
        if (node.kind == NodeKind::task || node.kind == NodeKind::cc) add_task(node);
        if (node.when) out_ << ", when " << testing::PrintToString(*node.when);
        if (node.in) out_ << " of " << enum_name(*node.in) << ", need " << node.need;
        if (node.in) say("dissent", node.dissent, Dissent::veto);
        if (!node.to.empty()) out_ << " " << node.to << " at most " << node.max;
        if (!node.route.empty()) {
            out_ << " " << node.route.value << (node.wait.value_or(true) ? "" : " without wait");
        }
        if (node.kind == NodeKind::wait) {
            out_ << " " << node.event << node.until << " " << node.wd << "wd " << node.h << "h";
        }
        out_ << "\n";
        add_list(node.steps, depth + 1);
        for (const RouteBranch& one : node.branches) {
            out_ << std::string(5 + 2 * depth, ' ') << "branch";
            if (one.default_) out_ << " by default";
            if (one.when) out_ << " when " << testing::PrintToString(*one.when);
            out_ << "\n";
            add_list(one.steps, depth + 1);
        }
    }

    std::ostringstream out_;
};

void add_picks(const std::vector<RouteNode>& list, std::vector<PickNode>& picks) {
    for (const RouteNode& node : list) {
        for (const Selector& one : node.who) {
            if (one.pick != PickBy::nobody) {
                picks.push_back({node.id, one.from.value_or(SeatSelector{})});
            }
        }
        add_picks(node.steps, picks);
        for (const RouteBranch& one : node.branches) add_picks(one.steps, picks);
    }
}

}  // namespace

std::string words_of(const Route& route) {
    Words words;
    words.add_list(route.steps, 0);
    std::string material;
    for (const auto& one : route.material) material += " " + one;
    return "  route " + route.route.value + " " + std::to_string(route.ver) + " of a " +
           std::string(enum_name(route.subject)) + ", starts " + words_of(route.starts) +
           ", material" + material + ", dedupe " + std::string(enum_name(route.dedupe)) +
           ", withdraw " + std::string(enum_name(route.withdraw)) +
           (route.reclaim ? ", reclaim" : "") + "\n" + words.take();
}

std::vector<PickNode> pick_nodes(const Route& route) {
    std::vector<PickNode> picks;
    add_picks(route.steps, picks);
    return picks;
}

}  // namespace duban
