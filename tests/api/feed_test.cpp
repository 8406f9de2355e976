// An account's events as a feed, over a real socket: from any place, live, with filters, and again where it broke off.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <future>
#include <gmock/gmock.h>
#include <latch>
#include <thread>

#include "api/feed/feed_run.hpp"
#include "api/json/text_writer.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A client of one feed, that reads when it is told to.
class Reader {
 public:
  Reader(std::uint16_t port, const std::string& query, const std::string& token,
         const std::string& headers = "Accept: application/x-ndjson\r\n")
      : client_(port) {
    client_.send("GET /v1/accounts/acme/events" + query + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                 "Authorization: Bearer " + token + "\r\n\r\n");
    head_ = client_.receive_answer(true);
  }

  [[nodiscard]] const http::Answer& head() const { return head_; }
  // The text up to a separator; empty when the feed has ended.
  std::string next(std::string_view separator) {
    for (;;) {
      if (const auto end = text_.find(separator); end != std::string::npos) {
        auto part = text_.substr(0, end);
        text_.erase(0, end + separator.size());
        return part;
      }
      const auto more = client_.receive_some();
      if (more.empty())
        return {};
      text_ += more;
    }
  }
  // Versions of the events up to the next heartbeat, whose position is kept.
  std::vector<std::uint64_t> versions() {
    std::vector<std::uint64_t> versions;
    for (auto line = next("\n"); !line.empty(); line = next("\n")) {
      const auto object = boost::json::parse(line).as_object();
      if (const auto* beat = object.if_contains("heartbeat")) {
        position_ = beat->at("position").to_number<std::uint64_t>();
        return versions;
      }
      versions.push_back(object.at("account_version").to_number<std::uint64_t>());
    }
    ended_ = true;
    return versions;
  }
  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  http::RawClient client_;
  http::Answer head_;
  std::string text_;
  std::uint64_t position_{};
  bool ended_ = false;
};

struct FeedTest : ApiFixture {
  FeedTest() { open_account(); }
  void block(bool blocked) {
    ASSERT_EQ(
        command(std::string(R"({"type":"SetUserInstallBlock","blocked":)") + (blocked ? "true}" : "false}")).status,
        200U);
  }
  std::string auditor = token("audrey", "acme", "auditor");
};

TEST_F(FeedTest, tells_what_is_there_and_then_what_happens_without_gap_or_double) {
  Reader feed(server.port(), "", auditor);
  EXPECT_EQ(feed.head().header("Content-Type"), "application/x-ndjson");
  EXPECT_THAT(feed.versions(), ElementsAre(1, 2));
  EXPECT_EQ(feed.position(), log.head().value);
  std::vector<std::uint64_t> told;
  for (std::uint64_t round = 0; round < 20; ++round) {
    block(round % 2 == 0);
    if (round % 5 == 4) {
      for (const auto version : feed.versions())
        told.push_back(version);
    }
  }
  while (told.size() < 20) {
    for (const auto version : feed.versions())
      told.push_back(version);
  }
  ASSERT_THAT(told, SizeIs(20));
  for (std::size_t index = 0; index < told.size(); ++index)
    EXPECT_EQ(told[index], index + 3);
}

TEST_F(FeedTest, goes_on_after_a_position_a_time_or_the_last_event_that_a_client_knows) {
  block(true);
  const auto second = std::to_string(log.read_stream(AccountId{"acme"}, 1, 1).events.front().position.value);
  EXPECT_THAT(Reader(server.port(), "?after=" + second, auditor).versions(), ElementsAre(3));
  EXPECT_THAT(Reader(server.port(), "?after=" + std::to_string(log.head().value), auditor).versions(), IsEmpty());
  EXPECT_THAT(Reader(server.port(), "?from=2020-01-01T00:00:00Z", auditor).versions(), ElementsAre(1, 2, 3));
  EXPECT_THAT(
      Reader(server.port(), "?after=0", auditor, "Accept: application/x-ndjson\r\nLast-Event-ID: " + second + "\r\n")
          .versions(),
      ElementsAre(3));
  const auto bad = get("/v1/accounts/acme/events", auditor, {{"Accept", "text/event-stream"}, {"Last-Event-ID", "x"}});
  EXPECT_EQ(code_of(bad), "invalid_parameter");
}

TEST_F(FeedTest, refuses_a_place_beyond_the_end_because_the_log_has_lost_what_the_reader_knows) {
  const auto head = std::to_string(log.head().value);
  const auto beyond = std::to_string(log.head().value + 1);
  const Headers accept{{"Accept", "text/event-stream"}};
  auto known = accept;
  known.emplace_back("Last-Event-ID", beyond);
  for (const auto& refused : {get("/v1/accounts/acme/events?after=" + beyond, auditor, accept),
                              get("/v1/accounts/acme/events", auditor, known)}) {
    EXPECT_EQ(refused.status, 409U);
    EXPECT_EQ(code_of(refused), "position_beyond_end");
    EXPECT_EQ(std::to_string(json_of(refused).at("end").to_number<std::uint64_t>()), head);
  }
}

TEST_F(FeedTest, refuses_what_has_a_meaning_for_lists_alone) {
  for (const auto* name : {"page_size=2", "min_position=1", "next_page_token=x", "consistency=eventual"}) {
    const auto refused =
        get("/v1/accounts/acme/events?" + std::string(name), auditor, {{"Accept", "application/x-ndjson"}});
    EXPECT_EQ(code_of(refused), "invalid_parameter") << name;
  }
}

TEST_F(FeedTest, is_counted_while_somebody_follows_it) {
  const auto open_feeds = [this] {
    const auto text = get("/metrics", "").body;
    const std::string name = "\ngatehouse_feeds_open ";
    return text.substr(text.find(name) + name.size(), 1);
  };
  EXPECT_EQ(open_feeds(), "0");
  {
    Reader feed(server.port(), "", auditor);
    EXPECT_FALSE(feed.versions().empty());
    EXPECT_EQ(open_feeds(), "1");
  }
  for (int round = 0; round < 500 && open_feeds() != "0"; ++round)
    block(round % 2 == 0);
  EXPECT_EQ(open_feeds(), "0");
}

TEST_F(FeedTest, tells_nothing_before_its_time_has_come) {
  Reader feed(server.port(), "?from=2099-01-01T00:00:00Z", auditor);
  EXPECT_THAT(feed.versions(), IsEmpty());
  block(true);
  do
    EXPECT_THAT(feed.versions(), IsEmpty());
  while (feed.position() < log.head().value && !feed.ended());
  EXPECT_EQ(feed.position(), log.head().value) << "it says how far it is, though there was nothing to tell";
}

TEST_F(FeedTest, passes_over_what_the_filters_do_not_want_and_says_how_far_it_is) {
  Reader feed(server.port(), "?type=UserInstallBlockChanged", auditor);
  EXPECT_THAT(feed.versions(), IsEmpty());
  EXPECT_EQ(feed.position(), log.head().value);
  ASSERT_EQ(command(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})").status, 200U);
  block(true);
  std::vector<std::uint64_t> told;
  while (told.empty())
    told = feed.versions();
  EXPECT_THAT(told, ElementsAre(4));
  EXPECT_EQ(feed.position(), log.head().value);
  EXPECT_EQ(code_of(get("/v1/accounts/acme/events?type=None", auditor, {{"Accept", "text/event-stream"}})),
            "invalid_parameter");
}

TEST_F(FeedTest, ends_at_a_limit_or_when_its_time_is_over) {
  block(true);
  Reader limited(server.port(), "?limit=2", auditor);
  EXPECT_THAT(limited.versions(), ElementsAre(1, 2));
  EXPECT_TRUE(limited.ended());
  Reader past(server.port(), "?to=2099-01-01T00:00:00Z&limit=3", auditor);
  EXPECT_THAT(past.versions(), ElementsAre(1, 2, 3));
  Reader over(server.port(), "?to=2020-01-01T00:00:00Z", auditor);
  EXPECT_THAT(over.versions(), IsEmpty());
  EXPECT_THAT(over.versions(), IsEmpty());
  EXPECT_TRUE(over.ended());
}

TEST_F(FeedTest, has_nothing_for_an_event_source_that_comes_again_after_its_end) {
  const auto last = std::to_string(log.head().value);
  const auto come = [&](const std::string& to, const std::string& id) {
    const auto headers = "Accept: text/event-stream\r\nLast-Event-ID: " + id + "\r\n";
    return Reader(server.port(), "?to=" + to, auditor, headers).head().status;
  };
  EXPECT_EQ(come("2099-01-01T00:00:00Z", last), 200U);
  const auto past = time_text({wall_clock().unix_ms + 1});
  std::this_thread::sleep_for(std::chrono::milliseconds{5});
  EXPECT_EQ(come(past, "1"), 200U) << "it has not been told everything";
  block(false);
  EXPECT_EQ(come(past, last), 204U) << "though the account goes on";
}

TEST_F(FeedTest, ends_soon_after_its_end_has_come) {
  const auto end = time_text({wall_clock().unix_ms + 1'500});
  Reader feed(server.port(), "?to=" + end, auditor);
  EXPECT_THAT(feed.versions(), ElementsAre(1, 2));
  block(true);
  EXPECT_THAT(feed.versions(), ElementsAre(3));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THAT(feed.versions(), IsEmpty());
  EXPECT_TRUE(feed.ended());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, feed_heartbeat / 2) << "not with the next heartbeat";
}

TEST_F(FeedTest, does_not_end_while_what_was_decided_by_then_is_being_written) {
  std::latch begun(1), let_go(1);
  const auto held = log.on_append([&](Position) {
    begun.count_down();
    let_go.wait();
  });
  std::thread writer([this] { block(true); });
  begun.wait();
  // Events may be decided and written within a millisecond.
  const Timestamp end{wall_clock().unix_ms + 1};
  while (wall_clock() <= end)
    std::this_thread::yield();
  Reader feed(server.port(), "?to=" + time_text(end), auditor);
  EXPECT_THAT(feed.versions(), ElementsAre(1, 2, 3));
  auto rest = std::async(std::launch::async, [&feed] { return feed.versions(); });
  EXPECT_EQ(rest.wait_for(std::chrono::milliseconds{200}), std::future_status::timeout);
  let_go.count_down();
  writer.join();
  EXPECT_THAT(rest.get(), IsEmpty());
  EXPECT_TRUE(feed.ended());
}

TEST_F(FeedTest, is_an_event_stream_of_cloud_events_whose_ids_are_positions) {
  Reader feed(server.port(), "", auditor, "Accept: text/event-stream\r\n");
  EXPECT_EQ(feed.head().header("Content-Type"), "text/event-stream");
  EXPECT_EQ(feed.next("\n\n"), "retry: 2000");
  const auto event = feed.next("\n\n");
  const auto data = boost::json::parse(event.substr(event.find("data: ") + 6)).as_object();
  const auto position = log.read_stream(AccountId{"acme"}, 0, 1).events.front().position.value;
  EXPECT_TRUE(event.starts_with("id: " + std::to_string(position) + "\n")) << event;
  EXPECT_EQ(data.at("type").as_string(), "appgov.account_opened.v1");
  EXPECT_EQ(data.at("subject").as_string(), "acme");
  static_cast<void>(feed.next("\n\n"));
  const auto head = std::to_string(log.head().value);
  EXPECT_EQ(feed.next("\n\n"), ": position " + head + "\nid: " + head);
}

TEST_F(FeedTest, ends_for_whoever_may_read_no_longer) {
  ASSERT_EQ(
      command(R"({"type":"DefineRole","role":{"id":"viewers","name":"Viewers","privileges":["MarketPlace:Read"]}})")
          .status,
      200U);
  ASSERT_EQ(
      command(R"({"type":"AddMember","user_id":"vera","email":"vera@acme.example","name":"Vera","role":"viewers"})")
          .status,
      200U);
  Reader feed(server.port(), "", token("vera", "acme"));
  EXPECT_FALSE(feed.versions().empty());
  ASSERT_EQ(command(R"({"type":"RemoveMember","user_id":"vera"})").status, 200U);
  EXPECT_THAT(feed.versions(), IsEmpty());
  EXPECT_TRUE(feed.ended());
}

TEST_F(FeedTest, many_readers_that_do_not_read_hold_up_neither_commands_nor_those_who_do) {
  std::vector<std::unique_ptr<Reader>> sleeping;
  for (int number = 0; number < 50; ++number)
    sleeping.push_back(std::make_unique<Reader>(server.port(), "", auditor));
  Reader awake(server.port(), "", auditor);
  std::vector<std::uint64_t> told = awake.versions();
  for (int round = 0; round < 30; ++round)
    block(round % 2 == 0);
  while (told.size() < 32) {
    for (const auto version : awake.versions())
      told.push_back(version);
  }
  for (std::size_t index = 0; index < told.size(); ++index)
    EXPECT_EQ(told[index], index + 1);
  for (const auto& reader : sleeping) {
    auto seen = reader->versions();
    while (seen.size() < 32) {
      for (const auto version : reader->versions())
        seen.push_back(version);
    }
    EXPECT_EQ(seen, told);
  }
}

}  // namespace
}  // namespace gatehouse::api
