#include "tests/replay/story.hpp"

#include <algorithm>
#include <utility>

namespace gatehouse::testing {

namespace {

Submission submission(const AccountId& account, Caller caller, Command command) {
  Submission submission;
  submission.account_id = account;
  submission.caller = std::move(caller);
  submission.commands.push_back(std::move(command));
  return submission;
}

Uuid key_of(std::uint32_t number) {
  Uuid key;
  for (std::size_t byte = 0; byte < sizeof number; ++byte)
    key.bytes[byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  return key;
}

}  // namespace

// Confirms whatever is asked.
class Story::EveryToken final : public ConfirmationTokens {
 public:
  [[nodiscard]] std::string issue(const Scope&, Timestamp, Timestamp) const override { return "yes"; }
  [[nodiscard]] Check check(const Scope&, Timestamp, const std::string&) const override { return Check::valid; }
};

Story::Story(EventLog& log, std::uint64_t seed, Size size)
    : log_(&log), size_(size), random_(seed), ids_(seed), tokens_(std::make_unique<EveryToken>()),
      commands_(log, ids_, *tokens_, [this] { return Timestamp{now_ms_ += 10}; }, {.keys = size.keys}) {
  for (std::size_t number = 0; number < size_.accounts; ++number)
    accounts_.emplace_back("account-" + std::to_string(number));
  for (std::size_t number = 0; number < size_.apps; ++number)
    apps_.emplace_back("app-" + std::to_string(number));
  open();
}

void Story::open() {
  std::vector<Submission> group;
  for (const auto& account : accounts_) {
    group.push_back(by_platform(OpenAccount{account, "Account", {UserId{"owner"}, "owner@example.com", "Owner"}, {}}));
  }
  for (std::size_t number = 0; number < apps_.size(); ++number) {
    group.push_back(register_app(number));
    group.push_back(by_platform(ActivateApp{apps_[number]}));
    if (number % 3 != 2)
      group.push_back(by_platform(PublishApp{apps_[number], number % 4 != 3}));
  }
  for (const auto& account : accounts_) {
    group.push_back(by_owner(account, SetApprovalPolicy{AppClass::public_, true, false, false}));
    group.push_back(by_owner(account, SetApprovalPolicy{AppClass::unlisted, true, false, false}));
    for (std::size_t number = 0; number < size_.members; ++number) {
      const auto user = "user-" + std::to_string(number);
      group.push_back(by_owner(account, AddMember{UserId{user}, user + "@example.com", "Name " + user, "Sales", {}}));
    }
  }
  run(std::move(group));
}

void Story::go_on(std::size_t commands) {
  constexpr std::size_t group_max = 64;
  while (commands > 0) {
    std::vector<Submission> group;
    for (auto left = std::min(commands, 1 + below(group_max)); left > 0; --left)
      group.push_back(any());
    commands -= group.size();
    run(std::move(group));
  }
}

void Story::run(std::vector<Submission> group) {
  for (auto& submission : group) {
    if (size_.keyed)
      submission.command_key = key_of(++keys_);
  }
  const auto outcomes = commands_.run_group(group);
  for (std::size_t index = 0; index < group.size(); ++index) {
    const auto* committed = std::get_if<Committed>(&outcomes[index]);
    if (committed == nullptr)
      continue;
    ++accepted_;
    remember(group[index], *committed);
  }
  if (size_.keyed) {
    for (std::size_t index = 0; index < group.size(); ++index)
      sent_.push_back({std::move(group[index]), outcomes[index]});
  }
}

Submission Story::by_platform(Command command) const {
  return submission(catalogue_stream, {ActorType::service, "console", true, false}, std::move(command));
}

Submission Story::by_owner(const AccountId& account, Command command) const {
  return by_user(account, UserId{"owner"}, std::move(command));
}

Submission Story::by_user(const AccountId& account, const UserId& user, Command command) const {
  return submission(account, {ActorType::user, user.value, false, false}, std::move(command));
}

Submission Story::register_app(std::size_t number) {
  RegisterApp command{.app_id = apps_[number], .manifest = {}, .developer = {}, .app_type = {}};
  auto& facts = command.manifest.facts;
  facts.name = std::string(below(2) == 0 ? "App " : "app ") + std::to_string(number);
  facts.description = "Does things";
  facts.company = "Company " + std::to_string(number % 2);
  facts.categories = {number % 2 == 0 ? "Tools" : "Fun"};
  facts.level = number % 5 == 4 ? ManagementLevel::account : ManagementLevel::user;
  facts.listed = true;
  facts.has_production = facts.has_development = true;
  command.manifest.text = "{}";
  command.developer.kind = number % 3 == 2 ? DeveloperKind::account : DeveloperKind::third_party;
  if (command.developer.kind == DeveloperKind::account)
    command.developer.account_id = accounts_[number % accounts_.size()];
  return by_platform(std::move(command));
}

std::vector<UserId> Story::some_users() {
  std::vector<UserId> users{any_user()};
  if (below(2) == 0)
    users.push_back(any_user());
  return users;
}

std::vector<GroupId> Story::some_groups() { return {GroupId{"group-" + std::to_string(below(size_.groups))}}; }

Submission Story::any() {
  const auto& account = any_of(accounts_);
  switch (below(21)) {
  case 16:
  case 17:
    return requests_.empty() ? any_catalogue_command() : any_record();
  case 18:
  case 19:
  case 20:
    return any_webhook_command();
  case 0:
    return any_catalogue_command();
  case 1:
  case 2:
    if (size_.erases && below(20) == 0)
      return erasure_of(any_user());
    return by_owner(account, any_directory_command());
  case 3:
  case 4:
  case 5:
  case 6:
    return by_owner(account, any_governance_command());
  case 7:
  case 8:
    return by_owner(account, any_request_decision());
  default:
    return by_user(account, any_user(), any_member_command());
  }
}

Submission Story::any_catalogue_command() {
  const auto& app = any_of(apps_);
  switch (below(24)) {
  case 0:
    return by_platform(WithdrawApp{app, "yes"});
  case 1:
  case 2:
    return by_platform(UnpublishApp{app});
  case 3:
    return by_platform(DefineScopes{{{"story:read", "Reads", {}}}});
  case 4:
  case 5: {
    UpdateManifest command{app, {}, {}, {}};
    command.manifest.facts.name = "Renamed " + std::to_string(below(100));
    command.manifest.facts.listed = command.manifest.facts.has_production = true;
    command.manifest.facts.has_development = below(2) == 0;
    command.manifest.text = "{}";
    return by_platform(std::move(command));
  }
  default:
    return by_platform(PublishApp{app, below(3) != 0});
  }
}

Command Story::any_directory_command() {
  const auto user = any_user();
  switch (below(9)) {
  case 0:
    return DeactivateMember{user};
  case 1:
    return RemoveMember{user};
  case 2:
    return DefineRole{{RoleId{"role-" + std::to_string(below(2))}, "Role", {"MarketPlace:Edit"}}};
  case 3:
    return AssignRole{user, RoleId{below(2) == 0 ? "member" : "role-0"}};
  case 4:
    return CreateGroup{some_groups().front(), "Group " + std::to_string(below(10))};
  case 5:
    return RemoveGroup{some_groups().front()};
  case 6:
    return AddGroupMembers{some_groups().front(), some_users()};
  case 7:
    return RemoveGroupMembers{some_groups().front(), {user}};
  default:
    return AddMember{user, user.value + "@example.com", "Name", {}, {}};
  }
}

Command Story::any_governance_command() {
  const auto& app = any_of(apps_);
  const auto audience = below(2) == 0 ? Audience::everyone : Audience::selected;
  switch (below(15)) {
  case 0:
  case 1:
    return GrantPreApproval{
        app, audience,      {}, audience == Audience::selected ? std::optional(some_users()) : std::nullopt,
        {},  below(2) == 0, {}};
  case 2:
    return GrantPreApproval{
        app, Audience::selected, std::vector<std::string>{"guest@example.com"}, {}, some_groups(), {}, "Please"};
  case 3:
    return SetInstallAudience{app, audience};
  case 4:
    return AddAllowListEntries{app, {}, some_users(), {}};
  case 5:
    return AddAllowListEntries{app, {}, {}, some_groups()};
  case 6:
    return RemoveAllowListEntries{app, {}, some_users(), {}};
  case 7:
    return DisablePreApproval{app, "Enough", "yes"};
  case 8:
    return RestrictApp{app, below(2) == 0, "Careful"};
  case 9:
    return LiftRestriction{app, {}};
  case 10:
    return AddAppForUsers{app, Audience::everyone, {}, {}};
  case 11:
    return AddAppForUsers{app, Audience::selected, some_users(), some_groups()};
  case 12:
    return below(2) == 0 ? Command(DisableSubscription{app, any_user()}) : Command(EnableSubscription{app, any_user()});
  case 13:
    return Uninstall{app, below(2) == 0 ? UninstallTarget::user : UninstallTarget::account, any_user(), "yes"};
  default:
    return Install{app, SubscriptionScope::account, Credentials::production, {}};
  }
}

Command Story::any_request_decision() {
  const auto& app = any_of(apps_);
  const auto kind = below(2) == 0 ? RequestKind::pre_approval : RequestKind::install;
  switch (below(6)) {
  case 0:
    return ApproveRequests{app, some_users(), {}, {}};
  case 1:
    return RejectRequests{kind, app, some_users(), {}, "No"};
  case 2:
    return CancelRequests{kind, app, some_users(), {}};
  case 3:
    return ApproveAllRequests{app, below(2) == 0 ? ApproveAllAudience::everyone : ApproveAllAudience::requesters};
  case 4:
    return DeclineAllRequests{app, {}, "yes"};
  default:
    return RejectRequests{kind, app, some_users(), {}, {}};
  }
}

Command Story::any_member_command() {
  const auto& app = any_of(apps_);
  const auto credentials = below(3) == 0 ? Credentials::development : Credentials::production;
  switch (below(6)) {
  case 0:
  case 1:
  case 2:
    return RequestPreApproval{app, "I need it", credentials};
  case 3:
    return RequestInstall{app, {}, credentials};
  case 4:
    return Uninstall{app, {}, {}, "yes"};
  default:
    return Install{app, {}, credentials, {}};
  }
}

}  // namespace gatehouse::testing
