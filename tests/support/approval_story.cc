#include "tests/support/approval_story.h"

#include <algorithm>
#include <csignal>
#include <iostream>

#include "domain/approval/approval_commands.h"
#include "domain/approval/approval_events.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_events.h"
#include "domain/calendar/calendar_events.h"
#include "domain/directory/directory_events.h"
#include "domain/task/react.h"
#include "domain/task/task_commands.h"
#include "tests/support/dice.h"
#include "tests/support/random_route.h"

namespace duban {
namespace {

void add(GivenTask& world, const char* person, const UnitCode& unit, Post post) {
    world.fold(Event(PersonPut{PersonId(person), std::string("name of ") + person, true}),
               system_actor);
    world.grant(person, unit, post);
}

// Signed in by both units, or established alone, with seats that several hold, a group and the
// announced days off.
GivenTask office_of(const std::vector<Route>& routes, bool established) {
    GivenTask world;
    add(world, "jtj.head2", jtj, Post::head);
    add(world, "jtj.deputy", jtj, Post::deputy);
    add(world, "jzy.section2", jzy, Post::section);
    add(world, "office.clerk2", office, Post::clerk);
    const std::vector<PersonId> panel = {PersonId("rsj.section"), PersonId("jzy.head"),
                                         PersonId("office.clerk")};
    world.fold(Event(GroupPut{Group{"panel", "panel", panel}}), system_actor);
    for (const CalendarYear& year : announced_years()) {
        world.fold(Event(CalendarPublished{year}), system_actor);
    }
    for (const Route& route : routes) world.publish(route);
    if (established) world.established();
    if (!established) world.signed_in();
    return world;
}

// Every rule by which a command of a story may be refused.
const std::set<std::string>& known_rules() {
    static const std::set<std::string> rules = {"act_not_offered",
                                                "already_claimed",
                                                "already_decided",
                                                "already_signed",
                                                "already_signer",
                                                "amendment_not_returned",
                                                "amendment_open",
                                                "amendment_outdated",
                                                "approval_not_running",
                                                "claim_first",
                                                "closing_open",
                                                "delegated",
                                                "extension_open",
                                                "held",
                                                "issue_not_returned",
                                                "issue_open",
                                                "issue_outdated",
                                                "jump_target",
                                                "lead_needed",
                                                "mandate_changed",
                                                "migrate_blocked",
                                                "no_copy",
                                                "no_holder",
                                                "no_part",
                                                "no_route",
                                                "no_sight",
                                                "node_not_open",
                                                "not_added",
                                                "not_held",
                                                "not_passed",
                                                "not_signed",
                                                "not_your_turn",
                                                "other_unit",
                                                "own_report",
                                                "part_released",
                                                "period_accepted",
                                                "pick",
                                                "report_in_approval",
                                                "report_open",
                                                "return_target",
                                                "task_done",
                                                "task_held",
                                                "task_not_held",
                                                "too_late",
                                                "unchanged",
                                                "urged_lately",
                                                "waits_for_added",
                                                "wrong_revision",
                                                "report_not_returned",
                                                "extension_not_returned",
                                                "closing_not_returned",
                                                "task_not_established",
                                                "task_not_issued",
                                                "not_issued"};
    return rules;
}

bool is_decision(const Command& command) {
    return command.get_if<ApproveSlot>() != nullptr || command.get_if<RejectSlot>() != nullptr ||
           command.get_if<ReturnSlot>() != nullptr;
}

constexpr std::int64_t hour_ms = 3'600'000;

// ---- When the process is ended by a broken assertion ----------------------------------------

const Story* on_stage = nullptr;

// Not safe in a signal handler, and better than nothing: the process is lost anyway.
void tell_the_story(int) {
    std::signal(SIGABRT, SIG_DFL);
    if (on_stage != nullptr) {
        std::cerr << "\nThe engine's assertion broke in the last of these:\n";
        for (const Route& route : on_stage->routes) std::cerr << words_of(route);
        for (const Deed& deed : on_stage->deeds) std::cerr << "  " << words_of(deed) << "\n";
    }
}

class OnStage {
public:
    explicit OnStage(const Story& story) {
        on_stage = &story;
        std::signal(SIGABRT, tell_the_story);
    }
    OnStage(const OnStage&) = delete;
    OnStage& operator=(const OnStage&) = delete;
    ~OnStage() {
        std::signal(SIGABRT, SIG_DFL);
        on_stage = nullptr;
    }
};

}  // namespace

StoryPlayer::StoryPlayer(const std::vector<Route>& routes, bool established)
    : world_(office_of(routes, established)),
      begun_(world_.task),
      rounds_begun_(world_.history.rounds.size()),
      laws_(world_) {}

std::optional<Broken> StoryPlayer::play(const Deed& deed) {
    refusal_.clear();
    world_.now.ms += 60'000;
    if (deed.verb == Verb::pass_time) return pass_time(deed.number);
    // Timers that are due by now come first, as the server fires them.
    if (auto broken = pass_time(0)) return broken;
    if (is_command(deed.verb)) return command(deed.actor, command_of(deed, world_));
    world_.fold(event_of(deed, world_), system_actor);
    return laws_.check({world_.task, world_, Decision{}, PersonId(system_actor)});
}

std::optional<Broken> StoryPlayer::command(const std::string& actor, const Command& command) {
    const auto outcome = world_.when(actor, command);
    if (!outcome.accepted()) return refused(outcome.result().error());
    const Decision decision = *outcome.result();
    const auto same = world_.when(actor, command);
    if (!same.accepted() || *same.result() != decision) {
        return Broken{law::one_command, "decided twice it is decided otherwise"};
    }
    if (auto broken = accepted(actor, decision)) return broken;
    return is_decision(command) ? again(actor, command) : std::nullopt;
}

std::optional<Broken> StoryPlayer::accepted(const std::string& actor, const Decision& decision) {
    const TaskState before = world_.task;
    for (const NewEvent& made : decision.events) {
        Stamp stamp;
        stamp.position = Position(world_.position);
        stamp.time = world_.now;
        stamp.actor = PersonId(actor);
        stamp.on_behalf_of = decision.on_behalf_of;
        log_.emplace_back(made.event, stamp);
        ++events_[std::string(made.event.type().name)];
        world_.fold(made.event, actor, decision.on_behalf_of);
    }
    return laws_.check({before, world_, decision, PersonId(actor)});
}

// The second click finds that it is done.
std::optional<Broken> StoryPlayer::again(const std::string& actor, const Command& command) const {
    const auto outcome = world_.when(actor, command);
    if (!outcome.accepted()) return std::nullopt;
    for (const NewEvent& made : outcome.result()->events) {
        const auto* approved = made.event.get_if<SlotApproved>();
        if (approved == nullptr) continue;
        // The flow has come back to him.
        const auto* run =
            find_node(*find_approval(world_.task, approved->approval.no), approved->node);
        if (run != nullptr && run->round == approved->round && run->opened == world_.now) {
            return std::nullopt;
        }
        // He holds another slot there.
        const auto* slot = run == nullptr ? nullptr : find_slot(*run, approved->slot);
        if (slot != nullptr && slot->by.empty()) return std::nullopt;
        return Broken{law::one_command, approved->node + ": it was decided twice"};
    }
    return std::nullopt;
}

std::optional<Broken> StoryPlayer::refused(const Error& error) {
    refusal_ =
        std::string(enum_name(error.code)) + " " + error.rule + error.field + ": " + error.detail;
    ++rules_[error.rule.empty() ? std::string(enum_name(error.code)) : error.rule];
    const bool named = error.code == Errc::rule_violation ? known_rules().contains(error.rule)
                       : error.code == Errc::invalid_argument
                           ? !error.field.empty()
                           : error.code == Errc::forbidden || error.code == Errc::not_found;
    constexpr std::size_t detail_min = 20;
    if (named && error.detail.size() >= detail_min) return std::nullopt;
    return Broken{law::refusals, refusal_};
}

std::optional<Broken> StoryPlayer::pass_time(int hours) {
    const Timestamp until{world_.now.ms + hours * hour_ms};
    for (;;) {
        const auto timers = timers_of(world_.task);
        const auto next = std::ranges::min_element(timers, {}, &Timer::at);
        if (next == timers.end() || next->at > until) break;
        world_.now = std::max(world_.now, next->at);
        const Timer timer = *next;
        const auto outcome = world_.when(system_actor, command_of(timer));
        if (!outcome.accepted() || outcome.result()->events.empty()) {
            return Broken{law::timers, name_of(timer) + " does nothing: " + outcome.detail()};
        }
        if (auto broken = accepted(system_actor, Decision(*outcome.result()))) return broken;
    }
    world_.now = std::max(world_.now, until);
    return std::nullopt;
}

std::optional<Broken> StoryPlayer::replay() const {
    TaskState task = begun_;
    TaskHistory history;
    for (const auto& [event, stamp] : log_) task = evolve(std::move(task), event, stamp, history);
    const auto& live = world_.history.rounds;
    const auto from = live.begin() + static_cast<std::ptrdiff_t>(rounds_begun_);
    const bool same = task == world_.task &&
                      std::equal(from, live.end(), history.rounds.begin(), history.rounds.end());
    if (same) return std::nullopt;
    return Broken{law::replay, "the events give another state"};
}

Story random_story(std::uint64_t seed, std::size_t deeds) {
    Dice dice(seed);
    GivenTask world;
    Story story;
    const OnStage stage(story);
    const auto publish = [&](const RouteWish& wish, std::int32_t ver) {
        Route route = random_route(dice, wish, world);
        route.ver = ver;
        world.publish(route);
        story.routes.push_back(std::move(route));
    };
    world.fold(Event(GroupPut{Group{"panel", "panel", {PersonId("rsj.section")}}}), system_actor);
    publish({"part", SubjectKind::report, true, "", 5}, 1);
    publish({"report", SubjectKind::report, false, "part", 3 + dice.below(14)}, 2);
    publish({"extension", SubjectKind::extension, false, "", 6}, 1);
    publish({"closing", SubjectKind::closing, false, "", 6}, 1);
    publish({"amendment", SubjectKind::amendment, false, "", 6}, 1);
    publish({"issue", SubjectKind::issue, false, "", 6}, 1);
    story.established = dice.one_in(4);
    StoryPlayer player(story.routes, story.established);
    while (story.deeds.size() < deeds) {
        story.deeds.push_back(random_deed(dice, player.world()));
        if (player.play(story.deeds.back())) break;
    }
    return story;
}

Played played(const Story& story) {
    const OnStage stage(story);
    Played result;
    StoryPlayer player(story.routes, story.established);
    for (const Deed& deed : story.deeds) {
        ++result.deeds;
        result.broken = player.play(deed);
        result.refusals.push_back(player.refusal());
        if (result.broken) return result;
    }
    result.broken = player.replay();
    return result;
}

std::vector<Story> simpler_stories(const Story& story) {
    std::vector<Story> simpler;
    const Played run = played(story);
    Story done{story.routes, {}, story.established};
    for (std::size_t i = 0; i < run.deeds; ++i) {
        if (run.refusals[i].empty() || i + 1 == run.deeds) done.deeds.push_back(story.deeds[i]);
    }
    if (done.deeds.size() < story.deeds.size()) simpler.push_back(done);
    const std::size_t count = story.deeds.size();
    for (std::size_t length = count / 2; length > 0; length /= 2) {
        for (std::size_t from = 0; from + length <= count; from += length) {
            Story without = story;
            const auto begin = without.deeds.begin() + static_cast<std::ptrdiff_t>(from);
            without.deeds.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
            simpler.push_back(std::move(without));
        }
    }
    // What nobody could publish is no simpler story.
    GivenTask world;
    world.fold(Event(GroupPut{Group{"panel", "panel", {PersonId("rsj.section")}}}), system_actor);
    for (const Route& route : story.routes) world.publish(route);
    for (std::size_t i = 0; i < story.routes.size(); ++i) {
        for (Route& route : simpler_routes(story.routes[i])) {
            if (!check_route(route, RouteWorld{world.directory, &world.routes})) continue;
            Story changed = story;
            changed.routes[i] = std::move(route);
            simpler.push_back(std::move(changed));
        }
    }
    return simpler;
}

void showValue(const Story& story, std::ostream& out) {
    out << (story.established ? "given an established task and the routes\n"
                              : "given the routes\n");
    std::set<std::string> used = {"report"};
    for (const Deed& deed : story.deeds) {
        if (deed.verb == Verb::submit) used.insert(std::string(enum_name(deed.kind)));
    }
    for (const Route& route : story.routes) {
        const bool part = route.route.value == "part";
        if (part || used.contains(route.route.value)) out << words_of(route);
    }
    out << "when\n";
    const Played run = played(story);
    for (std::size_t i = 0; i < run.deeds; ++i) {
        out << "  " << words_of(story.deeds[i]);
        if (!run.refusals[i].empty()) out << "\n    refused: " << run.refusals[i];
        out << "\n";
    }
    out << "then ";
    if (run.broken) {
        out << "this does not hold: " << run.broken->law << "\n  " << run.broken->detail << "\n";
    } else {
        out << "all holds\n";
    }
}

}  // namespace duban
