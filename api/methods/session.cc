// session.* and sub.*: described here, handled by Connection.
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/session_schema.h"
#include "api/schema/shapes.h"

namespace duban {

using namespace schema;

namespace {

Schema open_result() {
    const Schema number = integer(0, integer_max);
    return object(
        {required("session", text(1, 64)), required("log", text(1, 64)),
         required("head", form(Form::place)), required("node", text(1, 64)),
         required("person", shapes::person()), required("heartbeat_ms", number),
         required("token_expires_in_ms", number),
         required("limits",
                  object({required("message_bytes", number), required("frame_bytes", number),
                          required("subscriptions", number), required("inflight_calls", number),
                          required("sessions", number), required("calls_per_s", number),
                          required("calls_burst", number), required("blob_bytes", number),
                          required("inbound_bytes_per_s", number)})),
         required("position", form(Form::place))});
}

}  // namespace

Schema filter_schema() {
    return object({optional("task", list(form(Form::task_id), 1, 1000)),
                   optional("unit", list(form(Form::unit_code), 1, 1000)),
                   optional("actor", list(form(Form::person_id), 1, 1000)),
                   optional("type", list(text(1, 100), 1, 100),
                            "Event types; a trailing '*' takes all that begin so.")});
}

void add_session_methods(Methods& methods) {
    const Schema token = text(1, 512);
    const Schema name = form(Form::name);
    const Schema client =
        object({optional("name", text(0, 100)), optional("version", text(0, 100))});
    methods.push_back(connection_method(
        "session.open", "Opens the session of a WebSocket.",
        object({optional("token", token, "Required unless the upgrade request carried one."),
                optional("client", client), optional("features", list(text(1, 32), 0, 16))}),
        open_result()));
    methods.push_back(
        connection_method("session.renew", "Goes on with a newer token of the same person.",
                          object({required("token", token)}),
                          object({required("session", text(1, 64)),
                                  required("token_expires_in_ms", integer(0, integer_max)),
                                  required("position", form(Form::place))})));
    const Schema start = object({optional("after", form(Form::place)), optional("log", text(1, 64)),
                                 optional("live", boolean()), optional("earliest", boolean()),
                                 optional("snapshot", boolean())});
    const Schema window = object(
        {optional("events", integer(1, 10'000)), optional("bytes", integer(1024, 16 << 20))});
    methods.push_back(connection_method(
        "sub.open", "Opens a subscription. `start` has exactly one of after, live, earliest.",
        object({required("sub", name), required("start", start),
                optional("filter", filter_schema()),
                optional("window", window,
                         "At most so much is sent beyond the last sub.ack; when that stops the "
                         "stream, sub.state says so.")}),
        object({required("sub", name), required("cursor", form(Form::place)),
                required("head", form(Form::place)), required("log", text(1, 64)),
                required("mode", choice({"catchup", "live"})),
                required("position", form(Form::place))})));
    methods.push_back(connection_method(
        "sub.ack",
        "Tells how far the client has come, when `window` was given. Needs no id, and one that "
        "tells "
        "something new does not count as a call.",
        object({required("sub", name), required("to", form(Form::place))}),
        object({required("sub", name), required("position", form(Form::place))})));
    methods.push_back(
        connection_method("sub.close", "Closes a subscription.", object({required("sub", name)}),
                          object({required("sub", name), required("cursor", form(Form::place)),
                                  required("position", form(Form::place))})));
}

}  // namespace duban
