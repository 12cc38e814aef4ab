#include "tests/support/test_node.h"

#include <future>
#include <utility>

#include "api/render/command_reply.h"
#include "commit/commit_builder.h"
#include "domain/approval/route_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/plan/plan_commands.h"
#include "storage/codec/digest.h"
#include "storage/log/event_reader.h"
#include "storage/views/task_view.h"
#include "tests/support/faulty_env.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

using nlohmann::json;

template <class T>
T value_of(Result<T> result) {
    if (!result) assertion_failed(result.error().detail.c_str(), __FILE__, __LINE__);
    return std::move(*result);
}

Indicator indicator(std::string id, Operator op, std::vector<std::string> target) {
    Indicator made;
    made.id = std::move(id);
    made.name = made.id;
    made.op = op;
    made.target = std::move(target);
    made.accumulate = Accumulate::sum;
    return made;
}

PlannedTask planned(std::uint32_t no, std::string lead, std::vector<UnitCode> co) {
    PlannedTask task;
    task.no = no;
    task.title = "任务" + std::to_string(no);
    task.lead = UnitCode(std::move(lead));
    task.co = std::move(co);
    return task;
}

}  // namespace

struct TestDisk::State {
    FaultyEnv env;
};

TestDisk::TestDisk() : state_(std::make_unique<State>()) {}
TestDisk::~TestDisk() = default;
rocksdb::Env* TestDisk::env() const {
    return &state_->env;
}
void TestDisk::break_syncs() {
    state_->env.fail_wal_syncs = true;
}
void TestDisk::hold_syncs() {
    state_->env.hold_wal_syncs();
}
bool TestDisk::wait_for_held_sync() {
    return state_->env.wait_for_held_wal_sync();
}
void TestDisk::let_one_sync_pass() {
    state_->env.let_one_wal_sync_pass();
}
void TestDisk::lose_power() {
    state_->env.lose_power();
}
void TestDisk::leave_free(std::uint64_t bytes) {
    state_->env.free_bytes = bytes;
}
void TestDisk::release_syncs() {
    state_->env.release_wal_syncs();
}

TestNode::TestNode(TestDisk& disk, CommitterOptions options)
    : disk_(disk), options_(std::move(options)) {
    open();
}

void TestNode::open() {
    DatabaseOptions options{"/test", true, disk_.env()};
    options.floors = test_floors;
    database_ = value_of(Database::open(options));
    World world = value_of(World::load(*database_));
    const auto directory = world.shared_directory();
    const auto generation = value_of(present_generation(Snapshot(*database_)));
    projection_ = std::make_unique<Projection>(std::move(world), generation);
    applier_ = std::make_unique<CommitApplier>(*projection_, value_of(AccessLog::open(*database_)));
    log_ = value_of(EmbeddedLog::open(*database_, *applier_));
    raced_ = std::make_unique<RacedLog>(*log_);
    ring_ = std::make_unique<EventRing>(log_->head().next, ring_bytes_max_default);
    head_ = std::make_unique<DurableHead>(log_->head().next, directory);
    committer_ =
        std::make_unique<Committer>(Committer::Parts{*database_, *raced_, *projection_, *applier_,
                                                     *ring_, *head_, clock_, ids_},
                                    options_);
    committer_->start();
}

TestNode::~TestNode() {
    stop();
}

void TestNode::stop() {
    committer_->stop();
}

void TestNode::restart() {
    stop();
    committer_.reset();
    head_.reset();
    ring_.reset();
    raced_.reset();
    log_.reset();
    applier_.reset();
    projection_.reset();
    database_.reset();
    open();
}

void TestNode::set_up_office() {
    const auto system = [this](Command command) {
        const json reply = run(system_actor, std::move(command));
        DUBAN_ASSERT(reply.contains("result"));
    };
    const auto person = [&](const std::string& unit, Post post, const std::string& name) {
        const PersonId id(unit + "." + name);
        system(PutPerson{id, id.value, true});
        system(GrantPost{id, HeldPost{UnitCode(unit), post, {}}});
    };
    for (const char* unit : {"jtj", "jzy", "rsj", office_unit, zone_unit, audit_unit, admin_unit}) {
        system(PutUnit{Unit{UnitCode(unit), unit, "bureau"}});
    }
    for (const char* unit : {"jtj", "jzy", "rsj"}) {
        person(unit, Post::clerk, "clerk");
        person(unit, Post::section, "section");
        person(unit, Post::head, "head");
    }
    person(office_unit, Post::clerk, "clerk");
    person(office_unit, Post::head, "head");
    person(zone_unit, Post::leader, "leader");
    person(audit_unit, Post::auditor, "clerk");
    person(admin_unit, Post::security_admin, "security");
    person(admin_unit, Post::system_admin, "system");
    DUBAN_ASSERT(run(system_actor, PublishRoute{route_in_turn()}).contains("result"));
    PlanDocument plan;
    plan.plan = PlanId("p");
    plan.title = "计划";
    plan.tasks = {planned(1, "jtj", {UnitCode("jzy")}), planned(2, "rsj", {})};
    plan.tasks[0].indicators = {indicator("teachers", Operator::between, {"2", "3"}),
                                indicator("courses", Operator::between, {"2", "3"}),
                                indicator("base", Operator::ge, {"1"})};
    DUBAN_ASSERT(run("office.head", ImportPlan{plan}, {}, "plan p").contains("result"));
}

CommandRequest TestNode::request(const std::string& actor, Command command, std::string id,
                                 std::string content) {
    CommandRequest made;
    const std::string number = std::to_string(++commands_);
    made.id = CommandId(id.empty() ? "command-" + number : std::move(id));
    made.content_digest = digest_of(content.empty() ? "content" + number : content);
    made.content = digest_of(content.empty() ? made.id.value : content);
    made.actor = PersonId(actor);
    made.command = std::move(command);
    made.access.time = clock_.now();
    made.access.person = made.actor;
    made.access.method = "test";
    made.access.command = made.id;
    return made;
}

json TestNode::run(const std::string& actor, Command command, std::string id, std::string content) {
    return wait_for(request(actor, std::move(command), std::move(id), std::move(content)));
}

json TestNode::wait_for(CommandRequest request) {
    std::promise<json> answer;
    committer_->submit(std::move(request), [&](Result<Outcome> outcome, bool duplicate) {
        answer.set_value(outcome ? command_reply(*outcome, duplicate)
                                 : json{{"failed", static_cast<int>(outcome.error().code)}});
    });
    return answer.get_future().get();
}

LogBatch TestNode::batch_of_another_node(CommandRequest request) {
    Projection projection(value_of(World::load(*database_)),
                          value_of(present_generation(Snapshot(*database_))));
    CommitBuilder builder(
        {*database_, *raced_, projection, *applier_, *ring_, *head_, clock_, ids_});
    PendingCommit commit = builder.begin();
    builder.add(commit, CommandItem{std::move(request), [](const Result<Outcome>&, bool) {}});
    builder.seal(commit);
    return std::move(commit.batch);
}

std::vector<std::string> TestNode::log_bytes() const {
    std::vector<std::string> events;
    const Status read = read_events(Snapshot(*database_), Position(0),
                                    [&](Position position, std::string_view bytes) {
                                        DUBAN_ASSERT(position.value == events.size());
                                        events.emplace_back(bytes);
                                        return true;
                                    });
    DUBAN_ASSERT(read.has_value());
    return events;
}

TaskState TestNode::task(const std::string& id) const {
    return value_of(read_task(Snapshot(*database_), value_of(parse_task_id(id))));
}

ReportContent small_report() {
    ReportContent content;
    content.period = "2026-09";
    content.summary = "本月进展";
    for (const auto& [id, value] :
         {std::pair("teachers", "2"), std::pair("courses", "2"), std::pair("base", "0")}) {
        ReportedValue reported;
        reported.indicator = id;
        reported.value = value;
        content.values.push_back(reported);
    }
    return content;
}

}  // namespace duban
