#include "store/row_cache.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

using Value = RowCache::Value;

constexpr std::size_t ample_bytes = 64U << 20;

// As often as it takes to be kept.
void read(RowCache& cache, std::string_view key, const Value& value, std::uint64_t group) {
  cache.remember(key, value, group);
  cache.remember(key, value, group);
}

TEST(RowCache, knows_nothing_at_first) {
  RowCache cache(ample_bytes);
  EXPECT_FALSE(cache.find("a", 1).has_value());
}

TEST(RowCache, keeps_that_there_was_nothing_when_it_was_looked_for_twice) {
  RowCache cache(ample_bytes);
  cache.remember("a", std::nullopt, 5);
  EXPECT_FALSE(cache.find("a", 5).has_value());
  cache.remember("a", std::nullopt, 5);
  EXPECT_EQ(cache.find("a", 5).value(), Value());
}

TEST(RowCache, does_not_keep_what_was_written_and_read_by_nobody) {
  RowCache cache(ample_bytes);
  cache.written("a", "1", 5);
  EXPECT_FALSE(cache.find("a", 5).has_value());
  cache.remember("a", "1", 5);
  EXPECT_EQ(cache.find("a", 5).value(), Value("1"));
}

TEST(RowCache, keeps_what_was_read_and_that_there_was_nothing_to_read) {
  RowCache cache(ample_bytes);
  read(cache, "a", "1", 5);
  read(cache, "b", std::nullopt, 5);
  EXPECT_EQ(cache.find("a", 5).value(), Value("1"));
  EXPECT_EQ(cache.find("a", 9).value(), Value("1"));
  EXPECT_EQ(cache.find("b", 5).value(), Value());
}

TEST(RowCache, does_not_answer_a_snapshot_from_before_it_knows) {
  RowCache cache(ample_bytes);
  read(cache, "a", "1", 5);
  EXPECT_FALSE(cache.find("a", 4).has_value());
  cache.written("a", "2", 6);
  EXPECT_FALSE(cache.find("a", 5).has_value());
  EXPECT_EQ(cache.find("a", 6).value(), Value("2"));
}

TEST(RowCache, a_slow_reader_cannot_put_back_what_was_overwritten) {
  RowCache cache(ample_bytes);
  cache.written("a", "2", 6);
  read(cache, "a", "1", 5);
  EXPECT_FALSE(cache.find("a", 6).has_value());
  read(cache, "a", "2", 6);
  EXPECT_EQ(cache.find("a", 6).value(), Value("2"));
}

TEST(RowCache, a_slow_reader_cannot_put_back_what_was_overwritten_and_then_driven_out) {
  RowCache cache(0);
  cache.written("a", "2", 6);
  EXPECT_FALSE(cache.find("a", 6).has_value());
  RowCache small(ample_bytes);
  small.written("a", std::string(ample_bytes, 'x'), 6);
  read(small, "a", "1", 5);
  EXPECT_FALSE(small.find("a", 6).has_value());
  read(small, "a", "2", 6);
  EXPECT_EQ(small.find("a", 6).value(), Value("2"));
}

TEST(RowCache, an_erased_row_is_known_to_be_gone) {
  RowCache cache(ample_bytes);
  read(cache, "a", "1", 5);
  cache.written("a", std::nullopt, 6);
  EXPECT_EQ(cache.find("a", 6).value(), Value());
}

TEST(RowCache, a_rewritten_row_is_as_new_and_may_outgrow_what_is_kept) {
  constexpr std::size_t bytes = 1U << 20;
  RowCache cache(bytes);
  read(cache, "a", "1", 5);
  cache.written("a", std::string(100, 'x'), 6);
  EXPECT_EQ(cache.find("a", 6).value(), Value(std::string(100, 'x')));
  cache.written("a", std::string(bytes, 'x'), 7);
  EXPECT_FALSE(cache.find("a", 7).has_value());
  read(cache, "a", "1", 6);
  EXPECT_FALSE(cache.find("a", 7).has_value());
  read(cache, "a", "2", 7);
  cache.written("a", "3", 8);
  EXPECT_EQ(cache.find("a", 8).value(), Value("3"));
}

TEST(RowCache, rewriting_one_row_counts_its_bytes_once) {
  RowCache cache(1U << 20);
  read(cache, "b", "kept", 1);
  for (std::uint64_t group = 2; group < 100'000; ++group)
    cache.written("a", std::string(group % 1'000, 'x'), group);
  EXPECT_EQ(cache.find("b", 100'000).value(), Value("kept"));
}

TEST(RowCache, forgets_the_longest_unused_when_full) {
  constexpr int rows = 10'000;
  RowCache cache(1U << 20);
  read(cache, "used", "value", 1);
  int kept = 0;
  for (int row = 0; row < rows; ++row) {
    read(cache, std::to_string(row), "value", 1);
    EXPECT_TRUE(cache.find("used", 1).has_value());
  }
  for (int row = 0; row < rows; ++row)
    kept += cache.find(std::to_string(row), 1).has_value() ? 1 : 0;
  EXPECT_GT(kept, 1'000);
  EXPECT_LT(kept, 8'000);
  EXPECT_FALSE(cache.find("0", 1).has_value());
}

}  // namespace
}  // namespace gatehouse
