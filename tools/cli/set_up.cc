#include "tools/cli/set_up.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/plan_json.h"
#include "commit/local_command.h"
#include "domain/approval/route_commands.h"
#include "domain/calendar/calendar_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/plan/plan_commands.h"
#include "tools/cli/shipped_routes.h"

namespace duban {
namespace {

Status give(Node& node, LocalCommand command) {
    const auto done = run_local(node.commands(), node.clock(), std::move(command));
    if (!done) return tl::unexpected(done.error());
    return {};
}

std::string text_of(const HeldPost& post) {
    std::string text = post.unit.value + "/" + to_string(post.post);
    for (const UnitCode& unit : post.mandate) text += "," + unit.value;
    return text;
}

}  // namespace

Status put_unit(Node& node, const Unit& unit) {
    LocalCommand command{PutUnit{unit}};
    command.method = "unit.put";
    command.name = unit.code.value;
    command.content = unit.name + "\n" + unit.kind;
    return give(node, std::move(command));
}

Status put_own_units(Node& node) {
    const std::array<Unit, 4> units = {{{UnitCode(office_unit), "督查室", "office"},
                                        {UnitCode(zone_unit), "示范区领导", "leaders"},
                                        {UnitCode(audit_unit), "审计", "audit"},
                                        {UnitCode(admin_unit), "管理", "admin"}}};
    for (const Unit& unit : units) {
        if (Status put = put_unit(node, unit); !put) return put;
    }
    return {};
}

Status put_person(Node& node, const SetUpPerson& person) {
    LocalCommand put{PutPerson{person.id, person.name, true}};
    put.method = "person.put";
    put.name = person.id.value;
    put.content = person.name;
    if (Status done = give(node, std::move(put)); !done) return done;
    for (const HeldPost& post : person.posts) {
        LocalCommand grant{GrantPost{person.id, post}};
        grant.method = "post.grant";
        grant.name = person.id.value;
        grant.content = text_of(post);
        if (Status done = give(node, std::move(grant)); !done) return done;
    }
    return {};
}

Status publish_shipped_routes(Node& node, const std::vector<PersonId>& panel) {
    LocalCommand group{PutGroup{{review_panel, "评议组", panel}}};
    group.method = "group.put";
    group.name = review_panel;
    group.content = "shipped";
    if (Status put = give(node, std::move(group)); !put) return put;
    for (const Route& route : shipped_routes()) {
        LocalCommand command{PublishRoute{route}};
        command.method = "route.publish";
        command.name = route.route.value;
        command.content = "shipped " + std::to_string(route.ver);
        if (Status done = give(node, std::move(command)); !done) return done;
    }
    return {};
}

Status publish_announced_years(Node& node) {
    for (const CalendarYear& year : announced_years()) {
        LocalCommand command{PublishCalendar{year}};
        command.method = "calendar.publish";
        command.name = std::to_string(year.year);
        command.content = year.notice;
        if (Status done = give(node, std::move(command)); !done) return done;
    }
    return {};
}

Result<bool> import_plan(Node& node, const PlanDocument& plan) {
    const Position before = node.head().next();
    LocalCommand command{ImportPlan{plan}};
    command.method = "plan.import";
    command.name = plan.plan.value;
    command.content_digest = plan_digest(plan);
    command.content = command.content_digest.value;
    // A refusal is given again to the same command, also after its reason was mended. The plan's
    // content alone makes importing it twice harmless.
    command.run = node.ids().nonce();
    if (Status done = give(node, std::move(command)); !done) return tl::unexpected(done.error());
    return before < node.head().next();
}

}  // namespace duban
