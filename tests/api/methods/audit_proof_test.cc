// Checkpoints and proofs, asked for by clients, checked as a client checks them.
#include <gtest/gtest.h>

#include "commit/checkpointer.h"
#include "storage/tlog/checkpoint.h"
#include "storage/tlog/merkle.h"
#include "tests/api/api_bench.h"

namespace duban {
namespace {

using Json = nlohmann::json;

class AuditProof : public testing::Test {
protected:
    void SetUp() override { bench_.context().checkpoints = &signs_; }

    // What the note says, with its signature checked.
    [[nodiscard]] Checkpoint checked(const Json& json) const {
        const auto note = parse_note(json.at("checkpoint").get<std::string>());
        EXPECT_TRUE(note && verify_note(*note, {signer_->verifier()}));
        auto checkpoint = parse_checkpoint(note->text).value();
        EXPECT_EQ(json.at("size"), std::to_string(checkpoint.size));
        return checkpoint;
    }
    static Hash hash_of(const Json& hex) {
        Hash hash{};
        const auto text = hex.get<std::string>();
        for (std::size_t i = 0; i < hash.size(); ++i) {
            hash[i] = static_cast<unsigned char>(std::stoi(text.substr(2 * i, 2), nullptr, 16));
        }
        return hash;
    }
    static std::vector<Hash> hashes_of(const Json& list) {
        std::vector<Hash> hashes;
        for (const Json& one : list) hashes.push_back(hash_of(one));
        return hashes;
    }

    ApiBench bench_;
    std::unique_ptr<NoteSigner> signer_ = *parse_signer(make_signer_text("duban/test"));
    Checkpointer signs_{bench_.node().database(), bench_.node().head(), *signer_};
};

TEST_F(AuditProof, CheckpointsSpeakOfEverythingThatIsDurable) {
    const auto first = checked(bench_.ask("jtj.clerk", "audit.checkpoint"));
    EXPECT_EQ(first.size, bench_.node().head().next().value);
    bench_.issue_and_sign();
    const auto second = checked(bench_.ask("audit.clerk", "audit.checkpoint"));
    EXPECT_GT(second.size, first.size);
    const Json again =
        bench_.ask("audit.clerk", "audit.checkpoint", {{"size", std::to_string(first.size)}});
    EXPECT_EQ(checked(again), first);
    EXPECT_EQ(bench_.refusal("audit.clerk", "audit.checkpoint",
                             {{"size", std::to_string(first.size + 1)}}),
              "not_found");
}

TEST_F(AuditProof, OfInclusionHoldsForEachEventAndForNoOtherPlace) {
    bench_.issue_and_sign();
    const auto size = bench_.node().head().next().value;
    for (std::uint64_t at = 0; at < size; ++at) {
        const Json proof =
            bench_.ask("office.head", "audit.proof.inclusion", {{"event", std::to_string(at)}});
        const auto over = checked(proof);
        const auto leaf = leaf_hash(proof.at("entry").get<std::string>());
        EXPECT_EQ(leaf, hash_of(proof.at("leaf_hash")));
        const auto hashes = hashes_of(proof.at("hashes"));
        EXPECT_TRUE(verify_inclusion(leaf, at, over.size, hashes, over.root));
        EXPECT_FALSE(verify_inclusion(leaf, (at + 1) % size, over.size, hashes, over.root));
    }
}

TEST_F(AuditProof, OfConsistencyLeadsFromWhatOneHasKept) {
    const auto kept = checked(bench_.ask("jtj.clerk", "audit.checkpoint"));
    bench_.issue_and_sign();
    const Json proof =
        bench_.ask("jtj.clerk", "audit.proof.consistency", {{"from", std::to_string(kept.size)}});
    EXPECT_EQ(checked(proof.at("from")), kept);
    const auto to = checked(proof.at("to"));
    const auto hashes = hashes_of(proof.at("hashes"));
    EXPECT_TRUE(verify_consistency(kept.size, to.size, hashes, kept.root, to.root));
    EXPECT_FALSE(verify_consistency(kept.size, to.size, hashes, to.root, kept.root));
    EXPECT_EQ(
        bench_.refusal("jtj.clerk", "audit.proof.consistency",
                       {{"from", std::to_string(to.size)}, {"to", std::to_string(kept.size)}}),
        "invalid_params:from");
}

TEST_F(AuditProof, AsAFileCarriesTheEventsBytes) {
    bench_.issue_and_sign();
    const Json file = bench_.ask("office.head", "audit.proof.file", {{"event", "3"}});
    const auto proof = parse_proof(file.at("proof").get<std::string>());
    ASSERT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(file.at("name"), "3.tlog-proof");
    const auto bytes = file.at("event").get<std::string>();
    const auto id = Json::parse(bytes).at("id").get<std::string>();
    const auto note = parse_note(proof->checkpoint);
    ASSERT_TRUE(note && verify_note(*note, {signer_->verifier()}));
    const auto over = parse_checkpoint(note->text).value();
    EXPECT_TRUE(verify_inclusion(leaf_hash(log_entry(id, sha256(bytes))), proof->index, over.size,
                                 proof->hashes, over.root));
}

TEST_F(AuditProof, IsForThoseWhoSeeTheEvent) {
    bench_.issue_and_sign();
    const auto last = std::to_string(bench_.node().head().next().value - 1);
    EXPECT_EQ(bench_.refusal("jtj.clerk", "audit.proof.inclusion", {{"event", last}}), "");
    EXPECT_EQ(bench_.refusal("rsj.clerk", "audit.proof.inclusion", {{"event", last}}), "not_found");
    EXPECT_EQ(bench_.refusal("rsj.clerk", "audit.proof.file", {{"event", last}}), "not_found");
    EXPECT_EQ(bench_.refusal("office.head", "audit.proof.inclusion", {{"event", "999999"}}),
              "not_found");
}

TEST_F(AuditProof, NamesTheSizeThatHasTheEvent) {
    const auto early = checked(bench_.ask("office.head", "audit.checkpoint"));
    bench_.issue_and_sign();
    const auto last = std::to_string(bench_.node().head().next().value - 1);
    EXPECT_EQ(bench_.refusal("office.head", "audit.proof.inclusion",
                             {{"event", last}, {"size", std::to_string(early.size)}}),
              "invalid_params:size");
}

}  // namespace
}  // namespace duban
