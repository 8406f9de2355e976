// Confirmation tokens that need no memory (D21): the time they end and a MAC over everything they are bound to. Whoever has no key cannot make one,
// and a token for another actor, command, target or version does not fit. Any thread.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "domain/decide.hpp"

namespace gatehouse {

class MacConfirmationTokens final : public ConfirmationTokens {
 public:
  // A keyed hash of its argument as text that fits a URL; the key stays with the caller.
  using Mac = std::function<std::string(std::string_view message)>;
  explicit MacConfirmationTokens(Mac mac) : mac_(std::move(mac)) {}

  [[nodiscard]] std::string issue(const Scope& scope, Timestamp now, Timestamp expires_at) const override;
  [[nodiscard]] Check check(const Scope& scope, Timestamp now, const std::string& token) const override;

 private:
  Mac mac_;
};

}  // namespace gatehouse
