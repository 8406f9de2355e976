#include "bench/command_costs.hpp"

#include <time.h>

#include <algorithm>
#include <functional>
#include <random>
#include <stdexcept>

#include "bench/report.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t group_size = 32;
constexpr std::size_t groups = 64;
constexpr std::size_t switches = 64;

double thread_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Runs the samples of all companies in turn; a sample is so many commands.
template <class Sample>
CommandCost measure(std::string name, std::size_t companies, std::size_t samples, std::size_t commands,
                    const Sample& sample) {
  std::vector<std::vector<double>> times(companies);
  for (std::size_t number = 0; number < samples; ++number) {
    for (std::size_t company = 0; company < companies; ++company) {
      auto run = sample(company, number);
      const auto start = thread_us();
      run();
      times[company].push_back((thread_us() - start) / static_cast<double>(commands));
    }
  }
  CommandCost cost{std::move(name), {}};
  for (auto& of_company : times)
    cost.processor_us.push_back(median(std::move(of_company)));
  return cost;
}

using MakeSubmission = std::function<Submission(const SizedCompany& company, std::size_t number)>;

CommandCost measure_groups(std::span<const SizedCompany> companies, std::string name, const MakeSubmission& make) {
  return measure(std::move(name), companies.size(), groups, group_size, [&](std::size_t index, std::size_t group) {
    std::vector<Submission> submissions;
    for (std::size_t number = 0; number < group_size; ++number)
      submissions.push_back(make(companies[index], group * group_size + number));
    return [&companies, index, submissions = std::move(submissions)]() mutable {
      companies[index].company.commit(std::move(submissions));
    };
  });
}

std::string confirmation_of(const Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome)) {
    if (!refused->rejection.confirmation_token.empty())
      return refused->rejection.confirmation_token;
  }
  throw std::runtime_error("a command that asks for a confirmation did not");
}

void switch_off_and_on(Company& company) {
  DisablePreApproval command{.app_id = installed_app()};
  command.confirmation = confirmation_of(company.try_commit({Company::by_member(company_owner, command)}).front());
  company.commit({Company::by_member(company_owner, command)});
  company.commit(
      {Company::by_member(company_owner, GrantPreApproval{.app_id = installed_app(), .audience = Audience::everyone})});
}

UserId fresh(std::size_t number) { return UserId{"fresh-" + std::to_string(number)}; }

// The same choice for every command, spread over all members.
UserId some_member(const SizedCompany& company, std::size_t number) {
  std::mt19937_64 random(number);
  return member_id(random() % company.members);
}

Submission by_owner(Command command) { return Company::by_member(company_owner, std::move(command)); }

}  // namespace

std::vector<CommandCost> measure_command_costs(std::span<const SizedCompany> companies) {
  std::vector<CommandCost> costs;
  costs.push_back(measure_groups(companies, "AddMember", [](const SizedCompany&, std::size_t number) {
    return Company::by_directory(company_account, {Company::new_member(fresh(number).value)});
  }));
  costs.push_back(measure_groups(companies, "RequestPreApproval", [](const SizedCompany&, std::size_t number) {
    return Company::by_member(fresh(number),
                              RequestPreApproval{.app_id = requested_app(0), .reason = "For the weekly review"});
  }));
  costs.push_back(measure_groups(companies, "ApproveRequests", [](const SizedCompany&, std::size_t number) {
    return by_owner(ApproveRequests{.app_id = requested_app(0), .user_ids = std::vector{fresh(number)}});
  }));
  costs.push_back(measure_groups(companies, "Install", [](const SizedCompany&, std::size_t number) {
    return Company::by_member(fresh(number), Install{.app_id = installed_app()});
  }));
  costs.push_back(measure_groups(companies, "ChangeMember", [](const SizedCompany& company, std::size_t number) {
    ChangeMember command;
    command.user_id = some_member(company, number);
    command.department = "Department " + std::to_string(number);
    return Company::by_directory(company_account, {command});
  }));
  costs.push_back(measure_groups(companies, "DisableSubscription, EnableSubscription",
                                 [](const SizedCompany& company, std::size_t number) {
                                   const auto member = some_member(company, number / 2);
                                   if (number % 2 == 0)
                                     return by_owner(DisableSubscription{installed_app(), member});
                                   return by_owner(EnableSubscription{installed_app(), member});
                                 }));
  // Each switching off is decided twice: the first time it asks for the confirmation.
  costs.push_back(measure("DisablePreApproval, GrantPreApproval", companies.size(), switches, 3,
                          [&](std::size_t index, std::size_t) {
                            return [&companies, index] { switch_off_and_on(companies[index].company); };
                          }));
  return costs;
}

}  // namespace gatehouse::bench
