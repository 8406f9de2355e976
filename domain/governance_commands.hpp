// Commands that govern apps on an account: policies, requests, pre-approval, allow lists, restrictions, installations.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/vocabulary.hpp"

#define GATEHOUSE_GOVERNANCE_COMMANDS(X)                                                                                        \
  X(SetApprovalPolicy) X(SetUserInstallBlock) X(SetNotificationSettings) X(RequestPreApproval) X(RequestInstall)              \
  X(WithdrawRequest) X(ApproveRequests) X(RejectRequests) X(CancelRequests) X(ApproveAllRequests) X(DeclineAllRequests)       \
  X(GrantPreApproval) X(SetInstallAudience) X(AddAllowListEntries) X(RemoveAllowListEntries) X(DisablePreApproval)            \
  X(RestrictApp) X(LiftRestriction) X(Install) X(AddAppForUsers) X(EnableSubscription) X(DisableSubscription)                 \
  X(TransferInstaller) X(Uninstall)

namespace gatehouse {

struct SetApprovalPolicy {
  AppClass class_{};
  bool required{};
  bool exempt_platform{};
  bool exempt_account{};
};
BOOST_DESCRIBE_STRUCT(SetApprovalPolicy, (), (class_, required, exempt_platform, exempt_account))

struct SetUserInstallBlock {
  bool blocked{};
};
BOOST_DESCRIBE_STRUCT(SetUserInstallBlock, (), (blocked))

struct SetNotificationSettings {
  bool enabled{};
  std::vector<UserId> recipients;
};
BOOST_DESCRIBE_STRUCT(SetNotificationSettings, (), (enabled, recipients))

struct RequestPreApproval {
  AppId app_id;
  std::optional<std::string> reason{};
  std::optional<Credentials> credentials{};
};
BOOST_DESCRIBE_STRUCT(RequestPreApproval, (), (app_id, reason, credentials))

struct RequestInstall {
  AppId app_id;
  std::optional<std::string> reason{};
  std::optional<Credentials> credentials{};
};
BOOST_DESCRIBE_STRUCT(RequestInstall, (), (app_id, reason, credentials))

struct WithdrawRequest {
  RequestId request_id;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (request_id))

// Of user_ids and request_ids exactly one is sent.
struct ApproveRequests {
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<RequestId>> request_ids{};
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(ApproveRequests, (), (app_id, user_ids, request_ids, reason))

struct RejectRequests {
  RequestKind kind{};
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<RequestId>> request_ids{};
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(RejectRequests, (), (kind, app_id, user_ids, request_ids, reason))

struct CancelRequests {
  RequestKind kind{};
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<RequestId>> request_ids{};
};
BOOST_DESCRIBE_STRUCT(CancelRequests, (), (kind, app_id, user_ids, request_ids))

BOOST_DEFINE_FIXED_ENUM_CLASS(ApproveAllAudience, std::uint8_t, everyone, requesters)

struct ApproveAllRequests {
  AppId app_id;
  std::optional<ApproveAllAudience> audience{};
};
BOOST_DESCRIBE_STRUCT(ApproveAllRequests, (), (app_id, audience))

struct DeclineAllRequests {
  AppId app_id;
  std::optional<std::string> reason{};
  std::optional<std::string> confirmation{};
};
BOOST_DESCRIBE_STRUCT(DeclineAllRequests, (), (app_id, reason, confirmation))

struct GrantPreApproval {
  AppId app_id;
  Audience audience{};
  std::optional<std::vector<std::string>> emails{};
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<GroupId>> group_ids{};
  std::optional<bool> includes_development{};
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(GrantPreApproval, (), (app_id, audience, emails, user_ids, group_ids, includes_development, reason))

struct SetInstallAudience {
  AppId app_id;
  Audience audience{};
};
BOOST_DESCRIBE_STRUCT(SetInstallAudience, (), (app_id, audience))

struct AddAllowListEntries {
  AppId app_id;
  std::optional<std::vector<std::string>> emails{};
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<GroupId>> group_ids{};
};
BOOST_DESCRIBE_STRUCT(AddAllowListEntries, (), (app_id, emails, user_ids, group_ids))

struct RemoveAllowListEntries {
  AppId app_id;
  std::optional<std::vector<std::string>> emails{};
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<GroupId>> group_ids{};
};
BOOST_DESCRIBE_STRUCT(RemoveAllowListEntries, (), (app_id, emails, user_ids, group_ids))

struct DisablePreApproval {
  AppId app_id;
  std::optional<std::string> reason{};
  std::optional<std::string> confirmation{};
};
BOOST_DESCRIBE_STRUCT(DisablePreApproval, (), (app_id, reason, confirmation))

struct RestrictApp {
  AppId app_id;
  std::optional<bool> disable_existing{};
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(RestrictApp, (), (app_id, disable_existing, reason))

struct LiftRestriction {
  AppId app_id;
  std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(LiftRestriction, (), (app_id, reason))

struct Install {
  AppId app_id;
  std::optional<SubscriptionScope> scope{};
  std::optional<Credentials> credentials{};
  std::optional<std::vector<std::string>> optional_scopes{};
};
BOOST_DESCRIBE_STRUCT(Install, (), (app_id, scope, credentials, optional_scopes))

struct AddAppForUsers {
  AppId app_id;
  Audience audience{};
  std::optional<std::vector<UserId>> user_ids{};
  std::optional<std::vector<GroupId>> group_ids{};
};
BOOST_DESCRIBE_STRUCT(AddAppForUsers, (), (app_id, audience, user_ids, group_ids))

struct EnableSubscription {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(EnableSubscription, (), (app_id, user_id))

struct DisableSubscription {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(DisableSubscription, (), (app_id, user_id))

struct TransferInstaller {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(TransferInstaller, (), (app_id, user_id))

struct Uninstall {
  AppId app_id;
  std::optional<UninstallTarget> target{};
  std::optional<UserId> user_id{};
  std::optional<std::string> confirmation{};
};
BOOST_DESCRIBE_STRUCT(Uninstall, (), (app_id, target, user_id, confirmation))

}  // namespace gatehouse
