#include "domain/authority.hpp"

#include "domain/privileges.hpp"
#include "domain/refusals.hpp"

namespace gatehouse {

namespace {

using Kind = Requirement::Kind;

Requirement edits() { return {Kind::privilege, std::string(marketplace_edit)}; }

#define GATEHOUSE_REQUIRE(Type, ...) \
  Requirement requirement_of_one(const Type&) { return {__VA_ARGS__}; }
#define GATEHOUSE_REQUIRE_EDIT(Type) \
  Requirement requirement_of_one(const Type&) { return edits(); }

GATEHOUSE_REQUIRE(OpenAccount, Kind::platform, {})
GATEHOUSE_REQUIRE(DefineScopes, Kind::platform, {})
GATEHOUSE_REQUIRE(RegisterApp, Kind::catalogue, {})
GATEHOUSE_REQUIRE(UpdateManifest, Kind::catalogue, {})
GATEHOUSE_REQUIRE(ActivateApp, Kind::catalogue, {})
GATEHOUSE_REQUIRE(PublishApp, Kind::catalogue, {})
GATEHOUSE_REQUIRE(UnpublishApp, Kind::catalogue, {})
GATEHOUSE_REQUIRE(WithdrawApp, Kind::catalogue, {})
GATEHOUSE_REQUIRE(IssueClientCredentials, Kind::catalogue, {})
GATEHOUSE_REQUIRE(RotateClientSecret, Kind::catalogue, {})
GATEHOUSE_REQUIRE(ChangeSecretExpiry, Kind::catalogue, {})

GATEHOUSE_REQUIRE(AddMember, Kind::directory, "User:Edit")
GATEHOUSE_REQUIRE(ChangeMember, Kind::directory, "User:Edit")
GATEHOUSE_REQUIRE(DeactivateMember, Kind::directory, "User:Edit")
GATEHOUSE_REQUIRE(RemoveMember, Kind::directory, "User:Edit")
GATEHOUSE_REQUIRE(EraseSubject, Kind::directory, "User:Edit")
GATEHOUSE_REQUIRE(RecordSubjectErased, Kind::system, {})
GATEHOUSE_REQUIRE(DefineRole, Kind::directory, "Role:Edit")
GATEHOUSE_REQUIRE(RemoveRole, Kind::directory, "Role:Edit")
GATEHOUSE_REQUIRE(AssignRole, Kind::directory, "Role:Edit")
GATEHOUSE_REQUIRE(CreateGroup, Kind::directory, "Group:Edit")
GATEHOUSE_REQUIRE(RemoveGroup, Kind::directory, "Group:Edit")
GATEHOUSE_REQUIRE(AddGroupMembers, Kind::directory, "Group:Edit")
GATEHOUSE_REQUIRE(RemoveGroupMembers, Kind::directory, "Group:Edit")

GATEHOUSE_REQUIRE(RequestPreApproval, Kind::member, {})
GATEHOUSE_REQUIRE(RequestInstall, Kind::member, {})
GATEHOUSE_REQUIRE(WithdrawRequest, Kind::member, {})
// For the account the gate asks for more: it knows which privileges the app's scopes need.
GATEHOUSE_REQUIRE(Install, Kind::member, {})

GATEHOUSE_REQUIRE(QueueNotification, Kind::system, {})
GATEHOUSE_REQUIRE(RecordNotificationSent, Kind::system, {})
GATEHOUSE_REQUIRE(RecordNotificationFailure, Kind::system, {})
GATEHOUSE_REQUIRE(SuppressNotification, Kind::system, {})
GATEHOUSE_REQUIRE(RecordSettledRequestsNotified, Kind::system, {})

GATEHOUSE_REQUIRE(RecordWebhookValidated, Kind::system, {})
GATEHOUSE_REQUIRE(RecordWebhookValidationFailure, Kind::system, {})
GATEHOUSE_REQUIRE(RecordWebhookDelivered, Kind::system, {})
GATEHOUSE_REQUIRE(RecordWebhookFailure, Kind::system, {})
GATEHOUSE_REQUIRE(RecordDeauthorizations, Kind::system, {})

GATEHOUSE_REQUIRE(CommitAccountHeads, Kind::system, {})
GATEHOUSE_REQUIRE(RetryParkedEvent, Kind::system, {})
GATEHOUSE_REQUIRE(SkipParkedEvent, Kind::system, {})

// An account's own endpoint needs more: the rule knows whose it is.
GATEHOUSE_REQUIRE(ChangeWebhook, Kind::catalogue, {})
GATEHOUSE_REQUIRE(RotateWebhookSecret, Kind::catalogue, {})
GATEHOUSE_REQUIRE(EnableWebhook, Kind::catalogue, {})
GATEHOUSE_REQUIRE(DisableWebhook, Kind::catalogue, {})
GATEHOUSE_REQUIRE(RemoveWebhook, Kind::catalogue, {})
GATEHOUSE_REQUIRE(ValidateWebhook, Kind::catalogue, {})
GATEHOUSE_REQUIRE(ResendWebhook, Kind::catalogue, {})

GATEHOUSE_REQUIRE_EDIT(SetApprovalPolicy)
GATEHOUSE_REQUIRE_EDIT(SetUserInstallBlock)
GATEHOUSE_REQUIRE_EDIT(SetNotificationSettings)
GATEHOUSE_REQUIRE_EDIT(ApproveRequests)
GATEHOUSE_REQUIRE_EDIT(RejectRequests)
GATEHOUSE_REQUIRE_EDIT(CancelRequests)
GATEHOUSE_REQUIRE_EDIT(ApproveAllRequests)
GATEHOUSE_REQUIRE_EDIT(DeclineAllRequests)
GATEHOUSE_REQUIRE_EDIT(GrantPreApproval)
GATEHOUSE_REQUIRE_EDIT(SetInstallAudience)
GATEHOUSE_REQUIRE_EDIT(AddAllowListEntries)
GATEHOUSE_REQUIRE_EDIT(RemoveAllowListEntries)
GATEHOUSE_REQUIRE_EDIT(DisablePreApproval)
GATEHOUSE_REQUIRE_EDIT(RestrictApp)
GATEHOUSE_REQUIRE_EDIT(LiftRestriction)
GATEHOUSE_REQUIRE_EDIT(AddAppForUsers)
GATEHOUSE_REQUIRE_EDIT(EnableSubscription)
GATEHOUSE_REQUIRE_EDIT(DisableSubscription)
GATEHOUSE_REQUIRE_EDIT(TransferInstaller)

#undef GATEHOUSE_REQUIRE
#undef GATEHOUSE_REQUIRE_EDIT

Requirement requirement_of_one(const Uninstall& command) {
  return command.target.value_or(UninstallTarget::self) == UninstallTarget::self ? Requirement{Kind::member, {}}
                                                                                 : edits();
}

Requirement requirement_of_one(const RegisterWebhook& command) {
  return command.app_id ? Requirement{Kind::catalogue, {}} : edits();
}

Rejection insufficient_scope(std::string_view scope) {
  return Rejection{.code = RejectionCode::insufficient_scope,
                   .detail = "The token does not have the scope " + std::string(scope) + ".",
                   .privilege = std::string(scope)};
}

std::optional<Rejection> refuse_without_account(const State& state) {
  if (state.account())
    return std::nullopt;
  return Rejection{.code = RejectionCode::account_not_found, .detail = "There is no such account."};
}

std::optional<Rejection> refuse_unless_holds(const State& state, const DecisionContext& context,
                                             const std::string& privilege, std::string_view scope) {
  if (context.caller.type != ActorType::user)
    return insufficient_scope(scope);
  if (auto refusal = refuse_unless_member(state, context))
    return refusal;
  if (holds(state, context.caller.user_id(), privilege))
    return std::nullopt;
  return privilege_required(privilege);
}

}  // namespace

Requirement requirement_of(const Command& command) {
  return std::visit([](const auto& one) { return requirement_of_one(one); }, command);
}

std::optional<Rejection> refuse_unless_meets(const State& state, const DecisionContext& context,
                                             const Requirement& requirement) {
  const auto& caller = context.caller;
  const bool platform_door = state.account_id() == catalogue_stream;
  switch (requirement.kind) {
  case Kind::platform:
    if (platform_door && caller.platform)
      return std::nullopt;
    return insufficient_scope("platform");
  case Kind::catalogue:
    if (platform_door)
      return caller.platform ? std::nullopt : std::optional(insufficient_scope("platform"));
    if (caller.platform)
      return refuse_without_account(state);
    return refuse_unless_holds(state, context, std::string(marketplace_edit), "platform");
  case Kind::directory:
    if (caller.directory)
      return refuse_without_account(state);
    return refuse_unless_holds(state, context, requirement.privilege, "directory");
  case Kind::member:
    return refuse_unless_member(state, context);
  case Kind::system:
    if (caller.type != ActorType::system)
      return insufficient_scope("none");
    return platform_door ? std::nullopt : refuse_without_account(state);
  case Kind::privilege:
    if (caller.type != ActorType::user)
      return refuse_unless_member(state, context);
    return refuse_unless_holds(state, context, requirement.privilege, {});
  }
  return privilege_required(requirement.privilege);
}

std::optional<Rejection> refuse_unless_allowed(const State& state, const DecisionContext& context,
                                               const Command& command) {
  return refuse_unless_meets(state, context, requirement_of(command));
}

std::optional<Rejection> refuse_unless_edits(const State& state, const DecisionContext& context) {
  return refuse_unless_meets(state, context, edits());
}

Rejection privilege_required(std::string privilege) {
  Rejection rejection{.code = RejectionCode::privilege_required,
                      .detail = "This needs the privilege " + privilege + "."};
  rejection.privilege = std::move(privilege);
  return rejection;
}

}  // namespace gatehouse
