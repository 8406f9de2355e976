#include "tracing/span.hpp"

#include <gtest/gtest.h>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace gatehouse::tracing {
namespace {

template <std::size_t size>
std::string text_of(const std::array<char, size>& characters) {
  return {characters.data(), characters.size()};
}

// The cases are those of the specification's own test suite (w3c/trace-context, test/test.py).
constexpr std::string_view known = "00-12345678901234567890123456789012-1234567890123456-01";

TEST(Traceparent, names_the_trace_and_whose_request_it_is) {
  const auto parent = parse_traceparent(known);
  ASSERT_TRUE(parent);
  EXPECT_EQ(text_of(hex(parent->trace_id)), "12345678901234567890123456789012");
  EXPECT_EQ(text_of(hex(parent->span_id)), "1234567890123456");
  EXPECT_TRUE(parse_traceparent("00-12345678901234567890123456789012-1234567890123456-00"));
  EXPECT_TRUE(parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff"));
}

TEST(Traceparent, of_a_later_version_may_go_on_behind_the_parts_that_are_known) {
  for (const auto* header : {"cc-12345678901234567890123456789012-1234567890123456-01",
                             "cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
                             "01-12345678901234567890123456789012-1234567890123456-01-"})
    EXPECT_TRUE(parse_traceparent(header)) << header;
  for (const auto* header : {"cc-12345678901234567890123456789012-1234567890123456-01.what-the-future-will-be-like",
                             "cc-12345678901234567890123456789012-1234567890123456-0",
                             "ff-12345678901234567890123456789012-1234567890123456-01"})
    EXPECT_FALSE(parse_traceparent(header)) << header;
}

TEST(Traceparent, is_nothing_unless_all_of_it_is_valid) {
  for (const auto* header : {"",
                             "00",
                             "00-",
                             "00-12345678901234567890123456789012-1234567890123456",
                             "00-12345678901234567890123456789012-1234567890123456-0",
                             "00-12345678901234567890123456789012-1234567890123456-01-",
                             "00-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
                             "00-12345678901234567890123456789012-1234567890123456-011",
                             "0-12345678901234567890123456789012-1234567890123456-001",
                             "000-12345678901234567890123456789012-1234567890123456-1",
                             ".0-12345678901234567890123456789012-1234567890123456-01",
                             "0.-12345678901234567890123456789012-1234567890123456-01",
                             "00-00000000000000000000000000000000-1234567890123456-01",
                             "00-12345678901234567890123456789012-0000000000000000-01",
                             "00-ABCDEF78901234567890123456789012-1234567890123456-01",
                             "00-12345678901234567890123456789012-123456789012345A-01",
                             "00-12345678901234567890123456789012-1234567890123456-0A",
                             "00-.2345678901234567890123456789012-1234567890123456-01",
                             "00-12345678901234567890123456789012-.234567890123456-01",
                             "00-12345678901234567890123456789012-1234567890123456-.0",
                             "00-1234567890123456789012345678901-1234567890123456-010",
                             "00-123456789012345678901234567890123-1234567890123456-1",
                             "00_12345678901234567890123456789012_1234567890123456_01",
                             "00-12345678901234567890123456789012-1234567890123456-01,00-"
                             "12345678901234567890123456789012-1234567890123456-01"})
    EXPECT_FALSE(parse_traceparent(header)) << header;
}

TEST(Span, of_a_trace_that_goes_on_has_an_id_of_its_own) {
  const auto span = continue_trace(*parse_traceparent(known));
  EXPECT_EQ(text_of(hex(span.trace_id)), "12345678901234567890123456789012");
  EXPECT_EQ(text_of(hex(span.parent)), "1234567890123456");
  EXPECT_FALSE(span.id.is_nil());
  EXPECT_NE(span.id, span.parent);
  EXPECT_NE(span.id, continue_trace(*parse_traceparent(known)).id);
}

TEST(Span, that_begins_a_trace_has_no_parent_and_sorts_by_its_time) {
  const auto earlier = begin_trace(1'763'900'000'123);
  const auto later = begin_trace(1'763'900'000'124);
  EXPECT_TRUE(earlier.parent.is_nil());
  EXPECT_LT(earlier.trace_id, later.trace_id);
  EXPECT_EQ(earlier.trace_id.bytes[6] >> 4U, 7);
}

TEST(Span, has_ids_that_differ_between_threads) {
  constexpr int threads_count = 4, spans = 1'000;
  std::mutex mutex;
  std::set<SpanId> ids;
  std::set<Uuid> traces;
  std::vector<std::thread> threads;
  for (int index = 0; index < threads_count; ++index)
    threads.emplace_back([&] {
      for (int made = 0; made < spans; ++made) {
        const auto span = begin_trace(1);
        const std::lock_guard lock(mutex);
        ids.insert(span.id);
        traces.insert(span.trace_id);
      }
    });
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(ids.size(), std::size_t{threads_count * spans});
  EXPECT_EQ(traces.size(), std::size_t{threads_count * spans});
}

TEST(Span, writes_a_header_that_the_next_one_reads) {
  const auto event = begin_trace(1).trace_id;
  const auto sent = follow_up(event);
  const auto header = traceparent(sent);
  EXPECT_EQ(header, "00-" + text_of(hex(event)) + "-" + text_of(hex(sent.id)) + "-01");
  const auto parent = parse_traceparent(header);
  ASSERT_TRUE(parent);
  EXPECT_EQ(parent->trace_id, event);
  EXPECT_EQ(parent->span_id, sent.id);
}

}  // namespace
}  // namespace gatehouse::tracing
