// Texts about persons in a history that was recorded with keys: nowhere in what is stored, readable with the keys, and gone without.
#include <algorithm>
#include <gtest/gtest.h>

#include "domain/state.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "sealing/sealed_events.hpp"
#include "sealing/subject_keys.hpp"
#include "store/memory_event_log.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse {
namespace {

struct SealedHistory : ::testing::Test {
  SealedHistory() { story.go_on(300); }

  [[nodiscard]] bool any_frame_has(std::string_view text) const {
    const auto events = log.read({}, 100'000).events;
    return std::ranges::any_of(events, [&](const auto& event) { return event.frame.find(text) != std::string::npos; });
  }
  [[nodiscard]] bool any_row_has(std::string_view text) const {
    bool found = false;
    log.state()->scan({}, [&](std::string_view key, std::string_view value) {
      found = found || key.find(text) != std::string_view::npos || value.find(text) != std::string_view::npos;
      return true;
    });
    return found;
  }
  [[nodiscard]] RecordedEvent first(std::string_view type) const {
    for (const auto& event : log.read({}, 100'000).events) {
      auto decoded = decode_frame(event.frame).value();
      if (name_of(*decoded.known()) == type)
        return decoded;
    }
    ADD_FAILURE() << "no " << type;
    return {};
  }

  MemoryEventLog log;
  std::unique_ptr<SubjectKeys> keys = make_memory_subject_keys();
  gatehouse::testing::Story story{log, 11, {.keys = keys.get()}};
};

TEST_F(SealedHistory, has_no_text_about_a_person_in_frames_and_rows) {
  for (const auto* text : {"@example.com", "Name user-", "Sales"}) {
    EXPECT_FALSE(any_frame_has(text)) << text;
    EXPECT_FALSE(any_row_has(text)) << text;
  }
  EXPECT_TRUE(any_frame_has("Group ")) << "what is about nobody is not sealed";
}

TEST_F(SealedHistory, is_readable_with_the_keys) {
  const auto added = std::get<MemberAdded>(*opened(keys.get(), first("MemberAdded")).known());
  EXPECT_EQ(added.email.text, "owner@example.com");
  EXPECT_EQ(added.name.text, "Owner");
  const auto rows = log.state();
  const State state(*rows, story.accounts()[0], keys.get());
  EXPECT_EQ(state.member_with_email("owner@example.com"), UserId{"owner"});
  EXPECT_EQ(state.text_of(state.member(UserId{"owner"})->name), "Owner");
}

TEST_F(SealedHistory, says_that_a_text_is_erased) {
  keys->destroy({story.accounts()[0], "owner"});
  const auto added = std::get<MemberAdded>(*opened(keys.get(), first("MemberAdded")).known());
  EXPECT_EQ(added.email.text, "");
  EXPECT_EQ(added.email.unreadable, PersonalText::Unreadable::erased);
  EXPECT_FALSE(added.email.empty()) << "it is not as if there had been none";
  const auto rows = log.state();
  const State other(*rows, story.accounts()[1], keys.get());
  EXPECT_EQ(other.text_of(other.member(UserId{"owner"})->name), "Owner") << "the person of another account";
}

TEST_F(SealedHistory, says_that_it_has_not_got_the_key) {
  struct NoKeys final : PersonalReader {
    std::unique_ptr<SubjectKeys> none = make_memory_subject_keys();
    void open(const AccountId& account, PersonalText& text) const override { none->open(account, text); }
    std::string lookup(const AccountId& account, std::string_view address) const override {
      return none->lookup(account, address);
    }
  } nobody;
  const auto added = std::get<MemberAdded>(*opened(&nobody, first("MemberAdded")).known());
  EXPECT_EQ(added.name.unreadable, PersonalText::Unreadable::locked);
}

TEST_F(SealedHistory, is_told_by_a_flag_of_the_frame_to_who_knows_no_seals) {
  for (const auto& event : log.read({}, 100'000).events) {
    const auto frame = parse_frame(event.frame).value();
    const bool is_sealed = frame.flags == frame_flags::sealed_texts;
    EXPECT_EQ(frame.personal.find("@example.com"), std::string_view::npos);
    if (frame.personal.empty())
      EXPECT_FALSE(is_sealed);
  }
}

}  // namespace
}  // namespace gatehouse
