#include "tlog/tile_path.hpp"

#include <gtest/gtest.h>

namespace gatehouse::tlog {
namespace {

TEST(TilePath, is_written_as_the_specification_says) {
  EXPECT_EQ(to_text({0, 0, 256}), "0/000");
  EXPECT_EQ(to_text({0, 273, 112}), "0/273.p/112");
  EXPECT_EQ(to_text({3, 1'234'067, 256}), "3/x001/x234/067");
  EXPECT_EQ(to_text({std::nullopt, 1'000, 1}), "entries/x001/000.p/1");
}

TEST(TilePath, reads_what_it_writes) {
  for (const std::uint64_t index : {0ULL, 9ULL, 999ULL, 1'000ULL, 999'999ULL, 1'234'567'890'123ULL}) {
    for (const std::uint64_t width : {1ULL, 17ULL, 255ULL, 256ULL}) {
      for (const auto& level : {std::optional<unsigned>(), std::optional(0U), std::optional(7U), std::optional(63U)}) {
        const TilePath tile{level, index, width};
        EXPECT_EQ(parse_tile_path(to_text(tile)), tile) << to_text(tile);
      }
    }
  }
}

TEST(TilePath, takes_no_other_spelling) {
  for (const auto* text : {"",
                           "0",
                           "0/",
                           "00/000",
                           "64/000",
                           "-1/000",
                           "0/0",
                           "0/00",
                           "0/0000",
                           "0/x000/001",
                           "0/x001",
                           "0/x001/x002",
                           "0/x1/002",
                           "0/001/002",
                           "0/000.p/",
                           "0/000.p/0",
                           "0/000.p/256",
                           "0/000.p/01",
                           "0/000.p/+1",
                           "0/000.p",
                           "0/000.p1",
                           "0/000/",
                           "/0/000",
                           "0//000",
                           "entries",
                           "entries/",
                           "entries/000.p/1/2",
                           "entry/000",
                           "0/+01",
                           "0/ 01",
                           "0/0x1",
                           "0/x018/x446/x744/x073/x709/x551/x615/x999/999"}) {
    EXPECT_FALSE(parse_tile_path(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace gatehouse::tlog
