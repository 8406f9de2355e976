// What submissions of one group mean to each other: order, idempotency keys, conflicts with another writer, failed writes.
#include <gmock/gmock.h>

#include "commands/command_group.hpp"
#include "tests/commands/pipeline.hpp"
#include "tests/domain/event_text.hpp"

namespace gatehouse {
namespace {

using namespace test;
using ::testing::ElementsAre;

const AccountId acme{"acme"};

AddMember member(const std::string& user) { return {UserId{user}, user + "@acme.example", {}, {}, {}}; }

class OneGroup : public ::testing::Test {
 protected:
  OneGroup() : log_(memory_), pipeline_(log_), other_(memory_, 99) { pipeline_.commit(opening()); }

  State state() { return State(*memory_.state(), acme); }

  MemoryEventLog memory_;
  InterferingLog log_;
  Pipeline pipeline_;
  Pipeline other_;  // another writer on the same log
};

TEST_F(OneGroup, IsDecidedInOrderAndWrittenAtOnce) {
  const auto groups = pipeline_.service.counters().groups.load();
  const auto outcomes = pipeline_.run({submission_of(directory_service(), {member("ann")}),
                                       submission_of(directory_service(), {RemoveMember{UserId{"ann"}}}),
                                       submission_of(directory_service(), {member("ann")})});
  for (std::uint64_t index = 0; index < 3; ++index)
    EXPECT_EQ(committed(outcomes[index]).account_version, 3 + index);
  EXPECT_EQ(pipeline_.service.counters().groups.load(), groups + 1);
}

TEST_F(OneGroup, ARefusedSubmissionLeavesNothingToTheNext) {
  const auto outcomes =
      pipeline_.run({submission_of(directory_service(), {member("ann"), RemoveMember{UserId{"nobody"}}}),
                     submission_of(directory_service(), {RemoveMember{UserId{"ann"}}})});
  EXPECT_EQ(refused(outcomes[0]), RejectionCode::user_not_found);
  EXPECT_EQ(refused(outcomes[1]), RejectionCode::user_not_found);
}

TEST_F(OneGroup, ACommandOfTheCatalogueEndsIt) {
  RegisterApp app;
  app.app_id = AppId{"chat"};
  app.developer.kind = DeveloperKind::platform;
  const auto outcomes = pipeline_.run({submission_of(as("owner"), {SetUserInstallBlock{true}}),
                                       submission_of(platform_service(), {app}, catalogue_stream.value),
                                       submission_of(as("owner"), {SetUserInstallBlock{false}})});
  EXPECT_EQ(committed(outcomes[0]).events[0].envelope.catalogue_position, Position{});
  EXPECT_EQ(committed(outcomes[2]).events[0].envelope.catalogue_position, committed(outcomes[1]).position);
}

TEST_F(OneGroup, EverythingItAnswersIsCoveredByItsPosition) {
  const auto outcomes = pipeline_.run({submission_of(as("owner"), {SetUserInstallBlock{true}}),
                                       submission_of(as("owner"), {SetUserInstallBlock{true}}),
                                       keyed(submission_of(as("owner"), {SetUserInstallBlock{true}}), 1)});
  const auto written = committed(outcomes[0]).position;
  for (const auto& outcome : outcomes)
    EXPECT_EQ(committed(outcome).position, written);
  EXPECT_TRUE(committed(outcomes[1]).events.empty());
}

TEST_F(OneGroup, TheSameKeyAnswersTheSameAgain) {
  const auto request = keyed(submission_of(directory_service(), {member("ann"), member("bob")}), 1);
  const auto first = pipeline_.commit(request);
  const auto before = frames_of(memory_);
  const auto again = pipeline_.commit(request);
  EXPECT_FALSE(first.replayed);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.position, first.position);
  EXPECT_EQ(again.account_version, first.account_version);
  EXPECT_EQ(again.results, first.results);
  ASSERT_EQ(again.events.size(), 2U);
  for (std::size_t index = 0; index < 2; ++index) {
    EXPECT_EQ(again.events[index].envelope.event_id, first.events[index].envelope.event_id);
    EXPECT_EQ(text_of(*again.events[index].known()), text_of(*first.events[index].known()));
  }
  EXPECT_EQ(frames_of(memory_), before);
}

TEST_F(OneGroup, TheSameKeyWithAnotherRequestIsMisuse) {
  pipeline_.commit(keyed(submission_of(directory_service(), {member("ann")}), 1, 1));
  const auto outcomes = pipeline_.run({keyed(submission_of(directory_service(), {member("bob")}), 1, 2),
                                       keyed(submission_of(directory_service(), {member("cem")}), 2, 1),
                                       keyed(submission_of(directory_service(), {member("dan")}), 2, 2)});
  EXPECT_EQ(failed(outcomes[0]), Failure::key_reused);
  EXPECT_FALSE(failed(outcomes[1]));
  EXPECT_EQ(failed(outcomes[2]), Failure::key_reused);
  EXPECT_FALSE(state().member(UserId{"bob"}));
}

TEST_F(OneGroup, TwinsInOneGroupAreWrittenOnce) {
  const auto request = keyed(submission_of(directory_service(), {member("ann")}), 1);
  const auto outcomes = pipeline_.run({request, request, request});
  EXPECT_FALSE(committed(outcomes[0]).replayed);
  for (std::size_t index : {1U, 2U}) {
    EXPECT_TRUE(committed(outcomes[index]).replayed);
    EXPECT_EQ(committed(outcomes[index]).events[0].envelope.event_id,
              committed(outcomes[0]).events[0].envelope.event_id);
  }
  EXPECT_EQ(memory_.head().value, 3U);
}

TEST_F(OneGroup, WhatAVersionBeforeRememberedByAnotherNameOfTheKeyIsRepeated) {
  pipeline_.commit(keyed(submission_of(directory_service(), {member("ann")}), 1));
  auto request = keyed(submission_of(directory_service(), {member("ann")}), 2);
  request.former_command_key = Uuid{{1}};
  EXPECT_TRUE(pipeline_.commit(request).replayed);
  request = keyed(submission_of(directory_service(), {member("bob")}), 2, 9);
  request.former_command_key = Uuid{{1}};
  EXPECT_FALSE(pipeline_.commit(request).replayed) << "another request, which may be another client's";
}

TEST_F(OneGroup, ARefusalIsNotRememberedByItsKey) {
  const auto request = keyed(submission_of(directory_service(), {RemoveMember{UserId{"ann"}}}), 1);
  EXPECT_EQ(refused(pipeline_.run({request})[0]), RejectionCode::user_not_found);
  pipeline_.commit(submission_of(directory_service(), {member("ann")}));
  EXPECT_EQ(pipeline_.commit(request).events.size(), 1U);
}

TEST_F(OneGroup, WhatChangedNothingIsRememberedAsThat) {
  const auto request = keyed(submission_of(as("owner"), {SetUserInstallBlock{false}}), 1);
  const auto first = pipeline_.commit(request);
  EXPECT_TRUE(first.events.empty());
  pipeline_.commit(submission_of(as("owner"), {SetUserInstallBlock{true}}));
  const auto again = pipeline_.commit(request);
  EXPECT_TRUE(again.replayed);
  EXPECT_TRUE(again.events.empty());
  EXPECT_EQ(again.account_version, 2U);
  EXPECT_EQ(again.position, first.position);
  EXPECT_LT(again.position, memory_.head());
  EXPECT_TRUE(state().account()->user_installs_blocked);
}

TEST_F(OneGroup, AConflictWithAnotherWriterIsDecidedAgainOnWhatThatOneWrote) {
  log_.before_append = [this] { other_.commit(submission_of(directory_service(), {member("ann")})); };
  const auto outcomes = pipeline_.run({submission_of(directory_service(), {member("ann"), member("bob")}),
                                       submission_of(directory_service(), {member("cem")})});
  const auto& answer = committed(outcomes[0]);
  ASSERT_EQ(answer.events.size(), 1U) << "ann is a member already";
  EXPECT_EQ(answer.account_version, 4U);
  EXPECT_EQ(committed(outcomes[1]).account_version, 5U);
  EXPECT_EQ(pipeline_.service.counters().conflicts.load(), 2U);
}

TEST_F(OneGroup, CountsWhatWasDecidedAlsoWhereNothingCameOfIt) {
  SeededIds ids(5);
  const PlainTokens tokens;
  CommandGroup group(log_, ids, tokens);
  auto trial = submission_of(directory_service(), {member("ann"), member("bob")});
  trial.dry_run = true;
  EXPECT_TRUE(group.add(trial, {}).has_value());
  EXPECT_EQ(group.decided_events(), 2U);
  static_cast<void>(group.add(submission_of(directory_service(), {member("ann"), member("ann")}), {}));
  EXPECT_EQ(group.decided_events(), 3U);
}

TEST_F(OneGroup, AnotherAccountIsNotHeldUpByAConflict) {
  pipeline_.commit(opening("globex"));
  log_.before_append = [this] { other_.commit(submission_of(directory_service(), {member("ann")})); };
  const auto outcomes = pipeline_.run({submission_of(as("owner"), {SetUserInstallBlock{true}}),
                                       submission_of(as("owner"), {SetUserInstallBlock{true}}, "globex")});
  EXPECT_LT(committed(outcomes[1]).position, committed(outcomes[0]).position);
}

TEST_F(OneGroup, ARefusalThatRestedOnWhatWasNotWrittenIsDecidedAgain) {
  pipeline_.commit(submission_of(directory_service(), {member("ann")}));
  // The other writer makes ann the owner: she is not removed, so the second is not refused for want of her.
  log_.before_append = [this] {
    other_.commit(submission_of(directory_service(), {AssignRole{UserId{"ann"}, RoleId{"owner"}}}));
  };
  const auto outcomes =
      pipeline_.run({submission_of(directory_service(), {RemoveMember{UserId{"ann"}}}),
                     submission_of(directory_service(), {ChangeMember{UserId{"ann"}, {}, "Ann", {}, {}}})});
  EXPECT_EQ(refused(outcomes[0]), RejectionCode::owner_required);
  EXPECT_EQ(committed(outcomes[1]).events.size(), 1U);
}

TEST_F(OneGroup, ANothingToDoIsNotRememberedWhenItRestedOnWhatWasNotWritten) {
  log_.before_append = [this] {
    other_.commit(submission_of(as("owner"), {SetUserInstallBlock{true}, SetUserInstallBlock{false}}));
  };
  auto batch = submission_of(as("owner"), {SetUserInstallBlock{true}});
  batch.if_match = {2};
  const auto outcomes = pipeline_.run({batch, keyed(submission_of(as("owner"), {SetUserInstallBlock{true}}), 1)});
  EXPECT_EQ(refused(outcomes[0]), RejectionCode::stale_version);
  EXPECT_EQ(committed(outcomes[1]).events.size(), 1U);
  EXPECT_TRUE(state().account()->user_installs_blocked);
}

TEST_F(OneGroup, ATwinWrittenByAnotherWriterIsAnsweredFromItsRecord) {
  const auto request = keyed(submission_of(directory_service(), {member("ann")}), 1);
  log_.before_append = [&] { other_.commit(request); };
  const auto answer = pipeline_.commit(request);
  EXPECT_TRUE(answer.replayed);
  EXPECT_EQ(memory_.head().value, 3U);
}

TEST_F(OneGroup, AnAccountsAppIsDecidedOnItsAccountToo) {
  pipeline_.commit(
      submission_of(directory_service(), {AddMember{UserId{"ann"}, "ann@acme.example", {}, {}, RoleId{"admin"}}}));
  log_.before_append = [this] { other_.commit(submission_of(directory_service(), {RemoveMember{UserId{"ann"}}})); };
  RegisterApp app;
  app.developer.kind = DeveloperKind::account;
  EXPECT_EQ(refused(pipeline_.run({submission_of(as("ann"), {app})})[0]), RejectionCode::not_a_member);
}

TEST_F(OneGroup, GivesUpOnAnAccountThatChangesAgainAndAgain) {
  bool block = false;
  std::function<void()> interfere = [&] {
    block = !block;
    other_.commit(submission_of(as("owner"), {SetUserInstallBlock{block}}));
    log_.before_append = interfere;
  };
  log_.before_append = interfere;
  const auto outcomes = pipeline_.run({submission_of(directory_service(), {member("ann")})});
  EXPECT_EQ(failed(outcomes[0]), Failure::contended);
  EXPECT_FALSE(state().member(UserId{"ann"}));
}

TEST_F(OneGroup, AReadOnlyLogRefusesWhatWouldBeWrittenAndAnswersTheRest) {
  memory_.refuse_appends(AppendStatus::unavailable, "disk_full");
  const auto outcomes =
      pipeline_.run({submission_of(directory_service(), {member("ann")}),
                     submission_of(directory_service(), {AddMember{UserId{"bob"}, "ann@acme.example", {}, {}, {}}}),
                     submission_of(directory_service(), {RemoveMember{UserId{"nobody"}}}),
                     submission_of(as("owner"), {SetUserInstallBlock{false}})});
  EXPECT_EQ(failed(outcomes[0]), Failure::read_only);
  EXPECT_EQ(std::get<Failed>(outcomes[0]).detail, "disk_full");
  EXPECT_EQ(failed(outcomes[1]), Failure::read_only) << "the address is not in use: ann was not added";
  EXPECT_EQ(refused(outcomes[2]), RejectionCode::user_not_found);
  EXPECT_TRUE(committed(outcomes[3]).events.empty());
  memory_.refuse_appends(AppendStatus::unavailable, "");
  EXPECT_EQ(pipeline_.commit(submission_of(directory_service(), {member("ann")})).events.size(), 1U);
}

TEST_F(OneGroup, AnUnknownOutcomeIsToldToAllWhoWereWrittenAndEndsTheService) {
  log_.answer = AppendStatus::unknown;
  const auto outcomes = pipeline_.run({submission_of(directory_service(), {member("ann")}),
                                       keyed(submission_of(directory_service(), {member("bob")}), 1),
                                       submission_of(directory_service(), {RemoveMember{UserId{"nobody"}}})});
  EXPECT_EQ(failed(outcomes[0]), Failure::unknown);
  EXPECT_EQ(failed(outcomes[1]), Failure::unknown);
  EXPECT_EQ(failed(outcomes[2]), Failure::read_only) << "decided on what may not be there";
  log_.answer.reset();
  EXPECT_EQ(failed(pipeline_.run({submission_of(directory_service(), {member("cem")})})[0]), Failure::read_only);
  EXPECT_EQ(memory_.head().value, 2U);
}

TEST_F(OneGroup, TheSameSeedGivesTheSameBytes) {
  const auto play = [](std::uint64_t seed) {
    MemoryEventLog log;
    Pipeline pipeline(log, seed);
    pipeline.commit(opening());
    pipeline.run({submission_of(directory_service(), {member("ann"), CreateGroup{GroupId{"team"}, "Team"}}),
                  keyed(submission_of(as("owner"), {SetUserInstallBlock{true}}), 1)});
    RegisterApp app;
    app.developer.kind = DeveloperKind::account;
    pipeline.now.unix_ms += 10;
    pipeline.commit(submission_of(as("owner"), {app}));
    return frames_of(log);
  };
  EXPECT_EQ(play(5), play(5));
  EXPECT_NE(play(5), play(6));
}

}  // namespace
}  // namespace gatehouse
