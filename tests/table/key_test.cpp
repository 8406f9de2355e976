#include "table/key.hpp"

#include <tuple>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace gatehouse {
namespace {

using Parts = std::tuple<std::string, std::uint64_t, std::string>;

std::string key_of(const Parts& parts) {
  return Key('x').text(std::get<0>(parts)).number(std::get<1>(parts)).text(std::get<2>(parts)).take();
}

rc::Gen<std::string> key_text() {
  return rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange(1, 256), [](int c) { return static_cast<char>(c); }));
}

rc::Gen<Parts> key_parts() { return rc::gen::tuple(key_text(), rc::gen::arbitrary<std::uint64_t>(), key_text()); }

// std::string compares as unsigned bytes.
RC_GTEST_PROP(Key, sorts_as_its_parts_do, ()) {
  auto left = *key_parts();
  const auto right = *key_parts();
  if (*rc::gen::arbitrary<bool>())
    std::get<0>(left) = std::get<0>(right);
  if (*rc::gen::arbitrary<bool>())
    std::get<1>(left) = std::get<1>(right);
  RC_ASSERT((key_of(left) < key_of(right)) == (left < right));
}

RC_GTEST_PROP(Key, comes_apart_into_the_parts_it_was_built_of, ()) {
  const auto parts = *key_parts();
  const std::string key = key_of(parts);
  KeyParts taken(key);
  RC_ASSERT(taken.text() == std::get<0>(parts));
  RC_ASSERT(taken.number() == std::get<1>(parts));
  RC_ASSERT(!taken.done());
  RC_ASSERT(taken.text() == std::get<2>(parts));
  RC_ASSERT(taken.done());
}

TEST(Key, has_the_documented_bytes) {
  EXPECT_EQ(Key('m').text("ab").number(0x0102030405060708).take(),
            std::string("mab\0\x01\x02\x03\x04\x05\x06\x07\x08", 12));
}

TEST(Key, descending_numbers_sort_newest_first) {
  EXPECT_LT(Key('t').descending(7).take(), Key('t').descending(6).take());
  EXPECT_EQ(KeyParts(Key('t').descending(7).take()).descending(), 7U);
}

TEST(KeyDeathTest, refuses_text_with_a_zero_byte_and_keys_of_another_shape) {
  EXPECT_DEATH(static_cast<void>(Key('m').text(std::string_view("a\0b", 3))), "assertion failed");
  EXPECT_DEATH(static_cast<void>(KeyParts("")), "assertion failed");
  EXPECT_DEATH(static_cast<void>(KeyParts("mno end").text()), "assertion failed");
  EXPECT_DEATH(static_cast<void>(KeyParts("m1234567").number()), "assertion failed");
}

}  // namespace
}  // namespace gatehouse
