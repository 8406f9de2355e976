#include "domain/subscription_id.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gatehouse {
namespace {

TEST(DerivedSubscriptionId, IsTheSameForTheSameEventAppAndUser) {
  const auto event = make_uuid_v7(1'700'000'000'000, {1, 2, 3});
  EXPECT_EQ(derived_subscription_id(event, AppId{"app"}, UserId{"ann"}), derived_subscription_id(event, AppId{"app"}, UserId{"ann"}));
}

TEST(DerivedSubscriptionId, DiffersForEveryUserAppAndEvent) {
  std::set<SubscriptionId> ids;
  for (std::uint8_t number = 0; number < 4; ++number) {
    const auto event = make_uuid_v7(1'700'000'000'000, {number});
    for (int user = 0; user < 500; ++user) {
      ids.insert(derived_subscription_id(event, AppId{"app"}, UserId{"user" + std::to_string(user)}));
      ids.insert(derived_subscription_id(event, AppId{"app" + std::to_string(user)}, UserId{"user"}));
    }
  }
  EXPECT_EQ(ids.size(), 4'000U);
  const auto event = make_uuid_v7(1, {});
  EXPECT_NE(derived_subscription_id(event, AppId{"ab"}, UserId{"c"}), derived_subscription_id(event, AppId{"a"}, UserId{"bc"}));
}

TEST(DerivedSubscriptionId, LooksLikeEveryIdAndSortsByTheTimeOfTheEvent) {
  const auto earlier = derived_subscription_id(make_uuid_v7(1'700'000'000'000, {9}), AppId{"app"}, UserId{"ann"});
  const auto later = derived_subscription_id(make_uuid_v7(1'800'000'000'000, {1}), AppId{"app"}, UserId{"ann"});
  EXPECT_EQ(earlier.value.size(), 22U);
  EXPECT_TRUE(is_valid_id(earlier.value));
  EXPECT_EQ(earlier.value.substr(0, 8), to_text(make_uuid_v7(1'700'000'000'000, {})).substr(0, 8));
  EXPECT_NE(earlier.value.substr(0, 8), later.value.substr(0, 8));
}

}  // namespace
}  // namespace gatehouse
