// The service around the groups: queue, limits, counters, stopping.
#include "commands/command_service.hpp"

#include <gmock/gmock.h>

#include <future>
#include <numeric>

#include "commands/command_tally.hpp"
#include "tests/commands/pipeline.hpp"

namespace gatehouse {
namespace {

using namespace test;

class Service : public ::testing::Test {
 protected:
  Service() { service_.run_group({opening()}); }

  std::future<gatehouse::Outcome> submit(Submission submission) {
    auto promise = std::make_shared<std::promise<gatehouse::Outcome>>();
    service_.submit(std::move(submission),
                    [promise](gatehouse::Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  }

  MemoryEventLog log_;
  SeededIds ids_{1};
  PlainTokens tokens_;
  CommandService service_{log_,
                          ids_,
                          tokens_,
                          [] { return Timestamp{1'700'000'000'000}; },
                          {.queue_max = 3, .group_max = 2, .conflict_retries_max = 1}};
};

Submission block(bool blocked) { return submission_of(as("owner"), {SetUserInstallBlock{blocked}}); }

TEST_F(Service, AnswersInTheOrderOfSubmission) {
  auto first = submit(block(true));
  auto second = submit(block(false));
  auto third = submit(block(false));
  service_.start();
  EXPECT_EQ(committed(first.get()).account_version, 3U);
  EXPECT_EQ(committed(second.get()).account_version, 4U);
  EXPECT_TRUE(committed(third.get()).events.empty());
}

TEST_F(Service, TakesNoMoreThanItsQueueHolds) {
  for (int index = 0; index < 3; ++index)
    (void)submit(block(true));
  auto outcome = submit(block(true));
  EXPECT_EQ(failed(outcome.get()), Failure::queue_full);
  EXPECT_EQ(service_.counters().queue_depth.load(), 3U);
}

TEST_F(Service, TakesNoMoreIntoAGroupThanItMay) {
  std::vector<std::future<gatehouse::Outcome>> outcomes;
  for (const bool blocked : {true, false, true})
    outcomes.push_back(submit(block(blocked)));
  const auto groups = service_.counters().groups.load();
  service_.start();
  for (auto& outcome : outcomes)
    EXPECT_EQ(committed(outcome.get()).events.size(), 1U);
  service_.stop();
  EXPECT_EQ(service_.counters().groups.load(), groups + 2);
}

TEST_F(Service, AnswersEverythingItTookBeforeItStops) {
  std::vector<std::future<gatehouse::Outcome>> outcomes;
  for (const bool blocked : {true, false, true})
    outcomes.push_back(submit(block(blocked)));
  service_.start();
  service_.stop();
  for (auto& outcome : outcomes)
    EXPECT_EQ(committed(outcome.get()).events.size(), 1U);
  auto late = submit(block(true));
  EXPECT_EQ(failed(late.get()), Failure::read_only);
}

TEST_F(Service, AnswersWhatWaitedWhenItNeverStarted) {
  auto outcome = submit(block(true));
  service_.stop();
  EXPECT_EQ(failed(outcome.get()), Failure::read_only);
}

TEST_F(Service, CountsWhatItDid) {
  const auto key = [](Submission submission) { return keyed(std::move(submission), 1); };
  service_.run_group({key(block(true)), key(block(true)),
                      submission_of(directory_service(), {RemoveMember{UserId{"nobody"}}}), keyed(block(false), 1, 9)});
  const auto& counters = service_.counters();
  EXPECT_EQ(counters.committed.load(), 2U);
  EXPECT_EQ(counters.replayed.load(), 1U);
  EXPECT_EQ(counters.refused.load(), 1U);
  EXPECT_EQ(counters.failed.load(), 1U);
  EXPECT_EQ(counters.events.load(), 3U);
}

std::vector<std::string> told(const CommandTally& tally) {
  std::vector<std::string> lines;
  for (const auto& [command, outcome, code, count] : tally.counts())
    lines.push_back(std::string(command) + " " + std::string(outcome) + " " + std::string(code) + " " +
                    std::to_string(count));
  return lines;
}

TEST_F(Service, TalliesEachTypeOfCommandByWhatBecameOfIt) {
  auto dry = block(true);
  dry.dry_run = true;
  service_.run_group(
      {keyed(block(true), 1), keyed(block(true), 1), block(true), keyed(block(false), 1, 9), dry,
       submission_of(directory_service(), {RemoveMember{UserId{"nobody"}}, RemoveMember{UserId{"none"}}})});
  EXPECT_THAT(told(service_.tally()),
              testing::ElementsAre("OpenAccount accepted  1", "RemoveMember refused user_not_found 2",
                                   "SetUserInstallBlock accepted  1", "SetUserInstallBlock unchanged  1",
                                   "SetUserInstallBlock replayed  1", "SetUserInstallBlock dry_run  1",
                                   "SetUserInstallBlock failed key_reused 1"));
  EXPECT_EQ(service_.tally().failures(Failure::key_reused), 1U);
  EXPECT_EQ(service_.tally().failures(Failure::queue_full), 0U);
}

TEST_F(Service, MeasuresHowLongACommandTookAndHowManyWentTogether) {
  const auto observed = [](const telemetry::Histogram& histogram) {
    const auto counts = histogram.totals().counts;
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{});
  };
  const auto& counters = service_.counters();
  const auto groups = observed(counters.group_commands), answers = observed(counters.answer_times);
  const auto events = counters.group_events.totals().sum;
  auto first = submit(block(true));
  auto second = submit(block(false));
  service_.start();
  first.wait();
  second.wait();
  service_.stop();
  EXPECT_EQ(observed(counters.answer_times), answers + 2);
  EXPECT_EQ(observed(counters.queue_times), 2U);
  EXPECT_LE(counters.queue_times.totals().sum, counters.answer_times.totals().sum);
  EXPECT_EQ(observed(counters.group_commands), groups + 1);
  EXPECT_EQ(counters.group_events.totals().sum, events + 2);
}

}  // namespace
}  // namespace gatehouse
