#include "projections/notifications.hpp"

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using testing::HandmadeHistory;

const AccountId acme{"acme"};

class Notifications : public ::testing::Test {
 protected:
  void queue(const std::string& id, std::vector<UserId> recipients) {
    history_.add(NotificationQueued{.account_id = acme,
                                    .notification_id = NotificationId{id},
                                    .kind = NotificationKind::request_created,
                                    .app_id = AppId{"notes"},
                                    .request_id = RequestId{"r-" + id},
                                    .recipients = std::move(recipients),
                                    .resolution = RecipientResolution::selected},
                 outbound_stream.value);
  }
  void add(Event event) { history_.add(std::move(event), outbound_stream.value); }
  std::vector<NotificationLogRow> listed(std::optional<NotificationStatus> status = {}) {
    return all_pages<NotificationLogRow>(
        [&](std::string_view cursor, std::size_t size) {
          return notifications_page(history_.rows, acme, status, cursor, size);
        },
        2);
  }

  NotificationsProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(Notifications, StandNewestFirstWithWhatBecameOfEachMail) {
  queue("a", {UserId{"olga"}, UserId{"eva"}});
  queue("b", {});
  add(NotificationSuppressed{.account_id = acme,
                             .notification_id = NotificationId{"c"},
                             .kind = NotificationKind::request_created,
                             .app_id = AppId{"notes"},
                             .request_id = RequestId{"r-c"},
                             .user_id = {},
                             .reason = SuppressionReason::disabled});
  add(NotificationFailed{acme, NotificationId{"a"}, UserId{"eva"}, 1, "timeout", Timestamp{5}});
  add(NotificationSent{acme, NotificationId{"a"}, UserId{"olga"}, "m@example.com"});

  const auto all = listed();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].notification_id.value, "c");
  EXPECT_EQ(all[0].status(), NotificationStatus::suppressed);
  EXPECT_EQ(all[0].reason, "disabled");
  EXPECT_EQ(all[1].status(), NotificationStatus::no_recipient);
  EXPECT_EQ(all[2].status(), NotificationStatus::due);
  EXPECT_EQ(all[2].mails[0].status, MailStatus::sent);
  EXPECT_EQ(all[2].mails[0].message_id, "m@example.com");
  EXPECT_EQ(all[2].mails[1].status, MailStatus::due);
  EXPECT_EQ(all[2].mails[1].reason, "timeout");
  EXPECT_EQ(all[2].mails[1].retry_at, Timestamp{5});
}

TEST_F(Notifications, AreFoundByTheirState) {
  queue("a", {UserId{"olga"}});
  queue("b", {UserId{"olga"}});
  add(NotificationFailed{acme, NotificationId{"a"}, UserId{"olga"}, 8, "refused (550)", {}});
  ASSERT_EQ(listed(NotificationStatus::failed).size(), 1U);
  EXPECT_EQ(listed(NotificationStatus::failed)[0].notification_id.value, "a");
  ASSERT_EQ(listed(NotificationStatus::due).size(), 1U);
  EXPECT_TRUE(listed(NotificationStatus::sent).empty());
}

TEST_F(Notifications, OfAnotherAccountAreNotShown) {
  queue("a", {UserId{"olga"}});
  EXPECT_TRUE(notifications_page(history_.rows, AccountId{"other"}, {}, {}, 10).items.empty());
}

}  // namespace
}  // namespace gatehouse
