#include <set>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "events/crc32c.hpp"
#include "events/frame.hpp"
#include "events/frame_layout.hpp"
#include "tests/events/event_filler.hpp"
#include "tests/events/generators.hpp"
#include "tests/events/sealed_frame.hpp"

namespace gatehouse {
namespace {

using testing::sealed_frame;

std::string typical_frame() {
  testing::OrdinaryValues values;
  PreApprovalGranted event;
  testing::fill_members(event, values);
  return sealed_frame(testing::random_envelope(7), Event(event));
}

TEST(FrameDamage, every_flipped_bit_is_found) {
  std::string frame = typical_frame();
  ASSERT_TRUE(decode_frame(frame));
  for (std::size_t bit = 0; bit < 8 * frame.size(); ++bit) {
    const auto mask = static_cast<char>(1 << (bit % 8));
    frame[bit / 8] = static_cast<char>(frame[bit / 8] ^ mask);
    EXPECT_FALSE(parse_frame(frame)) << "bit " << bit;
    frame[bit / 8] = static_cast<char>(frame[bit / 8] ^ mask);
  }
}

TEST(FrameDamage, every_truncation_and_every_extension_is_found) {
  const std::string frame = typical_frame();
  for (std::size_t size = 0; size < frame.size(); ++size) {
    const auto error = parse_frame(std::string_view(frame).substr(0, size)).error();
    EXPECT_EQ(error, size < layout::at::header_end + 4 ? FrameError::too_short : FrameError::bad_lengths) << size;
  }
  EXPECT_EQ(parse_frame(frame + '\0').error(), FrameError::trailing_bytes);
  EXPECT_EQ(parse_frame(frame + frame).error(), FrameError::trailing_bytes);
}

RC_GTEST_PROP(FrameDamage, every_changed_byte_is_found, (const Envelope& envelope, const Event& event)) {
  std::string frame = sealed_frame(envelope, event);
  const auto place = *rc::gen::inRange<std::size_t>(0, frame.size());
  frame[place] = static_cast<char>(frame[place] + *rc::gen::inRange(1, 256));
  RC_ASSERT(!decode_frame(frame));
}

RC_GTEST_PROP(FrameDamage, random_bytes_do_no_harm, (const std::string& bytes)) {
  RC_ASSERT(!decode_frame(bytes));
  RC_ASSERT(!decode_frame("GHE1" + bytes + std::string(200, '\0')));
}

// Puts a value into the header and the right checksum to the end, as a broken or hostile writer would.
template <class Integer>
FrameError error_with(std::size_t offset, Integer value) {
  std::string frame = typical_frame();
  layout::put(frame, offset, value);
  frame.resize(frame.size() - layout::checksum_bytes);
  append_little_endian(frame, crc32c(frame));
  const auto view = parse_frame(frame);
  EXPECT_FALSE(view) << "accepted";
  return view ? FrameError{} : view.error();
}

namespace at = layout::at;

TEST(FrameDamage, values_that_a_field_cannot_have_are_refused) {
  EXPECT_EQ(error_with(at::position, std::uint64_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::position, UINT64_MAX), FrameError::bad_value);
  EXPECT_EQ(error_with(at::commit_first, std::uint64_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::commit_first, UINT64_MAX), FrameError::bad_value);
  EXPECT_EQ(error_with(at::commit_count, std::uint16_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::commit_index, UINT16_MAX), FrameError::bad_value);
  EXPECT_EQ(error_with(at::account_version, std::uint64_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::recorded_at, std::int64_t{-1}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::recorded_at, recorded_at_unix_ms_max + 1), FrameError::bad_value);
  EXPECT_EQ(error_with(at::type, std::uint32_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::schema_version, std::uint16_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::codec, std::uint16_t{0}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::actor_type, std::uint8_t{4}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::event_id, std::array<std::uint8_t, 16>{}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::command_id, std::array<std::uint8_t, 16>{}), FrameError::bad_value);
  EXPECT_EQ(error_with(at::header_end, std::uint8_t{' '}), FrameError::bad_value);
}

TEST(FrameDamage, lengths_that_do_not_add_up_are_refused) {
  EXPECT_EQ(error_with(at::body_length, UINT32_MAX), FrameError::bad_lengths);
  EXPECT_EQ(error_with(at::personal_length, UINT32_MAX), FrameError::bad_lengths);
  EXPECT_EQ(error_with(at::body_length, std::uint32_t{0}), FrameError::trailing_bytes);
  EXPECT_EQ(error_with(at::account_length, std::uint8_t{0}), FrameError::trailing_bytes);
  EXPECT_EQ(error_with(at::header_length, std::uint16_t{0}), FrameError::bad_header_length);
  EXPECT_EQ(error_with(at::header_length, static_cast<std::uint16_t>(at::header_end - 1)),
            FrameError::bad_header_length);
  EXPECT_EQ(error_with(at::header_length, UINT16_MAX), FrameError::bad_header_length);
}

TEST(FrameDamage, each_error_has_a_text_of_its_own) {
  std::set<std::string_view> texts;
  for (int error = 0; error <= static_cast<int>(FrameError::trailing_bytes); ++error) {
    texts.insert(to_text(static_cast<FrameError>(error)));
  }
  EXPECT_EQ(texts.size(), 9U);
}

std::string reseal(std::string frame) {
  frame.resize(frame.size() - layout::checksum_bytes);
  append_little_endian(frame, crc32c(frame));
  return frame;
}

TEST(FutureFrame, a_longer_header_is_skipped) {
  std::string frame = typical_frame();
  layout::put(frame, at::header_length, static_cast<std::uint16_t>(at::header_end + 8));
  frame.insert(at::header_end, "newfield");
  frame = reseal(frame);
  const auto recorded = decode_frame(frame);
  ASSERT_TRUE(recorded) << to_text(recorded.error());
  EXPECT_EQ(recorded->envelope.account_id, decode_frame(typical_frame())->envelope.account_id);
  EXPECT_NE(recorded->known(), nullptr);
}

TEST(FutureFrame, unknown_flags_and_codecs_keep_the_parts_as_they_are) {
  for (const auto offset : {at::flags, at::codec}) {
    std::string frame = typical_frame();
    layout::put(frame, offset, std::uint16_t{2});
    frame = reseal(frame);
    const auto recorded = decode_frame(frame);
    ASSERT_TRUE(recorded) << to_text(recorded.error());
    const auto* unknown = std::get_if<UnknownEvent>(&recorded->data);
    ASSERT_NE(unknown, nullptr);
    EXPECT_EQ(unknown->type_number, type_number<PreApprovalGranted>);
    EXPECT_EQ(unknown->body, parse_frame(frame)->body);
  }
}

}  // namespace
}  // namespace gatehouse
