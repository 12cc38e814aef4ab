// Filter: which events a subscription asks for: {"task":[…],"unit":[…],"actor":[…],"type":[…]}.
// Keys are ANDed, the values of a key ORed; a type may end in '*'. An empty filter takes all. Not a
// matter of authority: what one may see is asked besides.
// Thread-safety: immutable values.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "commit/event_ring.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/log/event_reader.h"

namespace duban {

class Filter {
public:
    Filter() = default;
    // Errors: bad_filter (field names the offending path below `path`).
    [[nodiscard]] static Result<Filter> parse(const nlohmann::json& filter,
                                              const std::string& path);

    [[nodiscard]] bool matches(const PublishedEvent& event) const;
    // All but the units, which a stored event does not carry.
    [[nodiscard]] bool matches_record(const EventRecord& record) const;
    [[nodiscard]] const std::vector<UnitCode>& units() const { return units_; }

    // Index entries one of which every matching event has; empty when only a scan finds them all.
    [[nodiscard]] std::vector<IndexEntry> index_entries() const;

private:
    std::vector<StreamId> tasks_;
    std::vector<UnitCode> units_;
    std::vector<PersonId> actors_;
    std::vector<std::string> types_;
};

}  // namespace duban
