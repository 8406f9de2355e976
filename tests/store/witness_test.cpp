#include "store/witness.hpp"

#include <gtest/gtest.h>

#include "tests/store/drafts.hpp"
#include "tests/store/fake_disk.hpp"
#include "tests/store/file_damage.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

class WitnessTest : public ::testing::Test {
 protected:
  static LogMark mark(std::uint64_t number) {
    return {number, {number * 10}, numbered_digest(static_cast<std::uint8_t>(number))};
  }
  void write_up_to(std::uint64_t last) {
    auto witness = Witness::create(disk_, path_);
    ASSERT_TRUE(witness);
    for (std::uint64_t number = 1; number <= last; ++number)
      ASSERT_FALSE(witness->write(mark(number), mark(number / 2)));
  }
  tl::expected<Witness, Witness::Trouble> reopen() { return Witness::open(disk_, path_, Disk::OpenMode::write); }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "witness";
  FakeDisk disk_;
};

TEST_F(WitnessTest, is_made_for_a_log_that_is_all_in_table_files) {
  write_up_to(3);
  ASSERT_TRUE(Witness::create(disk_, path_, mark(2)));
  const auto witness = reopen();
  ASSERT_TRUE(witness);
  EXPECT_EQ(witness->record().head, mark(2));
  EXPECT_EQ(witness->record().anchor, mark(2));
}

TEST_F(WitnessTest, tells_what_was_written_last) {
  for (const std::uint64_t last : {0U, 1U, 2U, 5U}) {
    write_up_to(last);
    const auto witness = reopen();
    ASSERT_TRUE(witness);
    EXPECT_EQ(witness->record().head, last == 0 ? LogMark{} : mark(last));
    EXPECT_EQ(witness->record().anchor, last == 0 ? LogMark{} : mark(last / 2));
  }
}

TEST_F(WitnessTest, goes_on_after_it_was_opened_again) {
  write_up_to(3);
  auto witness = reopen();
  ASSERT_FALSE(witness->write(mark(4), mark(4)));
  EXPECT_EQ(reopen()->record().head, mark(4));
}

TEST_F(WitnessTest, is_missing_before_it_is_made) { EXPECT_EQ(reopen().error(), Witness::Trouble::missing); }

TEST_F(WitnessTest, a_write_torn_anywhere_leaves_the_one_before) {
  write_up_to(4);
  const auto before = read_whole(path_);
  auto witness = reopen();
  ASSERT_FALSE(witness->write(mark(5), mark(5)));
  const auto after = read_whole(path_);
  for (std::size_t cut = 0; cut <= 200; ++cut) {
    // The slot of generation 6 is the first one.
    write_whole(path_, after.substr(0, cut) + before.substr(cut));
    const auto torn = reopen();
    ASSERT_TRUE(torn) << cut;
    EXPECT_TRUE(torn->record().head == mark(4) || torn->record().head == mark(5)) << cut;
  }
}

TEST_F(WitnessTest, any_bit_flipped_in_the_last_slot_leaves_the_one_before) {
  write_up_to(5);
  constexpr std::size_t slot_content_bytes = 152;
  for (std::size_t bit = 0; bit < slot_content_bytes * 8; ++bit) {
    flip_bit(path_, bit);
    const auto witness = reopen();
    ASSERT_TRUE(witness) << bit;
    EXPECT_EQ(witness->record().head, mark(4)) << bit;
    flip_bit(path_, bit);
  }
}

TEST_F(WitnessTest, is_damaged_when_neither_slot_can_be_read) {
  write_up_to(5);
  flip_bit(path_, 100);
  flip_bit(path_, witness_slot_bytes * 8 + 100);
  EXPECT_EQ(reopen().error(), Witness::Trouble::damaged);
  write_whole(path_, "");
  EXPECT_EQ(reopen().error(), Witness::Trouble::damaged);
}

TEST_F(WitnessTest, a_slot_in_the_other_slot_s_place_is_not_believed) {
  write_up_to(5);
  const auto bytes = read_whole(path_);
  write_whole(path_, bytes.substr(witness_slot_bytes) + bytes.substr(0, witness_slot_bytes));
  EXPECT_EQ(reopen().error(), Witness::Trouble::damaged);
}

TEST_F(WitnessTest, tells_of_a_failed_write_and_of_a_failed_sync) {
  write_up_to(2);
  auto witness = reopen();
  disk_.writes_fail = true;
  EXPECT_TRUE(witness->write(mark(3), mark(3)));
  disk_.writes_fail = false;
  disk_.syncs_fail = true;
  EXPECT_TRUE(witness->write(mark(3), mark(3)));
  EXPECT_EQ(witness->record().head, mark(2));
}

}  // namespace
}  // namespace gatehouse::testing
