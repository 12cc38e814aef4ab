// WebsocketSession: one WebSocket connection: frames in and out, pings, deadlines, closing. What
// the messages mean is the MessagePeer's business. Strand-confined to the worker, which holds it.
// Non-blocking. At most one read and one write are under way; there is no queue: the next message
// is asked for when the last one is written, and reading pauses while a peer that does not read
// makes us write too many answers.
#pragma once

#include <cstdint>

#include "server/http/http_guard.h"
#include "server/io/io_worker.h"
#include "server/io/owned_socket.h"

namespace duban {

// Close codes of RFC 6455 that the protocol's own list lacks.
inline constexpr std::uint16_t close_unsupported_data = 1003;
inline constexpr std::uint16_t close_try_again_later = 1013;

// Completes the upgrade and adds the session to the worker. Requires: check_upgrade passed; no byte
// follows the head. Call on the worker's thread.
void start_websocket_session(IoWorker& worker, OwnedSocket socket, const RequestHead& head);

}  // namespace duban
