#include "storage/tlog/base64.h"

#include <sodium.h>

namespace duban {
namespace {

constexpr int variant = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const int done = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, nullptr, variant);
    if (done != 0) return std::nullopt;
    bytes.resize(size);
    // Bits that no byte holds have more than one spelling.
    if (to_base64(bytes) != text) return std::nullopt;
    return bytes;
}

}  // namespace duban
