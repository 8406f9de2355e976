#include "api/event_json.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

RecordedEvent recorded(Event event) {
  RecordedEvent result;
  result.envelope = {.event_id = make_uuid_v7(1'700'000'000'000, {}),
                     .position = {812},
                     .account_id = AccountId("acme"),
                     .account_version = 57,
                     .recorded_at = {1'700'000'000'123},
                     .actor = {ActorType::user, "u1", "admin"},
                     .command_id = make_uuid_v7(1, {}),
                     .correlation_id = make_uuid_v7(2, {}),
                     .causation_id = {},
                     .catalogue_position = {9},
                     .commit_first = {811},
                     .commit_index = 1,
                     .commit_count = 2};
  result.type = 300;
  result.schema_version = 1;
  result.data = std::move(event);
  return result;
}

boost::json::object document(const RecordedEvent& event) {
  std::string out;
  append_event(out, event);
  return boost::json::parse(out).as_object();
}

TEST(EventJson, shows_the_whole_envelope) {
  std::string out;
  append_event(out, recorded(SubscriptionDisabled{AppId("a"), SubscriptionId("s"), UserId("u")}));
  EXPECT_EQ(
      out,
      R"({"event_id":"AYvP5WgAcACAAAAAAAAAAA","position":812,"account_id":"acme","account_version":57,)"
      R"("type":"SubscriptionDisabled","schema_version":1,"recorded_at":"2023-11-14T22:13:20.123Z",)"
      R"("actor":{"type":"user","id":"u1","role":"admin"},"command_id":"AAAAAAABcACAAAAAAAAAAA",)"
      R"("correlation_id":"AAAAAAACcACAAAAAAAAAAA","basis":{"catalogue_position":9},)"
      R"("commit":{"first":811,"count":2},"data":{"app_id":"a","subscription_id":"s","user_id":"u","cause":"admin"}})");
}

TEST(EventJson, shows_personal_text_as_plain_text) {
  RequestDetails request;
  request.request_id = RequestId("r");
  request.reason = personal(UserId("u"), "weekly review");
  const auto body = document(recorded(PreApprovalRequested{request}));
  EXPECT_EQ(body.at("data").at("request_id"), "r") << "in the data itself";
  EXPECT_EQ(body.at("data").at("reason"), "weekly review");
  EXPECT_FALSE(body.at("data").as_object().contains("department"));
}

TEST(EventJson, tells_what_is_true_of_every_rejection_that_names_its_request) {
  const auto body = document(recorded(PreApprovalRequestRejected{}));
  EXPECT_EQ(body.at("data").at("via"), "inbox");
  EXPECT_EQ(body.at("data").at("audience_effect"), "none");
}

TEST(EventJson, leaves_out_what_an_event_of_a_dry_run_does_not_have) {
  auto event = recorded(AppRestrictionLifted{});
  event.envelope.position = {};
  const auto body = document(event);
  EXPECT_FALSE(body.contains("position"));
  EXPECT_FALSE(body.contains("commit"));
}

TEST(EventJson, exports_an_unknown_event_as_its_bytes) {
  auto event = recorded(AppRestrictionLifted{});
  event.type = 9'000;
  event.schema_version = 3;
  event.data = UnknownEvent{9'000, 3, std::string("\0\xff", 2), "p"};
  const auto body = document(event);
  EXPECT_EQ(body.at("type"), "unknown_9000");
  EXPECT_EQ(body.at("schema_version"), 3);
  EXPECT_EQ(body.at("data").at("body_base64"), "AP8=");
  EXPECT_EQ(body.at("data").at("personal_base64"), "cA==");
}

}  // namespace
}  // namespace gatehouse::api
