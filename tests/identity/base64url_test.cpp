#include "identity/base64url.hpp"

#include <gtest/gtest.h>

#include "identity/secure_random.hpp"

namespace gatehouse::identity {
namespace {

// RFC 4648 section 10, without padding, and the example of RFC 7515 appendix C.
TEST(Base64url, gives_the_texts_of_the_standards) {
  const std::vector<std::pair<std::string, std::string>> vectors{
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\x03\xec\xff\xe0\xc1", "A-z_4ME"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64url_encode(bytes), text);
    EXPECT_EQ(base64url_decode(text), bytes);
  }
}

TEST(Base64url, returns_any_bytes_of_any_length) {
  for (std::size_t length = 0; length < 70; ++length) {
    std::vector<std::uint8_t> bytes(length);
    fill_with_random(bytes);
    const std::string text{bytes.begin(), bytes.end()};
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), text);
  }
}

TEST(Base64url, refuses_every_other_spelling) {
  for (const auto* text : {"Zg==", "Zm8=", "Zg\n", " Zg", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zm9.", "Zm\xc3\xa9v"}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(base64url_decode(std::string_view{"Zg\0v", 4}), std::nullopt);
}

TEST(Base64url, refuses_stray_bits_after_the_last_byte) {
  EXPECT_EQ(base64url_decode("Zg"), "f");
  for (const auto* text : {"Zh", "Zi", "Zj", "Zo", "Zm9", "Zm-"}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace gatehouse::identity
