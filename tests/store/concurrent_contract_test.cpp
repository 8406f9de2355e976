#include "tests/store/event_log_contract.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <numeric>
#include <random>
#include <thread>

#include "events/frame.hpp"

namespace gatehouse::testing {
namespace {

using ConcurrentContract = EventLogContract;
INSTANTIATE_TEST_SUITE_P(Backends, ConcurrentContract, ::testing::ValuesIn(all_backends()), backend_name);

constexpr std::uint64_t writers = 4;
constexpr std::uint64_t commits_per_writer = 50;

// Everyone wants the same stream: who loses decides again.
void append_contending(EventLog& log, std::uint64_t writer) {
  for (std::uint64_t commit = 0; commit < commits_per_writer; ++commit) {
    const auto command = writer * 1'000 + commit + 1;
    for (auto status = AppendStatus::conflict; status == AppendStatus::conflict;) {
      const auto version = log.stream_head(AccountId("acme")).value_or(StreamHead{}).version;
      DraftBuilder draft("acme", version, command);
      draft.events(1 + commit % 2).row("last", std::to_string(version)).record(1);
      status = append_one(log, draft).status;
      ASSERT_TRUE(status == AppendStatus::appended || status == AppendStatus::conflict);
    }
  }
}

// A snapshot and the log never disagree: the row says on which version the last commit was decided.
void read_while_written(EventLog& log, const std::atomic<bool>& done) {
  while (!done) {
    const auto state = log.state();
    if (state->head().value == 0)
      continue;
    const auto event = log.read_at(state->head());
    ASSERT_TRUE(event);
    const auto envelope = parse_frame(event->frame)->envelope;
    const auto decided_on = envelope.account_version - envelope.commit_count;
    EXPECT_EQ(state->get("last"), std::to_string(decided_on));
    EXPECT_LE(state->head(), log.head());
  }
}

TEST_P(ConcurrentContract, appenders_and_readers_do_not_disturb_each_other) {
  std::atomic<bool> done{};
  std::atomic<std::uint64_t> heard{};
  const auto listener = log_->on_append([&](Position head) { heard = head.value; });
  std::thread reader([&] { read_while_written(*log_, done); });
  std::vector<std::thread> threads;
  for (std::uint64_t writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] { append_contending(*log_, writer); });
  for (auto& thread : threads)
    thread.join();
  done = true;
  reader.join();

  const std::uint64_t events = writers * (commits_per_writer + commits_per_writer / 2);
  EXPECT_EQ(log_->head(), Position{events});
  EXPECT_EQ(heard, events);
  std::uint64_t version = 0;
  std::map<Uuid, int> commands;
  for (const auto& event : log_->read({}, page_events_max).events) {
    const auto envelope = parse_frame(event.frame)->envelope;
    EXPECT_EQ(envelope.account_version, ++version);
    ++commands[envelope.command_id];
  }
  EXPECT_EQ(version, events);
  EXPECT_EQ(commands.size(), writers * commits_per_writer);
}

// Rows under snapshots. Draft n of a writer has one event and puts n into four rows: both of hot pair n mod hot_pairs, both of cold
// pair n mod cold_pairs. So the stream's version tells exactly what every row of the writer holds, and the versions add up to the head.
class PairedRows {
 public:
  explicit PairedRows(EventLog& log) : log_(log) {}

  void write(std::uint64_t writer) {
    const auto account = account_of(writer);
    for (std::uint64_t version = 0; std::chrono::steady_clock::now() < end_;) {
      std::vector<CommitDraft> group;
      for (const auto last = version + 1 + version % drafts_per_group_max; version < last; ++version)
        group.push_back(draft(writer, account, version));
      for (const auto& result : log_.append(group))
        ASSERT_EQ(result.status, AppendStatus::appended);
      acknowledged_[writer] = version;
    }
  }

  // Every look at a new snapshot is followed by one at the oldest of those that are held.
  void read(std::uint64_t reader, std::size_t held_max) {
    std::mt19937_64 random(reader);
    std::deque<Look> held;
    while (std::chrono::steady_clock::now() < end_ && !::testing::Test::HasFailure()) {
      held.push_back(look());
      for (const auto* seen : {&held.back(), &held.front()}) {
        for (int pair = 0; pair < pairs_per_look; ++pair)
          check(*seen, random() % writers, random() % hot_pairs, random() % cold_pairs);
      }
      check_versions(held.front());
      if (held.size() > held_max)
        held.pop_front();
      ++looks_;
    }
  }

  void check_all() {
    const auto now = look();
    for (std::uint64_t writer = 0; writer < writers; ++writer) {
      EXPECT_EQ(now.versions[writer], acknowledged_[writer]);
      for (std::uint64_t cold = 0; cold < cold_pairs; ++cold)
        check(now, writer, cold % hot_pairs, cold);
    }
    EXPECT_GT(looks_, 0U);
  }

 private:
  static constexpr std::uint64_t writers = 2;
  static constexpr std::uint64_t hot_pairs = 8;
  static constexpr std::uint64_t cold_pairs = 1'000;  // of all writers together: more rows than small_log() keeps in memory
  static constexpr std::uint64_t drafts_per_group_max = 12;
  static constexpr int pairs_per_look = 6;
  static constexpr std::chrono::milliseconds duration{700};

  struct Look {
    std::shared_ptr<const StateSnapshot> state;
    std::array<std::uint64_t, writers> versions{};
  };

  static std::string account_of(std::uint64_t writer) { return "writer" + std::to_string(writer); }
  static std::string row(std::uint64_t writer, std::string_view kind, std::uint64_t pair, std::string_view side) {
    return std::to_string(writer) + std::string(kind) + std::to_string(pair) + std::string(side);
  }
  static CommitDraft draft(std::uint64_t writer, std::string_view account, std::uint64_t version) {
    constexpr std::uint64_t commands_per_writer = 1'000'000;
    const auto number = version + 1;
    DraftBuilder made(account, version, writer * commands_per_writer + number);
    made.events(1);
    for (const auto* side : {"left", "right"}) {
      made.row(row(writer, "hot", number % hot_pairs, side), std::to_string(number));
      made.row(row(writer, "cold", number % cold_pairs, side), std::to_string(number));
    }
    return made.build();
  }

  Look look() const {
    std::array<std::uint64_t, writers> acknowledged{};
    std::ranges::copy(acknowledged_, acknowledged.begin());
    Look seen{log_.state(), {}};
    for (std::uint64_t writer = 0; writer < writers; ++writer) {
      seen.versions[writer] = version_at(seen, writer);
      EXPECT_GE(seen.versions[writer], acknowledged[writer]) << "acknowledged before the snapshot was taken";
    }
    EXPECT_EQ(std::accumulate(seen.versions.begin(), seen.versions.end(), std::uint64_t{}), seen.state->head().value);
    return seen;
  }
  static std::uint64_t version_at(const Look& seen, std::uint64_t writer) {
    return seen.state->stream_head(AccountId(account_of(writer))).value_or(StreamHead{}).version;
  }
  static void check_versions(const Look& seen) {
    for (std::uint64_t writer = 0; writer < writers; ++writer)
      EXPECT_EQ(version_at(seen, writer), seen.versions[writer]);
  }
  static void check(const Look& seen, std::uint64_t writer, std::uint64_t hot, std::uint64_t cold) {
    for (const auto* side : {"left", "right"}) {
      const auto version = seen.versions[writer];
      EXPECT_EQ(seen.state->get(row(writer, "hot", hot, side)), last_of(version, hot, hot_pairs)) << hot << side;
      EXPECT_EQ(seen.state->get(row(writer, "cold", cold, side)), last_of(version, cold, cold_pairs)) << cold << side;
    }
  }
  // The newest draft up to `version` that wrote the pair.
  static std::optional<std::string> last_of(std::uint64_t version, std::uint64_t pair, std::uint64_t pairs) {
    const auto number = version < pair ? 0 : version - (version - pair) % pairs;
    return number == 0 ? std::nullopt : std::optional(std::to_string(number));
  }

  EventLog& log_;
  const std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + duration;
  std::array<std::atomic<std::uint64_t>, writers> acknowledged_{};
  std::atomic<std::uint64_t> looks_{};
};

TEST_P(ConcurrentContract, a_snapshot_has_exactly_the_rows_of_its_head_however_long_it_is_held) {
  constexpr std::size_t held_max = 40;
  PairedRows rows(*log_);
  {
    std::vector<std::jthread> threads;
    for (const std::uint64_t writer : {0U, 1U})
      threads.emplace_back([&rows, writer] { rows.write(writer); });
    for (const std::size_t held : {std::size_t{0}, held_max})
      threads.emplace_back([&rows, held] { rows.read(held + 1, held); });
  }
  rows.check_all();
}

}  // namespace
}  // namespace gatehouse::testing
