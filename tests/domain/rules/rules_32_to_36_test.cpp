// Chapter 1.5 of the rules: who is told of requests. Mails themselves are not sent yet; the settings, and who would get one, are what these rules
// are about here.
#include <gtest/gtest.h>

#include "domain/notification_receivers.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> receivers(const Scenario& scenario, std::size_t users_max = 100) {
  std::vector<std::string> names;
  const auto state = scenario.state();
  for (const auto& user : notification_receivers(state, state.account().value(), users_max).users) names.push_back(user.value);
  return names;
}

TEST(R32, NotificationsAreOnWithoutRecipientsUntilTheyAreTurnedOff) {
  auto scenario = office();
  EXPECT_TRUE(scenario.state().account()->notifications_enabled);
  EXPECT_THAT(scenario.state().account()->notification_recipients, IsEmpty());
  scenario.when(ann, SetNotificationSettings{false, {}}).then_refused(RejectionCode::privilege_required);
  scenario.when(admin, SetNotificationSettings{false, {}}).then({NotificationSettingsChanged{false, {}}});
  scenario.send(admin, SetNotificationSettings{true, {}}, {.if_match = 1}).then_refused(RejectionCode::stale_version);
}

TEST(R33, UpToFiveAdminsAreRecipientsAllOrNoneOfThem) {
  auto scenario = office();
  for (const auto* name : {"a1", "a2", "a3", "a4"}) scenario.given_member(name, "admin");
  scenario.when(admin, SetNotificationSettings{true, users({"admin", "ann"})}).then_refused(RejectionCode::recipient_not_eligible);
  EXPECT_THAT(scenario.state().account()->notification_recipients, IsEmpty());
  const auto five = users({"a4", "admin", "a1", "a2", "a3"});
  scenario.when(admin, SetNotificationSettings{true, five}).then({NotificationSettingsChanged{true, five}});
  EXPECT_THAT(receivers(scenario), ElementsAre("a4", "admin", "a1", "a2", "a3"));
}

TEST(R34, AnyHolderOfEditDecidesWhetherOrNotHeIsARecipientAndTheFirstDecisionWins) {
  auto scenario = office();
  scenario.given(admin, SetNotificationSettings{true, users({"admin"})});
  given_request(scenario, ann);
  scenario.when(as("owner"), ApproveRequests{.app_id = notes, .user_ids = users({"ann"})})
      .then_names({"PreApprovalRequestApproved", "PreApprovalGranted"});
  const RejectRequests late{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"ann"})};
  EXPECT_EQ(scenario.when(admin, late).then_refused(RejectionCode::request_not_pending).decided_by, UserId{"owner"});
}

TEST(R35, WithoutRecipientsEveryActiveMemberWithEditIsFoundTheOwnerIncluded) {
  auto scenario = office();
  scenario.given(as("owner"), DefineRole{{RoleId{"apps"}, "Apps", {"MarketPlace:Edit"}}});
  scenario.given(as("owner"), DefineRole{{RoleId{"viewer"}, "Viewer", {"MarketPlace:Read"}}});
  scenario.given_member("eve", "apps").given_member("vic", "viewer").given_member("gone", "admin");
  scenario.given(directory_service(), DeactivateMember{UserId{"gone"}});
  EXPECT_THAT(receivers(scenario), UnorderedElementsAre("owner", "admin", "eve"));
  EXPECT_THAT(receivers(scenario, 2), SizeIs(2));
}

TEST(R35, D17_RecipientsWhoLostEditAreLeftOutAndWhenNoneIsLeftAllAreFound) {
  auto scenario = office();
  scenario.given_member("eve", "admin").given_member("fay", "admin");
  scenario.given(admin, SetNotificationSettings{true, users({"eve", "fay"})});
  scenario.given(as("owner"), AssignRole{UserId{"eve"}, RoleId{"member"}});
  EXPECT_THAT(receivers(scenario), ElementsAre("fay"));
  scenario.given(directory_service(), RemoveMember{UserId{"fay"}});
  EXPECT_THAT(receivers(scenario), UnorderedElementsAre("owner", "admin"));
}

TEST(R36, TurnedOffNobodyIsToldAndRequestsGoOnAsBefore) {
  auto scenario = office();
  scenario.given(admin, SetNotificationSettings{false, users({"admin"})});
  EXPECT_THAT(receivers(scenario), IsEmpty());
  const auto request = given_request(scenario, ann);
  EXPECT_EQ(status_of(scenario, request), RequestStatus::pending);
  EXPECT_EQ(scenario.state().governed_app(notes).pre_approval_requests.pending, 1U);
  scenario.given(admin, ApproveRequests{.app_id = notes, .user_ids = users({"ann"})});
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
}

}  // namespace
}  // namespace gatehouse::test
