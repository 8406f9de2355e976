// Events of the two kinds of requests: for pre-approval of a user-level app, and for the installation of an account-level app.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/personal_text.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// What was asked for, as it was when it was asked: admins decide on this snapshot, auditors read it years later.
struct RequestDetails {
  RequestId request_id;
  AppId app_id;
  UserId user_id;
  PersonalText user_email;
  PersonalText department;
  PersonalText reason;
  std::string app_name;
  ManagementLevel management_level{};
  AppClass app_class{};
  Credentials credentials{};
  std::vector<std::string> required_scopes;
  std::vector<std::string> optional_scopes;
  std::uint32_t manifest_version{};
};
BOOST_DESCRIBE_STRUCT(RequestDetails, (),
                      (request_id, app_id, user_id, user_email, department, reason, app_name, management_level,
                       app_class, credentials, required_scopes, optional_scopes, manifest_version))

struct PreApprovalRequested {
  RequestDetails request;
};
BOOST_DESCRIBE_STRUCT(PreApprovalRequested, (), (request))

struct PreApprovalRequestApproved {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId decided_by;
  PersonalText reason;
  DecisionRoute via{};
  AudienceEffect audience_effect{};
};
BOOST_DESCRIBE_STRUCT(PreApprovalRequestApproved, (),
                      (app_id, request_id, user_id, decided_by, reason, via, audience_effect))

struct PreApprovalRequestRejected {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId decided_by;
  PersonalText reason;
};
BOOST_DESCRIBE_STRUCT(PreApprovalRequestRejected, (), (app_id, request_id, user_id, decided_by, reason))

// Rejects every pending pre-approval request of the app, switches pre-approval off if it was on, and thereby suspends the live
// subscriptions (D11).
struct AllRequestsDeclined {
  AppId app_id;
  UserId decided_by;
  PersonalText reason;
  std::uint64_t rejected_requests{};
  bool pre_approval_revoked{};
  std::uint64_t suspended{};
};
BOOST_DESCRIBE_STRUCT(AllRequestsDeclined, (),
                      (app_id, decided_by, reason, rejected_requests, pre_approval_revoked, suspended))

struct PreApprovalRequestWithdrawn {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(PreApprovalRequestWithdrawn, (), (app_id, request_id, user_id))

struct PreApprovalRequestCancelled {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId cancelled_by;
};
BOOST_DESCRIBE_STRUCT(PreApprovalRequestCancelled, (), (app_id, request_id, user_id, cancelled_by))

struct InstallRequested {
  RequestDetails request;
};
BOOST_DESCRIBE_STRUCT(InstallRequested, (), (request))

struct InstallRequestRejected {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId decided_by;
  PersonalText reason;
};
BOOST_DESCRIBE_STRUCT(InstallRequestRejected, (), (app_id, request_id, user_id, decided_by, reason))

struct InstallRequestWithdrawn {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(InstallRequestWithdrawn, (), (app_id, request_id, user_id))

struct InstallRequestCancelled {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId cancelled_by;
};
BOOST_DESCRIBE_STRUCT(InstallRequestCancelled, (), (app_id, request_id, user_id, cancelled_by))

}  // namespace gatehouse
