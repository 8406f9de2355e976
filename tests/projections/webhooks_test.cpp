#include "projections/webhooks.hpp"

#include "projections/webhook_rows.hpp"
#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using testing::HandmadeHistory;

const AccountId acme{"acme"};
const EndpointName of_account{acme, EndpointId{"e1"}, {}};
const EndpointName of_app{catalogue_stream, EndpointId{"e2"}, AppId{"notes"}};
constexpr Timestamp far{4'000'000'000'000};

class Webhooks : public ::testing::Test {
 protected:
  void add_endpoint(const EndpointName& name, std::vector<std::string> types) {
    history_.add(WebhookEndpointRegistered{name, "https://example.com", std::move(types), {}}, name.stream.value);
    record(WebhookEndpointValidated{name});
  }
  void record(Event event) { history_.add(std::move(event), outbound_stream.value); }
  void create_group(const std::string& id) { history_.add(GroupCreated{.group_id = GroupId{id}, .name = id}); }
  std::vector<DueWebhook> due(Timestamp now = far) {
    std::vector<DueWebhook> all;
    visit_due_webhooks(history_.rows, now,
                       {.has_room = [](const EndpointName&) { return true; },
                        .is_busy = [](const EndpointName&, const AccountId&) { return false; },
                        .visit =
                            [&](const DueWebhook& one) {
                              all.push_back(one);
                              return AfterDue::next_lane;
                            }});
    return all;
  }
  void deliver(const DueWebhook& one) {
    record(WebhookDelivered{one.endpoint, one.message.place, one.message.row.message_id, one.attempt, 200, 5});
  }
  void fail(const DueWebhook& one, Timestamp retry_at) {
    record(WebhookDeliveryFailed{one.endpoint, one.message.place, one.message.row.message_id, one.attempt, 503, 5,
                                 "busy", retry_at});
  }
  std::vector<DeliveryRow> deliveries(const EndpointName& name) {
    return all_pages<DeliveryRow>(
        [&](std::string_view cursor, std::size_t size) {
          return deliveries_page(history_.rows, name.endpoint_id, {}, cursor, size);
        },
        2);
  }
  std::uint64_t waiting(const EndpointName& name) { return waiting_webhooks(history_.rows, name.endpoint_id); }

  WebhooksProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(Webhooks, ALaneGivesItsMessagesOneAfterTheOtherInTheOrderOfTheLog) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  create_group("a");
  create_group("b");
  ASSERT_EQ(due().size(), 1U);
  EXPECT_EQ(waiting(of_account), 2U);
  EXPECT_EQ(waiting_webhooks(history_.rows), 2U);
  const auto first = due()[0];
  EXPECT_EQ(first.message.row.event_type, "appgov.group_created.v1");
  deliver(first);
  ASSERT_EQ(due().size(), 1U);
  EXPECT_GT(due()[0].message.place.position, first.message.place.position);
  deliver(due()[0]);
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(waiting_webhooks(history_.rows), 0U);
  EXPECT_EQ(deliveries(of_account).size(), 2U);
  EXPECT_EQ(deliveries(of_account)[1].message_id, first.message.row.message_id);
}

TEST_F(Webhooks, AFailedMessageHoldsItsLaneUntilItsTimeAndKeepsItsId) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  create_group("a");
  create_group("b");
  const auto first = due()[0];
  const Timestamp retry_at{history_.events.back().envelope.recorded_at.unix_ms + 5'000};
  fail(first, retry_at);
  EXPECT_TRUE(due({retry_at.unix_ms - 1}).empty());
  ASSERT_EQ(due(retry_at).size(), 1U);
  EXPECT_EQ(due(retry_at)[0].message.row.message_id, first.message.row.message_id);
  EXPECT_EQ(due(retry_at)[0].attempt, 2U);
  fail(due(retry_at)[0], {});
  EXPECT_NE(due()[0].message.row.message_id, first.message.row.message_id);
  EXPECT_EQ(deliveries(of_account)[0].status, DeliveryStatus::failed);
  EXPECT_EQ(deliveries(of_account)[0].attempts.size(), 2U);
}

TEST_F(Webhooks, WhatIsDueWaitsForAnEndpointToBeValidAndWhileItIsDisabled) {
  history_.add(WebhookEndpointRegistered{of_account, "https://example.com", {"appgov.*"}, {}});
  create_group("a");
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(due_challenges(history_.rows, far, 10), std::vector<EndpointName>{of_account});
  record(WebhookEndpointValidated{of_account});
  EXPECT_EQ(due().size(), 1U);
  history_.add(WebhookEndpointDisabled{of_account, EndpointDisabledCause::requested});
  create_group("b");
  EXPECT_TRUE(due().empty());
  const auto kept = waiting(of_account);
  EXPECT_EQ(kept, 1U);
  history_.add(WebhookEndpointEnabled{of_account});
  record(WebhookEndpointValidated{of_account});
  EXPECT_EQ(due().size(), 1U);
  EXPECT_EQ(waiting(of_account), kept) << "what happened while it was disabled is not for it";
}

TEST_F(Webhooks, EachInstallationThatAnEventEndedIsAMessageBeforeWhatFollows) {
  add_endpoint(of_account, {"app_deauthorized", "appgov.group_created.v1"});
  add_endpoint(of_app, {"app_deauthorized"});
  AppUninstalled uninstalled;
  uninstalled.app_id = AppId{"notes"};
  uninstalled.target = UninstallTarget::account;
  history_.add(uninstalled);
  const auto& ended_by = history_.events.back().envelope;
  create_group("later");
  EXPECT_TRUE(due().empty()) << "the lanes wait for the list";
  const auto listed = [&](const std::string& user, bool complete) {
    record(DeauthorizationsListed{acme,
                                  ended_by.account_version,
                                  ended_by.position.value,
                                  {{AppId{"notes"}, UserId{user}, SubscriptionId{"s-" + user}, {}, {}}},
                                  complete});
  };
  listed("ann", false);
  listed("bob", true);
  EXPECT_EQ(waiting(of_app), 2U);
  EXPECT_EQ(waiting(of_account), 3U);
  EXPECT_FALSE(first_unlisted_event(history_.rows));
  std::vector<std::string> users;
  for (auto now = due(); !now.empty(); now = due()) {
    if (now[0].endpoint == of_account)
      users.push_back(now[0].message.place.user_id.value);
    deliver(now[0]);
  }
  EXPECT_EQ(users, (std::vector<std::string>{"ann", "bob", ""}));
}

TEST_F(Webhooks, AListThatIsCompleteDoesNotHurryWhatStandsBeforeIt) {
  add_endpoint(of_account, {"app_deauthorized", "appgov.group_created.v1"});
  create_group("a");
  const Timestamp retry_at{history_.events.back().envelope.recorded_at.unix_ms + 5'000};
  fail(due()[0], retry_at);
  history_.add(MemberRemoved{.user_id = UserId{"ann"}});
  const auto& ended_by = history_.events.back().envelope;
  record(DeauthorizationsListed{acme, ended_by.account_version, ended_by.position.value, {}, true});
  EXPECT_TRUE(due({retry_at.unix_ms - 1}).empty());
  ASSERT_EQ(due(retry_at).size(), 1U);
  EXPECT_EQ(due(retry_at)[0].attempt, 2U);
}

TEST_F(Webhooks, AMessageIsSentAgainAfterWhatIsDue) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  create_group("a");
  const auto first = due()[0];
  deliver(first);
  create_group("b");
  history_.add(WebhookResendRequested{of_account, first.message.row.message_id});
  deliver(due()[0]);
  ASSERT_EQ(due().size(), 1U);
  EXPECT_EQ(due()[0].message.row.message_id, first.message.row.message_id);
  EXPECT_EQ(due()[0].message.row.source, first.message.place);
  deliver(due()[0]);
  EXPECT_EQ(deliveries(of_account).size(), 2U);
  EXPECT_EQ(find_delivery(history_.rows, of_account.endpoint_id, first.message.row.message_id)->attempts.size(), 2U);
}

TEST_F(Webhooks, AnEndpointDoesNotHearWhatIsDoneToItself) {
  add_endpoint(of_account, {"appgov.*"});
  create_group("a");
  const auto first = due()[0];
  deliver(first);
  history_.add(WebhookResendRequested{of_account, first.message.row.message_id});
  EXPECT_EQ(waiting(of_account), 1U);
  deliver(due()[0]);
  EXPECT_EQ(waiting(of_account), 0U);
  const auto attempts = find_delivery(history_.rows, of_account.endpoint_id, first.message.row.message_id)->attempts;
  ASSERT_EQ(attempts.size(), 2U);
  EXPECT_EQ(attempts[1].number, 2U);
}

TEST_F(Webhooks, AChallengeThatWasAskedForHurriesWhatWaitsForItsNextAttempt) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  create_group("a");
  const auto now = history_.events.back().envelope.recorded_at.unix_ms;
  fail(due()[0], {now + 1'000'000});
  record(WebhookEndpointValidated{of_account});
  EXPECT_TRUE(due({now + 1'000}).empty()) << "the challenge of every third day hurries nothing";
  history_.add(WebhookValidationRequested{of_account});
  record(WebhookEndpointValidated{of_account});
  ASSERT_EQ(due({now + 1'000}).size(), 1U);
  EXPECT_EQ(due({now + 1'000})[0].attempt, 2U);
}

TEST_F(Webhooks, TheLastThousandDeliveriesAreKept) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  std::string first;
  for (std::size_t count = 0; count <= webhook_deliveries_kept; ++count) {
    create_group("g" + std::to_string(count));
    if (first.empty())
      first = due()[0].message.row.message_id;
    deliver(due()[0]);
  }
  EXPECT_EQ(deliveries(of_account).size(), webhook_deliveries_kept);
  EXPECT_FALSE(find_delivery(history_.rows, of_account.endpoint_id, first));
}

TEST_F(Webhooks, ARemovedEndpointLeavesNoRow) {
  add_endpoint(of_account, {"appgov.*", "app_deauthorized"});
  create_group("a");
  deliver(due()[0]);
  create_group("b");
  history_.add(WebhookEndpointRemoved{of_account});
  std::size_t rows = 0;
  history_.rows.scan({}, [&](std::string_view, std::string_view) { return ++rows > 0; });
  EXPECT_EQ(rows, 0U);
}

TEST_F(Webhooks, AreNotKeptWaitingByAClockThatWasAheadWhenTheyFailed) {
  add_endpoint(of_account, {"appgov.group_created.v1"});
  create_group("a");
  constexpr Timestamp now{1'700'000'000'000};
  const auto in = [](std::chrono::hours hours) {
    return Timestamp{now.unix_ms + std::chrono::milliseconds(hours).count()};
  };
  fail(due()[0], in(std::chrono::hours{24}));
  EXPECT_TRUE(due(now).empty()) << "that is a plan";
  EXPECT_EQ(due(in(std::chrono::hours{24})).size(), 1U);
  fail(due()[0], in(std::chrono::hours{365 * 24}));
  EXPECT_EQ(due(now).size(), 1U) << "nobody plans a year";
  EXPECT_EQ(due_challenges(history_.rows, {1'000}, 10).size(), 1U) << "the challenge of three days after then";
}

TEST_F(Webhooks, AreChallengedEverySeventyTwoHours) {
  add_endpoint(of_account, {"appgov.*"});
  const auto validated_at = history_.events.back().envelope.recorded_at.unix_ms;
  const Timestamp next{validated_at + std::chrono::milliseconds(webhook_challenge_interval).count()};
  EXPECT_TRUE(due_challenges(history_.rows, {next.unix_ms - 1}, 10).empty());
  EXPECT_EQ(due_challenges(history_.rows, next, 10).size(), 1U);
  EXPECT_EQ(next_due_webhook(history_.rows), next);
}

}  // namespace
}  // namespace gatehouse
