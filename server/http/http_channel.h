// HttpChannel: what one request may ask of its connection: the body in pieces, and an answer whole
// or in pieces. Callbacks are dropped, never called, when the connection is lost; whoever works on
// a request holds the channel through shared_ptr from within them.
// Strand-confined: all members on the worker's thread. Non-blocking. One call is open at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/http/http_guard.h"
#include "server/http/http_response.h"
#include "server/io/io_worker.h"

namespace duban {

class HttpChannel {
public:
    virtual ~HttpChannel() = default;

    [[nodiscard]] virtual const RequestHead& head() const = 0;
    [[nodiscard]] virtual const std::string& remote() const = 0;
    [[nodiscard]] virtual ServerContext& context() = 0;
    [[nodiscard]] virtual IoWorker::Poster poster() const = 0;

    // Bytes of the body that were not handed out yet.
    [[nodiscard]] virtual std::uint64_t body_left() const = 0;
    // Collects the next `bytes` bytes of the body, or what is left of it.
    virtual void read_piece(std::size_t bytes, std::function<void(std::string)> then) = 0;

    // The whole answer. The connection is closed afterwards if the body was not read to its end.
    virtual void respond(HttpResponse response) = 0;

    // An answer whose body of `length` bytes follows in pieces.
    virtual void begin_response(HttpResponse response, std::uint64_t length,
                                std::function<void()> then) = 0;
    virtual void write_piece(std::string bytes, std::function<void()> then) = 0;
    virtual void end_response() = 0;
    // The rest of a begun answer cannot be given.
    virtual void break_off() = 0;

    // The caller has shown who it is.
    virtual void mark_authenticated() = 0;
};

using ChannelPtr = std::shared_ptr<HttpChannel>;

}  // namespace duban
