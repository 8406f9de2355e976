// Bodies that go on: what a writer appends arrives, in order, until one of the two sides has enough.
#include "http/body_stream.hpp"

#include <gmock/gmock.h>
#include <thread>

#include "tests/http/server_fixture.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::http {
namespace {

struct BodyStream : ServerFixture {
  // The next request's answer begins, and the test goes on with it.
  std::unique_ptr<BodyWriter> begin(RawClient& client, std::string_view request = get_a) {
    serve_held();
    client.send(request);
    EXPECT_TRUE(held.wait_for(++asked));
    auto [writer, reader] = make_body_stream();
    held.answer(asked - 1, {.content_type = "text/event-stream", .body = std::move(reader)});
    return std::move(writer);
  }
  void serve_held() {
    if (!server)
      serve(held.handler());
  }

  std::size_t asked = 0;
};

TEST_F(BodyStream, IsSentAsItGrowsAndEndsWithItsWriter) {
  serve_held();
  auto client = connect();
  auto writer = begin(client);
  const auto head = client.receive_answer(true).head;
  EXPECT_THAT(head, testing::HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(head, testing::Not(testing::HasSubstr("Content-Length")));
  EXPECT_TRUE(writer->append("one "));
  EXPECT_EQ(client.receive_some(), "one ");
  std::thread([&] { EXPECT_TRUE(writer->append("two")); }).join();
  EXPECT_EQ(client.receive_some(), "two");
  writer.reset();
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(BodyStream, IsSentWholeHoweverMuchThereIs) {
  serve_held();
  auto client = connect();
  auto writer = begin(client);
  std::string all;
  for (int part = 0; part < 400; ++part) {
    const std::string text(20'000, static_cast<char>('a' + part % 26));
    all += text;
    writer->append(text);
  }
  writer.reset();
  client.receive_answer(true);
  EXPECT_EQ(client.receive_rest(), all);
}

TEST_F(BodyStream, WaitsForASlowReaderOnTheWritersSide) {
  serve_held();
  auto client = connect();
  auto writer = begin(client);
  const std::string text(1U << 20U, 'x');
  for (int part = 0; part < 32; ++part)
    writer->append(text);
  EXPECT_GT(writer->unread_bytes(), 0U);
  writer.reset();
  client.receive_answer(true);
  EXPECT_EQ(client.receive_rest().size(), 32 * text.size());
}

TEST(BodyWriter, IsToldOnceWhenEverythingIsTaken) {
  auto [writer, reader] = make_body_stream();
  int told = 0;
  writer->when_read([&] { ++told; });
  EXPECT_EQ(told, 1) << "there is nothing to take";
  writer->append("text");
  writer->when_read([&] { ++told; });
  EXPECT_EQ(told, 1);
  std::string taken;
  EXPECT_TRUE(reader->take(taken));
  EXPECT_EQ(told, 2);
  writer->append("more");
  EXPECT_TRUE(reader->take(taken));
  EXPECT_EQ(told, 2);
}

TEST(BodyWriter, IsToldWhenNobodyWillTakeAnything) {
  auto [writer, reader] = make_body_stream();
  int told = 0;
  writer->append("text");
  writer->when_read([&] { ++told; });
  reader.reset();
  EXPECT_EQ(told, 1);
  writer->when_read([&] { ++told; });
  EXPECT_EQ(told, 2);
}

TEST_F(BodyStream, TellsItsWriterWhenTheClientHasGone) {
  serve_held();
  std::unique_ptr<BodyWriter> writer;
  {
    auto client = connect();
    writer = begin(client);
    client.receive_answer(true);
    client.reset();
  }
  EXPECT_TRUE(eventually([&] { return !writer->append("is anybody there? "); }));
  EXPECT_TRUE(writer->abandoned());
}

TEST_F(BodyStream, IsAbandonedWhenItsAnswerIsNeverSent) {
  serve_held();
  auto client = connect();
  client.send(get_a);
  EXPECT_TRUE(held.wait_for(1));
  client.reset();
  EXPECT_TRUE(eventually([&] { return server->counters().connections_closed == 1; }));
  auto [writer, reader] = make_body_stream();
  held.answer(0, {.body = std::move(reader)});
  EXPECT_TRUE(eventually([&] { return writer->abandoned(); }));
}

TEST_F(BodyStream, HasNoBodyForHead) {
  serve_held();
  auto client = connect();
  auto writer = begin(client, "HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive_answer(true).status, 200U);
  EXPECT_TRUE(eventually([&] { return writer->abandoned(); }));
}

TEST_F(BodyStream, EndsWhenTheServerStops) {
  serve_held();
  auto client = connect();
  auto writer = begin(client);
  writer->append("before");
  client.receive_answer(true);
  EXPECT_EQ(client.receive_some(), "before");
  server->stop();
  EXPECT_EQ(client.receive_rest(), "");
  EXPECT_TRUE(eventually([&] { return writer->abandoned(); }));
}

}  // namespace
}  // namespace gatehouse::http
