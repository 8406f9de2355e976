#include "outbound/webhook_plan.hpp"

#include <gtest/gtest.h>

namespace gatehouse::outbound {
namespace {

using namespace std::chrono_literals;

WebhookAnswer answer(std::uint32_t status) {
  WebhookAnswer given;
  given.status = status;
  return given;
}

TEST(WebhookPlan, of_standard_webhooks_retries_whatever_is_no_success_ten_times_in_all) {
  for (const auto status : {0U, 301U, 400U, 404U, 429U, 500U})
    EXPECT_EQ(pause_after(SignatureScheme::standard, 1, answer(status)), 5s) << status;
  EXPECT_EQ(pause_after(SignatureScheme::standard, 2, answer(500)), 5min);
  EXPECT_EQ(pause_after(SignatureScheme::standard, 9, answer(500)), 24h);
  EXPECT_FALSE(pause_after(SignatureScheme::standard, 10, answer(500)));
}

TEST(WebhookPlan, of_the_vendor_retries_three_times_and_only_what_a_retry_may_help) {
  for (const auto status : {0U, 429U, 500U, 503U})
    EXPECT_EQ(pause_after(SignatureScheme::zoom, 1, answer(status)), 5min) << status;
  for (const auto status : {301U, 400U, 404U})
    EXPECT_FALSE(pause_after(SignatureScheme::zoom, 1, answer(status))) << status;
  EXPECT_EQ(pause_after(SignatureScheme::zoom, 3, answer(500)), 60min);
  EXPECT_FALSE(pause_after(SignatureScheme::zoom, 4, answer(500)));
}

TEST(WebhookPlan, waits_as_long_as_the_receiver_asks_for_a_day_at_most) {
  auto busy = answer(429);
  busy.retry_after = 600s;
  EXPECT_EQ(asked_pause(busy), 600s);
  EXPECT_EQ(pause_after(SignatureScheme::standard, 1, busy), 5s) << "which is the server's own";
  busy.retry_after = 1'000'000s;
  EXPECT_EQ(asked_pause(busy), 24h);
  EXPECT_EQ(asked_pause(answer(503)), 0s);
}

TEST(WebhookPlan, asks_again_soon_whether_a_new_endpoint_is_there_and_a_known_one_when_it_would_have_been_asked) {
  EXPECT_EQ(challenge_pause_after(1, false), 1min);
  EXPECT_EQ(challenge_pause_after(9, false), 6h);
  EXPECT_EQ(challenge_pause_after(1, true), 72h);
}

}  // namespace
}  // namespace gatehouse::outbound
