// Rules about lists, by their numbers: an office's history folded into each read model, and what its queries then answer.
#include <gmock/gmock.h>

#include "domain/gate.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"
#include "projections/subscriptions.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t page_size = 10;

MemoryTable folded(const Projection& projection, const Scenario& scenario) {
  MemoryTable rows;
  Position position;
  for (const auto& [context, event] : scenario.history()) {
    RecordedEvent recorded;
    recorded.envelope.account_id = context.stream;
    recorded.envelope.account_version = context.account_version;
    recorded.envelope.recorded_at = context.recorded_at;
    recorded.envelope.actor = context.actor;
    recorded.envelope.event_id = context.event_id;
    recorded.envelope.position = Position{++position.value};
    recorded.data = event;
    projection.apply(rows, recorded);
  }
  return rows;
}

std::vector<std::string> names(const std::vector<AppId>& apps) {
  std::vector<std::string> names;
  for (const auto& app : apps)
    names.push_back(app.value);
  return names;
}

std::vector<std::string> discovered(const Scenario& scenario, const std::string& account,
                                    const CatalogueFilter& filter = {}) {
  const auto rows = folded(CatalogueProjection(), scenario);
  return names(catalogue_page(rows, AccountId{account}, filter, CatalogueOrder::by_name, {}, page_size).items);
}

std::vector<InboxApp> inbox(const Scenario& scenario, RequestKind kind, InboxPart part) {
  const auto rows = folded(InboxProjection(), scenario);
  return inbox_page(rows, scenario.state(), kind, part, {}, page_size).items;
}

std::vector<std::string> who_asked(const Scenario& scenario, const RequestFilter& filter) {
  const auto rows = folded(RequestsProjection(), scenario);
  std::vector<std::string> who;
  for (const auto& row : requests_page(rows, scenario.state(), filter, {}, page_size).items)
    who.push_back(row.details.user_id.value);
  return who;
}

std::vector<std::string> installed(const Scenario& scenario, const SubscriptionFilter& filter) {
  std::vector<std::string> texts;
  for (const auto& one : subscriptions_page(scenario.state(), filter, {}, page_size).items) {
    texts.push_back(one.app_id.value + " " +
                    (one.subscription.user_id.empty() ? "account" : one.subscription.user_id.value));
  }
  return texts;
}

TEST(R1, PublicAppsAreThosePublishedAndListedOfBothLevels) {
  auto scenario = office();
  scenario.given_app("by-id", [](AppRegistered& app) { app.facts.listed = false; });
  scenario.given_app("draft", {}, false);
  EXPECT_THAT(discovered(scenario, "globex"), ElementsAre("notes", "rooms"));
  EXPECT_THAT(discovered(scenario, "globex", {.level = ManagementLevel::account}), ElementsAre("rooms"));
}

TEST(R2, AppsAreDiscoveredOrSearchedByTextCategoryDeveloperAndScope) {
  auto scenario = office();
  scenario.given_app("native", [](AppRegistered& app) {
    app.developer = DeveloperKind::platform;
    app.facts.name = "Team Whiteboard";
    app.facts.categories = {"Collaboration"};
  });
  EXPECT_THAT(discovered(scenario, "acme"), ElementsAre("notes", "rooms", "native", "tool"))
      << "by name, own private apps included";
  EXPECT_THAT(discovered(scenario, "acme", {.words = "whiteboard"}), ElementsAre("native"));
  EXPECT_THAT(discovered(scenario, "acme", {.category = "collaboration"}), ElementsAre("native"));
  EXPECT_THAT(discovered(scenario, "acme", {.developer = DeveloperKind::account}), ElementsAre("tool"));
  EXPECT_THAT(discovered(scenario, "acme", {.scope = "meeting:write"}), ElementsAre("notes"));
}

TEST(R2, NothingIsDiscoveredThatTheGateDoesNotSee) {
  auto scenario = office();
  scenario.at(catalogue_stream)
      .given(platform_service(),
             OpenAccount{AccountId{"globex"}, "Globex", {UserId{"gil"}, "gil@g.example", "Gil"}, {}});
  scenario.given_app("by-id", [](AppRegistered& app) { app.facts.listed = false; });
  scenario.given_app("draft", {}, false);
  const std::vector<AppId> all{notes, rooms, tool, AppId{"by-id"}, AppId{"draft"}};
  for (const auto* account : {"acme", "globex"}) {
    const auto shown = discovered(scenario, account);
    scenario.at(AccountId{account});
    for (const auto& app : all) {
      const bool visible = is_visible(scenario.state().app(app).value(), AccountId{account});
      const bool listed = std::ranges::count(shown, app.value) == 1;
      EXPECT_EQ(listed, visible && app != AppId{"by-id"}) << app.value << " for " << account;
    }
  }
}

TEST(R8, RestrictedAppsAreListedUntilTheRestrictionIsLifted) {
  auto scenario = office();
  const auto restricted = [&] {
    std::vector<AppId> apps;
    const auto rows = folded(ApprovalsProjection(), scenario);
    for (const auto& app : restricted_apps_page(rows, scenario.state(), {}, page_size).items)
      apps.push_back(app.app_id);
    return names(apps);
  };
  scenario.given(admin, RestrictApp{.app_id = notes}).given(admin, RestrictApp{.app_id = rooms});
  EXPECT_THAT(restricted(), ElementsAre("notes", "rooms"));
  scenario.given(admin, LiftRestriction{.app_id = notes});
  EXPECT_THAT(restricted(), ElementsAre("rooms"));
}

TEST(R13, TheInboxHasOneRowAnAppWithCountsAndARowARequest) {
  auto scenario = office();
  for (const auto* user : {"ann", "bob", "cid"})
    given_request(scenario, as(user));
  given_request(scenario, ann, tool);
  scenario.given(admin, RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"bob"})});
  const auto apps = inbox(scenario, RequestKind::pre_approval, InboxPart::active);
  ASSERT_EQ(apps.size(), 2U);
  EXPECT_EQ(apps[0].app_id, tool) << "the latest request first";
  EXPECT_EQ(apps[1].app_id, notes);
  EXPECT_EQ(apps[1].counters.total, 3U);
  EXPECT_EQ(apps[1].counters.pending, 2U);
  EXPECT_EQ(apps[1].counters.rejected, 1U);
  EXPECT_THAT(who_asked(scenario, {.app_id = notes}), ElementsAre("cid", "bob", "ann"));
  EXPECT_THAT(who_asked(scenario, {.status = RequestStatus::pending, .app_id = notes}), ElementsAre("cid", "ann"));
}

TEST(R13, AnAppWithNothingPendingMovesToThePast) {
  auto scenario = office();
  given_request(scenario, ann);
  given_grant(scenario, Audience::everyone);
  EXPECT_THAT(inbox(scenario, RequestKind::pre_approval, InboxPart::active), IsEmpty());
  EXPECT_EQ(inbox(scenario, RequestKind::pre_approval, InboxPart::past).at(0).counters.approved, 1U);
}

TEST(R18, InstalledAppsAreFilteredByTheirCredentials) {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.given(ann, Install{.app_id = notes});
  scenario.given(bob, Install{.app_id = notes, .credentials = Credentials::development});
  scenario.given(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account});
  EXPECT_THAT(installed(scenario, {.credentials = Credentials::production}), ElementsAre("notes ann", "rooms account"));
  EXPECT_THAT(installed(scenario, {.credentials = Credentials::development}), ElementsAre("notes bob"));
}

TEST(R19, AppsWithPreApprovalOnAreListed) {
  auto scenario = office();
  const auto approved = [&] {
    std::vector<AppId> apps;
    const auto rows = folded(ApprovalsProjection(), scenario);
    for (const auto& app : approved_apps_page(rows, scenario.state(), {}, page_size).items)
      apps.push_back(app.app_id);
    return names(apps);
  };
  given_grant(scenario, Audience::everyone);
  given_grant(scenario, Audience::selected, users({"ann"}), tool);
  EXPECT_THAT(approved(), ElementsAre("notes", "tool"));
  given_disabled(scenario);
  EXPECT_THAT(approved(), ElementsAre("tool"));
}

TEST(D14, AppsThatWereAddedForPeopleAreListedUntilTheyAreUninstalled) {
  auto scenario = office();
  const auto added = [&] {
    std::vector<AppId> apps;
    const auto rows = folded(ApprovalsProjection(), scenario);
    for (const auto& app : added_apps_page(rows, scenario.state(), {}, page_size).items)
      apps.push_back(app.app_id);
    return names(apps);
  };
  given_grant(scenario, Audience::everyone, {}, tool);
  EXPECT_THAT(added(), IsEmpty());
  scenario.given(admin, AddAppForUsers{.app_id = notes, .audience = Audience::selected, .user_ids = users({"ann"})});
  scenario.given(admin, AddAppForUsers{.app_id = tool, .audience = Audience::everyone});
  EXPECT_THAT(added(), ElementsAre("notes", "tool"));
  EXPECT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted());
  EXPECT_TRUE(scenario.when_confirmed(admin, Uninstall{.app_id = tool, .target = UninstallTarget::account}).accepted());
  EXPECT_THAT(added(), IsEmpty());
}

TEST(R38, EverySubscriptionIsListedAsDisabledAfterTheOneEvent) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob"});
  given_disabled(scenario);
  EXPECT_THAT(installed(scenario, {.state = SubscriptionState::disabled}), ElementsAre("notes ann", "notes bob"));
  EXPECT_THAT(installed(scenario, {.state = SubscriptionState::active}), IsEmpty());
}

TEST(R42, RequestsToInstallHaveAnInboxOfTheirOwn) {
  auto scenario = office();
  given_request(scenario, ann);
  given_request(scenario, ann, rooms);
  given_request(scenario, bob, rooms);
  const auto apps = inbox(scenario, RequestKind::install, InboxPart::active);
  ASSERT_EQ(apps.size(), 1U);
  EXPECT_EQ(apps[0].app_id, rooms);
  EXPECT_EQ(apps[0].counters.pending, 2U);
  EXPECT_THAT(who_asked(scenario, {.kind = RequestKind::install}), ElementsAre("bob", "ann"));
  scenario.given(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account});
  EXPECT_THAT(inbox(scenario, RequestKind::install, InboxPart::active), IsEmpty());
}

}  // namespace
}  // namespace gatehouse::test
