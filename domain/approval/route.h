// Route: a versioned approval definition: a list of nodes in turn, of which some are blocks with
// lists of their own. Plain data, in the form in which it is kept; RoutePlan (route_plan.h) is what
// the engine works with.
// A trailing underscore keeps a member or value off a C++ keyword; it is not part of the JSON name.
// Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/approval/condition.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/directory/directory.h"
#include "domain/indicator/indicator.h"

namespace duban {

class Event;
class RoutePlan;
struct Stamp;

// What an approval judges.
enum class SubjectKind { report, extension, amendment, issue, closing };
BOOST_DESCRIBE_ENUM(SubjectKind, report, extension, amendment, issue, closing)
// task: somebody decides. The others: choose takes the first branch whose condition holds, inc
// every one that does, par all of them; each runs its list once for every unit; cc sends copies;
// goto continues elsewhere; auto_ passes or closes by itself; wait is passed by an event or by
// time; sub starts an approval of its own on the same revision.
enum class NodeKind { task, choose, par, inc, each, cc, goto_, auto_, wait, sub };
BOOST_DESCRIBE_ENUM(NodeKind, task, choose, par, inc, each, cc, goto_, auto_, wait, sub)
// A first fill is passed by submitting and opens again on a return to it; a later one is passed by
// approving with an opinion. confirm and read are approve by other names.
enum class NodeDo { approve, fill, confirm, read };
BOOST_DESCRIBE_ENUM(NodeDo, approve, fill, confirm, read)
enum class NodeMode { one, any, all, seq, vote, claim, random };
BOOST_DESCRIBE_ENUM(NodeMode, one, any, all, seq, vote, claim, random)
// What a refusal does.
enum class Dissent { veto, record, escalate };
BOOST_DESCRIBE_ENUM(Dissent, veto, record, escalate)
// Where nobody holds a slot when it opens. seat: `stand_in` does.
enum class OnEmpty { reject, skip, admin, seat };
BOOST_DESCRIBE_ENUM(OnEmpty, reject, skip, admin, seat)
// Where the author alone holds a slot.
enum class OnSelf { allow, skip, superior, head };
BOOST_DESCRIBE_ENUM(OnSelf, allow, skip, superior, head)
enum class Dedupe { none, once, adjacent };
BOOST_DESCRIBE_ENUM(Dedupe, none, once, adjacent)
enum class Act {
    approve,
    reject,
    return_,
    transfer,
    delegate,
    add_before,
    add_with,
    add_after,
    drop,
    cc,
    hold,
    end
};
BOOST_DESCRIBE_ENUM(Act, approve, reject, return_, transfer, delegate, add_before, add_with,
                    add_after, drop, cc, hold, end)
enum class OpinionNeed { usual, opt, must };
BOOST_DESCRIBE_ENUM(OpinionNeed, usual, opt, must)
// How it goes on when the target of a return is passed: every node between again, or straight back
// to who returned. ask: who returns says it.
enum class Resume { rerun, jump, ask };
BOOST_DESCRIBE_ENUM(Resume, rerun, jump, ask)
// What becomes of the other branches of a block that a return leaves.
enum class Branches { cancel, keep };
BOOST_DESCRIBE_ENUM(Branches, cancel, keep)
enum class PickBy { nobody, starter, prev };
BOOST_DESCRIBE_ENUM(PickBy, nobody, starter, prev)
enum class VoteBy { head, weight };
BOOST_DESCRIBE_ENUM(VoteBy, head, weight)
enum class Settle { early, all };
BOOST_DESCRIBE_ENUM(Settle, early, all)
enum class EachIn { coop_units, units };
BOOST_DESCRIBE_ENUM(EachIn, coop_units, units)
enum class AutoResult { none, pass, reject };
BOOST_DESCRIBE_ENUM(AutoResult, none, pass, reject)
enum class WithdrawRule { before_end, before_first, never };
BOOST_DESCRIBE_ENUM(WithdrawRule, before_end, before_first, never)
// accept_values, set_due, close_task, amend, issue_task: what a report, an extension, a closing, an
// amendment and an issue are for. reopen: a rejected closing sends the task back to work. The
// others are told and recorded.
enum class Effect {
    accept_values,
    set_due,
    close_task,
    reopen,
    issue,
    flag,
    notify,
    amend,
    issue_task,
    archive
};
BOOST_DESCRIBE_ENUM(Effect, accept_values, set_due, close_task, reopen, issue, flag, notify, amend,
                    issue_task, archive)
// Whom the effect notify tells.
enum class NotifyWhom { all_units, lead, coop, own, office };
BOOST_DESCRIBE_ENUM(NotifyWhom, all_units, lead, coop, own, office)
// How a decision is to be signed; kept with the route and asked of nobody yet.
enum class SignKind { none, pin, ink, seal };
BOOST_DESCRIBE_ENUM(SignKind, none, pin, ink, seal)
enum class DueFrom { assigned, period_end, task_due };
BOOST_DESCRIBE_ENUM(DueFrom, assigned, period_end, task_due)
enum class Over { remind, pass, reject, return_, deem, escalate };
BOOST_DESCRIBE_ENUM(Over, remind, pass, reject, return_, deem, escalate)

// One seat, named in a route: "unit" is lead, own, $u, office, zone, audit or # with a code.
struct SeatSelector {
    std::string unit;
    Post post = Post::clerk;
    bool operator==(const SeatSelector&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeatSelector, (), (unit, post))

// Whom a node asks: unit and post (coop: a slot for each cooperating unit), or a person, or the
// members of a group, or persons whom somebody picks among the holders of `from`, at most `max`.
struct Selector {
    static constexpr bool sparse = true;
    std::string unit;
    std::optional<Post> post;
    PersonId user;
    std::string group;
    PickBy pick = PickBy::nobody;
    std::optional<SeatSelector> from;
    std::uint32_t max = 0;     // 0: no limit
    std::uint32_t weight = 0;  // in a vote by weight; 0 means 1
    bool operator==(const Selector&) const = default;
};
BOOST_DESCRIBE_STRUCT(Selector, (), (unit, post, user, group, pick, from, max, weight))

struct EffectSpec {
    static constexpr bool sparse = true;
    std::optional<Effect> do_;
    std::optional<NotifyWhom> to = {};  // notify; nothing: all_units
    std::string key = {};               // flag
    std::string why = {};               // flag
    std::string form = {};              // issue: which paper
    std::string state = {};             // close_task, reopen: what the office calls it
    std::optional<Join> join = {};      // accept_values; nothing: as each indicator accumulates
    bool operator==(const EffectSpec&) const = default;
};
BOOST_DESCRIBE_STRUCT(EffectSpec, (), (do_, to, key, why, form, state, join))

struct Effects {
    static constexpr bool sparse = true;
    std::vector<EffectSpec> pass;
    std::vector<EffectSpec> reject;
    std::vector<EffectSpec> withdraw;
    bool operator==(const Effects&) const = default;
};
BOOST_DESCRIBE_STRUCT(Effects, (), (pass, reject, withdraw))

struct ReturnRule {
    static constexpr bool sparse = true;
    std::vector<std::string> to;  // prev, start, any, #id
    Resume then = Resume::rerun;
    Branches branches = Branches::cancel;
    bool operator==(const ReturnRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReturnRule, (), (to, then, branches))

struct OpinionRule {
    static constexpr bool sparse = true;
    OpinionNeed approve = OpinionNeed::usual;  // usual: may be left out, but not in a fill
    OpinionNeed reject = OpinionNeed::usual;   // usual: must be given
    OpinionNeed return_ = OpinionNeed::usual;  // usual: must be given
    bool operator==(const OpinionRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(OpinionRule, (), (approve, reject, return_))

struct VoteRule {
    static constexpr bool sparse = true;
    VoteBy by = VoteBy::head;
    std::string pass;  // "a/b" of all, ">a/b" more than that, or a count
    Settle settle = Settle::early;
    std::vector<Selector> veto;
    bool operator==(const VoteRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(VoteRule, (), (by, pass, settle, veto))

// By when a round is to be decided, and what happens then.
struct DueRule {
    static constexpr bool sparse = true;
    std::uint32_t wd = 0;  // working days, or
    std::uint32_t h = 0;   // hours
    DueFrom from = DueFrom::assigned;
    std::vector<std::int32_t> remind;  // days (hours) from the due time
    std::uint32_t max = 0;
    Over over = Over::remind;
    std::optional<SeatSelector> to;  // escalate
    bool operator==(const DueRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueRule, (), (wd, h, from, remind, max, over, to))

struct RouteBranch;

struct RouteNode {
    static constexpr bool sparse = true;
    std::string id;
    std::string name;  // "": the id
    NodeKind kind = NodeKind::task;
    std::optional<Condition> when;
    // task, cc
    NodeDo do_ = NodeDo::approve;
    std::vector<Selector> who;
    NodeMode mode = NodeMode::one;
    std::optional<VoteRule> vote;
    Dissent dissent = Dissent::veto;  // of an each too
    std::optional<SeatSelector> superior;
    OnEmpty empty = OnEmpty::reject;
    std::optional<SeatSelector> stand_in;
    OnSelf self = OnSelf::allow;
    std::vector<Act> acts;  // empty: approve and reject
    ReturnRule return_;
    OpinionRule opinion;
    std::optional<DueRule> due;
    SignKind sign = SignKind::none;
    // choose, par, inc
    std::vector<RouteBranch> branches;
    // each
    std::optional<EachIn> in;
    std::string as;    // "u"
    std::string need;  // all, any or a/b
    std::vector<RouteNode> steps;
    // goto
    std::string to;
    std::uint32_t max = 0;  // 0: nine times
    // auto
    AutoResult result = AutoResult::none;
    std::string why;
    std::vector<EffectSpec> effects;
    // sub: the route of the approval that it starts, and whether it waits for that one's end
    RouteId route;
    std::optional<bool> wait;  // nothing: it does
    // wait: one of them
    std::string event;
    std::uint32_t wd = 0;  // working days
    std::uint32_t h = 0;   // hours
    std::string until;     // path of a day, to its end
    bool operator==(const RouteNode& other) const;
};

struct RouteBranch {
    static constexpr bool sparse = true;
    std::optional<Condition> when;
    bool default_ = false;
    std::vector<RouteNode> steps;
    bool operator==(const RouteBranch& other) const;
};
BOOST_DESCRIBE_STRUCT(RouteBranch, (), (when, default_, steps))
BOOST_DESCRIBE_STRUCT(RouteNode, (),
                      (id, name, kind, when, do_, who, mode, vote, dissent, superior, empty,
                       stand_in, self, acts, return_, opinion, due, sign, branches, in, as, need,
                       steps, to, max, result, why, effects, event, route, wait, wd, h, until))

struct Route {
    static constexpr bool sparse = true;
    RouteId route;
    std::int32_t ver = 0;
    SubjectKind subject = SubjectKind::report;
    std::string title;
    std::vector<Selector> starts;
    std::vector<std::string> material;  // fields whose change voids what was decided
    Dedupe dedupe = Dedupe::none;
    WithdrawRule withdraw = WithdrawRule::before_end;
    bool reclaim = false;
    std::vector<Selector> revoke_after_pass;
    Effects on;
    std::vector<RouteNode> steps;
    bool operator==(const Route&) const = default;
};
BOOST_DESCRIBE_STRUCT(Route, (),
                      (route, ver, subject, title, starts, material, dedupe, withdraw, reclaim,
                       revoke_after_pass, on, steps))

// Which route a task's subjects of a kind take; without one, the route that is named as the kind.
struct RouteBinding {
    SubjectKind kind = SubjectKind::report;
    RouteId route;
    bool operator==(const RouteBinding&) const = default;
};
BOOST_DESCRIBE_STRUCT(RouteBinding, (), (kind, route))

// Every version of every route: running approvals keep the version that they began with.
struct RouteBook {
    std::map<std::pair<RouteId, std::int32_t>, std::shared_ptr<const RoutePlan>> routes;
    bool operator==(const RouteBook& other) const;
};

// Total: an event of another family changes nothing.
[[nodiscard]] RouteBook evolve(RouteBook state, const Event& event, const Stamp& stamp);
// Adds a version. Requires: check_route has passed it.
void add_route(RouteBook& book, Route route);

// nullptr when there is none.
[[nodiscard]] const RoutePlan* newest_route(const RouteBook& book, const RouteId& route);
[[nodiscard]] const RoutePlan* find_route(const RouteBook& book, const RouteId& route,
                                          std::int32_t version);

}  // namespace duban
