#include "storage/tlog/merkle.h"

#include <bit>
#include <string>

namespace duban {
namespace {

constexpr char leaf_mark = '\x00';
constexpr char node_mark = '\x01';

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// The largest power of two below n. Requires: n > 1.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

// Of the n leaves from `begin` on, which is a multiple of the power of two that holds them.
Result<Hash> root_of(std::uint64_t begin, std::uint64_t n, const NodeReader& read) {
    if (std::has_single_bit(n)) {
        const auto level = static_cast<unsigned>(std::countr_zero(n));
        return read(level, begin >> level);
    }
    const std::uint64_t left_size = split_of(n);
    const auto left = root_of(begin, left_size, read);
    if (!left) return tl::unexpected(left.error());
    const auto right = root_of(begin + left_size, n - left_size, read);
    if (!right) return tl::unexpected(right.error());
    return node_hash(*left, *right);
}

class Prover {
public:
    explicit Prover(const NodeReader& read) : read_(read) {}

    Status include(std::uint64_t index, std::uint64_t begin, std::uint64_t n) {
        if (n == 1) return {};
        const std::uint64_t left = split_of(n);
        if (index < left) {
            if (Status down = include(index, begin, left); !down) return down;
            return add(begin + left, n - left);
        }
        if (Status down = include(index - left, begin + left, n - left); !down) return down;
        return add(begin, left);
    }

    // `whole`: the old tree is this one from its beginning, so that its root is known.
    Status extend(std::uint64_t from, std::uint64_t begin, std::uint64_t n, bool whole) {
        if (from == n) return whole ? Status{} : add(begin, n);
        const std::uint64_t left = split_of(n);
        if (from <= left) {
            if (Status down = extend(from, begin, left, whole); !down) return down;
            return add(begin + left, n - left);
        }
        if (Status down = extend(from - left, begin + left, n - left, false); !down) return down;
        return add(begin, left);
    }

    std::vector<Hash> take() { return std::move(proof_); }

private:
    Status add(std::uint64_t begin, std::uint64_t n) {
        const auto root = root_of(begin, n, read_);
        if (!root) return tl::unexpected(root.error());
        proof_.push_back(*root);
        return {};
    }

    const NodeReader& read_;
    std::vector<Hash> proof_;
};

bool is_odd(std::uint64_t n) {
    return (n & 1U) != 0;
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
    Sha256 hash;
    hash.update({&leaf_mark, 1});
    hash.update(entry);
    return hash.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
    Sha256 hash;
    hash.update({&node_mark, 1});
    hash.update(bytes_of(left));
    hash.update(bytes_of(right));
    return hash.finish();
}

Hash empty_root() {
    return sha256({});
}

Result<TreeEdge> TreeEdge::of(std::uint64_t size, const NodeReader& read) {
    TreeEdge edge;
    edge.size_ = size;
    for (unsigned level = 64; level-- > 0;) {
        const std::uint64_t count = size >> level;
        if (!is_odd(count)) continue;
        const auto root = read(level, count - 1);
        if (!root) return tl::unexpected(root.error());
        edge.roots_.push_back(*root);
    }
    return edge;
}

void TreeEdge::append(const Hash& leaf, const Complete& complete) {
    Hash hash = leaf;
    std::uint64_t index = size_;
    if (complete) complete(0, index, hash);
    for (unsigned level = 1; is_odd(index); ++level) {
        index /= 2;
        hash = node_hash(roots_.back(), hash);
        roots_.pop_back();
        if (complete) complete(level, index, hash);
    }
    roots_.push_back(hash);
    ++size_;
}

Hash TreeEdge::root() const {
    if (roots_.empty()) return empty_root();
    Hash root = roots_.back();
    for (auto left = roots_.rbegin() + 1; left != roots_.rend(); ++left) {
        root = node_hash(*left, root);
    }
    return root;
}

Result<Hash> tree_root(std::uint64_t size, const NodeReader& read) {
    return size == 0 ? empty_root() : root_of(0, size, read);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeReader& read) {
    DUBAN_ASSERT(index < size);
    Prover prover(read);
    if (Status done = prover.include(index, 0, size); !done) return tl::unexpected(done.error());
    return prover.take();
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t from, std::uint64_t size,
                                            const NodeReader& read) {
    DUBAN_ASSERT(from > 0 && from <= size);
    Prover prover(read);
    if (Status done = prover.extend(from, 0, size, true); !done) {
        return tl::unexpected(done.error());
    }
    return prover.take();
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const Hash& beside : proof) {
        if (last == 0) return false;
        if (is_odd(node) || node == last) {
            hash = node_hash(beside, hash);
            while (!is_odd(node) && node != 0) {
                node /= 2;
                last /= 2;
            }
        } else {
            hash = node_hash(hash, beside);
        }
        node /= 2;
        last /= 2;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t from, std::uint64_t size, const std::vector<Hash>& proof,
                        const Hash& from_root, const Hash& root) {
    if (from == 0 || from > size) return false;
    if (from == size) return proof.empty() && from_root == root;
    if (proof.empty()) return false;
    std::uint64_t node = from - 1;
    std::uint64_t last = size - 1;
    while (is_odd(node)) {
        node /= 2;
        last /= 2;
    }
    // A perfect old tree is a node of the new one: its root is where the proof begins.
    const bool perfect = std::has_single_bit(from);
    Hash old_hash = perfect ? from_root : proof.front();
    Hash new_hash = old_hash;
    for (std::size_t i = perfect ? 0 : 1; i < proof.size(); ++i) {
        if (last == 0) return false;
        if (is_odd(node) || node == last) {
            old_hash = node_hash(proof[i], old_hash);
            new_hash = node_hash(proof[i], new_hash);
            while (!is_odd(node) && node != 0) {
                node /= 2;
                last /= 2;
            }
        } else {
            new_hash = node_hash(new_hash, proof[i]);
        }
        node /= 2;
        last /= 2;
    }
    return last == 0 && old_hash == from_root && new_hash == root;
}

}  // namespace duban
