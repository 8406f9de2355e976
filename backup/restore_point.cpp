#include "backup/restore_point.hpp"

#include <algorithm>
#include <ranges>

#include "events/frame.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_read = 1'000;

bool reaches(const Backup& backup, const RestorePoint& point) {
  if (point.position)
    return backup.manifest.head.position >= *point.position;
  return !point.time || backup.manifest.made_at >= *point.time;
}

BackupResult<Envelope> envelope_at(const EventLog& log, Position position) {
  const auto event = log.read_at(position);
  const auto frame = event ? parse_frame(event->frame) : tl::unexpected(FrameError{});
  if (!frame)
    return backup_damaged("position " + std::to_string(position.value) + ": the event cannot be read");
  return frame->envelope;
}

BackupResult<Position> end_before(const EventLog& log, Timestamp time) {
  for (Position after;;) {
    const auto page = log.read(after, events_per_read);
    for (const auto& event : page.events) {
      const auto frame = parse_frame(event.frame);
      if (!frame)
        return backup_damaged("position " + std::to_string(event.position.value) + ": the event cannot be read");
      if (frame->envelope.recorded_at > time && frame->envelope.commit_first.value == 1)
        return backup_failed("nothing would be restored: the first event is of a later time");
      if (frame->envelope.recorded_at > time)
        return Position{frame->envelope.commit_first.value - 1};
    }
    if (page.at_end)
      return log.head();
    after = page.next;
  }
}

}  // namespace

BackupResult<Backup> choose_backup(const std::vector<Backup>& backups, const RestorePoint& point) {
  if (backups.empty())
    return backup_failed("there is no backup");
  for (const auto& backup : std::views::reverse(backups)) {
    if (point.backup && backup.id != *point.backup)
      continue;
    // An older one is not taken in its place without being asked for.
    if (!backup.damage.empty())
      return backup_damaged("backup " + std::to_string(backup.id) + ": " + backup.damage);
    if (reaches(backup, point))
      return backup;
    if (point.backup)
      return backup_failed("backup " + std::to_string(backup.id) + " does not reach it: its last event is " +
                           std::to_string(backup.manifest.head.position.value));
  }
  if (point.backup)
    return backup_failed("there is no backup " + std::to_string(*point.backup));
  const auto newest = "the newest, " + std::to_string(backups.back().id) + ", ";
  if (point.time)
    return backup_failed("no backup reaches that time: " + newest +
                         "is of an earlier one; leave --time out for all that it has");
  return backup_failed("no backup reaches it: the last event of " + newest + "is " +
                       std::to_string(backups.back().manifest.head.position.value));
}

BackupResult<Position> end_of(const EventLog& log, const RestorePoint& point) {
  if (point.time)
    return end_before(log, *point.time);
  const auto end = point.position.value_or(log.head());
  if (end > log.head())
    return backup_failed("the log ends at event " + std::to_string(log.head().value));
  if (end == Position{})
    return end;
  const auto envelope = envelope_at(log, end);
  if (!envelope)
    return tl::unexpected(envelope.error());
  const auto last = envelope->commit_first.value + envelope->commit_count - 1;
  if (end.value != last)
    return backup_failed("event " + std::to_string(end.value) + " is in the middle of a command: end with " +
                         std::to_string(envelope->commit_first.value - 1) + " or " + std::to_string(last));
  return end;
}

}  // namespace gatehouse
