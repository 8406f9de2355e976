// What is due to leave the server and has not been recorded as done: requests that nobody was told about yet, and mails with the moment of their next
// attempt. A dispatcher works it off; recording an outcome takes it out. A rebuild gives the same rows, and so sends nothing again.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view outbound_projection = "outbound";

class OutboundProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return outbound_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 2; }
  [[nodiscard]] std::uint32_t readable_since() const override { return 1; }  // which has no counts
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] bool takes_accounts_apart() const override { return false; }
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

// A request whose notification is not queued yet, in the order of the log.
struct UnqueuedNotification {
  AccountId account_id;
  RequestId request_id;
  NotificationKind kind{};
};
[[nodiscard]] std::vector<UnqueuedNotification> unqueued_notifications(const TableReader& rows, std::size_t count_max);

// An event that settled requests without naming them.
struct SettledRequests {
  AccountId account_id;
  AppId app_id;
  RequestKind kind{};
  std::uint64_t version{};  // account_version of the event
  std::uint64_t count{};    // of the requests
};
[[nodiscard]] std::optional<SettledRequests> first_settled_requests(const TableReader& rows);

struct DueMail {
  Timestamp due_at;
  AccountId account_id;
  NotificationId notification_id;
  UserId user_id;
  std::uint32_t attempt{};  // the next one, from 1
};
// In the order of their time, up to `now`.
[[nodiscard]] std::vector<DueMail> due_mails(const TableReader& rows, Timestamp now, std::size_t count_max);
// When the first one is due, at any time.
[[nodiscard]] std::optional<Timestamp> next_due_mail(const TableReader& rows);
// How many there are, due now or later. One row.
[[nodiscard]] std::uint64_t waiting_mails(const TableReader& rows);

}  // namespace gatehouse
