#include "replay/import_events.hpp"

#include "events/frame.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {
namespace {

std::vector<std::string> frames_of(const EventLog& log) {
  std::vector<std::string> frames;
  for (Position after;;) {
    const auto page = log.read(after, 1'000);
    for (const auto& event : page.events)
      frames.push_back(event.frame);
    after = page.next;
    if (page.at_end)
      return frames;
  }
}

// The text of the refusal, or nothing.
std::string import(EventLog& log, const std::vector<std::string>& frames) {
  EventImport events(log);
  for (const auto& frame : frames) {
    if (const auto added = events.add(frame); !added)
      return added.error();
  }
  const auto finished = events.finish();
  return finished ? std::string() : finished.error();
}

TEST(ImportEvents, gives_the_same_bytes_in_the_same_places) {
  const World world(11);
  MemoryEventLog copy;
  EXPECT_EQ(import(copy, frames_of(world.log)), "");
  EXPECT_EQ(frames_of(copy), frames_of(world.log));
  for (const auto& account : world.story.accounts())
    EXPECT_EQ(copy.stream_head(account)->version, world.log.stream_head(account)->version);
}

TEST(ImportEvents, refuses_what_does_not_follow_and_names_the_place) {
  const World world(12, 120);
  const auto frames = frames_of(world.log);
  ASSERT_GT(frames.size(), 40U);
  const auto expect_refused = [&](std::vector<std::string> bad, std::uint64_t position, const char* what) {
    MemoryEventLog copy;
    const auto refusal = import(copy, bad);
    EXPECT_TRUE(refusal.starts_with("position " + std::to_string(position) + ":")) << what << ": " << refusal;
  };
  auto changed = frames;
  changed[20][60] ^= 1;
  expect_refused(changed, 21, "a changed bit");
  auto missing = frames;
  missing.erase(missing.begin() + 20);
  expect_refused(missing, 21, "a missing frame");
  auto doubled = frames;
  doubled.insert(doubled.begin() + 20, frames[19]);
  expect_refused(doubled, 21, "a frame twice");
  auto swapped = frames;
  std::swap(swapped[20], swapped[21]);
  expect_refused(swapped, 21, "two frames swapped");
  for (std::size_t end = 1; end < frames.size(); ++end) {
    const auto last = parse_frame(frames[end - 1])->envelope;
    const bool whole = last.commit_index + 1 == last.commit_count;
    MemoryEventLog copy;
    EXPECT_EQ(import(copy, {frames.begin(), frames.begin() + static_cast<std::ptrdiff_t>(end)}).empty(), whole) << end;
  }
}

TEST(ImportEvents, refuses_what_the_log_does_not_take) {
  const World world(13, 60);
  MemoryEventLog copy;
  copy.refuse_appends(AppendStatus::unavailable, "disk_full");
  EXPECT_NE(import(copy, frames_of(world.log)).find("disk_full"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::testing
