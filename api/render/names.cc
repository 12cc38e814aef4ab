#include "api/render/names.h"

#include <nlohmann/json.hpp>

#include "domain/approval/subject.h"

#include "storage/codec/described_json.h"

namespace duban {

using Json = nlohmann::json;

Json unit_json(const Directory& directory, const UnitCode& unit) {
    const auto found = directory.units.find(unit);
    return {{"code", unit.value},
            {"name", found == directory.units.end() ? std::string() : found->second.name}};
}

Json units_json(const Directory& directory, const std::vector<UnitCode>& units) {
    Json list = Json::array();
    for (const UnitCode& unit : units) list.push_back(unit_json(directory, unit));
    return list;
}

Json codes_json(const std::vector<UnitCode>& units) {
    Json list = Json::array();
    for (const UnitCode& unit : units) list.push_back(unit.value);
    return list;
}

Json person_json(const Directory& directory, const PersonId& person) {
    const Person* found = find_person(directory, person);
    return {{"id", person.value}, {"name", found == nullptr ? std::string() : found->name}};
}

Json seat_json(const Directory& directory, const Seat& seat) {
    return {{"unit", unit_json(directory, seat.unit)}, {"post", std::string(enum_name(seat.post))}};
}

void name_subject(nlohmann::json& object, const SubjectId& subject) {
    if (subject == SubjectId{}) return;
    object[std::string(enum_name(kind_of(subject)))] = to_string(subject);
}

}  // namespace duban
