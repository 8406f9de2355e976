#include "api/command_docs.hpp"

#include <array>

#include "api/command_schemas.hpp"
#include "domain/refusals_of.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view by_platform = "scope platform";
constexpr std::string_view by_developer = "scope platform; for the account's own apps MarketPlace:Edit";
constexpr std::string_view by_user_editor = "scope directory, or User:Edit";
constexpr std::string_view by_role_editor = "scope directory, or Role:Edit";
constexpr std::string_view by_group_editor = "scope directory, or Group:Edit";
constexpr std::string_view by_endpoint_keeper = "MarketPlace:Edit; for an app's endpoint whoever keeps the app";
constexpr std::string_view by_editor = "MarketPlace:Edit";
constexpr std::string_view by_member = "an active member, for himself";

template <class T>
std::span<const RejectionCode> refusals_of_kind() {
  return refusals_of(T{});
}

#define GATEHOUSE_PLATFORM(name, who, ...) \
  CommandDoc { #name, true, false, who, __VA_ARGS__, append_input_schema < name>, refusals_of_kind < name> }
#define GATEHOUSE_APP(name, ...) \
  CommandDoc { #name, true, true, by_developer, __VA_ARGS__, append_input_schema < name>, refusals_of_kind < name> }
#define GATEHOUSE_WEBHOOK(name, ...) \
  CommandDoc { \
#name, true, true, by_endpoint_keeper, __VA_ARGS__, append_input_schema < name>, refusals_of_kind < name> \
  }
#define GATEHOUSE_ACCOUNT(name, who, ...) \
  CommandDoc { #name, false, true, who, __VA_ARGS__, append_input_schema < name>, refusals_of_kind < name> }

constexpr CommandDoc with_code(CommandDoc doc, std::string_view code) {
  doc.also_refused = code;
  return doc;
}

constexpr std::array docs{
    GATEHOUSE_PLATFORM(OpenAccount, by_platform, "Opens an account with its owner and its first settings.",
                       "account_id", false),
    with_code(GATEHOUSE_APP(RegisterApp, "Registers an app from its manifest.", "app_id, warnings", false),
              "manifest_invalid"),
    with_code(GATEHOUSE_APP(UpdateManifest, "Replaces an app's manifest.", "app_id, warnings", false),
              "manifest_invalid"),
    GATEHOUSE_APP(ActivateApp, "Makes an app installable.", "", false),
    GATEHOUSE_APP(PublishApp, "Publishes an app to all accounts, in the public list or reachable by its id alone.", "",
                  false),
    GATEHOUSE_APP(UnpublishApp, "Takes an app back from the public; what is installed stays.", "", false),
    GATEHOUSE_APP(WithdrawApp, "Withdraws an app for good and ends every installation of it.", "", true),
    GATEHOUSE_PLATFORM(DefineScopes, by_platform, "Adds scopes to the catalogue, or describes them anew.", "", false),
    GATEHOUSE_ACCOUNT(AddMember, by_user_editor, "Adds a member, or brings one back.", "user_id", false),
    GATEHOUSE_ACCOUNT(ChangeMember, by_user_editor, "Changes a member's address, name, department or role.", "", false),
    GATEHOUSE_ACCOUNT(DeactivateMember, by_user_editor,
                      "Suspends a member's installations and withdraws the pending requests.", "", false),
    GATEHOUSE_ACCOUNT(RemoveMember, by_user_editor, "Ends a member's installations and withdraws the pending requests.",
                      "", false),
    GATEHOUSE_ACCOUNT(DefineRole, by_role_editor, "Defines a role, or changes the one with this id.", "role_id", false),
    GATEHOUSE_ACCOUNT(RemoveRole, by_role_editor, "Removes a role that no member has.", "", false),
    GATEHOUSE_ACCOUNT(AssignRole, by_role_editor, "Gives a member a role.", "", false),
    GATEHOUSE_ACCOUNT(CreateGroup, by_group_editor, "Creates a group, or renames the one with this id.", "group_id",
                      false),
    GATEHOUSE_ACCOUNT(RemoveGroup, by_group_editor, "Removes a group.", "", false),
    GATEHOUSE_ACCOUNT(AddGroupMembers, by_group_editor, "Adds members to a group.", "", false),
    GATEHOUSE_ACCOUNT(RemoveGroupMembers, by_group_editor, "Removes members from a group.", "", false),
    GATEHOUSE_ACCOUNT(
        EraseSubject, by_user_editor,
        "Erases for good what is recorded of a removed member, or of an address that was taken off an allow "
        "list: name, address, department, reasons. Ids stay.",
        "", false),
    GATEHOUSE_ACCOUNT(SetApprovalPolicy, by_editor,
                      "Says whether apps of a class need pre-approval, and whose are exempt; from now on.", "", false),
    GATEHOUSE_ACCOUNT(SetUserInstallBlock, by_editor,
                      "Keeps members from installing apps themselves, or lets them again.", "", false),
    GATEHOUSE_ACCOUNT(SetNotificationSettings, by_editor, "Says whether mails about requests are sent, and to whom.",
                      "", false),
    GATEHOUSE_ACCOUNT(RequestPreApproval, by_member, "Asks for a user-level app to be pre-approved.", "request_id",
                      false),
    GATEHOUSE_ACCOUNT(RequestInstall, by_member, "Asks an admin to install an account-level app.", "request_id", false),
    GATEHOUSE_ACCOUNT(WithdrawRequest, by_member, "Withdraws one's own pending request.", "", false),
    GATEHOUSE_ACCOUNT(ApproveRequests, by_editor,
                      "Approves the pre-approval requests of the named users or ids, all or none.",
                      "approved, request_ids, warnings", false),
    GATEHOUSE_ACCOUNT(RejectRequests, by_editor, "Rejects the named requests, all or none.", "rejected, request_ids",
                      false),
    GATEHOUSE_ACCOUNT(CancelRequests, by_editor, "Closes the named requests without a verdict, all or none.",
                      "cancelled, request_ids", false),
    GATEHOUSE_ACCOUNT(ApproveAllRequests, by_editor, "Approves all pending pre-approval requests of an app.",
                      "approved, lifted, request_ids, warnings", false),
    GATEHOUSE_ACCOUNT(DeclineAllRequests, by_editor,
                      "Rejects all pending pre-approval requests of an app, revokes its pre-approval and suspends it.",
                      "rejected, suspended", true),
    GATEHOUSE_ACCOUNT(GrantPreApproval, by_editor,
                      "Pre-approves an app for everyone or for selected members, groups and addresses.",
                      "approved_requests, lifted, entry_ids", false),
    GATEHOUSE_ACCOUNT(SetInstallAudience, by_editor,
                      "Says whether everyone or the allow list alone may install a pre-approved app.",
                      "approved_requests, lifted", false),
    GATEHOUSE_ACCOUNT(AddAllowListEntries, by_editor, "Adds members, groups and addresses to an app's allow list.",
                      "entry_ids", false),
    GATEHOUSE_ACCOUNT(RemoveAllowListEntries, by_editor,
                      "Removes entries from an app's allow list; what is installed stays.", "removed, entry_ids",
                      false),
    GATEHOUSE_ACCOUNT(DisablePreApproval, by_editor,
                      "Switches an app's pre-approval off and suspends every installation of it on the account.",
                      "suspended", true),
    GATEHOUSE_ACCOUNT(RestrictApp, by_editor,
                      "Forbids new installations and requests of an app, and rejects the pending ones.",
                      "rejected_requests, suspended", false),
    GATEHOUSE_ACCOUNT(LiftRestriction, by_editor, "Ends an app's restriction.", "lifted", false),
    GATEHOUSE_ACCOUNT(Install, "an active member, for himself; scope account: MarketPlace:Edit",
                      "Installs an app for the caller, or for the whole account.",
                      "subscription_id, fulfilled_requests", false),
    GATEHOUSE_ACCOUNT(
        AddAppForUsers, by_editor,
        "Adds a user-level app for everyone, or for named members and groups, and pre-approves it for them.",
        "added, approved_requests, lifted, warnings", false),
    GATEHOUSE_ACCOUNT(EnableSubscription, by_editor, "Ends an admin's suspension of one installation.", "", false),
    GATEHOUSE_ACCOUNT(DisableSubscription, by_editor, "Suspends one installation.", "", false),
    GATEHOUSE_ACCOUNT(TransferInstaller, by_editor, "Makes another member the installer of an account's installation.",
                      "", false),
    GATEHOUSE_ACCOUNT(Uninstall, "an active member for target self, MarketPlace:Edit otherwise",
                      "Uninstalls an app for the caller, for one user or for the whole account.", "removed", true),
    GATEHOUSE_WEBHOOK(RegisterWebhook,
                      "Registers a webhook endpoint of the account, or with app_id of an app; it is challenged at "
                      "once. See Webhooks below.",
                      "endpoint_id", false),
    GATEHOUSE_WEBHOOK(
        ChangeWebhook,
        "Changes an endpoint's address, event types or signature scheme; another address or scheme is challenged.", "",
        false),
    GATEHOUSE_WEBHOOK(
        RotateWebhookSecret,
        "Gives an endpoint a new secret; with scheme standard the one before it signs as well for 24 hours.",
        "generation", false),
    GATEHOUSE_WEBHOOK(EnableWebhook, "Enables a disabled endpoint: it is challenged, and what was due goes out.", "",
                      false),
    GATEHOUSE_WEBHOOK(DisableWebhook,
                      "Disables an endpoint: what is due is kept, what happens from now on is not for it.", "", false),
    GATEHOUSE_WEBHOOK(RemoveWebhook, "Removes an endpoint with what is due to it.", "", false),
    GATEHOUSE_WEBHOOK(ValidateWebhook,
                      "Challenges an endpoint now; once it has answered, what waits for its next attempt has it.", "",
                      false),
    with_code(GATEHOUSE_WEBHOOK(ResendWebhook,
                                "Sends a message of the log of deliveries once more, after what is due now.", "",
                                false),
              "webhook_message_not_found"),
};

}  // namespace

std::span<const CommandDoc> command_docs() { return docs; }

}  // namespace gatehouse::api
