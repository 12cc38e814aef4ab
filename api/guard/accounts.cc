#include "api/guard/accounts.h"

#include <sodium.h>

#include <array>

#include "domain/base/text_form.h"
#include "storage/beside/credentials.h"
#include "storage/codec/digest.h"
#include "storage/codec/utf8.h"

namespace duban {
namespace {

bool sodium_ready() {
    static const bool ready = sodium_init() >= 0;
    return ready;
}

Result<std::string> hash_of(const std::string& password, const PasswordCost& cost) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (!sodium_ready() ||
        crypto_pwhash_str(text.data(), password.data(), password.size(), cost.passes,
                          std::size_t{cost.memory_kib} * 1024) != 0) {
        return fail(Errc::internal, "the password could not be hashed: not enough memory");
    }
    return std::string(text.data());
}

// Verified against when there is no such person, so that the answer takes as long. Salt and digest
// are zeros, which no password has.
std::string dummy_hash(const PasswordCost& cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
           ",t=" + std::to_string(cost.passes) + ",p=1$" + std::string(22, 'A') + "$" +
           std::string(43, 'A');
}

bool fits(const std::string& hash, const std::string& password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace

Status check_new_password(const std::string& password) {
    constexpr const char* field = "new_password";
    if (!is_utf8(password)) {
        return fail(Errc::invalid_argument, "a password is text in UTF-8; this one is not", field);
    }
    if (!is_plain(password)) {
        return fail(Errc::invalid_argument,
                    "a password has no direction or control characters; leave those out", field);
    }
    const std::size_t length = characters(password);
    if (length >= password_characters_min && length <= password_characters_max) return {};
    return fail(Errc::invalid_argument,
                "a password has " + std::to_string(password_characters_min) + " to " +
                    std::to_string(password_characters_max) + " characters; this one has " +
                    std::to_string(length),
                field);
}

Result<std::string> hash_password(const std::string& password, const PasswordCost& cost) {
    if (auto fit = check_new_password(password); !fit) return tl::unexpected<Error>(fit.error());
    return hash_of(password, cost);
}

Status set_password(Database& database, const PersonId& person, const std::string& password,
                    const PasswordCost& cost) {
    const auto hash = hash_password(password, cost);
    if (!hash) return tl::unexpected<Error>(hash.error());
    return put_password_hash(database, person, *hash);
}

Result<bool> check_password(const Database& database, const PersonId& person,
                            const std::string& password, const PasswordCost& cost) {
    if (!sodium_ready()) return fail(Errc::internal, "libsodium could not be started");
    const auto stored = find_password_hash(database, person);
    if (!stored) return tl::unexpected<Error>(stored.error());
    const bool right = fits(stored->value_or(dummy_hash(cost)), password);
    return right && stored->has_value();
}

std::string token_hash(const std::string& token) {
    return digest_of(token).value;
}

}  // namespace duban
