#include "tools/bench/demo_tasks.h"

#include <mutex>
#include <optional>
#include <semaphore>
#include <utility>

#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "storage/codec/digest.h"
#include "tools/cli/builtin_plan.h"
#include "tools/cli/demo.h"

namespace duban {
namespace {

constexpr int days_given = 200;
constexpr std::size_t window_max = 4096;

// What the answers of commands leave behind. Shared with the answers that are still on their way.
struct Answers {
    explicit Answers(std::size_t window) : room(static_cast<std::ptrdiff_t>(window)) {}

    std::counting_semaphore<window_max> room;
    std::mutex mutex;
    std::string refusal;  // guarded by mutex: the first
};

// Why nothing was done; "" when it was.
std::string refusal_of(const Result<Outcome>& outcome) {
    if (!outcome) return outcome.error().detail;
    const std::optional<RefusedOutcome>& refused = outcome->refused;
    return refused ? refused->detail : std::string();
}

void take_answer(Answers& answers, const Result<Outcome>& outcome) {
    const std::string refusal = refusal_of(outcome);
    if (!refusal.empty()) {
        const std::lock_guard lock(answers.mutex);
        if (answers.refusal.empty()) answers.refusal = refusal;
    }
    answers.room.release();
}

Status issue_tasks(Node& node) {
    std::vector<CommandRequest> requests;
    const Date due = add_days(office_date(node.clock().now()), days_given);
    for (std::size_t i = 0; i < demo_tasks().size(); ++i) {
        IssueTask issue;
        issue.task = demo_task_id(i);
        issue.due = due;
        requests.push_back(request_of(node, PersonId("office.clerk"), std::move(issue)));
    }
    return give_all(node, std::move(requests), 1);
}

}  // namespace

Result<std::unique_ptr<Node>> open_demo(const std::string& data) {
    NodeOptions options;
    options.data = data;
    options.create = true;
    Result<std::unique_ptr<Node>> node = Node::open(std::move(options));
    if (!node || (*node)->head().next() > Position(0)) return node;
    const auto people = set_up_demo(**node, PasswordCost{PasswordCost::memory_kib_min, 1});
    if (!people) return tl::unexpected<Error>(people.error());
    if (Status issued = issue_tasks(**node); !issued) {
        return tl::unexpected<Error>(issued.error());
    }
    return node;
}

const std::vector<PlannedTask>& demo_tasks() {
    return builtin_plan().tasks;
}

TaskId demo_task_id(std::size_t index) {
    return TaskId{builtin_plan().plan, demo_tasks().at(index).no};
}

PersonId lead_person(std::size_t index, const char* role) {
    return PersonId(demo_tasks().at(index).lead.value + "." + role);
}

ReportContent some_report(std::uint64_t number) {
    ReportContent content;
    content.period = "2026-09";
    content.summary = "第" + std::to_string(number) + "次填报。";
    for (int i = 0; i < 6; ++i) {
        content.summary += "本月组织职业院校开展教师培训，完善课程建设方案，落实经费。";
    }
    content.problems = "部分实训设备尚未到位。";
    content.next_steps = "下月完成验收。";
    return content;
}

Digest report_digest(std::uint64_t number) {
    return digest_of("report " + std::to_string(number));
}

CommandRequest request_of(Node& node, const PersonId& actor, Command command,
                          const Digest& content_digest) {
    CommandRequest made;
    const Timestamp now = node.clock().now();
    made.id = CommandId(node.ids().uuid7(now));
    made.content = digest_of(made.id.value);
    made.content_digest = content_digest;
    made.content_bytes = 1024;
    made.actor = actor;
    made.command = std::move(command);
    made.access.time = now;
    made.access.person = actor;
    made.access.method = "bench";
    made.access.command = made.id;
    return made;
}

CommandRequest draft_request(Node& node, std::uint64_t number) {
    const std::size_t index = number % demo_tasks().size();
    return request_of(node, lead_person(index, "clerk"),
                      SaveReport{demo_task_id(index), UnitCode(), some_report(number)},
                      report_digest(number));
}

Status give_all(Node& node, std::vector<CommandRequest> requests, std::size_t window) {
    DUBAN_ASSERT(window <= window_max);
    const auto answers = std::make_shared<Answers>(window);
    for (CommandRequest& request : requests) {
        answers->room.acquire();
        node.commands().submit(std::move(request), [answers](const Result<Outcome>& outcome, bool) {
            take_answer(*answers, outcome);
        });
    }
    for (std::size_t i = 0; i < window; ++i) answers->room.acquire();
    const std::lock_guard lock(answers->mutex);
    if (answers->refusal.empty()) return {};
    return fail(Errc::internal, "a command of the bench was refused: " + answers->refusal);
}

Status give_one(Node& node, CommandRequest request) {
    std::vector<CommandRequest> one;
    one.push_back(std::move(request));
    return give_all(node, std::move(one), 1);
}

}  // namespace duban
