#include "storage/codec/digest.h"
#include "domain/directory/directory_events.h"

#include <gtest/gtest.h>

#include "storage/beside/random_name.h"
#include "storage/codec/utf8.h"
#include "storage/log/log_batch.h"

namespace duban {
namespace {

TEST(Digest, IsThatOfFips180) {
    EXPECT_EQ(digest_of("abc").value,
              "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(digest_of("").value,
              "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, IsTheSameInPieces) {
    Sha256 sum;
    sum.update("a");
    sum.update("");
    sum.update("bc");
    EXPECT_EQ(to_digest(sum.finish()), digest_of("abc"));
}

TEST(Digest, HasOneForm) {
    const std::string good = digest_of("abc").value;
    EXPECT_TRUE(is_digest(good));
    EXPECT_FALSE(is_digest(good.substr(1)));
    EXPECT_FALSE(is_digest(good + "0"));
    EXPECT_FALSE(is_digest("sha256:" + std::string(64, 'A')));
    EXPECT_FALSE(is_digest("SHA256:" + std::string(64, 'a')));
}

TEST(BatchHash, DependsOnEveryPartOfABatch) {
    LogBatch batch{BatchSeq(2), Position(5), zero_batch_hash(), {}, {}, {}};
    batch.events.push_back({{}, UnitPut{}, "event", sha256("event")});
    batch.outcomes.push_back({CommandId("c"), {}, "row"});
    const Digest whole = batch_hash(batch);
    EXPECT_EQ(batch_hash(batch), whole);
    const auto changed = [&](auto change) {
        LogBatch other = batch;
        change(other);
        return batch_hash(other) != whole;
    };
    EXPECT_TRUE(changed([](LogBatch& b) { b.seq = BatchSeq(3); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.base = Position(6); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.prev_hash = digest_of("x"); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.events[0].hash = sha256("events"); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.events.clear(); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.outcomes[0].id = CommandId("d"); }));
    EXPECT_TRUE(changed([](LogBatch& b) { b.outcomes[0].row = "other"; }));
}

TEST(BatchHash, IsTheDigestOfTheDocumentedText) {
    LogBatch batch{BatchSeq(1), Position(0), zero_batch_hash(), {}, {}, {}};
    batch.events.push_back({{}, UnitPut{}, "abc", sha256("abc")});
    batch.outcomes.push_back({CommandId("c"), {}, "row"});
    EXPECT_EQ(batch_hash(batch),
              digest_of(R"({"base":"0","commands":[{"id":"c","outcome":")" +
                        digest_of("row").value + R"("}],"events":[")" + digest_of("abc").value +
                        R"("],"prev":")" + zero_batch_hash().value + R"(","seq":"1"})"));
}

TEST(RandomName, Is26CharactersAndNeverTheSame) {
    const std::string name = random_name();
    EXPECT_EQ(name.size(), 26U);
    EXPECT_EQ(name.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos);
    EXPECT_NE(name, random_name());
}

TEST(Utf8, CutsOffAnUnfinishedCharacterOnly) {
    const std::string text = "督办😀";
    EXPECT_EQ(whole_characters(text), text);
    EXPECT_EQ(whole_characters(std::string_view(text).substr(0, 9)), "督办");
    EXPECT_EQ(whole_characters(std::string_view(text).substr(0, 4)), "督");
    EXPECT_EQ(whole_characters(std::string_view(text).substr(0, 2)), "");
    EXPECT_EQ(whole_characters("abc"), "abc");
    EXPECT_EQ(whole_characters(""), "");
}

TEST(Utf8, MakesEveryTextReadable) {
    EXPECT_EQ(readable("督办"), "督办");
    EXPECT_EQ(readable("a\xff督"), "a????");
}

}  // namespace
}  // namespace duban
