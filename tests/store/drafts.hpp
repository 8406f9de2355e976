// Small commits for tests of the log: accounts by name, events that carry one text, rows and records on demand.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse::testing {

inline constexpr std::int64_t start_unix_ms = 1'700'000'000'000;

[[nodiscard]] Uuid numbered_uuid(std::uint64_t number);
[[nodiscard]] Digest numbered_digest(std::uint8_t number);

class DraftBuilder {
 public:
  // Expects `account` at `version`; the events count on from there.
  DraftBuilder(std::string_view account, std::uint64_t version, std::uint64_t command = 1);

  DraftBuilder& event(std::string_view text);
  DraftBuilder& events(std::size_t count);
  DraftBuilder& expect(std::string_view stream, std::uint64_t version);
  DraftBuilder& row(std::string_view key, std::string_view value);
  DraftBuilder& without_row(std::string_view key);
  DraftBuilder& record(std::uint8_t digest, std::string_view result = {});
  DraftBuilder& at(std::int64_t unix_ms);
  [[nodiscard]] CommitDraft build() const;

 private:
  AccountId account_;
  std::uint64_t version_;
  std::vector<std::string> texts_;
  std::int64_t unix_ms_ = start_unix_ms;
  CommitDraft draft_;
};

// The text of an event made here.
[[nodiscard]] std::string text_of(const StoredEvent& event);
[[nodiscard]] std::vector<std::string> texts_of(const EventPage& page);

[[nodiscard]] AppendResult append_one(EventLog& log, const DraftBuilder& draft);
// Appends commits of one event each, on alternating accounts, until the log has `count` events.
void append_until(EventLog& log, std::uint64_t count);

}  // namespace gatehouse::testing
