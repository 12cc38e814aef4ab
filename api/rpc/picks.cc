#include "api/rpc/picks.h"

#include <nlohmann/json.hpp>

namespace duban {

std::vector<PickFor> picks_of(const nlohmann::json& params) {
    std::vector<PickFor> picks;
    const auto given = params.find("picks");
    if (given == params.end()) return picks;
    for (const auto& [node, persons] : given->items()) {
        PickFor pick;
        pick.node = node;
        for (const auto& person : persons) pick.persons.emplace_back(person.get<std::string>());
        picks.push_back(std::move(pick));
    }
    return picks;
}

}  // namespace duban
