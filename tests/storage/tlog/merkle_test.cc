// Known answers agree with those that other implementations of RFC 6962 publish for the same eight
// leaves.
#include "storage/tlog/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/storage/tlog/memory_tree.h"

namespace duban {
namespace {

std::string bytes(const std::string& hex) {
    std::string text;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return text;
}

const std::vector<std::string> known_leaves = {"",
                                               "00",
                                               "10",
                                               "2021",
                                               "3031",
                                               "40414243",
                                               "5051525354555657",
                                               "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> known_roots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

MemoryTree known_tree(std::size_t size) {
    MemoryTree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(bytes(known_leaves[i]));
    return tree;
}

MemoryTree tree_of(std::uint64_t size) {
    MemoryTree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append("leaf-" + std::to_string(i));
    return tree;
}

std::vector<std::string> hex_of(const std::vector<Hash>& hashes) {
    std::vector<std::string> texts;
    for (const Hash& hash : hashes) texts.push_back(to_hex(hash));
    return texts;
}

TEST(Merkle, RootsAreTheKnownOnes) {
    for (std::size_t size = 0; size < known_roots.size(); ++size) {
        const auto tree = known_tree(size);
        EXPECT_EQ(to_hex(tree.root()), known_roots[size]);
        EXPECT_EQ(to_hex(*tree_root(size, tree.reader())), known_roots[size]);
    }
    EXPECT_EQ(to_hex(tree_of(70'000).root()),
              "881c2f4c7c3b60c864d574aab91746a167220c520a2f833d86eee6dfefb9accb");
}

TEST(Merkle, ProofsAreTheKnownOnes) {
    const auto tree = known_tree(8);
    EXPECT_EQ(hex_of(*inclusion_proof(5, 7, tree.reader())),
              (std::vector<std::string>{
                  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                  "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
    EXPECT_EQ(hex_of(*consistency_proof(6, 8, tree.reader())),
              (std::vector<std::string>{
                  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST(Merkle, EveryLeafIsShownToBeInEveryTreeThatHasIt) {
    const auto whole = tree_of(70);
    for (std::uint64_t size = 1; size <= whole.size(); ++size) {
        const Hash root = *tree_root(size, whole.reader());
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = *inclusion_proof(index, size, whole.reader());
            const Hash leaf = leaf_hash("leaf-" + std::to_string(index));
            ASSERT_TRUE(verify_inclusion(leaf, index, size, proof, root)) << index << "/" << size;
        }
    }
}

TEST(Merkle, EveryTreeIsShownToBeginEveryLaterOne) {
    const auto whole = tree_of(70);
    for (std::uint64_t size = 1; size <= whole.size(); ++size) {
        const Hash root = *tree_root(size, whole.reader());
        for (std::uint64_t from = 1; from <= size; ++from) {
            const auto proof = *consistency_proof(from, size, whole.reader());
            const Hash old_root = *tree_root(from, whole.reader());
            ASSERT_TRUE(verify_consistency(from, size, proof, old_root, root))
                << from << "/" << size;
        }
    }
}

TEST(Merkle, AReaderThatFailsIsHeard) {
    const NodeReader broken = [](unsigned, std::uint64_t) -> Result<Hash> {
        return fail(Errc::corrupt, "no such node");
    };
    EXPECT_EQ(tree_root(3, broken).error().code, Errc::corrupt);
    EXPECT_EQ(inclusion_proof(1, 3, broken).error().code, Errc::corrupt);
    EXPECT_EQ(consistency_proof(2, 3, broken).error().code, Errc::corrupt);
}

TEST(MerkleCheck, RefusesProofsOfOtherThings) {
    const auto tree = known_tree(8);
    const Hash root = tree.root();
    const Hash leaf = leaf_hash(bytes(known_leaves[0]));
    const auto proof = *inclusion_proof(0, 8, tree.reader());
    ASSERT_TRUE(verify_inclusion(leaf, 0, 8, proof, root));
    EXPECT_FALSE(verify_inclusion(leaf, 1, 8, proof, root)) << "another index";
    EXPECT_FALSE(verify_inclusion(leaf, 8, 8, proof, root)) << "outside of the tree";
    EXPECT_FALSE(verify_inclusion(leaf, 0, 0, {}, empty_root())) << "the empty tree has nothing";
    auto short_proof = proof;
    short_proof.pop_back();
    EXPECT_FALSE(verify_inclusion(leaf, 0, 8, short_proof, root));
    auto long_proof = proof;
    long_proof.push_back(root);
    EXPECT_FALSE(verify_inclusion(leaf, 0, 8, long_proof, root));
}

TEST(MerkleCheck, RefusesTreesThatDoNotBeginEachOther) {
    const auto tree = known_tree(8);
    const Hash root = tree.root();
    const Hash old_root = *tree_root(6, tree.reader());
    const auto proof = *consistency_proof(6, 8, tree.reader());
    ASSERT_TRUE(verify_consistency(6, 8, proof, old_root, root));
    EXPECT_FALSE(verify_consistency(6, 8, proof, root, old_root)) << "swapped";
    EXPECT_FALSE(verify_consistency(5, 8, proof, old_root, root));
    EXPECT_FALSE(verify_consistency(6, 8, {}, old_root, root));
    EXPECT_FALSE(verify_consistency(8, 6, proof, root, old_root));
    EXPECT_FALSE(verify_consistency(8, 8, {}, old_root, root)) << "one size, two roots";
    EXPECT_FALSE(verify_consistency(0, 8, {}, empty_root(), root)) << "proves nothing";
    auto longer = proof;
    longer.push_back(root);
    EXPECT_FALSE(verify_consistency(6, 8, longer, old_root, root));
    EXPECT_TRUE(verify_consistency(8, 8, {}, root, root));
}

TEST(MerkleCheck, NoticesAnyAlteredBit) {
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::uint64_t>(2, 300);
        const auto tree = tree_of(size);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
        auto proof = *inclusion_proof(index, size, tree.reader());
        const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
        const auto byte = *rc::gen::inRange<std::size_t>(0, sizeof(Hash));
        proof[at][byte] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0U, 8U));
        RC_ASSERT(!verify_inclusion(leaf_hash("leaf-" + std::to_string(index)), index, size, proof,
                                    tree.root()));
        const auto from = *rc::gen::inRange<std::uint64_t>(1, size);
        auto growth = *consistency_proof(from, size, tree.reader());
        growth[*rc::gen::inRange<std::size_t>(0, growth.size())][byte] ^= 1U;
        RC_ASSERT(
            !verify_consistency(from, size, growth, *tree_root(from, tree.reader()), tree.root()));
    }));
}

TEST(TreeEdge, TellsEveryNodeOnceWhenItIsComplete) {
    TreeEdge edge;
    std::vector<std::string> told;
    for (int i = 0; i < 6; ++i) {
        edge.append(leaf_hash(std::to_string(i)),
                    [&](unsigned level, std::uint64_t index, const Hash&) {
                        told.push_back(std::to_string(level) + ":" + std::to_string(index));
                    });
    }
    EXPECT_EQ(told, (std::vector<std::string>{"0:0", "0:1", "1:0", "0:2", "0:3", "1:1", "2:0",
                                              "0:4", "0:5", "1:2"}));
    EXPECT_EQ(edge.size(), 6U);
}

}  // namespace
}  // namespace duban
