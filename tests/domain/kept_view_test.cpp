// Looking back at the rows as they were before an event, while a list of what it ended is made.
#include "domain/kept_view.hpp"

#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::Scenario;

const AppId notes{"notes"};
const Caller dispatcher{.type = ActorType::system, .id = "dispatcher"};

class Kept : public ::testing::Test {
 protected:
  Kept() {
    scenario_.given_member("ann").given_member("bob").given_member("cid").given_app("notes");
    scenario_.given(as("owner"), RegisterWebhook{"https://example.com", {"app_deauthorized"}, {}, {}});
    scenario_.given(as("ann"), Install{.app_id = notes});
    scenario_.given(as("bob"), Install{.app_id = notes});
  }
  void uninstall() {
    scenario_.when_confirmed(as("owner"), Uninstall{.app_id = notes, .target = UninstallTarget::account});
  }
  OpenListing only_listing() {
    const auto open = open_listings(scenario_.rows());
    EXPECT_EQ(open.size(), 1U);
    return open.at(0);
  }
  static bool is_live(const TableReader& rows, const std::string& user) {
    const auto subscription = effective_user_subscription(State(rows, AccountId{"acme"}), notes, UserId{user});
    return subscription && subscription->live;
  }
  std::size_t kept_rows() {
    std::size_t count = 0;
    scenario_.rows().scan("Z", [&](std::string_view, std::string_view) { return ++count > 0; });
    return count;
  }

  Scenario scenario_;
};

TEST_F(Kept, WhatAnUninstallationEndedIsSeenAsItWasWhateverHappensThen) {
  uninstall();
  scenario_.given(as("ann"), Install{.app_id = notes, .credentials = Credentials::development});
  scenario_.given(as("owner"), RemoveMember{UserId{"bob"}});
  scenario_.given(as("cid"), Install{.app_id = notes});
  // Bob's removal opened a list of its own; the first one is the uninstallation's.
  const KeptView before(scenario_.rows(), open_listings(scenario_.rows()).at(0));
  EXPECT_TRUE(is_live(before, "ann"));
  EXPECT_TRUE(is_live(before, "bob"));
  EXPECT_FALSE(is_live(before, "cid"));
  const State state(before, AccountId{"acme"});
  EXPECT_EQ(state.user_subscription(notes, UserId{"ann"})->credentials, Credentials::production);
  EXPECT_EQ(state.member(UserId{"bob"})->status, MemberStatus::active);
}

TEST_F(Kept, AScanShowsTheRowsOfThen) {
  uninstall();
  scenario_.given(as("cid"), Install{.app_id = notes});
  scenario_.given(as("ann"), Install{.app_id = notes});
  const KeptView before(scenario_.rows(), only_listing());
  std::vector<std::string> users;
  const auto prefix = state_keys::user_subscriptions_of_app(AccountId{"acme"}, notes);
  before.scan(prefix, [&](std::string_view key, std::string_view) {
    users.emplace_back(key.substr(prefix.size(), 3));
    return true;
  });
  EXPECT_EQ(users, (std::vector<std::string>{"ann", "bob"}));
}

TEST_F(Kept, NothingIsKeptOnceTheListIsComplete) {
  uninstall();
  scenario_.given(as("ann"), Install{.app_id = notes});
  EXPECT_GT(kept_rows(), 0U);
  const auto listing = only_listing();
  const EndedSubscription ann{notes, UserId{"ann"}, SubscriptionId{"s"}, {}, {}};
  const EndedSubscription bob{notes, UserId{"bob"}, SubscriptionId{"t"}, {}, {}};
  scenario_.given(dispatcher, RecordDeauthorizations{listing.account_version, 9, {ann}, false});
  const auto outcome = scenario_.when(dispatcher, RecordDeauthorizations{listing.account_version, 9, {ann, bob}, true});
  EXPECT_EQ(outcome.event<DeauthorizationsListed>().ended.size(), 1U) << "what was listed is not listed again";
  EXPECT_EQ(kept_rows(), 0U);
  EXPECT_TRUE(open_listings(scenario_.rows()).empty());
}

TEST_F(Kept, NothingIsListedWhereNobodyListens) {
  const auto id = open_listings(scenario_.rows()).size();
  EXPECT_EQ(id, 0U);
  Scenario quiet;
  quiet.given_member("ann").given_app("notes").given(as("ann"), Install{.app_id = notes});
  quiet.when_confirmed(as("owner"), Uninstall{.app_id = notes, .target = UninstallTarget::account});
  quiet.given(as("owner"), RemoveMember{UserId{"ann"}});
  EXPECT_TRUE(open_listings(quiet.rows()).empty());
}

}  // namespace
}  // namespace gatehouse
