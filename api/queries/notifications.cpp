// What was told to whom by mail. Its answers have no ETag: mails go their way without a command of the account.
#include "projections/notifications.hpp"

#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"

namespace gatehouse::api {

namespace {

struct NotificationItem {
  NotificationId notification_id;
  NotificationKind kind{};
  RequestId request_id;
  AppId app_id;
  NotificationStatus status{};
  std::optional<RecipientResolution> resolution;
  Timestamp queued_at;
  std::string reason;
  std::vector<MailEntry> mails;
};
BOOST_DESCRIBE_STRUCT(NotificationItem, (),
                      (notification_id, kind, request_id, app_id, status, resolution, queued_at, reason, mails))

NotificationItem item_of(const NotificationLogRow& entry) {
  NotificationItem item{.notification_id = entry.notification_id,
                        .kind = entry.kind,
                        .request_id = entry.request_id,
                        .app_id = entry.app_id,
                        .status = entry.status(),
                        .resolution = {},
                        .queued_at = entry.queued_at,
                        .reason = entry.reason,
                        .mails = entry.mails};
  if (item.status != NotificationStatus::suppressed || !entry.mails.empty())
    item.resolution = entry.resolution;
  return item;
}

}  // namespace

QueryResult list_notifications(const QueryContext& context) {
  const auto page = notifications_page(*context.views.front().rows, context.state.account_id(),
                                       context.parameters.choice<NotificationStatus>("status"), cursor_of(context),
                                       context.page.size);
  auto answer = list_answer(context, page.items, page.next, [](std::string& out, const NotificationLogRow& entry) {
    append_json(out, item_of(entry));
  });
  answer.version.reset();
  return answer;
}

}  // namespace gatehouse::api
