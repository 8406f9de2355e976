#include "outbound/recorder.hpp"

#include <algorithm>
#include <future>

namespace gatehouse::outbound {

namespace {

constexpr std::chrono::seconds projection_patience{60};

Caller self() { return {.type = ActorType::system, .id = "dispatcher"}; }

}  // namespace

Recorder::Recorder(EventLog& log, CommandService& commands, Follower& follower,
                   std::vector<std::string_view> projections)
    : log_(log), commands_(commands), follower_(follower), projections_(std::move(projections)), recorded_(log.head()) {
}

bool Recorder::commit(std::vector<std::pair<AccountId, Command>> commands) {
  std::vector<std::future<Outcome>> outcomes;
  for (auto& [account, command] : commands) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    outcomes.push_back(promise->get_future());
    Submission submission;
    submission.account_id = account;
    submission.caller = self();
    submission.commands.push_back(std::move(command));
    commands_.submit(std::move(submission), [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
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
