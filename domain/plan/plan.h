// Plan: an issued list of tasks. The plan's own stream holds its head data; each task of it has a
// stream of its own.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/directory/directory.h"
#include "domain/indicator/indicator.h"

namespace duban {

class Event;
struct Stamp;

// One task as a list names it, before it is registered.
struct PlannedTask {
    std::uint32_t no = 0;
    std::string title;
    std::string text;  // the document's words, "" when the list has titles only
    UnitCode lead;
    std::vector<UnitCode> co;
    std::optional<Date> due;
    std::vector<Indicator> indicators;
    bool operator==(const PlannedTask&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlannedTask, (), (no, title, text, lead, co, due, indicators))

// A whole list as read from a file or a request.
struct PlanDocument {
    PlanId plan;
    std::string title;
    std::string zone;
    std::string responsibility;  // "按职责分工负责"
    std::string document_no;     // number of the basis document, "" when none
    std::vector<Unit> units;
    std::vector<PlannedTask> tasks;
    bool operator==(const PlanDocument&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanDocument, (),
                      (plan, title, zone, responsibility, document_no, units, tasks))

struct Plan {
    PlanId plan;
    std::string title;
    std::string zone;
    std::string responsibility;
    std::string document_no;
    Digest content;
    std::vector<std::uint32_t> tasks;  // ascending
    bool operator==(const Plan&) const = default;
};
BOOST_DESCRIBE_STRUCT(Plan, (), (plan, title, zone, responsibility, document_no, content, tasks))

struct PlanBook {
    std::map<PlanId, Plan> plans;
    bool operator==(const PlanBook&) const = default;
};

// Total: an event of another family changes nothing.
[[nodiscard]] PlanBook evolve(PlanBook state, const Event& event, const Stamp& stamp);

}  // namespace duban
