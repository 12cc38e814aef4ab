// http_exchange: what each route answers.
// Strand-confined to the request's worker. Non-blocking: disk and hashing go to the pool.
#pragma once

#include "server/http/http_channel.h"
#include "server/http/http_routes.h"
#include "server/http/rpc_port.h"

namespace duban {

// Answers one request (any route but the WebSocket's) through the channel.
void serve_request(ChannelPtr channel, const EndpointMatch& match);

// Finds out who asks and calls `then` with him. Without a good token: answers itself when
// `required`, else calls `then` with nobody and why the token was refused.
void with_caller(const ChannelPtr& channel, bool required, std::function<void(Caller)> then);

}  // namespace duban
