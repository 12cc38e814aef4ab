#include <algorithm>
#include <utility>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/approval_flow.h"
#include "domain/base/command_kind.ipp"
#include "domain/base/facts.h"
#include "domain/task/guards.h"

namespace duban {
namespace {

// One decision on its way through the guards: what it is about and in whose right it is made.
struct Judgement {
    const Approval* approval = nullptr;
    const Report* report = nullptr;
    const Route* route = nullptr;
    std::size_t index = 0;           // of the node that is decided
    const OpenStep* open = nullptr;  // nullptr when the node is not open
    Capacity capacity;

    [[nodiscard]] const RouteNode& node() const { return route->steps[index]; }
    [[nodiscard]] const Revision& revision() const { return report->newest; }
};

const OpenStep* find_open(const Approval& approval, const std::string& node) {
    const auto found = std::find_if(approval.open.begin(), approval.open.end(),
                                    [&](const OpenStep& step) { return step.node == node; });
    return found == approval.open.end() ? nullptr : &*found;
}

// The node that the command is about: as named, else the open one, else the one that ended last.
std::string node_meant(const Approval& approval, const std::string& named) {
    if (!named.empty()) return named;
    if (approval.state == ApprovalState::running && !approval.open.empty()) {
        return approval.open.front().node;
    }
    return approval.last.empty() ? "" : approval.last.back().node;
}

template <class Judging>
Result<Judgement> find_judged(const TaskState& task, const Judging& command, const Facts& facts) {
    Judgement judged;
    judged.approval = find_approval(task, command.approval.no);
    if (judged.approval == nullptr) {
        return fail(Errc::not_found, "There is no approval " + to_string(command.approval) + ".",
                    "approval");
    }
    judged.report = find_report(task, judged.approval->report);
    DUBAN_ASSERT(judged.report != nullptr);
    const auto route = route_of(*judged.approval, facts);
    if (!route) return refusal(route);
    judged.route = *route;
    const auto node = node_meant(*judged.approval, command.node);
    const auto index = index_of(*judged.route, node);
    if (!index) {
        return fail(Errc::invalid_argument,
                    "The route " + judged.route->route.value + " has no node \"" + node + "\".",
                    "node");
    }
    judged.index = *index;
    judged.open = find_open(*judged.approval, node);
    return judged;
}

// An author may judge his own report only where the node allows it, and never as a proxy: the
// principal was to look at it with other eyes.
Status check_not_own(const Judgement& judged) {
    const auto& author = judged.revision().author;
    const auto& capacity = judged.capacity;
    const auto& authors = judged.report->authors;
    const bool own = capacity.person == author || capacity.on_behalf_of == author;
    const bool own_as_proxy =
        !capacity.on_behalf_of.empty() &&
        std::find(authors.begin(), authors.end(), capacity.person) != authors.end();
    if (!own_as_proxy && (!own || judged.node().self == OnSelf::allow)) return {};
    return fail(Errc::forbidden, "The author of a report may not decide on it in " +
                                     judged.node().name + "; another holder of that post must.");
}

Status check_judge(Judgement& judged, const TaskState& task, const Facts& facts) {
    const auto seats = judged.open ? judged.open->who : judges_of(judged.node(), task);
    auto capacity = require_judge(task, facts, seats, "decide in " + judged.node().name);
    if (!capacity) return refusal(capacity);
    judged.capacity = std::move(*capacity);
    return check_not_own(judged);
}

std::string words(StepEnd end) {
    switch (end) {
        case StepEnd::approved:
            return "approved";
        case StepEnd::rejected:
            return "rejected";
        case StepEnd::returned:
            return "returned";
        case StepEnd::skipped:
            return "skipped";
    }
    return {};
}

std::string words(ApprovalState state) {
    switch (state) {
        case ApprovalState::running:
            return "running";
        case ApprovalState::returned:
            return "returned and waits for a new revision";
        case ApprovalState::passed:
            return "closed: passed";
        case ApprovalState::rejected:
            return "closed: rejected";
    }
    return {};
}

// Somebody else was faster: the node was decided on the very revision that the command names.
Status check_undecided(const Judgement& judged, std::uint32_t revision, const Facts& facts) {
    if (judged.open != nullptr) return {};
    const auto& rounds = judged.approval->last;
    const auto last = std::find_if(rounds.begin(), rounds.end(), [&](const StepRecord& record) {
        return record.node == judged.node().id && record.revision == revision &&
               record.end != StepEnd::skipped;
    });
    if (last == rounds.end()) return {};
    return refuse("already_decided",
                  "Already decided by " + name_of(facts.directory, last->person) + " at " +
                      to_string(last->time) + ": " + words(last->end) + ".",
                  "node");
}

Status check_revision(const Approval& approval, std::uint32_t revision, const Digest& digest) {
    if (revision == approval.revision && digest == approval.revision_digest) return {};
    return refuse("wrong_revision",
                  "The approval is on revision " + std::to_string(approval.revision) + " (" +
                      approval.revision_digest.value + "); read that one and decide on it.",
                  "revision");
}

Status check_open(const Judgement& judged) {
    if (judged.open != nullptr) return {};
    std::string open;
    for (const auto& step : judged.approval->open) open += (open.empty() ? "" : ", ") + step.node;
    return refuse("node_not_open",
                  judged.node().name + " is not open in this approval; open is: " + open + ".",
                  "node");
}

Status check_running_approval(const TaskState& task, const Approval& approval) {
    if (approval.state == ApprovalState::running) return {};
    return refuse("approval_not_running", "The approval " +
                                              to_string(ApprovalId{task.id, approval.no}) + " is " +
                                              words(approval.state) + ".");
}

const char* words(Act act) {
    switch (act) {
        case Act::approve:
            return "approve";
        case Act::reject:
            return "reject";
        case Act::return_:
            return "return";
    }
    return "";
}

Status check_offered(const RouteNode& node, Act act) {
    if (std::find(node.acts.begin(), node.acts.end(), act) != node.acts.end()) return {};
    std::string offered;
    for (const auto one : node.acts)
        offered += (offered.empty() ? "" : ", ") + std::string(words(one));
    return refuse("act_not_offered", node.name + " does not offer to " + words(act) +
                                         " a report; it offers: " + offered + ".");
}

Status check_opinion(const std::string& opinion, OpinionNeed need) {
    return need == OpinionNeed::must ? require_text(opinion, "opinion", opinion_characters_max)
                                     : limit_text(opinion, "opinion", opinion_characters_max);
}

OpinionNeed opinion_need(const RouteNode& node, Act act) {
    switch (act) {
        case Act::approve:
            return node.opinion.approve;
        case Act::reject:
            return node.opinion.reject;
        case Act::return_:
            return node.opinion.return_;
    }
    return OpinionNeed::must;
}

template <class Judging>
Result<Judgement> judge(const TaskState& task, const Judging& command, Act act,
                        const Facts& facts) {
    auto judged = find_judged(task, command, facts);
    if (!judged) return judged;
    const auto& approval = *judged->approval;
    auto checked =
        check_judge(*judged, task, facts)
            .and_then([&] { return require_running(task, "decide on its reports"); })
            .and_then([&] { return check_undecided(*judged, command.revision, facts); })
            .and_then([&] { return check_running_approval(task, approval); })
            .and_then(
                [&] { return check_revision(approval, command.revision, command.revision_digest); })
            .and_then([&] { return check_open(*judged); })
            .and_then([&] { return check_offered(judged->node(), act); })
            .and_then(
                [&] { return check_opinion(command.opinion, opinion_need(judged->node(), act)); });
    if (!checked) return refusal(checked);
    return judged;
}

Course course_of(const TaskState& task, const Judgement& judged, const Facts& facts) {
    return Course{task,
                  facts,
                  *judged.route,
                  *judged.approval,
                  judged.revision().author,
                  *judged.report->content};
}

std::vector<Event> followed_by(Event first, const std::vector<Event>& rest) {
    std::vector<Event> events{std::move(first)};
    events.insert(events.end(), rest.begin(), rest.end());
    return events;
}

}  // namespace

static Result<Decision> decide_one(const TaskState& task, const ApproveStep& command,
                                   const Facts& facts) {
    const auto judged = judge(task, command, Act::approve, facts);
    if (!judged) return refusal(judged);
    const auto next = advance(course_of(task, *judged, facts), judged->index + 1);
    if (!next) return refusal(next);
    const StepApproved approved{command.approval, judged->open->node,      judged->open->round,
                                command.revision, command.revision_digest, command.opinion};
    return decision(judged->capacity, followed_by(approved, *next));
}

static Result<Decision> decide_one(const TaskState& task, const RejectStep& command,
                                   const Facts& facts) {
    const auto judged = judge(task, command, Act::reject, facts);
    if (!judged) return refusal(judged);
    const StepRejected rejected{command.approval, judged->open->node,      judged->open->round,
                                command.revision, command.revision_digest, command.opinion};
    return decision(judged->capacity,
                    followed_by(rejected, close_rejected(task, *judged->approval)));
}

static Result<Decision> decide_one(const TaskState& task, const ReturnStep& command,
                                   const Facts& facts) {
    const auto judged = judge(task, command, Act::return_, facts);
    if (!judged) return refusal(judged);
    const auto& route = *judged->route;
    const auto target = return_target(route, *judged->approval, judged->index, command.to);
    if (!target) return refusal(target);
    const auto& node = route.steps[*target];
    const auto course = course_of(task, *judged, facts);
    auto next = node.do_ == NodeDo::fill
                    ? Result<std::vector<Event>>(std::vector<Event>{reopen_fill(course, node)})
                    : advance(course, *target);
    if (!next) return refusal(next);
    const StepReturned returned{
        command.approval,  judged->open->node, judged->open->round,     node.id,
        node.return_.then, command.revision,   command.revision_digest, command.opinion};
    return decision(judged->capacity, followed_by(returned, *next));
}

DUBAN_DEFINE_COMMAND(ApproveStep)
DUBAN_DEFINE_COMMAND(RejectStep)
DUBAN_DEFINE_COMMAND(ReturnStep)

}  // namespace duban
