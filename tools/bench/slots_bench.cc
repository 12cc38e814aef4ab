// What a decision costs in an approval with six units and forty slots, beside one in a list of
// single seats. Both approvals go round: the last decision of a pass returns it to the start, and
// the revision that follows is not measured.
#include "tools/bench/slots_bench.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/route_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tools/bench/bench.h"
#include "tools/bench/demo_tasks.h"
#include "tools/bench/process_use.h"

namespace duban {
namespace {

constexpr std::size_t units_wanted = 6;
constexpr std::size_t slots_wanted = 40;

struct Decider {
    std::string node;
    PersonId person;
};

// An approval that waits in its first node after the fill.
struct Passing {
    std::string name;
    std::vector<Decider> deciders;  // of one pass, in the order in which they are asked
    TaskId task = {};
    PersonId clerk = {};
    std::uint32_t revision = 1;

    [[nodiscard]] Digest digest() const { return report_digest(revision); }
};

Selector seat_in(const char* unit, Post post) {
    Selector selector;
    selector.unit = unit;
    selector.post = post;
    return selector;
}

RouteNode asking(const char* id, NodeMode mode, std::vector<Selector> who) {
    RouteNode node;
    node.id = id;
    node.mode = mode;
    node.who = std::move(who);
    node.acts = {Act::approve, Act::reject, Act::return_};
    node.return_.to = {"start"};
    return node;
}

RouteNode filling() {
    RouteNode fill;
    fill.id = "fill";
    fill.do_ = NodeDo::fill;
    fill.who = {seat_in("lead", Post::clerk)};
    return fill;
}

Route route_with(const char* id, std::vector<RouteNode> steps) {
    Route route;
    route.route = RouteId(id);
    route.title = "基准";
    route.on.pass.emplace_back().do_ = Effect::accept_values;
    route.starts = {seat_in("lead", Post::clerk)};
    route.steps.push_back(filling());
    for (RouteNode& step : steps) route.steps.push_back(std::move(step));
    return route;
}

// As the route that comes with the program, without the conditions under which steps are skipped.
Route list_route() {
    return route_with("bench-list",
                      {asking("section", NodeMode::one, {seat_in("lead", Post::section)}),
                       asking("head", NodeMode::one, {seat_in("lead", Post::head)}),
                       asking("check", NodeMode::one, {seat_in("office", Post::clerk)}),
                       asking("adopt", NodeMode::one, {seat_in("office", Post::head)})});
}

// In each unit three who sign at once and three in turn, four who vote in the end.
Route units_route(bool reclaim) {
    const std::vector<Selector> unit = {seat_in("$u", Post::clerk), seat_in("$u", Post::section),
                                        seat_in("$u", Post::head)};
    RouteNode each;
    each.id = "units";
    each.kind = NodeKind::each;
    each.in = EachIn::coop_units;
    each.as = "u";
    each.need = "all";
    each.steps = {asking("read", NodeMode::all, unit), asking("sign", NodeMode::seq, unit)};
    RouteNode vote = asking("vote", NodeMode::vote,
                            {seat_in("lead", Post::head), seat_in("office", Post::clerk),
                             seat_in("office", Post::head), seat_in("zone", Post::leader)});
    vote.vote = VoteRule{VoteBy::head, "1", Settle::all, {}};
    Route route =
        route_with(reclaim ? "bench-reclaim" : "bench-units", {std::move(each), std::move(vote)});
    route.reclaim = reclaim;
    return route;
}

std::vector<Decider> list_deciders(std::size_t index) {
    return {{"section", lead_person(index, "section")},
            {"head", lead_person(index, "head")},
            {"check", PersonId("office.clerk")},
            {"adopt", PersonId("office.head")}};
}

std::vector<Decider> unit_deciders(std::size_t index) {
    std::vector<Decider> deciders;
    for (const char* node : {"read", "sign"}) {
        for (const char* role : {".clerk", ".section", ".head"}) {
            for (const UnitCode& unit : demo_tasks().at(index).co) {
                deciders.push_back({node + ("@" + unit.value), PersonId(unit.value + role)});
            }
        }
    }
    for (PersonId person : {lead_person(index, "head"), PersonId("office.clerk"),
                            PersonId("office.head"), PersonId("zone.leader")}) {
        deciders.push_back({"vote", std::move(person)});
    }
    return deciders;
}

Status begin_passing(Node& node, std::size_t index, const Route& route, Passing& passing) {
    passing.task = demo_task_id(index);
    passing.clerk = lead_person(index, "clerk");
    PublishRoute publish{route};
    AmendTask bind;
    bind.task = passing.task;
    bind.routes = std::vector<RouteBinding>{{SubjectKind::report, route.route}};
    bind.reason = "基准";
    std::vector<CommandRequest> requests;
    requests.push_back(request_of(node, PersonId("office.head"), std::move(publish)));
    requests.push_back(request_of(node, PersonId("office.head"), std::move(bind)));
    requests.push_back(request_of(node, passing.clerk, SignAssignment{passing.task, {}}));
    requests.push_back(request_of(node, passing.clerk,
                                  SubmitReport{passing.task, {}, some_report(passing.revision)},
                                  passing.digest()));
    return give_all(node, std::move(requests), 1);
}

// Everybody approves but the last, who returns it.
std::vector<CommandRequest> pass_of(Node& node, const Passing& passing) {
    const ApprovalId approval{passing.task, 1};
    std::vector<CommandRequest> requests;
    for (const Decider& one : passing.deciders) {
        const bool last = &one == &passing.deciders.back();
        Command command =
            ApproveSlot{approval, one.node, "", passing.revision, passing.digest(), "同意", {}};
        if (last) {
            command = ReturnSlot{approval,         one.node, "",           passing.revision,
                                 passing.digest(), "start",  std::nullopt, "请补充"};
        }
        requests.push_back(request_of(node, one.person, std::move(command)));
    }
    return requests;
}

Status revise_again(Node& node, Passing& passing) {
    ++passing.revision;
    const ReviseReport command{ReportId{passing.task, 1}, some_report(passing.revision)};
    return give_one(node, request_of(node, passing.clerk, command, passing.digest()));
}

// Microseconds of processor time of one decision.
Result<double> decision_cost(Node& node, Passing& passing, std::size_t decisions) {
    double cpu_s = 0;
    const std::size_t passes = decisions / passing.deciders.size();
    for (std::size_t i = 0; i < passes; ++i) {
        auto requests = pass_of(node, passing);
        const Stopwatch watch;
        if (Status given = give_all(node, std::move(requests), 1); !given) {
            return tl::unexpected<Error>(given.error());
        }
        cpu_s += watch.cpu_s();
        if (Status done = revise_again(node, passing); !done) {
            return tl::unexpected<Error>(done.error());
        }
    }
    return cpu_s * 1e6 / static_cast<double>(passes * passing.deciders.size());
}

}  // namespace

Status bench_slots(Node& node, const SlotsTasks& tasks, const BenchOptions& options,
                   Figures& figures) {
    const std::size_t decisions =
        size_of(options, 5 * slots_wanted, static_cast<std::size_t>(slots_wanted));
    DUBAN_ASSERT(demo_tasks().at(tasks.units).co.size() == units_wanted);
    Passing list{"decision in a list", list_deciders(tasks.list)};
    Passing units{"decision among 40 slots", unit_deciders(tasks.units)};
    Passing reclaim{"decision among 40 slots, with reclaim", unit_deciders(tasks.reclaim)};
    DUBAN_ASSERT(units.deciders.size() == slots_wanted);
    Status begun = begin_passing(node, tasks.list, list_route(), list);
    if (begun) begun = begin_passing(node, tasks.units, units_route(false), units);
    if (begun) begun = begin_passing(node, tasks.reclaim, units_route(true), reclaim);
    if (!begun) return begun;
    for (std::size_t i = 0; i <= options.repeat; ++i) {
        double list_us = 0;
        for (Passing* one : {&list, &units, &reclaim}) {
            const auto cost_us = decision_cost(node, *one, decisions);
            if (!cost_us) return tl::unexpected<Error>(cost_us.error());
            // The first round of each meets cold caches.
            if (i == 0) continue;
            if (one == &list) list_us = *cost_us;
            figures.add(one->name + ": processor", "us", *cost_us);
            if (one != &list) {
                figures.add(one->name + " / in a list", "", *cost_us / list_us);
            }
        }
    }
    figures.note("40 slots: an approval with six units, of whom each has six, and a vote of four.");
    return {};
}

}  // namespace duban
