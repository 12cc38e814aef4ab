#include <charconv>
#include <nlohmann/json.hpp>

#include "domain/directory/directory.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/codec/event_payload.h"
#include "storage/codec/event_record.h"

namespace duban {
namespace {

constexpr std::size_t sequence_digits = 20;
constexpr std::size_t hash_hex_digits = 64;
constexpr int attributes_always = 19;

std::string padded(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(sequence_digits - digits.size(), '0') + digits;
}

// Takes the attributes out of the object one by one and keeps the first fault.
class Attributes {
public:
    explicit Attributes(const nlohmann::json& object) : object_(object) {}

    std::string text(const char* name) {
        const auto* value = find(name);
        if (value == nullptr) return {};
        if (!value->is_string()) {
            blame(name, "is not a string");
            return {};
        }
        return value->get<std::string>();
    }
    std::int64_t integer(const char* name) {
        const auto* value = find(name);
        if (value == nullptr) return 0;
        if (!value->is_number_integer() || value->get<std::int64_t>() < 0) {
            blame(name, "is not a whole number");
            return 0;
        }
        return value->get<std::int64_t>();
    }
    Timestamp time(const char* name) {
        const auto parsed = parse_timestamp(text(name));
        if (!parsed) blame(name, "is not a time");
        return parsed.value_or(Timestamp{});
    }
    Position sequence() {
        const auto digits = text("sequence");
        std::uint64_t value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value);
        if (digits.size() != sequence_digits || error != std::errc{} || stop != end) {
            blame("sequence", "is not 20 digits");
        }
        return Position(value);
    }
    std::string prev_hash() {
        auto hash = text("prevhash");
        if (hash.size() != hash_hex_digits || !is_digest("sha256:" + hash)) {
            blame("prevhash", "is not 64 hex digits");
        }
        return hash;
    }
    void expect(const char* name, const std::string& value) {
        if (text(name) != value) blame(name, "is not " + value);
    }
    [[nodiscard]] bool has(const char* name) const { return object_.contains(name); }
    void blame(const std::string& name, const std::string& what) {
        if (status_) {
            status_ = fail(Errc::corrupt, "the event attribute " + name + " " + what, name);
        }
    }
    [[nodiscard]] const Status& status() const { return status_; }

private:
    const nlohmann::json* find(const char* name) {
        const auto found = object_.find(name);
        if (found == object_.end()) {
            blame(name, "is missing");
            return nullptr;
        }
        return &*found;
    }

    const nlohmann::json& object_;
    Status status_;
};

// An object's members, given in the order of their names.
class Canonical {
public:
    void text(std::string_view name, std::string_view value) {
        begin(name);
        append_canonical_text(bytes_, value);
    }
    void raw(std::string_view name, std::string_view canonical) {
        begin(name);
        bytes_ += canonical;
    }
    std::string finish() {
        bytes_.push_back('}');
        return std::move(bytes_);
    }

private:
    void begin(std::string_view name) {
        DUBAN_ASSERT(last_ < name);
        bytes_ += last_.empty() ? "{\"" : ",\"";
        bytes_ += name;
        bytes_ += "\":";
        last_ = name;
    }

    std::string bytes_;
    std::string_view last_;
};

std::string auth_type(const PersonId& actor) {
    return actor.value == system_actor ? "system" : "user";
}

Result<Envelope> read_envelope(const nlohmann::json& object) {
    Attributes from(object);
    Envelope envelope;
    from.expect("specversion", "1.0");
    envelope.id = from.text("id");
    envelope.source = UnitCode(from.text("source"));
    envelope.stream = StreamId(from.text("subject"));
    envelope.position = from.sequence();
    envelope.revision = StreamRev(static_cast<std::uint64_t>(from.integer("streamrev")));
    envelope.time = from.time("time");
    envelope.recorded = from.time("recordedtime");
    envelope.actor = PersonId(from.text("authid"));
    from.expect("authtype", auth_type(envelope.actor));
    const bool for_another = from.has("onbehalfof");
    if (for_another) {
        envelope.on_behalf_of = PersonId(from.text("onbehalfof"));
        if (envelope.on_behalf_of.empty()) from.blame("onbehalfof", "is empty");
    }
    envelope.command = CommandId(from.text("causationid"));
    envelope.correlation = from.text("correlationid");
    envelope.prev_hash = from.prev_hash();
    envelope.nonce = from.text("nonce");
    from.expect("dataclassification", "internal");
    from.expect("datacontenttype", "application/json");
    if (!from.has("data")) from.blame("data", "is missing");
    if (!from.has("type") || !from.has("typeversion")) from.blame("type", "is missing");
    if (object.size() != attributes_always + (for_another ? 1 : 0)) {
        from.blame("", "set has a member that is not known");
    }
    if (!from.status()) return tl::unexpected<Error>(from.status().error());
    return envelope;
}

Result<EventRecord> decode_object(const nlohmann::json& object, std::string_view bytes) {
    if (!object.is_object()) return fail(Errc::corrupt, "an event is not a JSON object");
    Attributes from(object);
    const auto type = from.text("type");
    const auto version = from.integer("typeversion");
    if (!from.status()) return tl::unexpected<Error>(from.status().error());
    auto envelope = read_envelope(object);
    if (!envelope) return tl::unexpected<Error>(envelope.error());
    auto event = parse_payload(type, version, object.at("data"));
    if (!event) return tl::unexpected<Error>(event.error());
    return EventRecord{std::move(*envelope), std::move(*event), std::string(bytes)};
}

}  // namespace

Stamp stamp_of(const Envelope& envelope) {
    return Stamp{envelope.position, envelope.revision, envelope.time, envelope.actor,
                 envelope.on_behalf_of};
}

EventRecord encode_event(Envelope envelope, Event event) {
    Canonical out;
    out.text("authid", envelope.actor.value);
    out.text("authtype", auth_type(envelope.actor));
    out.text("causationid", envelope.command.value);
    out.text("correlationid", envelope.correlation);
    out.raw("data", canonical_bytes_of(event.payload(), event.kind().layout()));
    out.text("dataclassification", "internal");
    out.text("datacontenttype", "application/json");
    out.text("id", envelope.id);
    out.text("nonce", envelope.nonce);
    if (!envelope.on_behalf_of.empty()) out.text("onbehalfof", envelope.on_behalf_of.value);
    out.text("prevhash", envelope.prev_hash);
    out.text("recordedtime", to_string(envelope.recorded));
    out.text("sequence", padded(envelope.position.value));
    out.text("source", envelope.source.value);
    out.text("specversion", "1.0");
    out.raw("streamrev", std::to_string(envelope.revision.value));
    out.text("subject", envelope.stream.value);
    out.text("time", to_string(envelope.time));
    out.text("type", event.type().name);
    out.raw("typeversion", std::to_string(event.type().version));
    std::string bytes = out.finish();
    const Hash hash = sha256(bytes);
    return EventRecord{std::move(envelope), std::move(event), std::move(bytes), hash};
}

Result<EventRecord> decode_event(std::string_view bytes) {
    return decode_object(nlohmann::json::parse(bytes, nullptr, false), bytes);
}

Result<EventRecord> decode_canonical_event(std::string_view bytes) {
    const auto object = parse_canonical(bytes);
    if (!object) return tl::unexpected<Error>(object.error());
    return decode_object(*object, bytes);
}

std::string event_hash(std::string_view bytes) {
    return to_hex(sha256(bytes));
}

std::string first_prev_hash() {
    return std::string(hash_hex_digits, '0');
}

}  // namespace duban
