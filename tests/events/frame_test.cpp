#include "events/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "events/codec.hpp"
#include "events/struct_text.hpp"
#include "tests/events/event_filler.hpp"
#include "tests/events/generators.hpp"
#include "tests/events/sealed_frame.hpp"

namespace gatehouse {
namespace {

using testing::sealed_frame;

// The personal texts of an event that are long enough not to be somewhere else by chance.
template <class T>
void collect_personal(const T& value, std::vector<std::string>& texts) {
  if constexpr (std::is_same_v<T, PersonalText>) {
    if (value.text.size() >= 6)
      texts.push_back(value.text);
  } else if constexpr (boost::describe::has_describe_members<T>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) { collect_personal(value.*member.pointer, texts); });
  } else if constexpr (requires { value.begin()->entry_id; }) {
    for (const auto& element : value)
      collect_personal(element, texts);
  }
}

RC_GTEST_PROP(Frame, an_event_comes_back_with_all_that_is_known_of_it, (Envelope envelope, const Event& event)) {
  const std::string frame = sealed_frame(envelope, event);
  const auto recorded = decode_frame(frame);
  RC_ASSERT(recorded.has_value());
  envelope.position = testing::position_of(envelope);
  envelope.commit_first = testing::commit_first;
  RC_ASSERT(struct_text(recorded->envelope) == struct_text(envelope));
  RC_ASSERT(recorded->type == type_number_of(event));
  RC_ASSERT(recorded->schema_version == schema_version_of(event));
  RC_ASSERT(recorded->known() != nullptr);
  RC_ASSERT(sealed_frame(envelope, *recorded->known()) == frame);
}

RC_GTEST_PROP(Frame, personal_texts_stand_in_the_personal_part_alone, (const Envelope& envelope, const Event& event)) {
  const std::string frame = sealed_frame(envelope, event);
  const auto view = parse_frame(frame);
  RC_ASSERT(view.has_value());
  std::vector<std::string> texts;
  std::visit([&](const auto& alternative) { collect_personal(alternative, texts); }, event);
  const auto personal_begin = static_cast<std::size_t>(view->personal.data() - frame.data());
  for (const auto& text : texts) {
    RC_ASSERT(view->personal.find(text) != std::string_view::npos);
    RC_ASSERT(std::string_view(frame).substr(0, personal_begin).find(text) == std::string_view::npos);
  }
  RC_CLASSIFY(!texts.empty(), "with personal texts");
}

TEST(Frame, a_request_is_found_with_its_personal_texts) {
  PreApprovalRequested event;
  event.request.reason = {"user-1", "because of a private matter"};
  event.request.department = {"user-1", "the department"};
  std::vector<std::string> texts;
  collect_personal(event, texts);
  EXPECT_EQ(texts.size(), 2U);
  PreApprovalGranted granted;
  granted.entries.emplace_back().email = {"entry-1", "someone@example.com"};
  texts.clear();
  collect_personal(granted, texts);
  EXPECT_EQ(texts.size(), 1U);
}

TEST(Frame, an_unknown_type_is_kept_as_it_is) {
  const UnknownEvent stored{4711, 3, "a body", "a personal part"};
  const std::string frame = sealed_frame(testing::random_envelope(1), stored);
  const auto recorded = decode_frame(frame);
  ASSERT_TRUE(recorded) << to_text(recorded.error());
  EXPECT_EQ(recorded->known(), nullptr);
  const auto& unknown = std::get<UnknownEvent>(recorded->data);
  EXPECT_EQ(unknown.type_number, 4711U);
  EXPECT_EQ(unknown.schema_version, 3);
  EXPECT_EQ(unknown.body, "a body");
  EXPECT_EQ(unknown.personal, "a personal part");
  EXPECT_EQ(sealed_frame(testing::random_envelope(1), unknown), frame);
}

TEST(Frame, a_body_that_is_not_what_its_type_says_is_an_error) {
  const auto envelope = testing::random_envelope(1);
  EXPECT_EQ(decode_frame(sealed_frame(envelope, UnknownEvent{3, 1, "?", ""})).error(), FrameError::bad_body);
  EXPECT_EQ(decode_frame(sealed_frame(envelope, UnknownEvent{1, 1, "", ""})).error(), FrameError::bad_body);
  EXPECT_TRUE(decode_frame(sealed_frame(envelope, UnknownEvent{1, 3, "?", ""})));
}

TEST(Frame, the_salt_makes_equal_events_unequal) {
  const auto envelope = testing::random_envelope(1);
  EXPECT_NE(draft_frame(envelope, Event(AppActivated{}), {1}), draft_frame(envelope, Event(AppActivated{}), {2}));
}

class FrameDeathTest : public ::testing::Test {
 protected:
  Envelope envelope = testing::random_envelope(3);
  void expect_refused() {
    EXPECT_DEATH(static_cast<void>(draft_frame(envelope, Event(AppActivated{}), {})), "assertion failed");
  }
};

TEST_F(FrameDeathTest, no_account_no_frame) {
  envelope.account_id = AccountId("");
  expect_refused();
}

TEST_F(FrameDeathTest, no_id_no_frame) {
  envelope.event_id = Uuid{};
  expect_refused();
}

TEST_F(FrameDeathTest, no_place_in_the_commit_no_frame) {
  envelope.commit_index = envelope.commit_count;
  expect_refused();
}

TEST_F(FrameDeathTest, no_time_beyond_the_calendar) {
  envelope.recorded_at.unix_ms = recorded_at_unix_ms_max + 1;
  expect_refused();
}

TEST_F(FrameDeathTest, a_frame_is_sealed_once_and_where_it_stands) {
  const std::string draft = draft_frame(envelope, Event(AppActivated{}), {});
  std::string sealed = draft;
  EXPECT_DEATH(seal_frame(sealed, Position{envelope.commit_index + 2U}, Position{1}), "assertion failed");
  EXPECT_DEATH(seal_frame(sealed, Position{envelope.commit_index}, Position{0}), "assertion failed");
  seal_frame(sealed, Position{envelope.commit_index + 1U}, Position{1});
  EXPECT_DEATH(seal_frame(sealed, Position{envelope.commit_index + 1U}, Position{1}), "assertion failed");
}

TEST_F(FrameDeathTest, a_frame_longer_than_the_limit_is_not_sealed) {
  AppManifestUpdated updated;
  updated.manifest = std::string(frame_draft_bytes_max, 'x');
  std::string draft = draft_frame(envelope, Event(updated), {});
  EXPECT_GT(draft.size(), frame_draft_bytes_max);
  EXPECT_DEATH(seal_frame(draft, Position{envelope.commit_index + 1U}, Position{1}), "assertion failed");
}

TEST(Frame, the_longest_frame_is_read) {
  const auto envelope = testing::random_envelope(3);
  AppManifestUpdated updated;
  const auto length = draft_frame(envelope, Event(updated), {}).size();
  updated.manifest = std::string(frame_draft_bytes_max - length, 'x');
  const std::string frame = sealed_frame(envelope, Event(updated));
  EXPECT_EQ(frame.size(), frame_bytes_max);
  EXPECT_TRUE(decode_frame(frame));
  EXPECT_EQ(parse_frame(frame + "x").error(), FrameError::too_long);
}

}  // namespace
}  // namespace gatehouse
