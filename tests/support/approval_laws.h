// What holds of approvals over any route and any commands, looked at after every step. Written
// without the engine's own moves: by the route, the events and the states before and after alone.
// Thread-safety: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/approval/route_plan.h"
#include "domain/base/decide.h"
#include "domain/base/event_stamp.h"
#include "domain/task/react.h"
#include "tests/support/given.h"

namespace duban {

namespace law {
inline constexpr const char* closed_rounds_stay = "a closed round never changes";
inline constexpr const char* closed_once =
    "an approval is closed once at most, and nothing is open after it";
inline constexpr const char* live_holder =
    "every open slot has a live holder who sees it, or stands behind one that has";
inline constexpr const char* timers = "timers exist exactly for open rounds with a due";
inline constexpr const char* jump = "a jump comes back to its returner or his seat";
inline constexpr const char* entered = "after a return nothing is open that the flow did not enter";
inline constexpr const char* flow = "what is open stands in what is open, behind what is passed";
inline constexpr const char* delegation = "a delegation ends with its first owner";
inline constexpr const char* early_votes = "early votes equal full counts";
inline constexpr const char* seats =
    "a unit's seat is decided by its persons, their proxies, the office or whom the office named";
inline constexpr const char* taken_back =
    "a decision taken back leaves what stood and what was open before it";
inline constexpr const char* distinguishable =
    "deemed, timed-out, proxy and kept are distinguishable";
inline constexpr const char* replay = "replay equals live";
inline constexpr const char* one_command = "one sequence, one command";
inline constexpr const char* refusals = "a refusal names its rule, and nothing follows from it";
inline constexpr const char* round_numbers = "the rounds of an address count from 1";
inline constexpr const char* children = "a sub-route is open while its node waits for it";
}  // namespace law

struct Broken {
    std::string law;
    std::string detail;
};

// One accepted command, or nothing but a change around the task.
struct LawStep {
    const TaskState& before;
    const GivenTask& after;
    const Decision& decision;
    const PersonId& actor;
};

class ApprovalLaws {
public:
    explicit ApprovalLaws(const GivenTask& world);

    // The first law that the step broke; nothing when all hold.
    [[nodiscard]] std::optional<Broken> check(const LawStep& step);

private:
    using SlotKey = std::tuple<std::uint32_t, std::string, std::uint32_t, std::string>;
    // How the approval stood before and after a decision.
    struct Snapshot {
        Approval before;
        Approval after;
    };

    void require(bool holds, const char* law, const std::string& about, const char* detail);
    void check_past(const LawStep& step);
    void check_events(const LawStep& step);
    void check_decision(const LawStep& step, const Approval& before, const ApprovalNode& run,
                        const Slot& slot);
    void check_taken_back(const LawStep& step, const SlotKey& key);
    // `own`: the slot whose decision was taken back.
    void check_restored(const Approval& now, const Approval& unwound, const Snapshot& snapshot,
                        const std::string& own);
    void check_timers(const GivenTask& world, const TaskState& before);
    void check_children(const GivenTask& world);

    std::optional<Broken> broken_;
    std::vector<EndedRound> rounds_;  // as they closed
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> round_numbers_;
    std::map<std::uint32_t, int> closings_;
    std::set<SlotKey> decided_;
    std::map<SlotKey, Snapshot> snapshots_;
    std::set<Timer> armed_;
};

// Of one approval as it stands: the flow (approval_flow_laws.cc).
[[nodiscard]] std::optional<Broken> broken_flow(const Approval& approval, const RoutePlan& plan);
// Where a return has led (approval_flow_laws.cc). `node`: of who returned.
[[nodiscard]] std::optional<Broken> broken_return(const Approval& before, const Approval& after,
                                                  const RoutePlan& plan, const std::string& node,
                                                  const std::string& to);
// Whether the jumps that were pending are answered as they should (approval_flow_laws.cc).
[[nodiscard]] std::optional<Broken> broken_jump(const Approval& before, const Approval& after,
                                                const Decision& decision, const GivenTask& world);
// Of one approval as it stands: who is asked (approval_slot_laws.cc).
[[nodiscard]] std::optional<Broken> broken_slots(const Approval& approval, const GivenTask& world);
// Of a closed round: who spoke, and how it ended (approval_slot_laws.cc).
[[nodiscard]] std::optional<Broken> broken_round(const Round& round, const RouteNode& node);

}  // namespace duban
