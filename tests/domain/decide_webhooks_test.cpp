// Webhook endpoints: who keeps them, what they may hear, how they are challenged, disabled and removed.
#include "domain/limits.hpp"
#include "domain/webhook_event_types.hpp"
#include "domain/webhooks.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::platform_service;
using test::Scenario;

const Caller dispatcher{.type = ActorType::system, .id = "dispatcher"};
const std::string url = "https://hooks.example.com/all";

class Webhooks : public ::testing::Test {
 protected:
  Webhooks() { scenario_.given_member("ann").given_app("notes"); }
  EndpointId registered(const Caller& caller, const std::optional<AppId>& app = {}) {
    return EndpointId{
        scenario_.when(caller, RegisterWebhook{url, {"app_deauthorized"}, app, {}}).result("endpoint_id")};
  }
  EndpointRow row(const EndpointId& id) { return find_endpoint(scenario_.state(), id).value().second; }
  EndpointName name(const EndpointId& id) { return find_endpoint(scenario_.state(), id).value().first; }

  Scenario scenario_;
};

TEST_F(Webhooks, AnAccountsEndpointStandsInItsHistoryAndIsPending) {
  const auto outcome = scenario_.when(
      as("owner"), RegisterWebhook{url, {"appgov.*", "app_deauthorized", "appgov.*"}, {}, SignatureScheme::zoom});
  const auto& event = outcome.event<WebhookEndpointRegistered>();
  EXPECT_EQ(event.endpoint.stream, AccountId{"acme"});
  EXPECT_EQ(event.event_types, (std::vector<std::string>{"app_deauthorized", "appgov.*"}));
  const auto kept = row(event.endpoint.endpoint_id);
  EXPECT_EQ(kept.status, EndpointStatus::pending);
  EXPECT_EQ(kept.scheme, SignatureScheme::zoom);
  EXPECT_EQ(kept.generation, 1U);
}

TEST_F(Webhooks, OnlyThoseWhoMayEditKeepAnAccountsEndpoints) {
  scenario_.when(as("ann"), RegisterWebhook{url, {"appgov.*"}, {}, {}}).then_refused(RejectionCode::privilege_required);
  const auto id = registered(as("owner"));
  scenario_.when(as("ann"), RotateWebhookSecret{id}).then_refused(RejectionCode::privilege_required);
  scenario_.when(platform_service(), RemoveWebhook{id}).then_refused(RejectionCode::not_a_member);
}

TEST_F(Webhooks, AnAppsEndpointIsKeptByWhoeverKeepsTheApp) {
  scenario_.when(as("owner"), RegisterWebhook{url, {"app_deauthorized"}, AppId{"notes"}, {}})
      .then_refused(RejectionCode::app_not_found);
  scenario_.at(catalogue_stream);
  const auto id = registered(platform_service(), AppId{"notes"});
  EXPECT_EQ(name(id).stream, catalogue_stream);
  scenario_.at(AccountId{"acme"});
  scenario_.when(as("owner"), RemoveWebhook{id}).then_refused(RejectionCode::webhook_not_found);
  scenario_.at(catalogue_stream);
  scenario_.when(platform_service(), RemoveWebhook{id}).then_names({"WebhookEndpointRemoved"});
  EXPECT_FALSE(find_endpoint(scenario_.state(), id));
}

TEST_F(Webhooks, WhatCannotBeHeardOrReachedIsRefusedByItsPlace) {
  const auto refusal =
      scenario_.when(as("owner"), RegisterWebhook{"ftp://x", {"appgov.*", "appgov.app_published.v1", "no"}, {}, {}})
          .then_refused(RejectionCode::invalid_value);
  ASSERT_EQ(refusal.errors.size(), 3U);
  EXPECT_EQ(refusal.errors[0].pointer, "/url");
  EXPECT_EQ(refusal.errors[1].pointer, "/event_types/1");
  EXPECT_EQ(refusal.errors[2].pointer, "/event_types/2");
}

TEST_F(Webhooks, ThereAreTwentyAtMost) {
  for (std::size_t count = 0; count < limits::webhooks_max; ++count)
    registered(as("owner"));
  scenario_.when(as("owner"), RegisterWebhook{url, {"appgov.*"}, {}, {}}).then_refused(RejectionCode::too_many_items);
}

TEST_F(Webhooks, AnotherAddressIsChallengedAndOtherTypesAreNot) {
  const auto id = registered(as("owner"));
  scenario_.given(dispatcher, RecordWebhookValidated{name(id), row(id).version});
  EXPECT_EQ(row(id).status, EndpointStatus::active);
  scenario_.when(as("owner"), ChangeWebhook{id, {}, {{"appgov.*"}}, {}}).then_names({"WebhookEndpointChanged"});
  EXPECT_EQ(row(id).status, EndpointStatus::active);
  scenario_.when(as("owner"), ChangeWebhook{id, "https://other.example.com", {}, {}})
      .then_names({"WebhookEndpointChanged"});
  EXPECT_EQ(row(id).status, EndpointStatus::pending);
  scenario_.when(as("owner"), ChangeWebhook{id, {}, {{"appgov.*"}}, {}}).then_nothing();
}

TEST_F(Webhooks, SixFailedChallengesInARowDisable) {
  const auto id = registered(as("owner"));
  for (unsigned failures = 1; failures < limits::webhook_validation_failures_max; ++failures)
    scenario_.when(dispatcher, RecordWebhookValidationFailure{name(id), row(id).version, "timeout", {}})
        .then_names({"WebhookValidationFailed"});
  scenario_.when(dispatcher, RecordWebhookValidationFailure{name(id), row(id).version, "timeout", {}})
      .then_names({"WebhookValidationFailed", "WebhookEndpointDisabled"});
  EXPECT_EQ(row(id).disabled_cause, EndpointDisabledCause::validation_failed);
  scenario_.when(dispatcher, RecordWebhookValidated{name(id), row(id).version}).then_nothing();
  scenario_.when(as("owner"), ValidateWebhook{id}).then_refused(RejectionCode::webhook_disabled);
  scenario_.when(as("owner"), EnableWebhook{id}).then_names({"WebhookEndpointEnabled"});
  EXPECT_EQ(row(id).validation_failures, 0U);
}

TEST_F(Webhooks, AChallengeToWhatItWasBeforeCountsForNothing) {
  const auto id = registered(as("owner"));
  const auto version = row(id).version;
  scenario_.given(as("owner"), ChangeWebhook{id, "https://other.example.com", {}, {}});
  scenario_.when(dispatcher, RecordWebhookValidated{name(id), version}).then_nothing();
  scenario_.when(dispatcher, RecordWebhookValidationFailure{name(id), version, "timeout", {}}).then_nothing();
  scenario_.when(dispatcher, RecordWebhookValidated{name(id), row(id).version})
      .then_names({"WebhookEndpointValidated"});
}

TEST_F(Webhooks, ADeliveryIsRecordedOnceAndAnAttemptOnce) {
  const auto id = registered(as("owner"));
  const auto version = scenario_.version();
  const MessagePlace first{
      .account_id = AccountId{"acme"}, .position = 7, .form = MessageForm::cloud_event, .app_id = {}, .user_id = {}};
  const RecordWebhookFailure failure{{name(id), first, "msg_1", 1, 503, 5, "busy", scenario_.now()}, false};
  scenario_.when(dispatcher, failure).then_names({"WebhookDeliveryFailed"});
  scenario_.when(dispatcher, failure).then_nothing();
  const RecordWebhookDelivered delivery{{name(id), first, "msg_1", 2, 200, 5}};
  scenario_.when(dispatcher, delivery).then_names({"WebhookDelivered"});
  scenario_.when(dispatcher, delivery).then_nothing();
  scenario_.when(dispatcher, failure).then_nothing();
  EXPECT_EQ(scenario_.version(), version);
  scenario_.when(as("owner"), delivery).then_refused(RejectionCode::insufficient_scope);
}

TEST_F(Webhooks, AReceiverThatIsGoneDisablesItsEndpoint) {
  const auto id = registered(as("owner"));
  const MessagePlace first{
      .account_id = AccountId{"acme"}, .position = 7, .form = MessageForm::cloud_event, .app_id = {}, .user_id = {}};
  scenario_.when(dispatcher, RecordWebhookFailure{{name(id), first, "msg_1", 1, 410, 5, "gone", scenario_.now()}, true})
      .then_names({"WebhookDeliveryFailed", "WebhookEndpointDisabled"});
  EXPECT_EQ(row(id).disabled_cause, EndpointDisabledCause::gone);
}

TEST(WebhookEventTypes, AreNamedAfterTheEvents) {
  EXPECT_EQ(cloud_event_type("AppInstalled"), "appgov.app_installed.v1");
  EXPECT_TRUE(is_webhook_event_type("appgov.app_installed.v1", false));
  EXPECT_FALSE(is_webhook_event_type("appgov.app_installed.v1", true));
  EXPECT_TRUE(is_webhook_event_type("appgov.app_withdrawn.v1", true));
  EXPECT_FALSE(is_webhook_event_type("appgov.scopes_defined.v1", true));
  EXPECT_FALSE(is_webhook_event_type("appgov.webhook_delivered.v1", false));
  EXPECT_TRUE(is_webhook_event_type("appgov.webhook_endpoint_removed.v1", false));
  EXPECT_FALSE(is_webhook_event_type("app.authorization_request_created", true));
}

}  // namespace
}  // namespace gatehouse
