#include "store/log_cut.hpp"

#include <gtest/gtest.h>

#include "tests/store/drafts.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

struct LogCut : ::testing::Test {
  LogCut() {
    options.data_dir = folder.path();
    options.reserve.ballast_bytes = 4096;
  }
  [[nodiscard]] std::unique_ptr<RocksEventLog> open() const {
    auto log = RocksEventLog::open(options);
    EXPECT_TRUE(log.has_value()) << to_text(log.error());
    return std::move(*log);
  }

  const TemporaryFolder folder;
  OpenOptions options;
};

TEST_F(LogCut, leaves_a_log_that_never_went_further) {
  std::vector<LogMark> marks;
  std::vector<std::string> texts;
  {
    const auto log = open();
    for (std::uint64_t count = 1; count <= 12; ++count) {
      append_until(*log, count);
      marks.push_back(log->mark());
    }
    texts = texts_of(log->read({}, 100));
  }
  for (const std::size_t end : {11U, 7U, 2U, 1U, 0U}) {
    SCOPED_TRACE(end);
    const auto cut = cut_log(options, Position{end});
    ASSERT_TRUE(cut.has_value()) << to_text(cut.error());
    const auto log = open();
    EXPECT_EQ(log->mark().position, Position{end});
    EXPECT_EQ(log->mark().chain, end == 0 ? Digest{} : marks[end - 1].chain);
    EXPECT_EQ(texts_of(log->read({}, 100)),
              std::vector<std::string>(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(end)));
    const auto verified = log->verify_chain({});
    EXPECT_TRUE(verified.has_value()) << to_text(verified.error());
  }
  const auto log = open();
  append_until(*log, 12);
  EXPECT_EQ(texts_of(log->read({}, 100)), texts) << "it takes the same again";
}

TEST_F(LogCut, is_refused_while_the_log_is_open) {
  const auto log = open();
  append_until(*log, 3);
  EXPECT_EQ(cut_log(options, {1}).error().kind, OpenErrorKind::locked);
  EXPECT_EQ(log->head(), Position{3});
}

TEST_F(LogCut, is_refused_beyond_the_end) {
  append_until(*open(), 3);
  EXPECT_EQ(cut_log(options, {4}).error().kind, OpenErrorKind::gap);
  EXPECT_EQ(open()->head(), Position{3});
}

TEST_F(LogCut, reads_a_copy_where_it_lies_if_it_goes_on_from_what_is_known) {
  LogMark early, late;
  {
    const auto log = open();
    append_until(*log, 4);
    early = log->mark();
    append_until(*log, 9);
    late = log->mark();
  }
  OpenOptions elsewhere;
  elsewhere.data_dir = folder.path() / "nothing";
  elsewhere.database_dir = folder.path() / "db";
  const auto copy = RocksEventLog::open_copy(elsewhere, early);
  ASSERT_TRUE(copy.has_value()) << to_text(copy.error());
  EXPECT_EQ((*copy)->mark(), late);
  EXPECT_EQ((*copy)->read_only_reason(), opened_read_only_reason);
  auto other = early;
  other.chain[0] ^= 1;
  EXPECT_EQ(RocksEventLog::open_copy(elsewhere, other).error().kind, OpenErrorKind::chain_broken);
  late.position.value += 1;
  EXPECT_EQ(RocksEventLog::open_copy(elsewhere, late).error().kind, OpenErrorKind::log_behind_witness);
}

}  // namespace
}  // namespace gatehouse::testing
