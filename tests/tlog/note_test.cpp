#include "tlog/note.hpp"

#include <gtest/gtest.h>

#include "tlog/checkpoint.hpp"

namespace gatehouse::tlog {
namespace {

// The example of golang.org/x/mod/sumdb/note's documentation, made by another program.
constexpr std::string_view known_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view known_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

NoteSigner signer() { return {"log.example/1", SignatureType::ed25519, identity::SigningKey::generate()}; }

TEST(Note, of_another_program_is_verified) {
  const auto key = VerifierKey::parse(known_key);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->to_text(), known_key);
  const auto note = parse_note(known_note);
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(is_signed_by(*note, *key), true);
  EXPECT_EQ(to_text(*note), known_note);
}

TEST(Note, that_was_signed_is_verified_with_the_verifier_key_alone) {
  const auto signing = signer();
  const auto note = signing.sign("a text\n\nof two parts\n");
  const auto parsed = parse_note(to_text(note));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->text, "a text\n\nof two parts\n");
  const auto key = VerifierKey::parse(signing.verifier_key().to_text());
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(is_signed_by(*parsed, *key), true);
  EXPECT_EQ(is_signed_by(*parsed, signer().verifier_key()), std::nullopt) << "a key of the same name";
}

TEST(Note, with_any_bit_of_its_text_changed_is_refused) {
  const auto signing = signer();
  const auto whole = to_text(signing.sign("text\n"));
  for (std::size_t place = 0; place < 4; ++place) {
    auto changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    const auto note = parse_note(changed);
    ASSERT_TRUE(note.has_value());
    EXPECT_EQ(is_signed_by(*note, signing.verifier_key()), false);
  }
}

TEST(Note, is_refused_when_it_is_none) {
  const auto good = to_text(signer().sign("text\n"));
  EXPECT_TRUE(parse_note(good).has_value());
  for (const auto& bad :
       std::vector<std::string>{"", "text\n", "text\n\n", good.substr(0, good.size() - 1), good + "x", good + "\n",
                                "a\tb" + good, good + "- name AAAA\n", good + "\u2014 name\n",
                                good + "\u2014 na+me AAAAAAAA\n", good + "\u2014 name AAAA\n"}) {
    EXPECT_FALSE(parse_note(bad).has_value()) << bad;
  }
}

TEST(VerifierKey, is_refused_when_its_hash_is_anothers) {
  const auto text = signer().verifier_key().to_text();
  EXPECT_TRUE(VerifierKey::parse(text).has_value());
  auto renamed = text;
  renamed[0] = 'x';
  EXPECT_FALSE(VerifierKey::parse(renamed).has_value());
  for (const auto* bad : {"", "a", "a+b", "a+b+c", "a+00000000+AAAA"})
    EXPECT_FALSE(VerifierKey::parse(bad).has_value()) << bad;
}

TEST(Checkpoint, reads_what_it_writes) {
  const Checkpoint checkpoint{"log.example/1", {20'852'163, leaf_hash("x")}};
  const auto text = to_text(checkpoint);
  const auto parsed = parse_checkpoint(text + "an extension\n");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->origin, checkpoint.origin);
  EXPECT_EQ(parsed->head.size, checkpoint.head.size);
  EXPECT_EQ(parsed->head.root, checkpoint.head.root);
  const auto root = to_base64(leaf_hash("x"));
  for (const auto& bad :
       std::vector<std::string>{"", "o\n1\n", "o\n01\n" + root + "\n", "o\n-1\n" + root + "\n", "\n1\n" + root + "\n",
                                "o\n1\n" + root, "o\n1\nAAAA\n", "o\n1\n" + root + "\n\nx\n"}) {
    EXPECT_FALSE(parse_checkpoint(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace gatehouse::tlog
