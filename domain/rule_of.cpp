#include "domain/rule_of.hpp"

#include <source_location>

#include "table/assert.hpp"

namespace gatehouse {

// One line a code, in the order of the codes; the switch is there for the compiler to find the one that is missing.
#define GATEHOUSE_RULE(code, text) \
  case RejectionCode::code: \
    return text;
std::string_view rule_of(RejectionCode code) {
  switch (code) {
    GATEHOUSE_RULE(privilege_required, "The caller holds the privilege that this needs.")
    GATEHOUSE_RULE(insufficient_scope, "The caller's token has the scope that this needs.")
    GATEHOUSE_RULE(not_a_member, "The caller is an active member of the account.")
    GATEHOUSE_RULE(account_not_found, "The account exists.")
    GATEHOUSE_RULE(app_not_found, "The account can see the app.")
    GATEHOUSE_RULE(user_not_found, "The users that are named are members of the account.")
    GATEHOUSE_RULE(role_not_found, "The role exists.")
    GATEHOUSE_RULE(group_not_found, "The groups that are named exist.")
    GATEHOUSE_RULE(request_not_found, "The requests that are named exist.")
    GATEHOUSE_RULE(webhook_not_found, "The caller keeps the webhook endpoint.")
    GATEHOUSE_RULE(entry_not_found, "The entries that are named are on the allow list.")
    GATEHOUSE_RULE(not_installed, "The app is installed.")
    GATEHOUSE_RULE(account_exists, "No account has this account_id yet.")
    GATEHOUSE_RULE(app_exists, "No app has this app_id yet.")
    GATEHOUSE_RULE(member_exists, "No active member has this user_id yet.")
    GATEHOUSE_RULE(subject_present, "The person is no member any more, the address on no list.")
    GATEHOUSE_RULE(subject_erased, "What was recorded of the person is not erased.")
    GATEHOUSE_RULE(texts_not_sealed, "The log has a key for each person.")
    GATEHOUSE_RULE(email_in_use, "No other member has this e-mail address.")
    GATEHOUSE_RULE(role_in_use, "No member holds the role.")
    GATEHOUSE_RULE(app_withdrawn, "The app is not withdrawn.")
    GATEHOUSE_RULE(request_already_pending, "The user has no pending request for pre-approval of the app.")
    GATEHOUSE_RULE(request_not_pending, "The requests that are named are pending.")
    GATEHOUSE_RULE(install_request_pending, "The user has no pending request to install the app.")
    GATEHOUSE_RULE(already_installed, "The user does not have the app.")
    GATEHOUSE_RULE(already_pre_approved, "The app is not pre-approved for the user.")
    GATEHOUSE_RULE(already_granted, "The grant changes something.")
    GATEHOUSE_RULE(approval_not_required, "The app needs approval on the account.")
    GATEHOUSE_RULE(pre_approval_off, "The app's pre-approval is on.")
    GATEHOUSE_RULE(app_not_activated_or_installed, "The app is the account's own and activated, or installed.")
    GATEHOUSE_RULE(app_restricted, "The app is not restricted on the account.")
    GATEHOUSE_RULE(user_installs_blocked, "Members may install apps and ask for them, or the user is an admin.")
    GATEHOUSE_RULE(app_not_available, "The app is available in the marketplace.")
    GATEHOUSE_RULE(credentials_not_available, "The app has the credentials that are asked for.")
    GATEHOUSE_RULE(subscription_disabled, "The user has no suspended subscription of the app.")
    GATEHOUSE_RULE(subscription_suspended, "The subscription's user is not deactivated.")
    GATEHOUSE_RULE(client_exists, "The app has no client for these credentials yet.")
    GATEHOUSE_RULE(no_client_credentials, "The app has a client for these credentials, and a secret to change.")
    GATEHOUSE_RULE(webhook_disabled, "The webhook endpoint is not disabled.")
    GATEHOUSE_RULE(owner_required, "The account keeps exactly one owner.")
    GATEHOUSE_RULE(confirmation_required, "What is destructive was confirmed.")
    GATEHOUSE_RULE(confirmation_stale, "The confirmation is for what is there now.")
    GATEHOUSE_RULE(stale_version, "What it is about is as If-Match and If-None-Match say.")
    GATEHOUSE_RULE(account_level_app, "A command for user-level apps names a user-level app.")
    GATEHOUSE_RULE(user_level_app, "A command for account-level apps names an account-level app.")
    GATEHOUSE_RULE(invalid_email, "E-mail addresses have the form of one.")
    GATEHOUSE_RULE(duplicate_entry, "Nobody is named twice.")
    GATEHOUSE_RULE(too_many_recipients, "No more recipients are named than there may be.")
    GATEHOUSE_RULE(recipient_not_eligible, "Whoever is named to receive it is eligible for it.")
    GATEHOUSE_RULE(builtin_role, "The role is not a built-in one.")
    GATEHOUSE_RULE(unknown_privilege, "Every privilege that is named exists.")
    GATEHOUSE_RULE(invalid_value, "The values fit together and are possible here.")
    GATEHOUSE_RULE(too_many_items, "The limit on how many there may be is kept.")
    GATEHOUSE_RULE(too_many_secret_changes, "The secret was not changed too often of late.")
    GATEHOUSE_RULE(secret_expiry_invalid, "An old secret ends now or within 30 days.")
    GATEHOUSE_RULE(unknown_scope, "The app offers the scopes that are asked for.")
    GATEHOUSE_RULE(manifest_invalid, "The manifest is valid.")
    GATEHOUSE_RULE(developer_mismatch, "The app belongs to the developer who is named.")
    GATEHOUSE_RULE(audience_too_large, "The audience is small enough to be looked at member by member.")
    GATEHOUSE_RULE(admin_may_install, "The user may not install the app for the account.")
    GATEHOUSE_RULE(admin_install_required, "The app is user-level, or the user may install it for the account.")
    GATEHOUSE_RULE(pre_approval_required, "The app is pre-approved where the account requires it.")
    GATEHOUSE_RULE(request_pending, "The user has no pending request for a pre-approval that the app needs.")
    GATEHOUSE_RULE(not_in_allow_list, "The user is in the audience of the app's pre-approval.")
    GATEHOUSE_RULE(missing_scopes, "The user holds the privileges that the app's scopes need.")
  }
  assertion_failed("a rejection code has a rule", std::source_location::current());
}
#undef GATEHOUSE_RULE

}  // namespace gatehouse
