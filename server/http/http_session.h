// HttpSession: one HTTP/1.1 connection: request after request, strictly in turn, until it closes or
// becomes a WebSocket. Reads heads and bodies, enforces deadlines, writes answers; what an answer
// says is decided in http_exchange.
// Strand-confined to the worker, which holds it. Non-blocking. Memory per connection: a head, one
// piece of a body (at most TransportLimits::rpc_body_bytes_max) and one answer or piece of it.
#pragma once

#include "server/io/io_worker.h"
#include "server/io/owned_socket.h"

namespace duban {

// Makes a session of the socket and adds it to the worker. Call on the worker's thread.
void start_http_session(IoWorker& worker, OwnedSocket socket);

}  // namespace duban
