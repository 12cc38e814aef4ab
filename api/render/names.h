// Units and persons as answers show them: code or id together with the present
// name, unless said otherwise.
// Thread-safety: safe for concurrent use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "domain/directory/directory.h"

namespace duban {

// {"code","name"}; the name is "" for a unit that the directory does not have.
[[nodiscard]] nlohmann::json unit_json(const Directory& directory, const UnitCode& unit);
[[nodiscard]] nlohmann::json units_json(const Directory& directory,
                                        const std::vector<UnitCode>& units);
// The codes alone.
[[nodiscard]] nlohmann::json codes_json(const std::vector<UnitCode>& units);
// {"id","name"}
[[nodiscard]] nlohmann::json person_json(const Directory& directory, const PersonId& person);
// {"unit":{…},"post"}
[[nodiscard]] nlohmann::json seat_json(const Directory& directory, const Seat& seat);
// "report", "extension", …: the id of a subject under the name of its kind; nothing for no id.
void name_subject(nlohmann::json& object, const SubjectId& subject);

}  // namespace duban
