#include <algorithm>
#include <cstdlib>
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
    const bool returns = offers(node, Act::return_);
    if (returns && node.return_.to.empty()) {
        return wrong(path + ".return", "A step that offers return must name where to.");
    }
    if (returns || node.return_ == ReturnRule{}) return {};
    return wrong(path + ".return", "Only a step that offers return may say where to and how.");
}

// What the votes of all come to at most; nothing when that depends on the task. Who is named twice
// has one slot.
std::optional<std::uint32_t> votes_known(const RouteNode& node, const VoteRule& vote) {
    std::uint32_t votes = 0;
    for (auto one = node.who.begin(); one != node.who.end(); ++one) {
        if (one->unit == "coop" || !one->group.empty() || one->pick != PickBy::nobody) {
            return std::nullopt;
        }
        const bool again = std::any_of(node.who.begin(), one, [&](const Selector& other) {
            return other.unit == one->unit && other.post == one->post && other.user == one->user;
        });
        if (!again) votes += vote.by == VoteBy::weight ? std::max(one->weight, 1U) : 1;
    }
    return votes;
}

// A seat is that of a slot, or one that a person who has a slot may hold; a person is one who has a
// slot.
bool is_asked(const RouteNode& node, const Selector& veto) {
    return std::ranges::any_of(node.who, [&](const Selector& one) {
        if (!veto.user.empty()) return one.user == veto.user;
        if (one.unit.empty()) return !veto.unit.empty();
        return one.unit == veto.unit && one.post == veto.post;
    });
}

Status check_vetoes(const RouteNode& node, const VoteRule& vote, const std::string& path,
                    const Around& around) {
    for (std::size_t i = 0; i < vote.veto.size(); ++i) {
        const auto at = indexed(path + ".vote.veto", i);
        const auto& veto = vote.veto[i];
        if (auto checked = check_who({veto}, at, around); !checked) {
            return wrong(at, checked.error().detail);
        }
        if (!is_asked(node, veto)) {
            return wrong(at, "This seat or person is not asked in the step; name one that is.");
        }
    }
    return {};
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
    const auto votes = votes_known(node, *node.vote);
    if (threshold->denominator == 0 && votes && threshold->numerator > *votes) {
        return wrong(path + ".vote.pass", "All who are asked have " + std::to_string(*votes) +
                                              " votes; so many can never be reached.");
    }
    return check_vetoes(node, *node.vote, path, around);
}

constexpr std::int32_t reminder_max = 365;

Status check_due(const RouteNode& node, const std::string& path, const Around& around, bool first) {
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
    if (due.wd > due_days_max) return wrong(path + ".due.wd", due_days_form);
    if (due.h > due_hours_max) return wrong(path + ".due.h", due_hours_form);
    for (std::size_t i = 0; i < due.remind.size(); ++i) {
        if (std::abs(due.remind[i]) <= reminder_max) continue;
        return wrong(indexed(path + ".due.remind", i),
                     "A reminder is at most 365 days (hours) from the due time.");
    }
    if (first && (due.over == Over::pass || due.over == Over::deem)) {
        return wrong(path + ".due.over",
                     "Nobody's silence writes a revision: name remind, reject or escalate.");
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
    return check_due(node, path, around, first);
}

}  // namespace duban::route_check
