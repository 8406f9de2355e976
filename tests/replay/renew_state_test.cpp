#include "replay/renew_state.hpp"

#include <array>

#include "domain/rows.hpp"
#include "replay/verify.hpp"
#include "store/memory_projection_store.hpp"
#include "tests/replay/world.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

constexpr std::size_t memory = 64U << 20;

struct RenewState : ::testing::Test {
  std::unique_ptr<RocksEventLog> open() {
    OpenOptions options;
    options.data_dir = folder.path();
    auto log = RocksEventLog::open(options);
    EXPECT_TRUE(log.has_value());
    return std::move(*log);
  }
  static std::string problem_of_state(const RocksEventLog& log) {
    MemoryProjectionStore store, other;
    return verify_projections(log, store, other, {}, {.memory_bytes_max = memory}).front().problem;
  }
  const TemporaryFolder folder;
  MemoryProjectionStore scratch;
};

TEST_F(RenewState, makes_rows_of_another_version_anew_once) {
  {
    const auto log = open();
    Story(*log, 5).go_on(100);
    EXPECT_EQ(log->state_version(), 1U);
    std::array<CommitDraft, 1> drafts;
    drafts[0].state.emplace("Zan old row", "of another shape");
    ASSERT_EQ(log->append(drafts).front().status, AppendStatus::appended);
    EXPECT_NE(problem_of_state(*log), "");
    EXPECT_FALSE(renew_state(*log, scratch, 1, memory, {})->has_value()) << "the version is the same";
    const auto renewed = renew_state(*log, scratch, 2, memory, {});
    ASSERT_TRUE(renewed.has_value()) << renewed.error();
    EXPECT_EQ((*renewed)->changed, 1U);
  }
  const auto log = open();
  EXPECT_EQ(log->state_version(), 2U);
  EXPECT_EQ(problem_of_state(*log), "");
  EXPECT_FALSE(renew_state(*log, scratch, 2, memory, {})->has_value());
}

TEST_F(RenewState, has_nothing_to_do_in_an_empty_log_but_to_say_so) {
  const auto log = open();
  const auto renewed = renew_state(*log, scratch, 7, memory, {});
  ASSERT_TRUE(renewed.has_value());
  EXPECT_EQ((*renewed)->rows, 0U);
  EXPECT_EQ(log->state_version(), 7U);
}

}  // namespace
}  // namespace gatehouse::testing
