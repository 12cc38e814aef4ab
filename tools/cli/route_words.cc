#include "tools/cli/route_words.h"

#include <algorithm>
#include <utility>

#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "domain/base/layout.h"

namespace duban {
namespace {

template <class E>
std::string word(E value) {
    std::string name(enum_name(value));
    if (name.ends_with('_')) name.pop_back();
    return name;
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : between) + part;
    return text;
}

std::string operator_sign(ConditionOp op) {
    switch (op) {
        case ConditionOp::eq:
            return "=";
        case ConditionOp::ne:
            return "≠";
        case ConditionOp::gt:
            return ">";
        case ConditionOp::ge:
            return "≥";
        case ConditionOp::lt:
            return "<";
        case ConditionOp::le:
            return "≤";
        default:
            return word(op);
    }
}

std::string inner_words(const Condition& condition) {
    const bool joins = condition.op == ConditionOp::all || condition.op == ConditionOp::any;
    return joins && condition.of.size() > 1 ? "(" + words_of(condition) + ")" : words_of(condition);
}

std::string vote_words(const VoteRule& vote) {
    std::string text = "vote: passes with " + vote.pass;
    if (vote.by == VoteBy::weight) text += " by weight";
    if (vote.settle == Settle::all) text += ", all vote";
    std::vector<std::string> veto;
    for (const Selector& one : vote.veto) veto.push_back(words_of(one));
    return veto.empty() ? text : text + ", veto of " + joined(veto, ", ");
}

std::string mode_words(const RouteNode& node) {
    switch (node.mode) {
        case NodeMode::one:
            return node.who.size() > 1 ? "one of them" : "";
        case NodeMode::any:
            return "any of them";
        case NodeMode::all:
            return "all of them";
        case NodeMode::seq:
            return "one after the other";
        case NodeMode::claim:
            return "whoever claims it";
        case NodeMode::random:
            return "one drawn by lot";
        case NodeMode::vote:
            return vote_words(node.vote.value_or(VoteRule{}));
    }
    return {};
}

std::string dissent_words(const RouteNode& node) {
    if (node.dissent == Dissent::record) return "a refusal is recorded";
    if (node.dissent != Dissent::escalate) return {};
    return "a refusal goes to " + (node.superior ? words_of(*node.superior) : "zone leader");
}

std::string empty_words(const RouteNode& node) {
    switch (node.empty) {
        case OnEmpty::skip:
            return "nobody there: skipped";
        case OnEmpty::admin:
            return "nobody there: office head";
        case OnEmpty::seat:
            return "nobody there: " + words_of(node.stand_in.value_or(SeatSelector{}));
        case OnEmpty::reject:
            break;
    }
    return {};
}

std::string self_words(const RouteNode& node) {
    switch (node.self) {
        case OnSelf::skip:
            return "author alone: skipped";
        case OnSelf::superior:
            return "author alone: superior";
        case OnSelf::head:
            return "author alone: head";
        case OnSelf::allow:
            break;
    }
    return {};
}

std::string do_words(const RouteNode& node) {
    return node.do_ == NodeDo::approve ? "" : "does: " + word(node.do_);
}

std::string over_words(const DueRule& due) {
    switch (due.over) {
        case Over::remind:
            return {};
        case Over::escalate:
            return ", then to " + (due.to ? words_of(*due.to) : std::string("a superior"));
        case Over::deem:
            return ", then no objection";
        default:
            return ", then " + word(due.over);
    }
}

std::string each_words(const RouteNode& node) {
    const bool all = node.in == EachIn::units;
    std::string text = all ? "each unit" : "each cooperating unit";
    return text + ", need " + (node.need.empty() ? "all" : node.need);
}

void add(std::vector<std::string>& lines, std::string line) {
    if (!line.empty()) lines.push_back(std::move(line));
}

}  // namespace

std::string words_of(const Condition& condition) {
    if (condition.op == ConditionOp::not_) {
        return "not (" + (condition.of.empty() ? "" : words_of(condition.of.front())) + ")";
    }
    if (condition.op == ConditionOp::all || condition.op == ConditionOp::any) {
        std::vector<std::string> parts;
        for (const Condition& one : condition.of) parts.push_back(inner_words(one));
        return joined(parts, condition.op == ConditionOp::all ? " and " : " or ");
    }
    const auto with =
        condition.ref.empty() ? joined(condition.values, ", ") : std::string(condition.ref);
    return condition.path + " " + operator_sign(condition.op) + " " + with;
}

std::string words_of(const SeatSelector& seat) {
    const std::string unit = seat.unit == "$u" ? "the unit's" : seat.unit;
    return unit + " " + word(seat.post);
}

std::string words_of(const Selector& selector) {
    if (!selector.user.empty()) return "person " + selector.user.value;
    if (!selector.group.empty()) return "group " + selector.group;
    std::string text;
    if (selector.pick != PickBy::nobody) {
        if (selector.max != 0) text = "at most " + std::to_string(selector.max) + " ";
        text += "of " + words_of(selector.from.value_or(SeatSelector{})) + ", named by ";
        return text + (selector.pick == PickBy::starter ? "the starter" : "the step before");
    }
    text = words_of(SeatSelector{selector.unit, selector.post.value_or(Post::clerk)});
    if (selector.weight > 1) text += " (weight " + std::to_string(selector.weight) + ")";
    return text;
}

std::string words_of(const DueRule& due) {
    std::string text = "due " + (due.wd != 0 ? std::to_string(due.wd) + " working days"
                                             : std::to_string(due.h) + " hours");
    switch (due.from) {
        case DueFrom::assigned:
            text += " after opening";
            break;
        case DueFrom::period_end:
            text += " after the period's end";
            break;
        case DueFrom::task_due:
            text += " after the task's due day";
            break;
    }
    std::vector<std::string> days;
    for (const auto day : due.remind) days.push_back(std::to_string(day));
    if (!days.empty()) text += ", reminders " + joined(days, " ");
    return text + over_words(due);
}

std::vector<std::string> lines_of(const RouteNode& node) {
    std::vector<std::string> lines{name_of(node)};
    std::vector<std::string> who;
    for (const Selector& one : node.who) who.push_back(words_of(one));
    switch (node.kind) {
        case NodeKind::task:
            add(lines, joined(who, ", "));
            add(lines, do_words(node));
            add(lines, mode_words(node));
            add(lines, dissent_words(node));
            add(lines, empty_words(node));
            add(lines, self_words(node));
            if (node.due) add(lines, words_of(*node.due));
            break;
        case NodeKind::cc:
            add(lines, "copy to " + joined(who, ", "));
            break;
        case NodeKind::auto_:
            add(lines, node.result == AutoResult::none ? "" : word(node.result) + " by itself");
            add(lines, node.why);
            break;
        case NodeKind::wait:
            if (!node.event.empty()) add(lines, "waits for " + node.event);
            break;
        case NodeKind::each:
            add(lines, each_words(node));
            add(lines, dissent_words(node));
            break;
        case NodeKind::goto_:
            add(lines, "at most " + std::to_string(node.max == 0 ? goto_times_default : node.max) +
                           " times");
            break;
        case NodeKind::choose:
            add(lines, "the first that holds");
            break;
        case NodeKind::inc:
            add(lines, "all that hold");
            break;
        case NodeKind::par:
            add(lines, "all of them");
            break;
        default:
            add(lines, word(node.kind));
    }
    return lines;
}

}  // namespace duban
