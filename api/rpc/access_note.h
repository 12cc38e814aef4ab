// What of a call may stand in the access log: names that are known here, and nothing that was only
// typed. Whoever mistakes one field for another, or sends what has no place, leaves no trace of the
// words; a password in the field for the person is the usual case.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/schema/schema.h"
#include "domain/base/ids.h"
#include "domain/directory/directory.h"

namespace duban {

// The report, approval, task or person that the parameters name, in that order. A person counts
// when the directory has him, the others when they have the form of such a name. "" otherwise.
[[nodiscard]] std::string noted_object(const nlohmann::json& params, const Directory& directory);
// What a prepared command concerns: a word alone counts when it is a person or unit of the
// directory, a name in parts ("route/report") always. "" otherwise.
[[nodiscard]] std::string noted_object(const std::string& object, const Directory& directory);
// The command_id when it is a UUID, else none.
[[nodiscard]] CommandId noted_command(const nlohmann::json& params);
// The error's rule and field, the field as far as the method's schema knows its names.
[[nodiscard]] std::string noted_detail(const Error& error, const Schema& params);

}  // namespace duban
