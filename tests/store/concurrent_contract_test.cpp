#include "tests/store/event_log_contract.hpp"

#include <atomic>
#include <map>
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

}  // namespace
}  // namespace gatehouse::testing
