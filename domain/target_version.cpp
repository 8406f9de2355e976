#include "domain/target_version.hpp"

#include <algorithm>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <string>
#include <utility>

#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/webhooks.hpp"

namespace gatehouse {

namespace {

using Version = std::optional<std::uint64_t>;

template <class Row>
Version version_of(const std::optional<Row>& row) {
  return row ? Version(row->version) : std::nullopt;
}

// 0 of an app that the account has not touched yet, as its entity tag says.
Version governed_version(const State& state, const AppId& app) { return state.governed_app(app).version; }

Version request_or_app_version(const State& state, const AppId& app,
                               const std::optional<std::vector<RequestId>>& request_ids) {
  if (request_ids && request_ids->size() == 1)
    return version_of(effective_request(state, request_ids->front()));
  return governed_version(state, app);
}

Version permissions_version(const State& state) {
  const auto account = state.account();
  return account ? Version(account->permissions_version) : std::nullopt;
}

Version target(const State&, const OpenAccount&) { return std::nullopt; }
Version target(const State&, const RegisterApp&) { return std::nullopt; }
Version target(const State&, const DefineScopes&) { return std::nullopt; }

Version target(const State&, const QueueNotification&) { return std::nullopt; }
Version target(const State&, const RecordNotificationSent&) { return std::nullopt; }
Version target(const State&, const RecordNotificationFailure&) { return std::nullopt; }
Version target(const State&, const SuppressNotification&) { return std::nullopt; }
Version target(const State&, const RecordSettledRequestsNotified&) { return std::nullopt; }
Version target(const State&, const RecordWebhookValidated&) { return std::nullopt; }
Version target(const State&, const RecordWebhookValidationFailure&) { return std::nullopt; }
Version target(const State&, const RecordWebhookDelivered&) { return std::nullopt; }
Version target(const State&, const RecordWebhookFailure&) { return std::nullopt; }
Version target(const State&, const RecordDeauthorizations&) { return std::nullopt; }
Version target(const State&, const CommitAccountHeads&) { return std::nullopt; }
Version target(const State&, const RecordSubjectErased&) { return std::nullopt; }
Version target(const State&, const RetryParkedEvent&) { return std::nullopt; }
Version target(const State&, const SkipParkedEvent&) { return std::nullopt; }

Version target(const State&, const RegisterWebhook&) { return std::nullopt; }
#define GATEHOUSE_ENDPOINT_TARGET(Type) \
  Version target(const State& state, const Type& command) { \
    const auto found = find_endpoint(state, command.endpoint_id); \
    return found ? Version(found->second.version) : std::nullopt; \
  }
GATEHOUSE_ENDPOINT_TARGET(ChangeWebhook)
GATEHOUSE_ENDPOINT_TARGET(RotateWebhookSecret)
GATEHOUSE_ENDPOINT_TARGET(EnableWebhook)
GATEHOUSE_ENDPOINT_TARGET(DisableWebhook)
GATEHOUSE_ENDPOINT_TARGET(RemoveWebhook)
GATEHOUSE_ENDPOINT_TARGET(ValidateWebhook)
GATEHOUSE_ENDPOINT_TARGET(ResendWebhook)
#undef GATEHOUSE_ENDPOINT_TARGET

#define GATEHOUSE_CATALOGUE_TARGET(Type) \
  Version target(const State& state, const Type& command) { return version_of(state.app(command.app_id)); }
GATEHOUSE_CATALOGUE_TARGET(UpdateManifest)
GATEHOUSE_CATALOGUE_TARGET(ActivateApp)
GATEHOUSE_CATALOGUE_TARGET(PublishApp)
GATEHOUSE_CATALOGUE_TARGET(UnpublishApp)
GATEHOUSE_CATALOGUE_TARGET(WithdrawApp)
GATEHOUSE_CATALOGUE_TARGET(IssueClientCredentials)
GATEHOUSE_CATALOGUE_TARGET(RotateClientSecret)
GATEHOUSE_CATALOGUE_TARGET(ChangeSecretExpiry)
#undef GATEHOUSE_CATALOGUE_TARGET

#define GATEHOUSE_MEMBER_TARGET(Type) \
  Version target(const State& state, const Type& command) { return version_of(state.member(command.user_id)); }
GATEHOUSE_MEMBER_TARGET(AddMember)
GATEHOUSE_MEMBER_TARGET(ChangeMember)
GATEHOUSE_MEMBER_TARGET(DeactivateMember)
GATEHOUSE_MEMBER_TARGET(RemoveMember)
GATEHOUSE_MEMBER_TARGET(AssignRole)
#undef GATEHOUSE_MEMBER_TARGET
Version target(const State& state, const EraseSubject& command) {
  return command.user_id ? version_of(state.member(*command.user_id)) : std::nullopt;
}

// Built-in roles have no version: they never change.
Version role_version(const State& state, const RoleId& role) {
  return is_builtin_role(role) ? std::nullopt : version_of(state.role(role));
}
Version target(const State& state, const DefineRole& command) { return role_version(state, command.role.id); }
Version target(const State& state, const RemoveRole& command) { return role_version(state, command.role_id); }

#define GATEHOUSE_GROUP_TARGET(Type) \
  Version target(const State& state, const Type& command) { return version_of(state.group(command.group_id)); }
GATEHOUSE_GROUP_TARGET(CreateGroup)
GATEHOUSE_GROUP_TARGET(RemoveGroup)
GATEHOUSE_GROUP_TARGET(AddGroupMembers)
GATEHOUSE_GROUP_TARGET(RemoveGroupMembers)
#undef GATEHOUSE_GROUP_TARGET

Version target(const State& state, const SetApprovalPolicy&) { return permissions_version(state); }
Version target(const State& state, const SetUserInstallBlock&) { return permissions_version(state); }
Version target(const State& state, const SetNotificationSettings&) {
  const auto account = state.account();
  return account ? Version(account->notifications_version) : std::nullopt;
}

Version target(const State& state, const WithdrawRequest& command) {
  return version_of(effective_request(state, command.request_id));
}
#define GATEHOUSE_REQUESTS_TARGET(Type) \
  Version target(const State& state, const Type& command) { \
    return request_or_app_version(state, command.app_id, command.request_ids); \
  }
GATEHOUSE_REQUESTS_TARGET(ApproveRequests)
GATEHOUSE_REQUESTS_TARGET(RejectRequests)
GATEHOUSE_REQUESTS_TARGET(CancelRequests)
#undef GATEHOUSE_REQUESTS_TARGET

#define GATEHOUSE_GOVERNED_TARGET(Type) \
  Version target(const State& state, const Type& command) { return governed_version(state, command.app_id); }
GATEHOUSE_GOVERNED_TARGET(RequestPreApproval)
GATEHOUSE_GOVERNED_TARGET(RequestInstall)
GATEHOUSE_GOVERNED_TARGET(ApproveAllRequests)
GATEHOUSE_GOVERNED_TARGET(DeclineAllRequests)
GATEHOUSE_GOVERNED_TARGET(GrantPreApproval)
GATEHOUSE_GOVERNED_TARGET(SetInstallAudience)
GATEHOUSE_GOVERNED_TARGET(AddAllowListEntries)
GATEHOUSE_GOVERNED_TARGET(RemoveAllowListEntries)
GATEHOUSE_GOVERNED_TARGET(DisablePreApproval)
GATEHOUSE_GOVERNED_TARGET(RestrictApp)
GATEHOUSE_GOVERNED_TARGET(LiftRestriction)
GATEHOUSE_GOVERNED_TARGET(Install)
GATEHOUSE_GOVERNED_TARGET(AddAppForUsers)
GATEHOUSE_GOVERNED_TARGET(EnableSubscription)
GATEHOUSE_GOVERNED_TARGET(DisableSubscription)
GATEHOUSE_GOVERNED_TARGET(TransferInstaller)
GATEHOUSE_GOVERNED_TARGET(Uninstall)
#undef GATEHOUSE_GOVERNED_TARGET

bool is_there(const State&, const auto&) { return false; }
bool is_there(const State& state, const OpenAccount& command) {
  return State(state.rows(), command.account_id).account().has_value();
}
bool is_there(const State& state, const RegisterApp& command) {
  return command.app_id && state.app(*command.app_id).has_value();
}
bool is_there(const State& state, const AddMember& command) {
  const auto member = state.member(command.user_id);
  return member && member->status != MemberStatus::removed;
}
bool is_there(const State& state, const DefineRole& command) {
  return is_builtin_role(command.role.id) || state.role(command.role.id).has_value();
}
bool is_there(const State& state, const CreateGroup& command) { return state.group(command.group_id).has_value(); }

std::optional<Rejection> stale(std::string detail) {
  return Rejection{.code = RejectionCode::stale_version, .detail = std::move(detail)};
}

}  // namespace

bool makes_what_it_names(const Command& command) {
  return std::visit(
      []<class One>(const One&) {
        return boost::mp11::mp_contains<
            boost::mp11::mp_list<OpenAccount, RegisterApp, AddMember, DefineRole, CreateGroup>, One>::value;
      },
      command);
}

std::optional<std::uint64_t> target_version(const State& state, const Command& command) {
  return std::visit([&](const auto& one) { return target(state, one); }, command);
}

std::optional<Rejection> refuse_if_stale(const State& state, const DecisionContext& context, const Command& command) {
  if (context.must_be_new && std::visit([&](const auto& one) { return is_there(state, one); }, command))
    return stale("It is there already, and If-None-Match says that it must not be.");
  const auto named = [&](std::uint64_t version) {
    return std::ranges::find(context.if_match, version) != context.if_match.end();
  };
  if (context.if_match.empty() || named(context.account_version))
    return std::nullopt;
  const auto current = target_version(state, command);
  if (current && named(*current))
    return std::nullopt;
  return stale("It is not at the version that If-Match names; read it again.");
}

}  // namespace gatehouse
