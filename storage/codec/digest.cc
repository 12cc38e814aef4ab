#include "storage/codec/digest.h"

#include <openssl/evp.h>

#include <algorithm>

#include "domain/base/result.h"

namespace duban {
namespace {

constexpr std::string_view prefix = "sha256:";
constexpr std::size_t hex_length = 64;

std::string_view as_text(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

struct Sha256::State {
    State() {
        DUBAN_ASSERT(context != nullptr);
        begin();
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // Looking the algorithm up costs more than hashing an event does.
    void begin() const {
        static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        DUBAN_ASSERT(algorithm != nullptr);
        DUBAN_ASSERT(EVP_DigestInit_ex(context, algorithm, nullptr) == 1);
    }
    void update(std::string_view bytes) const {
        DUBAN_ASSERT(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
    }
    [[nodiscard]] Hash finish() const {
        Hash hash{};
        unsigned length = 0;
        DUBAN_ASSERT(EVP_DigestFinal_ex(context, hash.data(), &length) == 1);
        DUBAN_ASSERT(length == hash.size());
        return hash;
    }

    EVP_MD_CTX* const context = EVP_MD_CTX_new();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
    state_->update(bytes);
}

Hash Sha256::finish() {
    return state_->finish();
}

Hash sha256(std::string_view bytes) {
    thread_local const Sha256::State reused;
    reused.begin();
    reused.update(bytes);
    return reused.finish();
}

Digest digest_of(std::string_view bytes) {
    return to_digest(sha256(bytes));
}

Digest to_digest(const Hash& hash) {
    return Digest(std::string(prefix) + to_hex(as_text(hash)));
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

std::string to_hex(const Hash& hash) {
    return to_hex(as_text(hash));
}

bool is_digest(std::string_view text) {
    return text.size() == prefix.size() + hex_length && text.starts_with(prefix) &&
           std::all_of(text.begin() + prefix.size(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace duban
