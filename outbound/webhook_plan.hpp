// When a webhook is tried again, and when it is given up: the published plans of the two schemes.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "events/vocabulary.hpp"
#include "outbound/webhook_sender.hpp"

namespace gatehouse::outbound {

// Standard Webhooks 1.0: after the n-th failed attempt so long until the next one.
inline constexpr std::array<std::chrono::milliseconds, 9> standard_retry_plan{
    std::chrono::seconds{5}, std::chrono::minutes{5}, std::chrono::minutes{30},
    std::chrono::hours{2},   std::chrono::hours{5},   std::chrono::hours{10},
    std::chrono::hours{14},  std::chrono::hours{20},  std::chrono::hours{24}};
// The vendor's: three retries, and none for answers below 500 (but 429, which asks for one).
inline constexpr std::array<std::chrono::milliseconds, 3> zoom_retry_plan{
    std::chrono::minutes{5}, std::chrono::minutes{20}, std::chrono::minutes{60}};
inline constexpr std::chrono::hours retry_after_max{24};  // a receiver may ask for no longer

inline constexpr std::chrono::seconds standard_timeout{20};
inline constexpr std::chrono::seconds zoom_timeout{3};

[[nodiscard]] inline bool is_delivered(const WebhookAnswer& answer) { return answer.status / 100 == 2; }
// The receiver wants nothing any more.
[[nodiscard]] inline bool is_gone(const WebhookAnswer& answer) { return answer.status == 410; }

// The pause until the next attempt after the failed attempt of this number, without jitter; nothing when it was the last.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause_after(SignatureScheme scheme, std::uint32_t attempt,
                                                                   const WebhookAnswer& answer);
// The least that the receiver asked for, to which no jitter is added: none of it may be gone when he is tried again.
[[nodiscard]] std::chrono::milliseconds asked_pause(const WebhookAnswer& answer);

// The pause until the next challenge after so many failures in a row. One that was valid before is asked again when it would have been anyway.
[[nodiscard]] std::chrono::milliseconds challenge_pause_after(std::uint32_t failures, bool was_valid);

}  // namespace gatehouse::outbound
