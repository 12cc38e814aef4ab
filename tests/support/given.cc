#include "tests/support/given.h"

#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "domain/amendment/amendment_commands.h"
#include "domain/approval/approval_commands.h"
#include "domain/approval/desk.h"
#include "domain/approval/route_events.h"
#include "domain/approval/seats.h"
#include "domain/closing/closing_commands.h"
#include "domain/directory/directory_events.h"
#include "domain/extension/extension_commands.h"
#include "domain/issuing/issuing_commands.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

std::string trace_of(const std::source_location& where) {
    return std::string("when at ") + where.file_name() + ":" + std::to_string(where.line());
}

Indicator indicator(const char* id, const char* name, Operator op, std::vector<std::string> target,
                    const char* unit) {
    Indicator made;
    made.id = id;
    made.name = name;
    made.op = op;
    made.target = std::move(target);
    made.unit = unit;
    made.accumulate = Accumulate::sum;
    return made;
}

void add_unit(GivenTask& world, const UnitCode& code, const char* kind) {
    const Event put = Event(UnitPut{{code, "unit " + code.value, kind}});
    world.fold(put, system_actor);
}

void add_person(GivenTask& world, const std::string& id, const UnitCode& unit, Post post) {
    world.fold(Event(PersonPut{PersonId(id), "name of " + id, true}), system_actor);
    world.fold(Event(PostGranted{PersonId(id), {unit, post, {}}}), system_actor);
}

void add_bureau(GivenTask& world, const UnitCode& code) {
    add_unit(world, code, "bureau");
    add_person(world, code.value + ".clerk", code, Post::clerk);
    add_person(world, code.value + ".section", code, Post::section);
    add_person(world, code.value + ".head", code, Post::head);
}

Digest digest_of_text(const std::string& text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::ostringstream hex;
    hex << std::hex << hash;
    const auto digits = hex.str();
    return Digest("sha256:" + std::string(64 - digits.size(), '0') + digits);
}

Digest digest_for(const Command& command) {
    if (const auto* save = command.get_if<SaveReport>()) return digest_of(save->content);
    if (const auto* submit = command.get_if<SubmitReport>()) return digest_of(submit->content);
    if (const auto* revise = command.get_if<ReviseReport>()) return digest_of(revise->content);
    if (const auto* request = command.get_if<RequestExtension>())
        return digest_of(request->content);
    if (const auto* revise = command.get_if<ReviseExtension>()) return digest_of(revise->content);
    if (const auto* request = command.get_if<RequestClosing>()) return digest_of(request->content);
    if (const auto* revise = command.get_if<ReviseClosing>()) return digest_of(revise->content);
    if (const auto* request = command.get_if<RequestAmendment>())
        return digest_of(request->content);
    if (const auto* revise = command.get_if<ReviseAmendment>()) return digest_of(revise->content);
    if (const auto* request = command.get_if<RequestIssue>()) return digest_of(request->content);
    if (const auto* revise = command.get_if<ReviseIssue>()) return digest_of(revise->content);
    return {};
}

// Who approves in the nodes of the default route.
constexpr std::array<std::pair<const char*, const char*>, 4> default_steps{
    {{"section", "jtj.section"},
     {"head", "jtj.head"},
     {"check", "office.clerk"},
     {"adopt", "office.head"}}};

}  // namespace

void Outcome::gives(std::vector<Event> events) const {
    gives_for("", std::move(events));
}

void Outcome::gives_for(const char* principal, std::vector<Event> events) const {
    const testing::ScopedTrace trace(__FILE__, __LINE__, trace_of(where_));
    Decision wanted;
    wanted.on_behalf_of = PersonId(principal);
    for (auto& event : events) {
        wanted.events.push_back(NewEvent{event.stream(), std::move(event)});
    }
    if (result_) {
        EXPECT_EQ(*result_, wanted);
    } else {
        ADD_FAILURE() << "refused: " << testing::PrintToString(result_.error());
    }
}

void Outcome::refused(Errc code, const std::string& blamed) const {
    const testing::ScopedTrace trace(__FILE__, __LINE__, trace_of(where_));
    if (result_) {
        ADD_FAILURE() << "not refused: " << testing::PrintToString(*result_);
        return;
    }
    const auto& error = result_.error();
    EXPECT_EQ(error.code, code) << testing::PrintToString(error);
    EXPECT_EQ(code == Errc::rule_violation ? error.rule
              : blamed.empty()             ? ""
                                           : error.field,
              blamed)
        << testing::PrintToString(error);
    EXPECT_GE(error.detail.size(), 20U) << "too short to help: " << error.detail;
}

GivenTask::GivenTask() : now(*parse_timestamp("2026-09-01T02:00:00.000Z")) {
    for (const auto& code : {jtj, jzy, rsj}) add_bureau(*this, code);
    add_unit(*this, office, "office");
    add_person(*this, "office.clerk", office, Post::clerk);
    add_person(*this, "office.head", office, Post::head);
    add_unit(*this, zone, "leaders");
    add_person(*this, "zone.leader", zone, Post::leader);
    add_unit(*this, UnitCode(audit_unit), "audit");
    add_person(*this, "audit.auditor", UnitCode(audit_unit), Post::auditor);
    add_unit(*this, UnitCode(admin_unit), "admin");
    add_person(*this, "admin.system", UnitCode(admin_unit), Post::system_admin);
    publish(route_in_turn());
    PlanImported imported;
    imported.plan = plan_p;
    imported.title = "plan p";
    fold(Event(imported), system_actor);
    task_events = 0;
}

Facts GivenTask::facts(const std::string& actor, const Digest& content) const {
    return Facts{now,
                 PersonId(actor),
                 directory,
                 plans,
                 routes,
                 content,
                 chance,
                 calendars,
                 [this](const PersonId& person, std::size_t /*tasks_max*/) {
                     std::vector<TaskState> tasks;
                     if (is_on_desk(task, person)) tasks.push_back(task);
                     return Result<std::vector<TaskState>>(std::move(tasks));
                 }};
}

Outcome GivenTask::when(const std::string& actor, const Command& command,
                        std::source_location where) const {
    const Facts known = facts(actor, digest_for(command));
    return {command.task() ? decide(task, command, known) : decide(command, known), where};
}

GivenTask& GivenTask::does(const std::string& actor, const Command& command,
                           std::source_location where) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, trace_of(where));
    const auto outcome = when(actor, command, where);
    if (outcome.accepted()) {
        fold(*outcome.result(), actor);
    } else {
        ADD_FAILURE() << "refused: " << testing::PrintToString(outcome.result().error());
    }
    now.ms += 60'000;
    return *this;
}

void GivenTask::fold(const Decision& decision, const std::string& actor) {
    for (const auto& event : decision.events) fold(event.event, actor, decision.on_behalf_of);
}

void GivenTask::fold(const Event& event, const std::string& actor, const PersonId& on_behalf_of) {
    const Stamp stamp{Position(position++), StreamRev(), now, PersonId(actor), on_behalf_of};
    switch (event.kind().family) {
        case EventFamily::directory:
            directory = evolve(std::move(directory), event, stamp);
            return;
        case EventFamily::plan:
            plans = evolve(std::move(plans), event, stamp);
            return;
        case EventFamily::route:
            routes = evolve(std::move(routes), event, stamp);
            return;
        case EventFamily::calendar:
            calendars = evolve(std::move(calendars), event, stamp);
            return;
        case EventFamily::task:
            task = evolve(std::move(task), event, stamp, history);
            ++task_events;
    }
}

GivenTask& GivenTask::registered() {
    return does("office.clerk", RegisterTask{task_1, mandate_1()});
}

GivenTask& GivenTask::established() {
    return registered().does("office.head", ApproveTask{task_1, RegistrationVerdict::approve, ""});
}

GivenTask& GivenTask::issued() {
    return established().does("office.clerk", IssueTask{task_1, {}, {}, {}, {}, {}, {}});
}

GivenTask& GivenTask::signed_in() {
    return issued()
        .does("jtj.clerk", SignAssignment{task_1, jtj})
        .does("jzy.clerk", SignAssignment{task_1, jzy});
}

GivenTask& GivenTask::submitted() {
    return signed_in().does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
}

GivenTask& GivenTask::approved_to(const std::string& node) {
    submitted();
    for (const auto& [step, person] : default_steps) {
        if (step == node) break;
        does(person, approve(step));
    }
    return *this;
}

ApproveSlot GivenTask::approve(const std::string& node) const {
    ApproveSlot command;
    command.approval = approval_1;
    command.node = node;
    command.revision = approval().revision;
    command.revision_digest = approval().revision_digest;
    return command;
}

RejectSlot GivenTask::reject(const std::string& node) const {
    RejectSlot command;
    command.approval = approval_1;
    command.node = node;
    command.revision = approval().revision;
    command.revision_digest = approval().revision_digest;
    command.opinion = "not good enough";
    return command;
}

ReturnSlot GivenTask::send_back(const std::string& to) const {
    ReturnSlot command;
    command.approval = approval_1;
    command.revision = approval().revision;
    command.revision_digest = approval().revision_digest;
    command.to = to;
    command.opinion = "say more";
    return command;
}

const ApprovalNode& GivenTask::node(const std::string& address) const {
    const auto* found = find_node(approval(), address);
    DUBAN_ASSERT(found != nullptr);
    return *found;
}

NodeState GivenTask::state(const std::string& address) const {
    const auto* found = find_node(approval(), address);
    return found == nullptr ? NodeState::idle : found->state;
}

std::string GivenTask::waiting() const {
    std::string text;
    for (const ApprovalNode& node : approval().nodes) {
        if (node.state != NodeState::open) continue;
        std::set<PersonId> persons;
        for (const Slot& slot : node.slots) {
            if (!can_act_now(slot)) continue;
            for (auto& person : slot_holders(slot, node.except, task, directory)) {
                persons.insert(std::move(person));
            }
        }
        if (persons.empty()) continue;
        text += (text.empty() ? "" : "; ") + node.node + ":";
        for (const auto& person : persons) text += " " + person.value;
    }
    return text;
}

GivenTask& GivenTask::proxy(const char* principal, const char* deputy) {
    const Proxy proxy{PersonId(principal), PersonId(deputy), today(), date("2099-12-31")};
    fold(Event(ProxySet{proxy}), system_actor);
    return *this;
}

GivenTask& GivenTask::revoke(const char* person, const UnitCode& unit, Post post) {
    fold(Event(PostRevoked{PersonId(person), unit, post}), system_actor);
    return *this;
}

GivenTask& GivenTask::grant(const char* person, const UnitCode& unit, Post post) {
    fold(Event(PostGranted{PersonId(person), {unit, post, {}}}), system_actor);
    return *this;
}

GivenTask& GivenTask::deactivate(const char* person) {
    fold(Event(PersonPut{PersonId(person), "gone", false}), system_actor);
    return *this;
}

GivenTask& GivenTask::publish(Route route) {
    fold(Event(RoutePublished{std::move(route)}), system_actor);
    return *this;
}

Mandate mandate_1() {
    Mandate mandate;
    mandate.title = "职业院校思政课程与课程思政建设";
    mandate.source = "2026 list";
    mandate.lead = jtj;
    mandate.co = {jzy};
    mandate.due = date("2026-12-31");
    mandate.report_period = PeriodKind::month;
    mandate.indicators = {
        indicator("teachers", "省级课程思政优秀教师", Operator::between, {"2", "3"}, "名"),
        indicator("courses", "省级课程思政示范课程", Operator::between, {"2", "3"}, "门"),
        indicator("base", "省级思政和德育工作教育基地", Operator::ge, {"1"}, "个")};
    return mandate;
}

ReportContent content_1() {
    ReportContent content;
    content.period = "2026-09";
    content.summary = "two teachers named";
    ReportedValue value;
    value.indicator = "teachers";
    value.value = "2";
    content.values = {value};
    return content;
}

Digest digest_of(const AmendmentContent& content) {
    return digest_of_text(testing::PrintToString(content));
}

Digest digest_of(const IssuingContent& content) {
    return digest_of_text(testing::PrintToString(content));
}

Digest digest_of(const ClosingContent& content) {
    return digest_of_text(testing::PrintToString(content));
}

Digest digest_of(const ExtensionContent& content) {
    return digest_of_text(to_string(content.new_due) + content.reason);
}

Digest digest_of(const ReportContent& content) {
    return digest_of_text(testing::PrintToString(content));
}

Date date(const char* text) {
    return parse_date(text).value();
}

}  // namespace duban
