// What a scenario expects, compared with what a client reads.
//
// A value fits when every member that is expected is there and fits; a list fits item by item, in
// full. Expected may be: null for a member that is absent or empty; {"includes": [...]} for a list
// that has these among others; {"count": n}; {"present": true}; {"other_than": value}; the id of a
// person or unit for the object that tells id and name.
//
// Facts of an approval, separated by `;`:
//   running | returned | held | passed | …    its state
//   waits panel(rsj.head czj.head) adopt(…)   all who can act, by node; `waits nobody`
//   node panel approved 2 | node panel {…}    state and round, or members; idle when not reached
//   slot panel 1 open | slot panel 1 {…}
//   past panel rejected by=rsj.head …         a closed round; several come in this order
//   copy to=rsj.head reason=jump              `uncopied rsj.head`
//   stack 1 | stack [...]    revision 2    version 1    closed 4    has {…}
// Thread-safety: no state.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace duban {

[[nodiscard]] bool scenario_fits(const nlohmann::json& want, const nlohmann::json& got);

// Both throw ScenarioFault: for what does not hold, and for facts that cannot be read.
void check_facts(const std::string& facts, const nlohmann::json& approval);
void require_fit(const std::string& what, const nlohmann::json& want, const nlohmann::json& got);

// The members of `name=value` words from the `first` on.
[[nodiscard]] nlohmann::json members_of(const std::vector<std::string>& words, std::size_t first);
// As it may stand in a fault, shortened.
[[nodiscard]] std::string shown(const nlohmann::json& value);

}  // namespace duban
