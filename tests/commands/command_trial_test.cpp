// What one submission means: order, batches, If-Match, dry run, envelopes.
#include <gmock/gmock.h>

#include "events/frame.hpp"
#include "tests/commands/pipeline.hpp"
#include "tests/domain/event_text.hpp"

namespace gatehouse {
namespace {

using namespace test;
using ::testing::ElementsAre;

class OneSubmission : public ::testing::Test {
 protected:
  OneSubmission() : pipeline_(log_) { pipeline_.commit(opening()); }

  gatehouse::Outcome send(Submission submission) { return pipeline_.run({std::move(submission)}).at(0); }
  std::uint64_t version() { return log_.stream_head(AccountId{"acme"})->version; }

  MemoryEventLog log_;
  Pipeline pipeline_;
};

AddMember member(const std::string& user) { return {UserId{user}, user + "@acme.example", {}, {}, {}}; }

TEST_F(OneSubmission, CommitsItsEventsWithTheirEnvelopes) {
  auto submission = submission_of(as("owner"), {member("ann"), SetUserInstallBlock{true}});
  submission.correlation_id = Uuid{{7}};
  pipeline_.now.unix_ms += 5;
  const auto answer = committed(send(std::move(submission)));
  ASSERT_EQ(answer.events.size(), 2U);
  EXPECT_EQ(answer.account_version, 4U);
  EXPECT_EQ(answer.position, log_.head());
  EXPECT_EQ(answer.results.size(), 2U);
  for (std::uint16_t index = 0; index < 2; ++index) {
    const auto& envelope = answer.events[index].envelope;
    EXPECT_EQ(envelope.account_id, AccountId{"acme"});
    EXPECT_EQ(envelope.account_version, 3U + index);
    EXPECT_EQ(envelope.position.value, 3U + index);
    EXPECT_EQ(envelope.commit_first.value, 3U);
    EXPECT_EQ(envelope.commit_index, index);
    EXPECT_EQ(envelope.commit_count, 2U);
    EXPECT_EQ(envelope.recorded_at, pipeline_.now);
    EXPECT_EQ(envelope.actor, (Actor{ActorType::user, "owner", "owner"}));
    EXPECT_EQ(envelope.correlation_id, (Uuid{{7}}));
  }
  EXPECT_EQ(answer.events[0].envelope.command_id, answer.events[1].envelope.command_id);
}

TEST_F(OneSubmission, AnswersWhatTheLogHolds) {
  const auto answer = committed(send(submission_of(as("owner"), {member("ann"), member("bob")})));
  for (const auto& event : answer.events) {
    const auto stored = decode_frame(log_.read_at(event.envelope.position)->frame);
    ASSERT_TRUE(stored);
    EXPECT_EQ(text_of(*stored->known()), text_of(*event.known()));
    EXPECT_EQ(stored->envelope.event_id, event.envelope.event_id);
    EXPECT_EQ(stored->type, event.type);
    EXPECT_EQ(stored->schema_version, event.schema_version);
    EXPECT_EQ(stored->envelope.commit_first, event.envelope.commit_first);
  }
}

TEST_F(OneSubmission, LetsLaterCommandsOfABatchSeeTheEarlierOnes) {
  const auto answer =
      committed(send(submission_of(directory_service(), {CreateGroup{GroupId{"team"}, "Team"}, member("ann"),
                                                         AddGroupMembers{GroupId{"team"}, {UserId{"ann"}}}})));
  EXPECT_EQ(answer.events.size(), 3U);
  EXPECT_TRUE(State(*log_.state(), AccountId{"acme"}).in_group(GroupId{"team"}, UserId{"ann"}));
}

TEST_F(OneSubmission, IsAllOrNone) {
  const auto before = frames_of(log_);
  const auto outcome = send(submission_of(
      directory_service(), {member("ann"), member("bob"), RemoveMember{UserId{"nobody"}}, member("cem")}));
  EXPECT_EQ(refused(outcome), RejectionCode::user_not_found);
  EXPECT_EQ(std::get<Refused>(outcome).command_index, 2U);
  EXPECT_EQ(frames_of(log_), before);
  EXPECT_FALSE(State(*log_.state(), AccountId{"acme"}).member(UserId{"ann"}));
}

TEST_F(OneSubmission, ThatChangesNothingAnswersWithoutEvents) {
  const auto answer = committed(send(submission_of(as("owner"), {SetUserInstallBlock{false}})));
  EXPECT_TRUE(answer.events.empty());
  EXPECT_EQ(answer.account_version, 2U);
  EXPECT_EQ(answer.position, log_.head());
  EXPECT_EQ(version(), 2U);
}

TEST_F(OneSubmission, AsADryRunAnswersTheSameAndLeavesNoTrace) {
  auto rehearsal = keyed(submission_of(directory_service(), {member("ann"), member("bob")}), 1);
  rehearsal.dry_run = true;
  const auto before = frames_of(log_);
  const auto answer = committed(send(rehearsal));
  EXPECT_EQ(answer.events.size(), 2U);
  EXPECT_EQ(answer.account_version, 4U);
  EXPECT_EQ(frames_of(log_), before);
  EXPECT_FALSE(State(*log_.state(), AccountId{"acme"}).member(UserId{"ann"}));
  EXPECT_FALSE(log_.find_command(*rehearsal.command_key));

  rehearsal.dry_run = false;
  const auto real = committed(send(rehearsal));
  EXPECT_FALSE(real.replayed);
  for (std::size_t index = 0; index < 2; ++index) {
    EXPECT_EQ(text_of(*real.events[index].known()), text_of(*answer.events[index].known()));
  }
}

TEST_F(OneSubmission, ADryRunIsRefusedLikeTheRealOne) {
  auto rehearsal = submission_of(directory_service(), {RemoveMember{UserId{"nobody"}}});
  rehearsal.dry_run = true;
  EXPECT_EQ(refused(send(rehearsal)), RejectionCode::user_not_found);
}

TEST_F(OneSubmission, IfMatchOfABatchNamesTheAccountsVersion) {
  auto batch = submission_of(as("owner"), {SetUserInstallBlock{true}, SetUserInstallBlock{false}});
  batch.if_match = {1};
  EXPECT_EQ(refused(send(batch)), RejectionCode::stale_version);
  batch.if_match = {2};
  EXPECT_EQ(committed(send(batch)).events.size(), 2U);
}

TEST_F(OneSubmission, HasTheTimeOfItsAccountEvenWhenTheClockGoesBack) {
  const auto first =
      committed(send(submission_of(as("owner"), {SetUserInstallBlock{true}}))).events[0].envelope.recorded_at;
  pipeline_.now.unix_ms -= 60'000;
  EXPECT_EQ(committed(send(submission_of(as("owner"), {SetUserInstallBlock{false}}))).events[0].envelope.recorded_at,
            first);
  pipeline_.now.unix_ms += 120'000;
  EXPECT_GT(committed(send(submission_of(as("owner"), {SetUserInstallBlock{true}}))).events[0].envelope.recorded_at,
            first);
}

TEST_F(OneSubmission, OfTooManyEventsIsRefusedWhole) {
  std::vector<Command> commands;
  std::vector<UserId> users;
  for (int index = 0; index < 1'000; ++index)
    users.emplace_back("user" + std::to_string(index));
  for (int batch = 0; batch < 10; ++batch) {
    std::vector<Command> additions;
    for (std::size_t index = 0; index < 100; ++index)
      additions.emplace_back(member(users[static_cast<std::size_t>(batch) * 100 + index].value));
    pipeline_.commit(submission_of(directory_service(), std::move(additions)));
  }
  for (int group = 0; group < 11; ++group)
    commands.emplace_back(CreateGroup{GroupId{"g" + std::to_string(group)}, "A group"});
  pipeline_.commit(submission_of(directory_service(), commands));
  commands.clear();
  for (int group = 0; group < 11; ++group)
    commands.emplace_back(AddGroupMembers{GroupId{"g" + std::to_string(group)}, users});
  const auto before = log_.head();
  const auto outcome = send(submission_of(directory_service(), commands));
  EXPECT_EQ(refused(outcome), RejectionCode::too_many_items);
  EXPECT_EQ(std::get<Refused>(outcome).command_index, 10U);
  EXPECT_EQ(log_.head(), before);
}

TEST_F(OneSubmission, WithAnEventThatNoFrameHoldsIsRefused) {
  RegisterApp command;
  command.app_id = AppId{"chat"};
  command.manifest.text = std::string(frame_bytes_max, 'x');
  command.developer.kind = DeveloperKind::account;
  const auto outcome = send(submission_of(as("owner"), {SetUserInstallBlock{true}, command}));
  EXPECT_EQ(refused(outcome), RejectionCode::too_many_items);
  EXPECT_EQ(std::get<Refused>(outcome).command_index, 1U);
}

TEST_F(OneSubmission, OfAnAccountsOwnAppGoesToTheCatalogueAndAnswersTheAccountsVersion) {
  RegisterApp command;
  command.app_id = AppId{"chat"};
  command.developer.kind = DeveloperKind::account;
  const auto answer = committed(send(submission_of(as("owner"), {command, SetUserInstallBlock{true}})));
  EXPECT_EQ(answer.events[0].envelope.account_id, catalogue_stream);
  EXPECT_EQ(answer.events[0].envelope.account_version, 1U);
  EXPECT_EQ(answer.events[1].envelope.account_version, 3U);
  EXPECT_EQ(answer.account_version, 3U);
  EXPECT_EQ(committed(send(submission_of(as("owner"), {ActivateApp{AppId{"chat"}}}))).account_version, 3U);
}

TEST_F(OneSubmission, AtThePlatformsDoorAnswersTheVersionOfTheStreamItWroteTo) {
  const auto answer = committed(send(opening("globex")));
  EXPECT_EQ(answer.account_version, 2U);
  EXPECT_EQ(answer.events[0].envelope.account_id, AccountId{"globex"});
}

TEST_F(OneSubmission, KnowsTheCatalogueItWasDecidedOn) {
  RegisterApp app;
  app.app_id = AppId{"chat"};
  app.developer.kind = DeveloperKind::platform;
  const auto registered = committed(send(submission_of(platform_service(), {app}, catalogue_stream.value))).position;
  const auto answer = committed(send(submission_of(as("owner"), {SetUserInstallBlock{true}})));
  EXPECT_EQ(answer.events[0].envelope.catalogue_position, registered);
}

}  // namespace
}  // namespace gatehouse
