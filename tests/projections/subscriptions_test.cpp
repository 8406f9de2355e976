#include "projections/subscriptions.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "projections/state_projection.hpp"
#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using testing::FoldedStory;

std::string text_of(const AppId& app, const Subscription& subscription) {
  return app.value + "/" + subscription.user_id.value + "/" +
         (subscription.row.credentials == Credentials::production ? "production" : "development") + "/" +
         subscription.row.subscription_id.value;
}

bool fits(const SubscriptionFilter& filter, const AppId& app, const Subscription& subscription) {
  return (!filter.app_id || *filter.app_id == app) && (!filter.user_id || *filter.user_id == subscription.user_id) &&
         (!filter.state || *filter.state == state_of(subscription)) &&
         (!filter.scope || *filter.scope == subscription.row.scope) &&
         (!filter.credentials || *filter.credentials == subscription.row.credentials);
}

// The slow way: asks for every app and every user there could be.
std::vector<std::string> expected(const FoldedStory& story, const State& state, const SubscriptionFilter& filter) {
  std::vector<std::string> texts;
  for (const auto& app : story.world.story.apps()) {
    const auto add = [&](const std::optional<Subscription>& subscription) {
      if (subscription && fits(filter, app, *subscription))
        texts.push_back(text_of(app, *subscription));
    };
    add(effective_account_subscription(state, app));
    for (const auto* user : {"owner", "user-0", "user-1", "user-2", "user-3", "user-4", "user-5"}) {
      add(effective_user_subscription(state, app, UserId{user}));
    }
  }
  return texts;
}

template <class T>
std::optional<T> maybe(const std::vector<T>& values) {
  if (*rc::gen::arbitrary<bool>())
    return std::nullopt;
  return *rc::gen::elementOf(values);
}

RC_GTEST_PROP(Subscriptions, lists_what_asking_for_each_finds, ()) {
  const StateProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  for (const auto& account : story.world.story.accounts()) {
    const auto state = story.of(account);
    const SubscriptionFilter filter{maybe(story.world.story.apps()),
                                    maybe<UserId>({UserId{"user-0"}, UserId{"user-3"}}),
                                    maybe<SubscriptionState>({SubscriptionState::active, SubscriptionState::disabled,
                                                              SubscriptionState::uninstalled}),
                                    maybe<Credentials>({Credentials::production, Credentials::development}),
                                    maybe<SubscriptionScope>({SubscriptionScope::user, SubscriptionScope::account})};
    const auto listed = all_pages<ListedSubscription>(
        [&](std::string_view cursor, std::size_t size) { return subscriptions_page(state, filter, cursor, size); },
        *rc::gen::inRange<std::size_t>(1, 12));
    std::vector<std::string> texts;
    for (const auto& one : listed)
      texts.push_back(text_of(one.app_id, one.subscription));
    RC_ASSERT(texts == expected(story, state, filter));
  }
}

TEST(Subscriptions, are_of_every_state_in_the_stories_they_are_tested_with) {
  const StateProjection projection;
  std::map<SubscriptionState, int> seen;
  int derived = 0;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const FoldedStory story(projection, seed);
    for (const auto& account : story.world.story.accounts()) {
      const auto state = story.of(account);
      for (const auto& one : subscriptions_page(state, {}, {}, 300).items) {
        ++seen[state_of(one.subscription)];
        derived += one.subscription.derived ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_GT(derived, 0);
}

}  // namespace
}  // namespace gatehouse
