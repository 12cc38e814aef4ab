// Guards: the checks that several command families share. Each gives nothing or the refusal, whose
// detail says what is wrong and how to mend it.
// The order within a command: who may, then the stage, then the fields.
// Thread-safety: safe for concurrent use (no state of its own).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/base/text_form.h"
#include "domain/directory/directory.h"
#include "domain/task/task.h"

namespace duban {

// Carries a refusal on.
template <class T>
[[nodiscard]] tl::unexpected<Error> refusal(const Result<T>& failed) {
    return tl::unexpected<Error>(failed.error());
}

[[nodiscard]] Date today_of(const Facts& facts);
// The default last day for signing in: sign_in_days from today, but not after a due day to come.
[[nodiscard]] Date default_sign_by(Date today, const std::optional<Date>& due);

[[nodiscard]] Seat seat_of(const char* unit, Post post);

// Who may. `act` completes "Only … may ".
[[nodiscard]] Result<Capacity> require_seat(const Facts& facts, const std::vector<Seat>& seats,
                                            const std::string& act);
[[nodiscard]] Result<Capacity> require_office(const Facts& facts, const std::string& act);
// A seat that judges the task from outside. Nobody does so in another's right when his own unit has
// a part in the task: a proxy would approve his own work.
[[nodiscard]] Result<Capacity> require_judge(const TaskState& task, const Facts& facts,
                                             const std::vector<Seat>& seats,
                                             const std::string& act);
// The office's head or a leader; the leader alone when the office itself has a part: its head must
// not decide on his own unit's work.
[[nodiscard]] Result<Capacity> require_impartial(const TaskState& task, const Facts& facts,
                                                 const std::string& act);
// The same or the office's clerk.
[[nodiscard]] Result<Capacity> require_desk(const TaskState& task, const Facts& facts,
                                            const std::string& act);
// An active person with a post in the unit.
[[nodiscard]] bool works_in(const Directory& directory, const PersonId& person,
                            const UnitCode& unit);
// "name (id)", as far as the directory knows the person.
[[nodiscard]] std::string name_of(const Directory& directory, const PersonId& person);

// Stage.
[[nodiscard]] std::string words(TaskStage stage);
[[nodiscard]] Status require_stage(const TaskState& task, TaskStage stage, const char* rule,
                                   const std::string& act);
// Issued and not held.
[[nodiscard]] Status require_running(const TaskState& task, const std::string& act);
// The same, or established, while its issue may be asked for: for acts that keep an approval going.
[[nodiscard]] Status require_under_way(const TaskState& task, const std::string& act);
// Not held: for acts in an approval, which say themselves whether it is still open.
[[nodiscard]] Status require_not_held(const TaskState& task, const std::string& act);
// No approval on the issue of the task is open. Errors: rule issue_open.
[[nodiscard]] Status require_no_issue_asked(const TaskState& task, const std::string& act);

// Fields. Lengths are counted in characters; texts are plain, names and titles are names
// (domain/base/text_form.h). What is required may not be blank.
[[nodiscard]] Status limit_text(const std::string& text, const std::string& field,
                                std::size_t characters_max);
[[nodiscard]] Status require_text(const std::string& text, const std::string& field,
                                  std::size_t characters_max);
[[nodiscard]] Status limit_name(const std::string& text, const std::string& field);
[[nodiscard]] Status require_name(const std::string& text, const std::string& field);
[[nodiscard]] Status require_not_past(Date date, Date today, const std::string& field);
// Refuses a unit that is missing, not in the directory or named twice.
[[nodiscard]] tl::unexpected<Error> unknown_unit(const UnitCode& unit, const std::string& field);
[[nodiscard]] tl::unexpected<Error> repeated_unit(const UnitCode& unit, const std::string& field);

// Routes that are there, for the kind of subject that they are bound to, each kind once.
[[nodiscard]] Status check_bindings(const std::vector<RouteBinding>& routes, const Facts& facts);

// The decision to append these events of a task, made in that capacity.
[[nodiscard]] Decision decision(const Capacity& capacity, std::vector<Event> events);

}  // namespace duban
