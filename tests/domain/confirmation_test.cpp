#include "domain/confirmation.hpp"

#include "domain/limits.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;

class Confirmation : public ::testing::Test {
 protected:
  std::optional<Rejection> ask(const std::optional<std::string>& token, std::uint64_t version = 4, std::string_view target = "app") {
    return require_confirmation(context_, AccountId{"acme"}, "Uninstall", target, version, token, Impact{{{"subscriptions", 12}}});
  }

  test::PlainTokens tokens_;
  DecisionContext context_{.caller = as("ann"),
                           .now = {1'700'000'000'000},
                           .ids = nullptr,
                           .confirmations = &tokens_,
                           .if_match = {},
                           .account_version = 9};
};

TEST_F(Confirmation, R45_IsAskedForWithTheImpactAndAToken) {
  const auto refusal = ask(std::nullopt);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, RejectionCode::confirmation_required);
  ASSERT_TRUE(refusal->impact);
  EXPECT_EQ(refusal->impact->counts.front(), (std::pair<std::string, std::uint64_t>{"subscriptions", 12}));
  EXPECT_EQ(refusal->confirmation_expires_at.unix_ms, context_.now.unix_ms + 600'000);
}

TEST_F(Confirmation, R45_LetsTheSameCommandRun) { EXPECT_FALSE(ask(ask(std::nullopt)->confirmation_token)); }

TEST_F(Confirmation, D21_IsStaleForAnotherTargetVersionActorOrTime) {
  const auto token = ask(std::nullopt)->confirmation_token;
  EXPECT_EQ(ask(token, 5)->code, RejectionCode::confirmation_stale);
  EXPECT_EQ(ask(token, 4, "other")->code, RejectionCode::confirmation_stale);
  EXPECT_EQ(ask("nonsense")->code, RejectionCode::confirmation_stale);
  context_.caller = as("bob");
  EXPECT_EQ(ask(token)->code, RejectionCode::confirmation_stale);
  context_.caller = as("ann");
  context_.now.unix_ms += 600'000;
  EXPECT_EQ(ask(token)->code, RejectionCode::confirmation_stale);
}

TEST_F(Confirmation, AStaleOneBringsAFreshToken) {
  const auto refusal = ask(ask(std::nullopt, 4)->confirmation_token, 5);
  ASSERT_TRUE(refusal);
  EXPECT_FALSE(ask(refusal->confirmation_token, 5));
}

}  // namespace
}  // namespace gatehouse
