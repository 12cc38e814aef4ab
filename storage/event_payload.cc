#include "storage/event_payload.h"

#include <unordered_map>

#include "storage/described_json.ipp"
#include "storage/event_record.h"

namespace duban {
namespace {

struct KnownType {
    int version;
    Result<Event> (*parse)(const nlohmann::json& data);
};

template <class Group, class E>
Result<Event> parse_as(const nlohmann::json& data) {
    auto parsed = from_json_value<E>(data, "data");
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    return Event(Group(std::move(*parsed)));
}

const std::unordered_map<std::string, KnownType>& known_types() {
    static const auto types = [] {
        using boost::mp11::mp_for_each;
        using boost::mp11::mp_identity;
        using boost::mp11::mp_transform;
        std::unordered_map<std::string, KnownType> all;
        mp_for_each<mp_transform<mp_identity, Event>>([&](auto group) {
            using Group = typename decltype(group)::type;
            mp_for_each<mp_transform<mp_identity, Group>>([&](auto event) {
                using E = typename decltype(event)::type;
                const bool added =
                    all.emplace(E::type, KnownType{E::version, &parse_as<Group, E>}).second;
                DUBAN_ASSERT(added);
            });
        });
        return all;
    }();
    return types;
}

// Calls `use` with the event itself, out of its group.
template <class Use>
auto with_event(const Event& event, const Use& use) {
    return std::visit([&](const auto& group) { return std::visit(use, group); }, event);
}

}  // namespace

std::string event_type(const Event& event) {
    return with_event(event, [](const auto& e) { return std::string(e.type); });
}

int event_version(const Event& event) {
    return with_event(event, [](const auto& e) { return e.version; });
}

nlohmann::json payload_json(const Event& event) {
    return with_event(event, [](const auto& e) { return to_json_value(e); });
}

Result<Event> parse_payload(const std::string& type, std::int64_t version,
                            const nlohmann::json& data) {
    const auto known = known_types().find(type);
    if (known == known_types().end() || known->second.version != version) {
        return fail(Errc::unsupported, "this build does not know the event type " + type +
                                           " in version " + std::to_string(version) +
                                           "; use the release that wrote it or a later one");
    }
    return known->second.parse(data);
}

}  // namespace duban
