#include "identity/public_key.hpp"

#include <gtest/gtest.h>

#include "identity/base64url.hpp"
#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

std::string bytes_of(std::string_view base64url) { return base64url_decode(base64url).value(); }

constexpr std::string_view rsa_modulus =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhM"
    "stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
    "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
    "kEgU8awapJzKnqDKgw";

TEST(PublicKey, has_the_thumbprint_of_rfc_7638_section_3_1) {
  const auto key = PublicKey::from_rsa(bytes_of(rsa_modulus), bytes_of("AQAB"));
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  EXPECT_EQ(key->key_id(), key->thumbprint());
}

TEST(PublicKey, verifies_the_signature_of_rfc_8037_appendix_a) {
  const auto key = PublicKey::from_ed25519(bytes_of("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  const auto signature =
      bytes_of("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  constexpr std::string_view message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  EXPECT_TRUE(key->verifies(message, signature));
  EXPECT_FALSE(key->verifies(message.substr(1), signature));
}

TEST(PublicKey, verifies_the_signature_of_rfc_7515_appendix_a_3) {
  const auto key = PublicKey::from_p256(bytes_of("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                                        bytes_of("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
  ASSERT_TRUE(key.has_value());
  constexpr std::string_view message =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
      "lfQ";
  const auto signature =
      bytes_of("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  EXPECT_TRUE(key->verifies(message, signature));
  EXPECT_FALSE(key->verifies(message, signature + '\0'));
  EXPECT_FALSE(key->verifies(message, std::string(64, '\0')));
}

TEST(PublicKey, verifies_the_signature_of_rfc_7515_appendix_a_2) {
  const auto key = PublicKey::from_rsa(
      bytes_of(
          "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SF"
          "d2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo"
          "7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkM"
          "Ls91kzk2PAcDTW9gb54h4FRWyuXpoQ"),
      bytes_of("AQAB"));
  ASSERT_TRUE(key.has_value());
  constexpr std::string_view message =
      "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
      "lfQ";
  const auto signature = bytes_of(
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
      "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
      "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
      "wlVmtVrBp0igcN_IoypGlUPQGe77Rw");
  EXPECT_TRUE(key->verifies(message, signature));
  EXPECT_FALSE(key->verifies(message.substr(1), signature));
}

TEST(PublicKey, of_each_type_verifies_its_own_signatures_alone) {
  const std::vector<ForgeKey> keys{ForgeKey::ed25519(), ForgeKey::p256(), ForgeKey::rsa()};
  for (const auto& signer : keys) {
    for (const auto& other : keys) {
      EXPECT_EQ(other.public_key().verifies("message", signer.sign("message")), &signer == &other);
    }
  }
}

TEST(PublicKey, refuses_an_ecdsa_signature_in_der) {
  const auto key = ForgeKey::p256();
  EXPECT_TRUE(key.public_key().verifies("message", key.sign("message")));
  EXPECT_FALSE(key.public_key().verifies("message", key.sign_native("message")));
}

TEST(PublicKey, refuses_what_is_no_sound_key) {
  const std::string coordinate(32, '\1');
  EXPECT_FALSE(PublicKey::from_ed25519(std::string(31, 'x')).has_value());
  EXPECT_FALSE(PublicKey::from_p256(coordinate, coordinate).has_value());
  EXPECT_FALSE(PublicKey::from_p256(coordinate, coordinate + coordinate).has_value());
  const auto modulus = bytes_of(rsa_modulus);
  EXPECT_FALSE(PublicKey::from_rsa(modulus.substr(1), bytes_of("AQAB")).has_value()) << "fewer than 2048 bits";
  EXPECT_FALSE(PublicKey::from_rsa(std::string(1, '\0') + modulus, bytes_of("AQAB")).has_value());
  EXPECT_FALSE(PublicKey::from_rsa(std::string(1025, '\xff'), bytes_of("AQAB")).has_value());
  EXPECT_FALSE(PublicKey::from_rsa(modulus, "\1").has_value());
  EXPECT_FALSE(PublicKey::from_rsa(modulus, "\2").has_value());
  EXPECT_FALSE(PublicKey::from_rsa(modulus, "").has_value());
  EXPECT_FALSE(PublicKey::from_rsa("", bytes_of("AQAB")).has_value());
}

}  // namespace
}  // namespace gatehouse::identity
