#include "storage/codec/event_payload.h"

#include <nlohmann/json.hpp>

#include "storage/codec/described_json.h"

namespace duban {

nlohmann::json payload_json(const Event& event) {
    return json_of(event.payload(), event.kind().layout());
}

Result<Event> parse_payload(const std::string& type, std::int64_t version,
                            const nlohmann::json& data) {
    const EventKind* kind = find_event_kind(type, version);
    if (kind == nullptr) {
        return fail(Errc::unsupported, "this build does not know the event type " + type +
                                           " in version " + std::to_string(version) +
                                           "; use the release that wrote it or a later one");
    }
    auto payload = kind->make();
    if (auto read = read_json(data, payload.get(), kind->layout(), "data"); !read) {
        return tl::unexpected<Error>(std::move(read.error()));
    }
    return Event(*kind, std::move(payload));
}

}  // namespace duban
