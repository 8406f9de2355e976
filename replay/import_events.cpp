#include "replay/import_events.hpp"

#include <algorithm>

#include "events/frame.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t commits_per_append = 1'000;

tl::unexpected<std::string> refused(Position position, std::string_view why) {
  return tl::unexpected("position " + std::to_string(position.value) + ": " + std::string(why));
}

}  // namespace

EventImport::Outcome EventImport::add(std::string_view frame) {
  const Position position{position_.value + 1};
  const auto parsed = parse_frame(frame);
  if (!parsed)
    return refused(position, to_text(parsed.error()));
  const auto& envelope = parsed->envelope;
  if (envelope.position != position)
    return refused(position, "the frame is of another place");
  const bool begins = commit_missing_ == 0;
  if (begins ? envelope.commit_index != 0 : envelope.commit_first.value + envelope.commit_index != position.value)
    return refused(position, "the events of a command do not stand together");
  if (begins) {
    commit_ = CommitDraft();
    commit_.command_id = envelope.command_id;
    commit_missing_ = envelope.commit_count;
  } else if (envelope.command_id != commit_.command_id) {
    return refused(position, "the events of a command do not stand together");
  }
  auto& stream = streams_[envelope.account_id];
  if (envelope.account_version != stream.version + 1 || envelope.recorded_at < stream.recorded_at)
    return refused(position, "the event does not follow the one before it in its account");
  if (std::ranges::find(commit_.expect, envelope.account_id, &StreamVersion::stream) == commit_.expect.end())
    commit_.expect.push_back({envelope.account_id, stream.version});
  stream = {envelope.account_version, envelope.recorded_at};
  commit_.events.push_back({envelope.account_id, unsealed_frame(frame)});
  position_ = position;
  if (--commit_missing_ == 0)
    complete_.push_back(std::move(commit_));
  return complete_.size() >= commits_per_append ? append() : Outcome();
}

EventImport::Outcome EventImport::finish() {
  if (commit_missing_ > 0)
    return refused(position_, "the last command is cut off");
  return append();
}

EventImport::Outcome EventImport::append() {
  const auto results = log_.append(complete_);
  const bool taken =
      std::ranges::all_of(results, [](const AppendResult& result) { return result.status == AppendStatus::appended; });
  if (!taken)
    return refused(position_, "the log does not take it: " + log_.read_only_reason());
  complete_.clear();
  return {};
}

}  // namespace gatehouse
