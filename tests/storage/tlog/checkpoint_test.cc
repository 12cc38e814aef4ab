#include "storage/tlog/checkpoint.h"

#include <gtest/gtest.h>

#include "storage/tlog/merkle.h"
#include "storage/tlog/signed_note.h"
#include "tests/storage/tlog/memory_tree.h"

namespace duban {
namespace {

constexpr const char* origin = "audit.gov.example/unit-0001/log";
constexpr const char* log_key =
    "audit.gov.example/unit-0001/log+87f89c68+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

std::string seed() {
    std::string bytes;
    for (char c = 0; c < 32; ++c) bytes += c;
    return bytes;
}

// A tree of 257 leaves, and what another implementation made of the proof of its leaf 100: with a
// second signature, by a witness.
const std::string proof_file =
    "c2sp.org/tlog-proof@v1\n"
    "extra ZXYtMDAwMQ==\n"
    "index 100\n"
    "zzbB5Wg5dRxKBpvsdFOxF2FTCe3zZt8vWC1qJ4RVc/4=\n"
    "YIbGOLjEifut8soEs5Qlcyl5nPxw9FAwSRW6ac0C8Ro=\n"
    "5HXC6Z905cNIdjWNY3GURCjkU8tZ4FEztGh5Coz7fqc=\n"
    "Pcf5IKi5x/U6L3mB/koUHcBiAkl2g7G/Ma7+GwtD8mo=\n"
    "wpw1GA4Qe2+YGuMyuvXUn02DhwwyXgoSDBioTTaCxq0=\n"
    "y81bFByju9WN+jPaHnPvFjzEaAp8ac3K22ss9H6Pc50=\n"
    "ESBmUt+FEqD73AJCcPy25PcrWpQU806S+IAkL2km+ak=\n"
    "sZGbd4LW52AMFt69X/E4JZWaL7hmmfN03O0jf6GS040=\n"
    "amSgck23X3+5ta67j4Ptmt9eQCN2A5eu2dNiKxOfmVA=\n"
    "\n"
    "audit.gov.example/unit-0001/log\n"
    "257\n"
    "RdfiB7m9lIoLHlUWLtw4ZFPIqYU7XzxFfiVxbAvpjsI=\n"
    "\n"
    "\u2014 audit.gov.example/unit-0001/log h/icaPifIgQf/8s0bP1SX47HL6AsjpSt8bJgIta0Ug9xTyUPg"
    "7MVaUw8hapC758fzT7hSZJJNUq7e5fAoCXMB8TvhwE=\n"
    "\u2014 witness.example/w1 IDJKvgAAAABpVbkABEvUv5RpPuIcl1xaKKTtUIjh+43UU9i1SJWEBjv+DwfptU"
    "spiV6m82bfBtdN/iTbeWrYy+dRZB72nUzUPSvkBw==\n";

TEST(Checkpoint, IsSignedAsOthersSignIt) {
    const NoteSigner signer(origin, seed());
    EXPECT_EQ(signer.verifier().text(), log_key);
    MemoryTree tree;
    for (int i = 0; i < 257; ++i) tree.append("leaf-" + std::to_string(i));
    const std::string note = signer.sign(checkpoint_text({origin, tree.size(), tree.root()}));
    const auto theirs = parse_proof(proof_file);
    ASSERT_TRUE(theirs);
    EXPECT_TRUE(theirs->checkpoint.starts_with(note));
}

TEST(LogProof, OfOthersProvesItsEntry) {
    const auto proof = parse_proof(proof_file);
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->index, 100U);
    EXPECT_EQ(proof->extra, "ev-0001");
    const auto note = parse_note(proof->checkpoint);
    ASSERT_TRUE(note);
    EXPECT_TRUE(verify_note(*note, {*parse_verifier(log_key)}));
    const auto checkpoint = parse_checkpoint(note->text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, origin);
    EXPECT_TRUE(verify_inclusion(leaf_hash("leaf-100"), proof->index, checkpoint->size,
                                 proof->hashes, checkpoint->root));
    EXPECT_FALSE(verify_inclusion(leaf_hash("leaf-101"), proof->index, checkpoint->size,
                                  proof->hashes, checkpoint->root));
}

TEST(LogProof, IsWrittenAsItIsRead) {
    EXPECT_EQ(proof_text(*parse_proof(proof_file)), proof_file);
}

TEST(LogProof, IsRefusedInAnyOtherForm) {
    const auto without = [](const std::string& part) {
        std::string text = proof_file;
        return text.erase(text.find(part), part.size());
    };
    for (const std::string& text :
         {std::string(), std::string("c2sp.org/tlog-proof@v1\n"), without("@v1"),
          without("index 100\n"), without("100"), without("zzbB"),
          proof_file.substr(0, proof_file.find("\n\n"))}) {
        EXPECT_FALSE(parse_proof(text)) << text;
    }
}

TEST(Checkpoint, IsReadAsItWasWritten) {
    const Checkpoint checkpoint{origin, 8, leaf_hash("x")};
    EXPECT_EQ(*parse_checkpoint(checkpoint_text(checkpoint)), checkpoint);
    EXPECT_EQ(*parse_checkpoint(checkpoint_text(checkpoint) + "an extension\n"), checkpoint);
}

TEST(Checkpoint, IsRefusedInAnyOtherForm) {
    const std::string root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
    for (const std::string& text :
         {std::string(), std::string("a\n8\n"), "a b\n8\n" + root, "a\n08\n" + root,
          "a\n-8\n" + root, "a\n\n" + root, "a\n8\n" + root + "\n", "a\n8\n" + root + "\nmore\n",
          "\n8\n" + root, std::string("a\n8\nAAAA\n"), "a\n8\n" + root.substr(0, 44)}) {
        EXPECT_FALSE(parse_checkpoint(text)) << text;
    }
}

TEST(LogEntry, IsTheIdAndTheDigestOfAnEvent) {
    EXPECT_EQ(log_entry("018f3c1e-7b1a-7c3d-9e4f-1a2b3c4d5e6f", sha256("abc")),
              "duban-event/1\n018f3c1e-7b1a-7c3d-9e4f-1a2b3c4d5e6f\n"
              "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    EXPECT_EQ(log_entry("018f3c1e-7b1a-7c3d-9e4f-1a2b3c4d5e6f", sha256("abc")).size(), 123U)
        << "bytes";
}

}  // namespace
}  // namespace duban
