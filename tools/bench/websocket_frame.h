// websocket_frame: the frames of RFC 6455 as a client writes and reads them, and no more of the
// protocol than Duban's server speaks: no extensions.
// Thread-safety: one thread at a time. Non-blocking.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace duban {

enum class Opcode : std::uint8_t {
    continuation = 0x0,
    text = 0x1,
    close = 0x8,
    ping = 0x9,
    pong = 0xA,
};

// Appends one whole masked frame.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);

// Cuts what comes from the server into messages. A message in one piece is not copied.
class FrameReader {
public:
    // Called for whole text messages and for control frames; the view holds until it returns.
    using Visit = std::function<void(Opcode opcode, std::string_view payload)>;

    // Where at least `bytes` may be put; taken(count) says how many were.
    [[nodiscard]] char* room(std::size_t bytes);
    void taken(std::size_t count, const Visit& visit);

private:
    // The length of the first frame at `at` if it is there as a whole, else 0.
    [[nodiscard]] std::size_t whole_frame(std::size_t at) const;
    void take_frame(std::size_t at, std::size_t length, const Visit& visit);

    std::string bytes_;
    std::size_t filled_ = 0;
    std::string parts_;  // of a message whose end has not come
};

}  // namespace duban
