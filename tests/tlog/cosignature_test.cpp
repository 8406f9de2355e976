#include "tlog/cosignature.hpp"

#include <gtest/gtest.h>

namespace gatehouse::tlog {
namespace {

TEST(Cosignature, says_when_and_is_bound_to_text_time_and_key) {
  const NoteSigner log{"log.example", SignatureType::ed25519, identity::SigningKey::generate()};
  const NoteSigner witness{"witness.example", SignatureType::ed25519_cosignature, identity::SigningKey::generate()};
  auto note = log.sign("log.example\n1\nAAAA\n");
  EXPECT_EQ(cosigned_at(note, witness.verifier_key()), std::nullopt);
  note.signatures.push_back(cosign(note.text, 1'679'315'147, witness));
  const auto parsed = parse_note(to_text(note));
  ASSERT_TRUE(parsed.has_value());
  const auto key = VerifierKey::parse(witness.verifier_key().to_text());
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->type(), SignatureType::ed25519_cosignature);
  EXPECT_EQ(cosigned_at(*parsed, *key), 1'679'315'147U);

  auto later = *parsed;
  later.signatures.back().bytes[7] ^= 1;
  EXPECT_EQ(cosigned_at(later, *key), std::nullopt);
  auto other = *parsed;
  other.text = "log.example\n2\nAAAA\n";
  EXPECT_EQ(cosigned_at(other, *key), std::nullopt);
  auto cut = *parsed;
  cut.signatures.back().bytes.resize(8);
  EXPECT_EQ(cosigned_at(cut, *key), std::nullopt);
}

}  // namespace
}  // namespace gatehouse::tlog
