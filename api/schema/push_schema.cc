#include "api/schema/push_schema.h"

namespace duban {

using namespace schema;

namespace {

std::vector<PushMessage> make_push_messages() {
    const Schema place = form(Form::place);
    const Schema sub = form(Form::name);
    const Schema ms = integer(0, integer_max);
    return {
        {"checkpoint", "Everything between from and to was judged and nothing of it matched.",
         object({required("sub", sub), required("from", place), required("to", place)})},
        {"events",
         "Events as they stand in the log. `from` is the `to` of the message before; a client "
         "whose "
         "cursor differs has a gap.",
         object({required("sub", sub), required("events", list(document(), 1, 100'000)),
                 required("from", place), required("to", place)})},
        {"hb", "Heartbeat: the head and how far each subscription was told.",
         object({required("head", place), required("subs", map_of(place))})},
        {"session.drain", "The server stops soon: come back after that time.",
         object({required("close_in_ms", ms), required("reconnect_after_ms", ms),
                 required("hint", text(1, 32))})},
        {"session.expiring", "The token ends soon: send session.renew.",
         object({required("in_ms", ms)})},
        {"sub.ended", "The subscription is over.",
         object({required("sub", sub), required("cursor", place),
                 required("error", object({required("code", integer(-99'999, 99'999)),
                                           required("kind", text(1, 64))}))})},
        {"sub.state",
         "The subscription has come to the head (live), has fallen behind (behind, with the reason "
         "slow_reader), or waits for a sub.ack (stalled, with the reason window). With the reason "
         "ack_refused: a sub.ack without an id was not taken, and `state` is as before.",
         object({required("sub", sub), required("state", choice({"behind", "live", "stalled"})),
                 required("cursor", place), required("head", place),
                 optional("reason", text(1, 64))})},
    };
}

}  // namespace

const std::vector<PushMessage>& push_messages() {
    static const std::vector<PushMessage> messages = make_push_messages();
    return messages;
}

}  // namespace duban
