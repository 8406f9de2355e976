#include "events/archive.hpp"

#include <limits>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "events/event.hpp"
#include "events/struct_text.hpp"
#include "tests/events/event_filler.hpp"

namespace gatehouse {

// Counts how many of them were ever made.
struct Probe {
  static inline std::size_t made = 0;
  Probe() { ++made; }
  std::uint16_t value{};
};
BOOST_DESCRIBE_STRUCT(Probe, (), (value))

BOOST_DEFINE_FIXED_ENUM_CLASS(Colour, std::uint8_t, red, green, blue)

struct Everything {
  bool flag{};
  std::uint8_t tiny{};
  std::uint16_t small{};
  std::uint32_t medium{};
  std::uint64_t large{};
  std::int32_t cold{};
  std::int64_t colder{};
  Colour colour{};
  std::string text;
  UserId user_id;
  Uuid uuid;
  std::vector<std::vector<std::string>> lists;
  std::optional<ScopeDefinition> maybe;
  std::vector<GateStep> steps;
  PersonalText reason;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (flag, tiny, small, medium, large, cold, colder, colour, text, user_id, uuid, lists, maybe, steps,
                       reason))

namespace {

using testing::random_value;
using namespace std::string_literals;

RC_GTEST_PROP(Archive, a_row_comes_back_as_it_was_packed, (std::uint64_t seed)) {
  const auto value = random_value<Everything>(seed);
  const auto again = unpack<Everything>(pack(value));
  RC_ASSERT(again.has_value());
  RC_ASSERT(struct_text(*again) == struct_text(value));
}

// A seal may be read where a text was, and the other way round.
TEST(Archive, what_is_read_takes_the_place_of_all_that_was_there) {
  const PersonalText plain{.subject = "ann", .text = "Ann"};
  PersonalText sealed{.subject = "ann"};
  sealed.sealed = sealed_text::address_kind + std::string(sealed_text::lookup_bytes, 'x') + "seal";
  for (const auto& [former, next] : {std::pair(plain, sealed), std::pair(sealed, plain)}) {
    auto value = unpack<PersonalText>(pack(former)).value();
    value.unreadable = PersonalText::Unreadable::erased;
    const auto bytes = pack(next);
    ArchiveReader reader(bytes);
    reader(value);
    const auto fresh = unpack<PersonalText>(bytes).value();
    EXPECT_TRUE(reader.complete());
    EXPECT_EQ(std::tie(value.subject, value.text, value.sealed, value.lookup, value.unreadable),
              std::tie(fresh.subject, fresh.text, fresh.sealed, fresh.lookup, fresh.unreadable));
    EXPECT_EQ(value.lookup.empty(), value.sealed.empty());
  }
}

RC_GTEST_PROP(Archive, no_cut_row_is_accepted, (std::uint64_t seed)) {
  const std::string bytes = pack(random_value<Everything>(seed));
  const auto size = *rc::gen::inRange<std::size_t>(0, bytes.size());
  RC_ASSERT(!unpack<Everything>(std::string_view(bytes).substr(0, size)));
}

RC_GTEST_PROP(Archive, what_is_accepted_of_damaged_bytes_packs_to_the_same_bytes, (std::uint64_t seed)) {
  std::string bytes = pack(random_value<Everything>(seed));
  const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[place] = static_cast<char>(*rc::gen::inRange(0, 256));
  if (const auto value = unpack<Everything>(bytes))
    RC_ASSERT(pack(*value) == bytes);
}

RC_GTEST_PROP(Archive, random_bytes_do_no_harm, (const std::string& bytes)) {
  if (const auto value = unpack<Everything>(bytes))
    RC_ASSERT(pack(*value) == bytes);
}

TEST(Archive, writes_members_in_order_little_endian_and_without_padding) {
  RoleDefined role{RoleId("ab"), "N", {"x", "yz"}};
  EXPECT_EQ(pack(role), "\2\0\0\0ab"
                        "\1\0\0\0N"
                        "\2\0\0\0"
                        "\1\0\0\0x"
                        "\2\0\0\0yz"s);
  EXPECT_EQ(pack(GroupRemoved{GroupId("g"), 0x0102030405060708}), "\1\0\0\0g\x08\x07\x06\x05\x04\x03\x02\x01"s);
  EXPECT_EQ(pack(AppPublished{AppId("p"), true}), "\1\0\0\0p\1"s);
  EXPECT_EQ(pack(std::optional<std::int32_t>(-2)), "\1\xfe\xff\xff\xff"s);
}

TEST(Archive, puts_personal_texts_of_events_apart_and_those_of_rows_inline) {
  const MemberEmailChanged event{UserId("u"), personal(UserId("u"), "a@b")};
  std::string body;
  std::string apart;
  ArchiveWriter writer(body, apart);
  writer(event);
  EXPECT_EQ(body, "\1\0\0\0u"s);
  EXPECT_EQ(apart, "\1\0\0\0u\3\0\0\0a@b"s);
  EXPECT_EQ(pack(event), body + apart);
}

TEST(Archive, refuses_bytes_left_over_in_either_part) {
  const std::string body = "\1\0\0\0u"s;
  const std::string apart = "\1\0\0\0u\3\0\0\0a@b"s;
  const auto reads = [](std::string_view body_part, std::string_view personal_part) {
    MemberEmailChanged event;
    ArchiveReader reader(body_part, personal_part);
    reader(event);
    return reader.complete();
  };
  EXPECT_TRUE(reads(body, apart));
  EXPECT_FALSE(reads(body + "x", apart));
  EXPECT_FALSE(reads(body, apart + "x"));
  EXPECT_FALSE(reads(body, ""));
  EXPECT_FALSE(reads("", apart));
  EXPECT_FALSE(reads(body + apart, ""));
}

TEST(Archive, refuses_booleans_and_flags_other_than_zero_and_one) {
  EXPECT_TRUE(unpack<bool>("\1"s));
  EXPECT_FALSE(unpack<bool>("\2"s));
  EXPECT_FALSE(unpack<bool>("\xff"s));
  EXPECT_FALSE((unpack<std::optional<bool>>("\2\1"s)));
}

TEST(Archive, refuses_a_number_that_is_no_enumerator) {
  EXPECT_EQ(unpack<Colour>("\2"s), Colour::blue);
  EXPECT_FALSE(unpack<Colour>("\3"s));
  EXPECT_FALSE(unpack<Colour>("\xff"s));
}

TEST(Archive, refuses_malformed_ids) {
  EXPECT_EQ(unpack<UserId>("\0\0\0\0"s), UserId());
  EXPECT_EQ(unpack<UserId>("\2\0\0\0ab"s), UserId("ab"));
  EXPECT_FALSE(unpack<UserId>("\2\0\0\0a "s));
  EXPECT_FALSE(unpack<UserId>("\2\0\0\0a\0"s));
  EXPECT_FALSE(unpack<UserId>("\x41\0\0\0"s + std::string(65, 'a')));
}

TEST(Archive, refuses_lengths_beyond_the_bytes_that_are_left) {
  EXPECT_FALSE(unpack<std::string>(""s));
  EXPECT_FALSE(unpack<std::string>("\1\0\0"s));
  EXPECT_FALSE(unpack<std::string>("\xff\xff\xff\xff"s));
  EXPECT_FALSE(unpack<std::string>("\xff\xff\xff\x7f some"s));
  EXPECT_FALSE(unpack<std::string>("\4\0\0\0abc"s));
  EXPECT_FALSE((unpack<std::vector<std::uint64_t>>("\0\0\0\x10 bytes..."s)));
  EXPECT_FALSE((unpack<std::vector<std::string>>("\0\0\0\x04\0\0\0\0"s)));
  EXPECT_FALSE((unpack<std::vector<std::vector<std::string>>>("\2\0\0\0\xff\xff\xff\xff\0\0\0\0"s)));
}

TEST(Archive, makes_no_element_before_it_knows_that_all_of_them_can_follow) {
  Probe::made = 0;
  EXPECT_FALSE((unpack<std::vector<Probe>>("\xff\xff\xff\xff\1\2\3"s)));
  EXPECT_FALSE((unpack<std::vector<Probe>>("\3\0\0\0\1\2\3\4\5"s)));
  EXPECT_EQ(Probe::made, 0U);
  EXPECT_TRUE((unpack<std::vector<Probe>>("\3\0\0\0\1\2\3\4\5\6"s)));
  EXPECT_EQ(Probe::made, 3U);
}

TEST(Archive, knows_the_fewest_bytes_of_a_value) {
  static_assert(EncodedBytesMin<GateStep>::value == 5);
  static_assert(EncodedBytesMin<ScopeDefinition>::value == 12);
  static_assert(EncodedBytesMin<AllowListEntry>::value == 13);
  EXPECT_EQ(pack(GateStep{}).size(), 5U);
  EXPECT_EQ(pack(ScopeDefinition{}).size(), 12U);
}

TEST(Archive, hands_out_empty_values_once_it_has_failed) {
  ArchiveReader reader("\2\7\7\7\7");
  bool flag = true;
  std::uint32_t number = 1;
  std::string text = "before";
  reader(flag, number, text);
  EXPECT_TRUE(reader.failed());
  EXPECT_FALSE(flag);
  EXPECT_EQ(number, 0U);
  EXPECT_EQ(text, "");
}

TEST(ArchiveDeathTest, never_writes_what_it_would_not_read) {
  EXPECT_DEATH(static_cast<void>(pack(UserId("no good"))), "assertion failed");
  EXPECT_DEATH(static_cast<void>(pack(static_cast<Colour>(3))), "assertion failed");
}

}  // namespace
}  // namespace gatehouse
