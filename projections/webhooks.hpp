// What is due to webhook endpoints and what became of it: one queued message for each event that an endpoint wants, in the order of the log for each
// endpoint and account; challenges; the log of deliveries. A dispatcher works the queues off; recording an outcome takes a message out. A rebuild
// gives the same rows, and so sends nothing again.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "projections/projection.hpp"
#include "projections/webhook_deliveries.hpp"
#include "projections/webhook_lanes.hpp"
#include "projections/webhook_messages.hpp"

namespace gatehouse {

inline constexpr std::string_view webhooks_projection = "webhooks";
inline constexpr std::chrono::hours webhook_challenge_interval{72};  // the vendor's

class WebhooksProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return webhooks_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 2; }
  [[nodiscard]] std::uint32_t readable_since() const override { return 1; }  // which has no total
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] bool takes_accounts_apart() const override { return false; }
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

struct DueWebhook {
  EndpointName endpoint;
  webhook_lanes::Head message;
  std::uint32_t attempt{};  // from 1
};
enum class AfterDue : std::uint8_t { next_lane, next_endpoint, stop };
struct DueWebhookVisitor {
  std::function<bool(const EndpointName&)> has_room;                   // asked before each of its lanes
  std::function<bool(const EndpointName&, const AccountId&)> is_busy;  // passes the lane over
  std::function<AfterDue(const DueWebhook&)> visit;                    // how to go on
};
// Of each lane that is due at `now` the first message; endpoints, and lanes of each, in the order of their time.
void visit_due_webhooks(const TableReader& rows, Timestamp now, const DueWebhookVisitor& visitor);

// In the order of their time.
[[nodiscard]] std::vector<EndpointName> due_challenges(const TableReader& rows, Timestamp now, std::size_t count_max);
// When the first message or challenge is due, at any time.
[[nodiscard]] std::optional<Timestamp> next_due_webhook(const TableReader& rows);

// 0 when none is to be.
[[nodiscard]] Timestamp next_challenge(const TableReader& rows, const EndpointName& endpoint);
// Messages of the endpoint that are still to be delivered.
[[nodiscard]] std::uint64_t waiting_webhooks(const TableReader& rows, const EndpointId& endpoint);
// Of all endpoints. One row.
[[nodiscard]] std::uint64_t waiting_webhooks(const TableReader& rows);

}  // namespace gatehouse
