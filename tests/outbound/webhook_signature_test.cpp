#include "outbound/webhook_signature.hpp"

#include <gtest/gtest.h>

namespace gatehouse::outbound {
namespace {

// The vector of the Standard Webhooks libraries.
TEST(WebhookSignature, is_that_of_standard_webhooks) {
  EXPECT_EQ(standard_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330,
                               R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

// openssl dgst -sha256 -hmac 'Jefe' of RFC 4231's second test case.
TEST(WebhookSignature, of_the_vendor_is_hexadecimal) {
  EXPECT_EQ(zoom_hash("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(zoom_signature("Jefe", 5, "{}"), "v0=" + zoom_hash("Jefe", "v0:5:{}"));
}

TEST(WebhookSecrets, differ_by_endpoint_generation_and_scheme_and_stay) {
  const WebhookSecrets secrets(identity::Secret(std::vector<std::uint8_t>(32, 1)));
  const EndpointId one{"one"};
  const auto secret = secrets.text(one, 1, SignatureScheme::standard);
  EXPECT_EQ(secret, secrets.text(one, 1, SignatureScheme::standard));
  EXPECT_TRUE(secret.starts_with("whsec_"));
  EXPECT_EQ(secret.size(), 6U + 44U);
  EXPECT_NE(secret, secrets.text(one, 2, SignatureScheme::standard));
  EXPECT_NE(secret, secrets.text(EndpointId{"two"}, 1, SignatureScheme::standard));
  EXPECT_EQ(secrets.text(one, 1, SignatureScheme::zoom).size(), 43U);
}

}  // namespace
}  // namespace gatehouse::outbound
