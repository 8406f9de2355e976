// Any history of commands, run on one thread from a seed: the same seed gives the same bytes whatever holds them, what is counted adds up,
// sending something again changes nothing, and folding the events again gives the rows that were decided on.
#include <rapidcheck/gtest.h>

#include "domain/decide.hpp"
#include "events/frame.hpp"
#include "store/memory_event_log.hpp"
#include "store/rocks_event_log.hpp"
#include "store/stored_rows.hpp"
#include "table/memory_table.hpp"
#include "tests/domain/state_audit.hpp"
#include "tests/replay/story.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse {
namespace {

using testing::Story;

constexpr Story::Size keyed{.accounts = 2, .members = 6, .groups = 2, .apps = 6, .keyed = true};

// Everything that commands leave behind, as bytes.
struct Left {
  std::vector<std::string> frames;
  std::map<std::string, std::string> rows;
  std::vector<std::string> records;
  bool operator==(const Left&) const = default;
};

std::vector<std::string> frames_of(const EventLog& log) {
  std::vector<std::string> frames;
  for (Position at; at < log.head();) {
    auto page = log.read(at, page_events_max);
    for (auto& event : page.events) frames.push_back(std::move(event.frame));
    at = page.next;
  }
  return frames;
}

std::map<std::string, std::string> rows_of(const TableReader& table) {
  std::map<std::string, std::string> rows;
  table.scan({}, [&](std::string_view key, std::string_view value) { return rows.emplace(key, value).second; });
  return rows;
}

Left left_in(const EventLog& log, const Story& story) {
  Left left{frames_of(log), rows_of(*log.state()), {}};
  for (const auto& sent : story.sent()) {
    const auto record = log.find_command(*sent.submission.command_key);
    left.records.push_back(record ? stored::encode(*record) : std::string());
  }
  return left;
}

Left left_in_memory(std::uint64_t seed, std::size_t commands) {
  MemoryEventLog log;
  Story story(log, seed, keyed);
  story.go_on(commands);
  return left_in(log, story);
}

std::unique_ptr<RocksEventLog> open_log(const testing::TemporaryFolder& folder) {
  OpenOptions options;
  options.data_dir = folder.path();
  options.reserve = {.ballast_bytes = 1U << 16, .free_bytes_min = 1U << 20};
  return std::move(RocksEventLog::open(options)).value();
}

TEST(CommandHistory, IsTheSameBytesFromTheSameSeedInMemoryAndOnDisk) {
  constexpr std::uint64_t seed = 20'260'101;
  constexpr std::size_t commands = 500;
  const auto first = left_in_memory(seed, commands);
  EXPECT_GT(first.frames.size(), 100U);
  EXPECT_GT(first.rows.size(), 100U);
  EXPECT_GT(std::ranges::count_if(first.records, [](const auto& record) { return !record.empty(); }), 100);
  EXPECT_TRUE(left_in_memory(seed, commands) == first);

  const testing::TemporaryFolder folder;
  auto log = open_log(folder);
  Story story(*log, seed, keyed);
  story.go_on(commands);
  EXPECT_TRUE(left_in(*log, story) == first);

  log.reset();
  log = open_log(folder);
  EXPECT_TRUE(left_in(*log, story) == first) << "after opening the log again";
}

TEST(CommandHistory, IsAnotherFromAnotherSeed) {
  const auto one = left_in_memory(1, 100);
  const auto other = left_in_memory(2, 100);
  EXPECT_NE(one.frames, other.frames);
  EXPECT_NE(one.rows, other.rows);
}

std::string data_of(const Committed& committed) {
  std::string data;
  for (const auto& event : committed.events) {
    data += std::to_string(event.envelope.position.value) + " " + to_text(event.envelope.event_id) + "\n";
    data += draft_frame(event.envelope, *event.known(), {});
  }
  return data;
}

// What was answered the first time, and nothing new in the log.
void check_repeated(const Committed& first, const Outcome& again) {
  const auto* repeated = std::get_if<Committed>(&again);
  RC_ASSERT(repeated != nullptr && repeated->replayed);
  RC_ASSERT(repeated->position == first.position);
  RC_ASSERT(repeated->account_version == first.account_version);
  RC_ASSERT(repeated->results == first.results);
  RC_ASSERT(data_of(*repeated) == data_of(first));
}

RC_GTEST_PROP(CommandHistory, ChangesByNothingThatIsSentAgain, ()) {
  MemoryEventLog log;
  Story story(log, *rc::gen::arbitrary<std::uint64_t>(), keyed);
  story.go_on(*rc::gen::inRange<std::size_t>(0, 200));
  const auto before = left_in(log, story);
  for (const auto& sent : story.sent()) {
    const auto* first = std::get_if<Committed>(&sent.outcome);
    if (first == nullptr) continue;
    check_repeated(*first, story.send(sent.submission));
    auto other = sent.submission;
    other.request_digest.fill(1);
    const auto misused = story.send(other);
    RC_ASSERT(std::holds_alternative<Failed>(misused) && std::get<Failed>(misused).failure == Failure::key_reused);
  }
  RC_ASSERT(left_in(log, story) == before);
}

RC_GTEST_PROP(CommandHistory, AddsUpAfterEveryGroup, ()) {
  MemoryEventLog log;
  Story story(log, *rc::gen::arbitrary<std::uint64_t>());
  for (auto steps = *rc::gen::inRange(0, 40); steps > 0; --steps) {
    story.go_on(8);
    const auto rows = log.state();
    for (const auto& account : story.accounts()) RC_ASSERT(test::audit(State(*rows, account)) == std::vector<std::string>{});
  }
}

RC_GTEST_PROP(CommandHistory, FoldsAgainToTheRowsThatWereDecidedOn, ()) {
  MemoryEventLog log;
  Story story(log, *rc::gen::arbitrary<std::uint64_t>());
  story.go_on(*rc::gen::inRange<std::size_t>(0, 300));
  MemoryTable rows;
  for (const auto& frame : frames_of(log)) {
    const auto event = decode_frame(frame);
    RC_ASSERT(event && event->known() != nullptr);
    const auto& envelope = event->envelope;
    evolve(rows, {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, envelope.event_id}, *event->known());
  }
  RC_ASSERT(rows_of(rows) == rows_of(*log.state()));
}

}  // namespace
}  // namespace gatehouse
