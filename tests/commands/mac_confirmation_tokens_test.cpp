#include "commands/mac_confirmation_tokens.hpp"

#include <gtest/gtest.h>

#include <map>

namespace gatehouse {
namespace {

using Scope = ConfirmationTokens::Scope;
using Check = ConfirmationTokens::Check;

constexpr Timestamp now{1'700'000'000'000};
constexpr Timestamp end{1'700'000'600'000};

// Stands for a keyed hash: another text for every message.
class Tokens : public ::testing::Test {
 protected:
  std::map<std::string, std::string, std::less<>> known_;
  MacConfirmationTokens tokens_{[this](std::string_view message) {
    return known_.try_emplace(std::string(message), "mac" + std::to_string(known_.size())).first->second;
  }};
  Scope scope_{"user:ann", "acme", "Uninstall", "chat", 4};
};

TEST_F(Tokens, AreValidForWhatTheyWereIssuedFor) {
  const auto token = tokens_.issue(scope_, now, end);
  EXPECT_EQ(tokens_.check(scope_, now, token), Check::valid);
  EXPECT_EQ(tokens_.check(scope_, {end.unix_ms - 1}, token), Check::valid);
}

TEST_F(Tokens, EndAtTheirTimeAndNobodyCanMoveIt) {
  const auto token = tokens_.issue(scope_, now, end);
  EXPECT_EQ(tokens_.check(scope_, end, token), Check::stale);
  const auto later = std::to_string(end.unix_ms + 1'000) + token.substr(token.find('.'));
  EXPECT_EQ(tokens_.check(scope_, now, later), Check::stale);
}

TEST_F(Tokens, AreStaleForEverythingElse) {
  const auto token = tokens_.issue(scope_, now, end);
  const auto stale = [&](auto change) {
    auto other = scope_;
    change(other);
    EXPECT_EQ(tokens_.check(other, now, token), Check::stale);
  };
  stale([](Scope& scope) { scope.actor = "user:bob"; });
  stale([](Scope& scope) { scope.account = "globex"; });
  stale([](Scope& scope) { scope.command = "DisablePreApproval"; });
  stale([](Scope& scope) { scope.target = "docs"; });
  stale([](Scope& scope) { scope.version = 5; });
  stale([](Scope& scope) { scope.command += scope.target, scope.target.clear(); });
}

TEST_F(Tokens, OtherTextsAreStale) {
  const auto token = tokens_.issue(scope_, now, end);
  for (const auto& text : {std::string(), std::string("."), std::string("nonsense"), token + "x", token.substr(1), token.substr(0, token.size() - 1)}) {
    EXPECT_EQ(tokens_.check(scope_, now, text), Check::stale) << text;
  }
}

}  // namespace
}  // namespace gatehouse
