// OAuth clients of apps: who has them, how their secrets are replaced, and how often.
#include "domain/limits.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::platform_service;
using test::Scenario;

const AppId chat{"chat"};
const ClientId client{"client"};

class Clients : public ::testing::Test {
 protected:
  Clients() {
    ManifestInput manifest;
    manifest.facts.name = "Chat";
    manifest.facts.has_production = true;
    manifest.text = "{}";
    when(RegisterApp{chat, manifest, {DeveloperKind::account, {}}, {}}).then_names({"AppRegistered"});
  }
  test::Outcome when(const Command& command) { return scenario_.when(as("owner"), command); }
  test::Outcome issue() {
    return when(IssueClientCredentials{chat, Credentials::production, client, SecretId{"s1"}, "d1"});
  }
  test::Outcome rotate(const char* secret, std::optional<Timestamp> old_ends = {}) {
    return when(RotateClientSecret{chat, Credentials::production, SecretId{secret}, "d", old_ends});
  }
  Timestamp in(std::chrono::milliseconds time) { return {scenario_.now().unix_ms + time.count()}; }
  ClientRow row() { return scenario_.state().client(client).value(); }

  Scenario scenario_;
};

TEST_F(Clients, EachSetOfCredentialsHasOneClient) {
  EXPECT_EQ(issue().result("client_id"), "client");
  EXPECT_EQ(row().current.sha256, "d1");
  EXPECT_EQ(scenario_.state().client_of_app(chat, Credentials::production), client);
  issue().then_refused(RejectionCode::client_exists);
  when(IssueClientCredentials{chat, Credentials::development, ClientId{"other"}, SecretId{"s"}, "d"})
      .then_refused(RejectionCode::credentials_not_available);
  when(IssueClientCredentials{AppId{"absent"}, Credentials::production, ClientId{"other"}, SecretId{"s"}, "d"})
      .then_refused(RejectionCode::app_not_found);
}

TEST_F(Clients, TheCreatorIsKept) { EXPECT_EQ(scenario_.state().app(chat)->creator_id.value, "owner"); }

TEST_F(Clients, ANewSecretLeavesTheOldOneItsTime) {
  rotate("s2").then_refused(RejectionCode::no_client_credentials);
  issue();
  const auto end = in(std::chrono::hours{1});
  rotate("s2", end).then_names({"ClientSecretRotated"});
  EXPECT_EQ(row().current.secret_id.value, "s2");
  EXPECT_EQ(row().current.expires_at.unix_ms, 0);
  EXPECT_EQ(row().previous.secret_id.value, "s1");
  EXPECT_EQ(row().previous.expires_at, end);
  when(ChangeSecretExpiry{chat, Credentials::production, {}}).then_names({"ClientSecretExpiryChanged"});
  EXPECT_EQ(row().previous.expires_at, scenario_.now());
  when(ChangeSecretExpiry{chat, Credentials::production, end}).then_refused(RejectionCode::no_client_credentials);
}

TEST_F(Clients, AnOldSecretEndsWithinThirtyDays) {
  issue();
  rotate("s2", in(limits::secret_expiry_max + std::chrono::hours{1}))
      .then_refused(RejectionCode::secret_expiry_invalid);
  rotate("s2", in(std::chrono::milliseconds{-1})).then_refused(RejectionCode::secret_expiry_invalid);
  rotate("s2", in(limits::secret_expiry_max)).then_names({"ClientSecretRotated"});
  when(ChangeSecretExpiry{chat, Credentials::production, in(limits::secret_expiry_max + std::chrono::hours{1})})
      .then_refused(RejectionCode::secret_expiry_invalid);
}

TEST_F(Clients, ASecretChangesThreeTimesInAQuarterOfAnHour) {
  issue();
  for (const auto* secret : {"s2", "s3", "s4"})
    rotate(secret).then_names({"ClientSecretRotated"});
  rotate("s5").then_refused(RejectionCode::too_many_secret_changes);
  scenario_.later(std::chrono::milliseconds(limits::secret_changes_window).count());
  rotate("s5").then_names({"ClientSecretRotated"});
}

TEST_F(Clients, AreTheAccountsOwn) {
  issue();
  scenario_.at(AccountId{"globex"});
  scenario_.when(platform_service(), RotateClientSecret{chat, Credentials::production, SecretId{"s2"}, "d", {}})
      .then_refused(RejectionCode::account_not_found);
}

}  // namespace
}  // namespace gatehouse
