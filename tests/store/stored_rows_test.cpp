#include "store/stored_rows.hpp"

#include <gtest/gtest.h>

#include "store/event_chain.hpp"
#include "tests/store/drafts.hpp"

namespace gatehouse::testing {
namespace {

TEST(StoredRows, positions_sort_as_numbers) {
  EXPECT_LT(stored::log_key({255}), stored::log_key({256}));
  EXPECT_LT(stored::stream_version_key(AccountId("a"), 9), stored::stream_version_key(AccountId("a"), 10));
  EXPECT_EQ(stored::read_log_key(stored::log_key({0x0102030405060708})), Position{0x0102030405060708});
  EXPECT_EQ(stored::read_log_key("1234567"), std::nullopt);
}

TEST(StoredRows, a_log_row_is_the_frame_and_its_link) {
  const auto chain = numbered_digest(7);
  const std::string row = "frame" + std::string(as_bytes(chain));
  const auto read = stored::read_log_row(row);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->frame, "frame");
  EXPECT_EQ(read->chain, chain);
  EXPECT_FALSE(stored::read_log_row(std::string(31, 'x')));
}

TEST(StoredRows, a_command_record_comes_back) {
  CommandRecord record{numbered_digest(3), {77}, 5, 12, {start_unix_ms}, std::string("re\0sult", 7)};
  const auto bytes = stored::encode(record);
  const auto read = stored::read_command(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->request_digest, record.request_digest);
  EXPECT_EQ(read->first, record.first);
  EXPECT_EQ(read->event_count, 5U);
  EXPECT_EQ(read->account_version, 12U);
  EXPECT_EQ(read->recorded_at, record.recorded_at);
  EXPECT_EQ(read->result, record.result);
  EXPECT_EQ(stored::read_command_time(bytes), record.recorded_at);
}

TEST(StoredRows, bytes_of_another_kind_are_no_row) {
  const auto record = stored::encode(CommandRecord{});
  EXPECT_FALSE(stored::read_command(record.substr(1)));
  EXPECT_FALSE(stored::read_command('\2' + record.substr(1)));
  const auto head = stored::encode(StreamHead{4, {5}, {6}});
  EXPECT_EQ(stored::read_stream_head(head)->position, Position{5});
  EXPECT_FALSE(stored::read_stream_head(head + "x"));
  const auto log_head = stored::encode(stored::LogHead{{1, {2}, numbered_digest(3)}, {4}});
  EXPECT_EQ(stored::read_head(log_head)->mark, (LogMark{1, {2}, numbered_digest(3)}));
  EXPECT_EQ(stored::read_head(log_head)->log_time, Timestamp{4});
  EXPECT_FALSE(stored::read_head(log_head.substr(1)));
  EXPECT_EQ(stored::read_group_key(stored::group_key(9)), 9U);
  EXPECT_FALSE(stored::read_group_key(stored::log_key({9})));
}

TEST(EventChain, is_the_hash_of_the_link_before_and_the_frame) {
  EventChain chain;
  const auto first = chain.next(Digest{}, "one");
  EXPECT_EQ(first, sha256(std::string(32, '\0') + "one"));
  EXPECT_EQ(chain.next(first, "two"), sha256(std::string(as_bytes(first)) + "two"));
}

}  // namespace
}  // namespace gatehouse::testing
