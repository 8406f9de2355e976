#include "tests/store/drafts.hpp"

#include <gtest/gtest.h>

#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse::testing {

Uuid numbered_uuid(std::uint64_t number) {
  Uuid uuid;
  for (std::size_t index = 0; index < 8; ++index)
    uuid.bytes[15 - index] = static_cast<std::uint8_t>(number >> (8 * index));
  uuid.bytes[0] = 1;
  return uuid;
}

Digest numbered_digest(std::uint8_t number) {
  Digest digest{};
  digest.fill(number);
  return digest;
}

DraftBuilder::DraftBuilder(std::string_view account, std::uint64_t version, std::uint64_t command)
    : account_(account), version_(version) {
  draft_.command_id = numbered_uuid(command);
  draft_.expect.push_back({account_, version});
}

DraftBuilder& DraftBuilder::event(std::string_view text) {
  texts_.emplace_back(text);
  return *this;
}

DraftBuilder& DraftBuilder::events(std::size_t count) {
  for (std::size_t index = 0; index < count; ++index)
    event(account_.value + "-" + std::to_string(version_ + texts_.size() + 1));
  return *this;
}

DraftBuilder& DraftBuilder::expect(std::string_view stream, std::uint64_t version) {
  draft_.expect.push_back({AccountId(stream), version});
  return *this;
}

DraftBuilder& DraftBuilder::row(std::string_view key, std::string_view value) {
  draft_.state[std::string(key)] = std::string(value);
  return *this;
}

DraftBuilder& DraftBuilder::without_row(std::string_view key) {
  draft_.state[std::string(key)] = std::nullopt;
  return *this;
}

DraftBuilder& DraftBuilder::record(std::uint8_t digest, std::string_view result) {
  CommandRecord record;
  record.request_digest = numbered_digest(digest);
  record.account_version = version_;
  record.result = result;
  draft_.record = record;
  return *this;
}

DraftBuilder& DraftBuilder::at(std::int64_t unix_ms) {
  unix_ms_ = unix_ms;
  return *this;
}

CommitDraft DraftBuilder::build() const {
  auto draft = draft_;
  if (draft.record)
    draft.record->recorded_at = {unix_ms_};
  Envelope envelope;
  envelope.account_id = account_;
  envelope.command_id = draft.command_id;
  envelope.recorded_at = {unix_ms_};
  envelope.actor = {ActorType::user, "ada", "owner"};
  envelope.commit_count = static_cast<std::uint16_t>(texts_.size());
  for (const auto& text : texts_) {
    envelope.account_version = version_ + envelope.commit_index + 1;
    envelope.event_id = numbered_uuid(envelope.account_version);
    draft.events.push_back({account_, draft_frame(envelope, GroupCreated{GroupId("g"), text}, {})});
    ++envelope.commit_index;
  }
  return draft;
}

std::string text_of(const StoredEvent& event) {
  const auto recorded = decode_frame(event.frame);
  GATEHOUSE_ASSERT(recorded && recorded->known());
  EXPECT_EQ(recorded->envelope.position, event.position);
  return std::get<GroupCreated>(*recorded->known()).name;
}

std::vector<std::string> texts_of(const EventPage& page) {
  std::vector<std::string> texts;
  for (const auto& event : page.events)
    texts.push_back(text_of(event));
  return texts;
}

AppendResult append_one(EventLog& log, const DraftBuilder& draft) {
  std::vector<CommitDraft> group{draft.build()};
  auto results = log.append(group);
  GATEHOUSE_ASSERT(results.size() == 1);
  return results.front();
}

void append_until(EventLog& log, std::uint64_t count) {
  while (log.head().value < count) {
    const auto number = log.head().value;
    const std::string account = number % 2 == 0 ? "even" : "odd";
    const auto version = log.stream_head(AccountId(account)).value_or(StreamHead{}).version;
    const auto result =
        append_one(log, DraftBuilder(account, version, number + 1).events(1).row("row", std::to_string(number)));
    ASSERT_EQ(result.status, AppendStatus::appended);
  }
}

}  // namespace gatehouse::testing
