#include <array>

#include "api/problem_kinds.hpp"

namespace gatehouse::api::detail {
namespace {

// Commands that the rules forbid whatever has happened before, and the conditions of the installation gate.
constexpr std::array kinds{
    ProblemKind{"account_level_app", 422, "The app is managed by admins",
                "An account-level app is installed by an admin for the whole account; pre-approval is not for it.",
                "Send RequestInstall, or let an admin install it."},
    ProblemKind{"user_level_app", 422, "The app is managed by users",
                "A user-level app is installed by each user; requests to install are for account-level apps.",
                "Send RequestPreApproval if it needs pre-approval, otherwise install it."},
    ProblemKind{"admin_may_install", 422, "You may install the app yourself",
                "Requests to install are for members who may not install the app themselves.", "Install the app."},
    ProblemKind{"invalid_email", 422, "An e-mail address is not valid", "errors names the place.",
                "Correct the address."},
    ProblemKind{"duplicate_entry", 422, "An entry stands there twice",
                "The list has the entry, or the command names it twice.", "Leave it out."},
    ProblemKind{"too_many_recipients", 422, "There are too many recipients", "At most five members can be recipients.",
                "Name fewer. With none, all who may decide get the mails."},
    ProblemKind{"recipient_not_eligible", 422, "A recipient is not eligible",
                "Recipients must be active members who hold MarketPlace:Edit; user_id names the one who is not.",
                "Leave that one out, or give that member a role that holds it."},
    ProblemKind{"builtin_role", 422, "The role is built in",
                "The roles owner, admin and member cannot be changed, removed or assigned so.",
                "Define a role of your own."},
    ProblemKind{"unknown_privilege", 422, "There is no such privilege", "errors names the place.",
                "Privileges are <Area>:Read and <Area>:Edit with the vendor's area names."},
    ProblemKind{"invalid_value", 422, "A value is not possible here",
                "A member is well-formed but not possible in this state; errors names it.", "Correct the value."},
    ProblemKind{"too_many_items", 422, "There are too many",
                "A limit on how many there can be is reached; the detail names it.",
                "Remove some first, or send fewer."},
    ProblemKind{"too_many_secret_changes", 422, "The secret was changed too often",
                "A client's secret can be changed three times within 15 minutes.", "Try again later."},
    ProblemKind{"secret_expiry_invalid", 422, "An old secret cannot go on until then",
                "An old secret ends now or at a time within 30 days from now.", "Give an earlier time."},
    ProblemKind{"unknown_scope", 422, "There is no such scope",
                "A scope is not one that the app has, or is not well-formed.", "The app's page lists its scopes."},
    ProblemKind{"manifest_invalid", 422, "The manifest is not valid",
                "The manifest breaks rules; errors names each place, as a JSON pointer and as the vendor's tools name "
                "it (setting).",
                "Correct the places. Unknown members are errors too."},
    ProblemKind{"developer_mismatch", 422, "The developer is not this one",
                "The app belongs to another developer, or the account's door takes the account's own apps alone.",
                "Use the platform's door, or leave the developer out."},
    ProblemKind{"audience_too_large", 422, "The audience is too large to be walked through",
                "A group as audience is walked member by member, up to a limit.",
                "Use audience everyone, or smaller groups."},
    ProblemKind{"admin_install_required", 403, "An admin must install the app",
                "An account-level app is installed by a holder of MarketPlace:Edit.", "Send RequestInstall."},
    ProblemKind{"pre_approval_required", 403, "The app needs pre-approval",
                "The account wants apps like this one to be pre-approved, and this one is not.",
                "Send RequestPreApproval. A holder of MarketPlace:Edit can send GrantPreApproval."},
    ProblemKind{"request_pending", 403, "Your request is pending",
                "The app needs pre-approval, and you have asked for it.",
                "Wait for the decision; request_id names the request."},
    ProblemKind{"not_in_allow_list", 403, "You are not among those who may install the app",
                "The app is pre-approved for selected members, groups and addresses; you are none of them.",
                "Send RequestPreApproval."},
    ProblemKind{
        "missing_scopes", 403, "Permissions are missing",
        "The app needs scopes that your role does not hold; unmet lists each with the privilege that would grant it.",
        "Ask an admin for a role with these privileges."},
};

}  // namespace

std::span<const ProblemKind> rule_problems() { return kinds; }

}  // namespace gatehouse::api::detail
