#include "tools/bench/websocket_frame.h"

#include <cstring>

namespace duban {
namespace {

// RFC 6455 5.3 wants masks that nobody can foresee, against proxies that cache. There is none
// between a bench and its server.
constexpr unsigned char mask[4] = {0x37, 0xfa, 0x21, 0x3d};
constexpr unsigned final_bit = 0x80;
constexpr unsigned masked_bit = 0x80;

unsigned byte_at(const std::string& bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

// The number in big-endian order.
std::uint64_t number_at(const std::string& bytes, std::size_t at, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8 | byte_at(bytes, at + i);
    return number;
}

std::size_t header_bytes(unsigned length_code) {
    return length_code == 126 ? 4 : length_code == 127 ? 10 : 2;
}

}  // namespace

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
    const std::size_t size = payload.size();
    out += static_cast<char>(final_bit | static_cast<unsigned>(opcode));
    const unsigned code = size < 126 ? static_cast<unsigned>(size) : size < 65'536 ? 126 : 127;
    out += static_cast<char>(masked_bit | code);
    for (std::size_t left = header_bytes(code) - 2; left > 0; --left) {
        out += static_cast<char>(size >> (8 * (left - 1)) & 0xff);
    }
    for (const unsigned char byte : mask) out += static_cast<char>(byte);
    const std::size_t begin = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < size; ++i) {
        out[begin + i] =
            static_cast<char>(static_cast<unsigned char>(out[begin + i]) ^ mask[i % 4]);
    }
}

char* FrameReader::room(std::size_t bytes) {
    if (bytes_.size() < filled_ + bytes) bytes_.resize(filled_ + bytes);
    return bytes_.data() + filled_;
}

std::size_t FrameReader::whole_frame(std::size_t at) const {
    const std::size_t here = filled_ - at;
    if (here < 2) return 0;
    const unsigned code = byte_at(bytes_, at + 1) & 0x7f;
    const std::size_t header = header_bytes(code);
    if (here < header) return 0;
    const std::uint64_t size = header == 2 ? code : number_at(bytes_, at + 2, header - 2);
    return here < header + size ? 0 : header + size;
}

void FrameReader::take_frame(std::size_t at, std::size_t length, const Visit& visit) {
    const auto opcode = static_cast<Opcode>(byte_at(bytes_, at) & 0x0f);
    const bool final = (byte_at(bytes_, at) & final_bit) != 0;
    const std::size_t header = header_bytes(byte_at(bytes_, at + 1) & 0x7f);
    const std::string_view payload(bytes_.data() + at + header, length - header);
    const bool control = opcode != Opcode::text && opcode != Opcode::continuation;
    if (control || (final && parts_.empty())) return visit(opcode, payload);
    parts_ += payload;
    if (!final) return;
    visit(Opcode::text, parts_);
    parts_.clear();
}

void FrameReader::taken(std::size_t count, const Visit& visit) {
    filled_ += count;
    std::size_t at = 0;
    while (const std::size_t length = whole_frame(at)) {
        take_frame(at, length, visit);
        at += length;
    }
    if (at == 0) return;
    std::memmove(bytes_.data(), bytes_.data() + at, filled_ - at);
    filled_ -= at;
}

}  // namespace duban
