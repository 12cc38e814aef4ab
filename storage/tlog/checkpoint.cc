#include "storage/tlog/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "storage/tlog/base64.h"
#include "storage/tlog/signed_note.h"

namespace duban {
namespace {

constexpr std::string_view proof_head = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";
constexpr std::size_t proof_hashes_max = 63;

// The next line, without its end; nothing when no line ends.
std::optional<std::string_view> next_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

// Decimal, without a sign and leading zeros.
std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || std::to_string(number) != text) return std::nullopt;
    return number;
}

std::optional<Hash> hash_of(std::string_view base64) {
    const auto bytes = from_base64(base64);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::copy_n(reinterpret_cast<const unsigned char*>(bytes->data()), hash.size(), hash.begin());
    return hash;
}

std::string text_of(const Hash& hash) {
    return to_base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           text_of(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    const auto refused = [](const char* why) {
        return fail(Errc::invalid_argument, std::string("Not a checkpoint: ") + why, "checkpoint");
    };
    if (text.starts_with('\n') || text.find("\n\n") != text.npos) {
        return refused("a line of it is empty.");
    }
    const auto origin = next_line(text);
    if (!origin || !is_key_name(*origin)) return refused("the first line is no origin.");
    const auto size_line = next_line(text);
    const auto size = size_line ? number_of(*size_line) : std::nullopt;
    if (!size) return refused("the second line is no size.");
    const auto root_line = next_line(text);
    const auto root = root_line ? hash_of(*root_line) : std::nullopt;
    if (!root) return refused("the third line is no root of 32 bytes.");
    return Checkpoint{std::string(*origin), *size, *root};
}

std::string log_entry(std::string_view event_id, const Hash& event_hash) {
    return "duban-event/1\n" + std::string(event_id) + "\n" + to_digest(event_hash).value + "\n";
}

std::string proof_text(const LogProof& proof) {
    std::string text = std::string(proof_head) + "\n";
    if (!proof.extra.empty()) text += std::string(extra_word) + to_base64(proof.extra) + "\n";
    text += std::string(index_word) + std::to_string(proof.index) + "\n";
    for (const Hash& hash : proof.hashes) text += text_of(hash) + "\n";
    return text + "\n" + proof.checkpoint;
}

Result<LogProof> parse_proof(std::string_view text) {
    const auto refused = [](const char* why) {
        return fail(Errc::invalid_argument, std::string("Not a proof: ") + why, "proof");
    };
    LogProof proof;
    if (next_line(text) != proof_head) return refused("the first line is not its version.");
    auto line = next_line(text);
    if (line && line->starts_with(extra_word)) {
        const auto extra = from_base64(line->substr(extra_word.size()));
        if (!extra) return refused("extra is not base64.");
        proof.extra = *extra;
        line = next_line(text);
    }
    if (!line || !line->starts_with(index_word)) return refused("it has no index.");
    const auto index = number_of(line->substr(index_word.size()));
    if (!index) return refused("its index is no number.");
    proof.index = *index;
    for (line = next_line(text); line && !line->empty(); line = next_line(text)) {
        const auto hash = hash_of(*line);
        if (!hash) return refused("a line is no hash of 32 bytes.");
        proof.hashes.push_back(*hash);
        if (proof.hashes.size() > proof_hashes_max) return refused("it has more than 63 hashes.");
    }
    if (!line) return refused("no checkpoint stands below it.");
    proof.checkpoint = text;
    return proof;
}

}  // namespace duban
