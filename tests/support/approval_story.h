// Stories about approvals: routes, and what happens on a task that is bound to them. A story is
// played deed by deed, and after every deed the laws of approvals are looked at.
// Thread-safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/approval/route.h"
#include "tests/support/approval_deed.h"
#include "tests/support/approval_laws.h"
#include "tests/support/given.h"

namespace duban {

struct Story {
    std::vector<Route> routes;  // in the order in which they are published
    std::vector<Deed> deeds;
    bool established = false;  // it begins before the task is issued
};

// The world of a story, between two deeds.
class StoryPlayer {
public:
    StoryPlayer(const std::vector<Route>& routes, bool established);

    [[nodiscard]] const GivenTask& world() const { return world_; }
    // The law that it broke; nothing when all hold.
    [[nodiscard]] std::optional<Broken> play(const Deed& deed);
    // What came of the last deed: "" or the refusal.
    [[nodiscard]] const std::string& refusal() const { return refusal_; }
    // After the last: whether the events alone give the same.
    [[nodiscard]] std::optional<Broken> replay() const;
    // How often each event was made, and each rule refused.
    [[nodiscard]] const std::map<std::string, std::size_t>& events() const { return events_; }
    [[nodiscard]] const std::map<std::string, std::size_t>& rules() const { return rules_; }

private:
    std::optional<Broken> command(const std::string& actor, const Command& command);
    std::optional<Broken> accepted(const std::string& actor, const Decision& decision);
    std::optional<Broken> again(const std::string& actor, const Command& command) const;
    std::optional<Broken> refused(const Error& error);
    std::optional<Broken> pass_time(int hours);

    GivenTask world_;
    TaskState begun_;
    std::size_t rounds_begun_ = 0;
    ApprovalLaws laws_;
    std::vector<std::pair<Event, Stamp>> log_;
    std::string refusal_;
    std::map<std::string, std::size_t> events_;
    std::map<std::string, std::size_t> rules_;
};

// So many deeds, each by chance as the world stands then.
[[nodiscard]] Story random_story(std::uint64_t seed, std::size_t deeds);

struct Played {
    std::optional<Broken> broken;
    std::size_t deeds = 0;              // that were played; the last broke the law
    std::vector<std::string> refusals;  // of each; "" where it was accepted
};
[[nodiscard]] Played played(const Story& story);

// What a story whose law is broken is shrunk to: without the end, without some deeds, on simpler
// routes.
[[nodiscard]] std::vector<Story> simpler_stories(const Story& story);

// given, when, then.
void showValue(const Story& story, std::ostream& out);

}  // namespace duban
