#include "events/vocabulary.hpp"

#include <string>
#include <string_view>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

namespace gatehouse {
namespace {

template <class Enum>
std::string numbered() {
  std::string text;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
    text += std::to_string(static_cast<int>(enumerator.value)) + " " + enumerator.name + ", ";
  });
  return text;
}

// Stored as numbers: what stands here stands in logs. New enumerators go to the end.
TEST(Vocabulary, keeps_the_numbers_that_were_stored) {
  EXPECT_TRUE(numbered<ManagementLevel>().starts_with("0 user, 1 account, "));
  EXPECT_TRUE(numbered<AppClass>().starts_with("0 public_, 1 unlisted, "));
  EXPECT_TRUE(numbered<Credentials>().starts_with("0 production, 1 development, "));
  EXPECT_TRUE(numbered<DeveloperKind>().starts_with("0 platform, 1 third_party, 2 account, "));
  EXPECT_TRUE(numbered<Audience>().starts_with("0 everyone, 1 selected, "));
  EXPECT_TRUE(numbered<RequestKind>().starts_with("0 pre_approval, 1 install, "));
  EXPECT_TRUE(numbered<RequestStatus>().starts_with(
      "0 pending, 1 approved, 2 fulfilled, 3 rejected, 4 withdrawn, 5 cancelled, "));
  EXPECT_TRUE(numbered<DecisionRoute>().starts_with(
      "0 inbox, 1 approve_all, 2 grant, 3 decline_all, 4 restriction, 5 install, 6 member_removed, "
      "7 member_deactivated, "));
  EXPECT_TRUE(numbered<AudienceEffect>().starts_with("0 none, 1 added_to_list, 2 everyone, "));
  EXPECT_TRUE(numbered<EntryKind>().starts_with("0 user, 1 email, 2 group, "));
  EXPECT_TRUE(numbered<SubscriptionScope>().starts_with("0 user, 1 account, "));
  EXPECT_TRUE(numbered<UninstallTarget>().starts_with("0 self, 1 user, 2 account, "));
  EXPECT_TRUE(numbered<UninstallCause>().starts_with("0 user, 1 admin, 2 member_removed, 3 app_withdrawn, "));
  EXPECT_TRUE(
      numbered<SuspensionCause>().starts_with("0 admin, 1 pre_approval_off, 2 restricted, 3 member_deactivated, "));
  EXPECT_TRUE(numbered<ActorType>().starts_with("0 user, 1 service, 2 rule, 3 system, "));
}

}  // namespace
}  // namespace gatehouse
