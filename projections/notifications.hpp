// Notifications of an account, newest first, and what became of each mail of theirs: what admins and operators look at when somebody says that he
// was not told. A notification stands here from the moment when it was decided who is told.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view notifications_projection = "notifications";

class NotificationsProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return notifications_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

BOOST_DEFINE_FIXED_ENUM_CLASS(MailStatus, std::uint8_t, due, sent, failed, suppressed)

struct MailEntry {
  UserId user_id;
  MailStatus status{};
  std::uint32_t attempts{};
  Timestamp changed_at;
  Timestamp retry_at;      // of a due one that failed before; else 0
  std::string reason;      // of the latest failure or of the suppression
  std::string message_id;  // of a sent one
};
BOOST_DESCRIBE_STRUCT(MailEntry, (), (user_id, status, attempts, changed_at, retry_at, reason, message_id))

// Of the whole notification: due while a mail is; failed when one was given up; suppressed when nobody was to be told; no_recipient when there was
// nobody (D17).
BOOST_DEFINE_FIXED_ENUM_CLASS(NotificationStatus, std::uint8_t, due, sent, failed, suppressed, no_recipient)

struct NotificationLogRow {
  NotificationId notification_id;
  NotificationKind kind{};
  AppId app_id;
  RequestId request_id;
  RecipientResolution resolution{};
  Timestamp queued_at;
  std::string reason;  // why nobody is told
  std::vector<MailEntry> mails;
  [[nodiscard]] NotificationStatus status() const;
};
BOOST_DESCRIBE_STRUCT(NotificationLogRow, (),
                      (notification_id, kind, app_id, request_id, resolution, queued_at, reason, mails))

[[nodiscard]] Page<NotificationLogRow> notifications_page(const TableReader& rows, const AccountId& account,
                                                          std::optional<NotificationStatus> status,
                                                          std::string_view cursor, std::size_t page_size);

}  // namespace gatehouse
