#include "projections/notifications.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/enum_to_string.hpp>

#include "events/archive.hpp"
#include "projections/listed_page.hpp"
#include "projections/row_text.hpp"
#include "table/assert.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr char by_age_tag = 'N';
constexpr char by_id_tag = 'n';

NotificationLogRow entry_of(std::string_view bytes) {
  auto entry = unpack<NotificationLogRow>(bytes);
  if (!entry)
    throw BrokenRow("a row of a notification cannot be read");
  return std::move(*entry);
}

class Fold {
 public:
  Fold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void operator()(const NotificationQueued& event) const {
    auto entry = entry_from(event);
    entry.resolution = event.resolution;
    for (const auto& user : event.recipients)
      add_mail(entry, user);
    add(event.account_id, entry);
  }
  void operator()(const NotificationSent& event) const {
    change(event, [&](MailEntry& mail) {
      mail.status = MailStatus::sent;
      ++mail.attempts;
      mail.retry_at = {};
      mail.reason.clear();
      mail.message_id = event.message_id;
    });
  }
  void operator()(const NotificationFailed& event) const {
    change(event, [&](MailEntry& mail) {
      mail.status = event.retry_at.unix_ms == 0 ? MailStatus::failed : MailStatus::due;
      mail.attempts = event.attempt;
      mail.retry_at = event.retry_at;
      mail.reason = event.reason;
    });
  }
  void operator()(const NotificationSuppressed& event) const {
    const std::string reason = boost::describe::enum_to_string(event.reason, "");
    if (event.user_id.empty()) {
      auto entry = entry_from(event);
      entry.reason = reason;
      return add(event.account_id, entry);
    }
    change(event, [&](MailEntry& mail) {
      mail.status = MailStatus::suppressed;
      mail.retry_at = {};
      mail.reason = reason;
    });
  }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  template <class Event>
  NotificationLogRow entry_from(const Event& event) const {
    return {.notification_id = event.notification_id,
            .kind = event.kind,
            .app_id = event.app_id,
            .request_id = event.request_id,
            .resolution = {},
            .queued_at = envelope_.recorded_at,
            .reason = {},
            .mails = {}};
  }
  void add_mail(NotificationLogRow& entry, const UserId& user) const {
    auto& mail = entry.mails.emplace_back();
    mail.user_id = user;
    mail.changed_at = envelope_.recorded_at;
  }
  void add(const AccountId& account, const NotificationLogRow& entry) const {
    const auto key = Key(by_age_tag).text(account.value).descending(envelope_.position.value).take();
    rows_.put(key, pack(entry));
    rows_.put(Key(by_id_tag).text(account.value).text(entry.notification_id.value).take(), key);
  }
  template <class Event, class Change>
  void change(const Event& event, Change change_mail) const {
    const auto key = rows_.get(Key(by_id_tag).text(event.account_id.value).text(event.notification_id.value).take());
    const auto row = key ? rows_.get(*key) : std::nullopt;
    if (!row)
      return;
    auto entry = entry_of(*row);
    const auto mail = std::ranges::find(entry.mails, event.user_id, &MailEntry::user_id);
    if (mail == entry.mails.end())
      return;
    change_mail(*mail);
    mail->changed_at = envelope_.recorded_at;
    rows_.put(*key, pack(entry));
  }

  Table& rows_;
  const Envelope& envelope_;
};

}  // namespace

NotificationStatus NotificationLogRow::status() const {
  if (mails.empty())
    return reason.empty() ? NotificationStatus::no_recipient : NotificationStatus::suppressed;
  const auto any = [&](MailStatus wanted) {
    return std::ranges::find(mails, wanted, &MailEntry::status) != mails.end();
  };
  if (any(MailStatus::due))
    return NotificationStatus::due;
  if (any(MailStatus::failed))
    return NotificationStatus::failed;
  return any(MailStatus::sent) ? NotificationStatus::sent : NotificationStatus::suppressed;
}

void NotificationsProjection::apply(Table& rows, const RecordedEvent& event) const {
  if (const auto* known = event.known())
    std::visit(Fold(rows, event.envelope), *known);
}

std::span<const RowShape> NotificationsProjection::shapes() const {
  static constexpr std::array<RowShape, 2> shapes{
      RowShape{by_age_tag, "notification", "td", row_text<NotificationLogRow>},
      RowShape{by_id_tag, "notification by id", "tt"}};
  return shapes;
}

Page<NotificationLogRow> notifications_page(const TableReader& rows, const AccountId& account,
                                            std::optional<NotificationStatus> status, std::string_view cursor,
                                            std::size_t page_size) {
  const auto prefix = Key(by_age_tag).text(account.value).take();
  return page_below<NotificationLogRow>(rows, prefix, cursor, page_size, [&](const RowCursor& listed) {
    std::optional<NotificationLogRow> entry = entry_of(listed.value());
    if (status && entry->status() != *status)
      entry.reset();
    return entry;
  });
}

}  // namespace gatehouse
