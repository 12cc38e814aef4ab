#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "domain/directory/directory_events.h"
#include "storage/codec/canonical_json.h"
#include "storage/codec/digest.h"
#include "storage/codec/event_record.h"
#include "tests/storage/sample_events.h"
#include "tests/support/print.h"

namespace duban {
namespace {

using nlohmann::json;

void expect_round_trip(const Envelope& envelope, const Event& event) {
    SCOPED_TRACE(std::string(event.type().name));
    const EventRecord encoded = encode_event(envelope, event);
    const auto decoded = decode_event(encoded.bytes);
    ASSERT_TRUE(decoded) << decoded.error().field << ": " << decoded.error().detail;
    EXPECT_EQ(decoded->envelope, envelope);
    EXPECT_TRUE(decoded->event == event);
    EXPECT_EQ(decoded->bytes, encoded.bytes);
    EXPECT_TRUE(parse_canonical(encoded.bytes));
}

TEST(EventCodec, RoundTripsEveryTypeEmptyAndFilled) {
    for (const Event& event : default_events()) expect_round_trip(sample_envelope(), event);
    for (const Event& event : filled_events()) expect_round_trip(sample_envelope(), event);
}

TEST(EventCodec, RoundTripsAnActOfOnesOwnAndOneOfTheSystem) {
    Envelope own = sample_envelope();
    own.on_behalf_of = {};
    expect_round_trip(own, filled_events().front());
    own.actor = PersonId(system_actor);
    expect_round_trip(own, filled_events().front());
}

TEST(EventCodec, TypesAreDistinct) {
    std::set<std::string> types;
    for (const Event& event : default_events()) types.insert(std::string(event.type().name));
    EXPECT_EQ(types.size(), default_events().size());
}

TEST(EventCodec, WritesTheCloudEventsAttributes) {
    Envelope envelope = sample_envelope();
    const Event event(Event(UnitPut{Unit{UnitCode("jtj"), "交通局", "bureau"}}));
    EXPECT_EQ(
        encode_event(envelope, event).bytes,
        R"({"authid":"jtj.clerk","authtype":"user",)"
        R"("causationid":"0199c7a5-2f0e-7c31-8d6b-000000000001",)"
        R"("correlationid":"jiyuan-vocational/1/r1",)"
        R"("data":{"unit":{"code":"jtj","kind":"bureau","name":"交通局"}},)"
        R"("dataclassification":"internal","datacontenttype":"application/json",)"
        R"("id":"0199c7a5-2f0e-7c31-8d6b-3a1f5b9e7d42","nonce":"AAAAAAAAAAAAAAAAAAAAAA",)"
        R"("onbehalfof":"jtj.head",)"
        R"("prevhash":"0000000000000000000000000000000000000000000000000000000000000001",)"
        R"("recordedtime":"2026-09-01T01:00:00.129Z","sequence":"00000000000000070412",)"
        R"("source":"jtj","specversion":"1.0","streamrev":7,"subject":"task/jiyuan-vocational/1",)"
        R"("time":"2026-09-01T01:00:00.123Z","type":"unit.put","typeversion":1})");
}

json sample_object() {
    return json::parse(encode_event(sample_envelope(), filled_events().front()).bytes);
}

Error error_of(const json& object) {
    const auto decoded = decode_event(canonical_json(object));
    EXPECT_FALSE(decoded) << object;
    return decoded ? Error{} : decoded.error();
}

TEST(EventCodec, RefusesAnEventThatLacksAnyAttribute) {
    const json whole = sample_object();
    for (const auto& [name, value] : whole.items()) {
        json part = whole;
        part.erase(name);
        if (name == "onbehalfof") {
            EXPECT_TRUE(decode_event(canonical_json(part)));
        } else {
            EXPECT_EQ(error_of(part).code, Errc::corrupt) << name;
        }
    }
}

TEST(EventCodec, RefusesAnAttributeOfAnotherForm) {
    const std::pair<const char*, json> changes[] = {
        {"specversion", "1.1"},
        {"authtype", "system"},
        {"authid", 5},
        {"dataclassification", "secret"},
        {"datacontenttype", "text/json"},
        {"sequence", "70412"},
        {"sequence", "0000000000000007041x"},
        {"streamrev", -1},
        {"streamrev", "7"},
        {"prevhash", std::string(64, 'A')},
        {"prevhash", "00"},
        {"time", "2026-09-01T01:00:00Z"},
        {"recordedtime", "later"},
        {"onbehalfof", ""},
        {"data", json::array()},
        {"extra", "1"},
    };
    for (const auto& [name, value] : changes) {
        json object = sample_object();
        object[name] = value;
        EXPECT_EQ(error_of(object).code, Errc::corrupt) << name << " = " << value;
    }
}

TEST(EventCodec, RefusesAnUnknownMemberOfThePayload) {
    json object = sample_object();
    object["data"]["unit"]["colour"] = "red";
    const Error error = error_of(object);
    EXPECT_EQ(error.code, Errc::corrupt);
    EXPECT_EQ(error.field, "data.unit.colour");
}

TEST(EventCodec, SaysWhichTypeOrVersionItDoesNotKnow) {
    json object = sample_object();
    object["type"] = "unit.dissolved";
    EXPECT_EQ(error_of(object).code, Errc::unsupported);
    EXPECT_NE(error_of(object).detail.find("unit.dissolved in version 1"), std::string::npos);
    object = sample_object();
    object["typeversion"] = 2;
    EXPECT_EQ(error_of(object).code, Errc::unsupported);
    EXPECT_NE(error_of(object).detail.find("unit.put in version 2"), std::string::npos);
}

TEST(EventCodec, RefusesBytesThatAreNotCanonical) {
    const std::string bytes = encode_event(sample_envelope(), filled_events().front()).bytes;
    EXPECT_TRUE(decode_canonical_event(bytes));
    EXPECT_FALSE(decode_canonical_event(bytes + " "));
    EXPECT_FALSE(decode_canonical_event("{ " + bytes.substr(1)));
    EXPECT_FALSE(decode_canonical_event("[]"));
    EXPECT_FALSE(decode_event(""));
    EXPECT_FALSE(decode_event("[]"));
}

TEST(EventHash, IsTheHexOfSha256) {
    EXPECT_EQ(event_hash("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(first_prev_hash(), std::string(64, '0'));
}

// DUBAN_GOLDEN_WRITE=1 writes the files that are missing, for new event types. A file never
// changes.
TEST(EventGolden, BytesOfEveryTypeStayWhatTheyWere) {
    const bool write = std::getenv("DUBAN_GOLDEN_WRITE") != nullptr;
    for (const Event& event : filled_events()) {
        SCOPED_TRACE(std::string(event.type().name));
        const std::string path = "tests/storage/golden/" + std::string(event.type().name) + ".v" +
                                 std::to_string(event.type().version) + ".json";
        const std::string bytes = encode_event(sample_envelope(), event).bytes;
        if (write && !std::ifstream(path)) std::ofstream(path) << bytes << '\n';
        std::ifstream file(path);
        ASSERT_TRUE(file) << path << " is missing";
        std::stringstream golden;
        golden << file.rdbuf();
        EXPECT_EQ(bytes + "\n", golden.str());
        std::string stored = golden.str();
        stored.pop_back();
        const auto decoded = decode_event(stored);
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_TRUE(decoded->event == event);
    }
}

}  // namespace
}  // namespace duban
