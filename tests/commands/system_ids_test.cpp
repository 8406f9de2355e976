#include "commands/system_ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gatehouse {
namespace {

constexpr Timestamp now{1'700'000'000'000};

TEST(SystemIds, EachIsGreaterThanTheOneBeforeWhateverTheClockSays) {
  SystemIds ids;
  auto last = ids.next(now);
  for (int index = 0; index < 20'000; ++index) {
    const auto next = ids.next({now.unix_ms + (index % 3 == 0 ? -50 : index / 5'000)});
    ASSERT_LT(last, next) << index;
    ASSERT_LT(to_text(last).size(), 23U);
    last = next;
  }
}

TEST(SystemIds, AreUuidsOfVersionSevenWithTheTime) {
  SystemIds ids;
  const auto id = ids.next(now);
  EXPECT_EQ(id.bytes[6] >> 4, 7);
  EXPECT_EQ(id.bytes[8] >> 6, 2);
  std::int64_t ms = 0;
  for (std::size_t index = 0; index < 6; ++index) ms = (ms << 8) | id.bytes[index];
  EXPECT_EQ(ms, now.unix_ms);
}

TEST(SystemIds, AndSaltsAreNotRepeated) {
  SystemIds one;
  SystemIds other;
  std::set<Uuid> ids;
  std::set<std::array<std::uint8_t, 16>> salts;
  for (int index = 0; index < 2'000; ++index) {
    for (auto* source : {&one, &other}) {
      ids.insert(source->next(now));
      salts.insert(source->salt());
    }
  }
  EXPECT_EQ(ids.size(), 4'000U);
  EXPECT_EQ(salts.size(), 4'000U);
}

TEST(SeededIds, GiveTheSameForTheSameSeed) {
  SeededIds one(7);
  SeededIds same(7);
  SeededIds other(8);
  for (int index = 0; index < 100; ++index) {
    const auto id = one.next(now);
    EXPECT_EQ(id, same.next(now));
    EXPECT_NE(id, other.next(now));
    EXPECT_EQ(one.salt(), same.salt());
  }
}

}  // namespace
}  // namespace gatehouse
