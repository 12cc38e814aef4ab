#include "storage/beside/blob_store.h"

#include <gtest/gtest.h>

#include "storage/codec/digest.h"
#include "tests/storage/test_log.h"
#include "tests/support/print.h"

namespace duban {
namespace {

constexpr Timestamp noon{1'788'224'400'000};

class BlobStoreTest : public testing::Test {
protected:
    void reopen() {
        store_.reset();
        database_.reset();
        database_ = value_of(Database::open({"/test", true, &env_}));
        store_ = std::make_unique<BlobStore>(*database_);
    }
    BlobStoreTest() { reopen(); }
    BlobStore::Upload begin(std::uint64_t bytes_max = blob_bytes_max_default) {
        return store_->begin("text/plain", PersonId("jtj.clerk"), bytes_max);
    }
    Result<BlobInfo> store(const std::string& bytes, std::size_t piece = 1'000'000) {
        auto upload = begin();
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            auto ok = upload.add(std::string_view(bytes).substr(at, piece));
            if (!ok) return tl::unexpected<Error>(ok.error());
        }
        return upload.finish(noon);
    }
    std::string load(const BlobInfo& blob) {
        std::string bytes;
        for (std::uint64_t chunk = 0; bytes.size() < blob.bytes; ++chunk) {
            bytes += value_of(store_->read_chunk(blob, chunk));
        }
        return bytes;
    }
    std::size_t rows() { return rows_of(Snapshot(*database_), Family::blob).size(); }
    static std::string text(std::size_t bytes) {
        std::string made;
        while (made.size() < bytes) made += "line " + std::to_string(made.size()) + "\n";
        made.resize(bytes);
        return made;
    }

    FaultyEnv env_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<BlobStore> store_;
};

TEST_F(BlobStoreTest, GivesBackWhatItWasGiven) {
    const std::string bytes = text(700'000);
    const BlobInfo blob = value_of(store(bytes, 10'007));
    EXPECT_EQ(blob.digest, digest_of(bytes));
    EXPECT_EQ(blob.bytes, bytes.size());
    EXPECT_EQ(blob.media_type, "text/plain");
    EXPECT_EQ(blob.uploader, PersonId("jtj.clerk"));
    EXPECT_EQ(blob.time, noon);
    reopen();
    EXPECT_EQ(value_of(store_->find(blob.digest)), blob);
    EXPECT_EQ(load(blob), bytes);
}

TEST_F(BlobStoreTest, CutsAtChunkBoundaries) {
    for (const std::size_t bytes : {std::size_t{1}, blob_chunk_bytes - 1, blob_chunk_bytes,
                                    blob_chunk_bytes + 1, 2 * blob_chunk_bytes}) {
        const BlobInfo blob = value_of(store(text(bytes), 65'536));
        EXPECT_EQ(load(blob), text(bytes)) << bytes;
        const std::uint64_t chunks = (bytes + blob_chunk_bytes - 1) / blob_chunk_bytes;
        EXPECT_EQ(store_->read_chunk(blob, chunks).error().code, Errc::corrupt);
    }
}

TEST_F(BlobStoreTest, IsNotThereBeforeItIsFinished) {
    auto upload = begin();
    const std::string bytes = text(300'000);
    expect_ok(upload.add(bytes));
    EXPECT_EQ(store_->find(digest_of(bytes)).error().code, Errc::not_found);
    EXPECT_TRUE(upload.finish(noon));
    EXPECT_TRUE(store_->find(digest_of(bytes)));
    EXPECT_FALSE(upload.add("x"));
    EXPECT_FALSE(upload.finish(noon));
}

TEST_F(BlobStoreTest, KeepsTheSameContentOnce) {
    const BlobInfo first = value_of(store(text(300'000)));
    const std::size_t before = rows();
    const BlobInfo again = value_of(store(text(300'000)));
    EXPECT_EQ(again, first);
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(load(first), text(300'000));
}

TEST_F(BlobStoreTest, RefusesMoreThanItsLimit) {
    auto upload = begin(1000);
    expect_ok(upload.add(text(1000)));
    EXPECT_EQ(upload.add("x").error().code, Errc::too_large);
    EXPECT_EQ(upload.finish(noon).error().code, Errc::too_large);
}

TEST_F(BlobStoreTest, RefusesAnEmptyFile) {
    EXPECT_EQ(store("").error().code, Errc::invalid_argument);
}

TEST_F(BlobStoreTest, RefusesContentOfAnotherType) {
    auto upload = store_->begin("application/pdf", PersonId("jtj.clerk"), 1'000'000);
    const auto refused = upload.add(text(10'000));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::invalid_argument);
    EXPECT_EQ(refused.error().field, "content-type");
    EXPECT_EQ(rows(), 0U);
}

TEST_F(BlobStoreTest, LooksAtAShortFileWhenItEnds) {
    auto upload = store_->begin("image/png", PersonId("jtj.clerk"), 1000);
    expect_ok(upload.add("no "));
    expect_ok(upload.add("picture"));
    EXPECT_EQ(upload.finish(noon).error().code, Errc::invalid_argument);
}

TEST_F(BlobStoreTest, DiscardsAnUploadThatIsGivenUp) {
    {
        auto upload = begin();
        expect_ok(upload.add(text(600'000)));
        EXPECT_GT(rows(), 0U);
    }
    EXPECT_EQ(rows(), 0U);
}

TEST_F(BlobStoreTest, DiscardsWhatACrashLeftUnfinished) {
    const BlobInfo kept = value_of(store(text(300'000)));
    const std::size_t before = rows();
    {
        auto upload = begin();
        expect_ok(upload.add(text(600'000)));
        EXPECT_GT(rows(), before);
        env_.fail_wal_appends = true;
        EXPECT_FALSE(upload.add(text(600'000)));
    }
    env_.fail_wal_appends = false;
    reopen();
    EXPECT_GT(rows(), before);
    expect_ok(store_->discard_unfinished());
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(load(kept), text(300'000));
    expect_ok(store_->discard_unfinished());
}

TEST_F(BlobStoreTest, TwoUploadsOfOneContentLeaveOne) {
    const std::string bytes = text(300'000);
    auto first = begin();
    auto second = begin();
    expect_ok(first.add(bytes));
    expect_ok(second.add(bytes));
    const BlobInfo a = value_of(first.finish(noon));
    const BlobInfo b = value_of(second.finish(Timestamp{noon.ms + 1}));
    EXPECT_EQ(a, b);
    EXPECT_EQ(load(b), bytes);
}

struct Sniffed {
    const char* declared;
    std::string bytes;
    bool taken;
};

TEST(MediaType, FitsTheFirstBytes) {
    using namespace std::string_literals;
    const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"s;
    const std::string zip = "PK\3\4\x14\0\0\0\x08\0"s + std::string(40, '\0');
    const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s + std::string(600, '\0');
    const std::string mp4 =
        "\0\0\0\x18"
        "ftypmp42\0\0\0\0mp42isom"s;
    const Sniffed cases[] = {
        {"application/pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", true},
        {"application/pdf", png, false},
        {"image/png", png, true},
        {"image/jpeg", png, false},
        {"image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1"s, true},
        {"image/gif", "GIF89a\1\0\1\0\0\0\0"s, true},
        {"application/zip", zip, true},
        {"application/ofd", zip, true},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", zip, true},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text", false},
        {"application/msword", ole, true},
        {"application/vnd.ms-excel", ole, true},
        {"application/msword", zip, false},
        {"video/mp4", mp4, true},
        {"text/plain", "督办\n", true},
        {"TEXT/PLAIN; charset=utf-8", "督办\n", true},
        {"text/plain", "督办\n"s.substr(0, 5), true},
        {"text/plain", "\xb6\xbd\xb0\xec", false},
        {"text/plain", "a\0b"s, false},
        {"text/csv", "a,b\r\n1,2\r\n", true},
        {"text/csv", png, false},
        {"text/html", "<html>", false},
        {"application/x-executable",
         "\x7f"
         "ELF",
         false},
        {"", "x", false},
    };
    for (const auto& [declared, bytes, taken] : cases) {
        const auto status = check_media_type(declared, bytes);
        EXPECT_EQ(status.has_value(), taken)
            << declared << ": " << (status ? "" : status.error().detail);
        if (status) continue;
        EXPECT_EQ(status.error().code, Errc::invalid_argument);
        EXPECT_NE(status.error().detail.find("application/pdf, image/png"), std::string::npos);
    }
}

TEST(MediaType, TellsHowToMendATextOfAnotherCode) {
    EXPECT_NE(check_media_type("text/csv", "\xb6\xbd").error().detail.find("save it as UTF-8"),
              std::string::npos);
}

}  // namespace
}  // namespace duban
