// SHA-256 digests in the form that events and blobs name them: "sha256:" and 64 lower-case hex
// digits. Source: FIPS 180-4, computed by OpenSSL.
// Thread-safety: safe for concurrent use; a Sha256 object belongs to one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/base/ids.h"

namespace duban {

using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash sha256(std::string_view bytes);
[[nodiscard]] Digest digest_of(std::string_view bytes);
[[nodiscard]] Digest to_digest(const Hash& hash);
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Hash& hash);
// Whether the text has the form of a digest.
[[nodiscard]] bool is_digest(std::string_view text);

// For bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::string_view bytes);
    // Ends the computation; the object cannot be used again.
    [[nodiscard]] Hash finish();

private:
    friend Hash sha256(std::string_view bytes);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duban
