#include <algorithm>
#include <optional>

#include "domain/approval/route_node_check.h"

namespace duban::route_check {
namespace {

Status check_acts(const RouteNode& node, const std::string& path, bool first) {
    if (first) {
        if (node.acts.empty()) return {};
        return wrong(path + ".acts", "Filling in has no acts; it is passed by submitting.");
    }
    for (std::size_t i = 0; i < node.acts.size(); ++i) {
        if (std::ranges::count(node.acts, node.acts[i]) > 1) {
            return wrong(indexed(path + ".acts", i), "This act is named twice; name it once.");
        }
    }
    if (!offers(node, Act::approve)) {
        return wrong(path + ".acts", "A step must offer at least approve.");
    }
    if (offers(node, Act::return_) == node.return_.to.empty()) {
        return wrong(path + ".return", node.return_.to.empty()
                                           ? "A step that offers return must name where to."
                                           : "Only a step that offers return may name where to.");
    }
    return {};
}

// How many slots the selectors make at least; nothing when that depends on the task.
std::optional<std::uint32_t> slots_known(const RouteNode& node) {
    std::uint32_t slots = 0;
    for (const auto& selector : node.who) {
        if (selector.unit == "coop" || !selector.group.empty() || selector.pick != PickBy::nobody) {
            return std::nullopt;
        }
        ++slots;
    }
    return slots;
}

bool is_asked(const RouteNode& node, const Selector& veto) {
    return std::ranges::any_of(node.who, [&](const Selector& one) {
        if (!veto.user.empty()) return one.user == veto.user;
        return one.unit == veto.unit && one.post == veto.post;
    });
}

Status check_vote(const RouteNode& node, const std::string& path, const Around& around) {
    if ((node.mode == NodeMode::vote) != node.vote.has_value()) {
        return wrong(path + ".vote", node.vote ? "Only a step with the mode vote has a vote."
                                               : "Say how the vote is counted.");
    }
    if (!node.vote) return {};
    const auto threshold = parse_threshold(node.vote->pass);
    if (!threshold) {
        return wrong(path + ".vote.pass",
                     "A vote passes with a share of all such as 2/3 or >1/2, or with a count.");
    }
    const auto slots = slots_known(node);
    const bool count = threshold->denominator == 0;
    if (count && slots && node.vote->by == VoteBy::head && threshold->numerator > *slots) {
        return wrong(path + ".vote.pass", "Only " + std::to_string(*slots) +
                                              " are asked; so many votes can never be reached.");
    }
    for (std::size_t i = 0; i < node.vote->veto.size(); ++i) {
        const auto at = indexed(path + ".vote.veto", i);
        const auto& veto = node.vote->veto[i];
        if (auto checked = check_who({veto}, at, around); !checked) return wrong(at, "");
        if (!is_asked(node, veto)) {
            return wrong(at, "This seat or person is not asked in the step; name one that is.");
        }
    }
    return {};
}

Status check_due(const RouteNode& node, const std::string& path, const Around& around) {
    if (!node.due) return {};
    const DueRule& due = *node.due;
    if ((due.wd == 0) == (due.h == 0)) {
        return wrong(path + ".due", "Name working days (wd) or hours (h), and only one of them.");
    }
    if ((due.over == Over::escalate) != due.to.has_value()) {
        return wrong(path + ".due.to", due.to ? "Only over: escalate goes to another seat."
                                              : "Name the seat that it goes to.");
    }
    if (due.over == Over::return_ && !offers(node, Act::return_)) {
        return wrong(path + ".due.over", "The step does not offer return.");
    }
    return due.to ? check_seat(*due.to, path + ".due.to", around) : Status{};
}

}  // namespace

Status check_task(const RouteNode& node, const std::string& path, const Around& around,
                  bool first) {
    if (auto checked = check_who(node.who, path + ".who", around); !checked) return checked;
    if (auto checked = check_acts(node, path, first); !checked) return checked;
    if (auto checked = check_vote(node, path, around); !checked) return checked;
    if ((node.empty == OnEmpty::seat) != node.stand_in.has_value()) {
        return wrong(path + ".empty", "Name the seat that stands in.");
    }
    if (node.stand_in) {
        if (auto checked = check_seat(*node.stand_in, path + ".empty", around); !checked) {
            return checked;
        }
    }
    if (node.superior && node.dissent != Dissent::escalate) {
        return wrong(path + ".superior", "Only dissent: escalate asks a superior.");
    }
    if (node.superior) {
        if (auto checked = check_seat(*node.superior, path + ".superior", around); !checked) {
            return checked;
        }
    }
    return check_due(node, path, around);
}

}  // namespace duban::route_check
