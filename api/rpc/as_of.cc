#include "api/rpc/as_of.h"

#include <nlohmann/json.hpp>

#include "api/render/position_text.h"
#include "storage/log/event_reader.h"

namespace duban {
namespace {

Result<std::optional<AsOf>> at_position(const QueryScope& scope, const std::string& text) {
    const auto position = parse_position(text, "at.position");
    if (!position) return tl::unexpected<Error>(position.error());
    if (*position >= scope.next) {
        return tl::unexpected<Error>(
            Error{Errc::position_ahead,
                  "at.position lies after the head, which is " + before_text(scope.next),
                  "at.position",
                  {},
                  scope.next.value});
    }
    const auto event = read_event(scope.snapshot, *position);
    if (!event) return tl::unexpected<Error>(event.error());
    return std::optional(
        AsOf{*position, event->envelope.recorded, office_date(event->envelope.recorded)});
}

}  // namespace

Result<std::optional<AsOf>> read_as_of(const QueryScope& scope) {
    const auto at = scope.params.find("at");
    if (at == scope.params.end()) return std::optional<AsOf>();
    if (at->size() != 1) {
        return fail(Errc::invalid_argument, "at must have exactly one of: position, time", "at");
    }
    if (at->contains("position")) {
        return at_position(scope, at->at("position").get_ref<const std::string&>());
    }
    const auto time = parse_timestamp(at->at("time").get_ref<const std::string&>());
    if (!time) return fail(Errc::invalid_argument, time.error().detail, "at.time");
    const auto position = position_at(scope.snapshot, *time);
    if (!position) return tl::unexpected<Error>(position.error());
    if (!*position) {
        return fail(Errc::not_found, "the log has no event at or before that time", "at.time");
    }
    return std::optional(AsOf{**position, *time, office_date(*time)});
}

}  // namespace duban
