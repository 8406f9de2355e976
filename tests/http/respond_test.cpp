#include "http/respond.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

struct RecordingSink final : AnswerSink {
  void deliver(AnswerTicket ticket, Response response) override {
    events.push_back(std::to_string(ticket.sequence) + ":" + std::string{body_text(response.body)});
  }
  void abandon(AnswerTicket ticket) override { events.push_back(std::to_string(ticket.sequence) + " abandoned"); }

  void nudge(AnswerTicket ticket) override { events.push_back(std::to_string(ticket.sequence) + " nudged"); }

  std::vector<std::string> events;
};

using testing::ElementsAre;

TEST(Respond, delivers_its_answer_once) {
  const auto sink = std::make_shared<RecordingSink>();
  {
    Respond respond{sink, {.connection = 1, .sequence = 4}};
    EXPECT_TRUE(respond);
    respond({.body = "hello"});
    EXPECT_FALSE(respond);
  }
  EXPECT_THAT(sink->events, ElementsAre("4:hello"));
}

TEST(Respond, says_so_when_it_is_dropped_unused) {
  const auto sink = std::make_shared<RecordingSink>();
  { const Respond respond{sink, {.connection = 1, .sequence = 5}}; }
  EXPECT_THAT(sink->events, ElementsAre("5 abandoned"));
}

TEST(Respond, hands_its_right_on_when_moved) {
  const auto sink = std::make_shared<RecordingSink>();
  {
    Respond first{sink, {.connection = 1, .sequence = 1}};
    Respond second{std::move(first)};
    Respond third{sink, {.connection = 1, .sequence = 3}};
    third = std::move(second);
    EXPECT_THAT(sink->events, ElementsAre("3 abandoned"));
    third({.body = "x"});
  }
  EXPECT_THAT(sink->events, ElementsAre("3 abandoned", "1:x"));
}

TEST(RespondDeathTest, ends_the_process_when_used_twice) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto answer_twice = [] {
    Respond respond{std::make_shared<RecordingSink>(), {}};
    respond({});
    respond({});
  };
  EXPECT_DEATH(answer_twice(), "sink_");
}

}  // namespace
}  // namespace gatehouse::http
