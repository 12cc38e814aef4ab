#include "api/stream/event_sight.h"

namespace duban {

Result<bool> EventSight::may_see(const EventRecord& record) {
    Addressees to;
    const bool asked = !sees_every_task(access_) && task_of_stream(record.envelope.stream);
    if (asked) {
        const Position position = record.envelope.position;
        Status found = add_units(access_.units, position, to).and_then([&] {
            return add_units(access_.mandate, position, to);
        });
        for (const UnitCode& unit : access_.homes) {
            if (found) found = add_guest({unit, {}}, position, to);
        }
        for (const PersonId& person : access_.persons) {
            if (found) found = add_guest({{}, person}, position, to);
        }
        if (!found) return tl::unexpected<Error>(found.error());
    }
    return may_see_event(access_, record.event, to);
}

Result<bool> EventSight::concerns(const std::vector<UnitCode>& units, Position position) {
    for (const UnitCode& unit : units) {
        for (const auto& entry : {IndexEntry{Dimension::unit, unit.value},
                                  IndexEntry{Dimension::guest, guest_value({unit, {}})}}) {
            const auto found = indexed(entry, position);
            if (!found || *found) return found;
        }
    }
    return false;
}

Status EventSight::add_units(const std::set<UnitCode>& units, Position position, Addressees& to) {
    for (const UnitCode& unit : units) {
        const auto found = indexed({Dimension::unit, unit.value}, position);
        if (!found) return tl::unexpected<Error>(found.error());
        if (*found) to.units.push_back(unit);
    }
    return {};
}

Status EventSight::add_guest(const Party& party, Position position, Addressees& to) {
    const auto found = indexed({Dimension::guest, guest_value(party)}, position);
    if (!found) return tl::unexpected<Error>(found.error());
    if (*found) to.guests.push_back(party);
    return {};
}

Result<bool> EventSight::indexed(const IndexEntry& entry, Position position) {
    auto known = next_.find(entry);
    const bool usable = known != next_.end() && known->second.from <= position &&
                        (!known->second.hit || position <= *known->second.hit);
    if (!usable) {
        Next next{position, std::nullopt};
        const auto read = read_index(snapshot_, entry, position, [&](Position hit) {
            next.hit = hit;
            return false;
        });
        if (!read) return tl::unexpected<Error>(read.error());
        known = next_.insert_or_assign(entry, next).first;
    }
    return known->second.hit == position;
}

}  // namespace duban
