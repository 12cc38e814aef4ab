// A world in which the lead's report goes along a given route: jtj leads, jzy and rsj cooperate,
// all have signed in. The calendar is the announced one; it begins on Tuesday 2026-09-01.
//
//     auto world = in_approval({asks("head", {at("lead", Post::head)}), adopt()});
//     world.does("jtj.head", on_node(world.approve(), "head"));
//
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {

// Nothing is submitted yet.
inline GivenTask before_approval(Route route) {
    GivenTask world;
    for (CalendarYear year : announced_years()) {
        year.ver = version_of(world.calendars) + 1;
        world.calendars.years[year.year] = year;
    }
    world.publish(std::move(route));
    auto mandate = mandate_1();
    mandate.co = {jzy, rsj};
    return world.does("office.clerk", RegisterTask{task_1, mandate})
        .does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""})
        .does("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}})
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jzy.clerk", SignAssignment{task_1, jzy})
        .does("rsj.clerk", SignAssignment{task_1, rsj});
}

inline GivenTask in_approval(Route route) {
    return before_approval(std::move(route))
        .does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
}

inline GivenTask in_approval(std::vector<RouteNode> nodes) {
    return in_approval(route_of(std::move(nodes)));
}

inline RouteNode lead_section(const char* id = "section") {
    return asks(id, {at("lead", Post::section)});
}
inline RouteNode lead_head(const char* id = "head") {
    return asks(id, {at("lead", Post::head)});
}
// The heads of all three units, the lead's first.
inline RouteNode three_heads(NodeMode mode, const char* id = "heads") {
    return asks(id, {at("lead", Post::head), at("coop", Post::head)}, mode);
}

template <class Command>
Command on_node(Command command, const char* node, const char* slot = "") {
    command.node = node;
    command.slot = slot;
    return command;
}

// Another revision, in a field that the routes of these tests do not hold for material, or do.
inline ReviseReport revised_words(const char* problems = "口径已核对") {
    auto content = content_1();
    content.problems = problems;
    return {report_1, content, {}, {}};
}
inline ReviseReport revised_summary(const char* summary = "more is said") {
    auto content = content_1();
    content.summary = summary;
    return {report_1, content, {}, {}};
}

inline SlotState slot_state(const GivenTask& world, const char* node, const char* slot) {
    const auto* found = find_slot(world.node(node), slot);
    return found == nullptr ? SlotState::idle : found->state;
}

// The states of the slots of the newest round, in order: "approved cancelled".
inline std::string slot_states(const GivenTask& world, const char* node) {
    std::string text;
    for (const Slot& slot : world.node(node).slots) {
        text += (text.empty() ? "" : " ") + testing::PrintToString(slot.state);
    }
    return text;
}

// The closed rounds of approval 1, as they stand in the history: "head 1 approved".
inline std::vector<std::string> closed_rounds(const GivenTask& world) {
    std::vector<std::string> closed;
    for (const Round& round : rounds_of(world.history, 1)) {
        closed.push_back(round.node + " " + std::to_string(round.round) + " " +
                         testing::PrintToString(round.end));
    }
    return closed;
}

// Whom approval 1 was copied to, in order.
inline std::vector<std::string> copied_to(const GivenTask& world) {
    std::vector<std::string> to;
    for (const Copy& copy : world.approval().copies) to.push_back(copy.to.value);
    return to;
}

}  // namespace duban
