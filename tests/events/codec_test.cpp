#include "events/codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "events/codec_table.hpp"
#include "tests/events/generators.hpp"

namespace gatehouse {
namespace {

using testing::event_text;

template <class... T>
std::vector<EventDescription> describe_all(const std::variant<T...>*) {
  return {EventDescription{type_number<T>, schema_version<T>, event_name<T>}...};
}

// None: refused.
std::optional<std::variant<Event, UnknownEvent>> decode(std::uint32_t type, std::uint16_t version,
                                                        std::string_view body, std::string_view personal) {
  std::optional<std::variant<Event, UnknownEvent>> data(std::in_place);
  if (!decode_event(type, version, body, personal, *data))
    data.reset();
  return data;
}

const std::vector<EventDescription> all_events = describe_all(static_cast<const Event*>(nullptr));

RC_GTEST_PROP(Codec, every_event_comes_back_as_it_was_encoded, (const Event& event)) {
  std::string body;
  std::string personal;
  encode_event(event, body, personal);
  const auto decoded = decode(type_number_of(event), schema_version_of(event), body, personal);
  RC_ASSERT(decoded.has_value());
  const auto* again = std::get_if<Event>(&*decoded);
  RC_ASSERT(again != nullptr);
  RC_ASSERT(again->index() == event.index());
  RC_ASSERT(event_text(*again) == event_text(event));
}

TEST(Codec, each_alternative_comes_back_empty_and_filled) {
  for (std::uint64_t seed = 0; seed < 8 * std::variant_size_v<Event::Alternatives>; ++seed) {
    const Event event = testing::random_event(seed);
    std::string body;
    std::string personal;
    encode_event(event, body, personal);
    const auto decoded = decode(type_number_of(event), schema_version_of(event), body, personal);
    ASSERT_TRUE(decoded && std::holds_alternative<Event>(*decoded)) << name_of(event);
    EXPECT_EQ(event_text(std::get<Event>(*decoded)), event_text(event)) << name_of(event);
  }
}

RC_GTEST_PROP(Codec, appends_to_what_is_there, (const Event& event)) {
  std::string body;
  std::string personal;
  encode_event(event, body, personal);
  std::string longer_body = "head";
  std::string longer_personal = "tail";
  encode_event(event, longer_body, longer_personal);
  RC_ASSERT(longer_body == "head" + body);
  RC_ASSERT(longer_personal == "tail" + personal);
}

RC_GTEST_PROP(Codec, refuses_a_body_or_a_personal_part_that_is_too_long_or_too_short, (const Event& event)) {
  std::string body;
  std::string personal;
  encode_event(event, body, personal);
  const auto reads = [&](std::string_view body_part, std::string_view personal_part) {
    return decode(type_number_of(event), schema_version_of(event), body_part, personal_part).has_value();
  };
  RC_ASSERT(!reads(body + '\0', personal));
  RC_ASSERT(!reads(body, personal + '\0'));
  RC_ASSERT(!reads(std::string_view(body).substr(0, body.size() - 1), personal));
  if (!personal.empty())
    RC_ASSERT(!reads(body, std::string_view(personal).substr(0, personal.size() - 1)));
}

TEST(Codec, keeps_unknown_types_and_newer_versions_as_they_are) {
  for (const auto& [type, version] : {std::pair{99U, 1U}, {70000U, 1U}, {1U, 3U}, {2U, 2U}, {2U, 65535U}}) {
    const auto decoded = decode(type, static_cast<std::uint16_t>(version), "body", "personal");
    ASSERT_TRUE(decoded);
    const auto* unknown = std::get_if<UnknownEvent>(&*decoded);
    ASSERT_NE(unknown, nullptr) << type << " version " << version;
    EXPECT_EQ(unknown->type_number, type);
    EXPECT_EQ(unknown->schema_version, version);
    EXPECT_EQ(unknown->body, "body");
    EXPECT_EQ(unknown->personal, "personal");
  }
}

TEST(Codec, names_and_numbers_lead_to_each_other) {
  for (const auto& event : all_events) {
    EXPECT_EQ(type_name(event.type), event.name);
    EXPECT_EQ(type_number_of(event.name), event.type);
  }
  EXPECT_EQ(type_name(301), "PreApprovalRequestApproved");
  EXPECT_EQ(type_number_of(Event(AppInstalled{})), 500U);
  EXPECT_EQ(schema_version_of(Event(AppRegistered{})), 2);
  EXPECT_EQ(name_of(Event(AppUninstalled{})), "AppUninstalled");
  EXPECT_EQ(type_name(99), std::nullopt);
  EXPECT_EQ(type_number_of("appinstalled"), std::nullopt);
}

class Registry : public ::testing::Test {
 protected:
  std::vector<EventDescription> events{{1, 2, "Opened"}, {2, 1, "Closed"}};
  std::vector<CodecEntry> entries{{1, 1, 2, decode, nullptr}, {1, 2, 2, decode, encode}, {2, 1, 1, decode, encode}};

  std::string fault() { return find_registry_fault(events, entries).value_or(""); }

  static bool decode(std::string_view, std::string_view, Event&) { return true; }
  static void encode(const Event&, std::string&, std::string&) {}
};

TEST_F(Registry, of_this_program_is_whole) { EXPECT_EQ(validate_registry(), std::nullopt); }

TEST_F(Registry, may_be_whole) { EXPECT_EQ(fault(), ""); }

TEST_F(Registry, lacks_no_decoder) {
  entries.erase(entries.begin());
  EXPECT_EQ(fault(), "Opened version 1: not exactly one decoder");
}

TEST_F(Registry, has_no_decoder_twice) {
  entries.push_back(entries.front());
  EXPECT_EQ(fault(), "Opened version 1: not exactly one decoder");
}

TEST_F(Registry, has_no_upcast_that_stops_early) {
  entries[0].reaches = 1;
  EXPECT_EQ(fault(), "Opened version 1: does not reach the newest");
}

TEST_F(Registry, has_no_upcast_that_goes_too_far) {
  entries[0].reaches = 3;
  EXPECT_EQ(fault(), "Opened version 1: does not reach the newest");
}

TEST_F(Registry, writes_the_newest_version_alone) {
  entries[0].encode = encode;
  EXPECT_EQ(fault(), "Opened version 1: only the newest is written");
  entries[0].encode = nullptr;
  entries[1].encode = nullptr;
  EXPECT_EQ(fault(), "Opened version 2: only the newest is written");
}

TEST_F(Registry, has_no_decoder_of_what_is_not_listed) {
  entries.push_back({3, 1, 1, decode, encode});
  EXPECT_EQ(fault(), "a decoder of no known event");
}

TEST_F(Registry, uses_no_number_or_name_twice) {
  events[1].name = "Opened";
  EXPECT_EQ(fault(), "Opened: name used twice");
  events[1] = {1, 1, "Closed"};
  EXPECT_EQ(fault(), "Opened: number used twice");
}

}  // namespace
}  // namespace gatehouse
