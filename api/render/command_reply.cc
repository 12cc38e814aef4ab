#include "api/render/command_reply.h"

#include <nlohmann/json.hpp>

#include "api/render/error_map.h"
#include "storage/codec/described_json.h"

namespace duban {

nlohmann::json command_reply(const Outcome& outcome, bool duplicate) {
    if (!outcome.accepted) {
        DUBAN_ASSERT(outcome.refused.has_value());
        return {{"error", error_object(error_of(*outcome.refused))}};
    }
    nlohmann::json result = to_json_value(outcome.accepted->made);
    result["position"] = std::to_string(outcome.accepted->position.value);
    result["version"] = outcome.accepted->version;
    result["duplicate"] = duplicate;
    return {{"result", std::move(result)}};
}

}  // namespace duban
