// http_exchange: what each route answers.
// Strand-confined to the request's worker. Non-blocking: disk and hashing go to the pool.
#pragma once

#include "server/http_channel.h"
#include "server/http_routes.h"
#include "server/rpc_port.h"

namespace duban {

// Answers one request (any route but the WebSocket's) through the channel.
void serve_request(ChannelPtr channel, const EndpointMatch& match);

// Finds out who asks and calls `then` with him; answers itself when that fails: 401 when
// `required` and there is no token, else what authenticate says.
void with_caller(const ChannelPtr& channel, bool required, std::function<void(Caller)> then);

}  // namespace duban
