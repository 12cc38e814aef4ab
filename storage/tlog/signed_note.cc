#include "storage/tlog/signed_note.h"

#include <sodium.h>
#include <algorithm>
#include <array>

#include "storage/codec/digest.h"
#include "storage/codec/utf8.h"
#include "storage/tlog/base64.h"

namespace duban {
namespace {

constexpr char ed25519 = '\x01';
constexpr std::string_view signature_mark = "\u2014 ";
constexpr std::size_t signatures_max = 64;
// What Unicode calls white space, beyond ASCII.
constexpr std::array<std::string_view, 19> wide_spaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

tl::unexpected<Error> no_note(const char* why) {
    return fail(Errc::invalid_argument, std::string("Not a signed note: ") + why, "note");
}

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string typed_key(const PublicKey& key) {
    std::string bytes(1, ed25519);
    return bytes.append(key.begin(), key.end());
}

constexpr std::string_view skey_head = "PRIVATE+KEY+";

std::string id_text(const NoteVerifier& verifier) {
    const KeyId id = verifier.id();
    return to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

std::string signer_text(const NoteVerifier& verifier, std::string_view seed) {
    std::string typed(1, ed25519);
    typed += seed;
    return std::string(skey_head) + verifier.name + "+" + id_text(verifier) + "+" +
           to_base64(typed);
}

Result<NoteSignature> signature_of(std::string_view line) {
    if (!line.starts_with(signature_mark)) return no_note("a line below it is no signature.");
    line.remove_prefix(signature_mark.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return no_note("a signature lacks its name or bytes.");
    NoteSignature signature;
    signature.name = line.substr(0, space);
    const auto bytes = from_base64(line.substr(space + 1));
    if (!is_key_name(signature.name) || !bytes || bytes->size() <= signature.id.size()) {
        return no_note("a signature is not of the form <name> <base64>.");
    }
    std::copy_n(raw(*bytes), signature.id.size(), signature.id.begin());
    signature.bytes = bytes->substr(signature.id.size());
    return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
    const auto refused = [](unsigned char c) { return c <= ' ' || c == '+'; };
    const auto held = [&](std::string_view space) { return name.find(space) != name.npos; };
    return !name.empty() && is_utf8(name) && std::ranges::none_of(name, refused) &&
           std::ranges::none_of(wide_spaces, held);
}

KeyId NoteVerifier::id() const {
    const Hash hash = sha256(name + "\n" + typed_key(key));
    KeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string NoteVerifier::text() const {
    return name + "+" + id_text(*this) + "+" + to_base64(typed_key(key));
}

Result<NoteVerifier> parse_verifier(std::string_view vkey) {
    const auto refused = [](const char* why) {
        return fail(Errc::invalid_argument, std::string("Not a verifier key: ") + why, "key");
    };
    const auto first = vkey.find('+');
    const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos) return refused("write <name>+<id>+<key>.");
    NoteVerifier verifier;
    verifier.name = vkey.substr(0, first);
    if (!is_key_name(verifier.name)) return refused("the name is empty or has a space.");
    const auto key = from_base64(vkey.substr(second + 1));
    if (!key || key->size() != 1 + verifier.key.size() || key->front() != ed25519) {
        return refused("it is no Ed25519 key.");
    }
    std::copy_n(raw(*key) + 1, verifier.key.size(), verifier.key.begin());
    if (verifier.text() != vkey) return refused("its id is not that of the name and the key.");
    return verifier;
}

NoteSigner::NoteSigner(std::string name, std::string_view seed) {
    DUBAN_ASSERT(is_key_name(name) && seed.size() == crypto_sign_SEEDBYTES && sodium_init() >= 0);
    static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32);
    verifier_.name = std::move(name);
    crypto_sign_seed_keypair(verifier_.key.data(), secret_.data(), raw(seed));
}

NoteSigner::~NoteSigner() {
    sodium_memzero(secret_.data(), secret_.size());
}

std::string make_signer_text(const std::string& name) {
    DUBAN_ASSERT(sodium_init() >= 0);
    std::string seed(crypto_sign_SEEDBYTES, '\0');
    randombytes_buf(seed.data(), seed.size());
    const NoteSigner signer(name, seed);
    std::string text = signer_text(signer.verifier(), seed);
    sodium_memzero(seed.data(), seed.size());
    return text;
}

Result<std::unique_ptr<NoteSigner>> parse_signer(std::string_view skey) {
    const auto refused = [](const char* why) {
        return fail(Errc::invalid_argument, std::string("Not a signing key: ") + why, "key");
    };
    if (!skey.starts_with(skey_head)) return refused("it does not begin with PRIVATE+KEY+.");
    const std::string_view rest = skey.substr(skey_head.size());
    const auto first = rest.find('+');
    const auto second = first == std::string_view::npos ? first : rest.find('+', first + 1);
    if (second == std::string_view::npos) return refused("write PRIVATE+KEY+<name>+<id>+<key>.");
    const std::string name(rest.substr(0, first));
    const auto key = from_base64(rest.substr(second + 1));
    if (!is_key_name(name) || !key || key->size() != 1 + crypto_sign_SEEDBYTES ||
        key->front() != ed25519) {
        return refused("it is no Ed25519 key with a name.");
    }
    auto signer = std::make_unique<NoteSigner>(name, key->substr(1));
    if (signer_text(signer->verifier(), key->substr(1)) != skey) {
        return refused("its id is not that of the name and the key.");
    }
    return signer;
}

std::string NoteSigner::sign(std::string_view text) const {
    DUBAN_ASSERT(text.ends_with('\n'));
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, raw(text), text.size(), secret_.data());
    const KeyId id = verifier_.id();
    std::string bytes(id.begin(), id.end());
    bytes.append(signature.begin(), signature.end());
    return std::string(text) + "\n" + std::string(signature_mark) + verifier_.name + " " +
           to_base64(bytes) + "\n";
}

Result<SignedNote> parse_note(std::string_view note) {
    if (!is_utf8(note)) return no_note("it is not UTF-8.");
    const auto is_control = [](unsigned char c) { return c < ' ' && c != '\n'; };
    if (std::ranges::any_of(note, is_control)) return no_note("it has a control character.");
    const auto gap = note.rfind("\n\n");
    if (gap == std::string_view::npos) return no_note("no empty line stands before signatures.");
    if (!note.ends_with('\n')) return no_note("its last line does not end.");
    SignedNote parsed;
    parsed.text = note.substr(0, gap + 1);
    for (std::string_view rest = note.substr(gap + 2); !rest.empty();) {
        const auto end = rest.find('\n');
        auto signature = signature_of(rest.substr(0, end));
        if (!signature) return tl::unexpected(signature.error());
        parsed.signatures.push_back(std::move(*signature));
        if (parsed.signatures.size() > signatures_max)
            return no_note("it has too many signatures.");
        rest.remove_prefix(end + 1);
    }
    if (parsed.signatures.empty()) return no_note("it has no signature.");
    return parsed;
}

Status verify_note(const SignedNote& note, const std::vector<NoteVerifier>& keys) {
    bool signed_by_one = false;
    for (const NoteSignature& signature : note.signatures) {
        const auto key = std::ranges::find_if(keys, [&](const NoteVerifier& one) {
            return one.name == signature.name && one.id() == signature.id;
        });
        if (key == keys.end()) continue;
        const bool holds = signature.bytes.size() == crypto_sign_BYTES &&
                           crypto_sign_verify_detached(raw(signature.bytes), raw(note.text),
                                                       note.text.size(), key->key.data()) == 0;
        if (!holds) {
            return fail(Errc::invalid_argument,
                        "The signature by " + signature.name + " does not hold.", "note");
        }
        signed_by_one = true;
    }
    if (signed_by_one) return {};
    return fail(Errc::invalid_argument, "None of the known keys has signed.", "note");
}

}  // namespace duban
