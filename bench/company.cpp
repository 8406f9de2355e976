#include "bench/company.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "domain/limits.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t submissions_per_group = 500;

// Nobody attacks a benchmark: what is bound is its own token.
std::string plain_mac(std::string_view message) { return std::to_string(std::hash<std::string_view>()(message)); }

RegisterApp listed_app(const AppId& id) {
  RegisterApp command;
  command.app_id = id;
  command.developer.kind = DeveloperKind::third_party;
  command.manifest.facts.name = "App " + id.value;
  command.manifest.facts.description = "An app to measure with, described in about as many words as apps are.";
  command.manifest.facts.company = "Example Company";
  command.manifest.facts.listed = true;
  command.manifest.facts.has_production = true;
  command.manifest.text = "{}";
  return command;
}

OpenAccount new_account(const AccountId& account, const UserId& owner) {
  OpenAccount command;
  command.account_id = account;
  command.name = "Account " + account.value;
  command.owner = {owner, owner.value + "@example.com", "The owner"};
  command.policies =
      PoliciesInput{.public_ = PolicyInput{.required = true, .exempt_platform = false, .exempt_account = false},
                    .unlisted = {},
                    .user_installs_blocked = {},
                    .notifications = {}};
  return command;
}

}  // namespace

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

UserId member_id(std::size_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "member-%08zu", number);
  return UserId{text};
}

AppId installed_app() { return AppId{"installed-app"}; }
AppId second_app() { return AppId{"second-app"}; }
AppId requested_app(std::size_t number) { return AppId{"requested-app-" + std::to_string(number)}; }

Company::Company(EventLog& log, SubjectKeys* keys)
    : confirmations_(plain_mac), commands_(log, ids_, confirmations_, wall_clock, {.keys = keys}) {}

void Company::open() {
  std::vector<AppId> apps{installed_app(), second_app()};
  for (std::size_t number = 0; number < requested_apps; ++number)
    apps.push_back(requested_app(number));
  for (const auto& app : apps)
    by_platform({listed_app(app), ActivateApp{app}, PublishApp{app, true}});
  by_platform({new_account(company_account, company_owner)});
  by_platform({new_account(neighbour_account, neighbour_owner)});
  for (const auto& app : {installed_app(), second_app()}) {
    commit({by_member(company_owner, GrantPreApproval{.app_id = app, .audience = Audience::everyone})});
  }
}

void Company::add_members(std::size_t count) {
  while (members_ < count) {
    std::vector<Submission> group;
    while (members_ < count && group.size() < submissions_per_group / limits::commands_per_batch_max) {
      std::vector<Command> batch;
      while (members_ < count && batch.size() < limits::commands_per_batch_max)
        batch.emplace_back(new_member(member_id(members_++).value));
      group.push_back(by_directory(company_account, std::move(batch)));
    }
    commit(std::move(group));
  }
}

void Company::install(const AppId& app, std::size_t from, std::size_t to) {
  by_members(from, to, [&app] { return Install{.app_id = app}; });
}

void Company::request(const AppId& app, std::size_t from, std::size_t to) {
  by_members(from, to, [&app] { return RequestPreApproval{.app_id = app, .reason = "For the weekly review"}; });
}

template <class MakeCommand>
void Company::by_members(std::size_t from, std::size_t to, const MakeCommand& make_command) {
  while (from < to) {
    std::vector<Submission> group;
    while (from < to && group.size() < submissions_per_group)
      group.push_back(by_member(member_id(from++), make_command()));
    commit(std::move(group));
  }
}

std::vector<Outcome> Company::commit(std::vector<Submission> group) {
  auto outcomes = commands_.run_group(std::move(group));
  for (const auto& outcome : outcomes) {
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
      throw std::runtime_error("refused: " + std::string(to_text(refused->rejection.code)) + ": " +
                               refused->rejection.detail);
    }
    if (const auto* failed = std::get_if<Failed>(&outcome))
      throw std::runtime_error("failed: " + failed->detail);
  }
  return outcomes;
}

Submission Company::by_member(const UserId& member, Command command) {
  Submission submission;
  submission.account_id = company_account;
  submission.caller = {.type = ActorType::user, .id = member.value};
  submission.commands.push_back(std::move(command));
  return submission;
}

Submission Company::by_directory(const AccountId& account, std::vector<Command> commands) {
  Submission submission;
  submission.account_id = account;
  submission.caller = {.type = ActorType::service, .id = "directory", .directory = true};
  submission.commands = std::move(commands);
  return submission;
}

AddMember Company::new_member(const std::string& id) {
  AddMember command;
  command.user_id = UserId{id};
  command.email = id + "@example.com";
  command.name = "Member " + id;
  command.department = "Sales";
  return command;
}

void Company::by_platform(std::vector<Command> commands) {
  Submission submission;
  submission.account_id = catalogue_stream;
  submission.caller = {.type = ActorType::service, .id = "platform", .platform = true};
  submission.commands = std::move(commands);
  commit({std::move(submission)});
}

}  // namespace gatehouse::bench
