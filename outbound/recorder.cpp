#include "outbound/recorder.hpp"

#include <algorithm>
#include <future>
#include <map>

namespace gatehouse::outbound {

namespace {

constexpr std::chrono::seconds projection_patience{60};

Submission submission(const AccountId& account) {
  Submission one;
  one.account_id = account;
  one.caller = {.type = ActorType::system, .id = "dispatcher"};
  return one;
}

}  // namespace

Recorder::Recorder(EventLog& log, CommandService& commands, Follower& follower,
                   std::vector<std::string_view> projections)
    : log_(log), commands_(commands), follower_(follower), projections_(std::move(projections)), recorded_(log.head()) {
}

bool Recorder::commit(std::vector<std::pair<AccountId, Command>> commands) {
  std::vector<Submission> submissions;
  for (auto& [account, command] : commands)
    submissions.emplace_back(submission(account)).commands.push_back(std::move(command));
  return commit_each(std::move(submissions));
}

bool Recorder::commit_in_order(std::vector<std::pair<AccountId, Command>> commands) {
  std::map<AccountId, Submission> by_account;
  for (auto& [account, command] : commands)
    by_account.try_emplace(account, submission(account)).first->second.commands.push_back(std::move(command));
  std::vector<Submission> submissions;
  for (auto& [account, one] : by_account)
    submissions.push_back(std::move(one));
  return commit_each(std::move(submissions));
}

bool Recorder::commit_each(std::vector<Submission> submissions) {
  std::vector<std::future<Outcome>> outcomes;
  for (auto& one : submissions) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    outcomes.push_back(promise->get_future());
    commands_.submit(std::move(one), [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
  }
  bool taken = true;
  for (auto& future : outcomes) {
    const auto outcome = future.get();
    if (const auto* committed = std::get_if<Committed>(&outcome))
      recorded_ = std::max(recorded_, committed->position);
    taken = taken && !std::holds_alternative<Failed>(outcome);
  }
  return wait_for_projections() && taken;
}

bool Recorder::catch_up() {
  recorded_ = std::max(recorded_, log_.head());
  return wait_for_projections();
}

std::shared_ptr<const ProjectionSnapshot> Recorder::rows(std::string_view projection) const {
  auto found = follower_.rows(projection);
  if (found && found->checkpoint() < recorded_)
    found.reset();
  return found;
}

bool Recorder::wait_for_projections() {
  auto known = std::make_shared<std::promise<bool>>();
  follower_.wait_for(projections_, recorded_, Follower::Time::clock::now() + projection_patience,
                     [known](WaitOutcome outcome) { known->set_value(outcome == WaitOutcome::reached); });
  return known->get_future().get();
}

}  // namespace gatehouse::outbound
