#include "projections/outbound.hpp"

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::HandmadeHistory;

const AccountId acme{"acme"};
const UserId olga{"olga"};
const NotificationId about_r1{"n1"};
constexpr Timestamp far{4'000'000'000'000};

class Outbound : public ::testing::Test {
 protected:
  void ask(const std::string& id) {
    PreApprovalRequested event;
    event.request.request_id = RequestId{id};
    event.request.app_id = AppId{"notes"};
    history_.add(event);
  }
  void queue(const std::string& request, std::vector<UserId> recipients) {
    add(NotificationQueued{.account_id = acme,
                           .notification_id = about_r1,
                           .kind = NotificationKind::request_created,
                           .app_id = AppId{"notes"},
                           .request_id = RequestId{request},
                           .recipients = std::move(recipients),
                           .resolution = RecipientResolution::selected});
  }
  void add(Event event) { history_.add(std::move(event), outbound_stream.value); }
  std::vector<DueMail> due(Timestamp now = far) { return due_mails(history_.rows, now, 100); }

  OutboundProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(Outbound, ARequestIsToBeToldUntilItsNotificationIsQueued) {
  ask("r1");
  ask("r2");
  const auto before = unqueued_notifications(history_.rows, 10);
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(before[0].account_id, acme);
  EXPECT_EQ(before[0].request_id.value, "r1");
  queue("r1", {olga});
  const auto after = unqueued_notifications(history_.rows, 10);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].request_id.value, "r2");
}

TEST_F(Outbound, AMailIsDueUntilItsOutcomeIsRecorded) {
  queue("r1", {olga, UserId{"eva"}});
  ASSERT_EQ(due().size(), 2U);
  EXPECT_EQ(waiting_mails(history_.rows), 2U);
  add(NotificationSent{acme, about_r1, olga, "m@example.com"});
  ASSERT_EQ(due().size(), 1U);
  EXPECT_EQ(due()[0].user_id.value, "eva");
  EXPECT_EQ(due()[0].attempt, 1U);
  EXPECT_EQ(waiting_mails(history_.rows), 1U);
  add(NotificationSuppressed{.account_id = acme,
                             .notification_id = about_r1,
                             .kind = NotificationKind::request_created,
                             .app_id = AppId{"notes"},
                             .request_id = RequestId{"r1"},
                             .user_id = UserId{"eva"},
                             .reason = SuppressionReason::disabled});
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(waiting_mails(history_.rows), 0U);
}

TEST_F(Outbound, AFailureMovesTheMailToItsNextAttempt) {
  queue("r1", {olga});
  const Timestamp retry_at{history_.events.back().envelope.recorded_at.unix_ms + 60'000};
  add(NotificationFailed{acme, about_r1, olga, 1, "timeout", retry_at});
  EXPECT_TRUE(due(Timestamp{retry_at.unix_ms - 1}).empty());
  ASSERT_EQ(due(retry_at).size(), 1U);
  EXPECT_EQ(waiting_mails(history_.rows), 1U);
  EXPECT_EQ(due(retry_at)[0].attempt, 2U);
  EXPECT_EQ(next_due_mail(history_.rows), retry_at);
  add(NotificationFailed{acme, about_r1, olga, 2, "refused (550)", {}});
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(waiting_mails(history_.rows), 0U);
}

TEST_F(Outbound, AnEventThatSettledManyIsWorkedOffOnce) {
  PreApprovalGranted granted;
  granted.app_id = AppId{"notes"};
  granted.approved_requests = 3;
  history_.add(granted);
  const auto settled = first_settled_requests(history_.rows);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->count, 3U);
  EXPECT_EQ(settled->version, 1U);
  add(SettledRequestsNotified{acme, AppId{"notes"}, RequestKind::pre_approval, settled->version});
  EXPECT_FALSE(first_settled_requests(history_.rows));
}

}  // namespace
}  // namespace gatehouse
