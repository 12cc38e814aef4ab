#include "api/stream/event_sight.h"

namespace duban {

Result<bool> EventSight::may_see(const EventRecord& record) {
    std::vector<UnitCode> own;
    if (!access_.all && !access_.audits_all && task_of_stream(record.envelope.stream)) {
        for (const auto* units : {&access_.units, &access_.mandate}) {
            for (const UnitCode& unit : *units) {
                const auto found = indexed(unit, record.envelope.position);
                if (!found) return found;
                if (*found) own.push_back(unit);
            }
        }
    }
    return may_see_event(access_, record.event, own);
}

Result<bool> EventSight::concerns(const std::vector<UnitCode>& units, Position position) {
    for (const UnitCode& unit : units) {
        const auto found = indexed(unit, position);
        if (!found || *found) return found;
    }
    return false;
}

Result<bool> EventSight::indexed(const UnitCode& unit, Position position) {
    auto known = next_.find(unit);
    const bool usable = known != next_.end() && known->second.from <= position &&
                        (!known->second.hit || position <= *known->second.hit);
    if (!usable) {
        Next next{position, std::nullopt};
        const auto read = read_index(snapshot_, IndexEntry{Dimension::unit, unit.value}, position,
                                     [&](Position hit) {
                                         next.hit = hit;
                                         return false;
                                     });
        if (!read) return tl::unexpected<Error>(read.error());
        known = next_.insert_or_assign(unit, next).first;
    }
    return known->second.hit == position;
}

}  // namespace duban
