#include "sealing/seal.hpp"

#include <gtest/gtest.h>

#include "events/personal_text.hpp"

namespace gatehouse {
namespace {

const SubjectName ann{AccountId{"acme"}, "ann"};
const SubjectKey key{.encryption = identity::sha256("one half"), .nonces = identity::sha256("the other")};

TEST(Seal, opens_with_its_key_for_its_subject_alone) {
  const auto sealed = seal_text(key, ann, {}, "Ann Miller");
  EXPECT_EQ(open_text(key, ann, sealed), "Ann Miller");
  EXPECT_FALSE(open_text(key, {AccountId{"acme"}, "bob"}, sealed)) << "it cannot be put into another's row";
  EXPECT_FALSE(open_text(key, {AccountId{"other"}, "ann"}, sealed));
  auto other = key;
  other.encryption[0] ^= 1U;
  EXPECT_FALSE(open_text(other, ann, sealed));
}

TEST(Seal, hides_the_text) {
  const auto sealed = seal_text(key, ann, {}, "Ann Miller");
  EXPECT_EQ(sealed.find("Ann"), std::string::npos);
  EXPECT_NE(sealed, seal_text(key, ann, {}, "Ann Muller"));
  EXPECT_EQ(sealed, seal_text(key, ann, {}, "Ann Miller")) << "so that a decision made again can be compared";
}

// Both made from docs/storage-format.md by another program (node:crypto).
TEST(Seal, is_what_the_document_says) {
  EXPECT_EQ(sealed_text::lookup_text(seal_text(key, ann, {}, "Ann Miller")),
            "01b3b4cc61b25805542b73394637bd37e865bca7fb94e2aa9ef34bd141264d1b1ba27af5adb82b");
  EXPECT_EQ(
      sealed_text::lookup_text(seal_text(key, ann, "0123456789abcdef", "ann@acme.example")),
      "02303132333435363738396162636465663d55b12e068c6f4e52929c00523d855f4cc18a4d06804ef75f955448148c64b3d2cad24a9964"
      "0088d17c08c5");
}

TEST(Seal, notices_every_changed_bit_and_every_missing_byte) {
  const auto sealed = seal_text(key, ann, std::string(sealed_text::lookup_bytes, 'x'), "ann@acme.example");
  ASSERT_TRUE(open_text(key, ann, sealed));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(open_text(key, ann, changed)) << "bit " << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length)
    EXPECT_FALSE(open_text(key, ann, sealed.substr(0, length))) << length;
}

TEST(Seal, tells_what_an_address_is_found_by_and_nothing_of_other_texts) {
  const auto address = seal_text(key, ann, "0123456789abcdef", "ann@acme.example");
  EXPECT_EQ(sealed_text::lookup_of(address), "30313233343536373839616263646566");
  EXPECT_EQ(sealed_text::lookup_of(seal_text(key, ann, {}, "Ann Miller of Sales, the whole of it")), "");
}

}  // namespace
}  // namespace gatehouse
