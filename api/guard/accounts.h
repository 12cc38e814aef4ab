// Accounts: passwords (Argon2id through libsodium) and session tokens.
// Thread-safety: safe for concurrent use. Blocking: hashing costs tens of milliseconds and 64 MiB
// unless the cost says otherwise; call on the pool.
#pragma once

#include <string>

#include "api/rpc/context.h"

namespace duban {

inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t password_characters_max = 128;

// What may become a password: text as every log-in can send it. Errors: invalid_argument (length,
// not UTF-8, control characters), of the field new_password.
[[nodiscard]] Status check_new_password(const std::string& password);

// What is kept of a password. Errors: as above, internal (memory).
[[nodiscard]] Result<std::string> hash_password(const std::string& password,
                                                const PasswordCost& cost = {});
// Errors: as above, storage_failed.
[[nodiscard]] Status set_password(Database& database, const PersonId& person,
                                  const std::string& password, const PasswordCost& cost = {});
// Takes the same time whether the person or the password is wrong, as long as passwords are set at
// `cost`; each is verified at the cost that it was set at. Errors: storage_failed.
[[nodiscard]] Result<bool> check_password(const Database& database, const PersonId& person,
                                          const std::string& password,
                                          const PasswordCost& cost = {});
// The name under which a token is stored.
[[nodiscard]] std::string token_hash(const std::string& token);

}  // namespace duban
