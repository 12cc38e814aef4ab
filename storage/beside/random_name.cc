#include "storage/beside/random_name.h"

#include <openssl/rand.h>

#include <array>
#include <string_view>

#include "domain/base/result.h"

namespace duban {

std::string random_name() {
    constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
    constexpr std::size_t length = 26;
    std::array<unsigned char, 16> bytes{};
    DUBAN_ASSERT(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
    std::string name;
    unsigned bits = 0;
    unsigned held = 0;
    for (const unsigned char byte : bytes) {
        bits = (bits << 8) | byte;
        for (held += 8; held >= 5; held -= 5) name.push_back(digits[(bits >> (held - 5)) & 31]);
        bits &= (1U << held) - 1;
    }
    name.push_back(digits[(bits << (5 - held)) & 31]);
    DUBAN_ASSERT(name.size() == length);
    return name;
}

}  // namespace duban
