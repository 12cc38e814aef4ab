// Authority: who sees what. A pure function of the directory as it stands.
// Commands have their own guards in decide; this is about reading, for query rows, pushed events
// and blobs alike. What one may not see is answered as not found.
// Thread-safety: immutable values.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/base/event.h"
#include "domain/directory/directory.h"

namespace duban {

// What a person may read, computed once per change of rights. Equal values form an access class.
struct Access {
    PersonId person;
    bool all = false;  // office and leaders: every task
    bool administrator =
        false;                 // system or security administrator: directory only, no business text
    std::set<UnitCode> units;  // units whose tasks he sees because he holds a post there
    std::set<UnitCode> mandate;  // units whose tasks he sees as an auditor
    bool audits_all = false;     // an auditor without a limit
    // As whom he may be asked from outside of a task: every unit in which a post of his is about
    // business, and himself and whose proxy he is.
    std::set<UnitCode> homes;
    std::set<PersonId> persons;
    auto operator<=>(const Access&) const = default;
};

// For himself and for those whose proxy he is on that day.
[[nodiscard]] Access access_of(const Directory& directory, const PersonId& person, Date today);

// Office, leaders and auditors without a limit. Who is none of them sees a plan as the tasks of it
// that he may see.
[[nodiscard]] bool sees_every_task(const Access& access);
[[nodiscard]] bool may_see_task(const Access& access, const std::vector<UnitCode>& task_units);
// Whether the party's word is his, or of one for whom he is proxy.
[[nodiscard]] bool is_of(const Access& access, const Party& party);
// Whether the person reads business at all, so that a task can ask him: active, no administrator,
// and with a post.
[[nodiscard]] bool may_be_asked(const Directory& directory, const PersonId& person);
// Drafts are seen by their own unit only.
[[nodiscard]] bool may_see_draft(const Access& access, const UnitCode& unit);
// Whether an event may be delivered. `task_units` are units_of the task after the event; ignored
// for events of other streams.
[[nodiscard]] bool may_see_event(const Access& access, const Event& event,
                                 const std::vector<UnitCode>& task_units);
// Whether the person may read business data at all (plans, routes).
[[nodiscard]] bool reads_business(const Access& access);

}  // namespace duban
