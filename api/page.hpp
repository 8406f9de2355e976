// Which page of a list is wanted, and the token that leads to the next one: opaque, bound to the query it came from (path,
// caller, account and filters), tamper-proof, good for 15 minutes and never for 16: all of one minute are the same, so that a page is. It carries the key of the last row shown, so pages neither skip
// nor repeat rows that stay.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/envelope.hpp"
#include "identity/secret.hpp"

namespace gatehouse::api {

inline constexpr std::size_t page_size_default = 30;
inline constexpr std::size_t page_size_max = 300;
inline constexpr std::int64_t page_token_lifetime_ms = 15 * 60 * 1'000;
inline constexpr std::int64_t page_token_period_ms = 60 * 1'000;  // in which the same page has the same token

class PageTokens {
 public:
  explicit PageTokens(identity::Secret secret) : secret_(std::move(secret)) {}

  [[nodiscard]] std::string seal(std::string_view query, std::string_view last_key, Timestamp now) const;
  // Nothing for a token of another query, one that was changed, and one that is too old.
  [[nodiscard]] std::optional<std::string> open(std::string_view query, std::string_view token, Timestamp now) const;

 private:
  identity::Secret secret_;
};

struct Page {
  std::size_t size = page_size_default;
  std::optional<std::string> after{};  // the last key of the page before
  const PageTokens* tokens{};
  std::string query{};  // what the token is bound to
  Timestamp now{};

  [[nodiscard]] std::string next_token(std::string_view last_key) const { return tokens->seal(query, last_key, now); }
};

}  // namespace gatehouse::api
