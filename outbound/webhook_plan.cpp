#include "outbound/webhook_plan.hpp"

#include <algorithm>
#include <span>

#include "projections/webhooks.hpp"

namespace gatehouse::outbound {

namespace {

constexpr std::uint32_t too_many_requests = 429;
constexpr std::uint32_t first_server_error = 500;

constexpr std::array<std::chrono::milliseconds, 5> challenge_plan{std::chrono::minutes{1}, std::chrono::minutes{5},
                                                                  std::chrono::minutes{30}, std::chrono::hours{2},
                                                                  std::chrono::hours{6}};

bool may_be_retried(SignatureScheme scheme, const WebhookAnswer& answer) {
  const bool answered = answer.status != 0;
  return scheme == SignatureScheme::standard || !answered || answer.status >= first_server_error ||
         answer.status == too_many_requests;
}

}  // namespace

std::optional<std::chrono::milliseconds> pause_after(SignatureScheme scheme, std::uint32_t attempt,
                                                     const WebhookAnswer& answer) {
  const auto plan = scheme == SignatureScheme::zoom ? std::span<const std::chrono::milliseconds>(zoom_retry_plan)
                                                    : std::span<const std::chrono::milliseconds>(standard_retry_plan);
  if (attempt > plan.size() || !may_be_retried(scheme, answer))
    return std::nullopt;
  return plan[attempt - 1];
}

std::chrono::milliseconds asked_pause(const WebhookAnswer& answer) {
  return std::min<std::chrono::milliseconds>(answer.retry_after.value_or(std::chrono::seconds{0}), retry_after_max);
}

std::chrono::milliseconds challenge_pause_after(std::uint32_t failures, bool was_valid) {
  if (was_valid)
    return webhook_challenge_interval;
  return challenge_plan.at(std::min<std::size_t>(failures == 0 ? 0 : failures - 1, challenge_plan.size() - 1));
}

}  // namespace gatehouse::outbound
