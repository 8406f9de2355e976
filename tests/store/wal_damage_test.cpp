#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "tests/store/crash_processes.hpp"
#include "tests/store/damaged_log.hpp"
#include "tests/store/file_damage.hpp"

namespace gatehouse::testing {
namespace {

#ifdef GATEHOUSE_LONG_CAMPAIGN
constexpr std::size_t bit_flips = 5'000, cuts = 2'000, boundary_step = 1;
#else
constexpr std::size_t bit_flips = 120, cuts = 60, boundary_step = 8;
#endif
constexpr std::uint64_t flushed_events = 20, unflushed_events = 110;

// The test itself runs in another process, because its own must stay free to start more.
class WalDamage : public ::testing::Test {
 public:
  using Step = void (WalDamage::*)();
  void run(Step step) {
    const auto end = run_in_process([&] {
      (this->*step)();
      std::fflush(stdout);
      return HasFailure() ? 1 : 0;
    });
    EXPECT_EQ(end.exit_code, 0);
  }

  // Either whole or refused; which, the caller may want to know.
  bool opens(const OpenOptions& options, const std::string& what) {
    const auto judgement = judge(options, log_.acknowledged());
    EXPECT_EQ(judgement.fault, "") << what;
    refused_ += judgement.opened ? 0 : 1;
    return judgement.opened;
  }

  void flip_bits() {
    const auto seed = ::testing::UnitTest::GetInstance()->random_seed();
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    for (std::size_t trial = 0; trial < bit_flips; ++trial) {
      const auto options = log_.fresh_copy();
      const auto wals = wal_files(options.data_dir);
      const auto& wal = wals[random() % wals.size()];
      const auto bit = random() % (std::filesystem::file_size(wal) * 8);
      flip_bit(wal, bit);
      opens(options, wal.filename().string() + " bit " + std::to_string(bit) + ", seed " + std::to_string(seed));
    }
    EXPECT_GT(refused_, bit_flips / 2);
  }

  void cut_anywhere() {
    const auto seed = ::testing::UnitTest::GetInstance()->random_seed();
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    for (std::size_t trial = 0; trial < cuts; ++trial) {
      const auto options = log_.fresh_copy();
      const auto wals = wal_files(options.data_dir);
      const auto& wal = wals[random() % wals.size()];
      const auto bytes = random() % std::filesystem::file_size(wal);
      std::filesystem::resize_file(wal, bytes);
      EXPECT_FALSE(opens(options, wal.filename().string() + " cut to " + std::to_string(bytes)));
    }
  }

  void cut_at_record_ends() {
    const auto wal_count = wal_files(log_.fresh_copy().data_dir).size();
    for (std::size_t number = 0; number < wal_count; ++number) {
      auto ends = record_ends(wal_files(log_.fresh_copy().data_dir)[number]);
      ASSERT_GT(ends.size(), 2U);
      ends.insert(ends.begin(), 0);
      for (std::size_t index = 0; index + 1 < ends.size(); index += boundary_step) {
        const auto options = log_.fresh_copy();
        std::filesystem::resize_file(wal_files(options.data_dir)[number], ends[index]);
        EXPECT_FALSE(opens(options, "WAL " + std::to_string(number) + " cut to " + std::to_string(ends[index])));
      }
    }
  }

  void remove_each() {
    const auto wal_count = wal_files(log_.fresh_copy().data_dir).size();
    ASSERT_GE(wal_count, 3U);
    for (std::size_t number = 0; number < wal_count; ++number) {
      const auto options = log_.fresh_copy();
      std::filesystem::remove(wal_files(options.data_dir)[number]);
      EXPECT_FALSE(opens(options, "WAL " + std::to_string(number) + " removed"));
    }
  }

  void stay_whole() {
    const auto options = log_.fresh_copy();
    EXPECT_TRUE(opens(options, "undamaged"));
    EXPECT_TRUE(opens(options, "closed and opened again"));
  }

  // A frame that was torn by the crash itself belongs to nobody.
  void ignore_torn_tail() {
    const auto options = log_.fresh_copy();
    const auto wal = wal_files(options.data_dir).back();
    write_whole(wal, read_whole(wal) + std::string("\x12\x34\x56\x78\x40\x00\x01 torn", 12));
    EXPECT_TRUE(opens(options, "torn tail"));
  }

 private:
  KilledLog log_{flushed_events, unflushed_events};
  std::size_t refused_{};
};

TEST_F(WalDamage, a_killed_log_comes_back_whole) { run(&WalDamage::stay_whole); }
TEST_F(WalDamage, a_record_torn_by_the_crash_is_no_damage) { run(&WalDamage::ignore_torn_tail); }
TEST_F(WalDamage, a_flipped_bit_never_opens_with_less_than_was_acknowledged) { run(&WalDamage::flip_bits); }
TEST_F(WalDamage, a_cut_anywhere_is_refused) { run(&WalDamage::cut_anywhere); }
TEST_F(WalDamage, a_cut_at_the_end_of_a_record_is_refused) { run(&WalDamage::cut_at_record_ends); }
TEST_F(WalDamage, a_missing_file_is_refused_whichever_it_is) { run(&WalDamage::remove_each); }

}  // namespace
}  // namespace gatehouse::testing
