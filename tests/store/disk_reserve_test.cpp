#include "store/disk_reserve.hpp"

#include <gtest/gtest.h>

#include "tests/store/fake_disk.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

constexpr ReserveLimits limits{.ballast_bytes = 1'000, .free_bytes_min = 8'000};

class DiskReserveTest : public ::testing::Test {
 protected:
  bool has_room(std::uint64_t free_bytes) {
    disk_->free_bytes_told = free_bytes;
    return reserve_.has_room();
  }
  [[nodiscard]] bool has_ballast() const { return std::filesystem::exists(folder_.path() / "ballast"); }

  TemporaryFolder folder_;
  std::shared_ptr<FakeDisk> disk_ = std::make_shared<FakeDisk>();
  DiskReserve reserve_{disk_, folder_.path(), limits};
};

TEST_F(DiskReserveTest, sets_the_ballast_aside_while_there_is_room) {
  EXPECT_TRUE(has_room(100'000));
  EXPECT_EQ(std::filesystem::file_size(folder_.path() / "ballast"), limits.ballast_bytes);
}

TEST_F(DiskReserveTest, stops_below_the_limit_and_keeps_the_ballast_at_first) {
  ASSERT_TRUE(has_room(100'000));
  EXPECT_TRUE(has_room(8'000));
  EXPECT_FALSE(has_room(7'999));
  EXPECT_TRUE(has_ballast());
}

TEST_F(DiskReserveTest, gives_the_ballast_back_when_it_gets_tight) {
  ASSERT_TRUE(has_room(100'000));
  EXPECT_FALSE(has_room(1'999));
  EXPECT_FALSE(has_ballast());
}

TEST_F(DiskReserveTest, goes_on_by_itself_when_space_returns) {
  ASSERT_TRUE(has_room(100'000));
  ASSERT_FALSE(has_room(1'000));
  EXPECT_FALSE(has_room(8'000)) << "the ballast is not back yet";
  EXPECT_FALSE(has_room(9'999)) << "the edge must not flutter";
  EXPECT_TRUE(has_room(10'000));
  EXPECT_TRUE(has_ballast());
  EXPECT_TRUE(has_room(8'000));
}

TEST_F(DiskReserveTest, wants_no_ballast_where_none_is_asked_for) {
  DiskReserve without(posix_disk(), folder_.path(), {.ballast_bytes = 0, .free_bytes_min = 0});
  EXPECT_TRUE(without.has_room());
  EXPECT_TRUE(without.has_room());
}

TEST_F(DiskReserveTest, stays_stopped_while_the_ballast_cannot_be_had) {
  ASSERT_TRUE(has_room(100'000));
  ASSERT_FALSE(has_room(1'000));
  disk_->reserve_fails = true;
  EXPECT_FALSE(has_room(100'000));
  disk_->reserve_fails = false;
  EXPECT_TRUE(has_room(100'000));
}

TEST_F(DiskReserveTest, wants_more_for_opening_a_log_than_for_going_on) {
  ASSERT_TRUE(has_room(100'000));
  EXPECT_FALSE(reserve_.has_room_to_open());
  disk_->free_bytes_told = std::uint64_t{1} << 30U;
  EXPECT_TRUE(reserve_.has_room_to_open());
}

TEST_F(DiskReserveTest, finds_the_ballast_of_the_last_run) {
  ASSERT_TRUE(has_room(100'000));
  disk_->reserve_fails = true;
  EXPECT_TRUE(DiskReserve(disk_, folder_.path(), limits).has_room());
}

TEST_F(DiskReserveTest, a_full_disk_at_start_is_relieved_of_the_ballast) {
  ASSERT_TRUE(has_room(100'000));
  disk_->free_bytes_told = 0;
  EXPECT_FALSE(DiskReserve(disk_, folder_.path(), limits).has_room());
  EXPECT_FALSE(has_ballast());
}

}  // namespace
}  // namespace gatehouse::testing
