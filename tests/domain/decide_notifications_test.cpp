// What is recorded of mails about requests: whom they go to, when nobody gets one, and that nothing is recorded twice.
#include "domain/limits.hpp"
#include "domain/request.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::Scenario;

const AppId notes{"notes"};
const Caller dispatcher{.type = ActorType::system, .id = "dispatcher"};

class Notifications : public ::testing::Test {
 protected:
  Notifications() {
    scenario_.given_member("ann").given_member("eva", "admin").given_app("notes");
    scenario_.given(as("owner"), SetApprovalPolicy{.class_ = AppClass::public_, .required = true});
    request_ = RequestId{scenario_.when(as("ann"), RequestPreApproval{.app_id = notes}).result("request_id")};
  }
  test::Outcome queue(NotificationKind kind) { return scenario_.when(dispatcher, QueueNotification{request_, kind}); }
  NotificationId id(NotificationKind kind) { return notification_id_of(request_, kind); }

  Scenario scenario_;
  RequestId request_;
};

constexpr auto created = NotificationKind::request_created;
constexpr auto decided = NotificationKind::request_decided;

TEST_F(Notifications, R35_AllWhoMayDecideGetTheMailWhenNobodyWasSelected) {
  const auto outcome = queue(created);
  const auto& queued = outcome.event<NotificationQueued>();
  EXPECT_EQ(queued.resolution, RecipientResolution::automatic);
  EXPECT_EQ(queued.recipients, (std::vector<UserId>{UserId{"owner"}, UserId{"eva"}}));
  queue(created).then_nothing();
}

TEST_F(Notifications, R33_SelectedRecipientsGetItAlone) {
  scenario_.given(as("owner"), SetNotificationSettings{.enabled = true, .recipients = {UserId{"eva"}}});
  const auto outcome = queue(created);
  EXPECT_EQ(outcome.event<NotificationQueued>().recipients, std::vector<UserId>{UserId{"eva"}});
  EXPECT_EQ(outcome.event<NotificationQueued>().resolution, RecipientResolution::selected);
}

TEST_F(Notifications, R36_NobodyGetsItWhileTheyAreSwitchedOff) {
  scenario_.given(as("owner"), SetNotificationSettings{.enabled = false, .recipients = {}});
  const auto outcome = queue(created);
  EXPECT_EQ(outcome.event<NotificationSuppressed>().reason, SuppressionReason::disabled);
  scenario_.given(as("owner"), SetNotificationSettings{.enabled = true, .recipients = {}});
  queue(created).then_nothing();
}

TEST_F(Notifications, TheRequesterHearsOfTheOutcomeOnce) {
  queue(decided).then_nothing();
  scenario_.given(as("eva"),
                  RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = {{UserId{"ann"}}}});
  const auto outcome = queue(decided);
  EXPECT_EQ(outcome.event<NotificationQueued>().recipients, std::vector<UserId>{UserId{"ann"}});
  EXPECT_EQ(outcome.event<NotificationQueued>().resolution, RecipientResolution::requester);
  const auto late = queue(created);
  EXPECT_EQ(late.event<NotificationSuppressed>().reason, SuppressionReason::settled);
}

TEST_F(Notifications, NobodyHearsOfARequestThatWasTakenBack) {
  scenario_.given(as("ann"), WithdrawRequest{request_});
  queue(decided).then_nothing();
}

TEST_F(Notifications, WhatHasLongPassedIsNotSent) {
  scenario_.later(std::chrono::milliseconds(limits::notification_age_max).count());
  const auto outcome = queue(created);
  EXPECT_EQ(outcome.event<NotificationSuppressed>().reason, SuppressionReason::too_old);
}

TEST_F(Notifications, AnOutcomeIsRecordedOnce) {
  queue(created);
  const RecordNotificationSent sent{id(created), UserId{"eva"}, "m@example.com"};
  scenario_.when(dispatcher, sent).then_names({"NotificationSent"});
  scenario_.when(dispatcher, sent).then_nothing();
  RecordNotificationFailure failure{id(created), UserId{"owner"}, 1, "timeout", scenario_.now()};
  scenario_.when(dispatcher, failure).then_names({"NotificationFailed"});
  failure.retry_at.reset();
  scenario_.when(dispatcher, failure).then_names({"NotificationFailed"});
  scenario_.when(dispatcher, failure).then_nothing();
  scenario_.when(dispatcher, SuppressNotification{id(created), UserId{"owner"}, SuppressionReason::disabled})
      .then_nothing();
}

TEST_F(Notifications, OnlyTheProgramItselfRecordsThem) {
  scenario_.when(as("owner"), QueueNotification{request_, created}).then_refused(RejectionCode::insufficient_scope);
}

}  // namespace
}  // namespace gatehouse
