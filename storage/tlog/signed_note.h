// Signed notes: a text and lines of signatures under it, each by a named Ed25519 key.
// Source: C2SP signed-note. Other kinds of keys are carried along unread.
// Thread-safety: values; a NoteSigner is safe for concurrent use.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"

namespace duban {

using KeyId = std::array<unsigned char, 4>;
using PublicKey = std::array<unsigned char, 32>;

// Who may have signed. As text: name+id+key ("vkey").
struct NoteVerifier {
    std::string name;
    PublicKey key{};
    bool operator==(const NoteVerifier&) const = default;
    [[nodiscard]] KeyId id() const;
    [[nodiscard]] std::string text() const;
};
// Errors: invalid_argument: no vkey of an Ed25519 key, or its id is not that of name and key.
[[nodiscard]] Result<NoteVerifier> parse_verifier(std::string_view vkey);
// 1 character or more, without plus, white space of Unicode and control characters.
[[nodiscard]] bool is_key_name(std::string_view name);

class NoteSigner {
public:
    // Requires: is_key_name(name), 32 bytes of seed.
    NoteSigner(std::string name, std::string_view seed);
    ~NoteSigner();
    NoteSigner(const NoteSigner&) = delete;
    NoteSigner& operator=(const NoteSigner&) = delete;

    [[nodiscard]] const NoteVerifier& verifier() const { return verifier_; }
    // The note. Requires: the text ends with a line feed.
    [[nodiscard]] std::string sign(std::string_view text) const;

private:
    NoteVerifier verifier_;
    std::array<unsigned char, 64> secret_{};
};

// A new key of that name, as text: PRIVATE+KEY+name+id+key ("skey"). Requires: is_key_name(name).
[[nodiscard]] std::string make_signer_text(const std::string& name);
// Errors: invalid_argument: no skey of an Ed25519 key, or its id is not that of name and key.
[[nodiscard]] Result<std::unique_ptr<NoteSigner>> parse_signer(std::string_view skey);

struct NoteSignature {
    std::string name;
    KeyId id{};
    std::string bytes;
};
struct SignedNote {
    std::string text;  // with its last line feed
    std::vector<NoteSignature> signatures;
};
// Errors: invalid_argument: not of this form.
[[nodiscard]] Result<SignedNote> parse_note(std::string_view note);

// Passes when one of the keys has signed and no signature that claims to be of one of them fails;
// signatures by others are left out. Errors: invalid_argument.
[[nodiscard]] Status verify_note(const SignedNote& note, const std::vector<NoteVerifier>& keys);

}  // namespace duban
