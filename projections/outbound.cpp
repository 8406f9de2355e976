#include "projections/outbound.hpp"

#include <array>

#include "events/archive.hpp"
#include "projections/due_times.hpp"
#include "projections/row_text.hpp"
#include "table/assert.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

struct UnqueuedRow {
  AccountId account_id;
  RequestId request_id;
  NotificationKind kind{};
};
BOOST_DESCRIBE_STRUCT(UnqueuedRow, (), (account_id, request_id, kind))

struct SettledRow {
  AccountId account_id;
  AppId app_id;
  RequestKind kind{};
  std::uint64_t version{};
  std::uint64_t count{};
};
BOOST_DESCRIBE_STRUCT(SettledRow, (), (account_id, app_id, kind, version, count))

struct DueRow {
  std::uint64_t due_at{};   // Unix time in milliseconds
  std::uint32_t attempt{};  // the next one
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (due_at, attempt))

struct CountRow {
  std::uint64_t count{};
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (count))

constexpr char unqueued_tag = 'P';  // by position
constexpr char unqueued_by_request_tag = 'p';
constexpr char settled_tag = 'B';  // by position
constexpr char settled_by_version_tag = 'b';
constexpr char due_tag = 'D';  // by time
constexpr char due_by_mail_tag = 'd';
constexpr char count_tag = 'N';

template <class Row>
Row row_of(std::string_view bytes) {
  auto row = unpack<Row>(bytes);
  if (!row)
    throw BrokenRow("a row of what is due cannot be read");
  return std::move(*row);
}

std::string by_position(char tag, Position position) { return Key(tag).number(position.value).take(); }
std::string by_request(const AccountId& account, const RequestId& request, NotificationKind kind) {
  return Key(unqueued_by_request_tag)
      .text(account.value)
      .text(request.value)
      .number(static_cast<std::uint64_t>(kind))
      .take();
}
std::string by_version(const AccountId& account, const AppId& app, RequestKind kind, std::uint64_t version) {
  return Key(settled_by_version_tag)
      .text(account.value)
      .text(app.value)
      .number(static_cast<std::uint64_t>(kind))
      .number(version)
      .take();
}
std::string by_mail(const AccountId& account, const NotificationId& id, const UserId& user) {
  return Key(due_by_mail_tag).text(account.value).text(id.value).text(user.value).take();
}
std::string by_time(std::uint64_t due_at, const AccountId& account, const NotificationId& id, const UserId& user) {
  return Key(due_tag).number(due_at).text(account.value).text(id.value).text(user.value).take();
}
std::uint64_t milliseconds(Timestamp time) { return static_cast<std::uint64_t>(time.unix_ms); }

// Takes the row that an index names, and the index with it. False: there is none.
bool erase_indexed(Table& rows, const std::string& index) {
  const auto key = rows.get(index);
  if (!key)
    return false;
  rows.erase(*key);
  rows.erase(index);
  return true;
}

// Of mails that are due, now or later.
std::string mail_count_key() { return Key(count_tag).text("mails").take(); }
std::uint64_t mail_count(const TableReader& rows) {
  const auto bytes = rows.get(mail_count_key());
  return bytes ? row_of<CountRow>(*bytes).count : 0;
}

class Fold {
 public:
  Fold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope), account_(envelope.account_id) {}

  void operator()(const PreApprovalRequested& event) const {
    tell(event.request.request_id, NotificationKind::request_created);
  }
  void operator()(const InstallRequested& event) const {
    tell(event.request.request_id, NotificationKind::request_created);
  }
  void operator()(const PreApprovalRequestApproved& event) const {
    tell(event.request_id, NotificationKind::request_decided);
  }
  void operator()(const PreApprovalRequestRejected& event) const {
    tell(event.request_id, NotificationKind::request_decided);
  }
  void operator()(const PreApprovalRequestCancelled& event) const {
    tell(event.request_id, NotificationKind::request_decided);
  }
  void operator()(const InstallRequestRejected& event) const {
    tell(event.request_id, NotificationKind::request_decided);
  }
  void operator()(const InstallRequestCancelled& event) const {
    tell(event.request_id, NotificationKind::request_decided);
  }

  void operator()(const PreApprovalGranted& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const InstallAudienceChanged& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AllowListEntryAdded& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AppAddedForAudience& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.approved_requests);
  }
  void operator()(const AllRequestsDeclined& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.rejected_requests);
  }
  void operator()(const AppInstalled& event) const { settled(event.app_id, RequestKind::install, event.fulfilled); }
  void operator()(const AppRestricted& event) const {
    settled(event.app_id, RequestKind::pre_approval, event.rejected_requests);
    settled(event.app_id, RequestKind::install, event.rejected_requests);
  }

  void operator()(const NotificationQueued& event) const {
    erase_indexed(rows_, by_request(event.account_id, event.request_id, event.kind));
    for (const auto& user : event.recipients)
      due(event.account_id, event.notification_id, user, milliseconds(envelope_.recorded_at), 1);
  }
  void operator()(const NotificationSent& event) const { done(event.account_id, event.notification_id, event.user_id); }
  void operator()(const NotificationFailed& event) const {
    done(event.account_id, event.notification_id, event.user_id);
    if (event.retry_at.unix_ms != 0)
      due(event.account_id, event.notification_id, event.user_id, milliseconds(event.retry_at), event.attempt + 1);
  }
  void operator()(const NotificationSuppressed& event) const {
    erase_indexed(rows_, by_request(event.account_id, event.request_id, event.kind));
    if (!event.user_id.empty())
      done(event.account_id, event.notification_id, event.user_id);
  }
  void operator()(const SettledRequestsNotified& event) const {
    erase_indexed(rows_, by_version(event.account_id, event.app_id, event.kind, event.settled_version));
  }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  void tell(const RequestId& request, NotificationKind kind) const {
    if (rows_.get(by_request(account_, request, kind)))
      return;
    const auto key = by_position(unqueued_tag, envelope_.position);
    rows_.put(key, pack(UnqueuedRow{account_, request, kind}));
    rows_.put(by_request(account_, request, kind), key);
  }
  void settled(const AppId& app, RequestKind kind, std::uint64_t count) const {
    if (count == 0)
      return;
    const auto key = Key(settled_tag).number(envelope_.position.value).number(static_cast<std::uint64_t>(kind)).take();
    rows_.put(key, pack(SettledRow{account_, app, kind, envelope_.account_version, count}));
    rows_.put(by_version(account_, app, kind, envelope_.account_version), key);
  }
  void due(const AccountId& account, const NotificationId& id, const UserId& user, std::uint64_t due_at,
           std::uint32_t attempt) const {
    const auto key = by_time(due_at, account, id, user);
    rows_.put(key, pack(DueRow{due_at, attempt}));
    rows_.put(by_mail(account, id, user), key);
    put_mail_count(mail_count(rows_) + 1);
  }
  void done(const AccountId& account, const NotificationId& id, const UserId& user) const {
    if (erase_indexed(rows_, by_mail(account, id, user)))
      put_mail_count(mail_count(rows_) - 1);
  }
  void put_mail_count(std::uint64_t count) const {
    if (count == 0)
      rows_.erase(mail_count_key());
    else
      rows_.put(mail_count_key(), pack(CountRow{count}));
  }

  Table& rows_;
  const Envelope& envelope_;
  const AccountId& account_;
};

}  // namespace

void OutboundProjection::apply(Table& rows, const RecordedEvent& event) const {
  if (const auto* known = event.known())
    std::visit(Fold(rows, event.envelope), *known);
}

std::span<const RowShape> OutboundProjection::shapes() const {
  static constexpr std::array<RowShape, 7> shapes{
      RowShape{unqueued_tag, "request to tell", "n", row_text<UnqueuedRow>},
      RowShape{unqueued_by_request_tag, "request to tell by id", "ttn"},
      RowShape{settled_tag, "settled requests", "nn", row_text<SettledRow>},
      RowShape{settled_by_version_tag, "settled requests by version", "ttnn"},
      RowShape{due_tag, "due mail", "nttt", row_text<DueRow>},
      RowShape{due_by_mail_tag, "due mail by id", "ttt"},
      RowShape{count_tag, "count", "t", row_text<CountRow>}};
  return shapes;
}

std::vector<UnqueuedNotification> unqueued_notifications(const TableReader& rows, std::size_t count_max) {
  std::vector<UnqueuedNotification> found;
  rows.scan(std::string(1, unqueued_tag), [&](std::string_view, std::string_view value) {
    auto row = row_of<UnqueuedRow>(value);
    found.push_back({std::move(row.account_id), std::move(row.request_id), row.kind});
    return found.size() < count_max;
  });
  return found;
}

std::optional<SettledRequests> first_settled_requests(const TableReader& rows) {
  std::optional<SettledRequests> found;
  rows.scan(std::string(1, settled_tag), [&](std::string_view, std::string_view value) {
    auto row = row_of<SettledRow>(value);
    found = {std::move(row.account_id), std::move(row.app_id), row.kind, row.version, row.count};
    return false;
  });
  return found;
}

std::vector<DueMail> due_mails(const TableReader& rows, Timestamp now, std::size_t count_max) {
  std::vector<DueMail> found;
  scan_due(rows, std::string(1, due_tag), now, [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    DueMail mail;
    mail.due_at = Timestamp{static_cast<std::int64_t>(parts.number())};
    mail.account_id = AccountId{parts.text()};
    mail.notification_id = NotificationId{parts.text()};
    mail.user_id = UserId{parts.text()};
    mail.attempt = row_of<DueRow>(value).attempt;
    found.push_back(std::move(mail));
    return found.size() < count_max;
  });
  return found;
}

std::optional<Timestamp> next_due_mail(const TableReader& rows) {
  std::optional<Timestamp> first;
  rows.scan(std::string(1, due_tag), [&](std::string_view key, std::string_view) {
    first = Timestamp{static_cast<std::int64_t>(KeyParts(key).number())};
    return false;
  });
  return first;
}

std::uint64_t waiting_mails(const TableReader& rows) { return mail_count(rows); }

}  // namespace gatehouse
