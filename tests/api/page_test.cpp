#include "api/page.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

constexpr Timestamp now{1'700'000'000'000};

PageTokens tokens(std::uint8_t key = 1) { return PageTokens(identity::Secret(std::vector<std::uint8_t>(32, key))); }

TEST(PageTokens, lead_back_to_the_key_whatever_its_bytes) {
  const std::string key("a\0\xff/z", 5);
  EXPECT_EQ(tokens().open("q", tokens().seal("q", key, now), now), key);
  EXPECT_EQ(tokens().open("q", tokens().seal("q", "", now), now), "");
}

TEST(PageTokens, are_of_one_query_alone) {
  const auto token = tokens().seal("/v1/a?x=1", "k", now);
  EXPECT_EQ(tokens().open("/v1/a?x=2", token, now), std::nullopt);
  EXPECT_EQ(tokens().open("/v1/a", token, now), std::nullopt);
}

TEST(PageTokens, cannot_be_changed) {
  const auto token = tokens().seal("q", "key", now);
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(tokens().open("q", changed, now), std::nullopt) << at;
  }
  EXPECT_EQ(tokens().open("q", token.substr(0, token.size() - 2), now), std::nullopt);
  EXPECT_EQ(tokens().open("q", "", now), std::nullopt);
  EXPECT_EQ(tokens().open("q", "no token!", now), std::nullopt);
}

TEST(PageTokens, are_of_one_server_alone) {
  EXPECT_EQ(tokens(2).open("q", tokens(1).seal("q", "k", now), now), std::nullopt);
}

TEST(PageTokens, end_between_fifteen_and_sixteen_minutes) {
  const auto token = tokens().seal("q", "k", now);
  EXPECT_TRUE(tokens().open("q", token, {now.unix_ms + page_token_lifetime_ms}));
  EXPECT_FALSE(tokens().open("q", token, {now.unix_ms + page_token_lifetime_ms + page_token_period_ms}));
}

TEST(PageTokens, are_the_same_within_a_minute) {
  const Timestamp minute{now.unix_ms / page_token_period_ms * page_token_period_ms};
  const auto token = tokens().seal("q", "k", minute);
  EXPECT_EQ(tokens().seal("q", "k", {minute.unix_ms + page_token_period_ms - 1}), token);
  EXPECT_NE(tokens().seal("q", "k", {minute.unix_ms + page_token_period_ms}), token);
}

}  // namespace
}  // namespace gatehouse::api
