// The Merkle tree over a log: its hashes, proofs, and what checks them. Not the log: a leaf is the
// hash of an entry (entry.h), and nothing is read from a disk.
// Sources: RFC 6962 section 2.1 (shape, proofs), RFC 9162 sections 2.1.3.2 and 2.1.4.2 (checks).
// Thread-safety: safe for concurrent use (no state), a TreeEdge by one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "storage/codec/digest.h"

namespace duban {

[[nodiscard]] Hash leaf_hash(std::string_view entry);
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);
[[nodiscard]] Hash empty_root();

// The hash of a complete node. Only nodes that lie in the tree as a whole are asked for.
using NodeReader = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

// The right edge of a tree that grows: the roots of its perfect subtrees, the largest first. At
// most 64 hashes.
class TreeEdge {
public:
    // Told of each node that an append makes complete, leaf first: the index-th of 2^level leaves.
    using Complete = std::function<void(unsigned level, std::uint64_t index, const Hash& hash)>;

    // Of a tree that is there. Errors: those of the reader.
    [[nodiscard]] static Result<TreeEdge> of(std::uint64_t size, const NodeReader& read);

    void append(const Hash& leaf, const Complete& complete = {});
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> roots_;
};

// Errors: those of the reader.
[[nodiscard]] Result<Hash> tree_root(std::uint64_t size, const NodeReader& read);
// From the leaf up. Requires: index < size.
[[nodiscard]] Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                        const NodeReader& read);
// That the tree of `size` begins with the tree of `from`. Requires: 0 < from <= size.
[[nodiscard]] Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t size,
                                                          const NodeReader& read);

[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    const std::vector<Hash>& proof, const Hash& root);
// False for `from` 0: the empty tree is the beginning of every tree and proves nothing.
[[nodiscard]] bool verify_consistency(std::uint64_t from, std::uint64_t size,
                                      const std::vector<Hash>& proof, const Hash& from_root,
                                      const Hash& root);

}  // namespace duban
