// Checkpoints: how many entries a log has, and the root of their tree; signed as notes by the log.
// And the leaf of an event, and proofs as files. Sources: C2SP tlog-checkpoint, tlog-proof.
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "storage/codec/digest.h"

namespace duban {

struct Checkpoint {
    std::string origin;  // the name of the log's key
    std::uint64_t size = 0;
    Hash root{};
    bool operator==(const Checkpoint&) const = default;
};
// The text that is signed.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
// Errors: invalid_argument. Lines after the third are no error and are not read; none is empty.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

// What stands in the tree for an event: its id and the digest of its bytes, so that tiles may be
// given away without any content.
[[nodiscard]] std::string log_entry(std::string_view event_id, const Hash& event_hash);

// A proof in one file.
struct LogProof {
    std::uint64_t index = 0;
    std::vector<Hash> hashes;
    std::string checkpoint;  // the signed note
    std::string extra;       // bytes that are carried along; "": none
    bool operator==(const LogProof&) const = default;
};
[[nodiscard]] std::string proof_text(const LogProof& proof);
// Errors: invalid_argument. The checkpoint in it is not looked at.
[[nodiscard]] Result<LogProof> parse_proof(std::string_view text);

}  // namespace duban
