#include "tests/storage/test_log.h"

#include <map>

#include "domain/approval/approval_commands.h"
#include "domain/approval/route_commands.h"
#include "domain/base/facts.h"
#include "domain/calendar/calendar_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/plan/plan_commands.h"
#include "domain/report/report_commands.h"
#include "domain/task/assignment_commands.h"
#include "domain/task/inbox.h"
#include "domain/task/task_commands.h"
#include "storage/codec/digest.h"
#include "storage/log/stream_head.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

Indicator indicator(const std::string& id) {
    Indicator made;
    made.id = id;
    made.name = id;
    made.op = Operator::ge;
    made.target = {"3"};
    made.accumulate = Accumulate::sum;
    return made;
}

PlanDocument sample_plan() {
    PlanDocument plan;
    plan.plan = PlanId("p");
    plan.title = "计划";
    PlannedTask first;
    first.no = 1;
    first.title = "任务一";
    first.lead = UnitCode("jtj");
    first.co = {UnitCode("jzy")};
    first.indicators = {indicator("teachers")};
    PlannedTask second;
    second.no = 2;
    second.title = "任务二";
    second.lead = UnitCode("rsj");
    second.indicators = {indicator("courses")};
    plan.tasks = {first, second};
    return plan;
}

}  // namespace

TestLog::TestLog() {
    reopen();
}

void TestLog::close() {
    log_.reset();
    projection_.reset();
    database_.reset();
}

void TestLog::reopen() {
    close();
    database_ = value_of(Database::open({"/test", true, &env_}));
    projection_ = std::make_unique<Projection>(value_of(World::load(*database_)),
                                               value_of(present_generation(snapshot())));
    log_ = value_of(EmbeddedLog::open(*database_, *projection_));
}

const TaskState& TestLog::task(std::uint32_t no) {
    return *value_of(world().task({PlanId("p"), no}));
}

Result<Decision> TestLog::decide_command(const std::string& actor, const Command& command) {
    const Facts facts{now,
                      PersonId(actor),
                      world().directory(),
                      world().plans(),
                      world().routes(),
                      digest_of("content " + std::to_string(commands_)),
                      commands_,
                      world().calendars(),
                      [this](const PersonId& person, std::size_t tasks_max) {
                          return world().desk(person, tasks_max);
                      }};
    const auto id = command.task();
    if (!id) return decide(command, facts);
    return decide(*value_of(world().task(*id)), command, facts);
}

void TestLog::add_events(const std::string& actor, const CommandId& id, Decision decision) {
    std::map<StreamId, StoredStreamHead> heads;
    for (const auto& record : batch_.events) {
        heads[record.envelope.stream] = {record.envelope.revision.next(), to_hex(record.hash)};
    }
    for (NewEvent& made : decision.events) {
        if (!heads.contains(made.stream)) {
            heads[made.stream] = value_of(read_stream_head(*database_, made.stream));
        }
        auto& head = heads[made.stream];
        Envelope envelope;
        const std::uint64_t position = batch_.base.value + batch_.events.size();
        envelope.id = "event-" + std::to_string(position);
        envelope.source = UnitCode(actor.substr(0, actor.find('.')));
        envelope.stream = made.stream;
        envelope.position = Position(position);
        envelope.revision = head.next;
        envelope.time = now;
        envelope.recorded = now;
        envelope.actor = PersonId(actor);
        envelope.on_behalf_of = decision.on_behalf_of;
        envelope.command = id;
        envelope.correlation = made.stream.value;
        envelope.prev_hash = head.hash;
        envelope.nonce = "nonce";
        auto record = encode_event(std::move(envelope), std::move(made.event));
        head = {head.next.next(), to_hex(record.hash)};
        expect_ok(projection_->fold(record, batch_.seq));
        batch_.events.push_back(std::move(record));
    }
}

void TestLog::begin() {
    const LogHead head = log_->head();
    batch_ = LogBatch{head.seq.next(), head.next, head.hash, {}, {}, {}};
    collecting_ = true;
}

void TestLog::end() {
    expect_ok(append());
}

void TestLog::seal() {
    collecting_ = false;
    batch_.hash = batch_hash(batch_);
    projection_->seal(batch_);
}

Status TestLog::append() {
    seal();
    return log_->append(BatchSeq(batch_.seq.value - 1), batch_);
}

Status TestLog::run(const std::string& actor, const Command& command) {
    const bool alone = !collecting_;
    if (alone) begin();
    now.ms += 60'000;
    const CommandId id("command-" + std::to_string(++commands_));
    auto decision = decide_command(actor, command);
    const Status decided = decision ? Status{} : Status(tl::unexpected<Error>(decision.error()));
    Outcome outcome;
    outcome.content = digest_of(id.value);
    if (decision) {
        outcome.accepted = AcceptedOutcome{};
    } else {
        outcome.refused = refused_outcome(decision.error());
    }
    if (decision) add_events(actor, id, std::move(*decision));
    batch_.outcomes.push_back(command_outcome(id, std::move(outcome)));
    if (alone) {
        if (auto ok = append(); !ok) return ok;
    }
    return decided;
}

void TestLog::does(const std::string& actor, const Command& command) {
    expect_ok(run(actor, command));
}

void TestLog::set_up() {
    const auto person = [&](const std::string& unit, Post post, const std::string& name) {
        const PersonId id(unit + "." + name);
        does(system_actor, Command(PutPerson{id, id.value, true}));
        does(system_actor, Command(GrantPost{id, HeldPost{UnitCode(unit), post, {}}}));
    };
    for (const char* unit : {"jtj", "jzy", "rsj", office_unit, zone_unit, audit_unit, admin_unit}) {
        does(system_actor, Command(PutUnit{Unit{UnitCode(unit), unit, "bureau"}}));
    }
    for (const char* unit : {"jtj", "jzy", "rsj"}) {
        person(unit, Post::clerk, "clerk");
        person(unit, Post::section, "section");
        person(unit, Post::head, "head");
    }
    person(office_unit, Post::clerk, "clerk");
    person(office_unit, Post::head, "head");
    person(zone_unit, Post::leader, "leader");
    does(system_actor, PublishRoute{route_in_turn()});
    for (const CalendarYear& year : announced_years()) does(system_actor, PublishCalendar{year});
    does("office.head", ImportPlan{sample_plan()});
}

void TestLog::issue_and_sign() {
    does("office.clerk",
         Command(IssueTask{first_task, Date{20'900}, std::nullopt, PeriodKind::month, {}}));
    does("jtj.clerk", Command(SignAssignment{first_task, UnitCode("jtj")}));
}

void TestLog::submit_report() {
    SubmitReport submit;
    submit.task = first_task;
    submit.unit = UnitCode("jtj");
    submit.content.period = "2026-09";
    submit.content.summary = "本月进展";
    ReportedValue value;
    value.indicator = "teachers";
    value.value = "2";
    submit.content.values = {value};
    does("jtj.clerk", Command(submit));
}

void TestLog::approve(std::uint32_t no) {
    const Approval approval = task().approvals[no - 1];
    const Duty duty = approval_duties(approval).at(0);
    const Seat seat = duty.seats.at(0);
    ApproveSlot command;
    command.approval = ApprovalId{first_task, no};
    command.node = duty.node;
    command.slot = duty.slot;
    command.revision = approval.revision;
    command.revision_digest = approval.revision_digest;
    command.opinion = "同意";
    does(seat.unit.value + "." + to_string(seat.post), Command(command));
}

void TestLog::send_back(const std::string& actor, std::uint32_t no) {
    const Approval approval = task().approvals[no - 1];
    ReturnSlot command;
    command.approval = ApprovalId{first_task, no};
    command.revision = approval.revision;
    command.revision_digest = approval.revision_digest;
    command.opinion = "请补充";
    does(actor, Command(command));
}

std::vector<std::pair<std::string, std::string>> rows_of(const Snapshot& snapshot, Family family) {
    std::vector<std::pair<std::string, std::string>> rows;
    expect_ok(snapshot.scan(family, "", "", [&](std::string_view key, std::string_view value) {
        rows.emplace_back(key, value);
        return true;
    }));
    return rows;
}

}  // namespace duban
