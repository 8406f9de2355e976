#include "domain/confirmation.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <chrono>
#include <utility>

#include "domain/limits.hpp"
#include "table/assert.hpp"

namespace gatehouse {

std::optional<Rejection> require_confirmation(const DecisionContext& context, const AccountId& account, std::string_view command,
                                              std::string_view target, std::uint64_t version,
                                              const std::optional<std::string>& confirmation, Impact impact) {
  GATEHOUSE_ASSERT(context.confirmations != nullptr);
  const ConfirmationTokens::Scope scope{
      .actor = std::string(boost::describe::enum_to_string(context.caller.type, "")) + ":" + context.caller.id,
      .account = account.value,
      .command = std::string(command),
      .target = std::string(target),
      .version = version};
  if (confirmation && context.confirmations->check(scope, context.now, *confirmation) == ConfirmationTokens::Check::valid) return std::nullopt;

  constexpr auto lifetime_ms = std::chrono::milliseconds(limits::confirmation_lifetime).count();
  Rejection rejection;
  rejection.code = confirmation ? RejectionCode::confirmation_stale : RejectionCode::confirmation_required;
  rejection.detail = confirmation ? "The confirmation is not valid any more: look at the impact and confirm again."
                                  : "This needs a confirmation: send the command again with confirmation_token as confirmation.";
  rejection.impact = std::move(impact);
  rejection.confirmation_expires_at = Timestamp{context.now.unix_ms + lifetime_ms};
  rejection.confirmation_token = context.confirmations->issue(scope, context.now, rejection.confirmation_expires_at);
  return rejection;
}

}  // namespace gatehouse
