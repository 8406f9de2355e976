// Lists that are followed: what a client of text/event-stream is told, over a real socket.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <future>
#include <gmock/gmock.h>

#include "api/followed_list.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

struct Event {
  std::string name;
  boost::json::object data;
};

class Follower {
 public:
  Follower(std::uint16_t port, std::string_view target, const std::string& token,
           const std::string& accept = "text/event-stream")
      : client_(port) {
    client_.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept +
                 "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    head_ = client_.receive_answer(true);
  }

  [[nodiscard]] const http::Answer& head() const { return head_; }
  // Events up to and without the next comment that says up to where all is told.
  std::vector<Event> next_events() {
    std::vector<Event> events;
    for (;;) {
      const auto block = next_block();
      if (block.empty() || block.starts_with(": position"))
        return events;
      if (block.starts_with("id: "))
        events.push_back(read(block));
    }
  }
  bool ended() { return client_.closed_by_server(); }
  void hang_up() { client_.finish_sending(); }

 private:
  std::string next_block() {
    for (;;) {
      if (const auto end = text_.find("\n\n"); end != std::string::npos) {
        auto block = text_.substr(0, end);
        text_.erase(0, end + 2);
        return block;
      }
      const auto more = client_.receive_some();
      if (more.empty())
        return {};
      text_ += more;
    }
  }
  static Event read(const std::string& block) {
    const auto field = [&](std::string_view name) {
      const auto at = block.find("\n" + std::string(name) + ": ") + name.size() + 3;
      return block.substr(at, block.find('\n', at) - at);
    };
    return {field("event"), boost::json::parse(field("data")).as_object()};
  }

  http::RawClient client_;
  http::Answer head_;
  std::string text_;
};

struct ChangeStreams : ApiFixture {
  ChangeStreams() {
    open_account();
    run(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example"})");
    run(R"({"type":"AddMember","user_id":"max","email":"max@acme.example"})");
    run(R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  }
  void run(std::string_view body) { EXPECT_EQ(command(body).status, 200U) << body; }
  void ask(std::string_view user) {
    EXPECT_EQ(command_as(token(user, "acme"), R"({"type":"RequestPreApproval","app_id":"notes"})").status, 200U);
  }
  // So many members u0, u1, ... who ask for the app.
  void ask_many(std::size_t count) {
    std::vector<std::future<bool>> done;
    const auto submit = [&](Caller caller, Command given) {
      Submission submission;
      submission.account_id = AccountId{"acme"};
      submission.caller = std::move(caller);
      submission.commands.push_back(std::move(given));
      auto promise = std::make_shared<std::promise<bool>>();
      done.push_back(promise->get_future());
      commands.submit(std::move(submission), [promise](const Outcome& outcome) {
        promise->set_value(std::holds_alternative<Committed>(outcome));
      });
    };
    for (std::size_t number = 0; number < count; ++number) {
      const auto user = "u" + std::to_string(number);
      submit({ActorType::service, "directory", false, true},
             AddMember{UserId{user}, user + "@acme.example", user, {}, {}});
      submit({ActorType::user, user, false, false}, RequestPreApproval{AppId{"notes"}, {}, {}});
    }
    EXPECT_TRUE(std::ranges::all_of(done, [](std::future<bool>& one) { return one.get(); }));
  }
  Follower follow(std::string_view target, std::string_view user) {
    return {server.port(), "/v1/accounts/acme/" + std::string(target), token(user, "acme")};
  }
};

TEST_F(ChangeStreams, ARequesterHearsOfTheDecision) {
  ask("mia");
  auto own = follow("requests?user_id=me", "mia");
  EXPECT_EQ(own.head().status, 200U);
  EXPECT_EQ(own.head().header("Content-Type"), "text/event-stream");
  auto events = own.next_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().name, "request");
  EXPECT_EQ(events.front().data.at("status").as_string(), "pending");
  ask("max");
  run(R"({"type":"ApproveRequests","app_id":"notes","user_ids":["mia"],"reason":"Go on"})");
  do
    events = own.next_events();
  while (events.empty());
  ASSERT_EQ(events.size(), 1U) << "nothing of somebody else's request";
  EXPECT_EQ(events.front().data.at("status").as_string(), "approved");
  EXPECT_EQ(events.front().data.at("decision").at("reason").as_string(), "Go on");
}

TEST_F(ChangeStreams, OneEventThatSettlesManyIsToldToEach) {
  ask("mia");
  auto own = follow("requests", "mia");
  EXPECT_EQ(own.next_events().size(), 1U);
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  std::vector<Event> events;
  do
    events = own.next_events();
  while (events.empty());
  EXPECT_EQ(events.front().data.at("status").as_string(), "approved");
}

TEST_F(ChangeStreams, OneRequestIsToldUntilItIsDecided) {
  ask("mia");
  const auto id = json_of(get("/v1/accounts/acme/requests", owner)).at("items").at(0).at("request_id");
  auto own = follow("requests/" + std::string(id.as_string()), "mia");
  auto events = own.next_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().name, "request");
  EXPECT_EQ(events.front().data.at("status").as_string(), "pending");
  run(R"({"type":"RejectRequests","kind":"pre_approval","app_id":"notes","user_ids":["mia"]})");
  do
    events = own.next_events();
  while (events.empty());
  EXPECT_EQ(events.front().data.at("status").as_string(), "rejected");
}

TEST_F(ChangeStreams, EndSoonWhenNobodyReadsThemAnyMore) {
  auto inbox = follow("app-requests?state=active", "olga");
  EXPECT_THAT(inbox.next_events(), testing::SizeIs(0));
  inbox.hang_up();
  EXPECT_TRUE(inbox.ended()) << "before the next sign of life is due";
}

TEST_F(ChangeStreams, TheInboxShowsAppsComeAndGo) {
  auto inbox = follow("app-requests?state=active", "olga");
  EXPECT_THAT(inbox.next_events(), testing::SizeIs(0));
  ask("mia");
  std::vector<Event> events;
  do
    events = inbox.next_events();
  while (events.empty());
  EXPECT_EQ(events.front().name, "app");
  EXPECT_EQ(events.front().data.at("pending").to_number<int>(), 1);
  run(R"({"type":"RejectRequests","kind":"pre_approval","app_id":"notes","user_ids":["mia"]})");
  do
    events = inbox.next_events();
  while (events.empty());
  EXPECT_EQ(events.front().name, "removed");
  EXPECT_EQ(events.front().data.at("id").as_string(), "notes");
}

TEST_F(ChangeStreams, AListIsFollowedPastItsFirstPage) {
  ask_many(page_size_max + 20);
  auto inbox = follow("requests?status=pending", "olga");
  EXPECT_THAT(inbox.next_events(), testing::SizeIs(page_size_max + 20));
  ask("mia");  // the newest comes first, and none slides off
  std::vector<Event> events;
  do
    events = inbox.next_events();
  while (events.empty());
  ASSERT_THAT(events, testing::SizeIs(1));
  EXPECT_EQ(events.front().name, "request");
  run(R"({"type":"RejectRequests","kind":"pre_approval","app_id":"notes","user_ids":["u0"]})");
  do
    events = inbox.next_events();
  while (events.empty());
  ASSERT_THAT(events, testing::SizeIs(1));
  EXPECT_EQ(events.front().name, "removed") << "the oldest, which no page of before had";
}

TEST_F(ChangeStreams, AListThatIsTooLongToBeFollowedWholeSaysSo) {
  ask_many(followed_items_max + 1);
  auto inbox = follow("requests?status=pending", "olga");
  auto events = inbox.next_events();
  ASSERT_THAT(events, testing::SizeIs(followed_items_max + 1));
  EXPECT_EQ(events.back().name, "truncated");
  EXPECT_TRUE(events.back().data.at("truncated").as_bool());
  EXPECT_EQ(events.back().data.at("followed").to_number<std::size_t>(), followed_items_max);
  ask("mia");
  do
    events = inbox.next_events();
  while (events.empty());
  ASSERT_THAT(events, testing::SizeIs(2)) << "what it pushed behind the bound is told with that";
  EXPECT_EQ(events.back().name, "removed");
  EXPECT_TRUE(events.back().data.at("truncated").as_bool());
  run(R"({"type":"RejectRequests","kind":"pre_approval","app_id":"notes","user_ids":["u5","u6"]})");
  do
    events = inbox.next_events();
  while (events.empty());
  ASSERT_THAT(events, testing::SizeIs(5)) << "two are gone, the last two are told, and that they were the last";
  EXPECT_EQ(events.at(2).name, "removed");
  EXPECT_FALSE(events.at(2).data.contains("truncated"));
  EXPECT_FALSE(events.back().data.at("truncated").as_bool());
}

TEST_F(ChangeStreams, APageCannotBeFollowed) {
  for (const std::string query : {"page_size=5", "next_page_token=x"})
    EXPECT_EQ(code_of(get("/v1/accounts/acme/requests?" + query, owner, {{"Accept", "text/event-stream"}})),
              "invalid_parameter");
}

TEST_F(ChangeStreams, EndsWithTheRightToIt) {
  EXPECT_EQ(follow("app-requests", "mia").head().status, 403U);
  run(R"({"type":"AddMember","user_id":"ada","email":"ada@acme.example","role":"admin"})");
  auto inbox = follow("app-requests", "ada");
  EXPECT_EQ(inbox.head().status, 200U);
  inbox.next_events();
  run(R"({"type":"RemoveMember","user_id":"ada"})");
  while (!inbox.next_events().empty()) {
  }
  EXPECT_TRUE(inbox.ended());
}

TEST_F(ChangeStreams, EndsWhenTheServerStops) {
  auto own = follow("requests", "mia");
  own.next_events();
  application.begin_stop();
  EXPECT_TRUE(own.ended());
}

TEST_F(ChangeStreams, OnlyAListThatCanBeFollowedIs) {
  const auto accept = [](const char* type) { return Headers{{"Accept", type}}; };
  EXPECT_EQ(get("/v1/accounts/acme/members", owner, accept("text/event-stream")).status, 406U);
  EXPECT_EQ(get("/v1/accounts/acme/requests", owner, accept("*/*")).header("Content-Type"), "application/json");
  EXPECT_EQ(get("/v1/accounts/acme/requests", owner, accept("text/event-stream;q=0.5, application/json"))
                .header("Content-Type"),
            "application/json");
  // Who likes the stream better gets it.
  Follower preferred(server.port(), "/v1/accounts/acme/requests", owner, "application/json;q=0.5, text/event-stream");
  EXPECT_EQ(preferred.head().header("Content-Type"), "text/event-stream");
}

}  // namespace
}  // namespace gatehouse::api
