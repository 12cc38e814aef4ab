#include "api/render/approval_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/route_plan.h"
#include "domain/approval/seats.h"
#include "domain/approval/sight.h"
#include "domain/approval/stuck.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr std::size_t slots_shown_max = 10'000;

const RoutePlan* plan_of(const Approval& approval, const TaskViewer& viewer) {
    if (viewer.routes == nullptr) return nullptr;
    return find_route(*viewer.routes, approval.route, approval.route_version);
}

std::string node_name(const RoutePlan* plan, const std::string& address) {
    if (plan == nullptr) return {};
    const PlaceNo place = plan->find(parse_address(address).id);
    return place == no_place ? std::string() : name_of(plan->node(place));
}

// Of a node that the approval's version may have no longer: as the newest version names it that
// has.
std::string once_named(const RoutePlan* plan, const std::string& address,
                       const TaskViewer& viewer) {
    auto name = node_name(plan, address);
    if (!name.empty() || plan == nullptr) return name;
    const auto& versions = viewer.routes->routes;
    for (auto one = versions.lower_bound({plan->route().route, 0});
         one != versions.end() && one->first.first == plan->route().route; ++one) {
        auto other = node_name(one->second.get(), address);
        if (!other.empty()) name = std::move(other);
    }
    return name;
}

Json ids_json(const std::vector<PersonId>& persons) {
    Json list = Json::array();
    for (const PersonId& person : persons) list.push_back(person.value);
    return list;
}

std::vector<PersonId> holders_now(const TaskState& task, const ApprovalNode& node, const Slot& slot,
                                  const TaskViewer& viewer) {
    if (node.state != NodeState::open || !can_act_now(slot)) return {};
    return slot_holders(slot, node.except, task, viewer.directory);
}

bool has_no_reason(const Slot& slot) {
    return slot.reason == SkipReason::none;
}

// Who added it, and who was asked beside or instead of its holder.
void add_signers(const Slot& slot, Json& json) {
    if (!slot.added_by.empty()) {
        json["added_by"] = slot.added_by.value;
        json["pos"] = std::string(enum_name(slot.pos));
        json["to_slot"] = slot.parent;
    }
    if (slot.reassigned) json["reassigned"] = true;
    for (const Delegation& one : slot.delegation) {
        Json asked = {{"from", one.from.value}, {"to", one.to.value}, {"at", to_string(one.at)}};
        if (!one.question.empty()) asked["question"] = one.question;
        if (!one.opinion.empty()) asked["opinion"] = one.opinion;
        json["delegation"].push_back(std::move(asked));
    }
    for (const TakenBack& one : slot.taken_back) {
        Json back = {{"by", one.by.value},
                     {"opinion", one.opinion},
                     {"decided", to_string(one.decided)},
                     {"at", to_string(one.at)}};
        if (!one.on_behalf_of.empty()) back["on_behalf_of"] = one.on_behalf_of.value;
        if (one.said != Said::nothing) back["said"] = std::string(enum_name(one.said));
        json["taken_back"].push_back(std::move(back));
    }
}

// Without who holds it.
Json slot_json(const Slot& slot) {
    Json json = {{"slot", slot.slot}, {"state", std::string(enum_name(slot.state))}};
    if (slot.seat) {
        json["seat"] = {{"unit", slot.seat->unit.value},
                        {"post", std::string(enum_name(slot.seat->post))}};
    }
    if (!slot.person.empty()) json["who"] = slot.person.value;
    if (!slot.bound.empty()) json["bound_to"] = slot.bound.value;
    if (slot.weight > 1) json["weight"] = slot.weight;
    if (slot.veto) json["veto"] = true;
    if (slot.superior) json["superior"] = true;
    if (slot.escalated) json["escalated"] = true;
    if (!has_no_reason(slot)) json["reason"] = std::string(enum_name(slot.reason));
    if (slot.said != Said::nothing) json["said"] = std::string(enum_name(slot.said));
    add_signers(slot, json);
    if (slot.by.empty()) return json;
    json["by"] = slot.by.value;
    if (!slot.on_behalf_of.empty()) json["on_behalf_of"] = slot.on_behalf_of.value;
    json["opinion"] = slot.opinion;
    json["at"] = to_string(slot.at);
    json["revision"] = slot.revision;
    return json;
}

Schema delegation_schema() {
    return object({required("from", text(0, 64)), required("to", text(0, 64)),
                   required("at", form(Form::timestamp)),
                   optional("question", text(0, described_text_max)),
                   optional("opinion", text(0, described_text_max))});
}

Schema taken_back_schema() {
    return object(
        {required("by", text(0, 64)), optional("on_behalf_of", text(0, 64)),
         optional("said", choice({"yes", "no"})), required("opinion", text(0, described_text_max)),
         required("decided", form(Form::timestamp)), required("at", form(Form::timestamp))});
}

Schema slot_schema() {
    const Schema seat = object({required("unit", text(0, 64)), required("post", shapes::post())});
    const Schema person = text(0, 64);
    return object({required("slot", text(1, 64)),
                   required("state", enum_schema<SlotState>()),
                   optional("holders", list(person, 0, 10'000)),
                   optional("seat", seat),
                   optional("who", person),
                   optional("bound_to", person),
                   optional("claimed_by", person),
                   optional("weight", integer(0, 1'000'000)),
                   optional("veto", boolean()),
                   optional("superior", boolean()),
                   optional("escalated", boolean(), "Asked because time was up."),
                   optional("stuck", boolean(), "Escalated, and silent for as long again."),
                   optional("reason", enum_schema<SkipReason>()),
                   optional("said", choice({"yes", "no"})),
                   optional("by", person),
                   optional("on_behalf_of", person),
                   optional("opinion", text(0, described_text_max)),
                   optional("at", form(Form::timestamp)),
                   optional("revision", integer(0, 1'000'000)),
                   optional("added_by", person),
                   optional("pos", choice({"before", "with", "after"})),
                   optional("to_slot", text(0, 64)),
                   optional("reassigned", boolean()),
                   optional("delegation", list(delegation_schema(), 0, 1000)),
                   optional("taken_back", list(taken_back_schema(), 0, 1000))});
}

Json slots_json(const TaskState& task, const Approval& approval, const ApprovalNode& node,
                const TaskViewer& viewer) {
    Json list = Json::array();
    for (const Slot& kept : node.slots) {
        const Slot slot =
            node.state == NodeState::open ? slot_today(kept, task, viewer.directory) : kept;
        Json json = slot_json(slot);
        json["holders"] = ids_json(holders_now(task, node, slot, viewer));
        if (is_stuck(approval, node, slot, viewer.now)) json["stuck"] = true;
        const bool claimed = node.mode == NodeMode::claim && !slot.bound.empty();
        if (claimed) json["claimed_by"] = slot.bound.value;
        list.push_back(std::move(json));
    }
    return list;
}

Json run_json(const std::vector<UnitRun>& units) {
    Json list = Json::array();
    for (const UnitRun& one : units) {
        list.push_back({{"unit", one.unit.value}, {"state", std::string(enum_name(one.state))}});
    }
    return list;
}

// By when, and by which rule and calendar.
void add_due(Json& json, const NodeDue& due) {
    json["due"] = to_string(office_date(Timestamp{due.at.ms - 1}));
    json["due_at"] = to_string(due.at);
    Json rule = {{"from", std::string(enum_name(due.from))}, {"base", to_string(due.base)}};
    if (due.wd != 0) {
        rule["wd"] = due.wd;
        rule["calendar"] = due.calendar;
        rule["provisional"] = due.provisional;
    }
    if (due.h != 0) rule["h"] = due.h;
    json["due_rule"] = std::move(rule);
}

Schema due_rule_schema() {
    return object({required("from", enum_schema<DueFrom>()),
                   required("base", form(Form::date), "The day that was counted from."),
                   optional("wd", integer(0, 1'000'000), "Working days."),
                   optional("h", integer(0, 1'000'000), "Hours."),
                   optional("calendar", integer(0, 1'000'000), "Version that was counted on."),
                   optional("provisional", boolean(), "Through a year that is not published.")});
}

// A node of the route, reached or not.
Json node_json(const TaskState& task, const Approval& approval, const RouteNode& node,
               const std::string& address, const TaskViewer& viewer) {
    const ApprovalNode* run = find_node(approval, address);
    Json json = {{"node", address},
                 {"name", name_of(node)},
                 {"kind", std::string(enum_name(node.kind))},
                 {"state", std::string(enum_name(run == nullptr ? NodeState::idle : run->state))},
                 {"round", run == nullptr ? 0 : run->round}};
    if (node.kind == NodeKind::each)
        json["units"] = run_json(run ? run->units : std::vector<UnitRun>());
    if (!is_block(node.kind)) json["slots"] = Json::array();
    if (run == nullptr) return json;
    if (run->opened != Timestamp{}) json["opened"] = to_string(run->opened);
    if (run->due) add_due(json, *run->due);
    if (run->reason != SkipReason::none) json["reason"] = std::string(enum_name(run->reason));
    if (!is_block(node.kind)) json["slots"] = slots_json(task, approval, *run, viewer);
    return json;
}

Schema node_schema() {
    const Schema unit =
        object({required("unit", text(0, 64)), required("state", enum_schema<UnitRunState>())});
    return object(
        {required("node", text(0, 200)), required("name", text(0, 1000)),
         required("kind", enum_schema<NodeKind>()), required("state", enum_schema<NodeState>()),
         required("round", integer(0, 1'000'000)), optional("opened", form(Form::timestamp)),
         optional("due", form(Form::date), "The last day, fixed when the round opened."),
         optional("due_at", form(Form::timestamp), "The first moment after."),
         optional("due_rule", due_rule_schema()), optional("reason", enum_schema<SkipReason>()),
         optional("slots", list(slot_schema(), 0, slots_shown_max)),
         optional("units", list(unit, 0, 1000))});
}

// The units whose runs a node inside an each has, once that is open.
std::vector<UnitCode> runs_of(const RoutePlan& plan, const Approval& approval, PlaceNo each) {
    std::vector<UnitCode> units;
    const auto* run = find_node(approval, plan.node(each).id);
    if (run == nullptr) return units;
    for (const UnitRun& one : run->units) units.push_back(one.unit);
    return units;
}

Json nodes_json(const TaskState& task, const Approval& approval, const RoutePlan* plan,
                const TaskViewer& viewer) {
    Json list = Json::array();
    if (plan == nullptr) return list;
    for (PlaceNo place = 0; place < plan->size();) {
        const RouteNode& node = plan->node(place);
        list.push_back(node_json(task, approval, node, node.id, viewer));
        if (node.kind != NodeKind::each) {
            ++place;
            continue;
        }
        for (const UnitCode& unit : runs_of(*plan, approval, place)) {
            for (PlaceNo at = place + 1; at < (*plan)[place].end; ++at) {
                const auto address = address_of(plan->node(at).id, unit);
                list.push_back(node_json(task, approval, plan->node(at), address, viewer));
            }
        }
        place = (*plan)[place].end;
    }
    return list;
}

// The slots that somebody can act on, in the route's order.
Json waiting_json(const Json& nodes) {
    Json list = Json::array();
    for (const Json& node : nodes) {
        const auto slots = node.find("slots");
        if (slots == node.end()) continue;
        for (const Json& slot : *slots) {
            if (slot.at("holders").empty()) continue;
            list.push_back({{"node", node.at("node")},
                            {"slot", slot.at("slot")},
                            {"holders", slot.at("holders")}});
        }
    }
    return list;
}

// The open nodes with their seats, in short.
Json open_json(const TaskState& task, const Approval& approval, const RoutePlan* plan,
               const TaskViewer& viewer) {
    Json list = Json::array();
    for (const ApprovalNode& node : approval.nodes) {
        if (node.state != NodeState::open || node.slots.empty()) continue;
        Json who = Json::array();
        for (const Slot& slot : node.slots) {
            if (!can_act_now(slot)) continue;
            Json persons = Json::array();
            for (const auto& person : holders_now(task, node, slot, viewer)) {
                persons.push_back(person_json(viewer.directory, person));
            }
            Json json = slot.seat ? seat_json(viewer.directory, *slot.seat) : Json::object();
            json["slot"] = slot.slot;
            json["holders"] = std::move(persons);
            who.push_back(std::move(json));
        }
        list.push_back({{"node", node.node},
                        {"name", node_name(plan, node.node)},
                        {"round", node.round},
                        {"opened", to_string(node.opened)},
                        {"who", std::move(who)}});
    }
    return list;
}

Schema open_schema() {
    const Schema who = object({optional("unit", shapes::unit()), optional("post", shapes::post()),
                               required("slot", text(0, 64)),
                               required("holders", list(shapes::person(), 0, 10'000))});
    return object({required("node", text(0, 200)), required("name", text(0, 1000)),
                   required("round", integer(0, 1'000'000)),
                   required("opened", form(Form::timestamp)),
                   required("who", list(who, 0, slots_shown_max))});
}

Json round_json(const Round& round, const RoutePlan* plan, const TaskViewer& viewer) {
    Json json = {{"node", round.node},
                 {"name", once_named(plan, round.node, viewer)},
                 {"round", round.round},
                 {"end", std::string(enum_name(round.end))},
                 {"opinion", round.opinion},
                 {"revision", round.revision},
                 {"revision_digest", round.revision_digest.value},
                 {"opened", to_string(round.opened)},
                 {"time", to_string(round.time)}};
    if (!round.reason.empty()) json["reason"] = round.reason;
    if (!round.person.empty()) json["person"] = person_json(viewer.directory, round.person);
    if (!round.on_behalf_of.empty()) {
        json["on_behalf_of"] = person_json(viewer.directory, round.on_behalf_of);
    }
    if (round.returned) {
        json["return_to"] = round.returned->to;
        json["then"] = std::string(enum_name(round.returned->then));
        json["branches"] = std::string(enum_name(round.returned->branches));
    }
    Json slots = Json::array();
    for (const Slot& slot : round.slots) slots.push_back(slot_json(slot));
    json["slots"] = std::move(slots);
    return json;
}

Schema round_schema() {
    return object(
        {required("node", text(0, 200)), required("name", text(0, 1000)),
         required("round", integer(0, 1'000'000)), required("end", enum_schema<NodeState>()),
         required("opinion", text(0, described_text_max)),
         required("revision", integer(0, 1'000'000)), required("revision_digest", text(0, 100)),
         required("opened", form(Form::timestamp)), required("time", form(Form::timestamp)),
         optional("reason", text(0, described_text_max)), optional("person", shapes::person()),
         optional("on_behalf_of", shapes::person()), optional("return_to", text(0, 200)),
         optional("then", enum_schema<Resume>()), optional("branches", enum_schema<Branches>()),
         required("slots", list(slot_schema(), 0, slots_shown_max))});
}

Json copy_json(const Copy& copy, const Directory& directory) {
    Json json = to_json_value(copy);
    json["to"] = person_json(directory, copy.to);
    json["by"] = person_json(directory, copy.by);
    json["reason"] = std::string(enum_name(copy.reason));
    return json;
}

Schema copy_schema() {
    return with(schema_of<Copy>(SchemaUse::result),
                {required("to", shapes::person()), required("by", shapes::person()),
                 required("reason", enum_schema<CopyReason>())});
}

Json comments_json(const TaskHistory& history, std::uint32_t approval, const Directory& directory) {
    Json list = Json::array();
    for (const SaidComment& said : history.comments) {
        if (said.approval != approval) continue;
        Json json = {{"by", person_json(directory, said.comment.by)},
                     {"text", said.comment.text},
                     {"at", to_string(said.comment.at)},
                     {"to", Json::array()}};
        for (const auto& person : said.comment.to) {
            json["to"].push_back(person_json(directory, person));
        }
        list.push_back(std::move(json));
    }
    return list;
}

Schema comment_schema() {
    return object({required("by", shapes::person()), required("text", text(0, described_text_max)),
                   required("at", form(Form::timestamp)),
                   required("to", list(shapes::person(), 0, 1000))});
}

Json subject_json(const ApprovalSubject& subject) {
    return {{"kind", std::string(enum_name(subject.kind))},
            {"id", to_string(subject.id)},
            {"unit", subject.unit.value}};
}

Schema subject_schema() {
    return object({required("kind", enum_schema<SubjectKind>()), required("id", text(1, 200)),
                   required("unit", text(0, 64))});
}

}  // namespace

Json approval_json(const TaskState& task, const Approval& approval, const TaskHistory& history,
                   const TaskViewer& viewer) {
    const RoutePlan* plan = plan_of(approval, viewer);
    Json rounds = Json::array();
    for (const Round& round : rounds_of(history, approval.no)) {
        rounds.push_back(round_json(round, plan, viewer));
    }
    Json copies = Json::array();
    for (const Copy& copy : approval.copies) copies.push_back(copy_json(copy, viewer.directory));
    Json nodes = nodes_json(task, approval, plan, viewer);
    Json waiting = is_asking(approval) ? waiting_json(nodes) : Json::array();
    const auto guests = guest_codes(task, approval.no, viewer.directory);
    Json json = {{"approval", to_string(ApprovalId{task.id, approval.no})},
                 {"no", approval.no},
                 {"route", approval.route.value},
                 {"route_version", approval.route_version},
                 {"ver", approval.route_version},
                 {"subject", subject_json(approval.subject)},
                 {"unit", unit_json(viewer.directory, approval.subject.unit)},
                 {"guests", codes_json(guests)},
                 {"starter", person_json(viewer.directory, approval.starter)},
                 {"revision", approval.revision},
                 {"revision_digest", approval.revision_digest.value},
                 {"state", std::string(enum_name(approval.state))},
                 {"nodes", std::move(nodes)},
                 {"waiting", std::move(waiting)},
                 {"open", open_json(task, approval, plan, viewer)},
                 {"history", std::move(rounds)},
                 {"copies", std::move(copies)},
                 {"stack", to_json_value(approval.stack)},
                 {"comments", comments_json(history, approval.no, viewer.directory)}};
    name_subject(json, approval.subject.id);
    if (!approval.ended_reason.empty()) json["reason"] = approval.ended_reason;
    if (!approval.effects.empty()) json["effects"] = to_json_value(approval.effects);
    if (approval.parent) {
        json["parent"] = {{"approval", to_string(ApprovalId{task.id, approval.parent->approval})},
                          {"node", approval.parent->node}};
    }
    Json children = Json::array();
    for (const Approval& one : task.approvals) {
        if (!one.parent || one.parent->approval != approval.no) continue;
        children.push_back(to_string(ApprovalId{task.id, one.no}));
    }
    if (!children.empty()) json["children"] = std::move(children);
    return json;
}

Schema approval_schema() {
    const Schema waiting = object({required("node", text(0, 200)), required("slot", text(0, 64)),
                                   required("holders", list(text(0, 64), 0, 10'000))});
    const Schema parent =
        object({required("approval", form(Form::approval_id)), required("node", text(0, 200))});
    return object(
        {required("approval", form(Form::approval_id)),
         required("no", integer(1, 1'000'000)),
         required("route", text(0, 64)),
         required("route_version", integer(0, 1'000'000)),
         required("ver", integer(0, 1'000'000)),
         required("subject", subject_schema()),
         optional("report", form(Form::report_id)),
         optional("extension", form(Form::extension_id)),
         optional("closing", form(Form::closing_id)),
         optional("amendment", form(Form::amendment_id)),
         optional("issue", form(Form::issue_id)),
         optional("reason", text(0, 100), "Why it ended, where nobody ended it."),
         optional("effects", schema_of<std::vector<EffectSpec>>(SchemaUse::result),
                  "What was issued, flagged, archived or sent back."),
         optional("parent", parent, "Of a sub-route."),
         optional("children", list(form(Form::approval_id), 0, 1000), "Its sub-routes."),
         required("unit", shapes::unit()),
         required("guests", list(text(0, 64), 0, 1000),
                  "Codes of the units outside of the task that see it for this approval."),
         required("starter", shapes::person()),
         required("revision", integer(0, 1'000'000)),
         required("revision_digest", form(Form::digest)),
         required("state", enum_schema<ApprovalState>()),
         required("nodes", list(node_schema(), 0, described_list_max),
                  "Every node in the route's order, with its newest round."),
         required("waiting", list(waiting, 0, described_list_max), "Who can act now."),
         required("open", list(open_schema(), 0, 1000)),
         required("history", list(round_schema(), 0, described_list_max),
                  "Closed rounds in the order in which they closed."),
         required("copies", list(copy_schema(), 0, described_list_max)),
         required("stack", list(schema_of<PendingReturn>(SchemaUse::result), 0, 1000),
                  "Returns whose target is not passed yet, newest last."),
         required("comments", list(comment_schema(), 0, described_list_max))});
}

}  // namespace duban
