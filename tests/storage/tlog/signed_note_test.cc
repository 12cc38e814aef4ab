// Known notes are the examples of the specification and of the Go module that it comes from.
#include "storage/tlog/signed_note.h"

#include <gtest/gtest.h>

#include "storage/tlog/base64.h"

namespace duban {
namespace {

constexpr const char* foo_key =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const std::string foo_note =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr const char* neumann_key =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string neumann_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string neumann_note =
    neumann_text +
    "\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

Status verified(const std::string& note, const std::vector<std::string>& keys) {
    std::vector<NoteVerifier> verifiers;
    for (const auto& key : keys) {
        auto verifier = parse_verifier(key);
        if (!verifier) return tl::unexpected(verifier.error());
        verifiers.push_back(std::move(*verifier));
    }
    return parse_note(note).and_then(
        [&](const SignedNote& parsed) { return verify_note(parsed, verifiers); });
}

TEST(SignedNote, OfOthersIsVerified) {
    EXPECT_TRUE(verified(foo_note, {foo_key}));
    EXPECT_TRUE(verified(neumann_note, {neumann_key}));
    EXPECT_EQ(parse_note(foo_note)->text, "This is an example message.\n");
}

TEST(SignedNote, IsSignedAsOthersSignIt) {
    const auto signer = parse_signer(
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
    ASSERT_TRUE(signer);
    EXPECT_EQ((*signer)->verifier().text(), neumann_key);
    EXPECT_EQ((*signer)->sign(neumann_text), neumann_note);
}

TEST(SignedNote, HoldsForNoOtherTextOrKey) {
    std::string other = foo_note;
    other[0] = 't';
    EXPECT_FALSE(verified(other, {foo_key}));
    EXPECT_FALSE(verified(foo_note, {neumann_key})) << "none of the keys has signed";
    EXPECT_FALSE(verified(foo_note, {}));
    EXPECT_TRUE(verified(foo_note, {neumann_key, foo_key}));
}

TEST(SignedNote, LeavesOutStrangersButNoFalseSignatureOfAKnownKey) {
    const std::string stranger = "\u2014 other.example AAAAAAAA\n";
    EXPECT_TRUE(verified(foo_note + stranger, {foo_key}));
    EXPECT_TRUE(verified(foo_note + "\u2014 监督.example AAAAAAAA\n", {foo_key}));
    const NoteSigner again("example.com/foo", std::string(32, '\x07'));
    const std::string by_another = again.sign("This is an example message.\n");
    const std::string line = by_another.substr(by_another.find("\u2014"));
    EXPECT_TRUE(verified(foo_note + line, {foo_key})) << "same name, another key";
    EXPECT_FALSE(verified(foo_note + "\u2014 example.com/foo Uw2QOgAA\n", {foo_key}))
        << "it says that it is that key";
}

TEST(SignedNote, IsRefusedInAnyOtherForm) {
    for (const std::string& note :
         {std::string(), std::string("text\n"), std::string("text\n\n"),
          std::string("text\n\n\u2014 name\n"), std::string("text\n\n\u2014 name AAAA=\n"),
          std::string("text\n\n- name AAAAAAAA\n"), foo_note.substr(0, foo_note.size() - 1),
          foo_note + "rest\n", std::string("\xff\n\n\u2014 name AAAAAAAA\n"),
          std::string("te\txt\n\n\u2014 name AAAAAAAA\n"),
          std::string("text\r\n\n\u2014 name AAAAAAAA\n")}) {
        EXPECT_FALSE(parse_note(note)) << note;
    }
}

TEST(SigningKey, IsMadeAnewEachTimeAndReadBack) {
    const std::string one = make_signer_text("gov.example/log");
    EXPECT_NE(one, make_signer_text("gov.example/log"));
    const auto signer = parse_signer(one);
    ASSERT_TRUE(signer);
    EXPECT_EQ((*signer)->verifier().name, "gov.example/log");
    const auto note = parse_note((*signer)->sign("text\n"));
    ASSERT_TRUE(note);
    EXPECT_TRUE(verify_note(*note, {(*signer)->verifier()}));
    for (const std::string& text : {std::string(), one.substr(1), one + "=", one.substr(0, 40)}) {
        EXPECT_FALSE(parse_signer(text)) << text;
    }
}

TEST(KeyName, HasNoPlusAndNoSpaceOfAnyScript) {
    for (const char* name : {"a", "audit.gov.example/unit-0001/log", "监督.example/log"}) {
        EXPECT_TRUE(is_key_name(name)) << name;
    }
    for (const char* name :
         {"", "a b", "a+b", "a\tb", "a\u00a0b", "a\u0085b", "监督\u3000日志", "a\u2028b", "\xff"}) {
        EXPECT_FALSE(is_key_name(name)) << name;
    }
}

TEST(VerifierKey, IsRefusedUnlessItIsWhatItSays) {
    EXPECT_EQ(parse_verifier(foo_key)->text(), foo_key);
    for (const char* key :
         {"", "name", "name+530d903a", "name+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
          "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
          "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
          "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"}) {
        EXPECT_FALSE(parse_verifier(key)) << key;
    }
}

TEST(Base64, HasOneSpelling) {
    EXPECT_EQ(to_base64("ab"), "YWI=");
    EXPECT_EQ(from_base64("YWI="), "ab");
    for (const char* text : {"YWI", "YWJ=", "YW I=", "YWI=\n", "Y", "_-8="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
}

}  // namespace
}  // namespace duban
