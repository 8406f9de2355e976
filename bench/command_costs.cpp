#include "bench/command_costs.hpp"

#include <time.h>

#include <chrono>
#include <functional>
#include <random>
#include <stdexcept>

namespace gatehouse::bench {

namespace {

constexpr std::size_t group_size = 64;
constexpr std::size_t groups = 32;
constexpr std::size_t commands_measured = group_size * groups;
constexpr std::size_t switches_measured = 200;

double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class Stopwatch {
 public:
  [[nodiscard]] CommandCost for_one_of(std::size_t count, std::string command) const {
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    const double scale = 1e6 / static_cast<double>(count);
    return {std::move(command), (thread_seconds() - processor_) * scale, elapsed * scale};
  }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  double processor_ = thread_seconds();
};

using MakeSubmission = std::function<Submission(std::size_t number)>;

CommandCost measure(Company& company, const std::string& name, const MakeSubmission& make) {
  std::vector<std::vector<Submission>> prepared(groups);
  for (std::size_t number = 0; number < commands_measured; ++number) prepared[number / group_size].push_back(make(number));
  const Stopwatch stopwatch;
  for (auto& group : prepared) company.commit(std::move(group));
  return stopwatch.for_one_of(commands_measured, name);
}

std::string confirmation_of(const Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome)) {
    if (!refused->rejection.confirmation_token.empty()) return refused->rejection.confirmation_token;
  }
  throw std::runtime_error("a command that asks for a confirmation did not");
}

void switch_off(Company& company) {
  DisablePreApproval command{.app_id = installed_app()};
  command.confirmation = confirmation_of(company.try_commit({Company::by_member(company_owner, command)}).front());
  company.commit({Company::by_member(company_owner, command)});
}

void switch_on(Company& company) {
  company.commit({Company::by_member(company_owner, GrantPreApproval{.app_id = installed_app(), .audience = Audience::everyone})});
}

// Each switching off is decided twice: the first time it asks for the confirmation.
CommandCost measure_switching(Company& company) {
  const Stopwatch stopwatch;
  for (std::size_t number = 0; number < switches_measured; ++number) {
    switch_off(company);
    switch_on(company);
  }
  return stopwatch.for_one_of(switches_measured * 3, "DisablePreApproval, GrantPreApproval");
}

}  // namespace

std::vector<CommandCost> measure_command_costs(Company& company, std::size_t members, std::size_t run) {
  const auto fresh = [run](std::size_t number) { return UserId{"fresh-" + std::to_string(run) + "-" + std::to_string(number)}; };
  std::mt19937_64 random(run);
  std::vector<UserId> some;
  for (std::size_t number = 0; number < commands_measured; ++number) some.push_back(member_id(random() % members));
  const auto by_owner = [](Command command) { return Company::by_member(company_owner, std::move(command)); };
  const auto in_turn = run % requested_apps;

  std::vector<CommandCost> costs;
  costs.push_back(measure(company, "AddMember", [&](std::size_t number) {
    return Company::by_directory(company_account, {Company::new_member(fresh(number).value)});
  }));
  costs.push_back(measure(company, "RequestPreApproval", [&](std::size_t number) {
    return Company::by_member(fresh(number), RequestPreApproval{.app_id = requested_app(in_turn), .reason = "For the weekly review"});
  }));
  costs.push_back(measure(company, "ApproveRequests", [&](std::size_t number) {
    return by_owner(ApproveRequests{.app_id = requested_app(in_turn), .user_ids = std::vector{fresh(number)}});
  }));
  costs.push_back(measure(company, "Install", [&](std::size_t number) {
    return Company::by_member(fresh(number), Install{.app_id = installed_app()});
  }));
  costs.push_back(measure(company, "ChangeMember", [&](std::size_t number) {
    ChangeMember command;
    command.user_id = some[number];
    command.department = "Department " + std::to_string(run) + "-" + std::to_string(number);
    return Company::by_directory(company_account, {command});
  }));
  costs.push_back(measure(company, "DisableSubscription, EnableSubscription", [&](std::size_t number) {
    const auto& member = some[number / 2];
    if (number % 2 == 0) return by_owner(DisableSubscription{installed_app(), member});
    return by_owner(EnableSubscription{installed_app(), member});
  }));
  costs.push_back(measure_switching(company));
  return costs;
}

}  // namespace gatehouse::bench
